"""Where two schede say different things: the path, and both values in Italian words."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from distretti.basi.lettore import Errore, sotto
from valutazione.scheda.lettura import SchedaNonValida, leggi_scheda
from valutazione.scheda.scrittura import scheda_json

Json = dict[str, Any]

LUNGHEZZA = 60
"""How much of a value is quoted."""

_CHIAVI: dict[str, Callable[[Json], Any]] = {
    "organizzazioni": lambda voce: voce["codice"],
    "aderenti": lambda voce: (voce["organizzazione"], voce["dal"]),
    "atti": lambda voce: voce["codice"],
    "evidenze": lambda voce: voce["codice"],
}
"""Lists whose elements are recognised by themselves and not by their place."""

_SENZA_ORDINE = frozenset({"organizzazioni"})
_INSIEMI = frozenset({"marchi"})


def normale(documento: Json) -> Json:
    """The document as it is compared: normal form, without what says nothing and without ``dimostrazione``.

    ``dimostrazione`` belongs to the installation, not to the programme.
    """
    try:
        forma = scheda_json(leggi_scheda(documento))
    except SchedaNonValida:  # a draft written here may not be a whole scheda yet
        forma = json.loads(json.dumps(documento))
    forma.pop("dimostrazione", None)
    if not any((forma.get("dati") or {}).values()):
        forma.pop("dati", None)
    return forma


def differenze(scheda: Json, database: Json) -> list[Errore]:
    """Every place where the document and what the database holds differ; paths are the document's."""
    trovate: list[Errore] = []
    _confronta_oggetti("$", normale(scheda), normale(database), trovate)
    return trovate


def _confronta(percorso: str, chiave: str, scheda: Any, database: Any, trovate: list[Errore]) -> None:
    if isinstance(scheda, dict) and isinstance(database, dict):
        _confronta_oggetti(percorso, scheda, database, trovate)
    elif isinstance(scheda, list) and isinstance(database, list):
        riconosci = _CHIAVI.get(chiave)
        if chiave in _INSIEMI:
            if sorted(scheda) != sorted(database):
                messaggio = f"nella scheda {cita(sorted(scheda))}, nel database {cita(sorted(database))}"
                trovate.append(Errore(percorso, messaggio))
        elif riconosci and all(isinstance(voce, dict) for voce in (*scheda, *database)):
            _confronta_riconoscibili(percorso, chiave, scheda, database, trovate)
        else:
            _confronta_in_ordine(percorso, scheda, database, trovate)
    elif scheda != database or isinstance(scheda, bool) != isinstance(database, bool):
        qui, la = _citati(scheda, database)
        trovate.append(Errore(percorso, f"nella scheda {qui}, nel database {la}"))


def _confronta_oggetti(percorso: str, scheda: Json, database: Json, trovate: list[Errore]) -> None:
    for chiave in dict.fromkeys([*scheda, *database]):
        dove = sotto(percorso, chiave)
        if chiave not in database:
            trovate.append(Errore(dove, f"nella scheda {cita(scheda[chiave])}, nel database niente"))
        elif chiave not in scheda:
            trovate.append(Errore(dove, f"nella scheda niente, nel database {cita(database[chiave])}"))
        else:
            _confronta(dove, chiave, scheda[chiave], database[chiave], trovate)


def _confronta_in_ordine(
    percorso: str, scheda: Sequence[Any], database: Sequence[Any], trovate: list[Errore]
) -> None:
    for indice, (voce, altra) in enumerate(zip(scheda, database, strict=False)):
        _confronta(f"{percorso}[{indice}]", "", voce, altra, trovate)
    for indice in range(len(database), len(scheda)):
        trovate.append(
            Errore(f"{percorso}[{indice}]", f"nella scheda {cita(scheda[indice])}, nel database niente")
        )
    for voce in database[len(scheda) :]:
        trovate.append(Errore(percorso, f"nel database c'è anche {cita(voce)}, nella scheda no"))


def _confronta_riconoscibili(
    percorso: str, chiave: str, scheda: list[Json], database: list[Json], trovate: list[Errore]
) -> None:
    riconosci = _CHIAVI[chiave]
    altre = {riconosci(voce): voce for voce in database}
    note = [riconosci(voce) for voce in scheda]
    for indice, voce in enumerate(scheda):
        dove = f"{percorso}[{indice}]"
        if note[indice] in altre:
            _confronta(dove, "", voce, altre[note[indice]], trovate)
        else:
            trovate.append(Errore(dove, f"nella scheda {_nome(note[indice])}, nel database no"))
    for nome in altre:
        if nome not in note:
            trovate.append(Errore(percorso, f"nel database c'è anche {_nome(nome)}, nella scheda no"))
    comuni = [nome for nome in altre if nome in note]
    if chiave not in _SENZA_ORDINE and comuni != [nome for nome in note if nome in altre]:
        trovate.append(Errore(percorso, "l'ordine non è quello del database"))


def _nome(nome: Any) -> str:
    return f"«{nome[0]}» (dal {nome[1]})" if isinstance(nome, tuple) else f"«{nome}»"


def cita(valore: Any) -> str:
    """A value in a message: short and on one line."""
    testo = valore if isinstance(valore, str) else json.dumps(valore, ensure_ascii=False)
    testo = " ".join(testo.split())
    breve = testo if len(testo) <= LUNGHEZZA else f"{testo[: LUNGHEZZA - 1]}…"
    return f"«{breve}»" if isinstance(valore, str) else breve


def _citati(uno: Any, altro: Any) -> tuple[str, str]:
    """Two values; of two long texts, the part from a little before they part ways."""
    if isinstance(uno, str) and isinstance(altro, str) and max(len(uno), len(altro)) > LUNGHEZZA:
        comune = next(
            (i for i, (a, b) in enumerate(zip(uno, altro, strict=False)) if a != b), min(len(uno), len(altro))
        )
        inizio = max(0, comune - LUNGHEZZA // 3)
        davanti = "…" if inizio else ""
        return cita(davanti + uno[inizio:]), cita(davanti + altro[inizio:])
    return cita(uno), cita(altro)

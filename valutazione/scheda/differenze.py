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


def differenze(scheda: Json, database: Json, *, altrove: str = "nel database") -> list[Errore]:
    """Every place where the document and what the database holds differ; paths are the document's."""
    confronto = _Confronto(altrove)
    confronto.oggetti("$", normale(scheda), normale(database))
    return confronto.trovate


class _Confronto:
    """``altrove``: where the second document comes from, in words."""

    def __init__(self, altrove: str) -> None:
        self.altrove = altrove
        self.trovate: list[Errore] = []

    def _nota(self, percorso: str, messaggio: str) -> None:
        self.trovate.append(Errore(percorso, messaggio))

    def _diversi(self, percorso: str, qui: str, la: str) -> None:
        self._nota(percorso, f"nella scheda {qui}, {self.altrove} {la}")

    def oggetti(self, percorso: str, scheda: Json, database: Json) -> None:
        for chiave in dict.fromkeys([*scheda, *database]):
            dove = sotto(percorso, chiave)
            if chiave not in database:
                self._diversi(dove, cita(scheda[chiave]), "niente")
            elif chiave not in scheda:
                self._diversi(dove, "niente", cita(database[chiave]))
            else:
                self._valori(dove, chiave, scheda[chiave], database[chiave])

    def _valori(self, percorso: str, chiave: str, scheda: Any, database: Any) -> None:
        if isinstance(scheda, dict) and isinstance(database, dict):
            self.oggetti(percorso, scheda, database)
        elif isinstance(scheda, list) and isinstance(database, list):
            self._elenchi(percorso, chiave, scheda, database)
        elif scheda != database or isinstance(scheda, bool) != isinstance(database, bool):
            self._diversi(percorso, *_citati(scheda, database))

    def _elenchi(self, percorso: str, chiave: str, scheda: list[Any], database: list[Any]) -> None:
        if chiave in _INSIEMI:
            if sorted(scheda) != sorted(database):
                self._diversi(percorso, cita(sorted(scheda)), cita(sorted(database)))
        elif chiave in _CHIAVI and all(isinstance(voce, dict) for voce in (*scheda, *database)):
            self._riconoscibili(percorso, chiave, scheda, database)
        else:
            self._in_ordine(percorso, scheda, database)

    def _in_ordine(self, percorso: str, scheda: Sequence[Any], database: Sequence[Any]) -> None:
        for indice, (voce, altra) in enumerate(zip(scheda, database, strict=False)):
            self._valori(f"{percorso}[{indice}]", "", voce, altra)
        for indice in range(len(database), len(scheda)):
            self._diversi(f"{percorso}[{indice}]", cita(scheda[indice]), "niente")
        for voce in database[len(scheda) :]:
            self._nota(percorso, f"{self.altrove} c'è anche {cita(voce)}, nella scheda no")

    def _riconoscibili(self, percorso: str, chiave: str, scheda: list[Json], database: list[Json]) -> None:
        riconosci = _CHIAVI[chiave]
        altre = {riconosci(voce): voce for voce in database}
        note = [riconosci(voce) for voce in scheda]
        for indice, voce in enumerate(scheda):
            dove = f"{percorso}[{indice}]"
            if note[indice] in altre:
                self._valori(dove, "", voce, altre[note[indice]])
            else:
                self._diversi(dove, _nome(note[indice]), "no")
        for nome in altre:
            if nome not in note:
                self._nota(percorso, f"{self.altrove} c'è anche {_nome(nome)}, nella scheda no")
        comuni = [nome for nome in altre if nome in note]
        if chiave not in _SENZA_ORDINE and comuni != [nome for nome in note if nome in altre]:
            fonte = self.altrove.replace("nel ", "del ")
            self._nota(percorso, f"l'ordine non è quello {fonte}")


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

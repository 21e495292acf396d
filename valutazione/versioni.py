"""Fingerprint of an evidence: whoever saves or decides second is told what changed meanwhile."""

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_date

from distretti.basi.canonico import sha256_di
from distretti.basi.italiano import data_estesa, elenco
from programmi.errori import ModificatoNelFrattempo
from programmi.regola import Ufficio
from valutazione.models.evidenza import CAMPI_PROGETTO

Documento = dict[str, Any]

Nomi = Mapping[str, str]
"""The organisations by their code; one that is not there is called by it."""

_GIORNI = {"data": "Data", "data_fine": "Fino al"}
ETICHETTE = {
    "titolo": "Titolo",
    "argomento": "Argomento trattato",
    "luogo": "Luogo",
    "url": "Indirizzo web",
    "descrizione": "Descrizione",
    "titolo_pubblico": "Titolo per il pubblico",
}


def versione_evidenza(documento: Documento, codice: str) -> str:
    """The fingerprint of the registered evidence ``codice``: content, files, lines and decisions.

    Empty for a bozza, which nobody else sees.
    """
    voce = _voce(documento, codice)
    return "" if voce is None else sha256_di(voce)[:20]


def controlla_versione_evidenza(
    documento: Documento, codice: str, versione: str | None, nuova: Documento | None = None
) -> None:
    """Raise ModificatoNelFrattempo unless ``versione`` is still that of the evidence (None: do not ask).

    The error carries what is stored now, only where it differs from ``nuova``.
    """
    attuale = versione_evidenza(documento, codice)
    if versione is None or versione == attuale:
        return
    nomi = nomi_di(documento)
    ora = in_parole(_voce(documento, codice) or {}, nomi)
    scritta = in_parole(nuova or {}, nomi)
    raise ModificatoNelFrattempo({n: t for n, t in ora.items() if scritta.get(n) != t}, attuale)


def nomi_di(documento: Documento) -> dict[str, str]:
    """The names of the organisations that a document holds."""
    return {voce["codice"]: voce["denominazione"] for voce in documento["organizzazioni"]}


def in_parole(voce: Documento, nomi: Nomi) -> dict[str, str]:
    """An evidence of the exchange format as label → text."""
    parole = {etichetta: _giorno(voce.get(campo, "")) for campo, etichetta in _GIORNI.items()}
    parole |= {etichetta: str(voce.get(campo, "")) for campo, etichetta in ETICHETTE.items()}
    parole["Erano presenti"] = elenco([Ufficio(u).etichetta for u in voce.get("presenze", [])])
    parole["Organizzazioni coinvolte"] = elenco([nomi.get(c, c) for c in voce.get("organizzazioni", [])])
    parole["Persone coinvolte"] = elenco(voce.get("persone", []))
    parole["Pianificata"] = "sì" if voce.get("pianificata") else "no"
    for nome, etichetta in CAMPI_PROGETTO.items():
        parole[etichetta] = str(voce.get("progetto", {}).get(nome, ""))
    parole["Allegati"] = elenco([allegato["nome"] for allegato in voce.get("allegati", [])])
    imputate = voce.get("imputazioni", [])
    parole["Righe"] = elenco([i["indicatore"] + misura_in_parole(i.get("misura"), nomi) for i in imputate])
    return parole


def parole_di(documento: Documento, codice: str) -> dict[str, str]:
    """The registered evidence ``codice`` as label → text; nothing for a bozza."""
    voce = _voce(documento, codice)
    return {} if voce is None else in_parole(voce, nomi_di(documento))


def misura_in_parole(misura: Documento | None, nomi: Nomi) -> str:
    """ " (3)", " (piano, calendario)": what of it is counted, where the line needs it."""
    valori = [valore if isinstance(valore, list) else [valore] for valore in (misura or {}).values()]
    dette = [nomi.get(str(voce), str(voce)) for voci in valori for voce in voci]
    return f" ({', '.join(dette)})" if dette else ""


def _giorno(testo: str | None) -> str:
    """In letters; as it is when it is no day: what was typed is looked at before it is checked."""
    giorno = parse_date(testo) if testo else None
    return (testo or "") if giorno is None else data_estesa(giorno)


def _voce(documento: Documento, codice: str) -> Documento | None:
    return next((voce for voce in documento["evidenze"] if voce["codice"] == codice), None)

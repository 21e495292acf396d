"""Documents that name a record which was merged into another: they name the one that took it.

What a programme printed, or an evidence measured, keeps the code it was written with; frozen content too.
Only here, on the way out of the database or into it, a code that is no longer in the register becomes the
one it leads to.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from distretti.models import codici_attuali
from programmi.contenuto.citate import codici_citati, referenti

Json = dict[str, Any]
Unite = Mapping[str, str]
"""The code of a record that was merged → the code that is in the register now."""

_MISURE = ("misura", "misura_riconosciuta")


def codici_di(documento: Mapping[str, Any]) -> Iterator[str]:
    """Every code of an organisation in a document, those of the measures included."""
    yield from codici_citati(documento)
    for voce in documento.get("organizzazioni", []):
        yield voce["codice"]
    for misura in _misure(documento["evidenze"]):
        yield from misura["organizzazioni"]


def codici_misurati(evidenze: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Those that only a measure names."""
    for misura in _misure(evidenze):
        yield from misura["organizzazioni"]


def con_codici_attuali(documento: Json, unite: Unite) -> Json:
    """``documento``, changed, with one record for each organisation; as it was when ``unite`` is empty."""
    if not unite:
        return documento
    documento["organizzazioni"] = list(_senza_doppie(documento["organizzazioni"], unite))
    documento["aderenti"] = _aderenti(documento["aderenti"], unite)
    for _, referente in referenti(documento):
        if referente.get("organizzazione"):
            referente["organizzazione"] = _attuale(referente["organizzazione"], unite)
    for contenitore in (*documento["evidenze"], *_misure(documento["evidenze"])):
        if "organizzazioni" in contenitore:
            codici = (_attuale(codice, unite) for codice in contenitore["organizzazioni"])
            contenitore["organizzazioni"] = list(dict.fromkeys(codici))
    return documento


def attuale(documento: Json) -> Json:
    """A frozen document with the codes that are in the register now: to be compared with what is live."""
    return con_codici_attuali(documento, codici_attuali(codici_di(documento)))


def _attuale(codice: str, unite: Unite) -> str:
    return unite.get(codice, codice)


def _misure(evidenze: Iterable[Mapping[str, Any]]) -> Iterator[Json]:
    """The measures that name organisations."""
    for evidenza in evidenze:
        for imputazione in evidenza.get("imputazioni", []):
            for nome in _MISURE:
                misura = imputazione.get(nome)
                if isinstance(misura, dict) and "organizzazioni" in misura:
                    yield misura


def _senza_doppie(organizzazioni: Iterable[Json], unite: Unite) -> Iterator[Json]:
    """One for each code: the record that stayed speaks for itself."""
    voci: dict[str, Json] = {}
    for voce in organizzazioni:
        codice = _attuale(voce["codice"], unite)
        if codice not in voci or voce["codice"] == codice:
            voci[codice] = voce | {"codice": codice}
    yield from voci.values()


def _aderenti(aderenti: Iterable[Json], unite: Unite) -> list[Json]:
    """Memberships of records that were merged, if they share a day, are one from the first to the last."""
    fuse = set(unite.values())
    lette: list[Json] = []
    for aderente in aderenti:
        nuova = aderente | {"organizzazione": _attuale(aderente["organizzazione"], unite)}
        altra = next((a for a in lette if _insieme(a, nuova)), None)
        if altra is None or nuova["organizzazione"] not in fuse:
            lette.append(nuova)
            continue
        altra["dal"] = min(altra["dal"], nuova["dal"])
        altra["al"] = None if None in (altra["al"], nuova["al"]) else max(altra["al"], nuova["al"])
        altra["marchi"] = list(dict.fromkeys([*altra["marchi"], *nuova["marchi"]]))
    return lette


def _insieme(una: Json, altra: Json) -> bool:
    """Of one organisation, with a day in common. The days are as the format writes them: in order."""
    if una["organizzazione"] != altra["organizzazione"]:
        return False
    return (una["al"] is None or altra["dal"] <= una["al"]) and (
        altra["al"] is None or una["dal"] <= altra["al"]
    )

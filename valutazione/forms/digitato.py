"""What an evidence says, as the values of its form: recorded, or typed and not confirmed."""

from typing import Any

from django.http import QueryDict

from valutazione.models import Evidenza
from valutazione.models.evidenza import CAMPI_PROGETTO, progetto_in_testo
from valutazione.scheda.modello import Scheda


def iniziali(evidenza: Evidenza, scheda: Scheda) -> dict[str, Any]:
    """What is recorded, as the values of the form's fields."""
    valori: dict[str, Any] = {
        campo: getattr(evidenza, campo)
        for campo in ("data", "data_fine", "titolo", "argomento", "luogo", "url", "descrizione")
    }
    coinvolte = [c.organizzazione for c in coinvolte_in(evidenza)]
    aderenti = {aderente.organizzazione for aderente in scheda.aderenti}
    valori |= {
        "titolo_pubblico": evidenza.titolo_pubblico,
        "pianificata": evidenza.pianificata,
        "presenze": evidenza.presenze,
        "persone": "\n".join(evidenza.persone),
        "aderenti": [o.codice for o in coinvolte if o.codice in aderenti],
        "altre": "\n".join(o.denominazione for o in coinvolte if o.codice not in aderenti),
    }
    progetto = evidenza.progetto or {}
    valori |= {f"progetto_{nome}": progetto_in_testo(progetto.get(nome, "")) for nome in CAMPI_PROGETTO}
    for imputazione in imputazioni_di(evidenza):
        coda = imputazione.indicatore.codice.replace(".", "-")
        misura = imputazione.misura or {}
        valori[f"riga-{coda}"] = True
        if misura:
            valore = next(iter(misura.values()))
            valori[f"misura-{coda}"] = valore.replace(".", ",") if isinstance(valore, str) else valore
    return valori


def querydict(dati: dict[str, list[str]]) -> QueryDict:
    """What was typed, as a form reads it."""
    digitato = QueryDict(mutable=True)
    for nome, valori in dati.items():
        digitato.setlist(nome, valori)
    return digitato


def imputazioni_di(evidenza: Evidenza) -> Any:
    """Its lines, in their order."""
    return evidenza.imputazioni.select_related("indicatore__progettualita")


def coinvolte_in(evidenza: Evidenza) -> Any:
    """The organisations that took part, in their order."""
    return evidenza.coinvolte.select_related("organizzazione")

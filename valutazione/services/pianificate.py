"""Planned evidence when its day comes: it happened, it was put off, it will not be."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from distretti.basi.italiano import il_giorno
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Utente
from programmi.models import Programma
from valutazione.models import Evidenza
from valutazione.scheda.da_database import documento_di
from valutazione.services.blocco import blocca_per_registrare, blocca_programma
from valutazione.services.evidenze import registra_evidenza, ritira_evidenza


@transaction.atomic
def conferma_avvenuta(
    *, evidenza: Evidenza, utente: Utente, il: date | None = None, versione: str | None = None
) -> Evidenza:
    """It happened, on its day or on another one (``il``, the first day): from now on it counts.

    Raises StatoNonAmmesso before its day, DatiNonValidi (key ``data``), ModificatoNelFrattempo.
    """
    attuale = _pianificata(evidenza)
    giorno = il or attuale.data
    if giorno is None or giorno > timezone.localdate():
        quando = f"{il_giorno(giorno)} deve ancora venire" if giorno else "Manca la data"
        raise DatiNonValidi({"data": f"{quando[:1].upper()}{quando[1:]}: non è ancora avvenuta."})
    return _riscrivi(attuale, utente, versione, il=giorno, pianificata=False)


@transaction.atomic
def rinvia_evidenza(*, evidenza: Evidenza, al: date, utente: Utente, versione: str | None = None) -> Evidenza:
    """It was put off to the day ``al``, still to come. Raises as :func:`conferma_avvenuta`."""
    attuale = _pianificata(evidenza)
    if al < timezone.localdate():
        raise DatiNonValidi({"data": "Il nuovo giorno è già passato: se è avvenuta, confermala."})
    return _riscrivi(attuale, utente, versione, il=al, pianificata=True)


@transaction.atomic
def non_si_fara(*, evidenza: Evidenza, motivo: str, utente: Utente) -> Evidenza:
    """It will not be: withdrawn, with the reason (DatiNonValidi, key ``motivo``, without one)."""
    _pianificata(evidenza)
    return ritira_evidenza(evidenza=evidenza, motivo=motivo, utente=utente)


@transaction.atomic
def conferma_avvenute(*, programma: Programma, chiavi: Sequence[int], utente: Utente) -> list[Evidenza]:
    """All of these happened on their day: all are confirmed, or none."""
    blocca_programma(programma)
    righe = programma.evidenze.select_related("programma__distretto__autorita").filter(pk__in=chiavi)
    return [conferma_avvenuta(evidenza=evidenza, utente=utente) for evidenza in righe.order_by("data", "pk")]


def voce_confermata(documento: dict[str, Any], codice: str, *, il: date, pianificata: bool) -> dict[str, Any]:
    """The evidence ``codice`` of ``documento`` as it would be on the day ``il``, happened or planned."""
    scritta = next(voce for voce in documento["evidenze"] if voce["codice"] == codice)
    voce = {chiave: valore for chiave, valore in scritta.items() if chiave != "pianificata"}
    if voce.get("data_fine"):
        durata = date.fromisoformat(voce["data_fine"]) - date.fromisoformat(voce["data"])
        voce["data_fine"] = (il + durata).isoformat()
    return voce | {"data": il.isoformat()} | ({"pianificata": True} if pianificata else {})


def _pianificata(evidenza: Evidenza) -> Evidenza:
    attuale = blocca_per_registrare(evidenza)
    if not (attuale.registrata and attuale.pianificata):
        raise StatoNonAmmesso("L'evidenza non è più pianificata: qualcuno l'ha già confermata o cambiata.")
    return attuale


def _riscrivi(
    evidenza: Evidenza, utente: Utente, versione: str | None, *, il: date, pianificata: bool
) -> Evidenza:
    """Through the one door by which evidence is written; what was typed and not confirmed stays typed."""
    digitato = evidenza.dati_modulo
    voce = voce_confermata(documento_di(evidenza.programma), evidenza.codice, il=il, pianificata=pianificata)
    scritta, _ = registra_evidenza(evidenza=evidenza, voce=voce, utente=utente, versione=versione)
    if digitato is not None:
        scritta.dati_modulo = digitato
        scritta.save(update_fields=["dati_modulo"])
    return scritta

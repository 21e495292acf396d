"""One predicate per action on evidence and percentages."""

from distretti.models import Organizzazione, Ruolo
from distretti.permissions import Persona, ambiti_di, ruolo_tra
from programmi.models import Programma
from programmi.permissions import puo_registrare_atti, segue_programma
from valutazione.models import Evidenza

VERIFICANO = (Ruolo.REFERENTE_ATTIVITA, Ruolo.VERIFICATORE)


def puo_vedere_valutazione(utente: Persona, programma: Programma) -> bool:
    """Percentages, evidence and reasons: a role on the district or on its authority.

    A percentage is also the appraisal of a person's work (docs/dati-pubblici.md). A variazione has none:
    evidence is of the programme of the year.
    """
    return not programma.variazione and segue_programma(utente, programma)


def puo_registrare(utente: Persona, programma: Programma) -> bool:
    """The manager records, changes and withdraws evidence."""
    return not programma.variazione and ruolo_tra(utente, programma.distretto, (Ruolo.MANAGER,)) is not None


def puo_verificare_programma(utente: Persona, programma: Programma) -> bool:
    """Staff of the authority verify the evidence of a programme."""
    return not programma.variazione and ruolo_tra(utente, programma.distretto, VERIFICANO) is not None


def puo_verificare(utente: Persona, evidenza: Evidenza) -> bool:
    """Nobody verifies what they recorded, changed or credited, or whose files they uploaded."""
    return (
        puo_verificare_programma(utente, evidenza.programma)
        and evidenza.registrata_da_id != utente.pk
        and all(autore.pk != utente.pk for autore in evidenza.autori.all())
        and all(allegato.caricato_da_id != utente.pk for allegato in evidenza.allegati.all())
    )


def puo_fare_relazione(utente: Persona, programma: Programma) -> bool:
    """The report of the evaluation: whoever sees the percentages may print them."""
    return puo_vedere_valutazione(utente, programma)


def puo_dare_estremi(utente: Persona, programma: Programma) -> bool:
    """Number, date and reference of the report: whoever enters the act that approves the programme."""
    return not programma.variazione and puo_registrare_atti(utente, programma) is not None


def puo_leggere_storia(utente: Persona, organizzazione: Organizzazione) -> bool:
    """The authorities, and the districts to which it belongs, or belonged."""
    distretti, autorita = ambiti_di(utente)
    return bool(autorita) or organizzazione.adesioni.filter(distretto__in=distretti).exists()

"""One predicate per action on evidence and percentages, and on the closing of the year.

A predicate says who; the state of the closing is checked by ``valutazione.chiusura``.
"""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from distretti.models import Autorita, Incarico, Organizzazione, Ruolo, Utente
from distretti.permissions import Persona, ambiti_di, incarichi_di, ruolo_tra
from programmi.models import Programma
from programmi.permissions import puo_registrare_atti, segue_programma
from valutazione.models import Evidenza, Imputazione, PassaggioChiusura
from valutazione.parole import AzioneChiusura
from valutazione.tabella import COMPLETAMENTO, DEFINIZIONE_RISULTATO, REPLICA, VERIFICANO, Azione

NON_DEFINISCE_IL_PROPRIO = (
    "Nessuno definisce il risultato di un anno di cui ha registrato evidenze, caricato file, trasmesso "
    "l'autovalutazione o replicato alla verifica."
)
NON_COMPLETA_IL_PROPRIO = (
    "Nessuno completa le regole di un anno di cui ha registrato evidenze, caricato file, trasmesso "
    "l'autovalutazione o replicato alla verifica."
)
_SUL_PROPRIO = {
    DEFINIZIONE_RISULTATO.codice: NON_DEFINISCE_IL_PROPRIO,
    COMPLETAMENTO.codice: NON_COMPLETA_IL_PROPRIO,
}
SCRIVONO_IL_COSTO = (Ruolo.REFERENTE_AMMINISTRATIVO,)
TENGONO_I_PARAMETRI = (Ruolo.REFERENTE_ATTIVITA, Ruolo.DIRIGENTE, Ruolo.SOSTITUTO)


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


def puo_decidere(utente: Persona, imputazione: Imputazione) -> bool:
    """As :func:`puo_verificare`, and nobody decides on what they replied to."""
    return puo_verificare(utente, imputazione.evidenza) and all(
        replica.utente_id != utente.pk for replica in imputazione.repliche.all()
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


def puo_scrivere_costo(utente: Persona, programma: Programma) -> bool:
    """Who keeps the accounts of the body in the lead declares what the manager costs."""
    return not programma.variazione and ruolo_tra(utente, programma.distretto, SCRIVONO_IL_COSTO) is not None


def puo_vedere_parametri(utente: Persona, autorita: Autorita) -> bool:
    """Who works for the authority; the others see what they give on a programme they follow."""
    return any(incarico.autorita_id == autorita.pk for incarico in incarichi_di(utente))


def puo_vedere_quadro(utente: Persona, autorita: Autorita) -> bool:
    """The percentages of all the programmes of an authority: who works for it."""
    return any(incarico.autorita_id == autorita.pk for incarico in incarichi_di(utente))


def puo_tenere_parametri(utente: Persona, autorita: Autorita) -> Ruolo | None:
    """The role in which ``utente`` writes the parameters of a year of ``autorita``."""
    ruoli = (Ruolo(i.ruolo) for i in incarichi_di(utente) if i.autorita_id == autorita.pk)
    return next((ruolo for ruolo in ruoli if ruolo in TENGONO_I_PARAMETRI), None)


def ruolo_per(azione: Azione, utente: Persona, programma: Programma) -> Ruolo | None:
    """The role in which ``utente`` takes ``azione`` of the closing, whatever its state; None if they may
    not."""
    if programma.variazione:
        return None
    if azione is REPLICA:
        return ruolo_di_replica(utente, programma)
    ruolo = ruolo_tra(utente, programma.distretto, azione.ruoli)
    return None if ruolo is None or ostacolo_a(azione, utente, programma) else ruolo


def ostacolo_a(azione: Azione, utente: Persona, programma: Programma) -> str:
    """Why ``utente`` may not, though they hold the role; "" if nothing stands in the way.

    Who recorded, declared or contested the year neither defines what it was worth nor says the percentage
    of a rule left to the authority. A comment on an action makes nothing one's own: it is words, and nobody
    judges it.
    """
    perche = _SUL_PROPRIO.get(azione.codice)
    if perche is None or not isinstance(utente, Utente):
        return ""
    return perche if dichiarati_da(utente, [programma]) else ""


def dichiarati_da(utente: Utente, programmi: Sequence[Programma]) -> set[int]:
    """Of which of ``programmi`` (primary keys) ``utente`` recorded evidence, uploaded files, transmitted the
    autovalutazione, or replied to the verification; two queries, however many they are."""
    replicate = Imputazione.objects.filter(repliche__utente=utente)
    sue = Q(registrata_da=utente) | Q(autori=utente) | Q(allegati__caricato_da=utente)
    sue |= Q(pk__in=replicate.values("evidenza"))
    evidenze = Evidenza.objects.filter(sue, programma__in=programmi)
    trasmissioni = _trasmissioni(programmi).filter(utente=utente)
    return {
        *evidenze.values_list("programma_id", flat=True).distinct(),
        *trasmissioni.values_list("chiusura__programma_id", flat=True),
    }


def _trasmissioni(programmi: Sequence[Programma]) -> QuerySet[PassaggioChiusura]:
    return PassaggioChiusura.objects.filter(
        chiusura__programma__in=programmi, azione=AzioneChiusura.TRASMISSIONE_AUTOVALUTAZIONE
    )


def ruolo_di_replica(utente: Persona, programma: Programma) -> Ruolo | None:
    """The manager of today; and whoever was on the last day of the esercizio, or when the autovalutazione
    was transmitted, and no longer is: what is decided of their work leaves them the reply."""
    ruolo = ruolo_tra(utente, programma.distretto, REPLICA.ruoli)
    if ruolo is not None or not isinstance(utente, Utente) or not utente.is_active:
        return ruolo
    if "_incarico_prestato" in utente.__dict__:
        return None
    ultima = _trasmissioni([programma]).order_by("-ordine").values_list("il", flat=True).first()
    for giorno in dict.fromkeys([programma.al, ultima or programma.al]):
        di_allora = Incarico.objects.alla_data(giorno).filter(
            utente=utente, distretto=programma.distretto_id, ruolo__in=REPLICA.ruoli
        )
        incarico = di_allora.order_by("dal", "pk").first()
        if incarico is not None:
            return Ruolo(incarico.ruolo)
    return None

"""Where the closing stands and what one may do now: for the buttons of the pages, the guards and the API."""

from collections.abc import Iterable

from django.db.models import Max, QuerySet

from distretti.models import Ruolo
from distretti.permissions import Persona
from programmi.models import Programma
from valutazione.models import Chiusura, PassaggioChiusura, StatoChiusura
from valutazione.permissions import puo_registrare, ruolo_per
from valutazione.tabella import AZIONI, REGISTRAZIONE, RESTITUZIONE_AUTOVALUTAZIONE, TRANSIZIONI, Azione


def chiusura_di(programma: Programma) -> Chiusura:
    """The closing of ``programma``; one that is not in the database for a year still in course."""
    return Chiusura.objects.filter(programma=programma).first() or Chiusura(programma=programma)


def stato_di(programma: Programma) -> StatoChiusura:
    """Where the closing of ``programma`` stands: ``IN_CORSO`` also when it has no row."""
    return stati_di([programma])[programma.pk]


def stati_di(programmi: Iterable[Programma]) -> dict[int, StatoChiusura]:
    """The state of the closing of each of ``programmi`` by primary key: one query, however many they are."""
    chiavi = [programma.pk for programma in programmi]
    noti = dict(Chiusura.objects.filter(programma__in=chiavi).values_list("programma", "stato"))
    return {pk: StatoChiusura(noti.get(pk, StatoChiusura.IN_CORSO)) for pk in chiavi}


def puo_ora(azione: Azione, utente: Persona, programma: Programma) -> Ruolo | None:
    """The role in which ``utente`` may take ``azione`` now; None if they may not, or the state does not
    allow it. What else the table asks (``condizioni``) is said by ``valutazione.chiusura.condizioni``."""
    if not azione.ammessa_da(programma, stato_di(programma)):
        return None
    return ruolo_per(azione, utente, programma)


def registra_ora(utente: Persona, programma: Programma) -> bool:
    """May ``utente`` record evidence of ``programma`` now? For the buttons that lead there."""
    return puo_registrare(utente, programma) and REGISTRAZIONE.ammessa_da(programma, stato_di(programma))


def azioni_ammesse(utente: Persona, programma: Programma) -> list[Azione]:
    """What ``utente`` may do in the closing of ``programma`` now, in the order of the table."""
    chiusura = chiusura_di(programma)
    stato = StatoChiusura(chiusura.stato)
    return [
        azione
        for azione in AZIONI
        if azione.ammessa_da(programma, stato)
        and not (azione is RESTITUZIONE_AUTOVALUTAZIONE and chiusura.riaperta)
        and ruolo_per(azione, utente, programma)
    ]


def passi_possibili(utente: Persona, programma: Programma) -> list[Azione]:
    """Of those, the steps."""
    return [azione for azione in azioni_ammesse(utente, programma) if azione in TRANSIZIONI]


def passaggi_di(programma: Programma) -> QuerySet[PassaggioChiusura]:
    """The steps of its closing in order, with what a page says of them."""
    righe = PassaggioChiusura.objects.filter(chiusura__programma=programma)
    return righe.select_related("utente", "atto").order_by("ordine")


def ultimo_ordine(programma: Programma) -> int:
    """The number of the last step, 0 when there is none: the form of a step carries it."""
    passaggi = PassaggioChiusura.objects.filter(chiusura__programma=programma)
    return passaggi.aggregate(ultimo=Max("ordine"))["ultimo"] or 0


def passaggi_dopo(programma: Programma, ordine: int) -> QuerySet[PassaggioChiusura]:
    """The steps taken after the one with that number, in order."""
    return passaggi_di(programma).filter(ordine__gt=ordine)

"""Does the closing of the year allow what a service is about to do? For services that hold the lock."""

from distretti.errori import StatoNonAmmesso
from programmi.models import Programma
from valutazione.chiusura.condizioni import ha_replica
from valutazione.chiusura.lettura import chiusura_di
from valutazione.models import Imputazione, StatoChiusura
from valutazione.tabella import COMPLETAMENTO, DECISIONE, REGISTRAZIONE, Azione

VERIFICA_CONCLUSA = (
    "La verifica è conclusa: una decisione si cambia solo rispondendo a una replica, o dopo che il dirigente "
    "ha riaperto la verifica."
)


def controlla_ammessa(azione: Azione, programma: Programma) -> StatoChiusura:
    """The state of the closing, if it allows ``azione``. Raises ``StatoNonAmmesso``."""
    stato = StatoChiusura(chiusura_di(programma).stato)
    if not azione.ammessa_da(programma, stato):
        raise StatoNonAmmesso(azione.rifiuto(programma, stato))
    return stato


def controlla_registrabile(programma: Programma) -> None:
    """May evidence of ``programma``, and its files, be written? Raises ``StatoNonAmmesso``."""
    controlla_ammessa(REGISTRAZIONE, programma)


def controlla_decidibile(imputazione: Imputazione) -> None:
    """May ``imputazione`` be decided? Raises ``StatoNonAmmesso``.

    Once the verification is concluded only what was replied to in this round.
    """
    programma = imputazione.evidenza.programma
    stato = controlla_ammessa(DECISIONE, programma)
    if stato == StatoChiusura.VERIFICATA and not ha_replica(imputazione, chiusura_di(programma).giro):
        raise StatoNonAmmesso(VERIFICA_CONCLUSA)


def controlla_completabile(programma: Programma) -> None:
    """May the authority complete the rules left to it? Raises ``StatoNonAmmesso``."""
    controlla_ammessa(COMPLETAMENTO, programma)

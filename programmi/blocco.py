"""Taking a programme for oneself while it is written: every service begins here, inside its transaction."""

from distretti.errori import StatoNonAmmesso
from distretti.models import Utente
from distretti.persona import utente_corrente
from programmi.models import Programma


def blocca(programma: Programma) -> Programma:
    """The programme as it is now, its row locked until the end of the transaction."""
    righe = Programma.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "distretto__autorita"
    )
    return righe.get(pk=programma.pk)


def blocca_per_scrivere(programma: Programma, utente: Utente | None = None) -> Programma:
    """As :func:`blocca`, for a change of the promise by ``utente``, else by the person of the request: who
    is among its ``autori`` from now on, and does not approve it.

    Raises ``StatoNonAmmesso`` unless the promise is still being written: what was transmitted or approved
    is never changed in silence.
    """
    attuale = blocca(programma)
    if not attuale.modificabile:
        raise StatoNonAmmesso(
            f"Il programma è nello stato «{attuale.get_stato_display()}»: non si può più modificare."
        )
    segna_autore(attuale, utente)
    return attuale


def segna_autore(programma: Programma, utente: Utente | None = None) -> None:
    """``utente``, else the person of the request, has written something of ``programma``."""
    autore = utente or utente_corrente()
    if autore is not None:
        programma.autori.add(autore)

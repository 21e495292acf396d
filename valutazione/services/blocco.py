"""The row lock every write on evidence begins with."""

from distretti.errori import StatoNonAmmesso
from programmi.models import Programma
from valutazione.chiusura.controlli import controlla_registrabile
from valutazione.models import Evidenza, StatoEvidenza, StatoImputazione


def blocca_programma(programma: Programma) -> Programma:
    """Lock the programme: writes on its evidence happen one after the other."""
    return Programma.objects.select_for_update(no_key=True).get(pk=programma.pk)


def blocca_evidenza(evidenza: Evidenza) -> Evidenza:
    """The evidence as it is now, locked. Raises StatoNonAmmesso when it was withdrawn meanwhile."""
    blocca_programma(evidenza.programma)
    attuale = (
        Evidenza.objects.select_for_update(no_key=True, of=("self",))
        .select_related("programma__distretto__autorita")
        .get(pk=evidenza.pk)
    )
    if attuale.stato == StatoEvidenza.RITIRATA:
        raise StatoNonAmmesso("L'evidenza è stata ritirata: non si può più cambiare.")
    return attuale


def blocca_per_registrare(evidenza: Evidenza) -> Evidenza:
    """As :func:`blocca_evidenza`, to write it. Raises StatoNonAmmesso when the closing does not allow it."""
    attuale = blocca_evidenza(evidenza)
    controlla_registrabile(attuale.programma)
    return attuale


def rimetti_in_attesa(evidenza: Evidenza) -> int:
    """A verified evidence that is changed waits for the Agenzia again. Returns how many lines did."""
    decise = evidenza.imputazioni.exclude(stato=StatoImputazione.IN_ATTESA)
    return decise.update(
        stato=StatoImputazione.IN_ATTESA,
        misura_riconosciuta=None,
        motivazione="",
        motivo=None,
        verificata_da=None,
        verificata_alle=None,
    )

"""Who each state of the closing waits for, and what it is for them to do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from distretti.basi.italiano import al_giorno, con_preposizione, conta, data_estesa
from distretti.models import Ruolo
from programmi.models import Programma
from programmi.tabella import DELL_AGENZIA
from valutazione.models import Chiusura, Imputazione, StatoChiusura
from valutazione.tabella import DICHIARANO, VERIFICANO

_S = StatoChiusura


@dataclass(frozen=True, slots=True)
class Attesa:
    """``ruoli`` whose turn it is (none: nobody is waited for), ``frase`` what for, since ``dal``."""

    stato: StatoChiusura
    dal: date | None
    giorni: int | None
    ruoli: Collection[Ruolo]
    chi: str
    frase: str


def attesa_di(programma: Programma, chiusura: Chiusura, oggi: date, si_replica: bool | None = None) -> Attesa:
    """What the closing of ``programma`` waits for on ``oggi``. ``si_replica``: is there a decision to reply
    to yet? (None: it is asked; a list knows it of all.)"""
    stato = StatoChiusura(chiusura.stato)
    if si_replica is None and stato == _S.VERIFICATA:
        si_replica = Imputazione.objects.da_replicare().filter(evidenza__programma=programma).exists()
    ruoli, chi, frase = _tocca_a(programma, chiusura, oggi, bool(si_replica))
    # A year that nobody declared yet waits since it ended.
    dal = chiusura.stato_dal or (programma.al if ruoli else None)
    giorni = None if dal is None or not ruoli else max(0, (oggi - dal).days)
    return Attesa(stato, dal, giorni, ruoli, chi, frase)


def _tocca_a(
    programma: Programma, chiusura: Chiusura, oggi: date, si_replica: bool
) -> tuple[Collection[Ruolo], str, str]:
    stato, entro = chiusura.stato, chiusura.repliche_entro
    if stato == _S.IN_CORSO and oggi < programma.al:
        frase = f"L'esercizio finisce {con_preposizione('il', data_estesa(programma.al))}"
        return (), "", f"{frase}: da quel giorno il manager trasmette l'autovalutazione."
    if stato == _S.IN_CORSO:
        return DICHIARANO, "manager", "Il manager trasmette l'autovalutazione."
    if chiusura.riaperta:
        return VERIFICANO, "Agenzia", "L'Agenzia corregge la verifica, riaperta, e la conclude di nuovo."
    if stato == _S.AUTOVALUTATA:
        return VERIFICANO, "Agenzia", "L'Agenzia verifica le evidenze e conclude la verifica."
    if stato == _S.VERIFICATA and si_replica and entro is not None and oggi <= entro:
        restano = (entro - oggi).days
        quanti = f"ancora {conta(restano, 'giorno', 'giorni')}" if restano else "è l'ultimo giorno"
        fino = f"fino {al_giorno(entro)} ({quanti})"
        return DICHIARANO, "manager", f"Il manager può replicare alle decisioni contrarie {fino}."
    if stato == _S.VERIFICATA:
        return DELL_AGENZIA, "Agenzia", "L'Agenzia risponde alle repliche e definisce il risultato."
    if stato == _S.DEFINITA:
        return DELL_AGENZIA, "Agenzia", "L'Agenzia pubblica il risultato."
    return (), "", "Il risultato è pubblicato: l'anno è chiuso."

"""Who each state of the procedure waits for."""

from distretti.models import Ruolo
from programmi.models import StatoProgramma

_S = StatoProgramma
_DISTRETTO = (Ruolo.MANAGER, Ruolo.REFERENTE_AMMINISTRATIVO)
_AGENZIA = (Ruolo.REFERENTE_ATTIVITA,)
_DIRIGENTE = (Ruolo.DIRIGENTE, Ruolo.SOSTITUTO)

ATTESI: dict[StatoProgramma, tuple[Ruolo, ...]] = {
    _S.BOZZA: _DISTRETTO,
    _S.TRASMESSO: _AGENZIA,
    _S.IN_ESAME: _AGENZIA,
    _S.INTEGRAZIONI_RICHIESTE: _DISTRETTO,
    _S.PROPOSTO: _DIRIGENTE,
    _S.ALLA_FIRMA: _DIRIGENTE,
    _S.APPROVATO: _AGENZIA,
}
"""The roles whose turn it is; the states that are not here wait for nobody."""

STATI_DEL_DISTRETTO = tuple(stato for stato, ruoli in ATTESI.items() if ruoli == _DISTRETTO)
STATI_DEL_REFERENTE = tuple(stato for stato, ruoli in ATTESI.items() if ruoli == _AGENZIA)
STATI_DEL_DIRIGENTE = tuple(stato for stato, ruoli in ATTESI.items() if ruoli == _DIRIGENTE)

_IN_PAROLE = {
    _DISTRETTO: "del distretto",
    _AGENZIA: "dell'Agenzia",
    _DIRIGENTE: "del dirigente",
}


def in_attesa(stato: str) -> str:
    """ "in attesa dell'Agenzia"; empty when nobody is waited for."""
    attesi = ATTESI.get(StatoProgramma(stato))
    return "" if attesi is None else f"in attesa {_IN_PAROLE[attesi]}"

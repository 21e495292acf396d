"""The writes on the promise: one transaction each, a lock on the programme, errors with a name.

Every one of them refuses (``StatoNonAmmesso``) a programme that is no longer being written. The steps of
the procedure are in ``programmi.procedura``.
"""

from .bozza import crea_bozza
from .parti import salva_attori, salva_canali, salva_dati, salva_premessa
from .progettualita import (
    DatiProgettualita,
    DatiReferente,
    Direzione,
    crea_progettualita,
    elimina_progettualita,
    salva_progettualita,
    sposta_progettualita,
)
from .righe import (
    DatiRiga,
    RegolaNonValida,
    crea_riga,
    elimina_riga,
    regola_normale,
    salva_regola,
    salva_riga,
    sposta_riga,
)

__all__ = [
    "DatiProgettualita",
    "DatiReferente",
    "DatiRiga",
    "Direzione",
    "RegolaNonValida",
    "crea_bozza",
    "crea_progettualita",
    "crea_riga",
    "elimina_progettualita",
    "elimina_riga",
    "regola_normale",
    "salva_attori",
    "salva_canali",
    "salva_dati",
    "salva_premessa",
    "salva_progettualita",
    "salva_regola",
    "salva_riga",
    "sposta_progettualita",
    "sposta_riga",
]

"""The last choices of a person, read from what they recorded last: nothing else is kept of them."""

from dataclasses import dataclass

from distretti.models import Utente
from programmi.models import Programma
from programmi.regola import TipoEvidenza

ESCLUSI = (TipoEvidenza.PROGETTO_FUORI_PROGRAMMA,)
"""Types with too many long fields for a row."""


@dataclass(frozen=True, slots=True)
class Ultime:
    """``righe``: codes of the lines it was credited to."""

    tipo: TipoEvidenza
    righe: tuple[str, ...] = ()
    presenze: tuple[str, ...] = ()
    luogo: str = ""


def ultime_scelte(programma: Programma, utente: Utente, tipo: TipoEvidenza | None = None) -> Ultime | None:
    """What ``utente`` chose the last time in ``programma``, for ``tipo`` or for any; None the first time."""
    registrate = programma.evidenze.registrate().filter(registrata_da=utente)
    registrate = registrate.exclude(tipo__in=ESCLUSI) if tipo is None else registrate.filter(tipo=tipo)
    ultima = registrate.order_by("-pk").first()
    if ultima is None:
        return None
    imputazioni = ultima.imputazioni.select_related("indicatore__progettualita").order_by("ordine")
    return Ultime(
        TipoEvidenza(ultima.tipo),
        tuple(imputazione.indicatore.codice for imputazione in imputazioni),
        tuple(ultima.presenze),
        ultima.luogo,
    )

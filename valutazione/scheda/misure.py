"""What the measure of an imputazione is worth when nothing is written, and which of two is more."""

from typing import Any, assert_never

from programmi.regola import Regola, RegolaFasce, RegolaPerDistinti, RegolaPerUnita, numero_testo
from valutazione.scheda.modello import Misura, MisuraOre, MisuraOrganizzazioni, MisuraParti, MisuraUnita

_UNA = MisuraUnita(1)
_A_UNITA = (RegolaPerUnita, RegolaFasce)


def effettiva(regola: Regola | None, misura: Misura | None, organizzazioni: tuple[str, ...]) -> Misura | None:
    """The measure with its default: one unit, the organisations of the evidence; else as it is."""
    if misura is not None:
        return misura
    if isinstance(regola, _A_UNITA):
        return _UNA
    if isinstance(regola, RegolaPerDistinti) and organizzazioni:
        return MisuraOrganizzazioni(organizzazioni)
    return None


def supera(una: Misura, altra: Misura) -> bool:
    """Does ``una`` hold something that ``altra`` does not? Both must be of the same form."""
    match una, altra:
        case MisuraUnita(), MisuraUnita():
            return una.unita > altra.unita
        case MisuraOre(), MisuraOre():
            return una.ore > altra.ore
        case MisuraParti(), MisuraParti():
            return not set(una.parti) <= set(altra.parti)
        case MisuraOrganizzazioni(), MisuraOrganizzazioni():
            return not set(una.organizzazioni) <= set(altra.organizzazioni)
        case _:
            raise TypeError("misure di forme diverse non si confrontano")


def misura_json(misura: Misura | None) -> dict[str, Any] | None:
    """As the contract writes it."""
    match misura:
        case None:
            return None
        case MisuraUnita():
            return {"unita": misura.unita}
        case MisuraOre():
            return {"ore": numero_testo(misura.ore)}
        case MisuraParti():
            return {"parti": list(misura.parti)}
        case MisuraOrganizzazioni():
            return {"organizzazioni": list(misura.organizzazioni)}
        case _:
            assert_never(misura)

"""The rows of the register that a service locks, always in this order: districts, then organisations."""

from collections.abc import Iterable

from distretti.errori import StatoNonAmmesso
from distretti.models import Distretto, Organizzazione


def blocca_distretto(distretto: Distretto) -> Distretto:
    """The row as it is now, locked until the transaction ends."""
    return blocca_distretti([distretto.pk])[0]


def blocca_distretti(chiavi: Iterable[int]) -> list[Distretto]:
    """As :func:`blocca_distretto`, many, in the order of their keys."""
    righe = Distretto.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=set(chiavi))
    return list(righe.select_related("autorita").order_by("pk"))


def blocca_organizzazioni(chiavi: Iterable[int]) -> dict[int, Organizzazione]:
    """The rows as they are now, by key, locked. Raises ``StatoNonAmmesso`` when one is no longer there."""
    chiavi = set(chiavi)
    righe = (
        Organizzazione.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk__in=chiavi)
        .order_by("pk")
    )
    trovate = {riga.pk: riga for riga in righe}
    if len(trovate) < len(chiavi):
        raise StatoNonAmmesso("Nel frattempo l'organizzazione è stata unita a un'altra: cercala di nuovo.")
    return trovate

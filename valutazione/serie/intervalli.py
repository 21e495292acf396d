"""Runs of numbers, as a person writes them."""

from collections.abc import Iterable

from distretti.basi.italiano import elenco


def in_intervalli(numeri: Iterable[int]) -> str:
    """Ascending ``numeri``, three or more in a row as a range: "1, 2, 6–12 e 15"."""
    corse: list[list[int]] = []
    for numero in numeri:
        if corse and numero == corse[-1][-1] + 1:
            corse[-1].append(numero)
        else:
            corse.append([numero])
    voci: list[str] = []
    for corsa in corse:
        voci += [f"{corsa[0]}–{corsa[-1]}"] if len(corsa) > 2 else map(str, corsa)
    return elenco(voci)

"""Where the words of a search stand in a text: plain Python, beside the folding of ``ricerca``."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from distretti.basi.ricerca import piega

# Letters are few and texts are long: folding each one again would take most of the time of a page.
_piega_lettera = lru_cache(maxsize=4096)(piega)

LUNGHEZZA_ESTRATTO = 180
"""Characters of a text shown around the first word found."""


def tratti(testo: str, parole: Sequence[str]) -> list[tuple[str, bool]]:
    """``testo`` cut in pieces, each with whether it is one of the (folded) ``parole``."""
    pezzi, fino = [], 0
    for dal, al in _trovate(testo, parole):
        pezzi += [(testo[fino:dal], False), (testo[dal:al], True)]
        fino = al
    return [(pezzo, trovata) for pezzo, trovata in [*pezzi, (testo[fino:], False)] if pezzo]


def estratto(testo: str, parole: Sequence[str], lunghezza: int = LUNGHEZZA_ESTRATTO) -> str:
    """The part of ``testo`` around the first of ``parole``, cut between words; "" when none is there."""
    testo = " ".join(testo.split())
    trovata = next(_trovate(testo, parole), None)
    if trovata is None:
        return ""
    dal = max(0, trovata[0] - lunghezza // 3)
    al = min(len(testo), max(dal + lunghezza, trovata[1]))
    if dal > 0:
        dal = testo.find(" ", dal, trovata[0]) + 1 or trovata[0]
    if al < len(testo):
        spazio = testo.rfind(" ", trovata[1], al + 1)
        al = spazio if spazio > 0 else al
    return f"{'… ' if dal > 0 else ''}{testo[dal:al]}{' …' if al < len(testo) else ''}"


def _trovate(testo: str, parole: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last place (excluded) of every word found, in order, joined where they overlap."""
    piegato, posti = _con_posti(testo)
    trovate = sorted(
        (posto, posto + len(parola)) for parola in parole if parola for posto in _occorrenze(piegato, parola)
    )
    aperto: tuple[int, int] | None = None
    for dal, al in trovate:
        if aperto is not None and dal <= aperto[1]:
            aperto = aperto[0], max(aperto[1], al)
            continue
        if aperto is not None:
            yield posti[aperto[0]], posti[aperto[1]]
        aperto = dal, al
    if aperto is not None:
        yield posti[aperto[0]], posti[aperto[1]]


def _occorrenze(piegato: str, parola: str) -> Iterator[int]:
    posto = piegato.find(parola)
    while posto >= 0:
        yield posto
        posto = piegato.find(parola, posto + len(parola))


def _con_posti(testo: str) -> tuple[str, list[int]]:
    """``testo`` folded letter by letter and, for each folded letter, its place in ``testo``.

    One place more, for the end. A sign that folds to nothing goes with the letter before it.
    """
    pezzi, posti = [], []
    for posto, lettera in enumerate(testo):
        piegata = _piega_lettera(lettera)
        pezzi.append(piegata)
        posti += [posto] * len(piegata)
    return "".join(pezzi), [*posti, len(testo)]

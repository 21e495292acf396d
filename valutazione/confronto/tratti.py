"""Two texts word by word: what was taken out of the first, what was put into the second."""

import re
from difflib import SequenceMatcher

Tratti = list[tuple[str, bool]]
"""Pieces of a text, each with whether it changed; joined, they are the text."""

_PAROLE = re.compile(r"\s+|[\w’']+|[^\w\s]")

_STACCHI = re.compile(r"\n\s*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])")

_TROPPE = 4_000_000
"""Pairs of words beyond which a text is shown as wholly changed: no real field is so long."""


def segna(prima: str, dopo: str) -> tuple[Tratti, Tratti]:
    """The pieces of both texts. The same read from either side: ``segna(b, a)`` gives them swapped."""
    if dopo < prima:
        altri, questi = segna(dopo, prima)
        return questi, altri
    qui, la = _PAROLE.findall(prima), _PAROLE.findall(dopo)
    if len(qui) * len(la) > _TROPPE:
        return [(prima, True)], [(dopo, True)]
    tolte: Tratti = []
    messe: Tratti = []
    for esito, i, fine_i, j, fine_j in SequenceMatcher(None, qui, la, autojunk=False).get_opcodes():
        cambiato = esito != "equal"
        _aggiungi(tolte, "".join(qui[i:fine_i]), cambiato)
        _aggiungi(messe, "".join(la[j:fine_j]), cambiato)
    return _senza_isole(tolte), _senza_isole(messe)


def _aggiungi(tratti: Tratti, pezzo: str, cambiato: bool) -> None:
    if pezzo:
        tratti.append((pezzo, cambiato))


def _senza_isole(tratti: Tratti) -> Tratti:
    """A space or a comma that did not change between two words that did is marked with them."""
    uniti: Tratti = []
    for indice, (pezzo, cambiato) in enumerate(tratti):
        isola = (
            not cambiato
            and 0 < indice < len(tratti) - 1
            and not any(lettera.isalnum() for lettera in pezzo)
            and "\n" not in pezzo
        )
        cambiato = cambiato or isola
        if uniti and uniti[-1][1] == cambiato:
            uniti[-1] = (uniti[-1][0] + pezzo, cambiato)
        else:
            uniti.append((pezzo, cambiato))
    return uniti


def paragrafi(testo: str) -> list[str]:
    """The paragraphs of a text, as blank lines part them; each item of a list is one."""
    return [pezzo for pezzo in (p.strip() for p in _STACCHI.split(testo)) if pezzo]

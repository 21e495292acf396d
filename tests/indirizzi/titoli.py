"""I titoli di una pagina: uno solo di primo livello, e nessun salto."""

import re
from html.parser import HTMLParser
from itertools import pairwise


class _Titoli(HTMLParser):
    """The levels of the headings of a page, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.livelli: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.livelli.append(int(tag[1]))


def difetti_dei_titoli(pagina: str) -> list[str]:
    """What is wrong with the headings of a page."""
    lettore = _Titoli()
    lettore.feed(pagina)
    livelli = lettore.livelli
    difetti = [] if livelli.count(1) == 1 else [f"{livelli.count(1)} titoli di primo livello"]
    salti = [f"h{b} dopo h{a}" for a, b in pairwise(livelli) if b > a + 1]
    return difetti + salti + ([] if livelli[:1] in ([], [1]) else [f"comincia con h{livelli[0]}"])

"""Restricted Markdown → safe HTML: headings, lists, bold, italic, paragraphs, and nothing else.

No HTML, no links, no images, no code: what is not foreseen stays as it was typed.
"""

from markdown_it import MarkdownIt

_REGOLE = [
    "heading",
    "list",
    "paragraph",
    "normalize",
    "block",
    "inline",
    "text",
    "emphasis",
    "newline",
    "escape",
]
_REGOLE += ["balance_pairs", "fragments_join", "text_join"]
_LIVELLI = {f"h{numero}": numero for numero in range(1, 7)}

_lettore = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False, "breaks": False})
_lettore.enable(_REGOLE, ignoreInvalid=True)


def in_html(testo: str, livello: int = 2) -> str:
    """The text as safe HTML; its highest heading becomes ``<h{livello}>``.

    The levels used are made consecutive and go no deeper than ``<h6>``, so that the outline of the page
    never skips one.
    """
    simboli = _lettore.parse(testo)
    usati = sorted({_LIVELLI[simbolo.tag] for simbolo in simboli if simbolo.tag in _LIVELLI})
    for simbolo in simboli:
        if simbolo.tag in _LIVELLI:
            simbolo.tag = f"h{min(6, livello + usati.index(_LIVELLI[simbolo.tag]))}"
    html: str = _lettore.renderer.render(simboli, _lettore.options, {})
    return html

"""The words of a search, marked where they are found."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from distretti.basi.evidenziazione import tratti

register = template.Library()


@register.filter
def evidenzia(testo: str, parole: Sequence[str]) -> SafeString:
    """``testo``, escaped, with every one of the folded ``parole`` inside ``<mark>``."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", pezzo) if trovata else pezzo,)
            for pezzo, trovata in tratti(testo, parole)
        ),
    )

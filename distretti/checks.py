"""System checks of the ground floor."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from distretti.basi.pdf import COMANDO_INSTALLAZIONE, librerie_mancanti


@register()
def librerie_del_pdf(**kwargs: Any) -> list[CheckMessage]:
    """Without Pango the site runs, but makes no PDF: say so at the start."""
    mancanti = librerie_mancanti()
    if not mancanti:
        return []
    return [
        Warning(
            f"Non si possono fare i PDF: mancano le librerie di sistema {', '.join(mancanti)}.",
            hint=f"Su Debian: «{COMANDO_INSTALLAZIONE}», poi riavviare. Il resto del sito funziona.",
            id="distretti.W001",
        )
    ]

"""System checks of the ground floor."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.files.storage import FileSystemStorage, default_storage

from distretti import antivirus
from distretti.basi.pdf import COMANDO_INSTALLAZIONE, librerie_mancanti
from distretti.persone.posta import MUTA


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


@register(Tags.security, deploy=True)
def deposito_scrivibile(**kwargs: Any) -> list[CheckMessage]:
    """A folder of attachments that nobody can write to is found at the start, not by the first manager."""
    if not isinstance(default_storage, FileSystemStorage):
        return []
    cartella = Path(default_storage.location)
    if _si_scrive(cartella):
        return []
    return [
        Error(
            f"Nella cartella degli allegati «{cartella}» non si può scrivere.",
            hint="Darla all'utente con cui gira il sito, o cambiare DISTRETTI_ALLEGATI o DISTRETTI_VAR.",
            id="distretti.E002",
        )
    ]


@register(Tags.security, deploy=True)
def posta_configurata(**kwargs: Any) -> list[CheckMessage]:
    """Without EMAIL_URL what the site would write to people is dropped."""
    if settings.EMAIL_BACKEND != MUTA:
        return []
    return [
        Warning(
            "La posta non è configurata: ciò che il sito scriverebbe alle persone va perso.",
            hint="Dare EMAIL_URL e DISTRETTI_MITTENTE; poi provare con «manage.py sendtestemail».",
            id="distretti.W003",
        )
    ]


@register(Tags.security, deploy=True)
def proxy_dichiarato(**kwargs: Any) -> list[CheckMessage]:
    """In production, without a trusted proxy, no request is ever seen to come by HTTPS."""
    if settings.DISTRETTI_PROXY or not settings.SECURE_SSL_REDIRECT:
        return []
    return [
        Warning(
            "DISTRETTI_PROXY è 0: ogni richiesta sembra senza HTTPS e viene rimandata a sé stessa.",
            hint="Mettere un proxy davanti al sito e dire quanti sono (di solito 1).",
            id="distretti.W004",
        )
    ]


@register(Tags.security, deploy=True)
def antivirus_risponde(**kwargs: Any) -> list[CheckMessage]:
    """Without its antivirus, where one is set, the site refuses every file: better known at the start."""
    if antivirus.stato() != "non risponde":
        return []
    return [
        Warning(
            "Il controllo antivirus (DISTRETTI_ANTIVIRUS) non risponde: nessun file può essere caricato.",
            hint="Avviare clamd, o controllarne l'indirizzo e i permessi del socket.",
            id="distretti.W006",
        )
    ]


def _si_scrive(cartella: Path) -> bool:
    """Whether a file can be made there, or the folder itself where it is still missing."""
    while not cartella.exists():
        cartella = cartella.parent
    return cartella.is_dir() and os.access(cartella, os.W_OK | os.X_OK)

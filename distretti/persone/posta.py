"""The messages about one's own account: invitation, another role, lost password, what changed.

Plain text; the address of the links is the site's own (``indirizzo_del_sito``). A message that
does not leave undoes nothing: who sent it is told, and can send it again.
"""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from distretti.incarichi import periodo_di
from distretti.models import Incarico, Invito, Utente

MUTA = "django.core.mail.backends.dummy.EmailBackend"
"""What takes every message and sends none: the site was given no mail server."""

_registro = logging.getLogger("distretti.posta")


def indirizzo_del_sito(request: HttpRequest | None = None) -> str:
    """Where the links of the messages lead: ``DISTRETTI_INDIRIZZO``, else the first of the site's names.

    Never, in production, the name that who asks gave: it would be they who choose where a secret is opened.
    """
    if settings.INDIRIZZO_DEL_SITO:
        return str(settings.INDIRIZZO_DEL_SITO)
    if request is not None and not settings.PRODUZIONE:
        return request.build_absolute_uri("/").rstrip("/")
    nome = settings.ALLOWED_HOSTS[0].removeprefix(".") if settings.ALLOWED_HOSTS else "127.0.0.1"
    return f"https://{nome}" if settings.PRODUZIONE else f"http://{nome}:8000"


def indirizzo_di(percorso: str, request: HttpRequest | None = None) -> str:
    """The whole address of a page of this site, for a message."""
    return f"{indirizzo_del_sito(request)}{percorso}"


def manda_invito(request: HttpRequest, *, invito: Invito, segreto: str, incarico: Incarico | None) -> bool:
    """The link of an invitation, with the role it goes with, if it is known. False: it did not leave."""
    return _manda(
        "invito",
        "Invito a Distretti famiglia",
        invito.utente,
        {
            "incarico": incarico,
            "periodo": "" if incarico is None else periodo_di(incarico),
            "indirizzo": indirizzo_di(reverse("invito", args=[segreto]), request),
            "invito": invito,
        },
    )


def manda_incarico(request: HttpRequest, *, incarico: Incarico) -> bool:
    """Another role for who comes in already. False: it did not leave."""
    contesto = {"incarico": incarico, "periodo": periodo_di(incarico)}
    contesto["indirizzo"] = indirizzo_di(reverse("accesso"), request)
    return _manda("incarico", "Un altro incarico in Distretti famiglia", incarico.utente, contesto)


def manda_recupero(request: HttpRequest, *, invito: Invito, segreto: str) -> bool:
    """The link with which one chooses a new password. False: it did not leave."""
    contesto = {"invito": invito, "indirizzo": indirizzo_di(reverse("invito", args=[segreto]), request)}
    return _manda("recupero", "Una nuova password per Distretti famiglia", invito.utente, contesto)


def avvisa_di_sicurezza(utente: Utente, che_cosa: str) -> bool:
    """Something that lets in has changed: whoever did not do it should know. False: it did not leave."""
    return _manda(
        "sicurezza", "Il tuo accesso a Distretti famiglia è cambiato", utente, {"che_cosa": che_cosa}
    )


def _manda(modello: str, oggetto: str, utente: Utente, contesto: dict[str, Any]) -> bool:
    if not utente.email or settings.EMAIL_BACKEND == MUTA:
        return False
    testo = render_to_string(f"posta/{modello}.txt", {"utente": utente, **contesto})
    try:
        EmailMessage(oggetto, testo, to=[utente.email]).send()
    except OSError:
        _registro.exception("Un messaggio non è partito")
        return False
    return True

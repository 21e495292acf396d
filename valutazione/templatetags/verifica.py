"""The replies to the verification, on the desk."""

from typing import Any

from django import template
from django.utils import timezone

from distretti.permissions import Persona
from valutazione.attese_repliche import repliche_di

register = template.Library()


@register.inclusion_tag("valutazione/_scrivania_repliche.html")
def repliche_sulla_scrivania(utente: Persona) -> dict[str, Any]:
    """What waits for ``utente``: replies to write, replies to answer."""
    return {"attese": repliche_di(utente, timezone.localdate())}

"""A form that must not be carried out twice when its answer is loaded again.

Where a redirect after the writing is not possible, as the answer itself holds what is shown once, the form
carries a key, and the session remembers the keys already used.
"""

from secrets import token_urlsafe

from django import forms
from django.http import HttpRequest

_SESSIONE = "moduli_usati"
_RICORDATI = 50


class UnaVoltaMixin(forms.Form):
    """The hidden key of the form, which is no datum of what it asks for: taken out of ``cleaned_data``."""

    modulo = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=40, initial=lambda: token_urlsafe(16)
    )


def gia_compiuto(request: HttpRequest, modulo: str) -> bool:
    """Was the form with this key carried out in this session? (One without a key never was.)"""
    return bool(modulo) and modulo in request.session.get(_SESSIONE, [])


def compiuto(request: HttpRequest, modulo: str) -> None:
    """From now on :func:`gia_compiuto` says so."""
    if modulo:
        usati: list[str] = request.session.get(_SESSIONE, [])
        request.session[_SESSIONE] = [*usati, modulo][-_RICORDATI:]

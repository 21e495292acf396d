"""The secrets of the second factor are never in the database as they are."""

import base64
from hashlib import sha256

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class AdattatoreFattori(DefaultMFAAdapter):
    """allauth's, which encrypts with a key derived from ``SECRET_KEY`` (and reads those of before)."""

    def encrypt(self, text: str) -> str:
        return _chiavi().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ``ImproperlyConfigured`` when the secret key is no longer the one it was written with."""
        try:
            return _chiavi().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as errore:
            raise ImproperlyConfigured(
                "I secondi fattori sono cifrati con un'altra SECRET_KEY: rimettere quella di prima in"
                " SECRET_KEY_FALLBACKS, oppure toglierli alle persone."
            ) from errore


def _chiavi() -> MultiFernet:
    segreti = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_chiave(str(segreto))) for segreto in segreti])


def _chiave(segreto: str) -> bytes:
    return base64.urlsafe_b64encode(sha256(b"distretti.secondo-fattore\n" + segreto.encode()).digest())

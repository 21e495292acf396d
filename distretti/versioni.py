"""Fingerprints of what a form changes, so that whoever saves second is told, and loses nothing.

What a form changes is read as label → text, in the words of its page (an *istantanea*); the fingerprint of
that is the hidden ``versione`` of the form.
"""

from collections.abc import Mapping

from distretti.basi.canonico import sha256_di
from distretti.errori import ModificatoNelFrattempo

Istantanea = Mapping[str, str]


def versione_di(parte: Istantanea) -> str:
    """The fingerprint of a part: equal when, and only when, its texts are."""
    return sha256_di(dict(parte))[:20]


def controlla_versione(parte: Istantanea, versione: str | None) -> None:
    """Raise ``ModificatoNelFrattempo`` unless ``versione`` is that of ``parte`` (None: do not ask)."""
    attuale = versione_di(parte)
    if versione is not None and versione != attuale:
        raise ModificatoNelFrattempo(parte, attuale)

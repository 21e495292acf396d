"""Checking rows made from a document: every fault of a field gets the JSON path of its key."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import models

from distretti.basi.lettore import Errore


def controlla_campi(
    oggetto: models.Model,
    percorso: str,
    errori: list[Errore],
    chiavi: Mapping[str, str] | None = None,
) -> None:
    """Note what the fields of ``oggetto`` do not admit (length, code, choice, range).

    ``percorso`` is the path of the object in the document; ``chiavi`` gives the key of a field where it is
    not the field's own name ("" when the object itself is that text). Empty values are not judged here: an
    act may leave any text empty. Foreign keys are left to whoever looks them up, and no query is made.
    """
    for campo in oggetto._meta.concrete_fields:
        if campo.is_relation or campo.primary_key:
            continue
        valore = getattr(oggetto, campo.attname)
        if valore in campo.empty_values:
            continue
        try:
            campo.clean(valore, oggetto)
        except ValidationError as errore:
            chiave = (chiavi or {}).get(campo.name, campo.name)
            dove = f"{percorso}.{chiave}" if chiave else percorso
            errori += [Errore(dove, messaggio) for messaggio in errore.messages]

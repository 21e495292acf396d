"""The model checks itself before it is written, and its faults are said in domain words.

A service stops at the first object that is not good (``controlla``); who reads a document notes every
fault of every object, with the JSON path of its key (``controlla_campi``).
"""

from collections.abc import Mapping

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from distretti.basi.lettore import Errore
from distretti.errori import DatiNonValidi


def controlla(oggetto: models.Model) -> None:
    """``full_clean()`` as a domain error: every field and every named constraint of the model.

    Raises ``DatiNonValidi`` with the message of each wrong field ("" for the whole).
    """
    try:
        oggetto.full_clean()
    except ValidationError as errore:
        raise DatiNonValidi(
            {
                "" if campo == NON_FIELD_ERRORS else campo: " ".join(messaggi)
                for campo, messaggi in errore.message_dict.items()
            }
        ) from errore


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
        if campo.is_relation or campo.primary_key or campo.generated:
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

"""What every service does before it writes: the model checks itself, in domain words."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

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

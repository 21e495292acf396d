"""What a field says when it is wrong: our words in the place of Django's, for every form of the house.

Only the words that nobody chose are replaced: a form that has its own keeps them.
"""

from collections.abc import Mapping

from django import forms
from django.forms import Field

_NON_C_E = "Scegli una voce dell'elenco: «%(value)s» non c'è."
_FUORI_LIMITI = {
    "min_value": "Scrivi un numero da %(limit_value)s in su.",
    "max_value": "Scrivi un numero fino a %(limit_value)s.",
}

MESSAGGI: Mapping[type[Field], Mapping[str, str]] = {
    Field: {"required": "Scrivi qualcosa: è obbligatorio."},
    forms.CharField: {
        "max_length": "Accorcia il testo: può avere %(limit_value)d caratteri e ne ha %(show_value)d.",
    },
    forms.IntegerField: {
        "required": "Scrivi un numero: è obbligatorio.",
        "invalid": "Scrivi un numero intero, per esempio 3.",
        **_FUORI_LIMITI,
    },
    forms.DecimalField: {"invalid": "Scrivi un numero, per esempio 3.", **_FUORI_LIMITI},
    forms.DateField: {
        "required": "Scrivi una data: è obbligatoria.",
        "invalid": "Scrivi una data che esiste, per esempio 19/06/2025.",
    },
    forms.EmailField: {"invalid": "Scrivi un indirizzo di posta, per esempio nome@ente.it."},
    forms.ChoiceField: {"required": "Scegli una voce: è obbligatorio.", "invalid_choice": _NON_C_E},
    forms.MultipleChoiceField: {"required": "Scegli almeno una voce.", "invalid_list": "Scegli dall'elenco."},
    forms.ModelChoiceField: {"required": "Scegli una voce: è obbligatorio.", "invalid_choice": _NON_C_E},
    forms.FileField: {
        "required": "Scegli un file: è obbligatorio.",
        "invalid": "Il file non è arrivato: sceglilo di nuovo.",
        "missing": "Il file non è arrivato: sceglilo di nuovo.",
        "empty": "Il file è vuoto: scegline un altro.",
        "max_length": "Accorcia il nome del file: può avere %(max)d caratteri e ne ha %(length)d.",
    },
}
"""By kind of field and code of error; the nearest kind wins."""


def con_parole_nostre(campo: Field) -> None:
    """Give ``campo`` the messages of its kind, wherever it still has those that Django ships."""
    di_django: dict[str, object] = {}
    nostri: dict[str, str] = {}
    for classe in reversed(type(campo).__mro__):
        di_django |= getattr(classe, "default_error_messages", {})
        nostri |= MESSAGGI.get(classe, {})
    for codice, messaggio in nostri.items():
        attuale = campo.error_messages.get(codice)
        if attuale is None or attuale == di_django.get(codice):
            campo.error_messages[codice] = messaggio

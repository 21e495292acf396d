"""The filter of a history."""

from collections.abc import Iterable
from typing import Any

from django import forms

from distretti.parole_eventi import GENERI


class StoriaForm(forms.Form):
    """Of which kind of thing the events are wanted."""

    genere = forms.ChoiceField(label="Che cosa è cambiato", required=False)

    def __init__(self, *args: Any, generi: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["genere"]
        assert isinstance(campo, forms.ChoiceField)
        campo.choices = [("", "tutto"), *((genere, GENERI[genere]) for genere in generi)]

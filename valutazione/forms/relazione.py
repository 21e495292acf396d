"""Number, date and reference of the act that the report becomes."""

from typing import Any

from django import forms
from django.utils import timezone

from distretti.forms import DataInput
from valutazione.relazione import Estremi


class EstremiForm(forms.Form):
    """All three or none: they come from the register of acts of the authority."""

    numero = forms.CharField(label="Numero", max_length=60)
    data = forms.DateField(label="Data", widget=DataInput)  # type: ignore[assignment]  # a field, by metaclass
    riferimento = forms.CharField(
        label="Riferimento", max_length=60, help_text="Quello del protocollo, ad esempio 2025-I090-00042."
    )

    def clean_data(self) -> Any:
        giorno = self.cleaned_data["data"]
        if giorno > timezone.localdate():
            raise forms.ValidationError("La data dell'atto non può essere nel futuro.")
        return giorno

    @property
    def estremi(self) -> Estremi:
        """As they are printed; after ``is_valid()``."""
        dati = self.cleaned_data
        return Estremi(dati["numero"], dati["data"], dati["riferimento"])

    @classmethod
    def da(cls, dati: Any) -> "EstremiForm | None":
        """Bound to ``dati`` when they name any of the three; None when they name none."""
        return cls(dati) if any(dati.get(campo) is not None for campo in cls.base_fields) else None

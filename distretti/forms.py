"""Forms of the ground floor. They check shape; the procedure is in the services."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from distretti.models import Organizzazione


class DataInput(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class AccessoForm(AuthenticationForm):
    """User name and password, with one clear message for both."""

    error_messages = {
        "invalid_login": "Nome utente o password non corretti. Controlla maiuscole e minuscole e riprova.",
        "inactive": "Questo account non è attivo.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Nome utente"
        self.fields["password"].label = "Password"


class AllaDataForm(forms.Form):
    """The day at which a list is asked for."""

    alla_data = forms.DateField(label="Aderenti alla data", widget=DataInput, required=False)


class AdesioneForm(forms.Form):
    """A membership to enter in the register."""

    organizzazione = forms.ModelChoiceField(
        label="Organizzazione", queryset=Organizzazione.objects.order_by("denominazione", "codice")
    )
    dal = forms.DateField(label="Aderente dal", widget=DataInput)
    al = forms.DateField(
        label="Fino al", widget=DataInput, required=False, help_text="Lascia vuoto se è tuttora aderente."
    )

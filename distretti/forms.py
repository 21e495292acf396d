"""Forms of the ground floor. They check shape; the procedure is in the services."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from distretti.models import (
    DURATA_PREDEFINITA,
    Autorita,
    Distretto,
    Organizzazione,
    TokenLettura,
    Utente,
)
from distretti.sessione.una_volta import UnaVoltaMixin


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

    def confirm_login_allowed(self, user: Any) -> None:
        """An application never signs in, even if it somehow had a password."""
        super().confirm_login_allowed(user)
        if user.applicazione:
            raise self.get_invalid_login_error()


class AllaDataForm(forms.Form):
    """The day at which a list is asked for."""

    alla_data = forms.DateField(label="Aderenti alla data", widget=DataInput, required=False)


class AdesioneForm(forms.Form):
    """A membership to enter in the register."""

    organizzazione = forms.ModelChoiceField(
        label="Organizzazione",
        queryset=Organizzazione.objects.order_by("denominazione", "codice"),
        empty_label="Scegli…",
    )
    dal = forms.DateField(label="Aderente dal", widget=DataInput)
    al = forms.DateField(
        label="Fino al", widget=DataInput, required=False, help_text="Lascia vuoto se è tuttora aderente."
    )


DURATE = ((30, "30 giorni"), (90, "90 giorni"), (180, "180 giorni"), (365, "un anno (365 giorni)"))
"""How long a token may last; the service admits any number of days up to a year."""


class TokenForm(UnaVoltaMixin):
    """A read token: what it is for, and until when."""

    nome = forms.CharField(
        label="A che cosa serve",
        max_length=TokenLettura._meta.get_field("nome").max_length,
        help_text="Per riconoscerlo tra un mese, ad esempio «Foglio di calcolo del monitoraggio».",
    )
    durata = forms.TypedChoiceField(
        label="Durata", choices=DURATE, coerce=int, initial=DURATA_PREDEFINITA, widget=forms.RadioSelect
    )


TUTTA_L_AUTORITA = "tutta"
"""Said in so many words: nobody lends the evidence of every district because they chose nothing."""


class TokenApplicazioneForm(TokenForm):
    """A read token for an application, over a district of the authority or over all of it."""

    applicazione = forms.CharField(
        label="Nome dell'applicazione",
        max_length=Utente._meta.get_field("nome_esteso").max_length,
        help_text="Ad esempio «Sito del Distretto». Se ce n'è già una con questo nome e questo ambito, "
        "riceve un token in più.",
    )
    distretto = forms.TypedChoiceField(
        label="Che cosa può leggere",
        help_text="Un distretto soltanto, oppure tutti i distretti dell'autorità.",
    )

    field_order = ("applicazione", "distretto", "nome", "durata")

    def __init__(self, *args: Any, autorita: Autorita, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        distretti = {
            str(distretto.pk): distretto
            for distretto in Distretto.objects.filter(autorita=autorita).order_by("denominazione", "codice")
        }
        campo = self.fields["distretto"]
        assert isinstance(campo, forms.TypedChoiceField)
        campo.coerce = distretti.get  # the whole authority is no district: None
        campo.choices = [
            ("", "Scegli…"),
            *((pk, distretto.denominazione) for pk, distretto in distretti.items()),
            (TUTTA_L_AUTORITA, "tutta l'autorità"),
        ]

"""Forms about people and their accounts. They check shape; what may be done is in the services."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils import timezone

from distretti.basi.codice_fiscale import normalizza, valido
from distretti.forms import DataInput
from distretti.models import RUOLI_DI_DISTRETTO, Autorita, Distretto, Ruolo, Utente
from distretti.persone.fattori import MASSIMO_NOME

RUOLI = [(ruolo.value, ruolo.label) for ruolo in Ruolo if ruolo is not Ruolo.LETTORE]
NELLA_STORIA = "Resta nella storia della persona."
NUOVA = {"autocomplete": "new-password"}
ATTUALE = {"autocomplete": "current-password"}
CODICE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


def distretti_di(autorita: Autorita) -> Any:
    """For a choice of one district of ``autorita``."""
    return Distretto.objects.filter(autorita=autorita).order_by("denominazione", "codice")


class IncaricoForm(forms.Form):
    """A role, where, and from when to when."""

    ruolo = forms.ChoiceField(label="Ruolo", choices=[("", "Scegli…"), *RUOLI])
    distretto = forms.ModelChoiceField(
        label="Distretto",
        queryset=Distretto.objects.none(),
        required=False,
        empty_label="nessuno: è un ruolo dell'autorità",
        help_text="Per manager, coordinatore e referente amministrativo; gli altri ruoli sono dell'autorità.",
    )
    dal = forms.DateField(label="Dal", widget=DataInput, initial=timezone.localdate)
    al = forms.DateField(
        label="Al", widget=DataInput, required=False, help_text="Ultimo giorno; lascia vuoto se non si sa."
    )

    def __init__(self, *args: Any, autorita: Autorita, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.autorita = autorita
        campo = self.fields["distretto"]
        assert isinstance(campo, forms.ModelChoiceField)
        campo.queryset = distretti_di(autorita)

    def clean(self) -> dict[str, Any]:
        """A role goes with its own kind of place, which is kept as ``dove``."""
        dati = super().clean() or {}
        ruolo, distretto = dati.get("ruolo"), dati.get("distretto")
        if not ruolo or "distretto" not in dati:
            return dati
        if ruolo in RUOLI_DI_DISTRETTO and distretto is None:
            self.add_error("distretto", "Scegli il distretto: questo ruolo si esercita su un distretto.")
        if ruolo not in RUOLI_DI_DISTRETTO and distretto is not None:
            self.add_error("distretto", "Togli il distretto: questo ruolo vale per tutta l'autorità.")
        dati["dove"] = distretto or self.autorita
        return dati

    def incarico(self) -> dict[str, Any]:
        """What the service is given."""
        dati = self.cleaned_data
        return {"ruolo": Ruolo(dati["ruolo"]), "dove": dati["dove"], "dal": dati["dal"], "al": dati["al"]}


class DatiPersonaForm(forms.Form):
    """Name, mail, tax code."""

    nome = forms.CharField(
        label="Nome e cognome",
        max_length=Utente._meta.get_field("nome_esteso").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    mail = forms.EmailField(
        label="Posta elettronica",
        max_length=150,
        help_text="Quella personale d'ufficio, non una casella condivisa: chi la legge sceglie la password.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    codice_fiscale = forms.CharField(
        label="Codice fiscale",
        required=False,
        max_length=22,
        help_text="Serve soltanto per entrare con SPID o CIE. Non si mostra mai in pubblico.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_codice_fiscale(self) -> str:
        codice = normalizza(self.cleaned_data["codice_fiscale"])
        if codice and not valido(codice):
            raise forms.ValidationError("Il codice fiscale non è giusto: controlla le lettere e le cifre.")
        return codice


class InvitoForm(DatiPersonaForm, IncaricoForm):
    """A person and their first role (or one more)."""

    field_order = ("nome", "mail", "codice_fiscale", "ruolo", "distretto", "dal", "al")

    def invito(self) -> dict[str, Any]:
        """What the service is given."""
        return {nome: self.cleaned_data[nome] for nome in DatiPersonaForm.base_fields} | self.incarico()


class FineIncaricoForm(forms.Form):
    """The last day of a role, and why."""

    al = forms.DateField(
        label="Ultimo giorno",
        widget=DataInput,
        initial=timezone.localdate,
        help_text="Dal giorno dopo non vale più.",
    )
    motivo = forms.CharField(
        label="Perché finisce", max_length=500, help_text="Resta nella storia della persona."
    )


class MotivoForm(forms.Form):
    """Why something is done to an account."""

    motivo = forms.CharField(label="Perché", max_length=500, help_text=NELLA_STORIA)


class CancellaForm(MotivoForm):
    """Erasing the data of a person cannot be undone."""

    certo = forms.BooleanField(label="Ho capito che non si può tornare indietro")


class FiltroPersoneForm(forms.Form):
    """The filter of the list."""

    testo = forms.CharField(label="Nome o posta", required=False, max_length=100)
    ruolo = forms.ChoiceField(label="Ruolo", choices=[("", "tutti"), *RUOLI], required=False)
    distretto = forms.ModelChoiceField(
        label="Distretto", queryset=Distretto.objects.none(), required=False, empty_label="tutti"
    )
    giorno = forms.DateField(label="Incarichi in corso il giorno", widget=DataInput, required=False)

    def __init__(self, *args: Any, autorita: Autorita, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["distretto"]
        assert isinstance(campo, forms.ModelChoiceField)
        campo.queryset = distretti_di(autorita)


def _password_nuova() -> forms.CharField:
    return forms.CharField(
        label="Nuova password",
        strip=False,
        widget=forms.PasswordInput(attrs=NUOVA),
        help_text=" ".join(password_validators_help_texts()),
    )


class NuovaPasswordForm(forms.Form):
    """A password, twice."""

    password = _password_nuova()
    ripetuta = forms.CharField(
        label="La stessa password un'altra volta", strip=False, widget=forms.PasswordInput(attrs=NUOVA)
    )

    def clean_ripetuta(self) -> str:
        ripetuta: str = self.cleaned_data["ripetuta"]
        if self.cleaned_data.get("password", ripetuta) != ripetuta:
            raise forms.ValidationError("Le due password non sono uguali.")
        return ripetuta


class CambiaPasswordForm(NuovaPasswordForm):
    """The password of now, then the new one."""

    attuale = forms.CharField(
        label="Password attuale", strip=False, widget=forms.PasswordInput(attrs=ATTUALE)
    )
    field_order = ("attuale", "password", "ripetuta")


class ConfermaForm(forms.Form):
    """The password again, before something delicate."""

    password = forms.CharField(label="Password", strip=False, widget=forms.PasswordInput(attrs=ATTUALE))


class RecuperoForm(forms.Form):
    """Who has lost the password."""

    mail = forms.CharField(
        label="Posta elettronica o nome utente",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )


class CodiceForm(forms.Form):
    """A code of the app, or a recovery code."""

    codice = forms.CharField(label="Codice", max_length=20, widget=forms.TextInput(attrs=CODICE))


class ChiaveForm(forms.Form):
    """What the browser made or signed with a passkey; written by the script of the page."""

    credenziale = forms.JSONField(
        widget=forms.HiddenInput(attrs={"data-credenziale": ""}),
        error_messages={
            "required": "La chiave non ha risposto: riprova. Serve un browser con JavaScript.",
            "invalid": "La chiave non ha risposto come ci si aspettava: riprova.",
        },
    )


class NuovaChiaveForm(ChiaveForm):
    """A passkey, and how the person calls it."""

    nome = forms.CharField(
        label="Come la chiami",
        max_length=MASSIMO_NOME,
        initial="Chiave di accesso",
        help_text="Per riconoscerla: «telefono», «chiave USB di scorta».",
    )
    field_order = ("nome", "credenziale")

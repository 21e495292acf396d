"""Forms of what the Agenzia integrates while it examines."""

from django import forms

from distretti.forms import DataInput
from programmi.forms.base import ParteForm, TestoLungoField
from programmi.services.integrazione import CAMPI_INTEGRAZIONE, Cifra

_L = CAMPI_INTEGRAZIONE


class IntegrazioneForm(ParteForm):
    """The date of the list of members and the texts in the charge of the Agenzia."""

    aderenti_al = forms.DateField(
        label=_L["aderenti_al"],
        widget=DataInput,
        required=False,
        help_text="La data dell'elenco degli aderenti stampato nel programma.",
    )
    approvazione_distretto = TestoLungoField(
        label=_L["approvazione_distretto"],
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text="La deliberazione che ha approvato il distretto, come si stampa.",
    )
    sottoscrizione_accordo = TestoLungoField(
        label=_L["sottoscrizione_accordo"], widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    testo_obbligatorie = TestoLungoField(
        label=_L["testo_obbligatorie"], widget=forms.Textarea(attrs={"rows": 4}), required=False
    )


class CifraForm(forms.Form):
    """A declared figure, with its date and its source."""

    di = forms.ChoiceField(
        label="Di chi",
        choices=[("distretto", "Del distretto"), ("autorita", "Dell'Agenzia, per tutti i distretti")],
    )
    voce = forms.CharField(label="Voce", max_length=120, help_text="Per esempio «organizzazioni aderenti».")
    valore = forms.IntegerField(label="Valore", min_value=0, max_value=2_000_000_000)
    almeno = forms.BooleanField(label="La fonte dice «oltre»", required=False)
    al = forms.CharField(
        label="Alla data", max_length=10, help_text="Un anno, un mese o un giorno: 2025, 2025-03, 2025-03-31."
    )
    fonte = forms.CharField(label="Fonte", widget=forms.Textarea(attrs={"rows": 2}))

    def cifra(self) -> Cifra:
        """What ``dichiara`` asks for."""
        dati = self.cleaned_data
        return Cifra(dati["voce"], dati["valore"], dati["al"], dati["fonte"], dati["almeno"])

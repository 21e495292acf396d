"""The forms of the spreadsheet of the register: sending one, confirming it, asking for one."""

from typing import Any

from django import forms

from distretti.forms import DataInput
from distretti.importazione_xlsx.colonne import RIGHE_MASSIME
from distretti.models import Autorita, Distretto


class ImportazioneForm(forms.Form):
    """The spreadsheet to look at."""

    file = forms.FileField(
        label="Foglio di calcolo",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        max_length=400,
        help_text=f"Un file XLSX senza macro, al massimo 2 MB e {RIGHE_MASSIME} righe per foglio.",
    )


class ConfermaImportazioneForm(forms.Form):
    """What was looked at; a box to tick, because an import of hundreds of rows is not undone."""

    conferma = forms.BooleanField(
        label="Ho controllato l'anteprima",
        error_messages={"required": "Conferma di avere controllato l'anteprima."},
    )
    versione = forms.CharField(widget=forms.HiddenInput)


class EsportazioneForm(forms.Form):
    """Of which district, on which day, in which format."""

    distretto = forms.ModelChoiceField(
        label="Distretto",
        queryset=Distretto.objects.none(),
        to_field_name="codice",
        required=False,
        empty_label="Tutti",
    )
    alla_data = forms.DateField(
        label="Aderenti alla data",
        widget=DataInput,
        required=False,
        help_text="Lascia vuoto per avere anche chi non è più aderente.",
    )
    formato = forms.ChoiceField(
        label="Formato",
        choices=[("xlsx", "Foglio di calcolo (XLSX), con i marchi"), ("csv", "CSV, soltanto le adesioni")],
        required=False,
    )

    def __init__(self, *args: Any, autorita: Autorita, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        distretti = Distretto.objects.filter(autorita=autorita).order_by("denominazione", "codice")
        self.fields["distretto"].queryset = distretti  # type: ignore[attr-defined]

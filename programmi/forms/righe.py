"""Form of the words of a line."""

from django import forms

from programmi.forms.base import ParteForm


class RigaForm(ParteForm):
    """A line of a progettualità; labels are those of ``istantanea_riga``."""

    testo = forms.CharField(
        label="Indicatore",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Che cosa si misura, per esempio «Realizzazione di n. 2 incontri».",
    )
    testo_regola = forms.CharField(
        label="Percentuale di realizzazione",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text="Come si stampa nell'atto, per esempio «50% per ogni incontro». La regola si sceglie dopo.",
    )
    testo_evidenze = forms.CharField(
        label="Evidenze", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )


class RigaObbligatoriaForm(RigaForm):
    """A compulsory line: it stands in a section."""

    sezione = forms.CharField(label="Sezione", max_length=120)
    field_order = ("sezione", "testo", "testo_regola", "testo_evidenze")

"""Form with which a variazione is opened."""

from django import forms


class VariazioneForm(forms.Form):
    """Why the programme is to be changed."""

    motivo = forms.CharField(
        label="Motivo",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Resta nella storia del programma; lo legge chi lo segue nel distretto e all'Agenzia.",
    )

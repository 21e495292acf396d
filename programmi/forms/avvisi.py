"""What a person wants by mail."""

from django import forms

from programmi.models import GenereAvviso, PreferenzaAvvisi


class PreferenzeForm(forms.ModelForm):  # type: ignore[type-arg]
    """One tick for each kind of notice, and how they are gathered."""

    class Meta:
        model = PreferenzaAvvisi
        fields = (*(genere.value for genere in GenereAvviso), "giornaliero")
        labels = {"giornaliero": "Un solo messaggio al giorno, la mattina"}
        help_texts = {
            "giornaliero": "Senza la spunta, un messaggio parte poco dopo che qualcosa è successo: "
            "uno solo, se le cose sono più d'una."
        }

"""Why an evidence is withdrawn."""

from django import forms

from valutazione.forms.campi import campo_testo


class RitiroForm(forms.Form):
    """Only the reason: the effect is beside it."""

    motivo = campo_testo(
        "Perché la ritiri", righe=3, required=True, aiuto="Resta nella storia dell'evidenza."
    )

"""What became of planned evidence."""

from collections.abc import Iterable
from typing import Any

from django import forms

from valutazione.forms.campi import campo_giorno, campo_testo
from valutazione.models import Evidenza

AVVENUTA, RINVIATA, NON_SI_FARA = "avvenuta", "rinviata", "non_si_fara"
ESITI = (
    (AVVENUTA, "Sì, è avvenuta"),
    (RINVIATA, "Rinviata a un altro giorno"),
    (NON_SI_FARA, "Non si farà"),
)


class AvvenutaForm(forms.Form):
    """One evidence: what became of it, and the day or the reason that goes with the answer."""

    esito = forms.ChoiceField(
        label="È avvenuta?",
        choices=ESITI,
        widget=forms.RadioSelect,
        error_messages={"required": "Scegli una risposta."},
    )
    motivo = campo_testo("Perché non si farà", aiuto="Solo se non si farà: resta nella storia dell'evidenza.")
    versione = forms.CharField(widget=forms.HiddenInput, required=False)

    field_order = ("esito", "data", "motivo", "versione")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not declared above, where it would hide the form's own ``data``.
        self.fields["data"] = campo_giorno("Giorno", aiuto="Quello in cui è avvenuta, o a cui è rinviata.")
        self.order_fields(self.field_order)

    def clean(self) -> None:
        """A postponement wants its day, a renunciation its reason."""
        esito = self.cleaned_data.get("esito")
        if esito == RINVIATA and "data" not in self.errors and not self.cleaned_data.get("data"):
            self.add_error("data", "Scrivi a quale giorno è rinviata.")
        if esito == NON_SI_FARA and not (self.cleaned_data.get("motivo") or "").strip():
            self.add_error("motivo", "Scrivi perché non si farà.")


class AvvenuteForm(forms.Form):
    """Many that happened on their day."""

    evidenze = forms.MultipleChoiceField(
        label="Quali sono avvenute",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Scegli almeno un'evidenza.",
            "invalid_choice": "Una delle evidenze scelte non è più da confermare: controlla l'elenco.",
        },
    )

    def __init__(self, *args: Any, evidenze: Iterable[Evidenza], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["evidenze"]
        assert isinstance(campo, forms.ChoiceField)
        campo.choices = [(str(evidenza.pk), str(evidenza)) for evidenza in evidenze]

    def chiavi(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["evidenze"]]

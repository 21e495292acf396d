"""The reply of the manager, and the answer of the Agenzia."""

from typing import Any

from django import forms

from programmi.forms.base import TestoLungoField
from valutazione.decisioni import Decisione
from valutazione.forms.verifica import VerificaForm

CONFERMA = "conferma"


class ReplicaForm(forms.Form):
    """What the manager answers to a decision."""

    testo = TestoLungoField(
        label="Replica",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Se ne scrive una sola. La legge chi segue il programma, mai il pubblico.",
        error_messages={"required": "Scrivi la replica, oppure rinuncia a replicare."},
    )


class RispostaForm(VerificaForm):
    """The decision stands, or becomes another; in both cases the answer says why."""

    field_order: tuple[str, ...] = ("versione", "risposta", "misura", "motivo", "motivazione")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["risposta"] = TestoLungoField(
            label="Risposta alla replica",
            max_length=10_000,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"required": "Scrivi la risposta: chi ha replicato deve poterla leggere."},
        )
        decisione = self.fields["decisione"]
        assert isinstance(decisione, forms.ChoiceField)
        decise: Any = decisione.choices
        decisione.choices = [(CONFERMA, "Conferma la decisione"), *decise]
        self.order_fields(self.field_order)

    def nuova(self) -> Decisione | None:
        """The decision that takes the place of the one replied to; None when it stands."""
        return None if self.cleaned_data["decisione"] == CONFERMA else self.esito()

"""What the form of any step shares, of the procedure or of the closing of the year."""

from typing import Any

from django import forms

from programmi.models import Programma


class PassoBase(forms.Form):
    """``dopo`` is the number of the last step its page showed: whoever comes second is told."""

    dopo = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, programma: Programma, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programma = programma

    def parametri(self) -> dict[str, Any]:
        """What the service of the step asks for."""
        return dict(self.cleaned_data)

    @property
    def dopo_letto(self) -> int | None:
        """The number that was sent, before the fields are looked at; None when it is no such number."""
        dopo = str(self.data.get("dopo", ""))
        return int(dopo) if dopo.isascii() and dopo.isdecimal() and len(dopo) < 6 else None

    def rimetti_dopo(self, ordine: int) -> None:
        """Show again what was typed, on the steps as they are now."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["dopo"] = str(ordine)  # type: ignore[index]

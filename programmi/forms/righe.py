"""Form of the words of a line."""

from typing import Any

from django import forms

from distretti.forms import DataInput
from programmi.forms.base import ParteForm


class RigaForm(ParteForm):
    """A line of a progettualità; labels are those of ``istantanea_riga``.

    ``giorni``: ask on which days it is in force, as in a variazione.
    """

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
    dal = forms.DateField(
        label="In vigore dal",
        widget=DataInput,
        required=False,
        help_text="Solo per una riga che comincia ad anno iniziato: contano le evidenze da quel giorno.",
    )
    al = forms.DateField(
        label="In vigore fino al",
        widget=DataInput,
        required=False,
        help_text="Solo per una riga che smette di valere: contano le evidenze fino a quel giorno.",
    )

    def __init__(self, *args: Any, giorni: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not giorni:
            del self.fields["dal"], self.fields["al"]


class RigaObbligatoriaForm(RigaForm):
    """A compulsory line: it stands in a section."""

    sezione = forms.CharField(label="Sezione", max_length=120)
    field_order = ("sezione", "testo", "testo_regola", "testo_evidenze", "dal", "al")

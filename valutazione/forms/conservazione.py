"""The form of how long the files of a year are kept. It checks shape; the service has the rest."""

from django import forms

from programmi.forms.base import ParteForm
from valutazione.models.conservazione import MESI_MASSIMI


class ConservazioneForm(ParteForm):
    """The labels are those of ``ParametriConservazione.valori``."""

    mesi = forms.IntegerField(
        label="Mesi dopo la fine dell'esercizio",
        min_value=1,
        max_value=MESI_MASSIMI,
        help_text="Per esempio 120, dieci anni. Passato il termine il contenuto dei file si può cancellare.",
    )
    fonte = forms.CharField(
        label="Atto o fonte",
        max_length=300,
        help_text="Dove è stabilito, per esempio il massimario di conservazione e scarto.",
    )

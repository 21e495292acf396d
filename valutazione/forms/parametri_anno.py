"""The forms of what an authority sets for a year. They check shape; the service has the rest."""

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


class TermineReplicheForm(ParteForm):
    """The labels are those of ``ParametriChiusura.valori``."""

    giorni_replica = forms.IntegerField(
        label="Giorni per replicare",
        min_value=1,
        max_value=365,
        help_text="Contati dal giorno in cui si conclude la verifica; l'ultimo è compreso.",
    )
    fonte = forms.CharField(label="Atto o fonte", max_length=300, help_text="Dove è stabilito.")

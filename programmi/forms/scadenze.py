"""Forms of the deadlines of an authority. They check shape; the service has the rest."""

from typing import Any

from django import forms
from django.utils import timezone

from distretti.forms import DataInput
from programmi.forms.base import ParteForm
from programmi.models import AzionePassaggio, Scadenza, StatoProgramma
from programmi.models.scadenza import AZIONI_CON_SCADENZA, STATI_CON_SCADENZA

_COSA = [
    ("", "Scegli…"),
    (
        "Un passaggio, entro un giorno dell'anno",
        [(f"azione:{azione}", AzionePassaggio(azione).etichetta) for azione in AZIONI_CON_SCADENZA],
    ),
    (
        "Uno stato, che dura al massimo un numero di giorni",
        [(f"stato:{stato}", StatoProgramma(stato).label) for stato in STATI_CON_SCADENZA],
    ),
]


class ScadenzaForm(ParteForm):
    """A deadline; the labels are those of ``Scadenza.valori``."""

    anno = forms.IntegerField(label="Anno dei programmi", min_value=2011, max_value=2100)
    cosa = forms.ChoiceField(label="Che cosa scade", choices=_COSA)
    giorno = forms.DateField(
        label="Entro il",
        widget=DataInput,
        required=False,
        help_text="Per un passaggio: l'ultimo giorno utile.",
    )
    giorni = forms.IntegerField(
        label="Giorni al massimo",
        min_value=1,
        max_value=366,
        required=False,
        help_text="Per uno stato: quanti giorni può durare, contati da quando il programma vi è entrato.",
    )
    preavviso = forms.IntegerField(
        label="Promemoria, giorni prima",
        min_value=0,
        max_value=180,
        required=False,
        help_text="Quanti giorni prima si avvisa chi deve agire. Vuoto: nessun promemoria.",
    )
    sollecito = forms.IntegerField(
        label="Sollecito, giorni dopo",
        min_value=1,
        max_value=180,
        required=False,
        help_text="Quanti giorni dopo si avvisa chi non ha ancora agito. Vuoto: nessun sollecito.",
    )
    fonte = forms.CharField(
        label="Atto o fonte",
        max_length=300,
        help_text="L'atto che stabilisce la scadenza, con numero e data.",
    )

    @staticmethod
    def iniziale(scadenza: Scadenza | None) -> dict[str, Any]:
        """What the form shows of a deadline, or of a new one."""
        if scadenza is None:
            return {"anno": timezone.localdate().year}
        cosa = f"azione:{scadenza.azione}" if scadenza.azione else f"stato:{scadenza.stato}"
        campi = ("anno", "giorno", "giorni", "preavviso", "sollecito", "fonte")
        return {campo: getattr(scadenza, campo) for campo in campi} | {"cosa": cosa}

    def clean(self) -> dict[str, Any]:
        """A step has a day, a state has its days: the other one is left empty."""
        dati = super().clean() or self.cleaned_data
        genere, _, codice = str(dati.get("cosa", "")).partition(":")
        dati["azione"], dati["stato"] = (codice, "") if genere == "azione" else ("", codice)
        vuole, non_vuole = ("giorno", "giorni") if genere == "azione" else ("giorni", "giorno")
        if genere and dati.get(vuole) is None and vuole not in self.errors:
            self.add_error(vuole, "Serve per ciò che hai scelto sopra.")
        if genere and dati.get(non_vuole) is not None:
            self.add_error(non_vuole, "Non serve per ciò che hai scelto sopra: lascia vuoto.")
        return dati


class CessazioneForm(forms.Form):
    """From when a deadline holds no more, and why."""

    dal = forms.DateField(label="Non vale più dal", widget=DataInput)
    perche = forms.CharField(label="Atto o motivo", max_length=300)

"""Forms of the steps: transmission, sending back, approval."""

from typing import Any

from django import forms
from django.utils import timezone

from distretti.basi.file_caricati import FORMATI_ATTO, formati_in_parole
from distretti.forms import DataInput
from distretti.models import Autorita, Struttura, TipoAtto
from distretti.services import DatiAtto

_FILE = forms.ClearableFileInput(attrs={"accept": ".pdf,.p7m"})


class TrasmissioneForm(forms.Form):
    """The capofila's delibera, the protocol, the day."""

    delibera_tipo = forms.ChoiceField(
        label="Tipo di atto",
        choices=[
            (TipoAtto.DELIBERA_GC.value, "deliberazione della Giunta comunale"),
            (TipoAtto.ALTRO.value, "altro atto (Comunità di valle, unione, consorzio)"),
        ],
    )
    delibera_ente = forms.CharField(label="Ente che ha deliberato", max_length=200)
    delibera_numero = forms.CharField(label="Numero della delibera", max_length=60)
    delibera_data = forms.DateField(label="Data della delibera", widget=DataInput)
    delibera_file = forms.FileField(
        label="File della delibera",
        widget=_FILE,
        required=False,
        max_length=400,
        help_text=f"{formati_in_parole(FORMATI_ATTO)} Al massimo 20 MB.",
    )
    il = forms.DateField(label="Data di trasmissione", widget=DataInput)
    protocollo_mittente = forms.CharField(
        label="Protocollo del mittente", max_length=60, required=False, help_text="Quello dell'ente capofila."
    )
    protocollo_ricevente = forms.CharField(
        label="Protocollo dell'Agenzia",
        max_length=60,
        required=False,
        help_text="Quello della ricevuta. Serve almeno uno dei due numeri.",
    )

    def parametri(self) -> dict[str, Any]:
        """What ``procedura.trasmetti`` asks for."""
        dati = self.cleaned_data
        return {
            "il": dati["il"],
            "protocollo_mittente": dati["protocollo_mittente"],
            "protocollo_ricevente": dati["protocollo_ricevente"],
            "delibera": DatiAtto(
                tipo=TipoAtto(dati["delibera_tipo"]),
                ente=dati["delibera_ente"],
                numero=dati["delibera_numero"],
                data=dati["delibera_data"],
                oggetto="Approvazione dello Schema del Programma di lavoro",
                file=dati["delibera_file"],
            ),
        }


class RinvioForm(forms.Form):
    """What is to mend."""

    motivo = forms.CharField(
        label="Che cosa va integrato o corretto",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Lo legge chi scrive il programma nel distretto.",
    )
    il = forms.DateField(label="Data della richiesta", widget=DataInput, initial=timezone.localdate)
    protocollo = forms.CharField(label="Protocollo della richiesta", max_length=60, required=False)


class ApprovazioneForm(forms.Form):
    """The determinazione, as the register of acts knows it."""

    struttura = forms.ModelChoiceField(
        label="Struttura", queryset=Struttura.objects.none(), empty_label="Scegli…"
    )
    determinazione_numero = forms.CharField(label="Numero della determinazione", max_length=60)
    determinazione_data = forms.DateField(label="Data della determinazione", widget=DataInput)
    determinazione_riferimento = forms.CharField(
        label="Riferimento", max_length=60, required=False, help_text="Per esempio 2025-I090-00267."
    )
    determinazione_oggetto = forms.CharField(
        label="Oggetto", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    determinazione_file = forms.FileField(
        label="File firmato della determinazione",
        widget=_FILE,
        max_length=400,
        help_text=f"{formati_in_parole(FORMATI_ATTO)} Al massimo 20 MB.",
    )

    def __init__(self, *args: Any, autorita: Autorita, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        strutture = Struttura.objects.filter(autorita=autorita).order_by("codice")
        self.fields["struttura"].queryset = strutture  # type: ignore[attr-defined]

    def parametri(self) -> dict[str, Any]:
        """What ``procedura.approva`` asks for."""
        return {campo.removeprefix("determinazione_"): valore for campo, valore in self.cleaned_data.items()}

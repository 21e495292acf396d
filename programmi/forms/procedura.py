"""Forms of the steps of the procedure: one for each thing a step may ask."""

from typing import Any

from django import forms
from django.utils import timezone

from distretti.basi.file_caricati import FORMATI_ATTO, formati_in_parole
from distretti.forms import DataInput
from distretti.models import Struttura, TipoAtto
from distretti.services import DatiAtto
from programmi.forms.passo import PassoBase
from programmi.models import Programma

_FILE = forms.ClearableFileInput(attrs={"accept": ".pdf,.p7m"})


class PassoForm(PassoBase):
    """A step as it is: the day it is taken."""

    il = forms.DateField(label="Data", widget=DataInput, initial=timezone.localdate)


class NotaForm(PassoForm):
    """A step that may say why."""

    nota = forms.CharField(label="Nota", widget=forms.Textarea(attrs={"rows": 4}), required=False)


class MotivoForm(PassoForm):
    """A step that must say why."""

    nota = forms.CharField(
        label="Motivo",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Lo legge chi segue il programma nel distretto e all'Agenzia.",
    )


class PresaInCaricoForm(PassoForm):
    """The receiver's protocol, when the transmission does not have it."""

    protocollo_ricevente = forms.CharField(
        label="Protocollo dell'Agenzia",
        max_length=60,
        help_text="La trasmissione non lo dice: è quello con cui il programma è arrivato.",
    )

    def __init__(self, *args: Any, programma: Programma, **kwargs: Any) -> None:
        super().__init__(*args, programma=programma, **kwargs)
        ultimo = programma.passaggi.order_by("ordine").last()
        if ultimo is not None and ultimo.protocollo_ricevente:
            protocollo = self.fields["protocollo_ricevente"]
            protocollo.required = False
            protocollo.help_text = f"Nella trasmissione c'è già: {ultimo.protocollo_ricevente}."


class RinvioForm(PassoForm):
    """What is to mend."""

    nota = forms.CharField(
        label="Che cosa va integrato o corretto",
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text="Lo legge chi scrive il programma nel distretto. "
        "Può restare vuoto se le osservazioni aperte dicono già tutto.",
    )
    protocollo_mittente = forms.CharField(label="Protocollo della richiesta", max_length=60, required=False)


class TrasmissioneForm(PassoForm):
    """The capofila's delibera, the protocol, the day."""

    _DELIBERA = ("tipo", "ente", "numero", "data", "file")
    field_order = ("dopo", *(f"delibera_{nome}" for nome in _DELIBERA))

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
    protocollo_mittente = forms.CharField(
        label="Protocollo del mittente", max_length=60, help_text="Quello dell'ente capofila."
    )
    protocollo_ricevente = forms.CharField(
        label="Protocollo dell'Agenzia",
        max_length=60,
        required=False,
        help_text="Quello della ricevuta, se c'è già: altrimenti lo scrive l'Agenzia.",
    )

    def __init__(self, *args: Any, programma: Programma, **kwargs: Any) -> None:
        super().__init__(*args, programma=programma, **kwargs)
        self.fields["delibera_ente"].initial = programma.distretto.capofila
        self.fields["il"].label = "Data di trasmissione"
        self.fields["il"].initial = None

    def parametri(self) -> dict[str, Any]:
        """What ``procedura.trasmetti`` asks for."""
        dati = self.cleaned_data
        diretti = ("il", "protocollo_mittente", "protocollo_ricevente", "dopo")
        return {
            **{campo: dati[campo] for campo in diretti},
            "delibera": DatiAtto(
                tipo=TipoAtto(dati["delibera_tipo"]),
                ente=dati["delibera_ente"],
                numero=dati["delibera_numero"],
                data=dati["delibera_data"],
                oggetto="Approvazione dello Schema del Programma di lavoro",
                file=dati["delibera_file"],
            ),
        }


class ApprovazioneForm(PassoForm):
    """The determinazione, as the register of acts knows it: its day is the day of the step."""

    il = None  # type: ignore[assignment]
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

    def __init__(self, *args: Any, programma: Programma, **kwargs: Any) -> None:
        super().__init__(*args, programma=programma, **kwargs)
        strutture = Struttura.objects.filter(autorita=programma.distretto.autorita_id).order_by("codice")
        self.fields["struttura"].queryset = strutture  # type: ignore[attr-defined]

    def parametri(self) -> dict[str, Any]:
        """What ``procedura.approva`` asks for."""
        return {campo.removeprefix("determinazione_"): valore for campo, valore in self.cleaned_data.items()}


class RespingimentoForm(ApprovazioneForm):
    """The act that does not approve, and why."""

    nota = forms.CharField(
        label="Motivo",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Lo legge chi segue il programma nel distretto e all'Agenzia.",
    )

"""The forms with which the authority keeps the register. They check shape; the rules are in the services."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from distretti.errori import ModificatoNelFrattempo
from distretti.forms import DataInput
from distretti.forms_atti import AttoChiesto, ConAtti
from distretti.models import (
    Autorita,
    Certificazione,
    Distretto,
    Marchio,
    Natura,
    Organizzazione,
    TipoAtto,
)
from distretti.services import DatiCertificazione, DatiOrganizzazione, SceltaAdesioni
from distretti.somiglianza import simili_a

_ALTRA = "altra"
ATTI = (
    TipoAtto.DETERMINAZIONE,
    TipoAtto.DELIBERA_GP,
    TipoAtto.DELIBERA_GC,
    TipoAtto.ACCORDO,
    TipoAtto.ALTRO,
)
_NATURE = [("", "Non indicata"), *((natura.value, natura.etichetta.capitalize()) for natura in Natura)]
MOTIVO = forms.Textarea(attrs={"rows": 3})


class ConVersione(forms.Form):
    """A form that knows on what it was opened, so that it does not undo what others did since."""

    versione = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def versione_letta(self) -> str:
        return str(self.cleaned_data.get("versione", ""))

    def in_conflitto(self, errore: ModificatoNelFrattempo) -> list[tuple[str, str]]:
        """Ready the form to be saved again over what was stored meanwhile; what that is, label and text."""
        assert isinstance(self.data, QueryDict)
        dati = self.data.copy()
        dati["versione"] = errore.versione
        self.data = dati
        return list(errore.attuale.items())


class AdesioneForm(ConAtti):
    """A membership to enter in the register, of a known organisation or of a new one."""

    atti_chiesti = (
        AttoChiesto(
            "atto",
            "Atto dell'adesione",
            "L'adesione all'accordo volontario sottoscritta dall'organizzazione, o l'atto con cui è stata "
            "iscritta nel registro provinciale.",
            (TipoAtto.ACCORDO, TipoAtto.DETERMINAZIONE, TipoAtto.DELIBERA_GC, TipoAtto.ALTRO),
            "Adesione al Distretto",
        ),
    )

    organizzazione = forms.ModelChoiceField(
        label="Organizzazione",
        queryset=Organizzazione.objects.order_by("denominazione", "codice"),
        empty_label="Scegli…",
        required=False,
        help_text="Se non è nell'elenco, lascia «Scegli…» e scrivi qui sotto il suo nome.",
    )
    denominazione = forms.CharField(
        label="Denominazione di una nuova organizzazione", max_length=250, required=False
    )
    natura = forms.ChoiceField(label="Natura della nuova organizzazione", choices=_NATURE, required=False)
    stessa = forms.ChoiceField(
        label="È una di queste?",
        widget=forms.RadioSelect,
        required=False,
        help_text="Nel registro ci sono già organizzazioni con un nome simile.",
    )
    dal = forms.DateField(
        label="Aderente dal", widget=DataInput, help_text="Il giorno in cui ha sottoscritto l'accordo."
    )
    al = forms.DateField(
        label="Fino al", widget=DataInput, required=False, help_text="Lascia vuoto se è tuttora aderente."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nome = "" if self.data.get("organizzazione") else str(self.data.get("denominazione", "")).strip()
        self.simili = simili_a(nome) if nome else []
        campo = self.fields["stessa"]
        assert isinstance(campo, forms.ChoiceField)
        if self.simili:
            nomi = ", ".join(f"«{simile.denominazione}»" for simile in self.simili)
            campo.required = True
            campo.error_messages["required"] = f"Esiste già {nomi}: è la stessa?"
            campo.choices = [
                *((str(simile.pk), f"Sì, è «{simile.denominazione}»") for simile in self.simili),
                (_ALTRA, "No, è un'altra: registrala come nuova"),
            ]
        else:
            del self.fields["stessa"]

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if dati.get("organizzazione") or "organizzazione" in self.errors:
            return dati
        if not dati.get("denominazione"):
            self.add_error("organizzazione", "Scegli dal registro, oppure scrivi il nome di una nuova.")
        return dati

    def scelta(self) -> Organizzazione | None:
        """The organisation of the register; None when a new one is to be entered."""
        scelta: Organizzazione | None = self.cleaned_data["organizzazione"]
        stessa = self.cleaned_data.get("stessa", "")
        if scelta is None and stessa and stessa != _ALTRA:
            return Organizzazione.objects.get(pk=int(stessa))
        return scelta


class CancellazioneForm(ConAtti):
    """The end of a membership."""

    atti_chiesti = (
        AttoChiesto(
            "atto",
            "Atto della cancellazione",
            "La comunicazione di recesso protocollata, o l'atto che dispone la cancellazione dal registro.",
            ATTI,
            "Cancellazione dal registro degli aderenti",
        ),
    )

    al = forms.DateField(
        label="Ultimo giorno di adesione", widget=DataInput, help_text="In questo giorno è ancora aderente."
    )
    motivo = forms.CharField(
        label="Motivo",
        widget=MOTIVO,
        required=False,
        help_text="Serve il motivo, oppure l'atto qui sotto.",
    )


class OrganizzazioneForm(ConVersione):
    """Name, nature and other names of an organisation."""

    denominazione = forms.CharField(label="Denominazione", max_length=250)
    conserva_nome = forms.BooleanField(
        label="Conserva il nome di prima tra gli altri nomi",
        required=False,
        initial=True,
        help_text="Togli la spunta solo se il nome di prima era un errore di scrittura.",
    )
    natura = forms.ChoiceField(label="Natura", choices=_NATURE, required=False)
    alias = forms.CharField(
        label="Altri nomi negli atti",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text="Uno per riga: i nomi con cui gli atti chiamano questa organizzazione.",
    )

    def lette(self) -> DatiOrganizzazione:
        dati = self.cleaned_data
        return DatiOrganizzazione(
            denominazione=dati["denominazione"],
            natura=dati["natura"],
            alias=dati["alias"].splitlines(),
            conserva_nome=dati["conserva_nome"],
        )


class CertificazioneForm(ConVersione, ConAtti):
    """A mark that an organisation holds; ``marchi``: those that may be granted, when there is a choice."""

    atti_chiesti = (
        AttoChiesto(
            "atto",
            "Atto del marchio",
            "La determinazione, o il certificato, con cui il marchio è stato assegnato o rinnovato.",
            (TipoAtto.DETERMINAZIONE, TipoAtto.ALTRO),
            "Assegnazione del marchio",
        ),
    )

    marchio = forms.ModelChoiceField(label="Marchio", queryset=Marchio.objects.none(), empty_label="Scegli…")
    livello = forms.CharField(
        label="Livello", max_length=60, required=False, help_text="Per esempio «base» o «executive»."
    )
    numero = forms.CharField(
        label="Numero", max_length=60, required=False, help_text="Quello del registro del marchio."
    )
    dal = forms.DateField(label="Valido dal", widget=DataInput)
    al = forms.DateField(
        label="Fino al", widget=DataInput, required=False, help_text="Lascia vuoto se non ha scadenza."
    )

    def __init__(self, *args: Any, marchi: Collection[Autorita] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if marchi is None:
            del self.fields["marchio"]
        else:
            scelti = Marchio.objects.filter(autorita__in=marchi).order_by("denominazione", "codice")
            self.fields["marchio"].queryset = scelti  # type: ignore[attr-defined]

    def lette(self) -> DatiCertificazione:
        campi = ("livello", "numero", "dal", "al")
        return DatiCertificazione(**{campo: self.cleaned_data[campo] for campo in campi})


class CompletaCertificazioneForm(CertificazioneForm):
    """What was missing or mistaken of a mark: here the source may not say since when it holds."""

    def __init__(self, *args: Any, certificazione: Certificazione, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versione"].required = True
        self.fields["dal"].required = certificazione.dal is not None
        self.fields["dal"].help_text = "" if certificazione.dal else "Lascia vuoto se la fonte non lo dice."


class RevocaForm(ConAtti):
    """A mark that is taken away."""

    atti_chiesti = (
        AttoChiesto(
            "atto",
            "Atto della revoca",
            "La determinazione che revoca il marchio, o la rinuncia protocollata.",
            (TipoAtto.DETERMINAZIONE, TipoAtto.ALTRO),
            "Revoca del marchio",
        ),
    )

    il = forms.DateField(
        label="Revocato il", widget=DataInput, help_text="Da questo giorno il marchio non vale più."
    )
    motivo = forms.CharField(
        label="Motivo",
        widget=MOTIVO,
        required=False,
        help_text="Serve il motivo, oppure l'atto qui sotto.",
    )


class SchedaDaUnireForm(forms.Form):
    """Which record is the same organisation."""

    con = forms.ModelChoiceField(
        label="Organizzazione",
        queryset=Organizzazione.objects.none(),
        to_field_name="codice",
        empty_label="Scegli…",
    )

    def __init__(self, *args: Any, organizzazione: Organizzazione, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        altre = Organizzazione.objects.exclude(pk=organizzazione.pk).order_by("denominazione", "codice")
        self.fields["con"].queryset = altre  # type: ignore[attr-defined]


class UnioneForm(ConVersione):
    """Two records are one organisation; for each contested district, which membership remains."""

    conferma = forms.BooleanField(
        label="Ho confrontato le due schede: sono la stessa organizzazione",
        error_messages={"required": "Conferma che sono la stessa organizzazione."},
    )

    field_order = ("conferma", "versione")

    def __init__(
        self, *args: Any, contesi: Sequence[Distretto], superstite: str, perdente: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.contesi = list(contesi)
        for distretto in contesi:
            self.fields[self._campo(distretto)] = forms.ChoiceField(
                label=f"Adesioni a {distretto}",
                widget=forms.RadioSelect,
                help_text="Le due schede sono aderenti negli stessi giorni: ne resta una.",
                choices=[
                    (SceltaAdesioni.UNITE.value, "una sola adesione, dal primo all'ultimo giorno delle due"),
                    (SceltaAdesioni.SUPERSTITE.value, f"quella della scheda che resta ({superstite})"),
                    (SceltaAdesioni.PERDENTE.value, f"quella della scheda che si unisce ({perdente})"),
                ],
            )
        self.order_fields([*(self._campo(d) for d in contesi), "conferma", "versione"])

    def scelte(self) -> dict[str, SceltaAdesioni]:
        """For each contested district, by code."""
        return {d.codice: SceltaAdesioni(self.cleaned_data[self._campo(d)]) for d in self.contesi}

    @staticmethod
    def _campo(distretto: Distretto) -> str:
        return f"distretto-{distretto.codice}"

"""The decision of the Agenzia on one evidence for one line, or on many at once."""

from typing import Any

from django import forms
from django.http import QueryDict

from programmi.regola import (
    RegolaComposta,
    RegolaFasce,
    RegolaPerDistinti,
    RegolaPerUnita,
    RegolaQuotaOre,
)
from valutazione.decisioni import Decisione
from valutazione.forms.campi import campo_ore, misura_json
from valutazione.models import MotivoVerifica, StatoImputazione
from valutazione.scheda.misure import misura_json as scritta
from valutazione.scheda.modello import Evidenza, Imputazione, Riga, Scheda

IN_PARTE = "in_parte"
DECISIONI = [
    (StatoImputazione.ACCOLTA.value, "Accogli"),
    (IN_PARTE, "Accogli in parte"),
    (StatoImputazione.RESPINTA.value, "Respingi"),
]
_LO_LEGGE = "Lo legge chi segue il programma, mai il pubblico."


class DecisioneForm(forms.Form):
    """Which decision (one button each), the reason of the authority, the note. ``motivi``: to choose from."""

    decisione = forms.ChoiceField(
        label="Decisione",
        choices=DECISIONI,
        error_messages={
            "required": "Scegli una decisione.",
            "invalid_choice": "Questa decisione non esiste.",
        },
    )
    versione = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, motivi: list[MotivoVerifica], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if motivi:
            scelte = MotivoVerifica.objects.filter(pk__in=[motivo.pk for motivo in motivi])
            self.fields["motivo"] = forms.ModelChoiceField(
                scelte,
                label="Motivo",
                required=False,
                empty_label="Nessuno di questi",
                error_messages={"invalid_choice": "Questo motivo non si può scegliere."},
            )
        self.fields["motivazione"] = forms.CharField(
            label="Nota" if motivi else "Motivo",
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=f"Con un motivo scelto si può lasciare vuota. {_LO_LEGGE}" if motivi else _LO_LEGGE,
        )

    def clean(self) -> dict[str, Any]:
        dati: dict[str, Any] = super().clean() or self.cleaned_data
        decisione = dati.get("decisione")
        detto = dati.get("motivo") is not None or dati.get("motivazione", "").strip()
        if decisione in (IN_PARTE, StatoImputazione.RESPINTA) and not detto and "motivo" not in self.errors:
            dove = " nella nota, oppure scegline uno" if "motivo" in self.fields else ""
            self.add_error(
                "motivo" if dove else "motivazione",
                f"Scrivi il motivo{dove}: il manager deve poterlo leggere.",
            )
        if decisione == StatoImputazione.ACCOLTA and "motivo" in self.changed_data and dati.get("motivo"):
            self.add_error("motivo", "Chi accoglie per intero non sceglie un motivo: toglilo, o respingi.")
        return dati

    def riparti_da(self, versione: str) -> None:
        """Ready to decide again, on the evidence as it is now."""
        assert isinstance(self.data, QueryDict)
        dati = self.data.copy()
        dati["versione"] = versione
        self.data = dati

    def esito(self) -> Decisione:
        """What the service takes. Who accepts drops the reason of a decision before, not its own note."""
        dati = self.cleaned_data
        if dati["decisione"] == StatoImputazione.ACCOLTA:
            sua = "motivazione" in self.changed_data or self.initial.get("decisione") == dati["decisione"]
            nota = dati["motivazione"] if sua else ""
            return Decisione(StatoImputazione.ACCOLTA, nota=nota)
        return Decisione(StatoImputazione.RESPINTA, nota=dati["motivazione"], motivo=dati.get("motivo"))


class VerificaForm(DecisioneForm):
    """Accept, accept in part (where the rule has a measure), reject with a reason."""

    field_order: tuple[str, ...] = ("versione", "misura", "motivo", "motivazione")

    def __init__(
        self,
        *args: Any,
        riga: Riga,
        evidenza: Evidenza,
        imputazione: Imputazione,
        scheda: Scheda,
        motivi: list[MotivoVerifica],
        **kwargs: Any,
    ) -> None:
        self.riga = riga
        self.dichiarata = scritta(imputazione.misura)
        kwargs["initial"] = _presente(imputazione, motivi) | kwargs.get("initial", {})
        super().__init__(*args, motivi=motivi, **kwargs)
        misura = self._campo_misura(riga, evidenza, imputazione, scheda)
        decisione = self.fields["decisione"]
        assert isinstance(decisione, forms.ChoiceField)
        if misura is None:
            decisione.choices = [scelta for scelta in DECISIONI if scelta[0] != IN_PARTE]
        else:
            self.fields["misura"] = misura

    def _campo_misura(
        self, riga: Riga, evidenza: Evidenza, imputazione: Imputazione, scheda: Scheda
    ) -> forms.Field | None:
        misura = imputazione.misura
        match riga.regola:
            case RegolaPerUnita() | RegolaFasce() if getattr(misura, "unita", 1) > 1:
                return forms.IntegerField(label="Ne riconosco", required=False, min_value=1)
            case RegolaQuotaOre() if misura is not None:
                return campo_ore("Ore riconosciute")
            case RegolaComposta():
                parti = getattr(misura, "parti", ())
                return self._scelte("Parti riconosciute", {parte: parte for parte in parti})
            case RegolaPerDistinti():
                codici = getattr(misura, "organizzazioni", evidenza.organizzazioni)
                nomi = {o.codice: o.denominazione for o in scheda.organizzazioni}
                return self._scelte("Organizzazioni riconosciute", {c: nomi.get(c, c) for c in codici})
        return None

    @staticmethod
    def _scelte(etichetta: str, voci: dict[str, str]) -> forms.Field | None:
        if len(voci) < 2:
            return None
        return forms.MultipleChoiceField(
            label=etichetta,
            required=False,
            choices=list(voci.items()),
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        decisione = dati.get("decisione")
        if decisione == IN_PARTE and "misura" not in self.errors:
            if not self._misura():
                self.add_error("misura", "Indica che cosa riconosci.")
            elif self._misura() == self.dichiarata:
                self.add_error("misura", "È tutto ciò che è dichiarato: la decisione è «Accogli».")
        if decisione == StatoImputazione.ACCOLTA and "misura" in self.changed_data and self._misura():
            self.add_error("misura", "Se riconosci solo una parte, la decisione è «Accogli in parte».")
        return dati

    def _misura(self) -> dict[str, Any] | None:
        valore = self.cleaned_data.get("misura")
        if isinstance(valore, int):
            return {"unita": valore}
        return misura_json(self.riga.regola, valore)

    def esito(self) -> Decisione:
        if self.cleaned_data["decisione"] != IN_PARTE:
            return super().esito()
        dati = self.cleaned_data
        return Decisione(
            StatoImputazione.ACCOLTA, self._misura(), dati["motivazione"], motivo=dati.get("motivo")
        )


class BloccoForm(DecisioneForm):
    """Accept, or reject with one reason, all the ticked ones."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decisione = self.fields["decisione"]
        assert isinstance(decisione, forms.ChoiceField)
        decisione.choices = [scelta for scelta in DECISIONI if scelta[0] != IN_PARTE]


def _presente(imputazione: Imputazione, motivi: list[MotivoVerifica]) -> dict[str, Any]:
    """The decision in force, when there is one: who reopens it starts from there."""
    if imputazione.stato == StatoImputazione.IN_ATTESA:
        return {}
    riconosciuta = imputazione.misura_riconosciuta
    motivo = next((m for m in motivi if m.codice == imputazione.motivo), None)
    valori: dict[str, Any] = {
        "decisione": imputazione.stato.value if riconosciuta is None else IN_PARTE,
        "motivo": motivo,
        "motivazione": motivo.nota_di(imputazione.motivazione) if motivo else imputazione.motivazione,
    }
    misura = scritta(riconosciuta)
    if misura is not None:
        valore = next(iter(misura.values()))
        valori["misura"] = valore.replace(".", ",") if isinstance(valore, str) else valore
    return valori

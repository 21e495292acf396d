"""The decision of the Agenzia on one evidence for one line."""

from typing import Any

from django import forms
from django.http import QueryDict

from programmi.regola import (
    RegolaComposta,
    RegolaFasce,
    RegolaPerDistinti,
    RegolaPerUnita,
    RegolaQuotaOre,
    numero_testo,
)
from valutazione.forms.campi import campo_ore, misura_json
from valutazione.models import StatoImputazione
from valutazione.scheda.modello import (
    Evidenza,
    Imputazione,
    Misura,
    MisuraOre,
    MisuraOrganizzazioni,
    MisuraParti,
    MisuraUnita,
    Riga,
    Scheda,
)

DECISIONI = [
    (StatoImputazione.ACCOLTA.value, "Accolgo"),
    ("in_parte", "Accolgo in parte"),
    (StatoImputazione.RESPINTA.value, "Respingo"),
]


class VerificaForm(forms.Form):
    """Accept, accept in part (where the rule has a measure), reject with a reason."""

    decisione = forms.ChoiceField(
        label="Decisione",
        choices=DECISIONI,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Scegli una decisione.",
            "invalid_choice": "Questa decisione non esiste.",
        },
    )
    versione = forms.CharField(widget=forms.HiddenInput, required=False)
    motivazione = forms.CharField(
        label="Motivo",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Obbligatorio se respingi o accogli in parte. Lo legge il manager, mai il pubblico.",
    )

    def __init__(
        self,
        *args: Any,
        riga: Riga,
        evidenza: Evidenza,
        imputazione: Imputazione,
        scheda: Scheda,
        **kwargs: Any,
    ) -> None:
        self.riga = riga
        self.dichiarata = misura_della(imputazione.misura)
        kwargs["initial"] = _presente(imputazione) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        misura = self._campo_misura(riga, evidenza, imputazione, scheda)
        decisione = self.fields["decisione"]
        assert isinstance(decisione, forms.ChoiceField)
        if misura is None:
            decisione.choices = [scelta for scelta in DECISIONI if scelta[0] != "in_parte"]
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
        dati: dict[str, Any] = super().clean() or self.cleaned_data
        decisione = dati.get("decisione")
        if decisione in ("in_parte", StatoImputazione.RESPINTA) and not dati.get("motivazione", "").strip():
            self.add_error("motivazione", "Scrivi il motivo: il manager deve poterlo leggere.")
        if decisione == "in_parte" and "misura" not in self.errors and not self._misura():
            self.add_error("misura", "Indica che cosa riconosci.")
        if decisione == "in_parte" and self._misura() == self.dichiarata:
            self.add_error("misura", "È tutto ciò che è dichiarato: la decisione è «Accolgo».")
        if decisione == StatoImputazione.ACCOLTA and "misura" in self.fields and self._misura():
            self.add_error("misura", "Se riconosci solo una parte, la decisione è «Accolgo in parte».")
        return dati

    def _misura(self) -> dict[str, Any] | None:
        valore = self.cleaned_data.get("misura")
        if isinstance(valore, int):
            return {"unita": valore}
        return misura_json(self.riga.regola, valore)

    def riparti_da(self, versione: str) -> None:
        """Ready to decide again, on the evidence as it is now."""
        assert isinstance(self.data, QueryDict)
        dati = self.data.copy()
        dati["versione"] = versione
        self.data = dati

    def esito(self) -> tuple[StatoImputazione, dict[str, Any] | None, str]:
        """State, recognised measure (None = the whole), reason: what the service takes."""
        decisione = self.cleaned_data["decisione"]
        if decisione == "in_parte":
            return StatoImputazione.ACCOLTA, self._misura(), self.cleaned_data["motivazione"]
        return StatoImputazione(decisione), None, self.cleaned_data["motivazione"]


def _presente(imputazione: Imputazione) -> dict[str, Any]:
    """The decision in force, when there is one: who reopens it starts from there."""
    if imputazione.stato == StatoImputazione.IN_ATTESA:
        return {}
    riconosciuta = imputazione.misura_riconosciuta
    valori: dict[str, Any] = {
        "decisione": imputazione.stato.value if riconosciuta is None else "in_parte",
        "motivazione": imputazione.motivazione,
    }
    scritta = misura_della(riconosciuta)
    if scritta is not None:
        valore = next(iter(scritta.values()))
        valori["misura"] = valore.replace(".", ",") if isinstance(valore, str) else valore
    return valori


def misura_della(misura: Misura | None) -> dict[str, Any] | None:
    """A measure of the scheda as the exchange format writes it."""
    match misura:
        case MisuraUnita(unita=unita):
            return {"unita": unita}
        case MisuraOre(ore=ore):
            return {"ore": numero_testo(ore)}
        case MisuraParti(parti=parti):
            return {"parti": list(parti)}
        case MisuraOrganizzazioni(organizzazioni=codici):
            return {"organizzazioni": list(codici)}
    return None

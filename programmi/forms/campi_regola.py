"""The fields of the form of a rule."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from django import forms

from distretti.basi.italiano import numero
from distretti.forms import DataInput
from programmi.regola import (
    CENTO,
    CampoEvidenza,
    Distinti,
    LetturaOre,
    TipoEvidenza,
    TipoRegola,
    Ufficio,
    numero_da,
)

_ESEMPIO = "Un numero maggiore di 0 e fino a 100, per esempio 20 o 12,5."


class NumeroField(forms.CharField):
    """An exact number as Italians type it ("12,5", "20 %"); clean, it is the text of the exchange format."""

    def __init__(self, *, massimo: Fraction | None = None, **altro: Any) -> None:
        self.massimo = massimo
        campo = forms.TextInput(attrs={"inputmode": "decimal", "size": 8})
        super().__init__(max_length=60, widget=campo, **altro)
        self.error_messages["required"] = "Scrivi un numero: è obbligatorio."

    def clean(self, value: Any) -> str:
        """The text of the exchange format, empty when nothing was typed."""
        scritto = str(super().clean(value) or "")
        testo = "".join(scritto.split()).rstrip("%").replace(",", ".")
        if not testo:
            return ""
        letto = numero_da(testo)
        if letto is None:
            raise forms.ValidationError(f"«{scritto}» non è un numero: scrivi per esempio 20 oppure 12,5.")
        if letto <= 0 or (self.massimo is not None and letto > self.massimo):
            fino = "" if self.massimo is None else f" e fino a {numero(self.massimo)}"
            raise forms.ValidationError(f"Scrivi un numero maggiore di 0{fino}.")
        return testo


def _percentuale(etichetta: str, *, richiesta: bool = True, aiuto: str = _ESEMPIO) -> forms.Field:
    return NumeroField(massimo=CENTO, label=etichetta, required=richiesta, help_text=aiuto)


def _intero(etichetta: str, aiuto: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=etichetta, min_value=1, required=False, help_text=aiuto)


def campi_propri(tipo: TipoRegola, quante: Callable[[str], range]) -> dict[str, forms.Field]:
    """The fields of one form of rule; ``quante`` says which rows of ``fasce`` and ``parti`` there are."""
    match tipo:
        case TipoRegola.UNICA:
            return {"percentuale": _percentuale("Percentuale con almeno un'evidenza")}
        case TipoRegola.PER_UNITA:
            return {"percentuale": _percentuale("Percentuale per ogni unità")}
        case TipoRegola.PER_DISTINTI:
            return {
                "percentuale": _percentuale("Percentuale per ogni organizzazione"),
                "distinti": forms.ChoiceField(
                    label="Quali organizzazioni contano",
                    choices=[(d.value, d.parola.plurale) for d in Distinti],
                    widget=forms.RadioSelect,
                ),
            }
        case TipoRegola.FASCE:
            return _fasce(quante)
        case TipoRegola.COMPOSTA:
            return _parti(quante)
        case TipoRegola.QUOTA_ORE:
            return _ore()
        case TipoRegola.MANUALE:
            return {}


def _fasce(quante: Callable[[str], range]) -> dict[str, forms.Field]:
    campi: dict[str, forms.Field] = {}
    for n in quante("fasce"):
        campi[f"fasce_{n}_da"] = _intero(f"Fascia {n}: da quante unità")
        campi[f"fasce_{n}_percentuale"] = _percentuale(f"Fascia {n}: percentuale", richiesta=False, aiuto="")
    return campi


def _parti(quante: Callable[[str], range]) -> dict[str, forms.Field]:
    campi: dict[str, forms.Field] = {}
    for n in quante("parti"):
        campi[f"parti_{n}_nome"] = forms.CharField(label=f"Parte {n}: nome", required=False, max_length=200)
        campi[f"parti_{n}_percentuale"] = _percentuale(f"Parte {n}: percentuale", richiesta=False, aiuto="")
    campi["tutte"] = forms.BooleanField(
        label="La riga vale solo quando ci sono tutte le parti", required=False
    )
    return campi


def _ore() -> dict[str, forms.Field]:
    return {
        "ore_previste": NumeroField(
            label="Ore previste",
            required=False,
            help_text="Lascia vuoto se l'Agenzia non le ha ancora comunicate.",
        ),
        "soglia": _percentuale("Quota delle ore dovuta"),
        "lettura": forms.ChoiceField(
            label="Come si legge la quota",
            choices=[(lettura.value, lettura.etichetta) for lettura in LetturaOre],
            widget=forms.RadioSelect,
        ),
    }


def campi_comuni(tipo: TipoRegola, attuale: Mapping[str, Any]) -> dict[str, forms.Field]:
    """The fields that any form of rule may carry; ``attuale`` is the rule as it is now."""
    manuale = tipo is TipoRegola.MANUALE
    gia_scelti = [campo for campo in attuale.get("campi", []) if "|" in campo]
    alternative = dict.fromkeys(["persone|organizzazioni", *gia_scelti])
    return {
        "evidenze": forms.MultipleChoiceField(
            label="Tipi di evidenza ammessi",
            choices=[(tipo.value, tipo.etichetta) for tipo in TipoEvidenza],
            widget=forms.CheckboxSelectMultiple,
            required=not manuale,
        ),
        "presenze": forms.MultipleChoiceField(
            label="Chi deve essere presente",
            choices=[(ufficio.value, ufficio.etichetta) for ufficio in Ufficio],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        "campi": forms.MultipleChoiceField(
            label="Che cosa deve dire l'evidenza",
            choices=[
                *((campo.value, campo.etichetta) for campo in CampoEvidenza),
                *((valore, _alternativa(valore)) for valore in alternative),
            ],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        "massimo": _percentuale("Massimo della riga", richiesta=False, aiuto="Lascia vuoto per il 100%."),
        "entro": forms.DateField(
            label="Ultimo giorno ammesso",
            widget=DataInput,
            required=False,
            help_text="Lascia vuoto se vale tutto l'esercizio.",
        ),
        "obiettivo": _intero(
            "Obiettivo scritto nell'atto", "Quante unità promette l'indicatore. Non entra nel calcolo."
        ),
    }


def _alternativa(campi: str) -> str:
    testo = " oppure ".join(CampoEvidenza(campo).etichetta.lower() for campo in campi.split("|"))
    return testo[:1].upper() + testo[1:]

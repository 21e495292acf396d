"""The fields of the form of a rule."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from distretti.forms import DataInput
from programmi.regola import CampoEvidenza, Distinti, LetturaOre, TipoEvidenza, TipoRegola, Ufficio

_ESEMPIO = "Un numero maggiore di 0 e fino a 100, per esempio 20 o 12,5."


def _percentuale(etichetta: str, *, richiesta: bool = True, aiuto: str = _ESEMPIO) -> forms.CharField:
    return forms.CharField(
        label=etichetta,
        required=richiesta,
        max_length=60,
        help_text=aiuto,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 8}),
    )


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
        "ore_previste": _percentuale(
            "Ore previste",
            richiesta=False,
            aiuto="Lascia vuoto se l'Agenzia non le ha ancora comunicate.",
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

"""Fields that the form of an evidence is made of."""

from typing import Any

from django import forms

from distretti.forms import DataInput
from programmi.regola import (
    Regola,
    RegolaComposta,
    RegolaFasce,
    RegolaPerDistinti,
    RegolaPerUnita,
    RegolaQuotaOre,
    TipoEvidenza,
)
from valutazione.scheda.modello import Riga


def campo_giorno(etichetta: str, *, required: bool = False, aiuto: str = "") -> forms.DateField:
    return forms.DateField(
        label=etichetta,
        required=required,
        help_text=aiuto,
        widget=DataInput,
        error_messages={"invalid": "Scrivi una data che esiste, per esempio 19/06/2025."},
    )


def campo_testo(
    etichetta: str, *, righe: int = 0, aiuto: str = "", massimo: int | None = None, required: bool = False
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": righe}) if righe else forms.TextInput()
    return forms.CharField(
        label=etichetta, required=required, help_text=aiuto, max_length=massimo, widget=widget
    )


def campo_ore(etichetta: str) -> forms.Field:
    return forms.RegexField(
        r"\A\d{1,4}([.,]\d{1,4})?\Z",
        label=etichetta,
        required=False,
        help_text="Per esempio 3 oppure 2,5.",
        error_messages={"invalid": "Scrivi un numero di ore, per esempio 3 oppure 2,5."},
    )


def nome_riga(riga: Riga) -> str:
    """The field of the tick of a line: "riga-4-1"."""
    return "riga-" + riga.codice.replace(".", "-")


def nome_misura(riga: Riga) -> str:
    return "misura-" + riga.codice.replace(".", "-")


def campo_misura(riga: Riga, tipo: TipoEvidenza, organizzazioni: list[tuple[str, str]]) -> forms.Field | None:
    """The field of the measure of a line, when its rule has one that this type can fill."""
    match riga.regola:
        case RegolaPerUnita() | RegolaFasce() if tipo.a_unita:
            return forms.IntegerField(
                label=f"Quanti {tipo.plurale}" if not tipo.parola.femminile else f"Quante {tipo.plurale}",
                required=False,
                min_value=1,
                max_value=9999,
                initial=1,
                error_messages={
                    "invalid": "Scrivi un numero intero.",
                    "min_value": "Scrivi un numero da 1 in su.",
                    "max_value": "Scrivi un numero fino a 9999.",
                },
            )
        case RegolaComposta(parti=parti):
            return forms.MultipleChoiceField(
                label="Parti realizzate",
                required=False,
                choices=[(parte.nome, parte.nome) for parte in parti],
                widget=forms.CheckboxSelectMultiple,
            )
        case RegolaQuotaOre():
            return campo_ore("Ore frequentate")
        case RegolaPerDistinti():
            return forms.MultipleChoiceField(
                label="Quali organizzazioni contano",
                help_text="Nessuna scelta: contano tutte quelle coinvolte.",
                required=False,
                choices=organizzazioni,
                widget=forms.CheckboxSelectMultiple,
            )
    return None


def misura_json(regola: Regola | None, valore: Any) -> dict[str, Any] | None:
    """The measure of the form of ``regola``, from what a field gave; None when there is none."""
    match regola:
        case RegolaPerUnita() | RegolaFasce():
            return {"unita": valore} if valore and valore != 1 else None
        case RegolaComposta():
            return {"parti": list(valore)} if valore else None
        case RegolaQuotaOre():
            return {"ore": valore.strip().replace(",", ".")} if valore and valore.strip() else None
        case RegolaPerDistinti():
            return {"organizzazioni": list(valore)} if valore else None
    return None

"""What the authority says of a line whose act does not."""

from typing import Any

from django import forms

from programmi.forms.base import ParteForm
from valutazione.models import Completamento
from valutazione.services.completamento import Detto

_NUMERO = r"\A\s*\d{1,4}([.,]\d{1,4})?\s*\Z"


class CompletamentoForm(ParteForm):
    """Only the field that the rule of the line waits for: ``chiave`` is "ore_previste" or "assegnata"."""

    def __init__(self, *args: Any, chiave: str, detto: Completamento | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if chiave == "ore_previste":
            self.fields["ore_previste"] = forms.RegexField(
                _NUMERO,
                label="Ore previste",
                initial=_in_pagina(detto.ore_previste if detto else ""),
                help_text="Le ore di formazione offerte nell'anno, per esempio 16 oppure 7,5.",
                error_messages={"invalid": "Scrivi un numero di ore, per esempio 16 oppure 7,5."},
            )
            return
        self.fields["assegnata"] = forms.RegexField(
            _NUMERO,
            label="Percentuale assegnata",
            initial=_in_pagina(detto.assegnata if detto else ""),
            help_text="Da 0 a 100, per esempio 75 oppure 62,5.",
            error_messages={"invalid": "Scrivi una percentuale da 0 a 100, per esempio 75 oppure 62,5."},
        )
        self.fields["motivazione"] = forms.CharField(
            label="Motivazione",
            initial=detto.motivazione if detto else "",
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="La legge chi segue il programma, mai il pubblico.",
        )

    def detto(self) -> Detto:
        """As exact numbers of the exchange format."""
        dati = self.cleaned_data
        numeri = {campo: _esatto(dati[campo]) for campo in ("ore_previste", "assegnata") if campo in dati}
        return Detto(**numeri, motivazione=dati.get("motivazione", ""))


def _in_pagina(numero: str) -> str:
    return numero.replace(".", ",")


def _esatto(scritto: str) -> str:
    """ "007,50" → "7.50": no leading zeros, as the contract asks."""
    intero, punto, decimali = scritto.strip().replace(",", ".").partition(".")
    return f"{int(intero)}{punto}{decimali}"

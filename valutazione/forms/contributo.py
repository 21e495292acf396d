"""What the manager costs, and how an authority computes a contribution. Forms check shape alone."""

import re
from decimal import Decimal
from typing import Any

from django import forms

from distretti.forms import DataInput
from distretti.forms_atti import AttoChiesto, ConAtti
from distretti.parole import TipoAtto
from programmi.forms.base import ParteForm
from valutazione.contributo.calcolo import euro
from valutazione.models import CostoManager, ParametriContributo

_IMPORTO = {
    "invalid": "Scrivi un importo in euro, per esempio 11.350,00.",
    "min_value": "L'importo non può essere negativo.",
    "max_decimal_places": "L'importo ha al massimo due decimali.",
    "max_digits": "L'importo è troppo grande.",
    "max_whole_digits": "L'importo è troppo grande.",
}


_A_MIGLIAIA = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d*)?")


class ImportoField(forms.DecimalField):
    """Euro as an Italian writes them: "11.350,00", "€ 11.350", "11350,5"; also as a program does: "11350.50".

    A point is left out only before three digits: "1.50,00" is a slip, and is refused.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=11, decimal_places=2, error_messages=_IMPORTO, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.split()).removeprefix("€").removesuffix("€")
            if _A_MIGLIAIA.fullmatch(value):
                value = value.replace(".", "")
            value = value.replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """An amount that is kept, with the comma; what was typed, as it was typed."""
        return euro(value).removesuffix(" €") if isinstance(value, Decimal) else value


class CostoForm(ParteForm):
    """What the manager costs in the year of the programme."""

    importo = ImportoField(label="Costo del manager, in euro")
    cofinanziamento = ImportoField(
        label="A carico dell'ente, in euro",
        required=False,
        help_text="Soltanto se l'autorità lo chiede: la parte del costo che l'ente sostiene da sé.",
    )
    fonte = forms.CharField(
        label="Da dove viene",
        max_length=300,
        help_text="Il documento che lo dice: rendiconto, contratto, determina, con la data.",
    )

    @staticmethod
    def iniziale(costo: CostoManager) -> dict[str, Any]:
        if costo.pk is None:
            return {}
        return {nome: getattr(costo, nome) for nome in ("importo", "cofinanziamento", "fonte")}


_PERCENTO = {
    "invalid": "Scrivi una percentuale, per esempio 80 o 12,5.",
    "min_value": "La percentuale va da 0 a 100.",
    "max_value": "La percentuale va da 0 a 100.",
    "max_decimal_places": "La percentuale ha al massimo due decimali.",
    "max_digits": "La percentuale va da 0 a 100.",
    "max_whole_digits": "La percentuale va da 0 a 100.",
}


class PercentoField(forms.DecimalField):
    """A percentage with two decimals at most, with comma or point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0, max_value=100, max_digits=5, decimal_places=2, error_messages=_PERCENTO, **kwargs
        )

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip().removesuffix("%").strip().replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


FORME = [
    ("nessuna", "Non cambia l'importo"),
    ("proporzionale", "L'importo è moltiplicato per la percentuale realizzata"),
    ("fasce", "A fasce: da una percentuale realizzata in su, una parte dell'importo"),
]
MENO_FASCE, PIU_FASCE = 5, 100
"""How many bands the form has room for: some, and always one more than those written."""
_NOME_FASCIA = re.compile(r"(?:da|quota)_([1-9]\d?)")


class ParametriForm(forms.Form):
    """A version of the parameters. The bands are in pairs of fields; those left empty are none."""

    anno = forms.IntegerField(label="Dai programmi dell'anno", min_value=2011, max_value=2100)
    aliquota = PercentoField(label="Percentuale del costo riconosciuta")
    massimo = ImportoField(label="Massimo, in euro")
    cofinanziamento_minimo = PercentoField(
        label="Percentuale minima a carico dell'ente", help_text="0 se l'autorità non la chiede."
    )
    forma = forms.ChoiceField(
        label="Come agisce la percentuale di realizzazione", choices=FORME, widget=forms.RadioSelect
    )
    fonte = forms.CharField(
        label="Atto o fonte", max_length=300, help_text="L'atto o la pagina da cui vengono questi numeri."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scritte = [
            int(nome[1])
            for chiave, valore in [*self.initial.items(), *self.data.items()]
            if valore and (nome := _NOME_FASCIA.fullmatch(chiave))
        ]
        self.numeri = range(1, min(max([MENO_FASCE - 1, *scritte]) + 1, PIU_FASCE) + 1)
        for numero in self.numeri:
            self.fields[f"da_{numero}"] = PercentoField(
                label=f"Fascia {numero}: da % realizzata", required=False
            )
            self.fields[f"quota_{numero}"] = PercentoField(
                label=f"Fascia {numero}: % dell'importo", required=False
            )

    @property
    def campi_propri(self) -> list[forms.BoundField]:
        return [c for c in self.visible_fields() if not c.name.startswith(("da_", "quota_"))]

    @property
    def fasce(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The pairs of fields, for the template."""
        return [(self[f"da_{n}"], self[f"quota_{n}"]) for n in self.numeri]

    @staticmethod
    def iniziale(parametri: ParametriContributo | None, anno: int) -> dict[str, Any]:
        """What the form shows: the version in force, to be changed into the next one.

        Not its source when the numbers of another year, or adopted ones, are about to become others.
        """
        if parametri is None:
            return {"anno": anno, "cofinanziamento_minimo": Decimal(0)}
        nomi = ["aliquota", "massimo", "cofinanziamento_minimo"]
        if parametri.anno == anno and parametri.adottata_il is None:
            nomi.append("fonte")
        valori: dict[str, Any] = {nome: getattr(parametri, nome) for nome in nomi}
        for numero, fascia in enumerate(parametri.funzione.get("fasce", []), start=1):
            valori[f"da_{numero}"] = fascia["da"].replace(".", ",")
            valori[f"quota_{numero}"] = fascia["quota"].replace(".", ",")
        return valori | {"anno": anno, "forma": parametri.funzione["tipo"]}

    def clean(self) -> dict[str, Any]:
        """The function as the exchange of the parameters writes it (``valutazione.contributo``)."""
        dati: dict[str, Any] = super().clean() or self.cleaned_data
        coppie = [(n, dati.get(f"da_{n}"), dati.get(f"quota_{n}")) for n in self.numeri]
        piene = [coppia for coppia in coppie if coppia[1:] != (None, None)]
        if dati.get("forma") != "fasce":
            for numero, *_ in piene:
                self.add_error(f"da_{numero}", "Le fasce servono solo se hai scelto «A fasce»: lascia vuoto.")
            dati["funzione"] = {"tipo": dati.get("forma", "nessuna")}
            return dati
        self._controlla_fasce(piene)
        dati["funzione"] = {
            "tipo": "fasce",
            "fasce": [{"da": _testo(da), "quota": _testo(quota)} for _, da, quota in piene],
        }
        return dati

    def _controlla_fasce(self, piene: list[tuple[int, Decimal | None, Decimal | None]]) -> None:
        if not piene:
            self.add_error("da_1", "Scrivi almeno una fascia.")
        prima: tuple[Decimal, Decimal] | None = None
        for numero, da, quota in piene:
            for nome, valore in ((f"da_{numero}", da), (f"quota_{numero}", quota)):
                if valore is None and nome not in self.errors:
                    self.add_error(nome, "Una fascia ha tutte e due le percentuali.")
            if da is None or quota is None:
                continue
            if prima is not None and da <= prima[0]:
                self.add_error(f"da_{numero}", "Ogni fascia comincia più in alto di quella che la precede.")
            if prima is not None and quota < prima[1]:
                self.add_error(f"quota_{numero}", "Chi realizza di più non può ricevere di meno.")
            prima = (da, quota)


def _testo(valore: Decimal | None) -> str:
    """A number of the contract: "80", "12.5"."""
    return "0" if valore is None else f"{valore.normalize():f}"


class AdozioneForm(ConAtti):
    """The act by which the authority adopts the parameters."""

    atti_chiesti = (
        AttoChiesto(
            prefisso="atto",
            legenda="Atto che adotta i parametri",
            aiuto="Da questo momento ciò che danno si chiama contributo, non più simulazione.",
            tipi=(TipoAtto.DETERMINAZIONE, TipoAtto.DELIBERA_GP, TipoAtto.ALTRO),
            oggetto="Criteri del contributo",
            obbligatorio=True,
        ),
    )
    il = forms.DateField(label="Adottati il", widget=DataInput)

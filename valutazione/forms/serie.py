"""What the evidences of a table have in common: type, lines, who was there, where."""

from collections.abc import Mapping
from typing import Any

from django import forms

from programmi.regola import TipoEvidenza, Ufficio, frase
from valutazione.forms.campi import campo_testo
from valutazione.forms.tipi import campi_di
from valutazione.scheda.modello import Riga, Scheda
from valutazione.serie.riga import Scelte
from valutazione.serie.ultime import ESCLUSI


def righe_per(scheda: Scheda, tipo: TipoEvidenza) -> list[Riga]:
    """The lines whose rule admits ``tipo``, in the order of the act."""
    return [r for r in scheda.righe.values() if r.regola is not None and tipo in r.regola.evidenze]


def scelte_di_tipo(scheda: Scheda) -> list[tuple[str, list[tuple[str, str]]]]:
    """The types that fit in a row: those that count first."""
    regole = [riga.regola for riga in scheda.righe.values() if riga.regola is not None]
    tipi = [tipo for tipo in TipoEvidenza if tipo not in ESCLUSI]
    ammessi = {tipo for regola in regole for tipo in regola.evidenze}
    gruppi = (
        ("Contano su almeno una riga", [t for t in tipi if t in ammessi]),
        ("Non contano su nessuna riga", [t for t in tipi if t not in ammessi]),
    )
    return [(nome, [(t.value, t.etichetta) for t in gruppo]) for nome, gruppo in gruppi if gruppo]


class SerieForm(forms.Form):
    """``righe_viste``: the fingerprint of the lines that the page showed (valutazione.forms.righe_viste)."""

    tipo = forms.ChoiceField(label="Che cosa registri")
    righe = forms.MultipleChoiceField(
        label="A quali righe del programma contano",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "La riga «%(value)s» non esiste o non ammette questo tipo."},
    )
    presenze = forms.MultipleChoiceField(
        label="Erano presenti",
        required=False,
        choices=[(ufficio.value, ufficio.etichetta) for ufficio in Ufficio],
        widget=forms.CheckboxSelectMultiple,
        help_text="A tutti gli incontri della tabella.",
    )
    luogo = campo_testo("Luogo", massimo=500, aiuto="Dove la riga non ne dice un altro.")
    pianificata = forms.BooleanField(
        label="Pianificate: non sono ancora avvenute",
        required=False,
        help_text="Finché sono pianificate non contano.",
    )
    versione = forms.CharField(widget=forms.HiddenInput, required=False)
    righe_viste = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, scheda: Scheda, tipo: TipoEvidenza, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scheda, self.tipo_scelto = scheda, tipo
        self.imputabili = righe_per(scheda, tipo)
        self._scelte("tipo", scelte_di_tipo(scheda))
        self._scelte("righe", [(r.codice, f"{r.codice} {r.testo} ({_regola(r)})") for r in self.imputabili])
        campi = campi_di(tipo, [riga.regola for riga in self.imputabili if riga.regola is not None])
        for nome in {"luogo", "presenze"} - campi:
            del self.fields[nome]
        if not self.imputabili:
            del self.fields["righe"]

    def _scelte(self, nome: str, voci: list[Any]) -> None:
        campo = self.fields[nome]
        assert isinstance(campo, forms.ChoiceField)
        campo.choices = voci

    def scelte(self) -> Scelte:
        """From what was typed, as far as it is good."""
        dati: Mapping[str, Any] = self.cleaned_data if self.is_bound else self.initial
        codici = set(dati.get("righe") or ())
        dal, al = self.scheda.dal, self.scheda.al
        return Scelte(
            tipo=self.tipo_scelto,
            righe=[riga for riga in self.imputabili if riga.codice in codici],
            presenze=list(dati.get("presenze") or ()),
            luogo=dati.get("luogo") or "",
            pianificata=bool(dati.get("pianificata")),
            anno=dal.year if dal.year == al.year else None,
        )


def _regola(riga: Riga) -> str:
    return "non valutata" if riga.regola is None else frase(riga.regola)

"""The fewest fields that make an evidence: for a telephone, after a meeting."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from distretti.sessione.una_volta import UnaVoltaMixin
from programmi.regola import Ufficio
from valutazione.forms.campi import campo_giorno, campo_testo
from valutazione.forms.tipi import campi_di
from valutazione.serie.celle import pulita, voci
from valutazione.serie.proposte import Proposta
from valutazione.serie.riga import titolo_di


class BreveForm(UnaVoltaMixin, forms.Form):
    """What, when, about what, who was there. ``voce()`` gives the evidence in the exchange format."""

    proposta = forms.ChoiceField(
        label="Che cosa registri",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Scegli che cosa registri.",
            "invalid_choice": "Questa scelta non c'è più: nel frattempo è cambiato qualcosa.",
        },
    )
    argomento = campo_testo("Argomento trattato", massimo=2000, required=True)
    presenze = forms.MultipleChoiceField(
        label="Erano presenti",
        required=False,
        choices=[(ufficio.value, ufficio.etichetta) for ufficio in Ufficio],
        widget=forms.CheckboxSelectMultiple,
    )
    persone = campo_testo("Persone coinvolte", righe=2, aiuto="Una per riga, o separate da punto e virgola.")

    def __init__(self, *args: Any, proposte: Sequence[Proposta], oggi: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposte = {proposta.chiave: proposta for proposta in proposte}
        prima = next(iter(proposte), None)
        campo = self.fields["proposta"]
        assert isinstance(campo, forms.ChoiceField)
        campo.choices = [(proposta.chiave, proposta.etichetta) for proposta in proposte]
        campo.initial = prima.chiave if prima else None
        # Who records is the manager, and was nearly always there.
        self.fields["presenze"].initial = list(prima.presenze if prima else ()) or [Ufficio.MANAGER.value]
        self.fields["data"] = campo_giorno("Data", required=True)
        self.fields["data"].initial = oggi
        self.order_fields(("proposta", "argomento", "data", "presenze", "persone", "modulo"))

    def voce(self) -> dict[str, Any]:
        """Only what its type holds; the rest is written later, on the evidence."""
        dati = self.cleaned_data
        proposta = self.proposte[dati["proposta"]]
        tipo, argomento = proposta.tipo, pulita(dati["argomento"])
        campi = campi_di(tipo, [r.regola for r in proposta.righe if r.regola is not None])
        voce: dict[str, Any] = {
            "tipo": tipo.value,
            "data": dati["data"].isoformat(),
            "titolo": titolo_di(tipo, dati["data"], argomento),
            "imputazioni": [{"indicatore": riga.codice, "stato": "in_attesa"} for riga in proposta.righe],
        }
        voce["argomento" if "argomento" in campi else "descrizione"] = argomento
        if dati["presenze"] and "presenze" in campi:
            voce["presenze"] = dati["presenze"]
        if (persone := voci(pulita(dati["persone"]))) and "persone" in campi:
            voce["persone"] = persone
        return voce

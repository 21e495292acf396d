"""Which fields each type of evidence asks for: choose the type, get only its fields."""

from typing import Any

from django import forms

from programmi.regola import CampoEvidenza, Regola, TipoEvidenza
from valutazione.models.evidenza import scelte_tipo

_INCONTRO = ("argomento", "luogo", "presenze", "organizzazioni", "persone", "descrizione")
_COMUNICAZIONE = ("argomento", "url", "descrizione")
_CARTA = ("descrizione", "url")

CAMPI_PER_TIPO: dict[TipoEvidenza, tuple[str, ...]] = {
    TipoEvidenza.INCONTRO: _INCONTRO,
    TipoEvidenza.FORMAZIONE: ("data_fine", "argomento", "luogo", "presenze", "descrizione"),
    TipoEvidenza.EVENTO: ("data_fine", *_INCONTRO, "url"),
    TipoEvidenza.COMUNICATO_STAMPA: _COMUNICAZIONE,
    TipoEvidenza.POST: _COMUNICAZIONE,
    TipoEvidenza.MAIL: _COMUNICAZIONE,
    TipoEvidenza.NEWSLETTER: _COMUNICAZIONE,
    TipoEvidenza.RELAZIONE: _CARTA,
    TipoEvidenza.ELENCO_ADERENTI: _CARTA,
    TipoEvidenza.PIANO_EDITORIALE: _CARTA,
    TipoEvidenza.MATERIALE: _CARTA,
    TipoEvidenza.DOCUMENTO: _CARTA,
    TipoEvidenza.CONVENZIONE: ("organizzazioni", *_CARTA),
    TipoEvidenza.PROGETTO_FUORI_PROGRAMMA: ("data_fine", "presenze", "organizzazioni", "persone", "progetto"),
    TipoEvidenza.ALTRO: ("data_fine", *_INCONTRO, "url"),
}


def campi_di(tipo: TipoEvidenza, regole: list[Regola]) -> set[str]:
    """The fields of ``tipo``, and those that a rule admitting it requires."""
    campi = set(CAMPI_PER_TIPO[tipo])
    for regola in regole:
        if tipo in regola.evidenze:
            campi.update(campo.value for scelte in regola.campi for campo in scelte)
            if regola.presenze:
                campi.add("presenze")
    return campi - {CampoEvidenza.ALLEGATI.value}


class TipoForm(forms.Form):
    """The first question: what is it?"""

    tipo = forms.ChoiceField(
        label="Che cosa vuoi registrare?",
        choices=scelte_tipo,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Scegli che cosa vuoi registrare.",
            "invalid_choice": "Questo tipo di evidenza non esiste.",
        },
    )

    def __init__(self, *args: Any, regole: list[Regola], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ammessi = {tipo for regola in regole for tipo in regola.evidenze}
        gruppi = [
            ("Contano su almeno una riga del programma", [t for t in TipoEvidenza if t in ammessi]),
            ("Non contano su nessuna riga", [t for t in TipoEvidenza if t not in ammessi]),
        ]
        campo = self.fields["tipo"]
        assert isinstance(campo, forms.ChoiceField)
        campo.choices = [(nome, [(t.value, t.etichetta) for t in tipi]) for nome, tipi in gruppi if tipi]

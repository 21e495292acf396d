"""Forms of the osservazioni: on what, and the text."""

from collections.abc import Iterable
from typing import Any

from django import forms

from programmi.models import Programma
from programmi.oggetti import CAMPI_PROGETTUALITA, CAMPI_RIGA, PARTI, Oggetto, leggi_oggetto

Scelte = list[tuple[str, str]]
TUTTO = "tutto"
"""Said in so many words: an osservazione on the whole programme is chosen, not forgotten."""

MASSIMO = 4000
"""Characters of an osservazione, of a reply, of a note."""


class TestoForm(forms.Form):
    """The text of a reply."""

    testo = forms.CharField(label="Replica", max_length=MASSIMO, widget=forms.Textarea(attrs={"rows": 6}))


class ChiusuraForm(forms.Form):
    """The note with which an osservazione is closed: it may say nothing."""

    nota = forms.CharField(
        label="Nota",
        max_length=MASSIMO,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Come è stata risolta.",
    )


class OsservazioneForm(forms.Form):
    """A part of the programme, one of its fields, the text."""

    parte = forms.ChoiceField(label="Su che cosa")
    campo = forms.ChoiceField(
        label="Quale voce",
        required=False,
        help_text="Di una progettualità o di una riga, la voce da correggere.",
    )
    testo = forms.CharField(
        label="Che cosa c'è da correggere",
        max_length=MASSIMO,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, programma: Programma, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _scegli(self.fields["parte"], [("", "Scegli…"), *_parti(programma)])
        _scegli(self.fields["campo"], [("", "Nessuna in particolare"), *_campi()])

    def clean(self) -> dict[str, Any]:
        """The field must be one of that part."""
        dati = super().clean() or {}
        if "parte" in dati:
            azione = "" if dati["parte"] == TUTTO else dati["parte"]
            codice = ".".join(pezzo for pezzo in (azione, dati.get("campo", "")) if pezzo)
            try:
                dati["oggetto"] = leggi_oggetto(codice).codice
                if not azione and dati.get("campo"):
                    raise ValueError
            except ValueError:
                self.add_error("campo", "Questa voce non è di ciò che hai scelto.")
        return dati


def iniziale(codice: str) -> dict[str, str]:
    """What the form begins with, from the oggetto named in the address; nothing for a wrong one."""
    try:
        oggetto = leggi_oggetto(codice)
    except ValueError:
        return {}
    if oggetto.azione:
        return {"parte": oggetto.azione, "campo": oggetto.campo}
    return {"parte": oggetto.campo} if oggetto.campo else {}


def _scegli(campo: forms.Field, scelte: Iterable[Any]) -> None:
    assert isinstance(campo, forms.ChoiceField)
    campo.choices = list(scelte)


def _parti(programma: Programma) -> list[tuple[str, Any]]:
    """Parts, then each progettualità with its lines."""
    gruppi: dict[int | None, Scelte] = {None: []}
    for voce in programma.progettualita.order_by("numero"):
        gruppi[voce.numero] = [(voce.codice, f"{voce.codice} {voce.titolo}")]
    for riga in programma.indicatori.in_ordine():
        numero = None if riga.progettualita is None else riga.progettualita.numero
        gruppi[numero].append((riga.codice, f"{riga.codice} {riga.testo}"))
    obbligatorie = [("obbligatorie", "Azioni obbligatorie, nel loro insieme"), *gruppi.pop(None)]
    return [
        (TUTTO, Oggetto().etichetta),
        *((codice, Oggetto(codice).etichetta) for codice in PARTI if codice != "obbligatorie"),
        ("Azioni obbligatorie", obbligatorie),
        *((f"Progettualità {numero}", scelte) for numero, scelte in gruppi.items()),
    ]


def _campi() -> list[tuple[str, Scelte]]:
    return [
        ("Di una progettualità", list(CAMPI_PROGETTUALITA.items())),
        ("Di una riga", list(CAMPI_RIGA.items())),
    ]

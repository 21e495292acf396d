"""Forms of the steps of the closing, and of the autovalutazione."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from distretti.forms_atti import AttoChiesto, ConAtti
from distretti.models import Atto, TipoAtto
from programmi.forms.base import TestoLungoField
from programmi.forms.passo import PassoBase
from programmi.models import Programma
from valutazione.autovalutazione.azioni import AzioneDichiarata
from valutazione.autovalutazione.commenti import Scritto, impronta_commento
from valutazione.risultati import e_correzione

LUNGHEZZA_COMMENTO = 20_000


class PassoForm(PassoBase):
    """A step as it is: its day is the one on which it is taken."""


class NotaForm(PassoForm):
    """A step that may say something."""

    nota = TestoLungoField(
        label="Nota",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text="La legge chi segue il programma nel distretto e all'Agenzia.",
    )


class MotivoForm(PassoForm):
    """A step that must say why."""

    nota = TestoLungoField(
        label="Motivo",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Lo legge chi segue il programma nel distretto e all'Agenzia.",
    )


class DefinizioneForm(NotaForm):
    """Of a correction the note is for everyone: it says what changed and why."""

    def __init__(self, *args: Any, programma: Programma, **kwargs: Any) -> None:
        super().__init__(*args, programma=programma, **kwargs)
        if e_correzione(programma):
            nota = self.fields["nota"]
            nota.label, nota.required = "Che cosa è cambiato e perché", True
            nota.help_text = (
                "Corregge un risultato già definito: lo leggono tutti, insieme al nuovo risultato."
            )


class PubblicazioneForm(NotaForm, ConAtti):
    """The publication: an act already entered for other programmes of the year, or a new one, or none."""

    atti_chiesti = (
        AttoChiesto(
            prefisso="nuovo",
            legenda="Un atto nuovo",
            aiuto="Numero e data vengono dal registro degli atti. Lascia vuoto se è già in elenco.",
            tipi=(TipoAtto.DETERMINAZIONE, TipoAtto.DELIBERA_GP, TipoAtto.ALTRO),
            oggetto="",
        ),
    )
    atto_gia = forms.ModelChoiceField(
        label="Un atto già inserito",
        queryset=Atto.objects.none(),
        required=False,
        empty_label="Nessuno",
        help_text="Quelli con cui si è pubblicato il risultato di altri programmi dello stesso anno.",
    )

    def __init__(self, *args: Any, programma: Programma, **kwargs: Any) -> None:
        super().__init__(*args, programma=programma, **kwargs)
        passaggi = {
            "passaggi_chiusura__chiusura__programma__anno": programma.anno,
            "passaggi_chiusura__chiusura__programma__distretto__autorita": programma.distretto.autorita_id,
        }
        atti = Atto.objects.filter(**passaggi).distinct().order_by("-data", "codice")
        self.fields["atto_gia"].queryset = atti  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if dati.get("atto_gia") and self.atti():
            self.add_error("atto_gia", "Scegli un atto già inserito oppure scrivine uno nuovo, non entrambi.")
        return dati

    def parametri(self) -> dict[str, Any]:
        dati = self.cleaned_data
        return {
            "dopo": dati["dopo"],
            "nota": dati["nota"],
            "atto": dati["atto_gia"],
            "nuovo_atto": self.atto(),
        }


class _CommentoField(TestoLungoField):
    """What is required is asked at the transmission: until then it may stay empty."""

    def validate(self, value: str | None) -> None:
        pass


class AutovalutazioneForm(forms.Form):
    """One field for each action, beside the fingerprint of the comment it was opened on; and that of the
    actions themselves (``viste``), which a variazione may renumber meanwhile."""

    use_required_attribute = False
    azioni_viste = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, azioni: Iterable[AzioneDichiarata], viste: str) -> None:
        super().__init__(data, initial={"azioni_viste": viste})
        self.azioni = list(azioni)
        for azione in self.azioni:
            self.fields[_commento(azione.codice)] = _CommentoField(
                label=f"Commento all'azione {azione.codice}",
                required=azione.da_commentare,
                max_length=LUNGHEZZA_COMMENTO,
                initial=azione.commento,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            self.fields[_versione(azione.codice)] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=impronta_commento(azione.commento)
            )

    def scritti(self) -> dict[str, Scritto]:
        """By action, what was typed; an action that the page did not send is not touched."""
        dati = self.cleaned_data
        return {
            azione.codice: Scritto(dati[_commento(azione.codice)], dati[_versione(azione.codice)])
            for azione in self.azioni
            if _commento(azione.codice) in self.data
        }

    def riparti_da(self, attuali: dict[str, str]) -> None:
        """Show again what was typed, on the comments as they are now (by action)."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        for codice, testo in attuali.items():
            self.data[_versione(codice)] = impronta_commento(testo)  # type: ignore[index]

    def voci(self) -> list[tuple[AzioneDichiarata, forms.BoundField, forms.BoundField]]:
        """Each action with its comment and its fingerprint."""
        return [(a, self[_commento(a.codice)], self[_versione(a.codice)]) for a in self.azioni]


def _commento(codice: str) -> str:
    return f"commento-{codice.replace('.', '-')}"


def _versione(codice: str) -> str:
    return f"versione-{codice.replace('.', '-')}"

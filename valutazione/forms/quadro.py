"""How the programmes of the figures are chosen and put in order."""

from collections.abc import Callable, Iterable
from fractions import Fraction

from django import forms

from distretti.basi.ricerca import LUNGHEZZA_DOMANDA, parole, piega
from valutazione.parole import StatoChiusura
from valutazione.provincia.quadro import ProgrammaNelQuadro

_NULLA = Fraction(-1)
"""Below every percentage: what is not scored comes last."""
ORDINI: dict[str, Callable[[ProgrammaNelQuadro], Fraction]] = {
    "riconosciuto": lambda riga: -(_NULLA if riga.tre.riconosciuto is None else riga.tre.riconosciuto),
    "dichiarato": lambda riga: -(_NULLA if riga.tre.dichiarato is None else riga.tre.dichiarato),
    "non-valutate": lambda riga: Fraction(-riga.non_valutate),
}


class QuadroForm(forms.Form):
    """By words of the district, by state of the closing; the highest first, or by name."""

    q = forms.CharField(label="Parole del distretto", required=False, max_length=LUNGHEZZA_DOMANDA)
    chiusura = forms.ChoiceField(
        label="Chiusura dell'anno", required=False, choices=[("", "Tutte"), *StatoChiusura.choices()]
    )
    ordine = forms.ChoiceField(
        label="In ordine di",
        required=False,
        choices=[
            ("", "Distretto"),
            ("riconosciuto", "Riconosciuto, dal più alto"),
            ("dichiarato", "Dichiarato, dal più alto"),
            ("non-valutate", "Azioni non valutate, da chi ne ha di più"),
        ],
    )

    def scelti(self, righe: Iterable[ProgrammaNelQuadro]) -> list[ProgrammaNelQuadro]:
        """Those that the form asks for, in its order; what it cannot read asks for nothing."""
        self.is_valid()
        cercate = parole(self.cleaned_data.get("q", ""))
        stato = self.cleaned_data.get("chiusura")
        trovati = [
            riga
            for riga in righe
            if all(parola in _testo(riga) for parola in cercate)
            and (not stato or (riga.programma.approvato and riga.chiusura == stato))
        ]
        if ordine := self.cleaned_data.get("ordine"):
            trovati.sort(key=ORDINI[ordine])
        return trovati


def _testo(riga: ProgrammaNelQuadro) -> str:
    distretto = riga.programma.distretto
    return piega(f"{distretto.denominazione} {distretto.codice}")

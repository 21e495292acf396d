"""Pasting a table from a spreadsheet: which column is which, then its rows join the table of evidence."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from distretti.basi.italiano import conta
from distretti.views.risposte import CONFLITTO, NON_VALIDO, inviati
from programmi.regola import TipoEvidenza
from valutazione.accesso import programma_da_registrare, utente_di
from valutazione.forms.serie import righe_per, scelte_di_tipo
from valutazione.scheda.modello import Scheda
from valutazione.serie.celle import MASSIMO_RIGHE
from valutazione.serie.colonne import Colonna, colonne_di
from valutazione.serie.incolla import Tabella, TabellaIllegibile, abbina, in_celle, leggi_tabella
from valutazione.serie.nomi import Nomi
from valutazione.serie.registro import nomi_della
from valutazione.services.serie import SerieSuperata, tieni_serie
from valutazione.views.serie import Tavola, come_l_ultima_volta, non_registrabile, serie_di, tavola_di

IN_MOSTRA = 3
"""Rows of the pasted table shown beside the choice of each column."""

CAMBIATA = (
    "La tabella è cambiata da quando hai aperto questa pagina: forse queste righe ci sono già. "
    "Per metterle comunque, premi di nuovo."
)


class IncollaForm(forms.Form):
    """The pasted text, and what its rows are."""

    tipo = forms.ChoiceField(label="Che cosa registri")
    testo = forms.CharField(
        label="Incolla qui la tabella",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "wrap": "off"}),
        help_text="Nel foglio di calcolo seleziona le righe, con o senza intestazione, copia e incolla qui. "
        "Vanno bene anche le righe di un file CSV separate da punto e virgola.",
        error_messages={"required": "Incolla almeno una riga."},
    )

    versione = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    """Of the table that the rows are to join, when the page was opened: sent twice, they join it once."""

    def __init__(self, *args: Any, scheda: Scheda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["tipo"]
        assert isinstance(campo, forms.ChoiceField)
        campo.choices = scelte_di_tipo(scheda)


@dataclass(frozen=True, slots=True)
class ColonnaLetta:
    """A column of the pasted table, and which of ours it is (``scelta``)."""

    posto: int
    intestazione: str
    esempi: list[str]
    scelta: str

    @property
    def nome(self) -> str:
        return f"colonna-{self.posto}"


@require_http_methods(["GET", "HEAD", "POST"])
def incolla(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """Paste; look at the columns; put the rows in the table, where they are checked and mended."""
    programma = programma_da_registrare(request, codice, anno)
    chiusa = non_registrabile(request, programma)
    if chiusa is not None:
        return chiusa
    conservata = serie_di(request, programma)
    tavola = tavola_di(request, programma, conservata)
    scheda = tavola.valutazione.scheda
    iniziali = {"tipo": tavola.form.tipo_scelto.value, "versione": conservata.versione}
    form = IncollaForm(inviati(request), scheda=scheda, initial=iniziali)
    tipo, letta = _leggi(form, tavola.form.tipo_scelto)
    colonne = colonne_di(tipo, righe_per(scheda, tipo))
    lette = [] if letta is None else _lette(request, letta, colonne, nomi_della(scheda))
    stato = NON_VALIDO if form.errors else 200
    if letta is not None and request.POST.get("azione") == "usa":
        usata = _usa(request, tavola, form, in_celle(letta, [colonna.scelta for colonna in lette]))
        if isinstance(usata, HttpResponse):
            return usata
        stato = usata
    contesto = {"programma": programma, "form": form, "letta": letta, "lette": lette, "colonne": colonne}
    return render(request, "valutazione/incolla.html", contesto, status=stato)


def _leggi(form: IncollaForm, tipo: TipoEvidenza) -> tuple[TipoEvidenza, Tabella | None]:
    """The chosen type and the pasted table, if the form holds; ``tipo`` is that of the table so far."""
    if not form.is_bound or not form.is_valid():
        return tipo, None
    tipo = TipoEvidenza(form.cleaned_data["tipo"])
    try:
        return tipo, leggi_tabella(form.cleaned_data["testo"])
    except TabellaIllegibile as errore:
        form.add_error("testo", str(errore))
        return tipo, None


def _lette(request: HttpRequest, tabella: Tabella, colonne: list[Colonna], nomi: Nomi) -> list[ColonnaLetta]:
    """Its columns with what they were taken for, or with what was chosen since."""
    ammesse = {colonna.chiave for colonna in colonne} | {""}
    proposte = abbina(tabella, colonne, nomi)
    lette = []
    for posto, proposta in enumerate(proposte):
        scelta = request.POST.get(f"colonna-{posto}", proposta)
        lette.append(
            ColonnaLetta(
                posto,
                tabella.intestazione[posto] if tabella.intestazione else f"Colonna {posto + 1}",
                [riga[posto] for riga in tabella.righe if riga[posto]][:IN_MOSTRA],
                scelta if scelta in ammesse else "",
            )
        )
    return lette


def _usa(
    request: HttpRequest, tavola: Tavola, form: IncollaForm, righe: list[dict[str, str]]
) -> HttpResponse | int:
    """Put ``righe`` in the table; the status of the page that says why not, where they cannot."""
    if not any(righe):
        form.add_error(None, "Indica almeno una colonna da usare.")
    elif len(tavola.celle) + len(righe) > MASSIMO_RIGHE:
        form.add_error(None, f"Con quelle della tabella le righe sarebbero più di {MASSIMO_RIGHE}.")
    else:
        try:
            return _metti(request, tavola, form, righe)
        except SerieSuperata as errore:
            form.add_error(None, CAMBIATA)
            form.data = {**request.POST.dict(), "versione": str(errore.serie.versione)}
            return CONFLITTO
    return NON_VALIDO


def _metti(
    request: HttpRequest, tavola: Tavola, form: IncollaForm, righe: list[dict[str, str]]
) -> HttpResponse:
    """After the rows that are there already; the choices stay, unless the type is another.

    Raises SerieSuperata where the table is no more the one that the page knew.
    """
    programma, tipo = tavola.programma, TipoEvidenza(form.cleaned_data["tipo"])
    piene = [riga for riga in righe if riga]
    contenuto = tavola.contenuto | {"celle": [*tavola.celle, *piene]}
    if tipo is not tavola.form.tipo_scelto:
        contenuto = come_l_ultima_volta(request, programma, contenuto | {"tipo": tipo.value})
    versione = form.cleaned_data["versione"]
    tieni_serie(
        programma=programma,
        utente=utente_di(request),
        contenuto=contenuto,
        versione=tavola.versione if versione is None else versione,
    )
    messages.success(request, f"{conta(len(piene), 'riga messa', 'righe messe')} nella tabella.")
    return redirect(
        reverse("evidenze-in-serie", args=[programma.distretto.codice, programma.anno]) + "#esito"
    )

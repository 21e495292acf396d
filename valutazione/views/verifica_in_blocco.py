"""Many decided together: what will be decided and its effect, then all of them or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.views.risposte import CONFLITTO, inviati, riporta_errori, stato_di
from programmi.errori import ModificatoNelFrattempo
from programmi.models import Programma
from programmi.views.superati import non_piu
from valutazione.accesso import utente_di
from valutazione.coda import filtro_di
from valutazione.forms.verifica import BloccoForm
from valutazione.letture import Valutazione, valutazione_di
from valutazione.models import Imputazione, StatoImputazione
from valutazione.pagine.decisione import effetto_in_blocco
from valutazione.services.in_blocco import BloccoRifiutato, perche_no, versione_del_blocco
from valutazione.services.in_blocco import verifica_in_blocco as decidi_in_blocco
from valutazione.services.verifica import motivi_di
from valutazione.ultima_decisione import ricorda
from valutazione.views.verifica import alla_coda, programma_da_verificare, quante_decise

MASSIMO = 500
"""More at once are refused: nobody looks at so many."""


@dataclass(frozen=True)
class _Blocco:
    """What is to be decided together. ``escluse``: what cannot be decided from here, and why."""

    valutazione: Valutazione
    decidibili: list[Imputazione]
    escluse: list[tuple[Imputazione, str]]
    form: BloccoForm

    @property
    def programma(self) -> Programma:
        return self.valutazione.programma


@require_http_methods(["GET", "HEAD", "POST"])
def verifica_in_blocco(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """``?scelte=…`` (primary keys) or ``?riga=2.1`` (all of a line): what can be decided, and its effect."""
    programma = programma_da_verificare(request, codice, anno)
    scelte = _scelte(request, programma)
    if not 0 < len(scelte) <= MASSIMO:
        troppe = f"Si decidono insieme al massimo {MASSIMO} evidenze: filtra l'elenco."
        messages.error(request, troppe if scelte else "Scegli almeno un'evidenza dall'elenco.")
        return alla_coda(request, programma)
    blocco = _blocco(request, programma, scelte)
    if request.method == "POST" and blocco.form.is_valid():
        return _invia(request, blocco)
    return _pagina(request, blocco, stato_di(blocco.form))


def _blocco(request: HttpRequest, programma: Programma, scelte: list[Imputazione]) -> _Blocco:
    utente, valutazione = utente_di(request), valutazione_di(programma)
    voci = [(imputazione, perche_no(imputazione, utente)) for imputazione in scelte]
    decidibili = [imputazione for imputazione, perche in voci if not perche]
    form = BloccoForm(
        inviati(request),
        motivi=motivi_di(programma),
        initial={"versione": versione_del_blocco(valutazione.documento, decidibili)},
    )
    return _Blocco(valutazione, decidibili, [voce for voce in voci if voce[1]], form)


def _invia(request: HttpRequest, blocco: _Blocco) -> HttpResponse:
    """Decide; or the page again, with what was typed and why nothing was decided."""
    programma, form = blocco.programma, blocco.form
    try:
        return _decidi(request, programma, form)
    except ModificatoNelFrattempo as errore:
        form.riparti_da(errore.versione)
        perche = "tolte" if _ne_ha_tolte(request, blocco.valutazione) else "cambiate"
        return _pagina(request, blocco, CONFLITTO, perche=perche)
    except BloccoRifiutato as errore:
        form.add_error(None, errore.messaggio)
        return _pagina(request, blocco, stato_di(form), errore.errori)
    except DatiNonValidi as errore:
        riporta_errori(form, errore)
        return _pagina(request, blocco, stato_di(form))
    except StatoNonAmmesso as errore:
        return non_piu(request, programma, errore.messaggio, alla_coda(request, programma))


def _pagina(
    request: HttpRequest,
    blocco: _Blocco,
    stato: int,
    rifiutate: Mapping[int, str] | None = None,
    perche: str = "",
) -> HttpResponse:
    """``rifiutate``: by primary key, what the service refused of each; ``perche`` it is shown again:
    "cambiate" by somebody else, or some were "tolte"."""
    rifiutate = rifiutate or {}
    contesto = {
        "programma": blocco.programma,
        "form": blocco.form,
        "decidibili": [(i, rifiutate.get(i.pk, "")) for i in blocco.decidibili],
        "escluse": blocco.escluse,
        "effetti": _effetti(blocco.valutazione, blocco.decidibili),
        "cambiate": perche == "cambiate",
        "tolte": perche == "tolte",
    }
    return render(request, "valutazione/verifica_in_blocco.html", contesto, status=stato)


def _decidi(request: HttpRequest, programma: Programma, form: BloccoForm) -> HttpResponse:
    decisione = form.esito()
    prese = decidi_in_blocco(
        programma=programma,
        chiavi=_chiavi(request.POST),
        decisione=decisione,
        utente=utente_di(request),
        versione=form.cleaned_data["versione"],
    )
    if not prese:
        messages.error(request, "Scegli almeno un'evidenza dall'elenco.")
        return alla_coda(request, programma)
    frase = f"{quante_decise(len(prese), decisione.in_parole)}."
    ricorda(request, programma, frase, prese)
    return alla_coda(request, programma)


def _scelte(request: HttpRequest, programma: Programma) -> list[Imputazione]:
    """The ticked ones, or all the queue of a line, in the order of the queue."""
    tutte = Imputazione.objects.filter(evidenza__programma=programma).per_decidere()
    chiavi = _chiavi(request.POST if request.method == "POST" else request.GET)
    if chiavi:
        return list(tutte.filter(pk__in=chiavi).order_by("evidenza__data", "evidenza__pk", "ordine", "pk"))
    filtro = filtro_di(request.GET, programma)
    if not filtro.is_bound or not filtro.form.is_valid():
        return []
    return list(filtro.qs.per_decidere()[: MASSIMO + 1])


def _ne_ha_tolte(request: HttpRequest, valutazione: Valutazione) -> bool:
    """Whether nobody changed anything: the page showed more than is ticked now, and its effect was of all."""
    mostrate = Imputazione.objects.filter(
        evidenza__programma=valutazione.programma, pk__in=_chiavi(request.POST, "mostrate")
    )
    versione = versione_del_blocco(valutazione.documento, list(mostrate.per_decidere()))
    return versione == request.POST.get("versione")


def _chiavi(dati: QueryDict, nome: str = "scelte") -> list[int]:
    scritte = dati.getlist(nome)
    return [int(chiave) for chiave in scritte if chiave.isascii() and chiave.isdigit() and len(chiave) < 19]


def _effetti(valutazione: Valutazione, decidibili: list[Imputazione]) -> list[tuple[str, Any]]:
    if not decidibili:
        return []
    return [
        ("Se le accogli", effetto_in_blocco(valutazione, decidibili, StatoImputazione.ACCOLTA)),
        ("Se le respingi", effetto_in_blocco(valutazione, decidibili, StatoImputazione.RESPINTA)),
    ]

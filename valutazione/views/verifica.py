"""The Agenzia's queue and its decisions, one at a time."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from distretti.basi.italiano import conta
from distretti.errori import DatiNonValidi, ErroreDominio
from distretti.views.risposte import CONFLITTO, inviati, pagina_di, stato_di
from programmi.errori import ModificatoNelFrattempo
from programmi.models import Programma
from programmi.views.superati import non_piu
from valutazione.accesso import (
    evidenza_o_404,
    imputazione_o_404,
    programma_valutabile,
    utente_di,
)
from valutazione.chiusura.lettura import puo_ora
from valutazione.coda import Coda, coda_di, filtro_di
from valutazione.decisioni import Presa
from valutazione.forms import VerificaForm
from valutazione.letture import Valutazione, valutazione_di
from valutazione.models import Evidenza, Imputazione
from valutazione.pagine.allegati import allegati_di
from valutazione.pagine.decisione import effetti_delle_decisioni
from valutazione.pagine.evidenze import VoceEvidenza, evidenza_in_pagina
from valutazione.permissions import puo_decidere, puo_verificare_programma
from valutazione.scheda.completamenti import righe_lasciate
from valutazione.services.repliche import replica_da_decidere
from valutazione.services.verifica import (
    DecisioneInvariata,
    annulla_decisioni,
    controlla_si_decide,
    motivi_di,
    verifica_imputazione,
)
from valutazione.tabella import COMPLETAMENTO
from valutazione.ultima_decisione import dimentica, ricorda, ultima_decisione
from valutazione.versioni import versione_evidenza


@require_safe
def verifica(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """What waits for the Agenzia in a programme, with filters, to be decided one by one or together."""
    programma = programma_da_verificare(request, codice, anno)
    filtro = filtro_di(request.GET, programma)
    valido = not filtro.is_bound or filtro.form.is_valid()
    coda = coda_di(filtro, utente_di(request))
    righe = filtro.qs if valido else filtro.queryset.none()
    sue = set(coda.chiavi)
    pagina = pagina_di(request, righe.per_decidere())
    prima = coda.dopo(None)
    contesto = {
        "programma": programma,
        "form": filtro.form,
        "pagina": pagina,
        "voci": [(imputazione, imputazione.pk in sue) for imputazione in pagina],
        "prima": None if prima is None else _indirizzo(request, programma, prima),
        "righe": _da_decidere_insieme(filtro.righe.values(), righe),
        "filtri": _filtri(request),
        "ultima": ultima_decisione(request, programma),
        "lasciate": righe_lasciate(programma) if puo_ora(COMPLETAMENTO, request.user, programma) else [],
    }
    return render(request, "valutazione/verifica.html", contesto, status=stato_di(filtro.form))


def _da_decidere_insieme(righe: Any, coda: Any) -> list[Any]:
    """The lines with something in the queue as it is filtered."""
    in_coda = set(coda.order_by().values_list("indicatore", flat=True))
    return [riga for riga in righe if riga.pk in in_coda]


@require_http_methods(["GET", "HEAD", "POST"])
def imputazione_verifica(
    request: HttpRequest, codice: str, anno: int, pk: int, imputazione_pk: int
) -> HttpResponse:
    """One evidence beside the words of the rule, the decision, and the rest of the queue."""
    programma = programma_valutabile(request, codice, anno)
    evidenza = evidenza_o_404(programma, pk)
    imputazione = imputazione_o_404(evidenza, imputazione_pk)
    imputazione.evidenza = evidenza
    if not puo_decidere(request.user, imputazione):
        raise PermissionDenied("Verifica l'Agenzia, e mai chi ha registrato l'evidenza o ha replicato.")
    if (altrove := _altrove(request, imputazione)) is not None:
        return altrove
    valutazione = valutazione_di(programma)
    voce = voce_di(valutazione, evidenza, imputazione)
    form = modulo_di(request, valutazione, voce, evidenza)
    coda = coda_di(filtro_di(request.GET, programma), utente_di(request))
    posto = coda.posto(imputazione)
    contesto: dict[str, Any] = _contesto(request, programma, evidenza, voce, coda) | {
        "imputazione": imputazione,
        "form": form,
        "effetti": effetti_delle_decisioni(valutazione, imputazione),
    }
    stato = stato_di(form)
    if request.method == "POST" and form.is_valid():
        try:
            presa = _decidi(request, imputazione, form)
        except DecisioneInvariata as errore:
            messages.info(request, errore.messaggio)
            return _vai(request, programma, coda.dopo(posto))
        except ModificatoNelFrattempo as errore:
            form.riparti_da(errore.versione)
            contesto["cambiata"] = True
            stato = CONFLITTO
        else:
            if presa is not None:
                return _vai(request, programma, coda.dopo(posto))
            stato = stato_di(form)
    return render(request, "valutazione/imputazione_verifica.html", contesto, status=stato)


def _altrove(request: HttpRequest, imputazione: Imputazione) -> HttpResponse | None:
    """Where to go instead, when there is nothing to decide here: the page says why, and what was typed."""
    evidenza = imputazione.evidenza
    programma = evidenza.programma
    if not evidenza.registrata or evidenza.pianificata:
        perche = "Si verificano solo le evidenze registrate e già avvenute."
        return non_piu(request, programma, perche, alla_coda(request, programma))
    if replica_da_decidere(imputazione) is not None:
        return redirect("replica", programma.distretto.codice, programma.edizione, imputazione.pk)
    try:
        controlla_si_decide(imputazione)
    except ErroreDominio as errore:
        return non_piu(request, programma, errore.messaggio, redirect(evidenza))
    return None


def _contesto(
    request: HttpRequest, programma: Programma, evidenza: Evidenza, voce: VoceEvidenza, coda: Coda
) -> dict[str, Any]:
    posto = coda.posto(voce.imputazione)
    successiva = coda.dopo(posto)
    return {
        "programma": programma,
        "evidenza": evidenza,
        "voce": voce,
        "allegati": allegati_di(evidenza),
        "coinvolte": evidenza.coinvolte.select_related("organizzazione"),
        "intorno": coda.intorno(posto),
        "quante": len(coda.chiavi),
        "posto": None if posto is None else posto + 1,
        "salta": None if successiva is None else _indirizzo(request, programma, successiva),
        "filtri": _filtri(request),
        "ultima": ultima_decisione(request, programma),
    }


@require_POST
def verifica_annulla(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """Undo the last decision of this person on the programme: what stood before comes back."""
    programma = programma_da_verificare(request, codice, anno)
    ultima = ultima_decisione(request, programma)
    if ultima is None:
        messages.error(request, "Non c'è nessuna decisione da annullare.")
        return alla_coda(request, programma)
    try:
        rimesse = annulla_decisioni(programma=programma, prese=ultima.prese, utente=utente_di(request))
    except ErroreDominio as errore:
        dimentica(request)
        messages.error(request, errore.messaggio)
        return alla_coda(request, programma)
    dimentica(request)
    quante = "La decisione è annullata" if len(rimesse) == 1 else "Le decisioni sono annullate"
    messages.success(request, f"{quante}: vale ciò che c'era prima.")
    return _vai(request, programma, rimesse[0].pk if len(rimesse) == 1 else None)


def _decidi(request: HttpRequest, imputazione: Imputazione, form: VerificaForm) -> Presa | None:
    """The decision taken, or None with its errors on the form."""
    decisione = form.esito()
    try:
        presa = verifica_imputazione(
            imputazione=imputazione,
            decisione=decisione,
            utente=utente_di(request),
            versione=form.cleaned_data["versione"],
        )
    except (ModificatoNelFrattempo, DecisioneInvariata):
        raise
    except ErroreDominio as errore:
        riporta_decisione(form, errore)
        return None
    riga = imputazione.indicatore.codice
    frase = f"«{imputazione.evidenza}» {decisione.in_parole} per la riga {riga}."
    ricorda(request, imputazione.evidenza.programma, frase, [presa])
    return presa


def riporta_decisione(form: VerificaForm, errore: ErroreDominio) -> None:
    """What the service refused, beside the field it speaks of."""
    if not isinstance(errore, DatiNonValidi):
        form.add_error(None, errore.messaggio)
        return
    for percorso, messaggio in errore.campi.items():
        nome = percorso if percorso in ("motivo", "motivazione") else "misura"
        form.add_error(nome if nome in form.fields else None, messaggio)


def programma_da_verificare(request: HttpRequest, codice: str, anno: int) -> Programma:
    """The programme, for who verifies its evidence."""
    programma = programma_valutabile(request, codice, anno)
    if not puo_verificare_programma(request.user, programma):
        raise PermissionDenied("Le evidenze le verifica l'Agenzia.")
    return programma


def voce_di(valutazione: Valutazione, evidenza: Evidenza, imputazione: Imputazione) -> VoceEvidenza:
    """What the evidence is worth on the line of ``imputazione``."""
    voci = evidenza_in_pagina(valutazione, evidenza)
    return next(voce for voce in voci if voce.imputazione.pk == imputazione.pk)


def modulo_di(
    request: HttpRequest, valutazione: Valutazione, voce: VoceEvidenza, evidenza: Evidenza
) -> VerificaForm:
    """The form of the decision on one line."""
    return VerificaForm(
        inviati(request),
        riga=voce.riga,
        evidenza=voce.evidenza,
        imputazione=voce.imputazione_scheda,
        scheda=valutazione.scheda,
        motivi=motivi_di(valutazione.programma),
        initial={"versione": versione_evidenza(valutazione.documento, evidenza.codice)},
    )


def _filtri(request: HttpRequest) -> str:
    """The query of the queue, to go on with the same one: "?riga=2.1" or ""."""
    chiavi = ("riga", "tipo", "repliche", "ordine")
    scelti = request.GET.copy()
    for chiave in set(scelti) - set(chiavi):
        del scelti[chiave]
    return f"?{scelti.urlencode()}" if scelti else ""


def _indirizzo(request: HttpRequest, programma: Programma, chiave: int) -> str:
    evidenza = Imputazione.objects.values_list("evidenza", flat=True).get(pk=chiave)
    chiavi = [programma.distretto.codice, programma.edizione, evidenza, chiave]
    return reverse("imputazione-verifica", args=chiavi) + _filtri(request)


def _vai(request: HttpRequest, programma: Programma, chiave: int | None) -> HttpResponse:
    """On to that one, or back to the queue."""
    return (
        alla_coda(request, programma) if chiave is None else redirect(_indirizzo(request, programma, chiave))
    )


def alla_coda(request: HttpRequest, programma: Programma) -> HttpResponse:
    coda = reverse("verifica", args=[programma.distretto.codice, programma.edizione])
    return redirect(coda + _filtri(request))


def quante_decise(quante: int, parole: str) -> str:
    """ "12 evidenze accolte", "1 evidenza respinta" """
    plurale = f"{parole[:-1]}e"
    return conta(quante, f"evidenza {parole}", f"evidenze {plurale}")

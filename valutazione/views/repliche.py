"""The replies to the verification: those due, those written, those answered."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from distretti.basi.italiano import conta
from distretti.errori import DatiNonValidi, ErroreDominio, StatoNonAmmesso
from distretti.views.risposte import CONFLITTO, inviati, pagina_di, riporta_errori, stato_di
from programmi.accesso import programma_o_404
from programmi.errori import ModificatoNelFrattempo
from programmi.models import Programma
from valutazione.accesso import utente_di
from valutazione.chiusura.lettura import chiusura_di
from valutazione.forms.replica import ReplicaForm, RispostaForm
from valutazione.letture import Valutazione, valutazione_di
from valutazione.models import Chiusura, Imputazione, ReplicaVerifica, StatoChiusura
from valutazione.pagine.evidenze import VoceEvidenza
from valutazione.permissions import (
    puo_decidere,
    puo_vedere_valutazione,
    puo_verificare_programma,
    ruolo_di_replica,
)
from valutazione.services.repliche import (
    impedimento,
    perche_non_si_replica,
    rinuncia_a_tutte,
    rispondi,
    segue_le_repliche,
)
from valutazione.services.repliche import replica as scrivi_replica
from valutazione.services.verifica import motivi_di
from valutazione.versioni import versione_evidenza
from valutazione.views.verifica import riporta_decisione, voce_di

Contesto = dict[str, Any]


@require_safe
def replica_list(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """What was rejected or accepted in part, each with its replies: first what waits."""
    programma = programma_con_repliche(request, codice, anno)
    chiusura = _chiusura(programma)
    righe = Imputazione.objects.filter(evidenza__programma=programma)
    con_storia = righe.contrarie() | righe.filter(repliche__isnull=False)
    perche_no = impedimento(chiusura, timezone.localdate())
    replicabili = Imputazione.objects.da_replicare().filter(evidenza__programma=programma)
    contesto = {
        "programma": programma,
        "chiusura": chiusura,
        "replicabili": set() if perche_no else set(replicabili.values_list("pk", flat=True)),
        "pagina": pagina_di(request, con_storia.distinct().per_repliche().per_riga()),
        "impedimento": perche_no,
        "replica": ruolo_di_replica(request.user, programma) is not None,
        "verifica": puo_verificare_programma(request.user, programma),
        "segue": puo_vedere_valutazione(request.user, programma),
    }
    return render(request, "valutazione/repliche.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
def replica(request: HttpRequest, codice: str, anno: int, imputazione_pk: int) -> HttpResponse:
    """A decision with its replies; the form of the reply, or of the answer, for who may."""
    programma = programma_con_repliche(request, codice, anno)
    imputazione = _imputazione_o_404(programma, imputazione_pk)
    contesto = _contesto(request, programma, imputazione)
    if request.method == "POST":
        azione = request.POST.get("azione", "")
        replica_lui = azione in ("replica", "rinuncia") or (azione != "risposta" and contesto["e_manager"])
        if not contesto["e_manager" if replica_lui else "non_sua"]:
            raise PermissionDenied(
                "Replica il manager; risponde l'Agenzia, mai chi ha registrato o replicato."
            )
        return _replica(request, contesto) if replica_lui else _rispondi(request, contesto)
    if contesto["puo_replicare"]:
        contesto["form"] = ReplicaForm()
    elif contesto["puo_rispondere"]:
        contesto |= _per_rispondere(request, contesto)
    return render(request, "valutazione/replica.html", contesto)


@require_POST
def replica_rinuncia(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """Renounce at once to all that is still without a reply, in the round that was read."""
    programma = programma_con_repliche(request, codice, anno)
    giro = request.POST.get("giro", "")
    try:
        rinunce = rinuncia_a_tutte(
            programma=programma,
            utente=utente_di(request),
            giro=int(giro) if giro.isdecimal() and len(giro) < 6 else None,
        )
    except StatoNonAmmesso as errore:
        messages.error(request, errore.messaggio)
    else:
        if rinunce:
            quante = conta(len(rinunce), "decisione", "decisioni")
            messages.success(request, f"Hai rinunciato a replicare a {quante}.")
        else:
            messages.info(request, "Non resta nessuna decisione a cui replicare.")
    return _all_elenco(programma)


def programma_con_repliche(request: HttpRequest, codice: str, anno: int) -> Programma:
    """The programme, for who follows it, and for who was its manager when the year ended."""
    programma = programma_o_404(request.user, codice, anno)
    if not puo_vedere_valutazione(request.user, programma) and not segue_le_repliche(
        utente_di(request), programma
    ):
        raise PermissionDenied("Le repliche sono riservate a chi segue il programma.")
    return programma


def _chiusura(programma: Programma) -> Chiusura:
    chiusura = chiusura_di(programma)
    chiusura.programma = programma
    return chiusura


def _imputazione_o_404(programma: Programma, pk: int) -> Imputazione:
    """One with something to reply to, or that was replied to."""
    imputazione = get_object_or_404(
        Imputazione.objects.per_repliche(), evidenza__programma=programma, evidenza__stato="registrata", pk=pk
    )
    imputazione.evidenza.programma = programma
    return imputazione


def _contesto(request: HttpRequest, programma: Programma, imputazione: Imputazione) -> Contesto:
    utente, chiusura = utente_di(request), _chiusura(programma)
    repliche = list(imputazione.repliche.all())
    in_attesa = next((r for r in repliche if r.in_attesa), None)
    manager = ruolo_di_replica(utente, programma) is not None
    verifica, non_sua = puo_verificare_programma(utente, programma), puo_decidere(utente, imputazione)
    perche_no = impedimento(chiusura, timezone.localdate()) or perche_non_si_replica(imputazione, chiusura)
    return {
        "programma": programma,
        "chiusura": chiusura,
        "imputazione": imputazione,
        "evidenza": imputazione.evidenza,
        "repliche": repliche,
        "in_attesa": in_attesa,
        "e_manager": manager,
        "verifica": verifica,
        "non_sua": non_sua,
        "segue": puo_vedere_valutazione(utente, programma),
        "impedimento": perche_no,
        "puo_replicare": manager and not perche_no,
        "puo_rispondere": in_attesa is not None and chiusura.stato == StatoChiusura.VERIFICATA and non_sua,
        "form": None,
        "voce": None,
    }


def _replica(request: HttpRequest, contesto: Contesto) -> HttpResponse:
    form = ReplicaForm(request.POST)
    rinuncia = request.POST.get("azione") == "rinuncia"
    stato = 200
    if form.is_valid() or rinuncia:
        try:
            scrivi_replica(
                imputazione=contesto["imputazione"],
                utente=utente_di(request),
                testo=form.cleaned_data.get("testo", ""),
                rinuncia=rinuncia,
            )
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        except StatoNonAmmesso as errore:
            form.add_error(None, errore.messaggio)
            stato = CONFLITTO
        else:
            messages.success(request, "Hai rinunciato a replicare." if rinuncia else "La replica è inviata.")
            return _all_elenco(contesto["programma"])
    return _di_nuovo(request, contesto, form, stato)


def _rispondi(request: HttpRequest, contesto: Contesto) -> HttpResponse:
    contesto |= _per_rispondere(request, contesto)
    form: RispostaForm = contesto["form"]
    attesa: ReplicaVerifica | None = contesto["in_attesa"]
    stato = 200
    if attesa is None:
        form.is_valid()
        form.add_error(None, "Non c'è nessuna replica che aspetta: forse qualcuno ha già risposto.")
        stato = CONFLITTO
    elif form.is_valid():
        try:
            rispondi(
                replica=attesa,
                utente=utente_di(request),
                risposta=form.cleaned_data["risposta"],
                decisione=form.nuova(),
                versione=form.cleaned_data["versione"],
            )
        except ModificatoNelFrattempo as errore:
            form.riparti_da(errore.versione)
            contesto["cambiata"], stato = True, CONFLITTO
        except StatoNonAmmesso as errore:
            form.add_error(None, errore.messaggio)
            stato = CONFLITTO
        except ErroreDominio as errore:
            _riporta(form, errore)
        else:
            messages.success(request, "La risposta è inviata a chi ha replicato.")
            return _all_elenco(contesto["programma"])
    return _di_nuovo(request, contesto, form, stato)


def _riporta(form: RispostaForm, errore: ErroreDominio) -> None:
    if isinstance(errore, DatiNonValidi) and "risposta" in errore.campi:
        riporta_errori(form, errore)
    else:
        riporta_decisione(form, errore)


def _di_nuovo(request: HttpRequest, contesto: Contesto, form: forms.Form, stato: int) -> HttpResponse:
    """The page again, with what was typed."""
    contesto["form"] = form
    stato = stato if stato == CONFLITTO else stato_di(form)
    return render(request, "valutazione/replica.html", contesto, status=stato)


def _per_rispondere(request: HttpRequest, contesto: Contesto) -> Contesto:
    """The form of the answer, with what the evidence is worth now."""
    valutazione: Valutazione = valutazione_di(contesto["programma"])
    evidenza = contesto["evidenza"]
    voce: VoceEvidenza = voce_di(valutazione, evidenza, contesto["imputazione"])
    form = RispostaForm(
        inviati(request),
        riga=voce.riga,
        evidenza=voce.evidenza,
        imputazione=voce.imputazione_scheda,
        scheda=valutazione.scheda,
        motivi=motivi_di(valutazione.programma),
        initial={"versione": versione_evidenza(valutazione.documento, evidenza.codice)},
    )
    return {"form": form, "voce": voce}


def _all_elenco(programma: Programma) -> HttpResponse:
    return redirect("repliche", programma.distretto.codice, programma.edizione)

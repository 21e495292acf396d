"""The autovalutazione: written action by action, then read as it was transmitted."""

from base64 import b64encode
from hashlib import sha256

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from distretti.basi.italiano import elenco
from distretti.basi.pdf import MotorePdfAssente
from distretti.errori import StatoNonAmmesso
from distretti.views.risposte import CONFLITTO, NON_VALIDO, inviati
from programmi.models import Programma
from programmi.views.superati import non_piu
from valutazione.accesso import programma_valutabile, utente_di
from valutazione.autovalutazione.avvertenze import avvertenze_di
from valutazione.autovalutazione.azioni import azioni_dichiarate, commenti_di
from valutazione.autovalutazione.commenti import azioni_viste, salva_commenti
from valutazione.autovalutazione.congelamento import leggi
from valutazione.chiusura import mancanze, passaggi_di, stato_di
from valutazione.forms.chiusura import AutovalutazioneForm
from valutazione.letture import Valutazione, valutazione_di
from valutazione.models import Autovalutazione, AzioneChiusura, CommentoAzione, PassaggioChiusura
from valutazione.permissions import ruolo_per
from valutazione.stampa.autovalutazione import autovalutazione_pdf
from valutazione.tabella import COMMENTO, TRASMISSIONE_AUTOVALUTAZIONE


@require_http_methods(["GET", "HEAD", "POST"])
def autovalutazione(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """One form with the comment of every action: whatever was typed is saved, each by itself."""
    programma = programma_valutabile(request, codice, anno)
    if ruolo_per(COMMENTO, request.user, programma) is None:
        raise PermissionDenied("L'autovalutazione la scrive il manager territoriale del distretto.")
    stato = stato_di(programma)
    if not COMMENTO.ammessa_da(programma, stato):
        torna = redirect("chiusura", codice, anno)
        return non_piu(request, programma, COMMENTO.rifiuto(programma, stato), torna)
    valutazione = valutazione_di(programma)
    form = AutovalutazioneForm(
        inviati(request),
        azioni=azioni_dichiarate(valutazione, commenti_di(programma)),
        viste=azioni_viste(programma),
    )
    if request.method != "POST":
        return _pagina(request, valutazione, form, 200)
    if not form.is_valid():
        return _pagina(request, valutazione, form, NON_VALIDO)
    try:
        esito = salva_commenti(
            programma=programma,
            utente=utente_di(request),
            scritti=form.scritti(),
            viste=form.cleaned_data["azioni_viste"] or None,
        )
    except StatoNonAmmesso as errore:
        return non_piu(request, programma, errore.messaggio, redirect("chiusura", codice, anno))
    if esito.conflitti:
        form.riparti_da(commenti_di(programma))
        return _pagina(request, valutazione, form, CONFLITTO, esito.conflitti)
    messages.success(request, _salvati(esito.salvati))
    if request.POST.get("azione") == "rivedi":
        return redirect("chiusura-passo", codice, anno, TRASMISSIONE_AUTOVALUTAZIONE.codice.value)
    return redirect("autovalutazione", codice, anno)


def _salvati(azioni: list[str]) -> str:
    if not azioni:
        return "I commenti sono già salvati: non c'era nulla di nuovo."
    return f"{'Commento salvato' if len(azioni) == 1 else 'Commenti salvati'}: {elenco(azioni)}."


def _pagina(
    request: HttpRequest,
    valutazione: Valutazione,
    form: AutovalutazioneForm,
    stato: int,
    conflitti: dict[str, str] | None = None,
) -> HttpResponse:
    programma, oggi = valutazione.programma, timezone.localdate()
    conflitti = conflitti or {}
    contesto = {
        "programma": programma,
        "esito": valutazione.esito,
        "form": form,
        "voci": [(*voce, conflitti.get(voce[0].codice)) for voce in form.voci()],
        "conflitti": list(conflitti),
        "avvertenze": avvertenze_di(valutazione, oggi),
        "mancanze": mancanze(AzioneChiusura.TRASMISSIONE_AUTOVALUTAZIONE, programma, oggi),
        "restituita": _restituzione(programma),
        "tolti": list(CommentoAzione.objects.senza_azione().filter(programma=programma)),
    }
    return render(request, "valutazione/autovalutazione.html", contesto, status=stato)


def _restituzione(programma: Programma) -> PassaggioChiusura | None:
    """The step that sent it back, which says what to mend; None when it was not sent back."""
    ultimo = passaggi_di(programma).last()
    tornata = ultimo is not None and ultimo.azione == AzioneChiusura.RESTITUZIONE_AUTOVALUTAZIONE
    return ultimo if tornata else None


@require_safe
def autovalutazione_trasmessa(request: HttpRequest, codice: str, anno: int, numero: int) -> HttpResponse:
    """What was declared then, for who follows the programme."""
    programma = programma_valutabile(request, codice, anno)
    riga = _riga(programma, numero)
    letta = leggi(riga)
    valutazione = letta.valutazione
    contesto = {
        "programma": programma,
        "autovalutazione": riga,
        "sha256_scheda": letta.documento["sha256_scheda"],
        "esito": valutazione.esito,
        "azioni_dichiarate": azioni_dichiarate(valutazione, letta.commenti),
    }
    return render(request, "valutazione/autovalutazione_trasmessa.html", contesto)


@require_safe
def autovalutazione_json(request: HttpRequest, codice: str, anno: int, numero: int) -> HttpResponse:
    """The canonical bytes: their SHA-256 is the one the page shows."""
    programma = programma_valutabile(request, codice, anno)
    riga = leggi(_riga(programma, numero)).riga
    byte = riga.contenuto.encode()
    nome = f"{programma.riferimento.replace('/', '-')}-autovalutazione-{numero}.json"
    intestazioni = {
        "Content-Disposition": f'attachment; filename="{nome}"',
        "Repr-Digest": f"sha-256=:{b64encode(sha256(byte).digest()).decode()}:",
    }
    return HttpResponse(byte, content_type="application/json", headers=intestazioni)


@require_safe
@never_cache
def autovalutazione_stampata(request: HttpRequest, codice: str, anno: int, numero: int) -> HttpResponse:
    """The same, printed."""
    programma = programma_valutabile(request, codice, anno)
    letta = leggi(_riga(programma, numero))
    try:
        pdf = autovalutazione_pdf(letta)
    except MotorePdfAssente as assente:
        contesto = {"programma": programma, "spiegazione": assente.messaggio}
        return render(request, "pdf/motore_assente.html", contesto, status=503)
    nome = f"{programma.riferimento.replace('/', '-')}-autovalutazione-{numero}.pdf"
    intestazioni = {"Content-Disposition": f'attachment; filename="{nome}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=intestazioni)


def _riga(programma: Programma, numero: int) -> Autovalutazione:
    righe = Autovalutazione.objects.select_related("passaggio", "congelata_da")
    riga = get_object_or_404(righe, programma=programma, numero=numero)
    riga.programma = programma
    return riga

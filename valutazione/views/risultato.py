"""The result of a year as citizens read it, and what it takes to compute it again."""

from base64 import b64encode
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from distretti.basi.contenuto_file import Formato
from distretti.views.scaricamento import scarica
from programmi.accesso import programma_o_404
from programmi.models import AzionePassaggio, Programma
from programmi.permissions import segue_programma
from valutazione.accesso import programma_valutabile
from valutazione.models import PassaggioChiusura
from valutazione.relazione.avvertenze import avvertenze
from valutazione.risultati.correzioni import correzioni_di
from valutazione.risultati.lettura import PacchettoLetto, leggi_per, pacchetto_di_oggi, risultati_leggibili
from valutazione.risultati.pagina import pagina_di

VERIFICATORE = settings.BASE_DIR / "docs" / "verificatore" / "verifica.py"


@login_not_required
@require_safe
def risultato(request: HttpRequest, codice: str, anno: int, numero: int | None = None) -> HttpResponse:
    """The published result for everyone; before, a preview of the same page for who follows the programme."""
    programma = programma_o_404(request.user, codice, anno)
    letto = leggi_per(request.user, programma, numero)
    pagina = pagina_di(letto.pacchetto)
    segue = segue_programma(request.user, programma)
    contesto = {
        "programma": programma,
        "segue": segue,
        "letto": letto,
        "risultato": letto.risultato,
        "pagina": pagina,
        "risultati": list(risultati_leggibili(request.user, programma)),
        "approvazione": _approvazione(programma),
        "correzioni": [] if letto.risultato is None else correzioni_di(programma, letto.risultato),
        "avvertenze": list(avvertenze(pagina.scheda)),
    }
    return render(request, "valutazione/risultato.html", contesto)


def _approvazione(programma: Programma) -> object:
    """The step that approved it, with its act."""
    passaggi = programma.passaggi.filter(azione=AzionePassaggio.APPROVAZIONE).select_related("atto")
    return passaggi.order_by("ordine").last()


@login_not_required
@require_safe
def pacchetto(request: HttpRequest, codice: str, anno: int, numero: int) -> HttpResponse:
    """The package of a result: the same bytes for everyone who may read it."""
    programma = programma_o_404(request.user, codice, anno)
    return _file(leggi_per(request.user, programma, numero))


@require_safe
def risultato_atto(request: HttpRequest, codice: str, anno: int, numero: int) -> HttpResponseBase:
    """The signed file of the act that published a result, for who follows the programme.

    The act is cited in public; its file may hold reasons and the data of persons.
    """
    programma = programma_valutabile(request, codice, anno)
    pubblicazioni = PassaggioChiusura.objects.exclude(atto=None).exclude(atto__file="").select_related("atto")
    pubblicazione = get_object_or_404(pubblicazioni, risultato__programma=programma, risultato__numero=numero)
    atto = pubblicazione.atto
    assert atto is not None
    tipo = Formato.P7M if atto.file_nome.lower().endswith(".p7m") else Formato.PDF
    pagina = reverse("risultato-numero", args=[codice, anno, numero])
    return scarica(request, atto.file, nome=atto.file_nome, tipo=tipo.mime, altrimenti=pagina)


@require_safe
def pacchetto_oggi(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """The package of the programme as it stands now, for who follows it."""
    return _file(pacchetto_di_oggi(programma_valutabile(request, codice, anno)))


def _file(letto: PacchettoLetto) -> HttpResponse:
    byte = letto.pacchetto.byte
    intestazioni = {
        "Content-Disposition": f'attachment; filename="{letto.nome_file}"',
        "Repr-Digest": f"sha-256=:{b64encode(sha256(byte).digest()).decode()}:",
    }
    return HttpResponse(byte, content_type="application/json", headers=intestazioni)


@login_not_required
@require_safe
def verificatore(request: HttpRequest) -> HttpResponse:
    """How anyone computes the percentages again, on their own."""
    impronta = sha256(VERIFICATORE.read_bytes()).hexdigest()
    return render(
        request, "valutazione/verificatore.html", {"impronta": impronta, "sorgenti": settings.SORGENTI}
    )


@login_not_required
@require_safe
def verificatore_file(request: HttpRequest) -> FileResponse:
    """The program of the check, as it stands in ``docs/verificatore``."""
    return FileResponse(
        VERIFICATORE.open("rb"),
        as_attachment=True,
        filename="verifica.py",
        content_type="text/x-python; charset=utf-8",
    )

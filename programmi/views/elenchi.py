"""Lists that everyone may read: programmes, and the page of a district with its own."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from distretti.filtri import filtrate
from distretti.forms import AllaDataForm
from distretti.letture import aderenti_alla_data, com_era, ruoli_del_distretto
from distretti.models import Distretto
from distretti.permissions import puo_tenere_registro, ruoli_su
from distretti.views.risposte import NON_VALIDO, pagina_di
from programmi.attese import attese_per
from programmi.filtri import ProgrammaFilter
from programmi.models import Programma
from programmi.permissions import puo_creare_programma


@login_not_required
@require_safe
def programma_list(request: HttpRequest) -> HttpResponse:
    """Approved programmes for everyone; besides, those that who asks follows, in any state."""
    visibili = Programma.objects.annuali().visibili_a(request.user).per_elenco()
    filtro = ProgrammaFilter(request.GET or None, queryset=visibili)
    pagina = pagina_di(request, filtrate(filtro))
    contesto = {"form": filtro.form, "pagina": pagina, "attese": attese_per(request.user, pagina)}
    stato = 200 if filtro.is_valid() or not filtro.is_bound else NON_VALIDO
    return render(request, "programmi/programmi.html", contesto, status=stato)


@login_not_required
@require_safe
def distretto_detail(request: HttpRequest, codice: str) -> HttpResponse:
    """A district: its members at a date with their marks, its figures, its programmes."""
    distretto = get_object_or_404(Distretto.objects.select_related("autorita"), codice=codice)
    form = AllaDataForm(request.GET or None)
    giorno = (form.cleaned_data["alla_data"] if form.is_valid() else None) or timezone.localdate()
    if not form.is_bound:
        form.initial["alla_data"] = giorno
    segue = bool(ruoli_su(request.user, distretto))
    contesto: dict[str, Any] = {
        "distretto": distretto,
        "form": form,
        "giorno": giorno,
        "allora": com_era(distretto, giorno),
        "adesioni": aderenti_alla_data(distretto, giorno),
        "annotazioni": distretto.annotazioni.con_atti(),
        "dati": distretto.dati_dichiarati.all(),
        "programmi": Programma.objects.annuali()
        .visibili_a(request.user)
        .filter(distretto=distretto)
        .per_elenco(),
        "segue": segue,
        "ruoli": ruoli_del_distretto(distretto, giorno) if segue else [],
        "puo_creare": puo_creare_programma(request.user, distretto),
        "puo_tenere_registro": puo_tenere_registro(request.user, distretto),
    }
    stato = NON_VALIDO if form.is_bound and not form.is_valid() else 200
    contesto["attese"] = attese_per(request.user, contesto["programmi"])
    return render(request, "distretti/distretto.html", contesto, status=stato)

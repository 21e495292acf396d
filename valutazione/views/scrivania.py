"""The desk: what waits and for whom, how far the programmes of a manager are, where all the others stand."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from distretti.models import Ruolo
from distretti.permissions import autorita_del_registro, incarichi_di
from distretti.persone.permessi import autorita_con_persone
from distretti.views.risposte import pagina_di
from programmi.attese import attese_di
from programmi.models import Programma
from programmi.permissions import puo_creare_programma
from valutazione.attese_scrivania import (
    attese_del_distretto,
    attese_dell_agenzia,
    da_verificare,
    pianificate_passate,
    voci_di,
)
from valutazione.chiusura import stati_di
from valutazione.grafici import SERIE, anello_di, mesi_di
from valutazione.letture import Valutazione, valutazioni_di
from valutazione.manca import CosaManca, cosa_manca_di
from valutazione.models import Evidenza, StatoEvidenza
from valutazione.permissions import puo_registrare
from valutazione.quadro_autorita import IN_ELENCO, incarichi_da_guardare, quadro_di
from valutazione.tabella import REGISTRAZIONE, VERIFICANO

IN_SCRIVANIA = 2
"""Years of a district shown in full; the others are in the list below."""
IN_VISTA = 6
"""Programmes shown in full, however many districts a person follows."""
ULTIME = 5


@require_safe
def scrivania(request: HttpRequest) -> HttpResponse:
    """One page for each person: what they have to do, in the districts they follow."""
    incarichi = incarichi_di(request.user)
    distretti = [i.distretto for i in incarichi if i.distretto is not None]
    autorita = {i.autorita.pk: i.autorita for i in incarichi if i.autorita is not None}
    amministrate = {
        i.autorita_id for i in incarichi if i.autorita_id is not None and i.ruolo == Ruolo.AMMINISTRATORE
    }
    oggi = timezone.localdate()
    elenco = Programma.objects.annuali().seguiti_da(request.user).per_elenco()
    pagina = pagina_di(request, elenco.order_by("-anno", "distretto__denominazione", "pk"))
    ultimi = Programma.objects.annuali().ultimi_per_distretto(distretti, IN_SCRIVANIA)
    in_vista = list(ultimi.per_elenco()[:IN_VISTA])
    contesto: dict[str, Any] = {
        "incarichi": incarichi,
        "autorita": list(autorita.values()),
        "registri": autorita_del_registro(request.user),
        "con_persone": autorita_con_persone(request.user),
        "quadri": _quadri(request, in_vista, oggi),
        "nuovi": [d for d in distretti if puo_creare_programma(request.user, d)],
        "verifica": any(i.ruolo in VERIFICANO for i in incarichi),
        "quadro": quadro_di(autorita, anno=_anno(request), oggi=oggi) if autorita else None,
        "incarichi_da_guardare": incarichi_da_guardare(amministrate, oggi=oggi) if amministrate else None,
        "serie_mesi": SERIE,
        "pagina": pagina,
        "attese": attese_di([*pagina, *in_vista]),
        "da_verificare": da_verificare(pagina),
        **_attese(request),
    }
    return render(request, "valutazione/scrivania.html", contesto)


def _attese(request: HttpRequest) -> dict[str, Any]:
    """The head of each of the lists of what waits; the whole lists have pages of their own."""
    agenzia = attese_dell_agenzia(request.user, request.GET.get("attese", ""))
    distretto = attese_del_distretto(request.user)
    righe = [] if agenzia is None else list(agenzia.programmi[:IN_ELENCO])
    da_fare = [] if distretto is None else list(distretto[:IN_ELENCO])
    voci = voci_di(request.user, [*righe, *da_fare])
    return {
        "agenzia": agenzia,
        "voci_agenzia": voci[: len(righe)],
        "distretto": distretto is not None,
        "voci_distretto": voci[len(righe) :],
        "quante_distretto": 0 if distretto is None else distretto.count(),
        "pianificate": [] if distretto is None else list(pianificate_passate(request.user)[:IN_ELENCO]),
    }


@require_safe
def attese_agenzia(request: HttpRequest) -> HttpResponse:
    """All that waits for the authorities of who asks, the longest first."""
    agenzia = attese_dell_agenzia(request.user, request.GET.get("attese", ""))
    if agenzia is None:
        raise PermissionDenied
    pagina = pagina_di(request, agenzia.programmi)
    contesto = {"agenzia": agenzia, "pagina": pagina, "voci": voci_di(request.user, pagina)}
    return render(request, "valutazione/attese_agenzia.html", contesto)


@require_safe
def attese_distretto(request: HttpRequest) -> HttpResponse:
    """All that the districts of who asks have to do."""
    programmi = attese_del_distretto(request.user)
    pagina = pagina_di(request, Programma.objects.none() if programmi is None else programmi)
    contesto = {"pagina": pagina, "voci": voci_di(request.user, pagina)}
    return render(request, "valutazione/attese_distretto.html", contesto)


def _anno(request: HttpRequest) -> int | None:
    """The year of ``?anno=``; None for anything that is not one."""
    scritto = request.GET.get("anno", "")
    return int(scritto) if re.fullmatch("[0-9]{1,4}", scritto) else None


def _quadri(request: HttpRequest, programmi: list[Programma], oggi: date) -> list[dict[str, Any]]:
    stati = stati_di(programmi)
    scrivono = {p.pk for p in programmi if puo_registrare(request.user, p)}
    registrano = {p.pk for p in programmi if p.pk in scrivono and REGISTRAZIONE.ammessa_da(p, stati[p.pk])}
    ultime: dict[int, list[Evidenza]] = {p.pk: [] for p in programmi}
    leggibili = Q(programma__in=scrivono) | ~Q(stato=StatoEvidenza.BOZZA)
    for evidenza in Evidenza.objects.filter(leggibili, programma__in=programmi).ultime(ULTIME):
        ultime[evidenza.programma_id].append(evidenza)
    # First the years that are lived, the one in progress before those to close; last what is being prepared.
    programmi.sort(key=lambda p: (not (p.approvato or ultime[p.pk]), p.dal > oggi))
    valutazioni = valutazioni_di(programmi)
    mancano = _mancano(request, [valutazione for _, valutazione in valutazioni if valutazione], oggi)
    return [
        {
            "programma": programma,
            "esito": valutazione and valutazione.esito,
            "anello": anello_di(valutazione.esito.programma.valori) if valutazione else None,
            "mesi": mesi_di(valutazione.scheda, oggi) if valutazione else None,
            "manca": mancano.get(programma.pk),
            "ultime": ultime[programma.pk],
            "puo_registrare": programma.pk in registrano,
        }
        for programma, valutazione in valutazioni
    ]


def _mancano(request: HttpRequest, valutazioni: list[Valutazione], oggi: date) -> dict[int, CosaManca]:
    """What each programme lacks, by primary key."""
    trovate = cosa_manca_di(request.user, valutazioni, oggi)
    return {v.programma.pk: manca for v, manca in zip(valutazioni, trovate, strict=True)}

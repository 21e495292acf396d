"""The people of an authority: who may do what, invitations, one person's page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from distretti import tentativi
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Autorita, Evento, Incarico, Utente
from distretti.parole_eventi import azione_in_parole
from distretti.persone import dati, elenco, fattori, inviti, posta
from distretti.persone.forms import FiltroPersoneForm, InvitoForm
from distretti.persone.permessi import (
    puo_amministrare_account,
    puo_amministrare_persone,
    puo_vedere_persone,
)
from distretti.views.risposte import inviati, pagina_di, richiedente, riporta, stato_di

ULTIMI_EVENTI = 30


@require_safe
def persona_list(request: HttpRequest, codice: str) -> HttpResponse:
    """Who may do what, with filters."""
    autorita = autorita_visibile(request, codice)
    form, filtro = _filtro(request, autorita)
    persone = elenco.persone_di(autorita, filtro)
    pagina = pagina_di(request, persone)
    con_fattore = fattori.chi_ha_fattore([persona.pk for persona in pagina])
    contesto = {
        "autorita": autorita,
        "form": form,
        "pagina": pagina,
        "con_fattore": con_fattore,
        "oggi": timezone.localdate(),
        "amministra": puo_amministrare_persone(request.user, autorita),
        "query": request.GET.urlencode(),
    }
    return render(request, "distretti/persone.html", contesto, status=stato_di(form))


@require_safe
def persona_csv(request: HttpRequest, codice: str) -> HttpResponse | StreamingHttpResponse:
    """The same list, a line for each role."""
    autorita = autorita_visibile(request, codice)
    form, filtro = _filtro(request, autorita)
    if form.is_bound and form.errors:
        return redirect("persone", codice=codice)
    risposta = StreamingHttpResponse(
        elenco.in_csv(elenco.persone_di(autorita, filtro)), content_type="text/csv; charset=utf-8"
    )
    risposta.headers["Content-Disposition"] = f'attachment; filename="persone-{autorita.codice}.csv"'
    return risposta


@require_safe
def persona_detail(request: HttpRequest, codice: str, pk: int) -> HttpResponse:
    """One person: roles, link, second factor, and what may be done."""
    autorita, persona = persona_visibile(request, codice, pk)
    amministra = puo_amministrare_persone(request.user, autorita)
    account = amministra and puo_amministrare_account(request.user, persona)
    contesto = {
        "autorita": autorita,
        "persona": persona,
        "incarichi": incarichi_in_pagina(autorita, persona),
        "invito": persona.inviti.aperti().first(),
        "fattori": fattori.fattori_di(persona),
        "eventi": storia_di(persona) if account else [],  # they tell a tax code too
        "bloccata_fino": tentativi.bloccato_fino(persona.username),
        "amministra": amministra,
        "account": account,
        "cancellata": dati.cancellata(persona),
    }
    return render(request, "distretti/persona.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
def persona_invita(request: HttpRequest, codice: str) -> HttpResponse:
    """A role for a person, new or not, and the message that says so."""
    autorita = autorita_amministrata(request, codice)
    form = InvitoForm(inviati(request), autorita=autorita)
    if request.method == "POST" and form.is_valid():
        try:
            invitata = inviti.invita(**form.invito(), da=richiedente(request))
        except (DatiNonValidi, StatoNonAmmesso) as errore:
            riporta(form, errore)
        else:
            return _invitata(request, autorita, invitata)
    contesto = {"form": form, "autorita": autorita}
    return render(request, "distretti/persona_invita.html", contesto, status=stato_di(form))


def _invitata(request: HttpRequest, autorita: Autorita, invitata: inviti.Invitata) -> HttpResponse:
    incarico = invitata.incarico
    if invitata.invito is None or invitata.segreto is None:
        partito = posta.manda_incarico(request, incarico=incarico)
    else:
        partito = posta.manda_invito(
            request, invito=invitata.invito, segreto=invitata.segreto, incarico=incarico
        )
    di_posta(request, incarico.utente, partito)
    return redirect("persona", codice=autorita.codice, pk=incarico.utente_id)


@require_safe
def persona_esporta(request: HttpRequest, codice: str, pk: int) -> HttpResponse:
    """What the product keeps of a person, for who asks for it under the GDPR."""
    autorita, persona = persona_visibile(request, codice, pk)
    if not puo_amministrare_persone(request.user, autorita):
        raise PermissionDenied
    if not puo_amministrare_account(request.user, persona):
        raise PermissionDenied("Questa persona ha incarichi anche presso altre autorità.")
    return file_dei_dati(persona)


def file_dei_dati(persona: Utente) -> HttpResponse:
    """All that is kept of ``persona``, as a file."""
    risposta = HttpResponse(dati.in_json(persona), content_type="application/json; charset=utf-8")
    risposta.headers["Content-Disposition"] = f'attachment; filename="dati-persona-{persona.pk}.json"'
    return risposta


def di_posta(request: HttpRequest, persona: Utente, partito: bool) -> None:
    """Say whether the message has left."""
    if partito:
        messages.success(request, f"Il messaggio per {persona} è partito all'indirizzo {persona.email}.")
    else:
        perche = (
            "il server di posta manca o non risponde" if persona.email else "non ha un indirizzo di posta"
        )
        messages.warning(
            request, f"L'incarico è registrato, ma il messaggio per {persona} non è partito: {perche}."
        )


def autorita_visibile(request: HttpRequest, codice: str) -> Autorita:
    """The authority whose people who asks may see. Raises ``PermissionDenied``."""
    autorita = get_object_or_404(Autorita, codice=codice)
    if not puo_vedere_persone(request.user, autorita):
        raise PermissionDenied
    return autorita


def autorita_amministrata(request: HttpRequest, codice: str) -> Autorita:
    """The authority whose people who asks administers. Raises ``PermissionDenied``."""
    autorita = get_object_or_404(Autorita, codice=codice)
    if not puo_amministrare_persone(request.user, autorita):
        raise PermissionDenied
    return autorita


def persona_visibile(request: HttpRequest, codice: str, pk: int) -> tuple[Autorita, Utente]:
    """A person with a role, also ended, over the authority or its districts. Raises ``Http404``."""
    autorita = autorita_visibile(request, codice)
    persona = Utente.objects.filter(pk=pk, applicazione=False).first()
    if persona is None or not Incarico.objects.dell_autorita(autorita).filter(utente=persona).exists():
        raise Http404
    return autorita, persona


def incarichi_in_pagina(autorita: Autorita, persona: Utente) -> list[tuple[Incarico, str]]:
    """Her roles over the authority, the newest first, each with its state today."""
    oggi = timezone.localdate()
    righe = Incarico.objects.dell_autorita(autorita).filter(utente=persona)
    righe = righe.select_related("distretto", "autorita").order_by("-dal", "-pk")
    return [(incarico, elenco.stato_di_incarico(incarico, oggi)) for incarico in righe]


def storia_di(persona: Utente) -> list[tuple[Evento, str]]:
    """The latest events about her account and her roles, each with what happened in words."""
    eventi = Evento.objects.che_riguardano(persona.riferimento_evento).per_elenco()[:ULTIMI_EVENTI]
    return [(evento, azione_in_parole(evento.azione)) for evento in eventi]


def _filtro(request: HttpRequest, autorita: Autorita) -> tuple[FiltroPersoneForm, elenco.Filtro]:
    form = FiltroPersoneForm(request.GET or None, autorita=autorita)
    if not form.is_bound or not form.is_valid():
        return form, elenco.Filtro()
    return form, elenco.Filtro(**form.cleaned_data)

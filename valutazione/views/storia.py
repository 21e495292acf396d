"""What happened to a programme, to an evidence, to an organisation: read from the event log."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from distretti.models import Annotabile, CodicePrecedente, Distretto, Evento, OggettoEvento, Organizzazione
from distretti.permissions import Persona, ambiti_di
from distretti.views.risposte import pagina_di, stato_di
from programmi.accesso import programma_o_404
from programmi.permissions import segue_programma
from valutazione.accesso import evidenza_o_404, programma_valutabile
from valutazione.forms.storia import StoriaForm
from valutazione.pagine.storia import voce_storia
from valutazione.permissions import puo_leggere_storia, puo_registrare

DEL_PROGRAMMA = ("programma", "progettualita", "riga", "osservazione", "evidenza", "registro")
DELL_EVIDENZA = ("evidenza", "registro")
DELL_ORGANIZZAZIONE = ("organizzazione", "adesione", "certificazione", "registro")


@require_safe
def storia_programma(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """With that of its evidence, for who follows the programme."""
    programma = programma_o_404(request.user, codice, anno)
    if not segue_programma(request.user, programma):
        raise PermissionDenied("La storia di un programma è riservata a chi lo segue.")
    distretto = programma.distretto
    briciole = _distretto(distretto.denominazione, distretto.codice)
    briciole += [programma.titolo_breve, programma.get_absolute_url()]
    return _storia(request, programma, DEL_PROGRAMMA, str(programma), briciole)


@require_safe
def storia_evidenza(request: HttpRequest, codice: str, anno: int, pk: int) -> HttpResponse:
    """From its registration on: a bozza has no history."""
    programma = programma_valutabile(request, codice, anno)
    evidenza = evidenza_o_404(programma, pk)
    if evidenza.in_bozza and not puo_registrare(request.user, programma):
        raise Http404
    distretto = programma.distretto
    briciole = _distretto(distretto.denominazione, distretto.codice)
    briciole += [programma.titolo_breve, programma.get_absolute_url()]
    briciole += [str(evidenza), evidenza.get_absolute_url()]
    return _storia(request, evidenza, DELL_EVIDENZA, str(evidenza), briciole)


@require_safe
def storia_organizzazione(request: HttpRequest, codice: str) -> HttpResponse:
    """Names, marks, adhesions: for the authorities and the districts it belongs to, or belonged.

    Of the adhesions, with their reasons, each reads those of the districts they follow.
    """
    organizzazione = Organizzazione.objects.filter(codice=codice).first()
    if organizzazione is None:
        unita = get_object_or_404(CodicePrecedente.objects.select_related("organizzazione"), codice=codice)
        return redirect("storia-organizzazione", codice=unita.organizzazione.codice, permanent=True)
    if not puo_leggere_storia(request.user, organizzazione):
        raise PermissionDenied("La storia di un'organizzazione è riservata a chi ne segue il registro.")
    indirizzo = reverse("organizzazione", args=[codice])
    briciole = [organizzazione.denominazione, indirizzo]
    altrui = Q(azione__startswith="adesione.") & ~Q(Exists(_di_un_distretto_seguito(request.user)))
    return _storia(request, organizzazione, DELL_ORGANIZZAZIONE, str(organizzazione), briciole, altrui)


def _di_un_distretto_seguito(utente: Persona) -> QuerySet[OggettoEvento]:
    """What an event names, when it is a district over which ``utente`` holds a role."""
    distretti, autorita = ambiti_di(utente)
    seguiti = Distretto.objects.filter(Q(pk__in=distretti) | Q(autorita__in=autorita))
    nomi = [distretto.riferimento_evento for distretto in seguiti.only("codice")]
    return OggettoEvento.objects.filter(evento=OuterRef("pk"), riferimento__in=nomi)


def _distretto(nome: str, codice: str) -> list[str]:
    return ["Distretti", reverse("distretti"), nome, reverse("distretto", args=[codice])]


def _riferimenti(oggetto: Annotabile) -> list[str]:
    """The names the events know it by: of an organisation, those of the records merged into it too."""
    precedenti = oggetto.codici_precedenti.all() if isinstance(oggetto, Organizzazione) else ()
    return [oggetto.riferimento_evento, *(f"organizzazione/{precedente}" for precedente in precedenti)]


def _storia(
    request: HttpRequest,
    oggetto: Annotabile,
    generi: Iterable[str],
    nome: str,
    briciole: list[str],
    tranne: Q | None = None,
) -> HttpResponse:
    form = StoriaForm(request.GET or None, generi=generi)
    eventi = Evento.objects.che_riguardano(*_riferimenti(oggetto)).per_elenco()
    if tranne is not None:
        eventi = eventi.exclude(tranne)
    if form.is_bound and form.is_valid() and form.cleaned_data["genere"]:
        eventi = eventi.filter(azione__startswith=f"{form.cleaned_data['genere']}.")
    pagina = pagina_di(request, eventi)
    contesto: dict[str, Any] = {
        "nome": nome,
        "briciole": [*briciole, "Storia"],
        "form": form,
        "pagina": pagina,
        "voci": [voce_storia(evento) for evento in pagina],
    }
    return render(request, "valutazione/storia.html", contesto, status=stato_di(form))

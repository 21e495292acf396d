"""The page of what an authority sets for a year: the days for replying, how long files are kept."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from distretti.errori import DatiNonValidi, ModificatoNelFrattempo
from distretti.models import Autorita
from distretti.versioni import versione_di
from distretti.views.risposte import CONFLITTO, inviati, riporta_errori, stato_di
from programmi.forms.base import ParteForm, in_conflitto
from valutazione.accesso import anno_o_404, utente_di
from valutazione.forms.parametri_anno import ConservazioneForm, TermineReplicheForm
from valutazione.models import ParametriChiusura, ParametriConservazione
from valutazione.permissions import puo_tenere_parametri
from valutazione.services.parametri_anno import stabilisci

NON_LI_SCRIVE = "I parametri li scrive il referente per l'attività o il dirigente."


@dataclass(frozen=True, slots=True)
class PaginaParametro:
    """The words of the page, what it writes, and the page (``torna``, ``sopra``) it goes back to."""

    modello: type[ParametriChiusura] | type[ParametriConservazione]
    form: type[ParteForm]
    titolo: str
    sopra: str
    torna: str
    fatto: str

    def verso(self, autorita: Autorita, anno: int) -> str:
        """The address it goes back to: of the year, or of the authority."""
        return reverse(
            self.torna, args=[autorita.codice, anno] if self.torna == "parametri" else [autorita.codice]
        )


REPLICHE = PaginaParametro(
    ParametriChiusura,
    TermineReplicheForm,
    "Giorni per replicare",
    "Parametri dell'anno",
    "parametri",
    "I giorni per replicare del {anno} sono stabiliti.",
)
CONSERVAZIONE = PaginaParametro(
    ParametriConservazione,
    ConservazioneForm,
    "Quanto si conservano i file",
    "Conservazione dei file",
    "conservazione",
    "Il termine di conservazione dei file del {anno} è stabilito.",
)


@require_http_methods(["GET", "HEAD", "POST"])
def parametro_anno(request: HttpRequest, codice: str, anno: int, pagina: PaginaParametro) -> HttpResponse:
    """Set or change what ``pagina`` says for a year."""
    autorita = get_object_or_404(Autorita, codice=codice)
    anno_o_404(anno)
    if puo_tenere_parametri(request.user, autorita) is None:
        raise PermissionDenied(NON_LI_SCRIVE)
    attuali = pagina.modello._default_manager.filter(autorita=autorita, anno=anno).first()
    iniziali = {"versione": versione_di({} if attuali is None else attuali.valori())}
    if attuali is not None:
        iniziali |= {campo: getattr(attuali, campo) for campo in attuali.CAMPI}
    form = pagina.form(inviati(request), initial=iniziali)
    verso = pagina.verso(autorita, anno)
    contesto: dict[str, Any] = {
        "autorita": autorita,
        "anno": anno,
        "form": form,
        "pagina": pagina,
        "verso": verso,
    }
    if request.method == "POST" and form.is_valid():
        try:
            stabilisci(
                pagina.modello,
                autorita=autorita,
                anno=anno,
                dati=form.cleaned_data,
                utente=utente_di(request),
                versione=form.versione_letta,
            )
        except DatiNonValidi as errore:
            riporta_errori(form, errore)
        except ModificatoNelFrattempo as errore:
            contesto["conflitto"] = in_conflitto(form, errore)
            return render(request, "valutazione/parametro_anno.html", contesto, status=CONFLITTO)
        else:
            messages.success(request, pagina.fatto.format(anno=anno))
            return redirect(verso)
    return render(request, "valutazione/parametro_anno.html", contesto, status=stato_di(form))

"""Recording many evidences at once: a table kept while it is typed, looked at, recorded in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from distretti.basi.italiano import conta, elenco
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.views.risposte import CONFLITTO, NON_VALIDO
from programmi.models import Programma
from programmi.regola import TipoEvidenza
from valutazione.accesso import programma_da_registrare, utente_di
from valutazione.chiusura import controlla_registrabile
from valutazione.forms.righe_viste import RIGHE_CAMBIATE, righe_viste
from valutazione.forms.serie import SerieForm
from valutazione.letture import Valutazione, valutazione_di
from valutazione.models import SerieInCorso
from valutazione.pagine.serie import righe_in_tabella
from valutazione.serie.celle import MASSIMO_RIGHE
from valutazione.serie.colonne import Colonna, colonne_di, mostrate
from valutazione.serie.digitata import digitata
from valutazione.serie.esame import Esame, RigaEsaminata, esamina, senza_codice
from valutazione.serie.ultime import ultime_scelte
from valutazione.services.serie import SerieSuperata, registra_serie, tieni_serie

REGISTRANO = ("giuste", "doppie", "registra")
"""The right rows that are nowhere else yet; those that perhaps are, too; all of them, or none."""
AZIONI = ("salva", "tipo", "altre", "controlla", "svuota", *REGISTRANO)
ALTRE = 10


@dataclass(frozen=True)
class Tavola:
    """The table that a person has before them."""

    valutazione: Valutazione
    contenuto: dict[str, Any]
    form: SerieForm
    versione: int

    @property
    def programma(self) -> Programma:
        return self.valutazione.programma

    @property
    def celle(self) -> list[dict[str, str]]:
        righe: list[dict[str, str]] = self.contenuto.get("celle", [])
        return righe

    def colonne(self) -> list[Colonna]:
        return colonne_di(self.form.tipo_scelto, self.form.scelte().righe)

    def esame(self) -> Esame:
        return esamina(self.valutazione, self.form.scelte(), self.celle)


def serie_di(request: HttpRequest, programma: Programma) -> SerieInCorso:
    """What is kept for who asks; an empty one, not in the database, when there is nothing."""
    utente = utente_di(request)
    trovata = SerieInCorso.objects.filter(programma=programma, utente=utente).first()
    return trovata or SerieInCorso(programma=programma, utente=utente)


def tavola_di(
    request: HttpRequest, programma: Programma, serie: SerieInCorso, inviato: QueryDict | None = None
) -> Tavola:
    """The table as it is kept, or as it was ``inviato``; what was not chosen yet is as the last time."""
    valutazione, viste = valutazione_di(programma), righe_viste(programma)
    contenuto = dict(serie.contenuto) if inviato is None else digitata(inviato)
    if inviato is None and "tipo" not in contenuto:
        contenuto = come_l_ultima_volta(request, programma, contenuto)
    cambiate = contenuto.get("righe_viste", viste) != viste
    if cambiate:
        contenuto = _senza_righe(contenuto, viste)
        inviato = inviato and _ripreso(inviato, viste)
    form = SerieForm(
        inviato,
        initial=contenuto | {"versione": serie.versione, "righe_viste": viste},
        scheda=valutazione.scheda,
        tipo=_tipo(contenuto.get("tipo", "")),
    )
    if inviato is not None:
        form.is_valid()
        if cambiate:
            form.add_error(None, RIGHE_CAMBIATE)
        if len(contenuto.get("celle", [])) > MASSIMO_RIGHE:
            form.add_error(None, f"Le righe sono più di {MASSIMO_RIGHE}: registrane una parte.")
    return Tavola(valutazione, contenuto, form, serie.versione)


def _senza_righe(contenuto: dict[str, Any], viste: str) -> dict[str, Any]:
    """A variazione came between: the codes of the lines, and of their measures, may be of others now."""
    celle = [
        {chiave: testo for chiave, testo in riga.items() if not chiave.startswith("misura-")}
        for riga in contenuto.get("celle", [])
    ]
    return contenuto | {"righe": [], "celle": celle, "righe_viste": viste}


def _ripreso(inviato: QueryDict, viste: str) -> QueryDict:
    dati = inviato.copy()
    dati.setlist("righe", [])
    dati["righe_viste"] = viste
    return dati


def non_registrabile(request: HttpRequest, programma: Programma) -> HttpResponse | None:
    """Where evidence may not be recorded now: why, on the list of the evidence."""
    try:
        controlla_registrabile(programma)
    except StatoNonAmmesso as errore:
        messages.error(request, errore.messaggio)
        return redirect("evidenze", programma.distretto.codice, programma.anno)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def serie(request: HttpRequest, codice: str, anno: int) -> HttpResponse:
    """The table: what was typed is kept before anything else is done with it."""
    programma = programma_da_registrare(request, codice, anno)
    conservata = serie_di(request, programma)
    if request.method == "POST":
        return _invia(request, programma, conservata)
    chiusa = non_registrabile(request, programma)
    return chiusa or _pagina(request, conservata, tavola_di(request, programma, conservata))


def _invia(request: HttpRequest, programma: Programma, conservata: SerieInCorso) -> HttpResponse:
    azione = request.POST.get("azione", "salva")
    if azione not in AZIONI:
        raise BadRequest(f"Azione sconosciuta: {azione[:40]}")
    versione = _intero(request.POST["versione"]) if "versione" in request.POST else conservata.versione
    contenuto = {} if azione == "svuota" else digitata(request.POST)
    if azione == "tipo":
        contenuto = come_l_ultima_volta(request, programma, contenuto)
    try:
        tenuta = tieni_serie(
            programma=programma, utente=utente_di(request), contenuto=contenuto, versione=versione
        )
    except SerieSuperata as errore:
        return _superata(request, programma, errore)
    if azione in REGISTRANO:
        return _registra(request, programma, tenuta, azione)
    dove = reverse("evidenze-in-serie", args=[programma.distretto.codice, programma.anno])
    if azione == "svuota":
        messages.success(request, "La tabella è vuota.")
    elif azione == "salva":
        messages.success(
            request, "La tabella è conservata: puoi continuare quando vuoi, anche da un altro posto."
        )
    return redirect(f"{dove}?altre={ALTRE}#tabella" if azione == "altre" else f"{dove}#{_ancora(azione)}")


def _ancora(azione: str) -> str:
    return {"controlla": "esito", "tipo": "scelte"}.get(azione, "tabella")


def _registra(request: HttpRequest, programma: Programma, tenuta: SerieInCorso, azione: str) -> HttpResponse:
    tavola = tavola_di(request, programma, tenuta, request.POST)
    esame = tavola.esame()
    scelte = esame.nuove if azione == "giuste" else esame.buone
    if impedimento := _impedimento(esame, scelte, azione):
        tavola.form.add_error(None, impedimento)
    if tavola.form.errors or (esame.errate and azione == "registra"):
        return _pagina(request, tenuta, tavola, esame, stato=NON_VALIDO)
    numeri = {riga.numero for riga in scelte}
    restano = [riga for riga in esame.righe if riga.numero not in numeri]
    resto = {**tenuta.contenuto, "celle": [dict(riga.celle) for riga in restano]} if restano else {}
    try:
        registra_serie(
            serie=tenuta, voci=[senza_codice(r) for r in scelte], resto=resto, utente=utente_di(request)
        )
    except SerieSuperata as errore:
        return _superata(request, programma, errore)
    except DatiNonValidi as errore:
        tavola.form.add_error(None, errore.messaggio)
        return _pagina(request, tenuta, tavola, esame, stato=NON_VALIDO)
    except StatoNonAmmesso as errore:
        messages.error(request, f"{errore.messaggio} La tabella è conservata.")
        return redirect("evidenze", programma.distretto.codice, programma.anno)
    return _registrate(request, programma, len(scelte), restano)


def _impedimento(esame: Esame, scelte: Sequence[RigaEsaminata], azione: str) -> str:
    """Why nothing is recorded; "" when something may be."""
    if not esame.righe:
        return "Scrivi almeno una riga."
    if not esame.buone:
        return "Nessuna riga è giusta: gli errori sono accanto a ciascuna."
    if not scelte:
        return "Nessuna riga è nuova: le giuste forse ci sono già tutte."
    if azione == "registra" and esame.doppie:
        forse = conta(len(esame.doppie), "riga forse c'è già", "righe forse ci sono già")
        return f"{forse}: in fondo scegli se registrare solo le nuove."
    return ""


def _registrate(
    request: HttpRequest, programma: Programma, quante: int, restano: Sequence[RigaEsaminata]
) -> HttpResponse:
    fatte = conta(quante, "evidenza registrata", "evidenze registrate")
    if not restano:
        messages.success(request, f"{fatte}.")
        return redirect("evidenze", programma.distretto.codice, programma.anno)
    doppie = sum(riga.buona for riga in restano)
    errate = len(restano) - doppie
    quali = [conta(errate, "riga da correggere", "righe da correggere")] if errate else []
    if doppie:
        quali.append(conta(doppie, "riga che forse c'è già", "righe che forse ci sono già"))
    verbo = "resta" if (errate or doppie) == 1 else "restano"
    messages.success(request, f"{fatte}. Qui sotto {verbo} {elenco(quali)}.")
    # Over a redirect with no fragment a browser keeps the one it had: the message is further up.
    dove = reverse("evidenze-in-serie", args=[programma.distretto.codice, programma.anno])
    return redirect(f"{dove}#contenuto")


def _superata(request: HttpRequest, programma: Programma, errore: SerieSuperata) -> HttpResponse:
    """Sent twice: it is recorded already. Else both tables are there: this one to be saved knowingly."""
    if errore.gia_registrata:
        messages.info(request, "La tabella era già stata registrata: non è stata registrata due volte.")
        return redirect("evidenze", programma.distretto.codice, programma.anno)
    tavola = tavola_di(request, programma, errore.serie, request.POST)
    dati = request.POST.copy()
    dati["versione"] = str(errore.serie.versione)
    tavola.form.data = dati
    return _pagina(request, errore.serie, tavola, stato=CONFLITTO)


def _pagina(
    request: HttpRequest,
    serie: SerieInCorso,
    tavola: Tavola,
    esame: Esame | None = None,
    stato: int = 200,
) -> HttpResponse:
    esame = esame or tavola.esame()
    colonne = mostrate(tavola.colonne(), tavola.celle)
    contesto = {
        "programma": tavola.programma,
        "form": tavola.form,
        "esame": esame,
        "effetto": esame.effetto,
        "colonne": colonne,
        "righe": righe_in_tabella(esame, colonne, _altre(request)),
        "aderenti": [(o.codice, o.denominazione) for o in tavola.valutazione.scheda.organizzazioni],
        "altrove": len(serie.celle) if stato == CONFLITTO else None,
    }
    return render(request, "valutazione/serie.html", contesto, status=stato)


def _altre(request: HttpRequest) -> int:
    return min(_intero(request.GET.get("altre", "")) or 0, 100)


def _intero(testo: str) -> int | None:
    return int(testo) if testo.isascii() and testo.isdecimal() and len(testo) < 10 else None


def _tipo(valore: str) -> TipoEvidenza:
    try:
        return TipoEvidenza(valore)
    except ValueError:
        return TipoEvidenza.INCONTRO


def come_l_ultima_volta(
    request: HttpRequest, programma: Programma, contenuto: dict[str, Any]
) -> dict[str, Any]:
    """``contenuto`` with the choices that the person made the last time, for its type if it has one."""
    tipo = _tipo(contenuto["tipo"]) if "tipo" in contenuto else None
    ultime = ultime_scelte(programma, utente_di(request), tipo)
    tolte = {chiave: valore for chiave, valore in contenuto.items() if chiave == "celle"}
    if ultime is None:
        return tolte | {"tipo": (tipo or TipoEvidenza.INCONTRO).value}
    return tolte | {
        "tipo": ultime.tipo.value,
        "righe": list(ultime.righe),
        "presenze": list(ultime.presenze),
        "luogo": ultime.luogo,
    }

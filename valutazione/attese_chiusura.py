"""What of the closing of the years waits on the desk: for the Agenzia the longest first; for the manager,
what came back, what is to transmit, where there are replies to give.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from distretti.models import Ruolo
from distretti.permissions import Persona, incarichi_di
from programmi.models import STATI_APPROVATI, Programma
from valutazione.chiusura.attese import Attesa, attesa_di
from valutazione.models import Chiusura, Imputazione, StatoChiusura
from valutazione.tabella import DICHIARANO

IN_ELENCO = 20
"""Rows on the desk; that there are others is said below."""

_S = StatoChiusura
_UN_ANNO = timedelta(days=366)
"""An esercizio that ended before is history: nobody is asked for its autovalutazione any more."""


@dataclass(frozen=True, slots=True)
class AnnoDaChiudere:
    """A programme whose closing waits; ``restituita``: its autovalutazione came back."""

    programma: Programma
    attesa: Attesa
    restituita: bool


@dataclass(frozen=True, slots=True)
class AnniDaChiudere:
    """The first of them; ``altri``: are there more?"""

    anni: list[AnnoDaChiudere]
    altri: bool


def anni_dell_agenzia(utente: Persona, oggi: date) -> AnniDaChiudere | None:
    """Those that wait for the authorities of ``utente``; None for who works for none."""
    autorita = {i.autorita_id for i in incarichi_di(utente) if i.autorita_id is not None}
    if not autorita:
        return None
    replicabili = Imputazione.objects.da_replicare().filter(evidenza__programma=OuterRef("programma"))
    aspettano = Q(stato__in=[_S.AUTOVALUTATA.value, _S.DEFINITA.value]) | (
        Q(stato=_S.VERIFICATA.value) & (Q(repliche_entro__lt=oggi) | ~Exists(replicabili))
    )
    righe = Chiusura.objects.filter(aspettano, programma__distretto__autorita__in=autorita)
    righe = righe.select_related("programma__distretto__autorita").order_by("stato_dal", "pk")
    anni = [_anno(chiusura.programma, chiusura, oggi, False) for chiusura in righe[: IN_ELENCO + 1]]
    return AnniDaChiudere(anni[:IN_ELENCO], len(anni) > IN_ELENCO)


def anni_del_manager(utente: Persona, oggi: date) -> AnniDaChiudere | None:
    """Those that wait for ``utente``; None for who is nobody's manager."""
    distretti = {
        i.distretto_id
        for i in incarichi_di(utente)
        if i.distretto_id is not None and Ruolo(i.ruolo) in DICHIARANO
    }
    if not distretti:
        return None
    da_trasmettere = Q(chiusura__isnull=True) | Q(chiusura__stato=_S.IN_CORSO.value)
    replicabili = Imputazione.objects.da_replicare().filter(evidenza__programma=OuterRef("pk"))
    righe = (
        Programma.objects.annuali()
        .filter(distretto__in=distretti, stato__in=STATI_APPROVATI)
        .filter(
            da_trasmettere & Q(al__lte=oggi, al__gt=oggi - _UN_ANNO)
            | Q(chiusura__stato=_S.VERIFICATA.value, chiusura__repliche_entro__gte=oggi) & Exists(replicabili)
        )
        .select_related("distretto__autorita", "chiusura")
        .order_by("al", "pk")
    )
    anni = [_anno(p, getattr(p, "chiusura", None), oggi, True) for p in righe[: IN_ELENCO + 1]]
    return AnniDaChiudere(anni[:IN_ELENCO], len(anni) > IN_ELENCO)


def _anno(programma: Programma, chiusura: Chiusura | None, oggi: date, si_replica: bool) -> AnnoDaChiudere:
    """A closing that is in its year, and has a row, came back."""
    restituita = chiusura is not None and chiusura.stato == _S.IN_CORSO
    attesa = attesa_di(programma, chiusura or Chiusura(programma=programma), oggi, si_replica)
    return AnnoDaChiudere(programma, attesa, restituita)

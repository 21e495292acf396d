"""The replies that wait on the desk: to be written, also by who was manager then; to be answered."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from distretti.models import Incarico, Utente
from distretti.permissions import Persona, incarichi_di
from programmi.models import Programma
from valutazione.models import (
    AzioneChiusura,
    Chiusura,
    Imputazione,
    PassaggioChiusura,
    ReplicaVerifica,
    StatoChiusura,
)
from valutazione.tabella import DICHIARANO, VERIFICANO


@dataclass(frozen=True, slots=True)
class AttesaReplica:
    """A programme with ``quante`` decisions to reply to by ``entro``; else replies to answer."""

    programma: Programma
    quante: int
    entro: date | None


def repliche_di(utente: Persona, oggi: date) -> list[AttesaReplica]:
    """What waits for ``utente``: three queries, however many they are."""
    if not isinstance(utente, Utente) or not utente.is_active:
        return []
    return [*_da_scrivere(utente, oggi), *_da_rispondere(utente)]


def _da_scrivere(utente: Utente, oggi: date) -> list[AttesaReplica]:
    """Where one may reply (``permissions.ruolo_di_replica``) and has not, within the days."""
    trasmissione = PassaggioChiusura.objects.filter(
        chiusura=OuterRef("pk"), azione=AzioneChiusura.TRASMISSIONE_AUTOVALUTAZIONE
    ).order_by("-ordine")
    fine = F("programma__al")
    chiusure = Chiusura.objects.annotate(trasmessa=Coalesce(Subquery(trasmissione.values("il")[:1]), fine))
    suoi = Incarico.objects.filter(
        utente=utente, ruolo__in=DICHIARANO, distretto=OuterRef("programma__distretto")
    )
    giorni = Q()
    for giorno in (oggi, OuterRef("programma__al"), OuterRef("trasmessa")):
        giorni |= Q(dal__lte=giorno) & (Q(al__isnull=True) | Q(al__gte=giorno))
    contrarie = (
        Imputazione.objects.da_replicare().filter(evidenza__programma=OuterRef("programma")).order_by()
    )
    quante = contrarie.values("evidenza__programma").annotate(quante=Count("pk")).values("quante")
    aperte = (
        chiusure.filter(Exists(suoi.filter(giorni)), stato=StatoChiusura.VERIFICATA, repliche_entro__gte=oggi)
        .annotate(quante=Subquery(quante))
        .filter(quante__gt=0)
        .select_related("programma__distretto__autorita")
        .order_by("repliche_entro", "pk")
    )
    return [AttesaReplica(c.programma, c.quante, c.repliche_entro) for c in aperte]


def _da_rispondere(utente: Utente) -> list[AttesaReplica]:
    """The replies that wait for the authorities for which one verifies."""
    autorita = {i.autorita_id for i in incarichi_di(utente) if i.ruolo in VERIFICANO}
    attese = ReplicaVerifica.objects.da_decidere().filter(
        imputazione__evidenza__programma__distretto__autorita__in=autorita
    )
    programma = "imputazione__evidenza__programma"
    quante = dict(attese.order_by().values_list(programma).annotate(Count("pk")))
    programmi = Programma.objects.filter(pk__in=quante).select_related("distretto__autorita")
    return [AttesaReplica(p, quante[p.pk], None) for p in programmi.order_by("anno", "pk")]

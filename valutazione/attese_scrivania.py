"""What waits on the desk: for the Agenzia by days, the longest first; for the district, what it has to do."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils import timezone

from distretti.models import Ruolo
from distretti.models.utente import RUOLI_DI_DISTRETTO
from distretti.permissions import Persona, incarichi_di, ruoli_su
from programmi.attese import (
    ATTESI,
    STATI_DEL_DIRIGENTE,
    STATI_DEL_DISTRETTO,
    STATI_DEL_REFERENTE,
    Attesa,
    attese_di,
    che_aspettano,
)
from programmi.completezza import quante_mancanze
from programmi.models import AzionePassaggio, Osservazione, Passaggio, Programma, StatoProgramma
from programmi.models.programma import ProgrammaQuerySet
from programmi.tabella import (
    APPROVAZIONE,
    CHIUSURA,
    FIRMANO,
    INTEGRAZIONE,
    MESSA_ALLA_FIRMA,
    PRESA_IN_CARICO,
    PROPOSTA,
    PUBBLICAZIONE,
    REPLICA,
    RESTITUZIONE,
    RINVIO,
    SCRITTURA,
    TRASMISSIONE,
    Azione,
)
from valutazione.models import Imputazione, StatoEvidenza, StatoImputazione

AZIONI = (
    SCRITTURA,
    REPLICA,
    TRASMISSIONE,
    PRESA_IN_CARICO,
    INTEGRAZIONE,
    CHIUSURA,
    PROPOSTA,
    RINVIO,
    MESSA_ALLA_FIRMA,
    APPROVAZIONE,
    RESTITUZIONE,
    PUBBLICAZIONE,
)
"""What the desk leads to: what moves a programme on; withdrawing or rejecting it is on its page."""

_NOMI = {
    "tutte": ("Tutto", (*STATI_DEL_REFERENTE, *STATI_DEL_DIRIGENTE)),
    "mie": ("Ciò che aspetta me", ()),
    "esame": ("Da esaminare", (StatoProgramma.TRASMESSO, StatoProgramma.IN_ESAME)),
    "firma": ("Dal dirigente", STATI_DEL_DIRIGENTE),
    "pubblicazione": ("Da pubblicare", (StatoProgramma.APPROVATO,)),
}


@dataclass(frozen=True, slots=True)
class Voce:
    """A programme that waits: its clock, whose turn it is, what who looks may do, what there is to mend."""

    programma: Programma
    attesa: Attesa
    chi: str
    azioni: tuple[Azione, ...]
    osservazioni: int
    mancanze: int | None


@dataclass(frozen=True, slots=True)
class Gruppo:
    """One of the ways to look at what waits, with how many there are."""

    codice: str
    nome: str
    quanti: int


@dataclass(frozen=True, slots=True)
class AtteseAgenzia:
    """What waits for the authorities of a person: the groups, the one looked at, its programmes in order."""

    gruppi: tuple[Gruppo, ...]
    scelto: str
    programmi: ProgrammaQuerySet


def attese_dell_agenzia(utente: Persona, chieste: str) -> AtteseAgenzia | None:
    """All that waits for the Agenzia, in the group ``chieste``; None for who works for no authority.

    Without a group who only signs begins from what waits for them, the others from everything.
    """
    ruoli = [(i.autorita_id, Ruolo(i.ruolo)) for i in incarichi_di(utente) if i.autorita_id is not None]
    if not ruoli:
        return None
    tutti = Programma.objects.filter(
        che_aspettano(timezone.localdate()),
        distretto__autorita__in={pk for pk, _ in ruoli},
        stato__in=_NOMI["tutte"][1],
    )
    miei = _miei(ruoli)
    gruppi = {codice: Q(stato__in=stati) for codice, (_, stati) in _NOMI.items()} | {"mie": miei}
    contati = tutti.order_by().aggregate(
        **{codice: Count("pk", filter=condizione) for codice, condizione in gruppi.items()}
    )
    scelto = chieste if chieste in gruppi else _gruppo_di(ruoli)
    return AtteseAgenzia(
        gruppi=tuple(Gruppo(codice, nome, contati[codice]) for codice, (nome, _) in _NOMI.items()),
        scelto=scelto,
        programmi=tutti.filter(gruppi[scelto]).per_elenco().order_by("stato_dal", "pk"),
    )


def _miei(ruoli: Iterable[tuple[int, Ruolo]]) -> Q:
    """The states in which it is the turn of one of these roles."""
    condizione = Q(pk__in=[])
    for autorita, ruolo in ruoli:
        stati = [stato for stato, attesi in ATTESI.items() if ruolo in attesi]
        condizione |= Q(distretto__autorita=autorita, stato__in=stati)
    return condizione


def _gruppo_di(ruoli: Iterable[tuple[int, Ruolo]]) -> str:
    suoi = {ruolo for _, ruolo in ruoli}
    return "mie" if suoi & set(FIRMANO) and Ruolo.REFERENTE_ATTIVITA not in suoi else "tutte"


def attese_del_distretto(utente: Persona) -> ProgrammaQuerySet | None:
    """Drafts to finish and programmes sent back, of the districts where ``utente`` holds a role (or None)."""
    distretti = _distretti(utente, RUOLI_DI_DISTRETTO)
    if not distretti:
        return None
    righe = Programma.objects.filter(distretto__in=distretti, stato__in=STATI_DEL_DISTRETTO)
    # "integrazioni_richieste" comes before "bozza": what the Agenzia sent back, then the drafts.
    return righe.per_elenco().order_by("-stato", "anno", "stato_dal", "pk")


def pianificate_passate(utente: Persona) -> ProgrammaQuerySet:
    """The programmes in which something planned should have happened, with how many (``passate``)."""
    ormai = Q(
        evidenze__pianificata=True,
        evidenze__stato=StatoEvidenza.REGISTRATA,
        evidenze__data__lt=timezone.localdate(),
    )
    righe = Programma.objects.annuali().filter(ormai, distretto__in=_distretti(utente, (Ruolo.MANAGER,)))
    return righe.annotate(passate=Count("evidenze")).per_elenco().order_by("-anno", "pk")


def da_verificare(programmi: Iterable[Programma]) -> dict[int, int]:
    """How many imputazioni of each of ``programmi`` wait for the Agenzia's decision."""
    righe = Imputazione.objects.filter(
        evidenza__programma__in=list(programmi),
        evidenza__stato=StatoEvidenza.REGISTRATA,
        evidenza__pianificata=False,
        stato=StatoImputazione.IN_ATTESA,
    )
    return dict(righe.order_by().values_list("evidenza__programma").annotate(Count("pk")))


def _distretti(utente: Persona, ruoli: Collection[Ruolo]) -> set[int]:
    return {
        i.distretto_id for i in incarichi_di(utente) if i.distretto_id is not None and Ruolo(i.ruolo) in ruoli
    }


def voci_di(utente: Persona, programmi: Iterable[Programma]) -> list[Voce]:
    """The rows of these programmes, in their order: so many queries, however many they are."""
    programmi = list(programmi)
    attese = attese_di(programmi)
    aperte = dict(
        Osservazione.objects.filter(programma__in=programmi)
        .aperte()
        .order_by()
        .values_list("programma")
        .annotate(Count("pk"))
    )
    bozze = [p for p in programmi if p.stato == StatoProgramma.BOZZA]
    mancanze = quante_mancanze(bozze)
    propri = _propri(utente, programmi)
    return [
        Voce(
            programma=p,
            attesa=attese[p.pk],
            chi=_chi(p),
            azioni=_azioni(utente, p, ha_osservazioni=p.pk in aperte, proprio=p.pk in propri),
            osservazioni=aperte.get(p.pk, 0),
            mancanze=mancanze.get(p.pk),
        )
        for p in programmi
    ]


def _chi(programma: Programma) -> str:
    """Whose turn it is, as a person reads it."""
    stato = StatoProgramma(programma.stato)
    if stato in STATI_DEL_DISTRETTO:
        return "distretto"
    return "dirigente" if stato in STATI_DEL_DIRIGENTE else "referente per l'attività"


def _propri(utente: Persona, programmi: list[Programma]) -> set[int]:
    """Those that ``utente`` wrote, transmitted or proposed: somebody else approves them."""
    alla_firma = [p.pk for p in programmi if p.stato == StatoProgramma.ALLA_FIRMA]
    scritti = Programma.autori.through.objects.filter(programma__in=alla_firma, utente=utente.pk)
    propri = (AzionePassaggio.PROPOSTA, AzionePassaggio.TRASMISSIONE)
    passati = Passaggio.objects.filter(programma__in=alla_firma, utente=utente.pk, azione__in=propri)
    return {pk for righe in (scritti, passati) for pk in righe.values_list(F("programma"), flat=True)}


def _azioni(
    utente: Persona, programma: Programma, *, ha_osservazioni: bool, proprio: bool
) -> tuple[Azione, ...]:
    """What ``utente`` may do on it now, as ``programmi.procedura.azioni_ammesse`` says, without a query."""
    ruoli = set(ruoli_su(utente, programma.distretto))
    tolte = {azione for azione in (REPLICA, CHIUSURA) if not ha_osservazioni}
    tolte |= {PROPOSTA} if ha_osservazioni else set()
    tolte |= {APPROVAZIONE} if proprio else set()
    return tuple(
        azione
        for azione in AZIONI
        if azione not in tolte and azione.ammessa_da(programma) and ruoli & set(azione.ruoli)
    )

"""Telling people: what waits for them, what came back, how it ended, who replied.

A service calls one of these inside its transaction, so a notice exists if and only if what it tells
happened. Who is told follows from the roles of the day; nobody is told what they did themselves.
Messages leave later (``programmi.posta_avvisi``).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from distretti.models import RUOLI_DI_DISTRETTO, Incarico, Ruolo, Utente
from programmi.attese import ATTESI
from programmi.models import (
    Avviso,
    AzionePassaggio,
    GenereAvviso,
    Passaggio,
    PreferenzaAvvisi,
    Programma,
    StatoProgramma,
)

_A, _G = AzionePassaggio, GenereAvviso
_DISTRETTO = ATTESI[StatoProgramma.BOZZA]
_AGENZIA = ATTESI[StatoProgramma.IN_ESAME]
_DIRIGENTE = ATTESI[StatoProgramma.ALLA_FIRMA]


@dataclass(frozen=True, slots=True)
class Notizia:
    """What a step says to whom: ``frase`` follows the name of the programme."""

    genere: GenereAvviso
    ruoli: Collection[Ruolo]
    frase: str


NOTIZIE: dict[AzionePassaggio, tuple[Notizia, ...]] = {
    _A.TRASMISSIONE: (Notizia(_G.DA_FARE, _AGENZIA, "è trasmesso e aspetta la presa in carico"),),
    _A.PRESA_IN_CARICO: (),
    _A.RINVIO: (Notizia(_G.RESTITUZIONE, _DISTRETTO, "l'Agenzia chiede integrazioni"),),
    _A.PROPOSTA: (Notizia(_G.DA_FARE, _DIRIGENTE, "è proposto per l'approvazione"),),
    _A.RESTITUZIONE: (Notizia(_G.RESTITUZIONE, _AGENZIA, "il dirigente lo restituisce all'esame"),),
    _A.MESSA_ALLA_FIRMA: (Notizia(_G.DA_FARE, _DIRIGENTE, "è alla firma"),),
    _A.APPROVAZIONE: (
        Notizia(_G.ESITO, RUOLI_DI_DISTRETTO, "è approvato"),
        Notizia(_G.DA_FARE, _AGENZIA, "è approvato e aspetta la pubblicazione"),
    ),
    _A.PUBBLICAZIONE: (Notizia(_G.ESITO, RUOLI_DI_DISTRETTO, "è pubblicato e in attuazione"),),
    _A.RITIRO: (Notizia(_G.ESITO, (*_DISTRETTO, *_AGENZIA, *_DIRIGENTE), "il distretto lo ha ritirato"),),
    _A.RESPINGIMENTO: (Notizia(_G.ESITO, (*RUOLI_DI_DISTRETTO, *_AGENZIA), "non è approvato"),),
    _A.RIAPERTURA: (Notizia(_G.DA_FARE, _DISTRETTO, "è di nuovo in bozza e si può correggere"),),
    _A.VARIAZIONE: (),  # told by the approval of the variazione itself
}


def nome_di(programma: Programma) -> str:
    """As a notice calls it: "Distretto famiglia Val di Non, programma 2026"."""
    breve = programma.titolo_breve
    return f"{programma.distretto.denominazione}, {breve[:1].lower()}{breve[1:]}"


def avvisa_passaggio(passaggio: Passaggio) -> None:
    """Tell of a step just taken: who it now waits for, who gets it back, how it ended.

    To be called in the transaction of the step; a transcribed step is not to be told.
    """
    programma = passaggio.programma
    for notizia in NOTIZIE[AzionePassaggio(passaggio.azione)]:
        avvisa(
            genere=notizia.genere,
            programma=programma,
            a=persone_con(programma, notizia.ruoli),
            testo=f"{nome_di(programma)}: {notizia.frase}.",
            chiave=f"passaggio/{passaggio.pk}/{notizia.genere}",
            autore=passaggio.utente,
        )


def avvisa(
    *,
    genere: GenereAvviso,
    programma: Programma | None,
    a: Iterable[Utente | int],
    testo: str,
    chiave: str,
    autore: Utente | None = None,
    percorso: str = "",
) -> None:
    """Tell ``testo`` to each of ``a`` (people, or their primary keys), except ``autore``; never twice.

    ``chiave`` names what is told (``passaggio/12``): who was told it already is not told again.
    ``percorso`` is the page it leads to, by default that of ``programma``. ``testo`` is read by mail too: no
    other people's data and no percentages.
    """
    if programma is None and not percorso:
        raise ValueError("A notice leads to a page.")
    chiavi = dict.fromkeys(persona if isinstance(persona, int) else persona.pk for persona in a)
    if autore is not None:
        chiavi.pop(autore.pk, None)
    scelte = {p.pk: p for p in PreferenzaAvvisi.objects.filter(pk__in=chiavi)}
    adesso = timezone.now()
    avvisi = [
        Avviso(
            utente_id=pk,
            genere=genere,
            programma=programma,
            testo=" ".join(testo.split())[:400],
            percorso=percorso or (programma.get_absolute_url() if programma is not None else ""),
            chiave=chiave,
            creato_alle=adesso,
            per_posta=pk not in scelte or scelte[pk].vuole(genere),
        )
        for pk in chiavi
    ]
    # Two at once telling the same thing leave one notice: the database has the last word.
    Avviso.objects.bulk_create(avvisi, ignore_conflicts=True)


def persone_con(programma: Programma, ruoli: Collection[Ruolo], giorno: date | None = None) -> list[int]:
    """Primary keys of who holds one of ``ruoli`` over ``programma`` on ``giorno`` (default: today)."""
    distretto = programma.distretto
    ambito = Q(distretto=distretto) | Q(autorita=distretto.autorita_id)
    incarichi = Incarico.objects.alla_data(giorno or timezone.localdate()).filter(
        ambito, ruolo__in=ruoli, utente__is_active=True, utente__applicazione=False
    )
    return list(incarichi.order_by("utente").values_list("utente", flat=True).distinct())


@transaction.atomic
def segna_letti(*, utente: Utente, avvisi: Iterable[int] | None = None, fino: int | None = None) -> int:
    """Mark read those of ``utente`` (of ``avvisi`` alone; up to the one with key ``fino``); say how many."""
    righe = Avviso.objects.filter(utente=utente).da_leggere()
    if avvisi is not None:
        righe = righe.filter(pk__in=list(avvisi))
    if fino is not None:
        righe = righe.filter(pk__lte=fino)
    return righe.update(letto_alle=timezone.now())


def preferenze_di(utente: Utente) -> PreferenzaAvvisi:
    """What ``utente`` chose; who chose nothing wants every kind by mail, soon."""
    return PreferenzaAvvisi.objects.filter(utente=utente).first() or PreferenzaAvvisi(utente=utente)


@transaction.atomic
def salva_preferenze(preferenze: PreferenzaAvvisi) -> PreferenzaAvvisi:
    """Keep them. What was refused now does not leave any more, even if it was about to."""
    preferenze.save()
    in_partenza = Avviso.objects.filter(utente=preferenze.utente_id).da_spedire()
    in_partenza.filter(genere__in=preferenze.generi_rifiutati()).update(per_posta=False)
    return preferenze

"""Noting what happened: the only door through which an event enters the log.

A service calls :func:`annota` at the END of its transaction: appending takes the head of the chain, and
whoever comes next waits for it until the transaction ends. What a service changes after it could deadlock.
"""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from distretti.basi.canonico import sha256_di
from distretti.log import richiesta_corrente
from distretti.models import (
    Annotabile,
    Autorita,
    DatiEvento,
    Distretto,
    Evento,
    OggettoEvento,
    Ruolo,
    TestaRegistro,
    Utente,
)
from distretti.permissions import incarichi_di
from distretti.persona import in_richiesta, utente_corrente

INIZIO = "0" * 64
"""The imprint before the first event."""

DA_COMANDO, NON_RICONOSCIUTO = "comando", "persona non riconosciuta"
"""Who did it, when nobody was signed in: outside of a request, and in one."""

Testi = Mapping[str, str]
"""Label → text, in Italian, as a person reads them."""


@dataclass(frozen=True, slots=True)
class Riferimento:
    """The name of an object that events speak of, where the row itself is not at hand, or no longer there."""

    riferimento_evento: str


def solo_diversi(prima: Testi, dopo: Testi) -> tuple[dict[str, str], dict[str, str]]:
    """What changed between two readings of the same thing: only the labels whose text is another."""
    diversi = [nome for nome in {**prima, **dopo} if prima.get(nome, "") != dopo.get(nome, "")]
    return (
        {nome: prima[nome] for nome in diversi if prima.get(nome)},
        {nome: dopo[nome] for nome in diversi if dopo.get(nome)},
    )


@dataclass(frozen=True, slots=True)
class Fatto:
    """One of many events of the same kind: on what, the labels before and after, why."""

    oggetti: Sequence[Annotabile]
    prima: Testi = field(default_factory=dict)
    dopo: Testi = field(default_factory=dict)
    motivo: str = ""


@transaction.atomic
def annota(
    *,
    azione: str,
    oggetti: Iterable[Annotabile],
    utente: Utente | None = None,
    ruolo: Ruolo | str | None = None,
    prima: Testi | None = None,
    dopo: Testi | None = None,
    motivo: str = "",
) -> Evento:
    """Append an event: ``azione`` (``programma.trasmissione``) on ``oggetti``, done by ``utente``.

    Without ``utente`` it is the person of the current request, else a command; without ``ruolo`` it is the
    role they hold on the first of the objects that tells a district or an authority. To be called last in the
    transaction of the change it tells of: the head of the chain stays locked until that ends.

    PostgreSQL looks at foreign keys only then, with the head still locked: a service that locks rows does it
    with ``no_key=True``, which does not keep out who points to them, or the two would wait for each other.
    """
    utente = utente or utente_corrente()
    oggetti = list(oggetti)
    if ruolo is None and utente is not None:
        ruolo = _ruolo_presso(utente, oggetti)
    fatto = Fatto(oggetti, prima or {}, dopo or {}, motivo)
    return _aggiungi([_nuovo(azione, fatto, utente, ruolo)])[0]


@transaction.atomic
def annota_molti(
    *, azione: str, fatti: Iterable[Fatto], utente: Utente, ruolo: Ruolo | str | None = None
) -> list[Evento]:
    """As :func:`annota`, an event for each of ``fatti``, with the queries of one."""
    fatti = list(fatti)
    if ruolo is None and fatti:
        ruolo = _ruolo_presso(utente, fatti[0].oggetti)
    return _aggiungi([_nuovo(azione, fatto, utente, ruolo) for fatto in fatti]) if fatti else []


@dataclass(frozen=True, slots=True)
class _Nuovo:
    evento: Evento
    riferimenti: list[str]
    contenuto: str
    sale: str


def _nuovo(azione: str, fatto: Fatto, utente: Utente | None, ruolo: Ruolo | str | None) -> _Nuovo:
    """An event with all that it tells, still without its place in the chain."""
    contenuto = {
        "chi": str(utente) if utente is not None else NON_RICONOSCIUTO if in_richiesta() else DA_COMANDO,
        "prima": dict(fatto.prima),
        "dopo": dict(fatto.dopo),
        "motivo": fatto.motivo.strip(),
    }
    richiesta = richiesta_corrente.get()
    evento = Evento(
        azione=azione,
        utente=utente,
        ruolo=ruolo or "",
        richiesta="" if richiesta == "-" else richiesta,
    )
    riferimenti = list(dict.fromkeys(oggetto.riferimento_evento for oggetto in fatto.oggetti))
    return _Nuovo(evento, riferimenti, json.dumps(contenuto, ensure_ascii=False), secrets.token_hex(32))


def _ruolo_presso(utente: Utente, oggetti: Iterable[Annotabile]) -> str:
    """The role of ``utente`` that reaches one of ``oggetti``; their only one; else none is said."""
    incarichi = incarichi_di(utente)
    for oggetto in oggetti:
        distretto = oggetto if isinstance(oggetto, Distretto) else getattr(oggetto, "distretto", None)
        autorita = oggetto if isinstance(oggetto, Autorita) else getattr(distretto, "autorita", None)
        for incarico in incarichi:
            suo = distretto is not None and incarico.distretto_id == distretto.pk
            if suo or (autorita is not None and incarico.autorita_id == autorita.pk):
                return incarico.ruolo
    ruoli = {incarico.ruolo for incarico in incarichi}
    return ruoli.pop() if len(ruoli) == 1 else ""


def impegno_di(sale: str, contenuto: str) -> str:
    """What the chain keeps of the data of an event: nobody can guess them from it without the salt."""
    return sha256(f"{sale}\n{contenuto}".encode()).hexdigest()


def impronta_di(evento: Evento, riferimenti: list[str]) -> str:
    """The imprint of a row: of the one before it, and of all its fields."""
    dati: dict[str, Any] = {
        "numero": evento.numero,
        "alle": evento.alle.astimezone(UTC).isoformat(timespec="microseconds"),
        "azione": evento.azione,
        "utente": evento.utente_id,
        "ruolo": str(evento.ruolo),
        "richiesta": evento.richiesta,
        "oggetti": riferimenti,
        "impegno": evento.impegno,
        "precedente": evento.precedente,
    }
    return sha256_di(dati)


def _aggiungi(nuovi: Sequence[_Nuovo]) -> list[Evento]:
    """The next links: the head is locked first, so there is no gap and no fork, whoever else is writing."""
    testa, _ = TestaRegistro.objects.select_for_update(no_key=True).get_or_create(pk=1)
    for nuovo in nuovi:
        evento = nuovo.evento
        evento.numero = testa.numero + 1
        evento.precedente = testa.impronta or INIZIO
        evento.alle = timezone.now()
        evento.impegno = impegno_di(nuovo.sale, nuovo.contenuto)
        evento.impronta = impronta_di(evento, nuovo.riferimenti)
        testa.numero, testa.impronta = evento.numero, evento.impronta
    eventi = Evento.objects.bulk_create([nuovo.evento for nuovo in nuovi])
    DatiEvento.objects.bulk_create(
        DatiEvento(evento=nuovo.evento, sale=nuovo.sale, contenuto=nuovo.contenuto) for nuovo in nuovi
    )
    OggettoEvento.objects.bulk_create(
        OggettoEvento(evento=nuovo.evento, ordine=ordine, riferimento=riferimento)
        for nuovo in nuovi
        for ordine, riferimento in enumerate(nuovo.riferimenti)
    )
    testa.save(update_fields=["numero", "impronta"])
    return eventi

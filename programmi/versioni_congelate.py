"""Freezing a programme at its official moments, and reading what was frozen only if nobody altered it."""

import json
import logging
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from distretti.basi.canonico import forma_canonica
from distretti.eventi import annota
from distretti.models import OggettoEvento, Utente
from programmi.blocco import blocca
from programmi.contenuto.documento import Documento, promessa_di
from programmi.errori import VersioneAlterata
from programmi.models import (
    STATI_APPROVATI,
    AzionePassaggio,
    GenereVersione,
    Passaggio,
    Programma,
    StatoProgramma,
    Versione,
)
from programmi.models.versione import VersioneQuerySet

_registro = logging.getLogger(__name__)

GENERI: dict[str, GenereVersione] = {
    AzionePassaggio.TRASMISSIONE: GenereVersione.TRASMISSIONE,
    AzionePassaggio.APPROVAZIONE: GenereVersione.APPROVAZIONE,
    AzionePassaggio.VARIAZIONE: GenereVersione.APPROVAZIONE,
}
"""The steps that freeze the content, and what for."""


def contenuto_di(programma: Programma) -> Documento:
    """The promise as a version keeps it: not whether this is a demonstration, which may change later."""
    documento = promessa_di(programma)
    documento.pop("dimostrazione", None)
    return documento


@transaction.atomic
def congela(programma: Programma, passaggio: Passaggio, utente: Utente | None) -> Versione:
    """Freeze the content as it is now, after ``passaggio`` (a transmission, an approval, a variazione).

    To be called last in the transaction of the step, when the programme says what it is to say: nothing but
    ``annota`` comes after. ``utente`` is null when no person does it. Raises ``KeyError`` for other steps.
    """
    attuale = blocca(programma)
    testo = forma_canonica(contenuto_di(attuale))
    ultimo = attuale.versioni.aggregate(ultimo=Max("numero"))["ultimo"] or 0
    versione = Versione(
        programma=attuale,
        numero=ultimo + 1,
        genere=GENERI[passaggio.azione],
        passaggio=passaggio,
        contenuto=testo.decode(),
        sha256=sha256(testo).hexdigest(),
        congelata_alle=timezone.now(),
        congelata_da=utente,
    )
    versione.save()
    annota(
        azione="programma.versione",
        oggetti=[attuale, versione],
        utente=utente,
        ruolo=passaggio.ruolo if utente is not None else "",
        dopo={
            "Versione": f"n. {versione.numero} ({versione.get_genere_display()})",
            "Impronta SHA-256": versione.sha256,
        },
    )
    return versione


def versioni_di(programma: Programma) -> VersioneQuerySet:
    """The versions of a programme, the newest first, without their content."""
    return Versione.objects.filter(programma=programma).per_elenco()


def testo_di(versione: Versione) -> str:
    """The frozen text, canonical JSON. Raises ``VersioneAlterata``.

    Its hash must be the one beside it, and the row the one that the chain of events saw freezing.
    """
    testo = versione.contenuto
    nella_catena = OggettoEvento.objects.filter(riferimento=versione.riferimento_evento).exists()
    if sha256(testo.encode()).hexdigest() != versione.sha256 or not nella_catena:
        _registro.critical("La versione %s non è quella congelata.", versione.riferimento_evento)
        raise VersioneAlterata(versione.programma, versione.numero)
    return testo


def leggi(versione: Versione) -> Documento:
    """The frozen content as a document, to show, print or compare. Raises ``VersioneAlterata``."""
    documento: dict[str, Any] = json.loads(testo_di(versione))
    return documento


@transaction.atomic
def congela_mancanti(programmi: Iterable[Programma] | None = None) -> list[Versione]:
    """Freeze those of ``programmi`` (default: all) that are as their last official step left them.

    For programmes transmitted or approved before the versions existed, or elsewhere: safe to repeat. What a
    programme said at a step that others followed is not known any more, and is not made up.
    """
    dopo = Passaggio.objects.filter(
        programma=OuterRef("programma"), azione__in=GENERI, ordine__gt=OuterRef("ordine")
    )
    ultimi = Passaggio.objects.filter(
        ~Exists(dopo),
        azione__in=GENERI,
        versione__isnull=True,
        programma__stato__in=(StatoProgramma.TRASMESSO, *STATI_APPROVATI),
    )
    if programmi is not None:
        ultimi = ultimi.filter(programma__in=list(programmi))
    # All locked before the first freezing takes the head of the events: who has one of them waits for it.
    da_bloccare = Programma.objects.select_for_update(no_key=True, of=("self",))
    list(da_bloccare.filter(passaggi__in=ultimi).order_by("pk"))
    passaggi = ultimi.all().select_related("programma").order_by("programma_id")
    return [congela(passaggio.programma, passaggio, None) for passaggio in passaggi]

"""Cinquanta annotazioni, atti, codici precedenti e importazioni in più."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from distretti.models import (
    Adesione,
    AnnotazioneDistretto,
    Atto,
    AttoAnnotato,
    Certificazione,
    CodicePrecedente,
    ImportazioneRegistro,
    Organizzazione,
)
from tests.indirizzi.mondo import Mondo

QUANTE = 50


def vita(mondo: Mondo, organizzazioni: Sequence[Organizzazione]) -> None:
    """Of the district and the organisation of the pages; every membership and every mark with its act."""
    distretto, giorno = mondo.approvato.distretto, date(1970, 1, 1)
    atti = Atto.objects.bulk_create(
        Atto(codice=f"registro-{n}", tipo="altro", ente="Ente", numero=str(n), data=giorno)
        for n in range(QUANTE)
    )
    annotazioni = AnnotazioneDistretto.objects.bulk_create(
        AnnotazioneDistretto(
            distretto=distretto,
            campo="capofila",
            il=giorno + timedelta(days=n),
            prima=f"Ente {n}",
            dopo=f"Ente {n + 1}",
        )
        for n in range(QUANTE)
    )
    AttoAnnotato.objects.bulk_create(
        AttoAnnotato(annotazione=annotazione, atto=atto, ordine=ordine)
        for annotazione in annotazioni
        for ordine, atto in enumerate(atti[:2])
    )
    Adesione.objects.filter(organizzazione__in=organizzazioni).update(atto=atti[0])
    Certificazione.objects.filter(organizzazione=mondo.organizzazione, dal__isnull=False).update(atto=atti[1])
    CodicePrecedente.objects.bulk_create(
        CodicePrecedente(organizzazione=mondo.organizzazione, codice=f"codice-{n}", unita_il=giorno)
        for n in range(QUANTE)
    )
    ImportazioneRegistro.objects.bulk_create(
        ImportazioneRegistro(
            autorita=distretto.autorita,
            file=f"importazioni/{n}.xlsx",
            file_nome=f"registro-{n}.xlsx",
            file_sha256=f"{n:064d}",
            caricata_da=mondo.persone.agenzia,
            confermata_alle=timezone.now(),
        )
        for n in range(QUANTE)
    )

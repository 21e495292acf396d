"""Cinquanta anni con il loro termine di conservazione, e lo stesso file in cinquanta evidenze."""

from distretti.models import Autorita
from tests.indirizzi.mondo import Mondo
from valutazione.models import Allegato, Evidenza, ParametriConservazione

QUANTE = 50


def file(mondo: Mondo, autorita: Autorita) -> None:
    """To be made after the evidence of the scene has grown."""
    ParametriConservazione.objects.bulk_create(
        ParametriConservazione(autorita=autorita, anno=2040 + n, mesi=n + 1, fonte="Massimario")
        for n in range(QUANTE)
    )
    altre = Evidenza.objects.registrate().filter(programma=mondo.approvato).exclude(pk=mondo.evidenza.pk)
    Allegato.objects.bulk_create(
        Allegato(
            evidenza=evidenza,
            ordine=900,
            nome=f"lo-stesso-{n}.png",
            tipo="image/png",
            dimensione=1,
            sha256=mondo.allegato.sha256,
            sha256_originale=mondo.allegato.sha256,
            caricato_da=mondo.persone.manager,
        )
        for n, evidenza in enumerate(altre.order_by("pk")[:QUANTE])
    )

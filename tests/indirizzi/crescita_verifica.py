"""Cinquanta motivi, e cinquanta decisioni contrarie con la loro replica, di ogni genere."""

from datetime import date
from typing import Any

from django.utils import timezone

from distretti.models import Autorita
from tests.indirizzi.mondo import Mondo
from valutazione.models import Evidenza, Imputazione, MotivoVerifica, ReplicaVerifica

NUMERI = range(50)


def verifica(mondo: Mondo, autorita: Autorita) -> None:
    """On the year whose verification is concluded; the evidence of the pages has replies of its own."""
    MotivoVerifica.objects.bulk_create(
        MotivoVerifica(
            autorita=autorita, codice=f"motivo-{n}", testo=f"Motivo {n}", cessato_il=date(2025, 1, 1)
        )
        for n in NUMERI
    )
    programma, chi = mondo.verifica.programma, mondo.persone
    adesso = timezone.now()
    decisa: dict[str, Any] = {
        "motivazione": "Non basta.",
        "verificata_da": chi.agenzia,
        "verificata_alle": adesso,
    }
    evidenze = Evidenza.objects.bulk_create(
        Evidenza(
            programma=programma,
            codice=f"r{n}",
            tipo="incontro",
            stato="registrata",
            data=date(programma.anno, 6, 6),
            titolo=f"Incontro {n}",
            registrata_da=chi.manager,
        )
        for n in NUMERI
    )
    riga = mondo.verifica.da_replicare.indicatore
    imputazioni = Imputazione.objects.bulk_create(
        Imputazione(evidenza=evidenza, indicatore=riga, stato="respinta", **decisa) for evidenza in evidenze
    )
    scritta: dict[str, Any] = {"su_decisione": "respinta", "utente": chi.manager, "ruolo": "manager"}
    risposta: dict[str, Any] = {
        "risposta": "No.",
        "decisa_da": chi.agenzia,
        "decisa_ruolo": "referente_attivita",
    }
    generi: list[dict[str, Any]] = [
        {"testo": "Ecco."},
        {"rinuncia": True},
        {"testo": "Ecco.", "esito": "confermata", "decisa_alle": adesso, **risposta},
    ]
    coppie = [*((i, 1) for i in imputazioni)]
    coppie += [(i, 100 + n) for n in NUMERI for i in (mondo.imputazione, mondo.verifica.da_replicare)]
    ReplicaVerifica.objects.bulk_create(
        ReplicaVerifica(imputazione=i, giro=giro, **scritta, **generi[n % 3 if giro == 1 else 1 + n % 2])
        for n, (i, giro) in enumerate(coppie)
    )

"""Photographs uploaded before the site cleaned them by itself."""

import hashlib
from enum import Enum

from django.core.files.base import ContentFile
from django.db import transaction

from distretti.basi.file_caricati import FileNonAmmesso
from valutazione.annotazioni import annota_evidenza
from valutazione.models import Allegato
from valutazione.services.allegati import nome_nel_deposito
from valutazione.services.blocco import blocca_programma
from valutazione.services.conservazione import togli_resti
from valutazione.services.ricezione import IMMAGINI, senza_posizione


class EsitoRipulitura(Enum):
    RIPULITA = "ripulita"
    GIA_PULITA = "già pulita"
    NON_RIUSCITA = "non riuscita"


def da_ripulire() -> list[int]:
    """The primary keys of the photographs that nobody looked at yet."""
    foto = Allegato.objects.filter(tipo__in=IMMAGINI, ripulito=False).exclude(file="")
    return list(foto.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _ripulisci(pk: int) -> tuple[EsitoRipulitura, str, str]:
    allegato = Allegato.objects.select_related("evidenza__programma__distretto").get(pk=pk)
    evidenza = allegato.evidenza
    quale = f"allegato {allegato.ordine + 1}"
    dove = f"{evidenza.programma.riferimento}, {evidenza.codice}, {quale}"
    blocca_programma(evidenza.programma)
    allegato.refresh_from_db()
    if allegato.ripulito or not allegato.file:
        return EsitoRipulitura.GIA_PULITA, dove, ""
    try:
        with allegato.file.open("rb") as file:
            pulita = senza_posizione(file, IMMAGINI[allegato.tipo], nome=quale)
    except (FileNonAmmesso, FileNotFoundError) as errore:
        return EsitoRipulitura.NON_RIUSCITA, dove, getattr(errore, "messaggio", "manca dal deposito")
    allegato.ripulito = True
    prima = allegato.sha256
    if prima == hashlib.sha256(pulita).hexdigest():
        allegato.save()
        return EsitoRipulitura.GIA_PULITA, dove, ""
    _sostituisci(allegato, pulita)
    if evidenza.registrata:
        etichetta = f"Impronta dell'{quale}"
        impronte = {etichetta: prima}, {etichetta: allegato.sha256}
        annota_evidenza(evidenza, "evidenza.file_ripulito", None, *impronte)
    return EsitoRipulitura.RIPULITA, dove, ""


def _sostituisci(allegato: Allegato, pulita: bytes) -> None:
    allegato.sha256_originale = allegato.sha256_originale or allegato.sha256
    allegato.sha256, allegato.dimensione = hashlib.sha256(pulita).hexdigest(), len(pulita)
    allegato.da_togliere = allegato.file.name or ""
    allegato.file.save(nome_nel_deposito(allegato), ContentFile(pulita), save=False)
    allegato.save()


def ripulisci(pk: int) -> tuple[EsitoRipulitura, str, str]:
    """Clean a photograph: the outcome, where it is, and why it could not be.

    The cleaned copy is stored before the row names it, and the one of before is taken away after: wherever
    it stops, the row names a file that is there, and going on finds what is left over.
    """
    esito = _ripulisci(pk)
    togli_resti()
    return esito

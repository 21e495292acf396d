"""Files of an evidence: they go up one by one, checked by their content."""

from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import Max

from distretti.basi.file_caricati import controlla_file
from distretti.errori import StatoNonAmmesso
from distretti.models import Utente
from valutazione.annotazioni import annota_evidenza
from valutazione.models import Allegato, Evidenza
from valutazione.services.blocco import blocca_evidenza, blocca_per_registrare, rimetti_in_attesa


def aggiungi_allegato(
    *, evidenza: Evidenza, file: "File[bytes]", utente: Utente
) -> tuple[Allegato, bool, int]:
    """Attach ``file``; the same content twice on one evidence is kept once.

    Returns the attachment, whether it is new, and how many verified lines wait for the Agenzia again.
    Raises FileNonAmmesso (forbidden type, too large, unusable name) or StatoNonAmmesso.
    """
    controllato = controlla_file(file, nome=file.name or "", massimo=settings.DIMENSIONE_MASSIMA_ALLEGATO)
    with transaction.atomic():
        attuale = blocca_per_registrare(evidenza)
        presente = attuale.allegati.filter(sha256=controllato.sha256).first()
        if presente is not None and presente.file:
            return presente, False, 0
        ultimo = attuale.allegati.aggregate(ultimo=Max("ordine"))["ultimo"]
        allegato = presente or Allegato(
            evidenza=attuale,
            ordine=0 if ultimo is None else ultimo + 1,
            nome=controllato.nome,
            tipo=controllato.tipo,
            dimensione=controllato.dimensione,
            sha256=controllato.sha256,
        )
        allegato.caricato_da = utente
        attuale.autori.add(utente)
        allegato.full_clean()
        allegato.save()
        # Last of all, so that a refusal leaves no orphan; the stored name cannot escape the folder.
        allegato.file.save(f"{controllato.sha256[:32]}{PurePosixPath(controllato.nome).suffix}", file)
        rimesse = rimetti_in_attesa(attuale) if attuale.registrata else 0
        if attuale.registrata:
            nuovo = {"Allegato": f"{allegato.nome} (SHA-256 {allegato.sha256})"}
            annota_evidenza(attuale, "evidenza.allegato", utente, {}, nuovo, rimesse)
        return allegato, True, rimesse


@transaction.atomic
def togli_allegato(*, allegato: Allegato) -> None:
    """Take a file away from a bozza; a registered evidence keeps its files. Raises StatoNonAmmesso."""
    attuale = blocca_evidenza(allegato.evidenza)
    if not attuale.in_bozza:
        raise StatoNonAmmesso(
            "L'evidenza è già registrata: i suoi allegati non si tolgono. "
            "Se sono sbagliati, ritira l'evidenza e registrane una nuova."
        )
    magazzino, nome = allegato.file.storage, allegato.file.name
    allegato.delete()
    if nome:
        transaction.on_commit(lambda: magazzino.delete(nome))

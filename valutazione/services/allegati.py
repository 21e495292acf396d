"""Files of an evidence: they go up one by one, checked by their content."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from distretti.basi.italiano import il_giorno
from distretti.errori import StatoNonAmmesso
from distretti.models import Utente
from valutazione.annotazioni import annota_evidenza
from valutazione.models import Allegato, Evidenza, StatoEvidenza
from valutazione.services.blocco import blocca_evidenza, blocca_per_registrare, rimetti_in_attesa
from valutazione.services.ricezione import Ricevuto, propone_dati_personali, ricevi


class Caricato(NamedTuple):
    """What became of a file: the attachment, whether it is new, how many verified lines wait for the Agenzia
    again, and where else in the programme the same file is."""

    allegato: Allegato
    nuovo: bool
    rimesse: int
    altrove: Sequence[Allegato] = ()


def aggiungi_allegato(
    *, evidenza: Evidenza, file: "File[bytes]", utente: Utente, dati_personali: bool = False
) -> Caricato:
    """Attach ``file``; the same file twice on one evidence is kept once, on two it is allowed and said.

    ``dati_personali``: it surely holds some; without it the kind of file tells whether it likely does.
    Raises FileNonAmmesso (see ``ricevi``) or StatoNonAmmesso.
    """
    ricevuto = ricevi(file)
    with transaction.atomic():
        attuale = blocca_per_registrare(evidenza)
        presente = attuale.allegati.stessi_byte(ricevuto.sha256_originale, ricevuto.sha256).first()
        _controlla_non_cancellato(presente, ricevuto)
        if presente is not None and presente.file:
            return Caricato(presente, False, 0)
        allegato = presente or Allegato(evidenza=attuale, ordine=_prossimo_posto(attuale))
        _descrivi(allegato, ricevuto)
        allegato.dati_personali = dati_personali or propone_dati_personali(ricevuto.nome, ricevuto.tipo)
        allegato.caricato_da = utente
        attuale.autori.add(utente)
        allegato.full_clean()
        allegato.save()
        # Last of all, so that a refusal leaves no orphan; the stored name cannot escape the folder.
        allegato.file.save(nome_nel_deposito(allegato), ricevuto.contenuto)
        rimesse = rimetti_in_attesa(attuale) if attuale.registrata else 0
        if attuale.registrata:
            nuovo = {"Allegato": f"{allegato.nome_negli_eventi} (SHA-256 {allegato.sha256})"}
            annota_evidenza(attuale, "evidenza.allegato", utente, {}, nuovo, rimesse)
        return Caricato(allegato, True, rimesse, _altrove(attuale, ricevuto))


def _controlla_non_cancellato(presente: Allegato | None, ricevuto: Ricevuto) -> None:
    if presente is not None and presente.cancellato_alle is not None:
        quando = il_giorno(timezone.localdate(presente.cancellato_alle))
        raise StatoNonAmmesso(
            f"«{ricevuto.nome}» era già qui: {quando} è stato cancellato ({presente.cancellato_perche})."
        )


def nome_nel_deposito(allegato: Allegato) -> str:
    """Under which name its bytes are stored: none of what was typed goes into it but the extension."""
    return f"{allegato.sha256[:32]}{PurePosixPath(allegato.nome).suffix}"


def _prossimo_posto(evidenza: Evidenza) -> int:
    ultimo = evidenza.allegati.aggregate(ultimo=Max("ordine"))["ultimo"]
    return 0 if ultimo is None else int(ultimo) + 1


def _descrivi(allegato: Allegato, ricevuto: Ricevuto) -> None:
    """What was only described keeps the name it was described with."""
    allegato.nome = allegato.nome or ricevuto.nome
    allegato.tipo, allegato.dimensione = ricevuto.tipo, ricevuto.dimensione
    allegato.sha256, allegato.sha256_originale = ricevuto.sha256, ricevuto.sha256_originale
    allegato.ripulito = ricevuto.ripulito


def _altrove(evidenza: Evidenza, ricevuto: Ricevuto) -> list[Allegato]:
    """The same file on other evidence of the programme that was not withdrawn."""
    stessi = Allegato.objects.stessi_byte(ricevuto.sha256_originale, ricevuto.sha256)
    vive = stessi.filter(evidenza__programma=evidenza.programma).exclude(evidenza=evidenza)
    vive = vive.exclude(evidenza__stato=StatoEvidenza.RITIRATA)
    return list(vive.select_related("evidenza").order_by("evidenza__data", "pk"))


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


@transaction.atomic
def segna_dati_personali(*, allegato: Allegato, contiene: bool, utente: Utente) -> bool:
    """Say whether a file holds personal data; whether that is new. It changes no percentage, and is allowed
    whatever the state of the closing. Raises StatoNonAmmesso for a withdrawn evidence."""
    attuale = blocca_evidenza(allegato.evidenza)
    suo = attuale.allegati.get(pk=allegato.pk)
    if suo.dati_personali == contiene:
        return False
    suo.dati_personali = contiene
    suo.save(update_fields=["dati_personali"])
    if attuale.registrata:
        posto = f"allegato {suo.ordine + 1} (SHA-256 {suo.sha256})"
        prima, dopo = ("no", "sì") if contiene else ("sì", "no")
        etichetta = f"Contiene dati personali, {posto}"
        annota_evidenza(attuale, "evidenza.dati_personali", utente, {etichetta: prima}, {etichetta: dopo})
    return True

"""An import of the register: the file is kept, looked at, and confirmed on what was looked at."""

from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from distretti.basi.canonico import sha256_di
from distretti.basi.contenuto_file import Formato
from distretti.basi.file_caricati import FileNonAmmesso, controlla_file
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, ErroreDominio, StatoNonAmmesso
from distretti.eventi import annota
from distretti.importazione_xlsx.colonne import DIMENSIONE_MASSIMA
from distretti.importazione_xlsx.lettura import FoglioNonLeggibile, Riga, leggi
from distretti.importazione_xlsx.scrittura import EsitoRiga, Genere, riassunto, scrivi_righe
from distretti.models import Autorita, ImportazioneRegistro, Utente


class RegistroCambiato(ErroreDominio):
    """What the confirmation would do is no longer what was looked at; ``esiti`` is what it would do now."""

    def __init__(self, esiti: Sequence[EsitoRiga]) -> None:
        super().__init__(
            "Nel frattempo il registro è cambiato: nulla è stato scritto. Controlla di nuovo l'anteprima."
        )
        self.esiti = list(esiti)


@transaction.atomic
def carica(*, autorita: Autorita, file: "UploadedFile[bytes]", utente: Utente) -> ImportazioneRegistro:
    """Keep the bytes of a spreadsheet that can be read; those the person did not confirm before go away.

    Raises ``DatiNonValidi`` on ``file``: not an XLSX, too large, encrypted, with macros, not readable.
    """
    try:
        esito = controlla_file(
            file, nome=file.name or "", massimo=DIMENSIONE_MASSIMA, formati=frozenset({Formato.XLSX})
        )
        leggi(_tutto(file))
    except (FileNonAmmesso, FoglioNonLeggibile) as errore:
        raise DatiNonValidi({"file": errore.messaggio}) from errore
    _butta_le_altre(autorita, utente)
    importazione = ImportazioneRegistro(
        autorita=autorita, caricata_da=utente, file_nome=esito.nome, file_sha256=esito.sha256
    )
    importazione.file.save(f"{esito.sha256}.xlsx", file, save=False)
    controlla(importazione)
    importazione.save()
    return importazione


def prova(importazione: ImportazioneRegistro, utente: Utente) -> list[EsitoRiga]:
    """What the confirmation by ``utente`` would do, row by row: it is done, and undone."""
    righe = righe_di(importazione)
    with transaction.atomic():
        esiti = _scrivi(importazione, righe, utente)
        transaction.set_rollback(True)
    return esiti


def versione_della_prova(importazione: ImportazioneRegistro, esiti: Sequence[EsitoRiga]) -> str:
    """The fingerprint of what was looked at: the bytes, and what each row does."""
    detti = [[e.foglio, e.numero, e.oggetto, e.genere.value, *e.parole] for e in esiti]
    return sha256_di([importazione.file_sha256, detti])[:20]


@transaction.atomic
def conferma(*, importazione: ImportazioneRegistro, versione: str, utente: Utente) -> dict[str, int]:
    """Write all the rows; how many of each kind.

    Raises ``RegistroCambiato`` when they would do something else than ``versione`` saw, ``DatiNonValidi``
    when a row is wrong, ``StatoNonAmmesso`` when it was confirmed already.
    """
    bloccate = ImportazioneRegistro.objects.select_for_update(no_key=True, of=("self",))
    importazione = bloccate.select_related("autorita").get(pk=importazione.pk)
    if importazione.confermata_alle is not None:
        raise StatoNonAmmesso("Questa importazione è già stata confermata.")
    esiti = _scrivi(importazione, righe_di(importazione), utente)
    if versione_della_prova(importazione, esiti) != versione:
        raise RegistroCambiato(esiti)
    if any(esito.genere is Genere.ERRORE for esito in esiti):
        raise DatiNonValidi({"": "Qualche riga non va: correggi il foglio e caricalo di nuovo."})
    importazione.confermata_alle = timezone.now()
    importazione.save(update_fields=["confermata_alle"])
    conti = riassunto(esiti)
    annota(
        azione="registro.importazione",
        oggetti=[importazione.autorita],
        utente=utente,
        dopo={
            "File": importazione.file_nome,
            "Impronta del file": importazione.file_sha256,
            "Righe nuove": str(conti[Genere.NUOVA]),
            "Righe cambiate": str(conti[Genere.CAMBIATA]),
            "Righe invariate": str(conti[Genere.INVARIATA]),
        },
    )
    return conti


def righe_di(importazione: ImportazioneRegistro) -> list[Riga]:
    """The rows of the kept bytes. Raises ``StatoNonAmmesso`` when they are no longer those, or are lost."""
    try:
        with importazione.file.storage.open(str(importazione.file.name), "rb") as conservato:
            contenuto = conservato.read()
    except FileNotFoundError as errore:
        raise StatoNonAmmesso("Il foglio caricato non si trova più: caricalo di nuovo.") from errore
    if sha256(contenuto).hexdigest() != importazione.file_sha256:
        raise StatoNonAmmesso("Il foglio conservato non è più quello caricato: caricalo di nuovo.")
    return leggi(contenuto)


def _scrivi(importazione: ImportazioneRegistro, righe: Sequence[Riga], utente: Utente) -> list[EsitoRiga]:
    return scrivi_righe(importazione.autorita, righe, file=importazione.file_nome, utente=utente)


def _tutto(file: "UploadedFile[bytes]") -> bytes:
    contenuto = BytesIO()
    for pezzo in file.chunks():
        contenuto.write(pezzo)
    file.seek(0)
    return contenuto.getvalue()


def _butta_le_altre(autorita: Autorita, utente: Utente) -> None:
    vecchie = ImportazioneRegistro.objects.filter(
        autorita=autorita, caricata_da=utente, confermata_alle__isnull=True
    )
    for vecchia in vecchie:
        file = vecchia.file
        vecchia.delete()
        transaction.on_commit(lambda file=file: file.storage.delete(file.name))  # type: ignore[misc]

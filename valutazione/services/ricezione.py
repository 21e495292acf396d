"""A file that comes in: checked, scanned, and, of a photograph, without what it tells of its author."""

import hashlib
import re
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile, File

from distretti.antivirus import esamina
from distretti.basi.contenuto_file import ErroreContenuto, Formato
from distretti.basi.file_caricati import FileNonAmmesso, controlla_file
from distretti.basi.immagini import FORMATI_IMMAGINE, ripulita

IMMAGINI = {formato.mime: formato for formato in FORMATI_IMMAGINE}
"""The formats of a photograph, by MIME type."""

_NOMI_DI_PERSONE = re.compile(r"presenz|firm[ea]|partecipant|iscritt|curricul", re.I)


@dataclass(frozen=True, slots=True)
class Ricevuto:
    """A file ready to be kept: ``sha256`` is of ``contenuto``, ``sha256_originale`` of what came."""

    nome: str
    tipo: str
    dimensione: int
    sha256: str
    sha256_originale: str
    ripulito: bool
    contenuto: "File[bytes]"


def ricevi(file: "File[bytes]") -> Ricevuto:
    """Check ``file``, which may be attached to an evidence. Slow: not to be called holding a lock.

    Raises FileNonAmmesso: forbidden type, too large, unusable name, infected, a picture that is broken or
    that cannot be cleaned, and any file while the scan does not answer.
    """
    controllato = controlla_file(file, nome=file.name or "", massimo=settings.DIMENSIONE_MASSIMA_ALLEGATO)
    esamina(file, nome=controllato.nome)
    formato = IMMAGINI.get(controllato.tipo)
    if formato is None:
        return Ricevuto(
            nome=controllato.nome,
            tipo=controllato.tipo,
            dimensione=controllato.dimensione,
            sha256=controllato.sha256,
            sha256_originale=controllato.sha256,
            ripulito=False,
            contenuto=file,
        )
    pulito = senza_posizione(file, formato, nome=controllato.nome)
    return Ricevuto(
        nome=controllato.nome,
        tipo=controllato.tipo,
        dimensione=len(pulito),
        sha256=hashlib.sha256(pulito).hexdigest(),
        sha256_originale=controllato.sha256,
        ripulito=True,
        contenuto=ContentFile(pulito),
    )


def senza_posizione(file: "File[bytes]", formato: Formato, *, nome: str) -> bytes:
    """The picture without its metadata. Raises FileNonAmmesso when it cannot be read or cleaned."""
    file.seek(0)
    try:
        return ripulita(file.read(), formato)
    except ErroreContenuto as errore:
        raise FileNonAmmesso(f"«{nome}»: {errore}") from errore


def propone_dati_personali(nome: str, tipo: str) -> bool:
    """Does such a file usually hold personal data? So it is marked, until the manager says otherwise.

    Photographs show faces, messages have senders and addresses, a sheet that is called so has signatures.
    The proposal is on the side of caution: a mark too many costs a click, one too few a person's privacy.
    """
    return tipo in IMMAGINI or tipo == Formato.EML.mime or bool(_NOMI_DI_PERSONE.search(nome))

"""Checks an uploaded file by its content, never by what its sender says of it. Plain Python, no Django.

::

    esito = controlla_file(richiesta.FILES["file"], nome=…, massimo=settings.DIMENSIONE_MASSIMA_ALLEGATO)
    esito.nome, esito.tipo, esito.dimensione, esito.sha256

The stream is read in pieces and left at its beginning, ready to be stored.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from distretti.basi.contenuto_file import ErroreContenuto, Formato, FormatoIgnoto, formato_di
from distretti.basi.italiano import elenco
from distretti.errori import ErroreDominio

FORMATI_ALLEGATO: frozenset[Formato] = frozenset(Formato) - {Formato.P7M}
"""What may be attached to an evidence."""

FORMATI_ATTO: frozenset[Formato] = frozenset({Formato.PDF, Formato.P7M})
"""What a signed act may be."""

_PEZZO = 64 * 1024
_NOME_MASSIMO = 150
_VIETATI_NEL_NOME = re.compile(r'[<>:"|?*;]')


class FileNonAmmesso(ErroreDominio):
    """The file is refused; ``messaggio`` says why, in words for who sent it. Nothing was stored."""


@dataclass(frozen=True, slots=True)
class FileControllato:
    """A file that may be stored: safe name, MIME type told from its content, bytes, SHA-256 in hex."""

    nome: str
    tipo: str
    dimensione: int
    sha256: str


def controlla_file(
    file: IO[bytes],
    *,
    nome: str,
    massimo: int,
    formati: Collection[Formato] = FORMATI_ALLEGATO,
) -> FileControllato:
    """Check size, content and name of an uploaded file; ``massimo`` is in bytes.

    Refused with :class:`FileNonAmmesso`: an empty or too large file; a content that is none of
    ``formati``, or another one than the extension says; executables; encrypted PDF and office files;
    documents with macros; compressed documents that would swell beyond measure (never opened); a name
    of nothing but dots and slashes. A path in the name is dropped: ``../../x.pdf`` is stored as ``x.pdf``.
    """
    pulito = nome_sicuro(nome)
    dimensione, sha256 = _misura(file, massimo, pulito)
    try:
        formato = formato_di(file, dimensione, PurePosixPath(pulito).suffix.lower())
    except FormatoIgnoto as errore:
        raise FileNonAmmesso(f"«{pulito}»: {errore} {formati_in_parole(formati)}") from errore
    except ErroreContenuto as errore:
        raise FileNonAmmesso(f"«{pulito}»: {errore}") from errore
    finally:
        file.seek(0)
    if formato not in formati:
        raise FileNonAmmesso(f"«{pulito}»: questo tipo di file non è ammesso. {formati_in_parole(formati)}")
    return FileControllato(_con_estensione(pulito, formato), formato.mime, dimensione, sha256)


def formati_in_parole(formati: Collection[Formato] = FORMATI_ALLEGATO) -> str:
    """ "Si accettano file PDF, ODT …": for the help text of a field."""
    nomi = [formato.name for formato in Formato if formato in formati]
    return f"Si accettano file {elenco(nomi, 'o')}."


def nome_sicuro(nome: str) -> str:
    """The last part of a path, without control and bidirectional characters, at most 150 characters long.

    Raises :class:`FileNonAmmesso` when nothing is left of it.
    """
    testo = unicodedata.normalize("NFC", nome).replace("\\", "/")
    testo = "".join(c for c in testo if unicodedata.category(c)[0] != "C")
    testo = _VIETATI_NEL_NOME.sub("_", testo.rsplit("/", 1)[-1])
    testo = " ".join(testo.split()).strip(". ")
    if not testo:
        raise FileNonAmmesso("Il nome del file non è ammesso: rinominalo e riprova.")
    percorso = PurePosixPath(testo)
    estensione = percorso.suffix[:10]
    return percorso.stem[: _NOME_MASSIMO - len(estensione)] + estensione


def _misura(file: IO[bytes], massimo: int, nome: str) -> tuple[int, str]:
    """Bytes and SHA-256, reading no further than ``massimo``."""
    impronta = hashlib.sha256()
    dimensione = 0
    file.seek(0)
    while pezzo := file.read(_PEZZO):
        dimensione += len(pezzo)
        if dimensione > massimo:
            raise FileNonAmmesso(f"«{nome}» è troppo grande: si accettano file fino a {_megabyte(massimo)}.")
        impronta.update(pezzo)
    if dimensione == 0:
        raise FileNonAmmesso(f"«{nome}» è vuoto.")
    return dimensione, impronta.hexdigest()


def _megabyte(byte: int) -> str:
    return f"{byte // (1024 * 1024)} MB" if byte >= 1024 * 1024 else f"{byte} byte"


def _con_estensione(nome: str, formato: Formato) -> str:
    """The name ends as its content says; one with another extension is refused."""
    estensione = PurePosixPath(nome).suffix.lower()
    if estensione in formato.estensioni:
        return nome
    if estensione:
        raise FileNonAmmesso(
            f"«{nome}»: il contenuto è {formato.name}, ma il nome finisce in «{estensione}». "
            "Controlla il file o correggi il nome."
        )
    return nome + formato.estensioni[0]

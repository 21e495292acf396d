"""The archive: a tar of the database, the files, then the manifest that names each with its SHA-256.

::

    base-dati.sqlite3 (or base-dati.pgdump) · file/<stored name>… · manifesto.json · manifesto.sha256

The manifest comes last, so that an archive cut short has none.
"""

import hashlib
import json
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from distretti.salvataggio import SalvataggioRifiutato
from distretti.salvataggio.tabelle import Impronta

FORMATO = 1
MANIFESTO, SOMMA = "manifesto.json", "manifesto.sha256"
CARTELLA_FILE = "file/"
_PEZZO = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Voce:
    """One member of the archive."""

    nome: str
    dimensione: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifesto:
    """What an archive holds, and of which release. ``mancanti``: files that were already lost when saving."""

    versione: str
    creato_alle: str
    database: str
    versione_database: str
    migrazioni: list[tuple[str, str]]
    tabelle: dict[str, Impronta]
    dati: Voce
    file: list[Voce]
    mancanti: list[str] = field(default_factory=list)
    formato: int = FORMATO

    @property
    def righe(self) -> int:
        return sum(impronta.righe for impronta in self.tabelle.values())

    @property
    def byte(self) -> int:
        return self.dati.dimensione + sum(voce.dimensione for voce in self.file)


class _Contatore:
    """A stream that is hashed while somebody reads it."""

    def __init__(self, flusso: IO[bytes]) -> None:
        self.flusso = flusso
        self.somma = hashlib.sha256()

    def read(self, quanti: int = -1) -> bytes:
        pezzo = self.flusso.read(quanti)
        self.somma.update(pezzo)
        return pezzo


class Scrittura:
    """An archive being written."""

    def __init__(self, archivio: tarfile.TarFile) -> None:
        self.archivio = archivio

    def aggiungi(self, nome: str, contenuto: IO[bytes], dimensione: int) -> Voce:
        """Add a member; its hash is of the very bytes that went in."""
        contatore = _Contatore(contenuto)
        intestazione = tarfile.TarInfo(nome)
        intestazione.size, intestazione.mode, intestazione.mtime = dimensione, 0o600, int(time.time())
        self.archivio.addfile(intestazione, contatore)
        return Voce(nome, dimensione, contatore.somma.hexdigest())

    def chiudi(self, manifesto: Manifesto) -> None:
        testo = json.dumps(asdict(manifesto), ensure_ascii=False, sort_keys=True, indent=1).encode()
        for nome, contenuto in ((MANIFESTO, testo), (SOMMA, hashlib.sha256(testo).hexdigest().encode())):
            intestazione = tarfile.TarInfo(nome)
            intestazione.size, intestazione.mode, intestazione.mtime = len(contenuto), 0o600, int(time.time())
            self.archivio.addfile(intestazione, BytesIO(contenuto))


class Lettura:
    """An archive whose manifest has been read and is whole."""

    def __init__(self, archivio: tarfile.TarFile) -> None:
        self.archivio = archivio
        self.membri = {membro.name: membro for membro in archivio.getmembers()}
        if len(self.membri) != len(archivio.getmembers()):
            raise SalvataggioRifiutato("L'archivio contiene due volte lo stesso nome.")
        if not all(membro.isreg() for membro in self.membri.values()):
            raise SalvataggioRifiutato("L'archivio contiene qualcosa che non è un file.")
        testo, somma = self._testo(MANIFESTO), self._testo(SOMMA)
        if hashlib.sha256(testo).hexdigest().encode() != somma:
            raise SalvataggioRifiutato("Il manifesto dell'archivio è stato alterato.")
        self.manifesto = _manifesto(testo)

    def apri(self, voce: Voce) -> IO[bytes]:
        """The bytes of a member."""
        flusso = self.archivio.extractfile(self.membri[voce.nome])
        assert flusso is not None
        return flusso

    def verifica(self) -> None:
        """Every member that the manifest names, with the hash it says, and no other."""
        voci = [self.manifesto.dati, *self.manifesto.file]
        attesi = {voce.nome for voce in voci} | {MANIFESTO, SOMMA}
        if attesi != set(self.membri):
            diversi = ", ".join(sorted(attesi ^ set(self.membri))[:5])
            raise SalvataggioRifiutato(f"L'archivio non contiene ciò che il manifesto elenca: {diversi}.")
        for voce in voci:
            with self.apri(voce) as flusso:
                if _impronta(flusso) != voce.sha256:
                    raise SalvataggioRifiutato(f"L'impronta di «{voce.nome}» non corrisponde al manifesto.")

    def _testo(self, nome: str) -> bytes:
        membro = self.membri.get(nome)
        flusso = self.archivio.extractfile(membro) if membro is not None and membro.isfile() else None
        if flusso is None:
            raise SalvataggioRifiutato(f"Manca «{nome}»: non è un salvataggio di Distretti, o è incompleto.")
        with flusso:
            return flusso.read()


@contextmanager
def scrivi(file: Path) -> Iterator[Scrittura]:
    """A new archive at ``file``, readable by its owner only."""
    file.touch(mode=0o600, exist_ok=False)
    with tarfile.open(file, "w", format=tarfile.PAX_FORMAT) as archivio:
        yield Scrittura(archivio)


@contextmanager
def leggi(file: Path) -> Iterator[Lettura]:
    """An archive to read. Raises ``SalvataggioRifiutato`` when it is not one, or is damaged."""
    try:
        with tarfile.open(file, "r:") as archivio:
            yield Lettura(archivio)
    except FileNotFoundError as errore:
        raise SalvataggioRifiutato(f"L'archivio «{file}» non c'è.") from errore
    except (tarfile.TarError, EOFError) as errore:
        raise SalvataggioRifiutato(f"«{file}» non è un archivio leggibile: {errore}.") from errore


def impronta_di(file: Path) -> str:
    with file.open("rb") as flusso:
        return _impronta(flusso)


def _impronta(flusso: IO[bytes]) -> str:
    somma = hashlib.sha256()
    while pezzo := flusso.read(_PEZZO):
        somma.update(pezzo)
    return somma.hexdigest()


def copia(origine: IO[bytes], destinazione: Path) -> None:
    with destinazione.open("wb") as uscita:
        while pezzo := origine.read(_PEZZO):
            uscita.write(pezzo)


def _manifesto(testo: bytes) -> Manifesto:
    try:
        dati: dict[str, Any] = json.loads(testo)
        if dati.get("formato") != FORMATO:
            raise SalvataggioRifiutato(
                f"L'archivio è nel formato {dati.get('formato')}; questa versione legge il formato {FORMATO}."
            )
        return Manifesto(
            **{
                **dati,
                "migrazioni": [(app, nome) for app, nome in dati["migrazioni"]],
                "tabelle": {nome: Impronta(**impronta) for nome, impronta in dati["tabelle"].items()},
                "dati": Voce(**dati["dati"]),
                "file": [Voce(**voce) for voce in dati["file"]],
            }
        )
    except (ValueError, TypeError, KeyError, AttributeError) as errore:
        raise SalvataggioRifiutato("Il manifesto dell'archivio non si legge.") from errore

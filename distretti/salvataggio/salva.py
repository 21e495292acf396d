"""Saving: one instant of the database, the files it names, one archive checked after it is written."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from django.db import connection

from distretti import __version__
from distretti.salvataggio import SalvataggioRifiutato, archivio, deposito, su_postgresql, su_sqlite
from distretti.salvataggio.archivio import CARTELLA_FILE, Manifesto, Scrittura, Voce
from distretti.salvataggio.tabelle import Citato, Lettore, ancora_citati, file_citati, impronte, migrazioni

TENTATIVI = 3


class FileMancanti(SalvataggioRifiutato):
    """Files that rows name are lost, or are no longer what they were. ``nomi`` are their stored names."""

    def __init__(self, nomi: list[str]) -> None:
        elenco = "".join(f"\n  {nome}" for nome in nomi[:50])
        altri = f"\n  … e altri {len(nomi) - 50}" if len(nomi) > 50 else ""
        super().__init__(f"Nel deposito mancano, o sono alterati, {len(nomi)} file:{elenco}{altri}")
        self.nomi = nomi


@dataclass(frozen=True, slots=True)
class Salvataggio:
    """A finished archive."""

    file: Path
    sha256: str
    manifesto: Manifesto


def base_dati() -> ModuleType:
    """The module that saves and restores the kind of database in use."""
    return su_sqlite if connection.vendor == su_sqlite.TIPO else su_postgresql


def salva(destinazione: Path, *, anche_incompleto: bool = False) -> Salvataggio:
    """Write an archive into the folder ``destinazione``, or to that very file.

    A file deleted while saving is not missed: the saving begins again. With ``anche_incompleto`` the files
    that are lost are written in the manifest; without it they are refused with :class:`FileMancanti`.
    """
    finale = _file_finale(destinazione)
    with tempfile.TemporaryDirectory(prefix=".salvataggio-", dir=finale.parent) as lavoro:
        for rimasti in reversed(range(TENTATIVI)):
            bozza = Path(lavoro) / f"{rimasti}.tar"
            manifesto = _scrivi(bozza, Path(lavoro) / f"{rimasti}.dati")
            if manifesto.mancanti and not ancora_citati(manifesto.mancanti) and rimasti:
                continue  # deleted, with its row, after the snapshot: take another
            if manifesto.mancanti and not anche_incompleto:
                raise FileMancanti(manifesto.mancanti)
            break
        with archivio.leggi(bozza) as scritto:
            scritto.verifica()
        _metti_al_sicuro(bozza, finale)
    return Salvataggio(finale, archivio.impronta_di(finale), manifesto)


def file_guasti() -> tuple[int, list[str]]:
    """How many files the live rows name, and which of them are lost or altered."""
    with base_dati().presente() as lettore:
        citati = file_citati(lettore)
    return len(citati), [citato.nome for citato in citati if deposito.impronta(citato.nome) != citato.sha256]


def _file_finale(destinazione: Path) -> Path:
    if destinazione.is_dir():
        adesso = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        destinazione = destinazione / f"distretti-{__version__}-{adesso}.tar"
    if not destinazione.parent.is_dir():
        raise SalvataggioRifiutato(f"La cartella «{destinazione.parent}» non c'è.")
    if destinazione.exists():
        raise SalvataggioRifiutato(f"«{destinazione}» c'è già: un salvataggio non ne sostituisce un altro.")
    return destinazione


def _scrivi(bozza: Path, dati: Path) -> Manifesto:
    tipo = base_dati()
    with tipo.istantanea(dati) as lettore, archivio.scrivi(bozza) as scrittura:
        with dati.open("rb") as flusso:
            voce = scrittura.aggiungi(tipo.NOME, flusso, dati.stat().st_size)
        manifesto = _manifesto(tipo, lettore, voce)
        for citato in file_citati(lettore):
            _aggiungi_file(scrittura, citato, manifesto)
        scrittura.chiudi(manifesto)
    dati.unlink()
    return manifesto


def _manifesto(tipo: ModuleType, lettore: Lettore, dati: Voce) -> Manifesto:
    versione: Callable[[], str] = tipo.versione
    return Manifesto(
        versione=__version__,
        creato_alle=datetime.now(UTC).isoformat(timespec="seconds"),
        database=tipo.TIPO,
        versione_database=versione(),
        migrazioni=migrazioni(lettore),
        tabelle=impronte(lettore),
        dati=dati,
        file=[],
        mancanti=[],
    )


def _aggiungi_file(scrittura: Scrittura, citato: Citato, manifesto: Manifesto) -> None:
    with deposito.aperto(citato.nome) as file:
        if file is None:
            manifesto.mancanti.append(citato.nome)
            return
        voce = scrittura.aggiungi(CARTELLA_FILE + citato.nome, file, file.size)
    manifesto.file.append(voce)
    if voce.sha256 != citato.sha256:
        manifesto.mancanti.append(citato.nome)


def _metti_al_sicuro(bozza: Path, finale: Path) -> None:
    """On the disk before it has its name: an archive with its name is whole, whatever happens."""
    with bozza.open("rb") as flusso:
        os.fsync(flusso.fileno())
    bozza.replace(finale)
    cartella = os.open(finale.parent, os.O_RDONLY)
    try:
        os.fsync(cartella)
    finally:
        os.close(cartella)

"""Bringing an archive back: everything is checked before anything is touched, and it is all or nothing.

Files go first, under the names they had: until the database is replaced nothing names them, and they are
taken away again if it cannot be. The database goes last, in one transaction.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from distretti import __version__
from distretti.salvataggio import SalvataggioRifiutato, archivio
from distretti.salvataggio.archivio import CARTELLA_FILE, Lettura, Manifesto
from distretti.salvataggio.deposito import Scritture
from distretti.salvataggio.salva import base_dati
from distretti.salvataggio.tabelle import impronte, tabelle_occupate


@dataclass(frozen=True, slots=True)
class Ripristino:
    """What was brought back: ``nuovi`` files were written, the others were there already, the same.

    ``da_migrare``: the archive is of an earlier release, and ``migrate`` must follow.
    """

    manifesto: Manifesto
    nuovi: int
    da_migrare: bool


def esamina(file: Path) -> Manifesto:
    """Check that an archive is whole and that this release can bring it back here. Nothing is touched."""
    with archivio.leggi(file) as lettura:
        _controlla(lettura)
        return lettura.manifesto


def ripristina(file: Path, *, sostituisci: bool = False) -> Ripristino:
    """Bring the database and the files of an archive back into this installation.

    Refused with ``SalvataggioRifiutato``, before touching anything: an archive that is damaged, of another
    kind of database or of a later release; an installation that holds data, unless ``sostituisci``.
    """
    tipo = base_dati()
    with archivio.leggi(file) as lettura, tempfile.TemporaryDirectory(prefix="ripristino-") as lavoro:
        _controlla(lettura)
        if not sostituisci:
            _controlla_vuota()
        dati = Path(lavoro) / tipo.NOME
        with lettura.apri(lettura.manifesto.dati) as flusso:
            archivio.copia(flusso, dati)
        with tipo.salvato(dati) as righe:
            if righe is not None and impronte(righe) != lettura.manifesto.tabelle:
                raise SalvataggioRifiutato(
                    "Le righe del database dell'archivio non sono quelle del manifesto."
                )
        nuovi = _rimetti(lettura, dati, sostituisci=sostituisci)
    _rileggi(lettura.manifesto)
    return Ripristino(lettura.manifesto, nuovi, bool(_note() - set(lettura.manifesto.migrazioni)))


def _controlla(lettura: Lettura) -> None:
    lettura.verifica()
    manifesto = lettura.manifesto
    if _numeri(manifesto.versione) > _numeri(__version__):
        raise SalvataggioRifiutato(
            f"L'archivio è della versione {manifesto.versione}, più nuova di questa ({__version__}): "
            "installare quella versione e ripetere."
        )
    ignote = set(manifesto.migrazioni) - _note()
    if ignote:
        raise SalvataggioRifiutato(
            "L'archivio contiene migrazioni che questa versione non conosce: "
            + ", ".join(f"{app}.{nome}" for app, nome in sorted(ignote))
        )
    qui = base_dati().TIPO
    if manifesto.database != qui:
        raise SalvataggioRifiutato(
            f"L'archivio è di un database {manifesto.database}; qui DATABASE_URL indica {qui}."
        )


def _controlla_vuota() -> None:
    with base_dati().presente() as vivo:
        occupate = tabelle_occupate(vivo)
    if occupate:
        raise SalvataggioRifiutato(
            f"Qui ci sono già dati ({len(occupate)} tabelle non vuote): per perderli e rimettere quelli "
            "dell'archivio, ripetere con --sostituisci."
        )


def _rimetti(lettura: Lettura, dati: Path, *, sostituisci: bool) -> int:
    nuovi = 0
    with Scritture() as scritture:
        for voce in lettura.manifesto.file:
            nome = voce.nome.removeprefix(CARTELLA_FILE)
            with lettura.apri(voce) as contenuto:
                nuovi += scritture.metti(nome, contenuto, voce.sha256, sostituisci=sostituisci)
        base_dati().rimetti(dati)
    return nuovi


def _rileggi(manifesto: Manifesto) -> None:
    """What is in the database now. It has been replaced: no failure may say that nothing changed."""
    try:
        with base_dati().presente() as vivo:
            uguali = impronte(vivo) == manifesto.tabelle
    except Exception as errore:
        raise SalvataggioRifiutato(
            "Il database è stato ripristinato, ma non si è potuto rileggere. Ripetere con --sostituisci. "
            f"({type(errore).__name__}: {errore})"
        ) from errore
    if not uguali:
        raise SalvataggioRifiutato(
            "Il database è stato ripristinato, ma le sue righe non sono quelle del manifesto: "
            "qualcuno vi sta scrivendo? Fermare il servizio e ripetere con --sostituisci."
        )


def _note() -> set[tuple[str, str]]:
    """Every migration this release knows, those replaced by a squash included."""
    disco = MigrationLoader(None).disk_migrations
    assert disco is not None
    sostituite = {chiave for migrazione in disco.values() for chiave in migrazione.replaces}
    return set(disco) | sostituite


def _numeri(versione: str) -> tuple[int, ...]:
    parti = versione.split(".")
    if not all(parte.isdecimal() for parte in parti):
        raise SalvataggioRifiutato(f"L'archivio dice una versione che non esiste: «{versione}».")
    return tuple(int(parte) for parte in parti)

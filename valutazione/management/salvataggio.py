"""What the commands that save and restore share: how a failure is told, how an archive is measured."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

from django.core.management.base import CommandError

from distretti.basi.italiano import numero
from distretti.salvataggio import SalvataggioRifiutato
from distretti.salvataggio.archivio import Manifesto
from valutazione.management.comando import Rifiuto


@contextmanager
def esito(non_riuscito: str) -> Iterator[None]:
    """A refusal exits with 2; whatever else fails, and it may be a disk, a network or a server, with 1.

    ``--traceback`` shows where.
    """
    try:
        yield
    except SalvataggioRifiutato as rifiuto:
        raise Rifiuto(rifiuto.messaggio) from rifiuto
    except Exception as errore:
        raise CommandError(f"{non_riuscito}: {type(errore).__name__}: {errore}") from errore


def misure(manifesto: Manifesto) -> str:
    """ "versione 0.2.0, database sqlite, 1204 righe in 41 tabelle, 12 file, 3,4 MB"."""
    return (
        f"versione {manifesto.versione}, database {manifesto.database},"
        f" {manifesto.righe} righe in {len(manifesto.tabelle)} tabelle, {len(manifesto.file)} file,"
        f" {numero(Fraction(manifesto.byte, 1_000_000), 1)} MB"
    )

"""Un programma in uno degli stati della tavola, con chi lo può toccare."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.urls import NoReverseMatch, reverse

from programmi.models import Osservazione, Programma
from programmi.procedura import approva
from programmi.variazione import apri_variazione
from tests.conftest import Persone
from tests.matrice.attesa import STATI
from tests.matrice.persone import Gruppo, gruppo
from tests.programmi.ingressi import con_progettualita
from tests.programmi.passi import estremi, porta


@dataclass(frozen=True)
class Scena:
    """``programma`` is in the state of the column; ``chiavi`` are the arguments of its addresses."""

    programma: Programma
    gruppo: Gruppo

    @property
    def chiavi(self) -> tuple[Any, ...]:
        return self.programma.distretto.codice, self.programma.edizione

    def indirizzo(self, nome: str, *altre: Any) -> str:
        """An address of the programme. Of a variazione also what exists for the annual ones only."""
        codice, edizione = self.chiavi
        try:
            return reverse(nome, args=[codice, edizione, *altre])
        except NoReverseMatch:
            di_un_anno = reverse(nome, args=[codice, self.programma.anno, *altre])
            return di_un_anno.replace(f"/{self.programma.anno}/", f"/{edizione}/")


def crea_scena(colonna: str, bozza: Programma, persone: Persone) -> Scena:
    """``colonna`` as in the tables: in lower case, the state of a variazione of ``bozza``."""
    chi = gruppo(persone)
    con_progettualita(bozza)
    programma, stato = bozza, STATI[colonna.upper()]
    if colonna.islower():
        annuale = porta(bozza, persone, "approvato")
        programma = apri_variazione(programma=annuale, utente=persone.manager, motivo="Cambia il calendario.")
    if colonna == "a":
        porta(programma, persone, "alla_firma")
        approva(programma=programma, utente=persone.dirigente, **estremi(numero="901"))
        programma.refresh_from_db()
    else:
        programma = porta(programma, persone, stato)
    programma.autori.add(chi.utenti["dirigente_autore"])
    return Scena(programma, chi)


def osservata(scena: Scena) -> Osservazione:
    """An open osservazione, whatever the state."""
    return Osservazione.objects.create(
        programma=scena.programma,
        numero=1,
        testo="Mancano i tempi.",
        utente=scena.gruppo.utenti["agenzia"],
        ruolo="referente_attivita",
    )


@contextmanager
def e_poi_come_prima() -> Iterator[None]:
    """What is written inside is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def righe_toccate() -> int:
    """How many rows, of every table but the sessions, this connection has written so far: the database
    counts them itself, and does not forget what is rolled back. No more of them: no table has changed."""
    if connection.vendor == "sqlite":
        return int(connection.connection.total_changes)
    with connection.cursor() as cursore:
        cursore.execute(
            "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_all_tables"
            " WHERE relname <> 'django_session'"
        )
        (quante,) = cursore.fetchone()
    return int(quante)


def file_conservati() -> int:
    """How many files are kept of what was sent."""
    return sum(1 for percorso in Path(settings.MEDIA_ROOT).rglob("*") if percorso.is_file())

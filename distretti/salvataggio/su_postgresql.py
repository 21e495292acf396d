"""The database through PostgreSQL's own programs: ``pg_dump`` on one snapshot, one transaction back."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from distretti.salvataggio import SalvataggioRifiutato

TIPO = "postgresql"
NOME = "base-dati.pgdump"
_CARTELLE = Path("/usr/lib/postgresql")
ATTESA = 20
"""Seconds to wait for who is using the tables."""
_NON_OTTENUTO = "55P03"
_SOLO_DAL_17 = b"SET transaction_timeout = 0;\n"


class LettorePostgresql:
    """The rows that one transaction sees, always the same."""

    def __init__(self, collegamento: "psycopg.Connection[Any]") -> None:
        self.collegamento = collegamento

    def colonne(self) -> Mapping[str, Sequence[str]]:
        trovate: dict[str, list[str]] = {}
        for tabella, colonna in self.righe(
            "SELECT c.table_name, c.column_name FROM information_schema.columns c"
            " JOIN information_schema.tables t USING (table_schema, table_name)"
            " WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'"
        ):
            trovate.setdefault(tabella, []).append(colonna)
        return trovate

    def righe(self, interrogazione: str) -> Iterator[Sequence[Any]]:
        # A cursor of the server: a large table never comes into memory whole.
        with self.collegamento.cursor(name=f"c{uuid4().hex}") as cursore:
            cursore.itersize = 5000
            yield from cursore.execute(interrogazione.encode())


def versione() -> str:
    with presente() as lettore:
        return str(lettore.collegamento.info.server_version // 10000)


@contextmanager
def istantanea(file: Path) -> Iterator[LettorePostgresql]:
    """Write to ``file`` what one snapshot sees, and read the tables in that very snapshot."""
    with presente() as lettore:
        vivo = lettore.collegamento
        riga = vivo.execute("SELECT pg_export_snapshot()").fetchone()
        assert riga is not None
        pg_dump = _programma("pg_dump", vivo.info.server_version // 10000)
        come = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={riga[0]}"]
        _esegui([pg_dump, *come, f"--file={file}", f"--dbname={_indirizzo()}"])
        yield lettore


@contextmanager
def presente() -> Iterator[LettorePostgresql]:
    """The live database, in one read-only transaction that sees one instant."""
    with psycopg.connect(make_conninfo(**_parametri())) as vivo:
        vivo.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        vivo.read_only = True
        vivo.execute("SET LOCAL TIME ZONE 'UTC'")
        yield LettorePostgresql(vivo)


@contextmanager
def salvato(file: Path) -> Iterator[None]:
    """A dump has no rows to read before it is restored: its hash has told that it is whole."""
    yield None


def rimetti(file: Path) -> None:
    """Replace everything in the schema with what was dumped, in one transaction."""
    connection.close()
    server = int(versione())
    copione = file.with_suffix(".sql")
    come = ["--no-owner", "--no-privileges", f"--file={copione}"]
    _esegui([_programma("pg_restore", server), *come, str(file)])
    if server < 17:
        _togli_dalla_testa(copione, _SOLO_DAL_17)
    opzioni = ["--no-psqlrc", "--quiet", "--single-transaction", "--output=/dev/null"]
    # With its SQLSTATE an error is recognised whatever the language of the server.
    opzioni += ["--set=ON_ERROR_STOP=1", "--set=VERBOSITY=verbose", f"--dbname={_indirizzo()}"]
    _esegui([_programma("psql", server), *opzioni, f"--command={_svuota()}", f"--file={copione}"])


def _svuota() -> str:
    return (
        f"SET lock_timeout = '{ATTESA}s'; DROP SCHEMA public CASCADE;"
        " CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC;"
    )


def _togli_dalla_testa(file: Path, riga: bytes) -> None:
    """Blank a line that older servers do not know, among the settings at the beginning of the script."""
    with file.open("r+b") as copione:
        posto = copione.read(4096).find(riga)
        if posto >= 0:
            copione.seek(posto)
            copione.write(b" " * (len(riga) - 1))


def _parametri() -> dict[str, Any]:
    """How the site itself connects, in the words of libpq."""
    noti = {opzione.keyword.decode() for opzione in Conninfo.get_defaults()}
    return {nome: valore for nome, valore in connection.get_connection_params().items() if nome in noti}


def _indirizzo() -> str:
    """The same, without the password: command lines are seen by everyone on the machine."""
    return make_conninfo(**{nome: valore for nome, valore in _parametri().items() if nome != "password"})


def _programma(nome: str, server: int) -> str:
    """The program of PostgreSQL's client that knows this server: the oldest one that is new enough."""
    nostri = sorted(
        (int(cartella.name), cartella / "bin" / nome)
        for cartella in _CARTELLE.glob("[0-9]*")
        if cartella.name.isdigit() and (cartella / "bin" / nome).is_file()
    )
    for numero, percorso in nostri:
        if numero >= server:
            return str(percorso)
    altrove = shutil.which(nome)
    if altrove is not None:
        detto = subprocess.run([altrove, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
        numeri = re.search(r"\d+", detto)
        if numeri and int(numeri.group()) >= server:
            return altrove
    raise SalvataggioRifiutato(
        f"Manca «{nome}» per PostgreSQL {server}: installare il pacchetto postgresql-client-{server}."
    )


def _esegui(comando: Sequence[str]) -> None:
    ambiente = {**os.environ, "PGPASSWORD": str(_parametri().get("password") or ""), "LC_MESSAGES": "C.UTF-8"}
    esito = subprocess.run(comando, env=ambiente, capture_output=True, text=True, check=False)  # noqa: S603
    if esito.returncode:
        detto = " ".join(esito.stderr.split())[-500:]
        if _NON_OTTENUTO in detto:
            raise SalvataggioRifiutato("Qualcuno sta usando il database: fermare il servizio e riprovare.")
        raise SalvataggioRifiutato(f"{Path(comando[0]).name} non è riuscito: {detto}")

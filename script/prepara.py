"""Prepara i dati per script/server: migrazioni, dati di base, dimostrazione, file statici.

Un solo processo, perché ogni avvio di Django costa quasi un secondo. Idempotente.
"""

import hashlib
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RADICE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RADICE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.staticfiles.finders import get_finders  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.management.base import CommandError  # noqa: E402
from django.db import DatabaseError  # noqa: E402

UTENTI = ("manager", "referente", "agenzia", "dirigente", "coordinatore", "auditor", "amministratore")


def dici(testo: str) -> None:
    sys.stdout.write(f"{testo}\n")
    sys.stdout.flush()


@contextmanager
def passo(cosa: str, rimedio: str) -> Iterator[None]:
    """One step: what can go wrong outside the program is told in three lines, and stops."""
    dici(f"\n== {cosa}")
    try:
        yield
    except (CommandError, DatabaseError, OSError) as errore:
        sys.stderr.write(f"\nERRORE: {cosa}\n  Perché: {errore}\n  Che cosa fare: {rimedio}\n")
        sys.exit(1)


def controlla_porta() -> None:
    porta = int(os.environ.get("PORT", "8000"))
    with socket.socket() as prova:
        prova.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prova.bind(("127.0.0.1", porta))
        except OSError as errore:
            sys.stderr.write(
                f"\nERRORE: la porta {porta} non si può usare\n  Perché: {errore.strerror}\n"
                f"  Che cosa fare: fermare il programma che la occupa, o: PORT={porta + 1} script/server\n"
            )
            sys.exit(1)


def carica_dimostrazione() -> None:
    """A database that is not a demonstration refuses: it is said, and the site starts without."""
    try:
        call_command("carica_dimostrazione")
    except CommandError as rifiuto:
        dici(f"Dati di dimostrazione non caricati: {rifiuto}")


def impronta_statici() -> str:
    """What the static files are made from: names, sizes and times."""
    somma = hashlib.sha256(settings.STATIC_URL.encode())
    for ricerca in get_finders():
        for nome, deposito in ricerca.list([]):
            dati = os.stat(deposito.path(nome))
            prefisso = getattr(deposito, "prefix", None) or ""
            somma.update(f"{prefisso}/{nome} {dati.st_size} {dati.st_mtime_ns}\n".encode())
    return somma.hexdigest()


def raccogli_statici() -> None:
    segno = Path(settings.STATIC_ROOT) / ".impronta"
    impronta = impronta_statici()
    if segno.is_file() and segno.read_text() == impronta:
        dici("Nulla di cambiato.")
        return
    call_command("collectstatic", interactive=False, verbosity=1)
    segno.write_text(impronta)


def mostra_utenti() -> None:
    """The demonstration accounts, with the password if it is the one that opens them."""
    password = os.environ["DISTRETTI_DEMO_PASSWORD"]
    utenti = {u.get_username(): u for u in get_user_model().objects.filter(username__in=UTENTI)}
    if not utenti:
        return
    dici("\nUtenti di dimostrazione: " + ", ".join(nome for nome in UTENTI if nome in utenti))
    custodita = Path(os.environ["DISTRETTI_VAR"]) / "password-dimostrazione"
    if not any(utente.check_password(password) for utente in utenti.values()):
        dici("Password: quella scelta quando sono stati creati.")
    elif custodita.is_file() and custodita.read_text().strip() == password:
        dici(f"Password: {password}")
    else:
        dici("Password: quella di DISTRETTI_DEMO_PASSWORD.")


def principale() -> None:
    controlla_porta()
    django.setup()
    base_dati = settings.DATABASES["default"]
    dove = base_dati["NAME"] if "sqlite" in base_dati["ENGINE"] else f"{base_dati['NAME']} (PostgreSQL)"
    with passo(
        f"Database: {dove}",
        "controllare DATABASE_URL e che il database sia raggiungibile e vuoto o già di Distretti.",
    ):
        call_command("migrate", interactive=False, verbosity=1)
    with passo("Dati di base e programma 2025", "confrontare il database con ciò che dice l'errore."):
        call_command("carica_base")
        call_command("congela", verbosity=0)  # what an earlier release had approved
    with passo("Dati di dimostrazione", "confrontare il database con ciò che dice l'errore."):
        carica_dimostrazione()
    with passo("File statici", "controllare permessi e spazio della cartella dei dati."):
        raccogli_statici()
    mostra_utenti()


if __name__ == "__main__":
    principale()

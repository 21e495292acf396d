"""The server under test: gunicorn with two workers, in the production profile."""

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.carico import Connessione

LAVORATORI = 2
FILI = 4
AVVIO = 60.0
TIC = os.sysconf("SC_CLK_TCK")


class Server:
    """A running gunicorn, and its processes."""

    def __init__(self, porta: int) -> None:
        self.porta = porta

    def connessioni(self, per_processo: int) -> list[Connessione]:
        """As many kept connections for each worker, so that no round finds one of them idle."""
        scelte: list[Connessione] = []
        quante: Counter[int] = Counter()
        for _ in range(1000):
            if len(scelte) == LAVORATORI * per_processo:
                return scelte
            connessione = Connessione(self.porta)
            processo = int(connessione.chiedi("/nuda/vuota").intestazioni["x-processo"])
            if quante[processo] < per_processo:
                quante[processo] += 1
                scelte.append(connessione)
            else:
                connessione.chiudi()
        raise RuntimeError(f"Un processo di gunicorn non accetta connessioni: {dict(quante)}.")

    def processi(self, connessioni: Iterable[Connessione]) -> list[int]:
        """The workers at the other end of these connections."""
        return sorted({int(c.chiedi("/nuda/vuota").intestazioni["x-processo"]) for c in connessioni})


@contextmanager
def acceso(cartella: Path) -> Iterator[Server]:
    """The server on a free port, in this process's environment; its log is in ``cartella``."""
    with socket.socket() as prova:
        prova.bind(("127.0.0.1", 0))
        porta = prova.getsockname()[1]
    comando = [sys.executable, "-m", "gunicorn", "tests.bench.wsgi:application"]
    comando += ["--bind", f"127.0.0.1:{porta}", "--workers", str(LAVORATORI), "--threads", str(FILI)]
    comando += ["--keep-alive", "75", "--log-level", "warning"]
    with (cartella / "gunicorn.txt").open("wb") as registro:
        processo = subprocess.Popen(comando, stdout=registro, stderr=registro)
        try:
            _attendi(porta, processo, cartella / "gunicorn.txt")
            yield Server(porta)
        finally:
            processo.terminate()
            processo.wait(30)


def ambiente(cartella: Path) -> dict[str, str]:
    """The variables of the production profile; the database is the caller's."""
    return {
        "DISTRETTI_VAR": str(cartella),
        "DJANGO_SETTINGS_MODULE": "tests.bench.impostazioni",
        "DISTRETTI_PROFILO": "produzione",
        "SECRET_KEY": "chiave-delle-misure-che-non-protegge-nulla-0123456789-abcdefghij",
        "ALLOWED_HOSTS": "distretti.example.org",
        "DISTRETTI_API_LIMITE": "999999999",  # counted as ever, never reached
    }


def _attendi(porta: int, processo: subprocess.Popen[bytes], registro: Path) -> None:
    fine = time.monotonic() + AVVIO
    while time.monotonic() < fine and processo.poll() is None:
        try:
            Connessione(porta).chiudi()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"gunicorn non si è avviato:\n{registro.read_text(errors='replace')}")


def usato(processi: Iterable[int]) -> float:
    """Seconds of processor that these processes have used, their threads together."""
    totale = 0
    for processo in processi:
        campi = Path(f"/proc/{processo}/stat").read_text().rpartition(")")[2].split()
        totale += int(campi[11]) + int(campi[12])
    return totale / TIC


def memoria(processo: int) -> tuple[int, int]:
    """Kilobytes a process holds now, and at most since :func:`azzera_massimo`."""
    righe = Path(f"/proc/{processo}/status").read_text().splitlines()
    valori = {nome: valore for nome, _, valore in (riga.partition(":") for riga in righe)}
    return int(valori["VmRSS"].split()[0]), int(valori["VmHWM"].split()[0])


def azzera_massimo(processo: int) -> None:
    """Begin again to note the most memory the process holds."""
    Path(f"/proc/{processo}/clear_refs").write_text("5")


def padre(processo: int) -> int:
    """The process that started it."""
    return int(Path(f"/proc/{processo}/stat").read_text().rpartition(")")[2].split()[1])


def figli(di: int | None) -> list[int]:
    """The processes that ``di`` has started."""
    trovati: list[int] = []
    if di is None:
        return trovati
    for stato in Path("/proc").glob("[0-9]*"):
        try:
            if padre(int(stato.name)) == di:
                trovati.append(int(stato.name))
        except OSError:
            continue  # ended meanwhile
    return trovati

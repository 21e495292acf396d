"""Il controllo antivirus: un clamd finto, di questa macchina, che fa anche ciò che non dovrebbe."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from config.impostazioni_servizi import antivirus as dalle_variabili
from distretti import antivirus, checks
from distretti.basi.antivirus import Clamd, ClamdMuto, ClamdTroppoGrande
from distretti.basi.file_caricati import FileNonAmmesso

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

Risponde = Callable[[socket.socket], None]


def clamd(presa: socket.socket, *, massimo: int = 1 << 30) -> None:
    """As the true one: PING, and INSTREAM with its pieces."""
    comando = b""
    while not comando.endswith(b"\0"):
        comando += presa.recv(1)
    if comando == b"zPING\0":
        presa.sendall(b"PONG\0")
        return
    letto = b""
    with presa.makefile("rb") as flusso:
        while lunghezza := struct.unpack(">I", flusso.read(4))[0]:
            letto += flusso.read(lunghezza)
            if len(letto) > massimo:
                presa.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
    trovato = b"Win.Test.EICAR_HDB-1 FOUND" if EICAR in letto else b"OK"
    presa.sendall(b"stream: " + trovato + b"\0")


@contextmanager
def servizio(risponde: Risponde, dove: str | None = None) -> Iterator[str]:
    """A daemon that answers one connection after the other. Gives its address."""
    presa = socket.socket(socket.AF_UNIX if dove else socket.AF_INET)
    presa.bind(dove or ("127.0.0.1", 0))
    presa.listen()
    presa.settimeout(5)

    def servi() -> None:
        while True:
            try:
                collegata, _ = presa.accept()
            except OSError:
                return
            with collegata:
                collegata.settimeout(5)
                with suppress(OSError):
                    risponde(collegata)

    filo = threading.Thread(target=servi, daemon=True)
    filo.start()
    try:
        yield f"unix:{dove}" if dove else f"tcp://127.0.0.1:{presa.getsockname()[1]}"
    finally:
        presa.shutdown(socket.SHUT_RDWR)
        presa.close()
        filo.join(5)


def esamina(indirizzo: str, contenuto: bytes, attesa: float = 5) -> str | None:
    return Clamd.da_indirizzo(indirizzo, attesa=attesa).esamina(BytesIO(contenuto))


def test_un_file_buono_e_uno_infetto_anche_lungo() -> None:
    with servizio(clamd) as indirizzo:
        assert Clamd.da_indirizzo(indirizzo).risponde()
        assert esamina(indirizzo, b"buono") is None
        assert esamina(indirizzo, b"x" * 300_000) is None
        assert esamina(indirizzo, b"x" * 300_000 + EICAR) == "Win.Test.EICAR_HDB-1"


def test_anche_per_un_socket_di_unix(tmp_path: Path) -> None:
    with servizio(clamd, str(tmp_path / "clamd")) as indirizzo:
        assert esamina(indirizzo, EICAR) == "Win.Test.EICAR_HDB-1"


def test_oltre_il_suo_limite_si_sa_il_perche() -> None:
    with servizio(lambda presa: clamd(presa, massimo=70_000)) as indirizzo:
        assert esamina(indirizzo, b"x" * 60_000) is None
        with pytest.raises(ClamdTroppoGrande, match="StreamMaxLength"):
            esamina(indirizzo, b"x" * 3_000_000)


def lento(presa: socket.socket) -> None:
    for _ in range(5):
        time.sleep(0.1)
        presa.sendall(b"s")


def chiude_a_meta(presa: socket.socket) -> None:
    presa.recv(3)


MALE: dict[str, Risponde] = {
    "chiude": lambda presa: None,
    "chiude dopo un po'": chiude_a_meta,
    "tace": lambda presa: time.sleep(0.5),
    "una lettera alla volta": lento,
    "parla d'altro": lambda presa: presa.sendall(b"HTTP/1.1 200 OK\r\n\r\nciao\0"),
    "non è testo": lambda presa: presa.sendall(b"\xff\xfe\x00"),
    "un fiume": lambda presa: presa.sendall(b"stream: OK" * 100_000),
    "OK di un altro": lambda presa: presa.sendall(b"altro: OK\0"),
    "un errore": lambda presa: presa.sendall(b"stream: Can't allocate memory ERROR\0"),
}


@pytest.mark.parametrize("risponde", MALE.values(), ids=MALE)
def test_senza_un_verdetto_il_file_non_e_mai_buono(risponde: Risponde) -> None:
    with servizio(risponde) as indirizzo:
        inizio = time.monotonic()
        with pytest.raises(ClamdMuto):
            esamina(indirizzo, b"x" * 1_000_000, attesa=0.2)
        assert time.monotonic() - inizio < 10
        assert not Clamd.da_indirizzo(indirizzo, attesa=0.2).risponde()


def test_chi_non_c_e(tmp_path: Path) -> None:
    for indirizzo in (f"unix:{tmp_path}/manca", "tcp://127.0.0.1:9"):
        with pytest.raises(ClamdMuto, match="non si raggiunge"):
            esamina(indirizzo, b"x")


@pytest.mark.parametrize(
    "indirizzo",
    ["clamd", "unix:relativo", "http://x", "tcp://", "tcp://host:99999", "tcp://a/b", "unix://a/b"],
)
def test_un_indirizzo_che_non_va_ferma_il_programma(indirizzo: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISTRETTI_ANTIVIRUS", indirizzo)
    with pytest.raises(Exception, match="DISTRETTI_ANTIVIRUS"):
        dalle_variabili()


def test_le_variabili(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISTRETTI_ANTIVIRUS", raising=False)
    assert dalle_variabili() is None
    monkeypatch.setenv("DISTRETTI_ANTIVIRUS", "tcp://[::1]")
    monkeypatch.setenv("DISTRETTI_ANTIVIRUS_ATTESA", "12")
    assert dalle_variabili() == Clamd(("::1", 3310), 12)
    monkeypatch.setenv("DISTRETTI_ANTIVIRUS", "unix:/run/clamav/clamd.ctl")
    assert dalle_variabili() == Clamd("/run/clamav/clamd.ctl", 12)


def test_a_chi_carica_si_dice_che_cosa_fare_e_la_firma_va_nei_registri(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    file = BytesIO(EICAR)
    antivirus.esamina(file, nome="a.csv")  # not set: nobody looks
    with servizio(clamd) as indirizzo:
        settings.ANTIVIRUS = Clamd.da_indirizzo(indirizzo, attesa=5)
        with pytest.raises(FileNonAmmesso, match="infetto") as infetto:
            antivirus.esamina(file, nome="a.csv")
    assert "EICAR" not in infetto.value.messaggio
    assert "Win.Test.EICAR_HDB-1" in caplog.text
    assert file.tell() == 0
    with pytest.raises(FileNonAmmesso, match="ciò che hai scritto resta"):
        antivirus.esamina(file, nome="a.csv")
    assert "non si raggiunge" in caplog.text


def test_lo_stato_e_il_controllo_lo_dicono(settings: Any) -> None:
    cache.clear()
    assert antivirus.stato() == "spento"
    assert checks.antivirus_risponde() == []
    with servizio(clamd) as indirizzo:
        settings.ANTIVIRUS = Clamd.da_indirizzo(indirizzo, attesa=5)
        assert antivirus.stato() == "risponde"
        assert checks.antivirus_risponde() == []
    assert antivirus.stato() == "risponde", "per mezzo minuto si ricorda"
    cache.clear()
    assert [avviso.id for avviso in checks.antivirus_risponde()] == ["distretti.W006"]
    cache.clear()

"""Asks a ClamAV daemon about a file, by its INSTREAM command. Plain Python, no Django.

::

    firma = Clamd.da_indirizzo("unix:/run/clamav/clamd.ctl").esamina(file)   # None: nothing found

Of the libraries, the one that is kept (clamav-client) is GPL-2.0, which this product's licence cannot take
in; it sets a time for each packet and none for the whole, and answers a file over clamd's limit with a broken
pipe. The others have not moved for years. The dialogue is these few lines.
"""

import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import IO
from urllib.parse import urlsplit

PORTA = 3310
_PEZZO = 64 * 1024
_RISPOSTA_MASSIMA = 4 * 1024


class ClamdMuto(Exception):
    """The daemon cannot be reached, is too slow, or says what is no verdict. Says which, for the logs."""


class ClamdTroppoGrande(ClamdMuto):
    """The daemon takes no file as large as this one: its StreamMaxLength is too small."""


@dataclass(frozen=True, slots=True)
class Clamd:
    """A daemon at ``dove``: a path of a Unix socket, or host and port. ``attesa``: seconds for a file."""

    dove: str | tuple[str, int]
    attesa: float = 30.0

    @classmethod
    def da_indirizzo(cls, indirizzo: str, *, attesa: float = 30.0) -> "Clamd":
        """From ``unix:/run/clamav/clamd.ctl`` or ``tcp://host:3310``. Raises ``ValueError`` for another."""
        divise = urlsplit(indirizzo)
        if divise.scheme == "unix" and divise.path.startswith("/") and not divise.netloc:
            return cls(divise.path, attesa)
        nudo = not (divise.path.strip("/") or divise.query or divise.username)
        if divise.scheme == "tcp" and divise.hostname and nudo:
            return cls((divise.hostname, divise.port or PORTA), attesa)
        raise ValueError("unix:/percorso/del/socket oppure tcp://host:porta")

    def risponde(self) -> bool:
        """Is the daemon there, and a ClamAV one?"""
        try:
            with _Dialogo(self) as dialogo:
                dialogo.manda(b"zPING\0")
                return dialogo.risposta() == "PONG"
        except ClamdMuto:
            return False

    def esamina(self, file: IO[bytes]) -> str | None:
        """The name of what was found in ``file``, read from its beginning; None when nothing was.

        Raises :class:`ClamdMuto` when there is no verdict: a file is never good for want of an answer.
        """
        file.seek(0)
        with _Dialogo(self) as dialogo:
            # A daemon that has had enough answers and shuts the door: the answer tells why.
            with suppress(BrokenPipeError, ConnectionResetError):
                dialogo.manda(b"zINSTREAM\0")
                while pezzo := file.read(_PEZZO):
                    dialogo.manda(struct.pack(">I", len(pezzo)) + pezzo)
                dialogo.manda(struct.pack(">I", 0))
            return _verdetto(dialogo.risposta())


def _verdetto(risposta: str) -> str | None:
    if risposta == "stream: OK":
        return None
    if risposta.startswith("stream: ") and risposta.endswith(" FOUND"):
        return risposta.removeprefix("stream: ").removesuffix(" FOUND")
    if "size limit exceeded" in risposta:
        raise ClamdTroppoGrande(f"clamd: {risposta} (StreamMaxLength è più piccolo dei file ammessi)")
    raise ClamdMuto(f"clamd ha risposto «{risposta[:200]}»")


def _apri(dove: str | tuple[str, int], attesa: float) -> socket.socket:
    if not isinstance(dove, str):
        return socket.create_connection(dove, timeout=attesa)
    presa = socket.socket(socket.AF_UNIX)
    try:
        presa.settimeout(attesa)
        presa.connect(dove)
    except OSError:
        presa.close()
        raise
    return presa


class _Dialogo:
    """A connection that ends, whatever happens, before the time is over."""

    def __init__(self, clamd: Clamd) -> None:
        self._clamd = clamd
        self._fine = time.monotonic() + clamd.attesa

    def __enter__(self) -> "_Dialogo":
        dove = self._clamd.dove
        try:
            self._presa = _apri(dove, self._restano())
        except OSError as errore:
            raise ClamdMuto(f"clamd non si raggiunge ({type(errore).__name__}: {errore})") from errore
        return self

    def __exit__(self, *errore: object) -> None:
        self._presa.close()

    def manda(self, dati: bytes) -> None:
        try:
            self._presa.settimeout(self._restano())
            self._presa.sendall(dati)
        except TimeoutError as errore:
            raise ClamdMuto("clamd non ha letto il file in tempo") from errore

    def risposta(self) -> str:
        """What it says, up to its zero or to the end."""
        letti = b""
        try:
            while not letti.endswith(b"\0") and len(letti) < _RISPOSTA_MASSIMA:
                self._presa.settimeout(self._restano())
                if not (pezzo := self._presa.recv(_RISPOSTA_MASSIMA)):
                    break
                letti += pezzo
        except TimeoutError as errore:
            raise ClamdMuto("clamd non ha risposto in tempo") from errore
        except OSError as errore:
            if not letti:
                raise ClamdMuto(f"clamd ha chiuso senza rispondere ({type(errore).__name__})") from errore
        return letti.decode("utf-8", "replace").strip("\0\n ")

    def _restano(self) -> float:
        restano = self._fine - time.monotonic()
        if restano <= 0:
            raise ClamdMuto("clamd non ha risposto in tempo")
        return restano

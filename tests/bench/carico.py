"""A closed-loop load on one address: so many connections, each asking again as soon as it is answered.

One process and one ``select`` loop on plain sockets, so that the load takes as little as it can of the
processor that it shares with what is measured.
"""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

FINE_INTESTAZIONI = b"\r\n\r\n"
ATTESA = 60.0
"""Seconds without any answer after which the server is taken for dead."""


@dataclass(slots=True)
class Esito:
    """What one round of load gave."""

    richieste: int = 0
    secondi: float = 0.0
    byte: int = 0
    stati: Counter[int] = field(default_factory=Counter)

    @property
    def al_secondo(self) -> float:
        return self.richieste / self.secondi


@dataclass(slots=True)
class Risposta:
    """One whole answer."""

    stato: int
    intestazioni: dict[str, str]
    corpo: bytes


class Connessione:
    """A kept connection to the server under test; speaks as the reverse proxy in front of it would."""

    def __init__(self, porta: int) -> None:
        self.presa = socket.create_connection(("127.0.0.1", porta), timeout=ATTESA)
        self.presa.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.letti = bytearray()
        self.attesi = -1

    def manda(self, richiesta: bytes) -> None:
        self.letti.clear()
        self.attesi = -1
        self.presa.sendall(richiesta)

    def leggi(self) -> bool:
        """Read what has arrived; is the answer whole?"""
        pezzo = self.presa.recv(262144)
        if not pezzo:
            raise ConnectionError("Il server ha chiuso la connessione a metà di una risposta.")
        self.letti += pezzo
        if self.attesi < 0:
            fine = self.letti.find(FINE_INTESTAZIONI)
            if fine < 0:
                return False
            self.attesi = fine + len(FINE_INTESTAZIONI) + self._lunghezza(fine)
        return len(self.letti) >= self.attesi

    def _lunghezza(self, fine: int) -> int:
        for riga in self.letti[:fine].split(b"\r\n")[1:]:
            nome, _, valore = riga.partition(b":")
            if nome.lower() == b"content-length":
                return int(valore)
        raise ConnectionError("Una risposta misurata deve dire la sua lunghezza (Content-Length).")

    @property
    def stato(self) -> int:
        return int(self.letti[9:12])

    def chiedi(self, percorso: str) -> Risposta:
        """One request, one answer."""
        self.manda(richiesta(percorso))
        while not self.leggi():
            pass
        testa, _, corpo = bytes(self.letti).partition(FINE_INTESTAZIONI)
        righe = [riga.partition(":") for riga in testa.decode("latin-1").split("\r\n")[1:]]
        return Risposta(self.stato, {nome.lower(): valore.strip() for nome, _, valore in righe}, corpo)

    def chiudi(self) -> None:
        self.presa.close()


def richiesta(percorso: str, cliente: str = "192.0.2.1") -> bytes:
    """The bytes of a GET, as they arrive behind a proxy that speaks HTTPS for ``cliente``."""
    return (
        f"GET {percorso} HTTP/1.1\r\nHost: distretti.example.org\r\nAccept: */*\r\n"
        f"X-Forwarded-Proto: https\r\nX-Forwarded-For: {cliente}\r\n\r\n"
    ).encode("ascii")


def clienti(quanti: int = 250) -> Iterator[str]:
    """Addresses of many clients, over and over: no single one asks more than it may."""
    while True:
        for numero in range(1, quanti + 1):
            yield f"192.0.2.{numero}"


def carica(connessioni: Iterable[Connessione], percorso: str, secondi: float) -> Esito:
    """Ask for ``percorso`` on all the connections for ``secondi``; every answer is read to its end."""
    esito, chi = Esito(), clienti()
    with selectors.DefaultSelector() as scelta:
        for connessione in connessioni:
            scelta.register(connessione.presa, selectors.EVENT_READ, connessione)
            connessione.manda(richiesta(percorso, next(chi)))
        in_volo = len(scelta.get_map())
        inizio = time.perf_counter()
        fine = inizio + secondi
        while in_volo:
            pronte = scelta.select(ATTESA)
            if not pronte:
                raise TimeoutError(f"Nessuna risposta da {percorso} in {ATTESA:.0f} secondi.")
            for chiave, _ in pronte:
                connessione = chiave.data
                if not connessione.leggi():
                    continue
                esito.richieste += 1
                esito.byte += len(connessione.letti)
                esito.stati[connessione.stato] += 1
                if time.perf_counter() < fine:
                    connessione.manda(richiesta(percorso, next(chi)))
                else:
                    in_volo -= 1
        esito.secondi = time.perf_counter() - inizio
    return esito

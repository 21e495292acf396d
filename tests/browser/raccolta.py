"""The pages of the table of addresses, as three people get them: what the browser then looks at.

They are asked for all together, through the whole of Django, before the browser starts: the scene is
built in one transaction and thrown away, no server runs, and the table that closes every new address
(tests/indirizzi/tavola.py) also brings its page here.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings

from distretti.models import Installazione
from tests.conftest import crea_persone
from tests.indirizzi import crescita
from tests.indirizzi.indirizzo import Indirizzo
from tests.indirizzi.mondo import Mondo, crea_mondo
from tests.indirizzi.sbagliati import rifiuti
from tests.indirizzi.tavola import TAVOLA
from tests.indirizzi.vuoto import STADI
from tests.pdf.ricordate import stampe_ricordate

LETTORI = ("", "manager", "agenzia")
"""Between them they read nearly everything: "" is who has not signed in."""

QUANTE = 30
"""A list turns its page after 25 rows; what axe takes grows with the rows."""

_DI_OGNI_VOLTA = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


@dataclass(frozen=True)
class Pagina:
    """An answer: who asked, where, what came. ``nome`` is the row of the table, or what failed."""

    chi: str
    nome: str
    indirizzo: str
    stato: int
    testate: dict[str, str]
    corpo: bytes

    def __str__(self) -> str:
        return f"{self.stato} {self.indirizzo} ({self.chi or 'anonimo'}, {self.nome})"

    @property
    def impronta(self) -> bytes:
        """What the page is, apart from the tokens of its forms and from the header that every page has.

        A page that two readers are shown alike is examined once; the header of each is on their others.
        """
        titolo = self.corpo.partition(b"<title>")[2].partition(b"</title>")[0]
        principale = self.corpo.partition(b"<main")[2].partition(b"</main>")[0]
        return _DI_OGNI_VOLTA.sub(b"", titolo + principale)


@contextmanager
def scena(cartella: Path) -> Iterator[Mondo]:
    """One of everything, for as long as it takes to ask for the pages."""
    prova = {"MEDIA_ROOT": cartella, "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
    with override_settings(**prova), stampe_ricordate(), transaction.atomic():
        call_command("carica_base", verbosity=0)
        yield crea_mondo(crea_persone())
        transaction.set_rollback(True)


def piene(mondo: Mondo) -> Iterator[Pagina]:
    """The demonstration, and thirty more of everything: more than a page of any list holds."""
    Installazione.objects.update_or_create(pk=1, defaults={"dimostrazione": True})
    call_command("carica_dimostrazione", verbosity=0)
    with patch.multiple(crescita, QUANTE=QUANTE, NUMERI=range(QUANTE)):
        crescita.cresci(mondo)
    yield from _lette(mondo)


def vuote(mondo: Mondo) -> Iterator[Pagina]:
    """First nothing hangs from anything, then no evidence, then nothing at all."""
    for svuota in STADI:
        svuota(mondo)
        yield from _lette(mondo)


def errate(mondo: Mondo) -> Iterator[Pagina]:
    """Every form sent with errors, by whoever may send it; the pages that refuse, for each reader."""
    for rifiuto in rifiuti(mondo):
        yield _pagina(rifiuto.manda(mondo), rifiuto.chi, rifiuto.nome, rifiuto.indirizzo)


SCENE: dict[str, Callable[[Mondo], Iterator[Pagina]]] = {"piena": piene, "vuota": vuote, "errori": errate}


def _lette(mondo: Mondo) -> Iterator[Pagina]:
    for chi in LETTORI:
        yield from _lette_da(mondo, chi)


def _lette_da(mondo: Mondo, chi: str) -> Iterator[Pagina]:
    clienti: dict[str, Client] = {}
    for voce in TAVOLA:
        lettore = _lettore(voce, chi)
        if lettore is None:
            continue
        client = clienti.setdefault(lettore, mondo.entra(lettore))
        indirizzo = voce.indirizzo(mondo)
        risposta: Any = client.get(indirizzo, secure=True)
        if risposta.streaming:
            b"".join(risposta)  # a file: read to the end, it closes itself
        elif risposta.status_code == 200 and risposta["Content-Type"].startswith("text/html"):
            yield _pagina(risposta, lettore, voce.nome, indirizzo)


def _lettore(voce: Indirizzo, chi: str) -> str | None:
    """Who reads this row in the turn of ``chi``: what none of the three reads falls to the last of them."""
    if voce.api:
        return None
    if not chi:
        return "" if voce.pubblico == 200 else None
    if chi in voce.leggono:
        return chi
    altri = chi == LETTORI[-1] and not set(LETTORI) & set(voce.leggono)
    return voce.leggono[0] if altri and voce.leggono else None


def _pagina(risposta: Any, chi: str, nome: str, indirizzo: str) -> Pagina:
    testate = {k: v for k, v in risposta.items() if k.lower() not in ("content-length", "set-cookie")}
    return Pagina(chi, nome, indirizzo, risposta.status_code, testate, risposta.content)


def senza_doppioni(pagine: list[Pagina]) -> list[Pagina]:
    """Each page once."""
    prime: dict[bytes, Pagina] = {}
    for pagina in pagine:
        prime.setdefault(pagina.impronta, pagina)
    return list(prime.values())


def una_di_ciascuna(mondo: Mondo, nomi: tuple[str, ...]) -> list[Pagina]:
    """The first page of each of these rows of the table, as the manager gets it."""
    trovate: dict[str, Pagina] = {}
    for pagina in _lette_da(mondo, "manager"):
        if pagina.nome in nomi:
            trovate.setdefault(pagina.nome, pagina)
    return list(trovate.values())


def quella_di(mondo: Mondo, chi: str, nome: str) -> Pagina:
    """The page of the first row of the table with this name, as ``chi`` gets it."""
    indirizzo = next(voce for voce in TAVOLA if voce.nome == nome).indirizzo(mondo)
    return _pagina(mondo.entra(chi).get(indirizzo, secure=True), chi, nome, indirizzo)

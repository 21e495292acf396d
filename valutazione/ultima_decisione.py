"""The last decisions of a person, kept in their session while they may still be undone."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from programmi.models import Programma
from valutazione.chiusura.lettura import passaggi_dopo, ultimo_ordine
from valutazione.decisioni import Presa

_SESSIONE = "ultima_decisione"


@dataclass(frozen=True)
class UltimaDecisione:
    """What was decided, in words, and what it takes to undo it."""

    frase: str
    prese: tuple[Presa, ...]


def ricorda(request: HttpRequest, programma: Programma, frase: str, prese: Sequence[Presa]) -> None:
    """From now on it is this that may be undone: the one before no more."""
    request.session[_SESSIONE] = {
        "programma": programma.pk,
        "passaggio": ultimo_ordine(programma),
        "frase": frase,
        "prese": [presa.in_json() for presa in prese],
    }


def ultima_decisione(request: HttpRequest, programma: Programma) -> UltimaDecisione | None:
    """The last one on ``programma``, if it may still be undone as far as the session knows.

    Not when the closing went on since: it stood in what was concluded then, and is seen again by itself.
    """
    dato = request.session.get(_SESSIONE)
    if dato is None or dato["programma"] != programma.pk:
        return None
    if passaggi_dopo(programma, dato.get("passaggio", 0)).exists():
        return None
    return UltimaDecisione(dato["frase"], tuple(Presa.da_json(presa) for presa in dato["prese"]))


def dimentica(request: HttpRequest) -> None:
    request.session.pop(_SESSIONE, None)

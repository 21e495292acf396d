"""The forms set aside: in the session, one for each address, for one person only."""

import secrets
from typing import Literal, TypedDict, cast

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

CHIAVE = "moduli_conservati"
MASSIMO_MODULO = 200_000
"""Characters of one form at most: a long premessa fits, an attack on the session store does not."""
MASSIMO_TOTALE = 400_000
"""Characters of all the forms of a session: it is read at every request."""
MASSIMO_MODULI = 5
MASSIMO_INDIRIZZI = 20
"""Addresses at most, with those whose form could not be kept and which only say so."""

Motivo = Literal["sessione", "gettone"]


class Sospeso(TypedDict):
    """One form. ``conservato`` is false when it was too much to keep: the page then says so."""

    utente: str
    indirizzo: str
    percorso: str
    campi: dict[str, list[str]]
    file: bool
    conservato: bool
    motivo: Motivo
    gettone: str


def metti_da_parte(request: HttpRequest, utente: str, motivo: Motivo) -> Sospeso:
    """Keep what was posted for ``utente``; the oldest forms give way when there is too much."""
    campi = {
        nome: [str(valore) for valore in valori]
        for nome, valori in request.POST.lists()
        if nome != "csrfmiddlewaretoken"
    }
    nuovo: Sospeso = {
        "utente": utente,
        "indirizzo": request.get_full_path(),
        "percorso": request.path,
        "campi": campi,
        "file": bool(request.FILES),
        "conservato": True,
        "motivo": motivo,
        "gettone": secrets.token_urlsafe(12),
    }
    if _lunghezza(nuovo) > MASSIMO_MODULO:
        _svuota(nuovo)
    tutti = {indirizzo: s for indirizzo, s in _tutti(request).items() if indirizzo != request.path}
    tutti[request.path] = nuovo
    request.session[CHIAVE] = _entro_i_limiti(tutti)
    return nuovo


def trova(request: HttpRequest) -> Sospeso | None:
    """The form that the signed-in person left at this address. What somebody else left is destroyed."""
    tutti = _tutti(request)
    if not tutti or not request.user.is_authenticated:
        return None
    suoi = {i: s for i, s in tutti.items() if s["utente"] == str(request.user.pk)}
    if len(suoi) < len(tutti):
        request.session[CHIAVE] = suoi
    return suoi.get(request.path)


def togli(request: HttpRequest, sospeso: Sospeso) -> None:
    """Forget this form, unless another one took its place meanwhile."""
    tutti = _tutti(request)
    attuale = tutti.get(sospeso["percorso"])
    if attuale is not None and attuale["gettone"] == sospeso["gettone"]:
        del tutti[sospeso["percorso"]]
        request.session[CHIAVE] = tutti


def offri(request: HttpRequest, sospeso: Sospeso, status: int = 200) -> HttpResponse:
    """The page that shows where the form goes, and sends it (with a fresh token) at a press."""
    campi = [(nome, valore) for nome, valori in sospeso["campi"].items() for valore in valori]
    contesto = {"sospeso": sospeso, "campi": campi}
    return render(request, "distretti/riprendi.html", contesto, status=status)


def in_una_sessione_nuova(request: HttpRequest) -> None:
    """Whoever was in is out, and nobody knows the key of the session any more: the forms stay."""
    conservati = request.session.get(CHIAVE)
    if request.user.is_authenticated:
        logout(request)
    request.session.cycle_key()
    if conservati:
        request.session[CHIAVE] = conservati


def da_htmx(request: HttpRequest) -> bool:
    """Is it a part of a page that is asked for?"""
    return request.headers.get("HX-Request") == "true"


def _tutti(request: HttpRequest) -> dict[str, Sospeso]:
    return cast(dict[str, Sospeso], request.session.get(CHIAVE) or {})


def _lunghezza(sospeso: Sospeso) -> int:
    return sum(len(nome) + len(v) for nome, valori in sospeso["campi"].items() for v in valori)


def _svuota(sospeso: Sospeso) -> None:
    sospeso["campi"], sospeso["conservato"] = {}, False


def _entro_i_limiti(tutti: dict[str, Sospeso]) -> dict[str, Sospeso]:
    moduli = lunghezza = 0
    for sospeso in reversed(tutti.values()):
        moduli += sospeso["conservato"]
        lunghezza += _lunghezza(sospeso)
        if moduli > MASSIMO_MODULI or lunghezza > MASSIMO_TOTALE:
            _svuota(sospeso)
    return dict(list(tutti.items())[-MASSIMO_INDIRIZZI:])

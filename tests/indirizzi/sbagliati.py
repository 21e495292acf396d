"""Tutto ciò che va male: ogni modulo mandato con errori, ogni filtro impossibile, ogni pagina che rifiuta."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from distretti.basi.lettore import Errore
from distretti.basi.pdf import MotorePdfAssente
from tests.conftest import CODICE
from tests.indirizzi.corpi import Corpo
from tests.indirizzi.indirizzo import Indirizzo
from tests.indirizzi.mondo import Mondo
from tests.indirizzi.rifiuti_persone import delle_persone
from tests.indirizzi.tavola import TAVOLA
from valutazione.scheda.errori import SchedaNonValida

VUOTO: Corpo = {"azione": "registra"}
"""What is wrong for nearly every form: nothing was written."""

_REFERENTE_SENZA_NOME = {
    "referenti-TOTAL_FORMS": 1,
    "referenti-INITIAL_FORMS": 0,
    "referenti-0-riferimento": "d:1",
}
_CODICE_INVENTATO = {
    "classificazioni-TOTAL_FORMS": 1,
    "classificazioni-INITIAL_FORMS": 0,
    "classificazioni-0-voce": "inventata",
}
ALTRI_ERRORI: dict[str, tuple[Corpo, ...]] = {
    "autovalutazione": ({"commento-P1": "parola " * 20_000},),
    "programma-nuovo": ({"anno": "presto"}, {"anno": "1066"}),
    "programma-dati": ({"dal": "2026-12-31", "al": "2026-01-01", "riuso": "boh", "anno_nascita": "3000"},),
    "programma-premessa": ({"premessa": "parola " * 20_000},),
    "programma-attori": ({"attori-TOTAL_FORMS": 1, "attori-INITIAL_FORMS": 0, "attori-0-nome": "Chi"},),
    "programma-canali": ({"canali-TOTAL_FORMS": 1, "canali-INITIAL_FORMS": 0, "canali-0-valore": "TBD"},),
    "progettualita-nuova": (_REFERENTE_SENZA_NOME | _CODICE_INVENTATO,),
    "progettualita-modifica": (_REFERENTE_SENZA_NOME | _CODICE_INVENTATO,),
    "indicatore-regola": (
        {"tipo": "unica", "percentuale": "cento", "massimo": "101", "entro": "mai"},
        {"tipo": "fasce", "fasce_1_da": "3", "fasce_1_percentuale": "40", "fasce_2_da": "1"},
        {"tipo": "composta", "parti_1_nome": "una", "parti_1_percentuale": "0"},
        {"tipo": "quota_ore", "ore_previste": "tante", "soglia": "", "lettura": "altra"},
        {"tipo": "inventata"},
    ),
    "programma-integrazione": ({"aderenti_al": "ieri"},),
    "evidenza-modifica": ({"azione": "registra", "data": "ieri", "riga-1-3": "on", "url": "esempio"},),
    "imputazione-verifica": ({"decisione": "respinta"}, {"decisione": "forse"}),
    "accesso": ({"username": "manager", "password": "sbagliata"},),
    "scadenza-nuova": (
        {"anno": "2026", "cosa": "azione:trasmissione", "giorni": "5", "fonte": "Atto"},
        {"anno": "2030", "cosa": "azione:trasmissione", "giorno": "2030-05-01", "fonte": "Doppia"},
    ),
}
"""Other ways of being wrong; a form that accepts an empty one (the premessa) has only these."""

AMMETTE_IL_VUOTO = (
    "autovalutazione",
    "chiusura-passo",
    "programma-premessa",
    "programma-integrazione",
    "osservazione-chiudi",
)

FILTRI: dict[str, str] = {
    "distretti": "?tipo=marziano&stato=perso&alla_data=ieri",
    "organizzazioni": "?natura=mista&distretto=nessuno&alla_data=ieri",
    "programmi": "?anno=presto&stato=perso&distretto=nessuno",
    "distretto": "?alla_data=ieri",
    "evidenze": "?tipo=niente&verifica=forse",
    "relazione": "?numero=&data=ieri&riferimento=",
    "indicatore-regola": "?tipo=inventata",
}


@dataclass(frozen=True)
class Rifiuto:
    """One thing that goes wrong: who asks, what, and the status that says so."""

    nome: str
    chi: str
    indirizzo: str
    atteso: int
    corpo: Corpo | None = None
    """None: by GET."""
    prima: Callable[[Client], None] = field(default=lambda client: None)
    guasto: Callable[[], Any] = ExitStack
    """A context in which the site is asked: with something broken, or a limit lowered."""

    def __str__(self) -> str:
        return f"{self.nome} ({self.chi or 'anonimo'})"

    def manda(self, mondo: Mondo) -> Any:
        """The answer; whatever was written is undone."""
        client = mondo.entra(self.chi)
        client.raise_request_exception = False
        with transaction.atomic(), self.guasto():
            self.prima(client)
            risposta: Any = (
                client.get(self.indirizzo, secure=True)
                if self.corpo is None
                else client.post(self.indirizzo, self.corpo, secure=True)
            )
            transaction.set_rollback(True)
        return risposta


def rifiuti(mondo: Mondo) -> Iterator[Rifiuto]:
    """All of them."""
    yield from moduli(mondo)
    yield from _filtri(mondo)
    yield from _conflitti(mondo)
    for chi in ("", "manager", "agenzia"):
        yield from _per_tutti(chi)
    yield from _degli_anonimi()
    yield from _del_manager(mondo)
    yield from (caso for caso in delle_persone(mondo, Rifiuto) if caso.atteso != 422)


def moduli(mondo: Mondo) -> Iterator[Rifiuto]:
    """Each form of the table, in each of the ways it can be wrong."""
    accesso = reverse("accesso")
    for corpo in (VUOTO, *ALTRI_ERRORI["accesso"]):
        yield Rifiuto("accesso", "", accesso, 422, corpo)
    yield from (caso for caso in delle_persone(mondo, Rifiuto) if caso.atteso == 422)
    for voce in TAVOLA:
        if "POST" not in voce.metodi or "GET" not in voce.metodi:
            continue
        vuoto = () if voce.nome in AMMETTE_IL_VUOTO else (VUOTO,)
        for corpo in (*vuoto, *(ALTRI_ERRORI.get(voce.nome, ()) if not voce.query else ())):
            if voce.query == "?tipo=nessuna":
                continue  # nothing to fill in: it only asks to be confirmed
            tipo = {"tipo": voce.query.removeprefix("?tipo=")} if voce.query else {}
            yield Rifiuto(voce.nome, _scrive(voce), voce.indirizzo(mondo), 422, corpo | tipo)


def _scrive(voce: Indirizzo) -> str:
    """One of the three readers where it can be; else whoever writes."""
    return next((chi for chi in ("manager", "agenzia") if chi in voce.scrivono), voce.scrivono[0])


def _filtri(mondo: Mondo) -> Iterator[Rifiuto]:
    for voce in TAVOLA:
        if voce.nome in FILTRI and not voce.query:
            chi = "" if voce.pubblico else "agenzia" if voce.nome == "relazione" else "manager"
            yield Rifiuto(f"filtro {voce.nome}", chi, voce.indirizzo(mondo) + FILTRI[voce.nome], 422)


def _conflitti(mondo: Mondo) -> Iterator[Rifiuto]:
    """Somebody else saved first."""
    for voce in TAVOLA:
        giusto = voce.corpo(mondo) if "GET" in voce.metodi and "POST" in voce.metodi else {}
        if "versione" in giusto:
            corpo = giusto | {"versione": "di prima"}
            yield Rifiuto(f"conflitto {voce.nome}", _scrive(voce), voce.indirizzo(mondo), 409, corpo)


def _per_tutti(chi: str) -> Iterator[Rifiuto]:
    yield Rifiuto("404", chi, "/pagina-che-non-esiste/", 404)
    rotta = mock.patch("distretti.views.pubbliche.render", side_effect=RuntimeError("rotta"))
    yield Rifiuto("500", chi, reverse("privacy"), 500, guasto=lambda: rotta)
    if chi:
        yield Rifiuto("403", chi, _vietata(chi), 403)
        yield Rifiuto("400", chi, reverse("accesso"), 400, {"username": "a\0b"})


def _vietata(chi: str) -> str:
    """A page of a step to the manager, of the writing to the others."""
    if chi == "manager":
        return reverse("programma-passaggio", args=[CODICE, 2025, "approvazione"])
    return reverse("programma-modifica", args=[CODICE, 2026 if chi == "agenzia" else 2025])


def _degli_anonimi() -> Iterator[Rifiuto]:
    accesso, corpo = reverse("accesso"), {"username": "manager", "password": "no"}
    yield Rifiuto("413", "", accesso, 413, corpo, guasto=_pochi_campi)
    poche_prove = mock.patch("distretti.tentativi.MASSIMO", 1)
    yield Rifiuto("429", "", accesso, 429, corpo, prima=_sbaglia_parola, guasto=lambda: poche_prove)
    yield Rifiuto("403_csrf", "", accesso, 403, corpo, prima=_con_i_gettoni)


def _del_manager(mondo: Mondo) -> Iterator[Rifiuto]:
    evidenza = reverse("evidenza-nuova", args=[CODICE, 2025])
    programma = mondo.approvato.get_absolute_url()
    relazione = reverse("relazione", args=[CODICE, 2025])
    yield Rifiuto("413", "manager", evidenza, 413, {"tipo": "incontro"}, guasto=_pochi_campi)
    tipo = {"tipo": "incontro"}
    yield Rifiuto("gettone vecchio", "manager", evidenza, 403, tipo, prima=_con_gettone_vecchio)
    yield Rifiuto("riprendi", "manager", evidenza, 200, prima=_riprende(evidenza, tipo))
    lungo = {"descrizione": "parola " * 40_000}
    yield Rifiuto("riprendi troppo lungo", "manager", evidenza, 200, prima=_riprende(evidenza, lungo))
    senza_pango = mock.patch(
        "valutazione.views.relazione.relazione_pdf", side_effect=MotorePdfAssente(["Pango"])
    )
    yield Rifiuto("503", "manager", relazione, 503, guasto=lambda: senza_pango)
    errori = SchedaNonValida([Errore("$.progettualita[0].titolo", "deve essere un testo non vuoto")])
    incompleto = mock.patch("valutazione.views.programma.valutazione_di", side_effect=errori)
    yield Rifiuto("non valutabile", "manager", programma, 409, guasto=lambda: incompleto)
    for nome in ("indicatore-modifica", "indicatore-regola", "indicatore-nuovo", "progettualita-modifica"):
        voce = next(v for v in TAVOLA if v.nome == nome)
        sparita = reverse(nome, args=[CODICE, 2026, 999_999])
        yield Rifiuto(f"eliminata {nome}", "manager", sparita, 409, voce.corpo(mondo))


def _pochi_campi() -> Any:
    return override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=0)


def _sbaglia_parola(client: Client) -> None:
    client.post(reverse("accesso"), {"username": "manager", "password": "no"}, secure=True)


def _con_i_gettoni(client: Client) -> None:
    """From here on the token of a form is looked at, and what is posted has none."""
    client.handler.enforce_csrf_checks = True


def _con_gettone_vecchio(client: Client) -> None:
    """As a browser in which the person of the page is signed in, and the page itself is one of ours."""
    _entra_da_pagina(client)
    _con_i_gettoni(client)
    client.defaults["HTTP_REFERER"] = "https://testserver/"


def _riprende(indirizzo: str, corpo: Corpo) -> Callable[[Client], None]:
    """The session ends, the form is sent, the same person signs in again."""

    def prima(client: Client) -> None:
        _entra_da_pagina(client)
        client.session.flush()
        client.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        client.post(indirizzo, corpo, secure=True)
        _entra_da_pagina(client)

    return prima


def _entra_da_pagina(client: Client) -> None:
    if "_auth_user_id" in client.session or client.cookies:
        client.logout()
    client.post(reverse("accesso"), {"username": "manager", "password": "parola-di-prova"}, secure=True)

"""Ogni indirizzo della urlconf, ogni persona, ogni metodo: chi entra, chi no, e che nulla si scrive."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.conftest import CODICE
from tests.indirizzi.fotografia import cambiate, fotografia, scritture
from tests.indirizzi.indirizzo import DENTRO, FUORI, Indirizzo
from tests.indirizzi.mondo import TITOLO_RISERVATO, Mondo
from tests.indirizzi.tavola import SESSIONE, TAVOLA, nomi_della_urlconf
from tests.indirizzi.titoli import difetti_dei_titoli

pytestmark = pytest.mark.django_db

METODI = ("GET", "POST")


@contextmanager
def ogni_volta_da_capo() -> Iterator[None]:
    """What is written inside is undone: every address is tried on the same scene."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Risposta:
    """An answer, the whole of its body (also when it is a file), and whether it may have written."""

    stato: int
    corpo: bytes
    destinazione: str
    forse_scrive: bool
    pagina: bool
    """Is it a page to read? Also one that refuses: who may not read finds a whole page."""

    def difetti(self) -> list[str]:
        """What is wrong with the headings of a page."""
        return difetti_dei_titoli(self.corpo.decode()) if self.pagina else []


def chiedi(client: Client, metodo: str, voce: Indirizzo, mondo: Mondo) -> Risposta:
    """Ask for an address; by POST with what its form sends when it is filled in well."""
    indirizzo = voce.indirizzo(mondo)
    modulo = voce.corpo(mondo) if metodo == "POST" else {}
    with scritture() as viste:
        risposta: Any = client.post(indirizzo, modulo) if metodo == "POST" else client.get(indirizzo)
        corpo = b"".join(risposta) if risposta.streaming else risposta.content
    html = risposta.get("Content-Type", "").startswith("text/html")
    pagina = html and metodo == "GET" and risposta.status_code not in (302, 405)
    return Risposta(risposta.status_code, corpo, risposta.get("Location", ""), bool(viste), pagina)


def _chi_resta_fuori(client: Client, mondo: Mondo, atteso: Callable[[Indirizzo, str], int]) -> list[str]:
    """Walk every address by both methods; say what was not as it must be, and what was written."""
    prima, errori = fotografia(), []
    for voce in TAVOLA:
        for metodo in METODI:
            risposta = chiedi(client, metodo, voce, mondo)
            errori += [f"{metodo} {voce}: {difetto}" for difetto in risposta.difetti()]
            if risposta.stato != atteso(voce, metodo):
                errori.append(f"{metodo} {voce}: {risposta.stato}, non {atteso(voce, metodo)}")
            if risposta.stato == 302 and not risposta.destinazione.startswith("/accesso/?next=/"):
                errori.append(f"{metodo} {voce}: manda a {risposta.destinazione}")
            if TITOLO_RISERVATO.encode() in risposta.corpo:
                errori.append(f"{metodo} {voce}: mostra ciò che è riservato")
            if risposta.forse_scrive:
                errori.append(f"{metodo} {voce}: scrive")
    return errori + [f"cambia {tabella}" for tabella in cambiate(prima, fotografia())]


def test_la_tavola_dice_tutti_gli_indirizzi() -> None:
    assert {voce.nome for voce in TAVOLA} | set(SESSIONE) == set(nomi_della_urlconf())


def test_un_anonimo_entra_solo_dove_e_pubblico_e_non_scrive(mondo: Mondo) -> None:
    assert not _chi_resta_fuori(Client(), mondo, Indirizzo.per_anonimi)


@pytest.mark.parametrize("chi", FUORI)
def test_chi_non_ha_un_ruolo_sul_distretto_non_entra_e_non_scrive(mondo: Mondo, chi: str) -> None:
    assert not _chi_resta_fuori(mondo.entra(chi), mondo, Indirizzo.per_estranei)


@pytest.mark.parametrize("ruolo", DENTRO)
def test_nel_distretto_ognuno_legge_e_scrive_secondo_il_ruolo(mondo: Mondo, ruolo: str) -> None:
    client, prima, errori = mondo.entra(ruolo), fotografia(), []
    for voce in TAVOLA:
        for metodo in METODI:
            scritte: list[str] = []
            with ogni_volta_da_capo():
                risposta = chiedi(client, metodo, voce, mondo)
                if risposta.forse_scrive:
                    scritte = cambiate(prima, fotografia())
            errori += [f"{metodo} {voce}: {difetto}" for difetto in risposta.difetti()]
            if scritte:
                prima = fotografia()  # the rows are back, a file that went up is not
            if risposta.stato != voce.per(ruolo, metodo):
                errori.append(f"{metodo} {voce}: {risposta.stato}, non {voce.per(ruolo, metodo)}")
            if bool(scritte) != (metodo == "POST" and ruolo in voce.scrivono):
                errori.append(f"{metodo} {voce}: scrive {', '.join(scritte) or 'niente'}")
    assert not errori + cambiate(prima, fotografia())


@pytest.mark.parametrize("quale", ["approvato", "trasmesso"])
def test_una_promessa_che_non_si_scrive_piu_resta_com_e(mondo: Mondo, quale: str) -> None:
    """Le stesse scritture, dagli stessi che possono, quando lo stato non lo permette."""
    programma = getattr(mondo, quale)
    azione = programma.progettualita.order_by("numero")[0]
    riga = azione.indicatori.order_by("ordine")[0]
    scritture = [v for v in TAVOLA if "POST" in v.metodi and v.argomenti(mondo)[1:2] == (mondo.bozza.anno,)]
    assert len(scritture) >= 14
    errori, prima = [], fotografia()
    for voce in scritture:
        altri = {mondo.azione.pk: azione.pk, mondo.riga.pk: riga.pk}
        chiavi = [
            riga.pk if "/righe/" in voce.indirizzo(mondo) else altri.get(k, k) for k in _chiavi(voce, mondo)
        ]
        indirizzo = reverse(voce.nome, args=[CODICE, programma.anno, *chiavi])
        risposta = mondo.entra(voce.scrivono[0]).post(indirizzo, voce.corpo(mondo))
        # A form shows again what was typed, with what happened meanwhile, where there is something typed.
        rimanda = risposta.status_code == 302 and risposta["Location"] == programma.get_absolute_url()
        if not rimanda and not (risposta.status_code == 409 and "GET" in voce.metodi):
            errori.append(f"{voce}: {risposta.status_code}")
        errori += [f"{voce}: scrive {tabella}" for tabella in cambiate(prima, fotografia())]
    assert not errori


NUMERATE = (
    "progettualita",
    "api-una-progettualita",
    "versione",
    "versione-json",
    "versione-pdf",
    "api-versione",
)
"""Their last number is not a key: every programme has its own progettualità 1, its own version 1."""


APERTI = range(2026, 2100)
"""The years of the scene whose programme is still being written or examined."""


def test_la_chiave_di_un_altro_programma_non_esiste(mondo: Mondo) -> None:
    """Chi può scrivere non arriva alle cose di un programma passando dall'indirizzo di un altro."""
    errori, prima = [], fotografia()
    con_chiave = [v for v in TAVOLA if len(_chiavi(v, mondo)) and isinstance(_chiavi(v, mondo)[0], int)]
    assert len(con_chiave) >= 15
    for voce in con_chiave:
        if voce.nome in NUMERATE:
            continue
        anno = 2025 if voce.argomenti(mondo)[1] != 2025 else mondo.bozza.anno
        indirizzo = reverse(voce.nome, args=[CODICE, anno, *_chiavi(voce, mondo)])
        for ruolo in (*voce.scrivono[:1], *voce.leggono[:1]):
            for metodo in voce.metodi:
                client = mondo.entra(ruolo)
                risposta = client.get(indirizzo) if metodo == "GET" else client.post(indirizzo, {})
                # On an approved programme the promise is closed before anything is looked for.
                chiusa = anno == 2025 and voce.argomenti(mondo)[1] in APERTI
                if risposta.status_code != (302 if chiusa else 404):
                    errori.append(f"{metodo} {voce} come {ruolo}: {risposta.status_code}")
                errori += [f"{voce}: scrive {tabella}" for tabella in cambiate(prima, fotografia())]
    assert not errori


def _chiavi(voce: Indirizzo, mondo: Mondo) -> tuple[Any, ...]:
    return voce.argomenti(mondo)[2:]


@pytest.mark.parametrize(("chi", "stato"), [("", 302), ("manager_altro", 302), ("estraneo", 302)])
def test_entrare_e_uscire_non_scrivono_altro(mondo: Mondo, chi: str, stato: int) -> None:
    prima = fotografia()
    parole = {"username": "manager", "password": "parola-di-prova"}
    for nome, corpo in (("accesso", parole), ("uscita", {})):
        client = mondo.entra(chi)
        assert client.get(reverse("accesso")).status_code == (302 if chi else 200)
        assert client.get(reverse("uscita")).status_code == (405 if chi else 302)
        assert client.post(reverse(nome), corpo).status_code == stato
    assert Client().post(reverse("accesso"), {"username": "manager", "password": "no"}).status_code == 422
    assert not cambiate(prima, fotografia())


IMPOSSIBILI: list[Callable[[str], str]] = [
    lambda anno: f"/programmi/{CODICE}/{'9' * 30}/",
    lambda anno: f"/programmi/{CODICE}/{anno}/progettualita/{'9' * 30}/",
    lambda anno: f"/programmi/{CODICE}/{anno}/evidenze/{'9' * 30}/",
    lambda anno: f"/programmi/{CODICE}/{anno}/perche/nessuna/",
    lambda anno: f"/api/v1/programmi/{CODICE}/{'9' * 30}",
    lambda anno: f"/distretti/{'x' * 3000}/",
    lambda anno: "/distretti/x%00/",
    lambda anno: "/organizzazioni/x%00/",
    lambda anno: f"/programmi/x%00/{anno}/",
    lambda anno: "/atti/x%00/file/",
]


@pytest.mark.parametrize("posto", range(len(IMPOSSIBILI)))
def test_un_indirizzo_impossibile_non_esiste(mondo: Mondo, posto: int) -> None:
    indirizzo = IMPOSSIBILI[posto]("2025")
    assert mondo.entra("manager").get(indirizzo).status_code == 404


@pytest.mark.parametrize("azione", ["bozza", "registra", "ritira"])
def test_un_carattere_nullo_in_un_modulo_si_rifiuta(mondo: Mondo, azione: str) -> None:
    """PostgreSQL cannot store a NUL: a readable refusal on both databases, never a server error."""
    evidenza = f"/programmi/{CODICE}/2025/evidenze/{mondo.evidenza.pk}/"
    if azione == "ritira":
        risposta = mondo.entra("manager").post(f"{evidenza}ritira/", {"motivo": "a\0b"})
    else:
        dati = {"azione": azione, "titolo": "a\0b"}
        risposta = mondo.entra("manager").post(f"{evidenza}modifica/", dati)
    assert risposta.status_code == 400
    mondo.evidenza.refresh_from_db()
    assert mondo.evidenza.registrata

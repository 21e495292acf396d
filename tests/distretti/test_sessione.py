"""An expired session loses nothing that was typed, and shows it to nobody else."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from distretti.sessione import sospesi
from programmi.models import Programma
from tests.conftest import Persone
from valutazione.models import Evidenza

pytestmark = pytest.mark.django_db

RIPRENDI = "Riprendi da dove eri"
HTMX = {"HX-Request": "true"}
OFFERTO = '<input type="hidden" name="tipo" value="incontro">'


def entra(client: Client, nome: str, prossima: str) -> str:
    dati = {"username": nome, "password": "parola-di-prova", "next": prossima}
    risposta = client.post("/accesso/", dati)
    assert risposta.status_code == 302, risposta.content.decode()
    return str(risposta["Location"])


def scadi(client: Client) -> None:
    """The session is gone; the browser keeps its other cookies."""
    client.session.flush()
    client.cookies.pop(settings.SESSION_COOKIE_NAME, None)


def scade_mentre_scrive(client: Client, indirizzo: str, dati: dict[str, Any]) -> str:
    """Signed in, session gone, form sent, signed in again: the page found at the address."""
    entra(client, "manager", indirizzo)
    scadi(client)
    assert client.post(indirizzo, dati).status_code == 302
    return client.get(entra(client, "manager", indirizzo)).content.decode()


def lascia_perdere(pagina: str) -> str:
    """The address of the link (or of «Continua», when nothing could be kept)."""
    trovato = re.search(r'href="([^"]*\?scarta=[^"]+)"', pagina)
    assert trovato, pagina
    return trovato[1]


@pytest.fixture
def nuova(programma: Programma) -> str:
    return f"/programmi/{programma.riferimento}/evidenze/nuova/"


def test_il_modulo_inviato_a_sessione_scaduta_si_ritrova(
    client: Client, persone: Persone, programma: Programma, nuova: str
) -> None:
    pagina = scade_mentre_scrive(client, nuova, {"tipo": "incontro"})
    assert Evidenza.objects.count() == 0
    assert RIPRENDI in pagina
    assert OFFERTO in pagina
    assert client.post(nuova, {"tipo": "incontro"}).status_code == 302
    assert RIPRENDI not in client.get(nuova).content.decode()


def test_ricaricare_la_pagina_non_lo_perde(client: Client, persone: Persone, nuova: str) -> None:
    scade_mentre_scrive(client, nuova, {"tipo": "incontro"})
    for _ in range(2):
        assert OFFERTO in client.get(nuova).content.decode()


def test_un_invio_respinto_dal_server_non_lo_perde(
    client: Client, persone: Persone, programma: Programma
) -> None:
    inesistente = f"/programmi/{programma.riferimento}/evidenze/999999/modifica/"
    scade_mentre_scrive(client, inesistente, {"titolo": "Scritto a lungo"})
    assert client.post(inesistente, {"titolo": "Scritto a lungo"}).status_code == 404
    assert "Scritto a lungo" in client.get(inesistente).content.decode()


def test_il_modulo_ripreso_porta_un_gettone_nuovo(persone: Persone, nuova: str) -> None:
    client = Client(enforce_csrf_checks=True)
    vecchio = _entra_con_gettone(client, nuova)
    scadi(client)
    client.post(nuova, {"tipo": "incontro", "csrfmiddlewaretoken": vecchio})
    pagina = client.get(_entra_con_gettone(client, nuova, solo_indirizzo=True)).content.decode()
    assert vecchio not in pagina
    invio = {"tipo": "incontro", "csrfmiddlewaretoken": _gettone(pagina)}
    assert client.post(nuova, invio).status_code == 302
    assert Evidenza.objects.count() == 1


def test_si_conservano_moduli_di_piu_indirizzi(
    client: Client, persone: Persone, programma: Programma
) -> None:
    nuova = f"/programmi/{programma.riferimento}/evidenze/nuova/"
    adesione = f"/distretti/{programma.distretto.codice}/adesioni/nuova/"
    entra(client, "manager", nuova)
    scadi(client)
    client.post(nuova, {"tipo": "incontro"})
    client.post(adesione, {"dal": "2025-03-04"})
    entra(client, "manager", nuova)
    assert OFFERTO in client.get(nuova).content.decode()
    assert 'type="hidden" name="dal" value="2025-03-04"' in client.get(adesione).content.decode()


def test_troppo_lungo_si_dice_e_si_continua(client: Client, persone: Persone, nuova: str) -> None:
    pagina = scade_mentre_scrive(client, nuova, {"tipo": "x" * (sospesi.MASSIMO_MODULO + 1)})
    assert "non è stato conservato" in pagina
    assert "xxx" not in pagina
    assert RIPRENDI not in client.get(lascia_perdere(pagina)).content.decode()


def test_oltre_il_numero_il_piu_vecchio_dice_che_non_c_e_piu(
    client: Client, persone: Persone, programma: Programma
) -> None:
    base = f"/programmi/{programma.riferimento}/evidenze"
    indirizzi = [f"{base}/{numero}/modifica/" for numero in range(sospesi.MASSIMO_MODULI + 1)]
    entra(client, "manager", base)
    scadi(client)
    for indirizzo in indirizzi:
        client.post(indirizzo, {"titolo": "Incontro di avvio"})
    entra(client, "manager", base)
    primo, *altri = [client.get(indirizzo).content.decode() for indirizzo in indirizzi]
    assert "non è stato conservato" in primo
    assert "Incontro di avvio" not in primo
    assert all("Incontro di avvio" in pagina for pagina in altri)


def test_si_puo_lasciar_perdere(client: Client, persone: Persone, nuova: str) -> None:
    pagina = scade_mentre_scrive(client, nuova, {"tipo": "incontro"})
    assert client.get(f"{nuova}?scarta=indovinato").content.decode().count(RIPRENDI)
    assert RIPRENDI not in client.get(lascia_perdere(pagina)).content.decode()
    assert RIPRENDI not in client.get(nuova).content.decode()


def test_lasciar_perdere_dove_si_puo_solo_inviare_porta_alla_scrivania(
    client: Client, persone: Persone, programma: Programma, nuova: str
) -> None:
    entra(client, "manager", nuova)
    client.post(nuova, {"tipo": "incontro"})
    elimina = f"/programmi/{programma.riferimento}/evidenze/{Evidenza.objects.get().pk}/elimina/"
    pagina = scade_mentre_scrive(client, elimina, {})
    assert RIPRENDI in pagina
    for _ in range(2):  # also when the page is loaded again
        risposta = client.get(lascia_perdere(pagina))
        assert (risposta.status_code, risposta.headers.get("Location")) == (302, "/scrivania/")


def test_i_file_non_si_conservano_e_la_pagina_lo_dice(client: Client, persone: Persone, nuova: str) -> None:
    file = SimpleUploadedFile("verbale.txt", b"Contenuto del verbale")
    pagina = scade_mentre_scrive(client, nuova, {"tipo": "incontro", "file": file})
    assert "I file vanno scelti di nuovo" in pagina
    assert OFFERTO in pagina
    assert "Contenuto del verbale" not in pagina


def test_un_altra_persona_non_vede_cio_che_era_scritto(client: Client, persone: Persone, nuova: str) -> None:
    entra(client, "manager", nuova)
    scadi(client)
    client.post(nuova, {"tipo": "incontro", "persone": "Nome riservato"})
    entra(client, "manager_altro", nuova)
    assert "Nome riservato" not in client.get(nuova).content.decode()


def test_chi_e_uscito_non_lascia_niente(client: Client, persone: Persone, nuova: str) -> None:
    entra(client, "manager", nuova)
    client.post("/uscita/")
    client.post(nuova, {"tipo": "incontro", "persone": "Nome riservato"})
    entra(client, "manager", nuova)
    assert "Nome riservato" not in client.get(nuova).content.decode()


def test_a_htmx_si_risponde_con_due_righe_e_non_con_la_pagina_di_accesso(
    client: Client, persone: Persone, nuova: str
) -> None:
    entra(client, "manager", nuova)
    scadi(client)
    risposta = client.post(nuova, {"tipo": "incontro"}, headers=HTMX)
    testo = risposta.content.decode()
    assert risposta.status_code == 401
    assert "<html" not in testo
    assert "La sessione è scaduta" in testo
    assert f"/accesso/?next={nuova}" in testo
    assert OFFERTO in client.get(entra(client, "manager", nuova)).content.decode()


# --- a second sign-in in another tab changes the CSRF token ------------------------------------


def _gettone(pagina: str) -> str:
    trovati = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', pagina)
    assert trovati, pagina
    return str(trovati[-1])


def _entra_con_gettone(client: Client, prossima: str, *, solo_indirizzo: bool = False) -> str:
    """Sign in as a browser does; gives the token of the page that opens (or its address)."""
    dati = {"username": "manager", "password": "parola-di-prova", "next": prossima}
    dati["csrfmiddlewaretoken"] = _gettone(client.get("/accesso/").content.decode())
    risposta = client.post("/accesso/", dati)
    assert risposta.status_code == 302
    indirizzo = str(risposta["Location"])
    return indirizzo if solo_indirizzo else _gettone(client.get(indirizzo).content.decode())


NOSTRA = {"Origin": "http://testserver"}


@pytest.fixture
def due_schede(persone: Persone, nuova: str) -> tuple[Client, str]:
    """A browser that signed in twice, and the token of its first page."""
    client = Client(enforce_csrf_checks=True)
    vecchio = _entra_con_gettone(client, nuova)
    scadi(client)
    assert _entra_con_gettone(client, nuova) != vecchio
    return client, vecchio


@pytest.mark.parametrize("provenienza", [NOSTRA, {"Referer": "http://testserver/altro/"}], ids=str)
def test_la_scheda_vecchia_chiede_conferma_e_non_perde_niente(
    due_schede: tuple[Client, str], nuova: str, provenienza: dict[str, str]
) -> None:
    client, vecchio = due_schede
    invio = {"tipo": "incontro", "csrfmiddlewaretoken": vecchio}
    risposta = client.post(nuova, invio, headers=provenienza)
    pagina = risposta.content.decode()
    assert risposta.status_code == 403
    assert RIPRENDI in pagina
    assert f"<code>{nuova}</code>" in pagina
    assert OFFERTO in pagina
    assert Evidenza.objects.count() == 0, "nothing is sent without a press of the button"
    assert OFFERTO in client.get(nuova).content.decode()
    conferma = invio | {"csrfmiddlewaretoken": _gettone(pagina)}
    assert client.post(nuova, conferma, headers=provenienza).status_code == 302
    assert Evidenza.objects.count() == 1
    assert RIPRENDI not in client.get(nuova).content.decode()


@pytest.mark.parametrize(
    "provenienza",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://altrove.example"},
        {"Origin": "http://testserver.altrove.example"},
        {"Referer": "https://altrove.example/testserver/"},
        {"Origin": "https://altrove.example", "Referer": "http://testserver/"},
    ],
    ids=str,
)
def test_da_un_altro_sito_la_pagina_e_quella_di_sempre(
    due_schede: tuple[Client, str], nuova: str, provenienza: dict[str, str]
) -> None:
    client, vecchio = due_schede
    invio = {"tipo": "incontro", "csrfmiddlewaretoken": vecchio}
    risposta = client.post(nuova, invio, headers=provenienza)
    assert risposta.status_code == 403
    assert "Il modulo è scaduto" in risposta.content.decode()
    assert RIPRENDI not in client.get(nuova).content.decode()


def test_senza_il_cookie_della_stessa_persona_non_si_conserva(
    due_schede: tuple[Client, str], nuova: str
) -> None:
    client, vecchio = due_schede
    client.cookies.pop("ultimo_accesso")
    risposta = client.post(nuova, {"tipo": "incontro", "csrfmiddlewaretoken": vecchio}, headers=NOSTRA)
    assert risposta.status_code == 403
    assert "Il modulo è scaduto" in risposta.content.decode()


@pytest.mark.parametrize("indirizzo", ["/accesso/", "/uscita/"])
def test_accesso_e_uscita_non_si_conservano(due_schede: tuple[Client, str], indirizzo: str) -> None:
    client, vecchio = due_schede
    invio = {"username": "manager", "password": "parola-di-prova", "csrfmiddlewaretoken": vecchio}
    risposta = client.post(indirizzo, invio, headers=NOSTRA)
    assert risposta.status_code == 403
    assert "Il modulo è scaduto" in risposta.content.decode()
    assert sospesi.CHIAVE not in client.session


def test_l_anteprima_della_scheda_vecchia_lo_dice_in_due_righe(
    due_schede: tuple[Client, str], nuova: str
) -> None:
    client, vecchio = due_schede
    intestazioni = NOSTRA | HTMX | {"X-CSRFToken": vecchio}
    risposta = client.post(nuova, {"tipo": "incontro"}, headers=intestazioni)
    assert risposta.status_code == 403
    assert "<html" not in risposta.content.decode()
    assert "hai fatto accesso in un'altra scheda" in risposta.content.decode()

"""An expired session loses nothing that was typed, and shows it to nobody else."""

import pytest
from django.conf import settings
from django.test import Client

from programmi.models import Programma
from tests.conftest import Persone
from valutazione.models import Evidenza

pytestmark = pytest.mark.django_db


def entra(client: Client, nome: str, prossima: str) -> str:
    dati = {"username": nome, "password": "parola-di-prova", "next": prossima}
    risposta = client.post("/accesso/", dati)
    assert risposta.status_code == 302, risposta.content.decode()
    return str(risposta["Location"])


def scadi(client: Client) -> None:
    """The session is gone; the browser keeps its other cookies."""
    client.session.flush()
    client.cookies.pop(settings.SESSION_COOKIE_NAME, None)


@pytest.fixture
def nuova(programma: Programma) -> str:
    return f"/programmi/{programma.riferimento}/evidenze/nuova/"


def test_il_modulo_inviato_a_sessione_scaduta_si_ritrova(
    client: Client, persone: Persone, programma: Programma, nuova: str
) -> None:
    entra(client, "manager", nuova)
    scadi(client)
    risposta = client.post(nuova, {"tipo": "incontro"})
    assert risposta.status_code == 302
    assert Evidenza.objects.count() == 0
    pagina = client.get(entra(client, "manager", nuova)).content.decode()
    assert "Riprendi da dove eri" in pagina
    assert '<input type="hidden" name="tipo" value="incontro">' in pagina
    assert client.post(nuova, {"tipo": "incontro"}).status_code == 302
    assert "Riprendi da dove eri" not in client.get(nuova).content.decode()


def test_si_puo_lasciar_perdere(client: Client, persone: Persone, nuova: str) -> None:
    entra(client, "manager", nuova)
    scadi(client)
    client.post(nuova, {"tipo": "incontro"})
    entra(client, "manager", nuova)
    assert "Riprendi" not in client.get(f"{nuova}?scarta=1").content.decode()
    assert "Riprendi da dove eri" not in client.get(nuova).content.decode()


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

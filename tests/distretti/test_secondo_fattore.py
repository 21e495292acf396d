"""Il secondo fattore: chi l'ha lo mostra, chi deve averlo lo aggiunge, chi lo perde non resta fuori."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from distretti.models import Evento, Utente
from distretti.persone import fattori
from distretti.persone.ingresso import CONFERMATO, SOSPESO
from distretti.persone.obbligo import RUOLI_CON_SECONDO_FATTORE
from distretti.tentativi import MASSIMO
from programmi.models import Programma
from tests.conftest import CODICE, Persone
from tests.distretti.app_di_codici import App, con_app
from tests.indirizzi.rifiuti_persone import in_sessione

pytestmark = pytest.mark.django_db
SECONDO, FATTORI, APP = reverse("secondo-fattore"), reverse("fattori"), reverse("codice-attiva")
PASSWORD = "parola-di-prova"


def prima_pagina(client: Client, nome: str, prossima: str = "") -> Any:
    dati = {"username": nome, "password": PASSWORD, "next": prossima}
    return client.post(reverse("accesso"), dati)


def dentro(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def app(persone: Persone) -> App:
    return con_app(persone.manager)


def test_con_la_password_sola_non_si_entra(client: Client, app: App) -> None:
    assert prima_pagina(client, "manager")["Location"] == SECONDO
    assert not dentro(client)
    assert client.get(reverse("scrivania")).status_code == 302
    assert client.get("/api/v1/programmi/dfa-alta-valsugana/2025/valutazione").status_code == 401


def test_con_il_codice_si_entra_e_si_va_dove_si_andava(client: Client, app: App) -> None:
    prima_pagina(client, "manager", "/programmi/")
    assert client.get(SECONDO).status_code == 200
    assert client.post(SECONDO, {"codice": app.codice()})["Location"] == "/programmi/"
    assert dentro(client)
    assert client.get(SECONDO).status_code == 404


def test_un_codice_vale_una_volta_sola(client: Client, app: App) -> None:
    for entra in (True, False):
        altro = Client()
        prima_pagina(altro, "manager")
        altro.post(SECONDO, {"codice": app.codice()})
        assert dentro(altro) is entra


@pytest.mark.parametrize("codice", ["", "000000", "abcdef", "1" * 20])
def test_un_codice_sbagliato_si_spiega(client: Client, app: App, codice: str) -> None:
    prima_pagina(client, "manager")
    risposta = client.post(SECONDO, {"codice": codice})
    assert risposta.status_code == 422
    assert "Errore: " in risposta.content.decode()
    assert not dentro(client)


def test_chi_indovina_si_ferma_e_l_amministratore_lo_sblocca(
    client: Client, app: App, persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    prima_pagina(client, "manager")
    for _ in range(MASSIMO):
        assert client.post(SECONDO, {"codice": "000000"}).status_code == 422
    assert client.post(SECONDO, {"codice": app.codice()}).status_code == 429
    altro = Client()
    prima_pagina(altro, "manager")
    assert altro.post(SECONDO, {"codice": app.codice()}).status_code == 429
    assert Evento.objects.filter(azione="persona.bloccata").count() == 1
    amministra = accedi(persone.amministratore)
    pagina = reverse("persona", args=["pat-acs", persone.manager.pk])
    assert "Ferma per troppi tentativi" in amministra.get(pagina).content.decode()
    amministra.post(reverse("persona-sblocca", args=["pat-acs", persone.manager.pk]))
    assert client.post(SECONDO, {"codice": app.codice()}).status_code == 302


def test_la_prima_meta_non_dura(client: Client, app: App, persone: Persone) -> None:
    prima_pagina(client, "manager")
    sospeso = {**client.session[SOSPESO], "alle": time.time() - 3600}
    in_sessione(client, **{SOSPESO: sospeso})
    assert client.get(SECONDO)["Location"].startswith(reverse("accesso"))
    prima_pagina(client, "manager")
    persone.manager.set_password("un'altra-password-1")
    persone.manager.save()
    assert client.post(SECONDO, {"codice": app.codice()}).status_code == 302
    assert not dentro(client)


def test_i_codici_di_recupero_fanno_entrare_una_volta(client: Client, persone: Persone) -> None:
    app, codici = _con_recupero(persone.manager)
    for codice, entra in ((codici[0], True), (codici[0], False), (codici[1], True)):
        altro = Client()
        prima_pagina(altro, "manager")
        altro.post(SECONDO, {"codice": codice})
        assert dentro(altro) is entra
    assert fattori.recupero_rimasti(persone.manager) == 8
    assert app


def _con_recupero(utente: Utente) -> tuple[App, list[str]]:
    app = con_app(utente)
    return app, fattori.nuovi_codici_di_recupero(utente=utente)


def test_si_aggiunge_l_app_senza_javascript(persone: Persone, client: Client) -> None:
    persone.manager.email = "manager@example.org"
    persone.manager.save()
    prima_pagina(client, "manager")
    pagina = client.get(APP).content.decode()
    assert 'src="data:image/svg+xml;base64,' in pagina
    assert "<script" not in pagina.partition("<main")[2]
    segreto = re.search(r'class="segreto">([A-Z2-7 =]+)<', pagina)
    assert segreto
    app = App(segreto[1].replace(" ", ""))
    assert client.post(APP, {"codice": "000000"}).status_code == 422
    risposta = client.post(APP, {"codice": app.codice()})
    assert risposta.status_code == 201
    assert risposta["Cache-Control"] == "private, no-store"
    codici = re.findall(r"<li><code>(\d{8})</code></li>", risposta.content.decode())
    assert len(codici) == 10
    assert all(codice in risposta.content.decode().partition("download=")[2] for codice in codici)
    assert fattori.ha_fattore(persone.manager)
    assert [m.to for m in mail.outbox] == [["manager@example.org"]]
    assert "è stata aggiunta un'app di autenticazione" in mail.outbox[0].body
    riga = Authenticator.objects.get(user=persone.manager, type="totp")
    assert app.segreto not in str(riga.data), "the secret is encrypted"
    altro = Client()
    prima_pagina(altro, "manager")
    altro.post(SECONDO, {"codice": app.codice()})
    assert not dentro(altro), "the code that added it was used"
    altro.post(SECONDO, {"codice": codici[0]})
    assert dentro(altro)
    assert set(Evento.objects.values_list("azione", flat=True)) >= {"persona.secondo_fattore_aggiunto"}


@pytest.mark.parametrize("nome", ["codice-attiva", "chiave-aggiungi"])
def test_prima_si_conferma_chi_si_e(persone: Persone, accedi: Callable[[Utente], Client], nome: str) -> None:
    client, conferma = accedi(persone.manager), reverse("conferma-identita")
    risposta = client.get(reverse(nome))
    assert risposta["Location"].startswith(conferma)
    assert client.post(reverse(nome), {"codice": "1"})["Location"].startswith(conferma)
    assert client.post(risposta["Location"], {"password": "no"}).status_code == 422
    assert client.post(risposta["Location"], {"password": PASSWORD})["Location"] == reverse(nome)
    assert client.get(reverse(nome)).status_code == 200
    in_sessione(client, **{CONFERMATO: time.time() - 3600})
    assert client.get(reverse(nome)).status_code == 302


def test_chi_prova_a_confermare_si_ferma(persone: Persone, accedi: Callable[[Utente], Client]) -> None:
    client, conferma = accedi(persone.manager), reverse("conferma-identita")
    for _ in range(MASSIMO):
        assert client.post(conferma, {"password": "no"}).status_code == 422
    assert client.post(conferma, {"password": PASSWORD}).status_code == 429


def test_anche_chi_prova_a_confermare_con_i_codici_si_ferma(
    persone: Persone, accedi: Callable[[Utente], Client], app: App
) -> None:
    persone.manager.set_unusable_password()
    persone.manager.save()
    client, conferma = accedi(persone.manager), reverse("conferma-identita")
    for _ in range(MASSIMO):
        assert client.post(conferma, {"codice": "000000"}).status_code == 422
    assert client.post(conferma, {"codice": app.codice()}).status_code == 429


def test_la_prima_meta_cambia_la_chiave_della_sessione(client: Client, app: App) -> None:
    """Chi l'avesse messa nel browser di un altro non si trova con la password già passata."""
    in_sessione(client, piantata=1)
    prima = client.session.session_key
    prima_pagina(client, "manager")
    assert client.session.session_key != prima


def test_si_toglie_il_proprio_e_non_quello_degli_altri(
    persone: Persone, accedi: Callable[[Utente], Client], app: App
) -> None:
    (fattore,) = fattori.fattori_di(persone.manager)
    togli = reverse("fattore-togli", args=[fattore.pk])
    altro = accedi(persone.referente)
    assert altro.post(togli).status_code == 404
    client = accedi(persone.manager)
    assert client.get(togli).status_code == 405
    assert client.post(togli)["Location"].startswith(reverse("conferma-identita"))
    in_sessione(client, **{CONFERMATO: time.time()})
    assert client.post(togli)["Location"] == FATTORI
    assert not Authenticator.objects.filter(user=persone.manager).exists()


# --- who must have one -------------------------------------------------------------------------


@pytest.fixture
def obbligatorio(settings: Any) -> None:
    settings.SECONDO_FATTORE_OBBLIGATORIO = True


DEVONO = ("agenzia", "verificatore", "dirigente", "amministratore")


@pytest.mark.usefixtures("obbligatorio")
@pytest.mark.parametrize("chi", DEVONO)
def test_chi_deve_averlo_arriva_solo_ad_aggiungerlo(persone: Persone, client: Client, chi: str) -> None:
    assert prima_pagina(client, chi).status_code == 302
    for indirizzo in ("/scrivania/", "/programmi/", "/token/", "/profilo/", "/"):
        assert client.get(indirizzo)["Location"] == FATTORI
    assert "Prima di continuare" in client.get(FATTORI).content.decode()
    assert client.get("/api/v1/programmi/dfa-alta-valsugana/2025/valutazione").status_code == 401
    pagina = client.get(APP).content.decode()
    segreto = re.search(r'class="segreto">([A-Z2-7 =]+)<', pagina)
    assert segreto
    assert client.post(APP, {"codice": App(segreto[1].replace(" ", "")).codice()}).status_code == 201
    assert client.get("/scrivania/").status_code == 200


@pytest.mark.usefixtures("obbligatorio")
@pytest.mark.parametrize("chi", ["manager", "referente", "coordinatore", "auditor", "estraneo"])
def test_agli_altri_non_si_chiede(persone: Persone, client: Client, chi: str) -> None:
    prima_pagina(client, chi)
    assert client.get("/scrivania/").status_code == 200


def test_i_ruoli_che_lo_chiedono_sono_questi() -> None:
    assert {ruolo.value for ruolo in RUOLI_CON_SECONDO_FATTORE} == {
        "dirigente",
        "sostituto_dirigente",
        "referente_attivita",
        "verificatore",
        "amministratore",
    }


@pytest.mark.usefixtures("obbligatorio")
def test_chi_deve_averlo_non_toglie_l_ultimo(persone: Persone, client: Client) -> None:
    app = con_app(persone.dirigente)
    prima_pagina(client, "dirigente")
    client.post(SECONDO, {"codice": app.codice()})
    (fattore,) = fattori.fattori_di(persone.dirigente)
    risposta = client.post(reverse("fattore-togli", args=[fattore.pk]), follow=True)
    assert "prima di togliere questo aggiungine un altro" in risposta.content.decode()
    assert fattori.ha_fattore(persone.dirigente)


@pytest.mark.usefixtures("obbligatorio")
def test_una_sessione_entrata_prima_deve_mostrarlo(
    persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    client = accedi(persone.dirigente)
    assert client.get("/scrivania/")["Location"] == FATTORI
    con_app(persone.dirigente)  # added with another browser
    assert client.get("/scrivania/")["Location"].startswith(reverse("accesso"))
    assert not dentro(client)


@pytest.mark.usefixtures("obbligatorio")
def test_cio_che_si_scriveva_si_ritrova_dopo_aver_aggiunto_il_secondo_fattore(
    persone: Persone, client: Client, programma: Programma
) -> None:
    prima_pagina(client, "amministratore")
    invita = reverse("persona-invita", args=["pat-acs"])
    assert client.post(invita, {"nome": "Scritto a lungo"})["Location"] == FATTORI
    segreto = client.get(APP).context["segreto"].replace(" ", "")
    client.post(APP, {"codice": App(segreto).codice()})
    pagina = client.get(invita).content.decode()
    assert "Riprendi da dove eri" in pagina
    assert 'value="Scritto a lungo"' in pagina


def test_cio_che_era_scritto_sopravvive_al_secondo_fattore(
    persone: Persone, client: Client, programma: Programma, app: App
) -> None:
    nuova = reverse("evidenza-nuova", args=[CODICE, 2025])
    prima_pagina(client, "manager")
    client.post(SECONDO, {"codice": app.codice()})
    client.session.flush()
    client.cookies.pop("sessionid", None)
    assert client.post(nuova, {"tipo": "incontro"}).status_code == 302
    prima_pagina(client, "manager", nuova)
    risposta = client.post(SECONDO, {"codice": app.codice(dopo=1)})
    assert risposta["Location"] == nuova
    assert '<input type="hidden" name="tipo" value="incontro">' in client.get(nuova).content.decode()


def test_un_altra_chiave_segreta_non_legge_i_secondi_fattori(
    persone: Persone, settings: Any, app: App
) -> None:
    vecchia = settings.SECRET_KEY
    settings.SECRET_KEY = "x" * 60
    with pytest.raises(Exception, match="SECRET_KEY"):
        fattori.prova_codice(persone.manager, "000000")
    settings.SECRET_KEY_FALLBACKS = [vecchia]
    assert fattori.prova_codice(persone.manager, app.codice())

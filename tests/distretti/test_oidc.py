"""SPID e CIE: entra chi è stato invitato con il suo codice fiscale, e non si crea mai niente."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from distretti.models import Evento, Incarico, Utente
from distretti.persone.fattori import ha_fattore
from programmi.models import Programma
from tests.conftest import Persone
from tests.distretti import gateway as locale
from tests.distretti.app_di_codici import con_app
from tests.indirizzi.fotografia import cambiate, fotografia

pytestmark = pytest.mark.django_db
CODICE_FISCALE = "RSSMRA85T10A562S"


@pytest.fixture
def gateway(settings: Any) -> Iterator[locale.Gateway]:
    """A real one, and the site configured to speak to it."""
    with locale.acceso() as acceso:
        settings.GATEWAY = {
            "emittente": acceso.indirizzo,
            "nome": "SPID o CIE",
            "attributo": "fiscal_number",
        }
        app = {
            "provider_id": "gateway",
            "name": "SPID o CIE",
            "client_id": locale.CLIENTE,
            "secret": locale.SEGRETO,
            "settings": {"server_url": acceso.indirizzo, "scope": ["openid"], "oauth_pkce_enabled": True},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        yield acceso


@pytest.fixture
def manager(persone: Persone) -> Utente:
    persone.manager.codice_fiscale = CODICE_FISCALE
    persone.manager.set_unusable_password()
    persone.manager.save()
    return persone.manager


def andata(client: Client, prossima: str = "") -> str:
    """From the sign-in page to the gateway, which sends back: the address of the return."""
    risposta = client.get(reverse("gateway-entra"), {"next": prossima} if prossima else {})
    assert risposta.status_code == 302, risposta.content.decode()
    ritorno = requests.get(risposta["Location"], allow_redirects=False, timeout=5).headers["Location"]
    parti = urlsplit(ritorno)
    assert (parti.netloc, parti.path) == ("testserver", reverse("gateway-ritorno"))
    return f"{parti.path}?{parti.query}"


def test_si_entra_con_tutto_il_giro(client: Client, gateway: locale.Gateway, manager: Utente) -> None:
    pagina = client.get(reverse("accesso")).content.decode()
    assert "Entra con SPID o CIE" in pagina
    risposta = client.get(andata(client))
    assert (risposta.status_code, risposta["Location"]) == (302, reverse("scrivania"))
    assert client.session["_auth_user_id"] == str(manager.pk)
    assert len(gateway.scambi) == 1
    assert Evento.objects.filter(azione="accesso.gateway_riconosciuto", utente=manager).count() == 1
    assert not SocialAccount.objects.exists()
    assert not EmailAddress.objects.exists()


def test_si_torna_dove_si_andava_e_mai_altrove(
    client: Client, gateway: locale.Gateway, manager: Utente
) -> None:
    assert client.get(andata(client, "/programmi/"))["Location"] == "/programmi/"
    client.logout()
    assert client.get(andata(client, "https://altrove.example/"))["Location"] == reverse("scrivania")


def test_il_codice_fiscale_puo_venire_da_userinfo(
    client: Client, gateway: locale.Gateway, manager: Utente
) -> None:
    del gateway.persona["fiscal_number"]
    gateway.userinfo["fiscal_number"] = f"tinit-{CODICE_FISCALE.lower()}"
    assert client.get(andata(client)).status_code == 302


@pytest.mark.parametrize("codice", ["TINIT-VRDLGI80A01H501A", "RSSMRA85T10A562X", "", None, 12])
def test_chi_non_e_stato_invitato_legge_perche_e_non_nasce_niente(
    client: Client, gateway: locale.Gateway, manager: Utente, codice: Any
) -> None:
    gateway.persona["fiscal_number"] = codice
    prima = fotografia()
    risposta = client.get(andata(client))
    assert risposta.status_code == 403
    assert "nessuna persona invitata qui ha il tuo codice fiscale" in risposta.content.decode()
    assert "_auth_user_id" not in client.session
    assert all(
        "evento" in nome.lower() or "registro" in nome.lower() for nome in cambiate(prima, fotografia())
    )
    assert Evento.objects.filter(azione="accesso.gateway_rifiutato").count() == 1


def test_chi_e_sospeso_non_entra(client: Client, gateway: locale.Gateway, manager: Utente) -> None:
    manager.is_active = False
    manager.save()
    assert client.get(andata(client)).status_code == 403


def test_chi_non_ha_piu_incarichi_entra_e_non_puo_niente(
    client: Client, gateway: locale.Gateway, manager: Utente, programma: Programma
) -> None:
    Incarico.objects.filter(utente=manager).update(al="2023-01-01")
    assert client.get(andata(client)).status_code == 302
    assert client.get(reverse("evidenze", args=["dfa-alta-valsugana", 2025])).status_code == 403


def test_il_secondo_fattore_si_chiede_lo_stesso(
    client: Client, gateway: locale.Gateway, manager: Utente
) -> None:
    app = con_app(manager)
    assert ha_fattore(manager)
    risposta = client.get(andata(client, "/programmi/"))
    assert risposta["Location"] == reverse("secondo-fattore")
    assert "_auth_user_id" not in client.session
    entrato = client.post(reverse("secondo-fattore"), {"codice": app.codice()})
    assert entrato["Location"] == "/programmi/"


def test_cio_che_era_scritto_sopravvive_anche_al_gateway(
    client: Client, gateway: locale.Gateway, manager: Utente, programma: Programma
) -> None:
    nuova = reverse("evidenza-nuova", args=["dfa-alta-valsugana", 2025])
    app = con_app(manager)
    client.get(andata(client))
    client.post(reverse("secondo-fattore"), {"codice": app.codice()})
    client.session.flush()
    client.cookies.pop("sessionid", None)
    assert client.post(nuova, {"tipo": "incontro"}).status_code == 302
    client.get(andata(client, nuova))
    risposta = client.post(reverse("secondo-fattore"), {"codice": app.codice(dopo=1)})
    pagina = client.get(risposta["Location"]).content.decode()
    assert "Riprendi da dove eri" in pagina
    assert '<input type="hidden" name="tipo" value="incontro">' in pagina


ROTTI: dict[str, dict[str, Any]] = {
    "nonce di un altro": {"token": {"nonce": "un-altro"}},
    "senza nonce": {"token": {"nonce": None}},
    "emittente diverso": {"token": {"iss": "https://altrove.example"}},
    "destinato ad altri": {"token": {"aud": "un-altro-sito"}},
    "scaduto": {"token": {"exp": 1_000_000_000}},
    "senza scadenza": {"token": {"exp": None}},
    "firmato da altri": {"chiave_altrui": True},
    "non firmato": {"algoritmo": "none"},
    "firmato con il segreto": {"algoritmo": "HS256"},
    "di due persone": {"userinfo": {"sub": "AGID-002"}},
}


@pytest.mark.parametrize("che_cosa", ROTTI)
def test_un_token_che_non_va_non_fa_entrare(
    client: Client, gateway: locale.Gateway, manager: Utente, che_cosa: str
) -> None:
    for nome, valore in ROTTI[che_cosa].items():
        setattr(gateway, nome, valore)
    risposta = client.get(andata(client))
    assert risposta.status_code == 403
    assert "non è andato a buon fine" in risposta.content.decode()
    assert "_auth_user_id" not in client.session
    assert Evento.objects.filter(azione="accesso.gateway_rifiutato").count() == 1


def test_un_gateway_che_si_dice_un_altro_si_rifiuta(
    client: Client, gateway: locale.Gateway, manager: Utente
) -> None:
    gateway.scoperta = {"issuer": "https://altrove.example"}
    assert client.get(reverse("gateway-entra")).status_code == 403


def test_il_ritorno_vale_una_volta_e_solo_per_chi_e_partito(
    client: Client, gateway: locale.Gateway, manager: Utente
) -> None:
    ritorno = andata(client)
    altro = Client()
    assert altro.get(ritorno).status_code == 403, "the state is of another browser"
    assert client.get(ritorno).status_code == 302
    client.logout()
    assert client.get(ritorno).status_code == 403
    stato = parse_qs(urlsplit(andata(client)).query)["state"][0]
    assert client.get(reverse("gateway-ritorno"), {"code": "inventato", "state": stato}).status_code == 403
    assert "_auth_user_id" not in client.session


def test_chi_annulla_lo_legge(client: Client, gateway: locale.Gateway, manager: Utente) -> None:
    stato = parse_qs(urlsplit(andata(client)).query)["state"][0]
    risposta = client.get(reverse("gateway-ritorno"), {"error": "access_denied", "state": stato})
    assert risposta.status_code == 403
    assert "è stato annullato" in risposta.content.decode()


def test_senza_gateway_non_c_e_nulla(client: Client, persone: Persone) -> None:
    assert "Entra con" not in client.get(reverse("accesso")).content.decode()
    for nome in ("gateway-entra", "gateway-ritorno"):
        assert client.get(reverse(nome)).status_code == 404
        assert client.post(reverse(nome)).status_code == 405


def test_un_gateway_spento_si_dice(
    client: Client, persone: Persone, gateway: locale.Gateway, settings: Any
) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://127.0.0.1:9"
    risposta = client.get(reverse("gateway-entra"))
    assert risposta.status_code == 403
    assert "non è andato a buon fine" in risposta.content.decode()

"""Le pagine delle porte e del proprio accesso: aperte, e con ciò che si manda di sbagliato."""

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.test import Client, override_settings
from django.urls import reverse

from distretti.models import Utente
from distretti.persone import inviti
from distretti.persone.ingresso import CONFERMATO, SOSPESO
from tests.indirizzi.mondo import Mondo

if TYPE_CHECKING:
    from tests.indirizzi.sbagliati import Rifiuto

GATEWAY: dict[str, Any] = {
    "GATEWAY": {
        "emittente": "https://gateway.example.org",
        "nome": "SPID o CIE",
        "attributo": "fiscal_number",
    },
    "SOCIALACCOUNT_PROVIDERS": {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "gateway",
                    "name": "SPID o CIE",
                    "client_id": "distretti",
                    "secret": "segreto-del-gateway",
                    "settings": {"server_url": "https://gateway.example.org", "oauth_pkce_enabled": True},
                }
            ]
        }
    },
}
"""The settings of an installation that has one; nobody answers at this address."""

DIVERSE = {"password": "una-frase-lunga-e-nuova-7", "ripetuta": "un-altra"}


def delle_persone(mondo: Mondo, caso: "type[Rifiuto]") -> Iterator["Rifiuto"]:
    """All of them, by who comes to them."""
    segreto = inviti.manda(utente=mondo.invitata, da=None)[1]
    for nome, argomenti, corpi in (
        ("invito", [segreto], ({}, DIVERSE)),
        ("password-dimenticata", [], ({},)),
    ):
        indirizzo = reverse(nome, args=argomenti)
        yield caso(nome, "", indirizzo, 200)
        for corpo in corpi:
            yield caso(nome, "", indirizzo, 422, corpo)
    yield caso("invito che non vale", "", reverse("invito", args=["x" * 43]), 404)
    yield caso("password mandata", "", reverse("password-dimenticata"), 200, {"mail": "nessuno@example.org"})
    a_meta = _a_meta(mondo.persone.verificatore)
    for stato, codice in ((200, None), (422, {"codice": ""}), (422, {"codice": "000000"})):
        yield caso("secondo-fattore", "", reverse("secondo-fattore"), stato, codice, prima=a_meta)
    yield caso("gateway", "", reverse("gateway-ritorno"), 403, guasto=_con_gateway)
    yield caso("accesso con gateway", "", reverse("accesso"), 200, guasto=_con_gateway)
    sbagliati: dict[str, tuple[dict[str, str], ...]] = {
        "password-cambia": ({}, {"attuale": "no", **DIVERSE}),
        "conferma-identita": ({}, {"password": "no"}),
        "codice-attiva": ({}, {"codice": "000000"}),
        "chiave-aggiungi": ({}, {"nome": "Telefono", "credenziale": "{}"}),
    }
    for nome, moduli in sbagliati.items():
        yield caso(nome, "manager", reverse(nome), 200, prima=_confermato)
        for sbagliato in moduli:
            yield caso(nome, "manager", reverse(nome), 422, sbagliato, prima=_confermato)
    yield caso("fattori", "agenzia", reverse("fattori"), 200, guasto=_obbligatorio)
    con_app = _con_app(mondo.persone.manager)
    yield caso("fattori con app", "manager", reverse("fattori"), 200, prima=con_app)
    yield caso("codici-recupero", "manager", reverse("codici-recupero"), 201, {}, prima=con_app)


def in_sessione(client: Client, **valori: Any) -> None:
    """Write into the session of ``client``."""
    sessione = client.session
    for chiave, valore in valori.items():
        sessione[chiave] = valore
    sessione.save()
    client.cookies["sessionid"] = str(sessione.session_key)


def _confermato(client: Client) -> None:
    in_sessione(client, **{CONFERMATO: time.time()})


def _con_app(utente: Utente) -> Callable[[Client], None]:
    def prima(client: Client) -> None:
        Authenticator.objects.create(user=utente, type="totp", data={"secret": "non si legge"})
        _confermato(client)

    return prima


def _a_meta(utente: Utente) -> Callable[[Client], None]:
    """The password was right, the second factor is still to be shown."""

    def prima(client: Client) -> None:
        Authenticator.objects.create(
            user=utente, type="recovery_codes", data={"migrated_codes": [], "used_mask": 0}
        )
        sospeso = {
            "utente": utente.pk,
            "impronta": utente.get_session_auth_hash(),
            "prossima": "",
            "alle": time.time(),
        }
        in_sessione(client, **{SOSPESO: sospeso})

    return prima


def _con_gateway() -> Any:
    return override_settings(**GATEWAY)


def _obbligatorio() -> Any:
    return override_settings(SECONDO_FATTORE_OBBLIGATORIO=True)

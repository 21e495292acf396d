"""Coming in with SPID or CIE, through an OpenID Connect gateway: who one is, never what one may do.

allauth conducts the dialogue (state, PKCE, exchange of the code); here the identity token is checked to the
letter (signature, issuer, audience, expiry, nonce) and the tax code it gives must be of a person who is
already here. Nothing is ever created: no account, no link to it, no role.
"""

import json
import secrets
from typing import Any, NoReturn

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from distretti.basi import codice_fiscale as cf
from distretti.eventi import annota
from distretti.models import Utente
from distretti.persone.ingresso import entra
from distretti.persone.posta import indirizzo_di

PROVIDER = "gateway"
ALGORITMI = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Of a signature with a key that everyone may read; never one that both sides keep secret."""
TOLLERANZA = 30
"""Seconds by which two clocks may differ."""

NON_RIUSCITO = "non-riuscito"
ANNULLATO = "annullato"
SCONOSCIUTO = "sconosciuto"


class ConGateway(OpenIDConnectOAuth2Adapter):
    """allauth's dialogue, with an identity token that is always verified."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return indirizzo_di(reverse("gateway-ritorno"), request)

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the gateway says of itself. Raises ``OAuth2Error`` when it says it is another."""
        dichiarato: dict[str, Any] = super().openid_config
        if str(dichiarato.get("issuer", "")).rstrip("/") != _gateway()["emittente"]:
            raise OAuth2Error("L'emittente dichiarato non è quello configurato.")
        return dichiarato

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            chiave = self._chiave(jwt.get_unverified_header(id_token).get("kid"))
            return jwt.decode(
                id_token,
                key=chiave,
                algorithms=ALGORITMI,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=TOLLERANZA,
                options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as errore:
            raise OAuth2Error("Il token di identità non è valido.") from errore

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **altro: Any) -> Any:
        """Raises ``OAuth2Error`` without an identity token, or when the two answers are of two people."""
        if not altro["response"].get("id_token"):
            raise OAuth2Error("Manca il token di identità.")
        login = super().complete_login(request, app, token, **altro)
        dati = login.account.extra_data
        if "userinfo" in dati and dati["userinfo"].get("sub") != dati["id_token"]["sub"]:
            raise OAuth2Error("Le due risposte non sono della stessa persona.")
        return login

    def _chiave(self, kid: str | None) -> Any:
        with DefaultSocialAccountAdapter().get_requests_session() as sessione:
            risposta = sessione.get(self.openid_config["jwks_uri"])
            risposta.raise_for_status()
            chiavi = [c for c in risposta.json()["keys"] if c.get("use", "sig") == "sig"]
        trovata = next((c for c in chiavi if c.get("kid") == kid), None)
        if trovata is None:
            raise OAuth2Error("La chiave della firma non è tra quelle del gateway.")
        return jwt.PyJWK.from_json(json.dumps(trovata)).key


class AdattatoreGateway(DefaultSocialAccountAdapter):
    """What happens when the dialogue ends: our own pages, our own way in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> NoReturn:
        """The dialogue went well: in comes the person with this tax code, or nobody."""
        dati, stato = sociallogin.account.extra_data, sociallogin.state
        nonce = str(stato.get("nonce", ""))
        if not nonce or not secrets.compare_digest(nonce, str(dati["id_token"].get("nonce", ""))):
            raise ImmediateHttpResponse(
                rifiuto(request, NON_RIUSCITO, "la risposta non è per questa richiesta")
            )
        utente = _persona(dati)
        if utente is None:
            raise ImmediateHttpResponse(rifiuto(request, SCONOSCIUTO, "codice fiscale non riconosciuto"))
        annota(azione="accesso.gateway_riconosciuto", oggetti=[utente], utente=utente)
        raise ImmediateHttpResponse(entra(request, utente, prossima=str(stato.get("next") or "")))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, **altro: Any
    ) -> NoReturn:
        if error == AuthError.CANCELLED:
            raise ImmediateHttpResponse(rifiuto(request, ANNULLATO, ""))
        # Without a state of ours anybody may knock: nothing to note in the log of the events.
        nostro = (altro.get("extra_context") or {}).get("state") is not None
        raise ImmediateHttpResponse(rifiuto(request, NON_RIUSCITO, str(exception or error) if nostro else ""))


def comincia(request: HttpRequest, prossima: str) -> HttpResponse:
    """Send the browser to the gateway; ``prossima`` is where to go afterwards."""
    nonce = secrets.token_urlsafe(24)
    provider = ConGateway(request, PROVIDER).get_provider()
    provider.oauth2_adapter_class = ConGateway
    risposta: HttpResponse = provider.redirect(
        request,
        process=AuthProcess.LOGIN,
        next_url=prossima,
        nonce=nonce,
        auth_params={"nonce": nonce},
    )
    return risposta


def ritorna(request: HttpRequest) -> HttpResponse:
    """The browser is back from the gateway."""
    risposta: HttpResponse = OAuth2CallbackView.adapter_view(ConGateway(request, PROVIDER))(request)
    return risposta


def rifiuto(request: HttpRequest, motivo: str, perche: str) -> HttpResponse:
    """The page that says that one did not come in; ``perche``, when there is one, is for the log alone."""
    if perche:
        annota(azione="accesso.gateway_rifiutato", oggetti=[], motivo=perche)
    contesto = {"motivo": motivo, "gateway": _gateway()["nome"]}
    return render(request, "distretti/gateway_rifiuto.html", contesto, status=403)


def _gateway() -> dict[str, str]:
    """What this installation knows of its gateway; the pages ask only when there is one."""
    assert settings.GATEWAY is not None
    return settings.GATEWAY


def _persona(dati: dict[str, dict[str, Any]]) -> Utente | None:
    """Who has the tax code that the identity token gives, or the answer about the person."""
    attributo = _gateway()["attributo"]
    trovato = dati["id_token"].get(attributo) or dati.get("userinfo", {}).get(attributo) or ""
    codice = cf.normalizza(str(trovato))
    if not cf.valido(codice):
        return None
    return Utente.objects.filter(codice_fiscale=codice, is_active=True, applicazione=False).first()

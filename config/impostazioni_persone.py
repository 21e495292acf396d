"""How people come in: second factor, SPID and CIE. Read from the environment by ``settings``."""

from typing import Any

from config.ambiente import parti, rifiuta, scelta, testo

USA_GATEWAY = "l'indirizzo https:// del gateway OpenID Connect (http:// solo fuori dalla produzione)"


def secondo_fattore(*, produzione: bool) -> bool:
    """Must those who approve, verify or administer have a second factor? In production always."""
    scelto = scelta(
        "DISTRETTI_SECONDO_FATTORE",
        ("obbligatorio", "facoltativo"),
        "obbligatorio" if produzione else "facoltativo",
    )
    if produzione and scelto != "obbligatorio":
        raise rifiuta("DISTRETTI_SECONDO_FATTORE", "in produzione è sempre obbligatorio.")
    return scelto == "obbligatorio"


def indirizzo_del_sito(*, produzione: bool) -> str:
    """Where the links of the mails lead; empty: where the page was asked for."""
    indirizzo = testo("DISTRETTI_INDIRIZZO", "").rstrip("/")
    if indirizzo:
        schemi = ("https",) if produzione else ("https", "http")
        divise = parti("DISTRETTI_INDIRIZZO", indirizzo, schemi, "l'indirizzo del sito, https://…")
        if not divise.hostname or divise.query or divise.fragment:
            raise rifiuta("DISTRETTI_INDIRIZZO", "l'indirizzo del sito, per esempio https://www.example.org.")
    return indirizzo


def allauth(gateway: dict[str, str] | None, *, produzione: bool) -> dict[str, Any]:
    """django-allauth, of which only the second factor and the OpenID Connect client are used.

    Its own brakes are off: the one of ``distretti.tentativi`` holds for every door.
    """
    return {
        "ACCOUNT_RATE_LIMITS": False,
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*"],
        "MFA_ADAPTER": "distretti.persone.cifra.AdattatoreFattori",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_TOTP_ISSUER": "Distretti famiglia",
        "MFA_TOTP_TOLERANCE": 1,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not produzione,
        "SOCIALACCOUNT_ADAPTER": "distretti.persone.oidc.AdattatoreGateway",
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_PROVIDERS": {} if gateway is None else _cliente(gateway),
    }


def gateway(*, produzione: bool) -> dict[str, str] | None:
    """The OpenID Connect gateway of SPID and CIE; None when ``DISTRETTI_OIDC_ISSUER`` is empty."""
    emittente = testo("DISTRETTI_OIDC_ISSUER", "").rstrip("/")
    if not emittente:
        return None
    schemi = ("https",) if produzione else ("https", "http")
    if not parti("DISTRETTI_OIDC_ISSUER", emittente, schemi, USA_GATEWAY).hostname:
        raise rifiuta("DISTRETTI_OIDC_ISSUER", USA_GATEWAY)
    return {
        "emittente": emittente,
        "nome": testo("DISTRETTI_OIDC_NOME", "SPID o CIE"),
        "attributo": testo("DISTRETTI_OIDC_CODICE_FISCALE", "fiscal_number"),
    }


def _cliente(gateway: dict[str, str]) -> dict[str, Any]:
    app = {
        "provider_id": "gateway",
        "name": gateway["nome"],
        "client_id": testo("DISTRETTI_OIDC_CLIENT_ID", None),
        "secret": testo("DISTRETTI_OIDC_CLIENT_SECRET", None),
        "settings": {
            "server_url": gateway["emittente"],
            "scope": testo("DISTRETTI_OIDC_SCOPE", "openid profile").split(),
            "oauth_pkce_enabled": True,
        },
    }
    return {"openid_connect": {"APPS": [app]}}

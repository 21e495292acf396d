"""How people come in: links by mail, second factor, SPID and CIE. Read from the environment by ``settings``."""

from typing import Any

from config.ambiente import intero, parti, rifiuta, scelta, testo

USA_GATEWAY = "l'indirizzo https:// del gateway OpenID Connect (http:// solo fuori dalla produzione)"


def persone(*, produzione: bool) -> dict[str, Any]:
    """The settings of invitations, sessions and second factor."""
    fattore = scelta(
        "DISTRETTI_SECONDO_FATTORE",
        ("obbligatorio", "facoltativo"),
        "obbligatorio" if produzione else "facoltativo",
    )
    if produzione and fattore != "obbligatorio":
        raise rifiuta("DISTRETTI_SECONDO_FATTORE", "in produzione è sempre obbligatorio.")
    return {
        "INDIRIZZO_DEL_SITO": _indirizzo_del_sito(produzione=produzione),
        "GIORNI_DI_INVITO": intero("DISTRETTI_GIORNI_INVITO", 7, minimo=1, massimo=60),
        "SECONDO_FATTORE_OBBLIGATORIO": fattore == "obbligatorio",
        # However much one works, after so many hours one signs in again (SESSION_COOKIE_AGE: how long idle).
        "SESSIONE_MASSIMA": intero("DISTRETTI_SESSIONE_ORE", 12, minimo=1, massimo=24) * 3600,
    }


def _indirizzo_del_sito(*, produzione: bool) -> str:
    """Where the links of the mails lead; empty: where the page was asked for."""
    indirizzo = testo("DISTRETTI_INDIRIZZO", "").rstrip("/")
    if indirizzo:
        schemi = ("https",) if produzione else ("https", "http")
        divise = parti("DISTRETTI_INDIRIZZO", indirizzo, schemi, "l'indirizzo del sito, https://…")
        if not divise.hostname or divise.query or divise.fragment:
            raise rifiuta("DISTRETTI_INDIRIZZO", "l'indirizzo del sito, per esempio https://www.example.org.")
    return indirizzo


def allauth(*, produzione: bool) -> dict[str, Any]:
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
        **_gateway(produzione=produzione),
    }


def _gateway(*, produzione: bool) -> dict[str, Any]:
    """The OpenID Connect gateway of SPID and CIE; none when ``DISTRETTI_OIDC_ISSUER`` is empty."""
    emittente = testo("DISTRETTI_OIDC_ISSUER", "").rstrip("/")
    if not emittente:
        return {"GATEWAY": None, "SOCIALACCOUNT_PROVIDERS": {}}
    divise = parti(
        "DISTRETTI_OIDC_ISSUER", emittente, ("https",) if produzione else ("https", "http"), USA_GATEWAY
    )
    if not divise.hostname:
        raise rifiuta("DISTRETTI_OIDC_ISSUER", USA_GATEWAY)
    app = {
        "provider_id": "gateway",
        "name": testo("DISTRETTI_OIDC_NOME", "SPID o CIE"),
        "client_id": testo("DISTRETTI_OIDC_CLIENT_ID", None),
        "secret": testo("DISTRETTI_OIDC_CLIENT_SECRET", None),
        "settings": {
            "server_url": emittente,
            "scope": testo("DISTRETTI_OIDC_SCOPE", "openid profile").split(),
            "oauth_pkce_enabled": True,
        },
    }
    return {
        "GATEWAY": {
            "emittente": emittente,
            "nome": app["name"],
            "attributo": testo("DISTRETTI_OIDC_CODICE_FISCALE", "fiscal_number"),
        },
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": [app]}},
    }

"""Un gateway OpenID Connect vero, su questa macchina: parla HTTP, firma i token, e sa anche sbagliare."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENTE, SEGRETO = "distretti", "segreto-del-gateway"


@cache
def _chiave(di_chi: str) -> rsa.RSAPrivateKey:
    """Made once: it takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Gateway:
    """What it says of the person, and what is wrong with what it says.

    ``token`` changes the claims of the identity token (None takes one away); ``chiave_altrui`` signs with a
    key that is not published; ``algoritmo`` "none" does not sign, "HS256" signs with the client's secret.
    """

    def __init__(self) -> None:
        self.chiave = _chiave("sua")
        self.persona: dict[str, Any] = {"sub": "AGID-001", "fiscal_number": "TINIT-RSSMRA85T10A562S"}
        self.userinfo: dict[str, Any] = {"sub": "AGID-001"}
        self.token: dict[str, Any] = {}
        self.scoperta: dict[str, Any] = {}
        self.chiave_altrui = False
        self.algoritmo = "RS256"
        self.richieste: dict[str, dict[str, str]] = {}
        self.scambi: list[str] = []
        self.indirizzo = ""

    def configurazione(self) -> dict[str, Any]:
        base = self.indirizzo
        return {
            "issuer": base,
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
            "userinfo_endpoint": f"{base}/userinfo",
            "jwks_uri": f"{base}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **self.scoperta,
        }

    def chiavi(self) -> dict[str, Any]:
        pubblica = jwt.algorithms.RSAAlgorithm.to_jwk(self.chiave.public_key(), as_dict=True)
        return {"keys": [{**pubblica, "kid": "k1", "use": "sig", "alg": "RS256"}]}

    def autorizza(self, domanda: dict[str, str]) -> str:
        """The person said yes: back to the site with a code."""
        codice = secrets.token_urlsafe(8)
        self.richieste[codice] = domanda
        return f"{domanda['redirect_uri']}?{urlencode({'code': codice, 'state': domanda['state']})}"

    def scambia(self, dati: dict[str, str]) -> dict[str, Any] | None:
        """The code for the tokens, once, to who knows the secret and the verifier of PKCE."""
        domanda = self.richieste.pop(dati.get("code", ""), None)
        if domanda is None or (dati.get("client_id"), dati.get("client_secret")) != (CLIENTE, SEGRETO):
            return None
        impronta = hashlib.sha256(dati.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(impronta).rstrip(b"=").decode() != domanda["code_challenge"]:
            return None
        self.scambi.append(dati["code"])
        return {"access_token": "accesso", "token_type": "Bearer", "id_token": self._firma(domanda["nonce"])}

    def _firma(self, nonce: str) -> str:
        adesso = int(time.time())
        tempi = {"iat": adesso, "exp": adesso + 60}
        dati = {"iss": self.indirizzo, "aud": CLIENTE, "nonce": nonce, **tempi, **self.persona, **self.token}
        dati = {nome: valore for nome, valore in dati.items() if valore is not None}
        chiave: Any = self.chiave
        if self.chiave_altrui:
            chiave = _chiave("altrui")
        if self.algoritmo != "RS256":
            chiave = SEGRETO * 2 if self.algoritmo == "HS256" else None
        return jwt.encode(dati, chiave, algorithm=self.algoritmo, headers={"kid": "k1"})


@contextmanager
def acceso() -> Iterator[Gateway]:
    """The gateway, answering, for as long as it takes."""
    gateway = Gateway()

    class Porta(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parti = urlsplit(self.path)
            domanda = {nome: valori[0] for nome, valori in parse_qs(parti.query).items()}
            if parti.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", gateway.autorizza(domanda))
                self.end_headers()
                return
            risposte: dict[str, Callable[[], dict[str, Any]]] = {
                "/.well-known/openid-configuration": gateway.configurazione,
                "/jwks": gateway.chiavi,
                "/userinfo": lambda: gateway.userinfo,
            }
            self._scrivi(risposte[parti.path]() if parti.path in risposte else None)

        def do_POST(self) -> None:
            corpo = self.rfile.read(int(self.headers["Content-Length"])).decode()
            dati = {nome: valori[0] for nome, valori in parse_qs(corpo).items()}
            self._scrivi(gateway.scambia(dati))

        def _scrivi(self, dati: dict[str, Any] | None) -> None:
            testo = json.dumps({"error": "invalid_request"} if dati is None else dati).encode()
            self.send_response(400 if dati is None else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(testo)))
            self.end_headers()
            self.wfile.write(testo)

        def log_message(self, *altro: Any) -> None:
            """It says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Porta)
    gateway.indirizzo = f"http://127.0.0.1:{server.server_port}"
    filo = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    filo.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
        filo.join()

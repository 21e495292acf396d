"""Where a request comes from: the address of the client and the id of the request, behind trusted proxies.

``settings.DISTRETTI_PROXY`` says how many proxies of ours stand in front. Each adds one address to the
right of ``X-Forwarded-For``; what is further left was written by the client and is not believed.
"""

import re
from ipaddress import IPv6Address, ip_address
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest

_RIFERIMENTO = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}\Z")


def indirizzo_cliente(request: HttpRequest) -> str:
    """The client's IP address; empty when it connects by a local socket and no proxy names it."""
    collegato: str = request.META.get("REMOTE_ADDR", "")
    fidati: int = settings.DISTRETTI_PROXY
    passaggi = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if not fidati or len(passaggi) < fidati:
        return collegato
    try:
        return str(ip_address(passaggi[-fidati].strip()))
    except ValueError:
        return collegato


def rete_cliente(request: HttpRequest) -> str:
    """What a brake counts: the client's address; of IPv6 the network, since whoever has one has all of it."""
    indirizzo = indirizzo_cliente(request)
    if ":" not in indirizzo:
        return indirizzo
    try:
        letto = IPv6Address(indirizzo.partition("%")[0])
    except ValueError:
        return "rete-ignota"
    # A server that listens on both protocols writes ::ffff:192.0.2.1 of who comes by the older one.
    return str(letto.ipv4_mapped or f"rete-{int(letto) >> 64:x}")


def riferimento_richiesta(request: HttpRequest) -> str:
    """The ``X-Request-ID`` of a trusted proxy when it is a plain one, else a new one."""
    dato: str = request.META.get("HTTP_X_REQUEST_ID", "")
    if settings.DISTRETTI_PROXY and _RIFERIMENTO.match(dato):
        return dato
    return uuid4().hex

"""Ogni risposta, anche quella che rifiuta, porta le stesse difese; nessuna pagina le contraddice."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.indirizzi.mondo import Mondo
from tests.indirizzi.sbagliati import rifiuti
from tests.indirizzi.tavola import TAVOLA

pytestmark = pytest.mark.django_db

ATTESE = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
VIETATI = {
    "script in pagina": rb"<script(?![^>]*\bsrc=)",
    "stile in pagina": rb"<style\b|<[^>]+\sstyle\s*=",
    "gestore in pagina": rb"<[^>]+\son[a-z]+\s*=",
    "componente che chiede lo script grande": rb"\bdata-bs-",
    "terza parte": rb"<(?:script|link|img|iframe|source|use)\b[^>]*(?:src|href)=.(?:https?:)?//",
}


def _difetti(risposta: Any, nome: str) -> Iterator[str]:
    regole = dict(
        parte.strip().partition(" ")[::2]
        for parte in risposta.get("Content-Security-Policy", "").split(";")
        if parte.strip()
    )
    strette = {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'"}
    for chiave, valore in strette.items():
        if regole.get(chiave) != valore:
            yield f"{nome}: {chiave} {regole.get(chiave)}"
    if "unsafe" in str(regole) or "*" in str(regole) or "http" in str(regole):
        yield f"{nome}: Content-Security-Policy larga"
    for testata, valore in ATTESE.items():
        if risposta.get(testata) != valore:
            yield f"{nome}: {testata} {risposta.get(testata)}"


def _contraddizioni(risposta: Any, nome: str) -> Iterator[str]:
    if risposta.streaming or not risposta.get("Content-Type", "").startswith("text/html"):
        return
    for che_cosa, forma in VIETATI.items():
        if re.search(forma, risposta.content, flags=re.IGNORECASE):
            yield f"{nome}: {che_cosa}"


@pytest.mark.parametrize("chi", ["", "manager", "agenzia"])
def test_ogni_indirizzo_ha_le_intestazioni_strette(mondo: Mondo, chi: str) -> None:
    client, difetti = mondo.entra(chi), []
    for voce in TAVOLA:
        risposta: Any = client.get(voce.indirizzo(mondo), secure=True)
        difetti += [*_difetti(risposta, str(voce)), *_contraddizioni(risposta, str(voce))]
        if risposta.streaming:
            b"".join(risposta)  # a file: read to the end, it closes itself
    assert difetti == []


def test_anche_cio_che_va_male_ha_le_intestazioni_strette(mondo: Mondo) -> None:
    difetti = []
    for rifiuto in rifiuti(mondo):
        risposta = rifiuto.manda(mondo)
        difetti += [*_difetti(risposta, str(rifiuto)), *_contraddizioni(risposta, str(rifiuto))]
    assert difetti == []


def test_chi_non_e_entrato_non_riceve_script(mondo: Mondo) -> None:
    """Le pagine pubbliche vivono di solo HTML e CSS; quella che prova l'API no, e non serve ad altro."""
    client = mondo.entra("")
    pubbliche = [voce for voce in TAVOLA if voce.pubblico == 200 and not voce.api]
    con_script = []
    for voce in pubbliche:
        risposta: Any = client.get(voce.indirizzo(mondo), secure=True)
        if risposta.streaming:
            b"".join(risposta)
        elif b"<script" in risposta.content:
            con_script.append(str(voce))
    assert con_script == ["documentazione"]

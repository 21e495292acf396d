"""Ciò che a ogni sito chiedono i browser, i motori di ricerca e chi trova una falla."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

pytestmark = pytest.mark.django_db


def test_l_icona_e_la_nostra(client: Client) -> None:
    risposta = client.get("/favicon.ico")
    assert risposta["Content-Type"] == "image/svg+xml"
    assert b"<svg" in risposta.content
    assert "max-age" in risposta["Cache-Control"]


def test_i_motori_trovano_cio_che_e_pubblico(client: Client) -> None:
    testo = client.get("/robots.txt").content.decode()
    vietati = [riga.removeprefix("Disallow: ") for riga in testo.splitlines() if riga.startswith("Disallow")]
    assert vietati == ["/cerca/", "/accesso/"]


@pytest.mark.parametrize(
    ("scritto", "contatto"),
    [
        ("mailto:sicurezza@example.org", "mailto:sicurezza@example.org"),
        ("https://www.example.org/falle", "https://www.example.org/falle"),
        ("", "http://testserver/segnalazioni/"),
        ("/segnalazioni/", "http://testserver/segnalazioni/"),
    ],
)
def test_chi_trova_una_falla_sa_a_chi_dirlo(
    client: Client, settings: Any, scritto: str, contatto: str
) -> None:
    settings.SEGNALAZIONI = scritto
    righe = client.get("/.well-known/security.txt").content.decode().splitlines()
    campi = dict(riga.split(": ", 1) for riga in righe)
    assert campi["Contact"] == contatto
    assert campi["Canonical"] == "http://testserver/.well-known/security.txt"
    fra = datetime.fromisoformat(campi["Expires"]) - timezone.now()
    assert timedelta(days=90) < fra < timedelta(days=366)

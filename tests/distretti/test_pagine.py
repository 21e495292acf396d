"""Le pagine pubbliche del piano terra."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from distretti.models import (
    Adesione,
    AliasOrganizzazione,
    Autorita,
    DatoDichiarato,
    Distretto,
    Organizzazione,
)
from tests.conftest import CODICE, Persone

DISTRETTI = reverse("distretti")
PAGINE = [
    "inizio",
    "accesso",
    "privacy",
    "accessibilita",
    "segnalazioni",
    "licenza",
    "dati-pubblici",
    "stato",
    "distretti",
]


@pytest.mark.parametrize("nome", PAGINE)
def test_chiunque_le_legge(db: None, client: Client, nome: str) -> None:
    assert client.get(reverse(nome)).status_code == 200


@pytest.mark.parametrize("nome", [nome for nome in PAGINE if nome != "accesso"])
def test_si_leggono_soltanto(db: None, client: Client, nome: str) -> None:
    assert client.post(reverse(nome)).status_code == 405


def test_lo_stato_del_sito_e_json(db: None, client: Client) -> None:
    risposta = client.get(reverse("stato"))
    atteso = {"stato": "disponibile", "database": "risponde", "antivirus": "spento"}
    assert risposta.json() == atteso
    assert "no-store" in risposta["Cache-Control"]


def test_l_elenco_ha_tutti_i_distretti_e_le_cifre_con_data_e_fonte(db: None, client: Client) -> None:
    risposta = client.get(DISTRETTI)
    pagina = risposta.content.decode()
    assert risposta.context["pagina"].paginator.count == Distretto.objects.count()
    assert "Oltre 1119" in pagina
    assert "31 dicembre 2024" in pagina
    assert "determinazione del dirigente n. 6607" in pagina


@pytest.mark.parametrize(
    ("dati", "attesi"),
    [
        ({"q": "alta valsugana"}, {"dfa-alta-valsugana", "df-alta-valsugana-e-bersntol"}),
        ({"q": "VALSUGANA", "tipo": "family_audit"}, {"dfa-alta-valsugana"}),
        ({"q": "nessuno si chiama così"}, set()),
    ],
)
def test_filtra_per_parole_e_tipo(db: None, client: Client, dati: dict[str, str], attesi: set[str]) -> None:
    risposta = client.get(DISTRETTI, dati)
    assert {distretto.codice for distretto in risposta.context["pagina"]} == attesi


@pytest.mark.parametrize("dati", [{"tipo": "marziano"}, {"stato": "perso"}])
def test_un_filtro_sbagliato_si_dice(db: None, client: Client, dati: dict[str, str]) -> None:
    risposta = client.get(DISTRETTI, dati)
    assert risposta.status_code == 422
    assert "Controlla i dati inseriti" in risposta.content.decode()
    assert list(risposta.context["pagina"]) == []


@pytest.mark.parametrize("pagina", ["0", "-1", "999", "abc"])
def test_una_pagina_che_non_c_e_porta_alla_piu_vicina(db: None, client: Client, pagina: str) -> None:
    assert client.get(DISTRETTI, {"page": pagina}).status_code == 200


def test_le_interrogazioni_dell_elenco_non_crescono(db: None, client: Client) -> None:
    autorita = Autorita.objects.get(codice="pat-acs")
    with CaptureQueriesContext(connection) as prima:
        client.get(DISTRETTI)
    for numero in range(50):
        nuovo = Distretto.objects.create(
            codice=f"d-{numero}", denominazione=f"A {numero}", tipo="tematico", autorita=autorita
        )
        DatoDichiarato.objects.create(
            distretto=nuovo, voce="organizzazioni", valore=numero, al="2024", fonte="prova"
        )
    with CaptureQueriesContext(connection) as dopo:
        assert "50 organizzazioni" not in client.get(DISTRETTI).content.decode()
    assert len(dopo) == len(prima)


def test_la_pagina_di_un_organizzazione(db: None, client: Client) -> None:
    organizzazione = Organizzazione.objects.get(codice="asif-chimelli")
    AliasOrganizzazione.objects.get_or_create(
        organizzazione=organizzazione, testo="ASIF di Pergine", defaults={"ordine": 9}
    )
    pagina = client.get(reverse("organizzazione", args=["asif-chimelli"])).content.decode()
    assert "ASIF di Pergine" in pagina
    assert reverse("distretto", args=[CODICE]) in pagina
    assert "Family Audit" in pagina
    assert client.get(reverse("organizzazione", args=["inventata"])).status_code == 404


def test_le_interrogazioni_di_un_organizzazione_non_crescono(db: None, client: Client) -> None:
    organizzazione = Organizzazione.objects.get(codice="asif-chimelli")
    pagina = reverse("organizzazione", args=["asif-chimelli"])
    with CaptureQueriesContext(connection) as prima:
        client.get(pagina)
    for distretto in Distretto.objects.exclude(codice=CODICE):
        Adesione.objects.create(distretto=distretto, organizzazione=organizzazione, dal=date(2024, 1, 1))
    with CaptureQueriesContext(connection) as dopo:
        client.get(pagina)
    assert len(dopo) == len(prima)


def test_a_chi_ha_fatto_accesso_la_home_porta_alla_scrivania(persone: Persone, client: Client) -> None:
    assert reverse("scrivania") not in client.get(reverse("inizio")).content.decode()
    client.force_login(persone.manager)
    assert reverse("scrivania") in client.get(reverse("inizio")).content.decode()

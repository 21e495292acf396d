"""L'elenco dei programmi e la pagina di un distretto: chi vede che cosa, e con quante interrogazioni."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from distretti.models import Adesione, Distretto, Organizzazione
from programmi.models import Programma
from tests.conftest import CODICE, Persone

PROGRAMMI = reverse("programmi")
PAGINA = reverse("distretto", args=[CODICE])


def corpo_di(client: Client, pagina: str, **dati: Any) -> str:
    risposta = client.get(pagina, dati)
    assert risposta.status_code == 200
    return risposta.content.decode()


def test_chiunque_vede_solo_i_programmi_approvati(bozza: Programma, client: Client) -> None:
    elenco = corpo_di(client, PROGRAMMI)
    assert "1 programma" in elenco
    assert reverse("programma", args=[CODICE, 2026]) not in elenco


@pytest.mark.parametrize(
    ("chi", "quanti"),
    [
        ("manager", 2),
        ("coordinatore", 2),
        ("auditor", 2),
        ("agenzia", 2),
        ("manager_altro", 1),
        ("manager_scaduto", 1),
        ("estraneo", 1),
    ],
)
def test_chi_segue_un_distretto_ne_vede_anche_le_bozze(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], chi: str, quanti: int
) -> None:
    risposta = accedi(getattr(persone, chi)).get(PROGRAMMI)
    assert risposta.context["pagina"].paginator.count == quanti


@pytest.mark.parametrize(
    ("dati", "quanti"),
    [
        ({"anno": "2026"}, 1),
        ({"stato": "bozza"}, 1),
        ({"stato": "approvato"}, 1),
        ({"distretto": CODICE}, 2),
        ({"distretto": "df-val-di-non"}, 0),
    ],
)
def test_filtra(
    bozza: Programma,
    persone: Persone,
    accedi: Callable[..., Client],
    dati: dict[str, str],
    quanti: int,
) -> None:
    risposta = accedi(persone.manager).get(PROGRAMMI, dati)
    assert risposta.context["pagina"].paginator.count == quanti


@pytest.mark.parametrize(
    "dati",
    [{"anno": "abc"}, {"stato": "perso"}, {"distretto": "inventato"}, {"anno": "99999999999999999999"}],
)
def test_un_filtro_sbagliato_si_dice(db: None, client: Client, dati: dict[str, str]) -> None:
    risposta = client.get(PROGRAMMI, dati)
    assert risposta.status_code == 422
    assert "Controlla i dati inseriti" in risposta.content.decode()


def test_le_interrogazioni_dell_elenco_non_crescono(db: None, client: Client) -> None:
    distretto = Distretto.objects.get(codice=CODICE)
    with CaptureQueriesContext(connection) as una:
        client.get(PROGRAMMI)
    for anno in range(1970, 2020):
        Programma.objects.create(
            distretto=distretto,
            anno=anno,
            dal=date(anno, 1, 1),
            al=date(anno, 12, 31),
            stato="approvato",
            trasmesso_il=date(anno, 1, 1),
            approvato_il=date(anno, 1, 2),
        )
    with CaptureQueriesContext(connection) as molte:
        risposta = client.get(PROGRAMMI, {"page": "2"})
    assert len(molte) <= len(una)
    assert risposta.context["pagina"].number == 2


def test_aderenti_a_una_data(db: None, client: Client) -> None:
    pagina = corpo_di(client, PAGINA, alla_data="2025-03-31")
    assert "6 organizzazioni aderenti al 31 marzo 2025" in pagina
    assert "5 organizzazioni aderenti al 1º agosto 2022" in corpo_di(client, PAGINA, alla_data="2022-08-01")
    assert "Nessun aderente registrato a questa data" in corpo_di(client, PAGINA, alla_data="2020-01-01")


@pytest.mark.parametrize("giorno", ["ieri", "2025-02-30", "31-31-31"])
def test_una_data_sbagliata_si_dice(db: None, client: Client, giorno: str) -> None:
    risposta = client.get(PAGINA, {"alla_data": giorno})
    assert risposta.status_code == 422
    assert "data che esiste" in risposta.content.decode()


def test_la_pagina_del_distretto_mostra_a_ognuno_i_suoi_programmi(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], client: Client
) -> None:
    nuova = reverse("programma", args=[CODICE, 2026])
    pubblica = corpo_di(client, PAGINA)
    assert reverse("programma", args=[CODICE, 2025]) in pubblica
    assert nuova not in pubblica
    assert "Nuovo programma" not in pubblica
    assert "Registra un&#x27;adesione" not in pubblica
    del_manager = corpo_di(accedi(persone.manager), PAGINA)
    assert nuova in del_manager
    assert "Nuovo programma" in del_manager
    dell_agenzia = corpo_di(accedi(persone.agenzia), PAGINA)
    assert reverse("adesione-nuova", args=[CODICE]) in dell_agenzia
    assert "Nuovo programma" not in dell_agenzia


def test_le_interrogazioni_del_distretto_non_crescono(db: None, client: Client) -> None:
    distretto = Distretto.objects.get(codice=CODICE)
    with CaptureQueriesContext(connection) as una:
        client.get(PAGINA)
    for numero in range(50):
        nuova = Organizzazione.objects.create(codice=f"o-{numero}", denominazione=f"Organizzazione {numero}")
        Adesione.objects.create(
            distretto=distretto, organizzazione=nuova, dal=date(2023, 1, 1), ordine=100 + numero
        )
    with CaptureQueriesContext(connection) as molte:
        client.get(PAGINA)
    assert len(molte) == len(una)


def test_la_pagina_di_un_distretto_che_non_esiste_e_404(db: None, client: Client) -> None:
    assert client.get(reverse("distretto", args=["inventato"])).status_code == 404


@pytest.mark.parametrize("pagina", [PROGRAMMI, PAGINA])
def test_si_leggono_soltanto(db: None, client: Client, pagina: str) -> None:
    assert client.post(pagina).status_code == 405


def test_le_note_del_registro_le_legge_solo_chi_segue(
    persone: Persone, accedi: Callable[..., Client], client: Client
) -> None:
    Distretto.objects.filter(codice=CODICE).update(note="Nota di lavoro")
    assert "Nota di lavoro" not in corpo_di(client, PAGINA)
    assert "Nota di lavoro" not in corpo_di(accedi(persone.manager_altro), PAGINA)
    assert "Nota di lavoro" in corpo_di(accedi(persone.auditor), PAGINA)

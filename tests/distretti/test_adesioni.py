"""Il registro delle adesioni: chi lo tiene, e due adesioni che non si sovrappongono mai."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from distretti.errori import DatiNonValidi
from distretti.models import Adesione, Distretto, Organizzazione
from distretti.services import registra_adesione
from tests.conftest import CODICE, Persone
from tests.programmi.ingressi import in_due

PAGINA = reverse("adesione-nuova", args=[CODICE])


@pytest.fixture
def nuova(db: None) -> Organizzazione:
    return Organizzazione.objects.create(codice="nuova-srl", denominazione="Nuova srl")


def registra(organizzazione: Organizzazione, dal: date, al: date | None = None) -> Adesione:
    distretto = Distretto.objects.get(codice=CODICE)
    return registra_adesione(distretto=distretto, organizzazione=organizzazione, dal=dal, al=al)


def test_registra(persone: Persone, accedi: Callable[..., Client], nuova: Organizzazione) -> None:
    client = accedi(persone.agenzia)
    assert client.get(PAGINA).status_code == 200
    risposta = client.post(PAGINA, {"organizzazione": nuova.pk, "dal": "2024-01-01", "al": ""})
    assert risposta["Location"] == reverse("distretto", args=[CODICE])
    adesione = nuova.adesioni.get()
    assert (adesione.dal, adesione.al, adesione.ordine) == (date(2024, 1, 1), None, 7)


@pytest.mark.parametrize(
    "chi", ["manager", "referente", "coordinatore", "auditor", "manager_altro", "estraneo", "dirigente"]
)
def test_il_registro_lo_tiene_l_autorita(
    persone: Persone, accedi: Callable[..., Client], nuova: Organizzazione, chi: str
) -> None:
    client = accedi(getattr(persone, chi))
    assert client.get(PAGINA).status_code == 403
    dati = {"organizzazione": nuova.pk, "dal": "2024-01-01"}
    assert client.post(PAGINA, dati).status_code == 403
    assert not nuova.adesioni.exists()


def test_chi_non_ha_fatto_accesso_va_all_accesso(db: None, client: Client) -> None:
    assert client.get(PAGINA)["Location"].startswith(reverse("accesso"))


@pytest.mark.parametrize(
    ("dal", "al"),
    [
        (date(2024, 6, 1), None),
        (date(2023, 1, 1), date(2024, 1, 1)),
        (date(2024, 12, 31), date(2025, 6, 1)),
        (date(2024, 2, 1), date(2024, 3, 1)),
        (date(2020, 1, 1), None),
    ],
)
def test_rifiuta_un_periodo_che_si_sovrappone(nuova: Organizzazione, dal: date, al: date | None) -> None:
    registra(nuova, date(2024, 1, 1), date(2024, 12, 31))
    with pytest.raises(DatiNonValidi, match="già aderente dal 1º gennaio 2024 al 31 dicembre 2024"):
        registra(nuova, dal, al)
    assert nuova.adesioni.count() == 1


def test_due_periodi_uno_dopo_l_altro_si_possono(nuova: Organizzazione) -> None:
    registra(nuova, date(2024, 1, 1), date(2024, 12, 31))
    registra(nuova, date(2025, 1, 1))
    assert nuova.adesioni.count() == 2


@pytest.mark.parametrize(
    ("dati", "parola"),
    [
        ({"dal": ""}, "obbligatoria"),
        ({"dal": "2024-02-30"}, "data che esiste"),
        ({"dal": "2999-01-01"}, "nel futuro"),
        ({"dal": "2024-01-02", "al": "2024-01-01"}, "finire prima"),
        ({"organizzazione": "999999"}, "scegli"),
        ({"organizzazione": ""}, "scegli dal registro"),
    ],
)
def test_la_pagina_spiega_un_dato_sbagliato(
    persone: Persone,
    accedi: Callable[..., Client],
    nuova: Organizzazione,
    dati: dict[str, Any],
    parola: str,
) -> None:
    completi = {"organizzazione": nuova.pk, "dal": "2024-01-01", **dati}
    risposta = accedi(persone.amministratore).post(PAGINA, completi)
    assert risposta.status_code == 422
    assert parola in risposta.content.decode().lower()
    assert not nuova.adesioni.exists()


def test_la_pagina_dice_con_che_cosa_si_sovrappone(persone: Persone, accedi: Callable[..., Client]) -> None:
    asif = Organizzazione.objects.get(codice="asif-chimelli")
    risposta = accedi(persone.agenzia).post(PAGINA, {"organizzazione": asif.pk, "dal": "2024-01-01"})
    assert risposta.status_code == 422
    assert "già aderente dal 15 luglio 2022 ed è tuttora aderente" in risposta.content.decode()


@pytest.mark.django_db(transaction=True)
def test_in_due_insieme_una_sola_si_registra() -> None:
    call_command("carica_base", verbosity=0)
    nuova = Organizzazione.objects.create(codice="nuova-srl", denominazione="Nuova srl")
    esiti = in_due(
        lambda: registra(nuova, date(2024, 1, 1)),
        lambda: registra(nuova, date(2024, 6, 1)),
    )
    assert sorted(type(esito).__name__ for esito in esiti) == ["Adesione", "DatiNonValidi"]
    assert nuova.adesioni.count() == 1


@pytest.mark.parametrize(
    ("vincolo", "dal", "al"),
    [
        ("adesione_dal_non_dopo_al", date(2024, 1, 2), date(2024, 1, 1)),
        ("adesione_unica_per_giorno|UNIQUE", date(2022, 7, 15), None),
    ],
)
def test_la_base_dati_rifiuta_un_adesione_impossibile(
    db: None, vincolo: str, dal: date, al: date | None
) -> None:
    adesione = Adesione(
        distretto=Distretto.objects.get(codice=CODICE),
        organizzazione=Organizzazione.objects.get(codice="asif-chimelli"),
        dal=dal,
        al=al,
    )
    with pytest.raises(IntegrityError, match=vincolo), transaction.atomic():
        adesione.save()

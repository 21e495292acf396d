"""Il piè di pagina e la testata: a chi si segnala un problema, di chi è il sito."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from distretti.models import Autorita, DatoDichiarato, Distretto, Struttura
from programmi.models import Programma
from tests.conftest import Persone

pytestmark = pytest.mark.django_db


def test_senza_un_indirizzo_si_segnala_alla_struttura_scritta_nell_atto(client: Client) -> None:
    assert 'href="/accessibilita/#segnalazioni">Segnala un problema' in _pagina(client)
    pagina = _pagina(client, "accessibilita")
    assert 'id="segnalazioni"' in pagina
    assert 'href="mailto:distrettofamiglia@provincia.tn.it"' in pagina
    assert "Ufficio per le politiche familiari" in pagina


def test_senza_strutture_si_segnala_all_ente_che_ha_installato(client: Client) -> None:
    Struttura.objects.update(mail="")
    pagina = _pagina(client, "accessibilita")
    assert "mailto:" not in pagina
    assert "all'ente che ha installato il servizio" in pagina


def test_l_indirizzo_scelto_dall_installazione_vince(client: Client, settings: Any) -> None:
    settings.SEGNALAZIONI = "mailto:assistenza@ente.example"
    assert 'href="mailto:assistenza@ente.example">Segnala un problema' in _pagina(client)
    assert 'href="mailto:assistenza@ente.example"' in _pagina(client, "accessibilita")


def test_con_una_sola_autorita_la_testata_porta_il_suo_ente(client: Client) -> None:
    assert '<span class="testata-ente"></span>' in _pagina(client)
    altre = Autorita.objects.exclude(codice="pat-acs")
    Distretto.objects.filter(autorita__in=altre).update(autorita=Autorita.objects.get(codice="pat-acs"))
    DatoDichiarato.objects.filter(autorita__in=altre).delete()
    altre.delete()
    assert '<span class="testata-ente">Provincia autonoma di Trento</span>' in _pagina(client)


def test_la_pagina_di_un_programma_approvato_dice_quando_e_stato_aggiornato(
    client: Client, accedi: Callable[..., Client], persone: Persone, programma: Programma, bozza: Programma
) -> None:
    approvato = client.get(f"/programmi/{programma.riferimento}/").content.decode()
    assert "Ultimo aggiornamento del programma: 19 giugno 2025" in approvato
    in_bozza = accedi(persone.manager).get(f"/programmi/{bozza.riferimento}/").content.decode()
    assert "Ultimo aggiornamento" not in in_bozza


def _pagina(client: Client, nome: str = "inizio") -> str:
    return client.get(reverse(nome)).content.decode()

"""Il piè di pagina, la testata e le note legali: di chi è il sito, a chi si scrive, che cosa si riusa."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from distretti import __version__
from distretti.basi.italiano import data_estesa
from distretti.models import Adesione, Autorita, Struttura
from programmi.models import Programma
from tests.conftest import Persone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("nome", ["privacy", "accessibilita", "segnalazioni", "licenza", "dati-pubblici"])
def test_ogni_pagina_porta_a_cio_che_la_legge_chiede(client: Client, nome: str) -> None:
    assert f'href="{reverse(nome)}"' in _pie_di_pagina(_pagina(client))


def test_il_pie_di_pagina_dice_versione_licenza_e_ultimo_aggiornamento(
    client: Client, programma: Programma
) -> None:
    Adesione.objects.all().delete()
    oggi = data_estesa(timezone.localdate())
    pie = _pie_di_pagina(_pagina(client)).replace("&#x27;", "'")
    assert re.search(rf"Dati aggiornati al(l')? ?{oggi}\.", pie)
    assert "CC BY 4.0" in pie
    assert f"versione {__version__}" in pie


def test_dove_non_c_e_niente_di_pubblico_non_c_e_aggiornamento(client: Client, programma: Programma) -> None:
    Adesione.objects.all().delete()
    Programma.objects.update(stato="bozza", trasmesso_il=None, approvato_il=None)
    assert "Dati aggiornati" not in _pagina(client)


def test_il_registro_si_aggiorna_anche_senza_programmi_approvati(
    client: Client, programma: Programma
) -> None:
    Programma.objects.update(stato="bozza", trasmesso_il=None, approvato_il=None)
    Adesione.objects.update(modificato_alle=datetime(2026, 3, 4, 12, tzinfo=UTC))
    assert Adesione.objects.exists()
    assert "Dati aggiornati al 4 marzo 2026." in _pie_di_pagina(_pagina(client))


def test_senza_un_indirizzo_si_segnala_alla_struttura_scritta_nell_atto(client: Client) -> None:
    for nome in ("segnalazioni", "accessibilita"):
        pagina = _pagina(client, nome)
        assert 'href="mailto:distrettofamiglia@provincia.tn.it"' in pagina
        assert "Ufficio per le politiche familiari" in pagina


def test_si_scrive_agli_uffici_dell_autorita_del_sito(client: Client, settings: Any) -> None:
    altra = Autorita.objects.get(codice="unione-presolana")
    Struttura.objects.create(
        autorita=altra, codice="U1", denominazione="Ufficio", mail="ufficio@altra.example"
    )
    assert "ufficio@altra.example" in _pagina(client, "segnalazioni")  # nobody said whose site it is
    settings.AUTORITA_DEL_SITO = "pat-acs"
    for nome in ("segnalazioni", "accessibilita"):
        pagina = _pagina(client, nome)
        assert "distrettofamiglia@provincia.tn.it" in pagina
        assert "ufficio@altra.example" not in pagina


def test_senza_strutture_si_segnala_all_ente_che_ha_installato(client: Client) -> None:
    Struttura.objects.update(mail="")
    pagina = _pagina(client, "segnalazioni")
    assert "mailto:" not in pagina
    assert "all'ente che ha installato il servizio" in pagina


def test_l_indirizzo_scelto_dall_installazione_vince(client: Client, settings: Any) -> None:
    settings.SEGNALAZIONI = "mailto:assistenza@ente.example"
    for nome in ("segnalazioni", "accessibilita"):
        pagina = _pagina(client, nome)
        assert 'href="mailto:assistenza@ente.example"' in pagina
        assert "<strong>assistenza@ente.example</strong>" in pagina
        assert "distrettofamiglia@" not in pagina


def test_la_testata_porta_l_ente_di_cui_e_il_sito(client: Client, settings: Any) -> None:
    """Nel registro c'è anche un'autorità di un'altra regione, ma i suoi uffici non sono qui."""
    assert Autorita.objects.count() == 2
    assert '<span class="testata-ente">Provincia autonoma di Trento</span>' in _pagina(client)
    settings.AUTORITA_DEL_SITO = "unione-presolana"
    assert '<span class="testata-ente">Unione Comuni della Presolana</span>' in _pagina(client)
    settings.AUTORITA_DEL_SITO = "nessuna"
    assert '<span class="testata-ente"></span>' in _pagina(client)


def test_di_due_autorita_con_uffici_nessuna_e_presa_per_buona(client: Client) -> None:
    altra = Autorita.objects.get(codice="unione-presolana")
    Struttura.objects.create(autorita=altra, codice="U1", denominazione="Ufficio")
    assert '<span class="testata-ente"></span>' in _pagina(client)
    assert "L'ente che ha installato questo servizio" in _pagina(client, "accessibilita")


def test_le_note_legali_dicono_cio_che_l_installazione_ha_detto(client: Client, settings: Any) -> None:
    settings.TITOLARE = "Comunità di prova, via delle Prove 1"
    settings.RESPONSABILE_DATI = "rpd@ente.example"
    settings.DICHIARAZIONE_ACCESSIBILITA = "https://form.agid.example/view/1"
    settings.SORGENTI = "https://codice.ente.example/distretti"
    privacy = _pagina(client, "privacy")
    assert "Comunità di prova, via delle Prove 1" in privacy
    assert "rpd@ente.example" in privacy
    assert 'href="https://form.agid.example/view/1"' in _pagina(client, "accessibilita")
    assert 'href="https://codice.ente.example/distretti"' in _pagina(client, "licenza")


@pytest.mark.parametrize("nome", ["privacy", "accessibilita", "segnalazioni", "licenza"])
def test_cio_che_manca_lo_legge_solo_chi_amministra(
    accedi: Callable[..., Client], persone: Persone, client: Client, nome: str
) -> None:
    assert "DISTRETTI_DPO" not in _pagina(client, nome)
    assert "DISTRETTI_DPO" not in _pagina(accedi(persone.agenzia), nome)
    assert "DISTRETTI_DPO" in _pagina(accedi(persone.amministratore), nome)


def test_la_dichiarazione_dice_che_cosa_non_si_e_verificato(client: Client) -> None:
    pagina = _pagina(client, "accessibilita")
    assert "parzialmente conforme" in pagina
    assert "non è ancora stato provato da persone con disabilità" in pagina
    assert "Difensore civico per il digitale" in pagina


def test_la_pagina_di_un_programma_approvato_dice_quando_e_stato_aggiornato(
    client: Client, accedi: Callable[..., Client], persone: Persone, programma: Programma, bozza: Programma
) -> None:
    approvato = client.get(f"/programmi/{programma.riferimento}/").content.decode()
    assert "Ultimo aggiornamento del programma: 19 giugno 2025" in approvato
    in_bozza = accedi(persone.manager).get(f"/programmi/{bozza.riferimento}/").content.decode()
    assert "Ultimo aggiornamento" not in in_bozza


def _pie_di_pagina(pagina: str) -> str:
    return pagina.partition("<footer")[2].partition("</footer>")[0]


def _pagina(client: Client, nome: str = "inizio") -> str:
    return client.get(reverse(nome)).content.decode()

"""Ciò che l'atto lascia all'autorità: le ore previste, la percentuale assegnata; la promessa resta com'è."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from distretti.errori import DatiNonValidi, ModificatoNelFrattempo, StatoNonAmmesso
from distretti.models import Evento, Utente
from programmi.contenuto.documento import promessa_di
from programmi.models import Indicatore, Programma
from tests.conftest import Persone
from tests.valutazione.chiusura_pronta import trasmessa, verificata
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.letture import valutazione_di, valutazioni_di
from valutazione.models import Completamento
from valutazione.scheda import forma_pubblica, leggi_scheda
from valutazione.scheda.completamenti import con_completamenti, da_completare
from valutazione.scheda.da_database import documenti_di, documento_di
from valutazione.scheda.importa import importa_documenti
from valutazione.services.completamento import Detto, salva_completamento

pytestmark = pytest.mark.django_db


@pytest.fixture
def ore(programma: Programma) -> Indicatore:
    """Line obb.9: half of the training, whose hours the act does not say."""
    return programma.indicatori.obbligatori().select_related("programma").get(ordine=9)


@pytest.fixture
def a_mano(programma: Programma) -> Indicatore:
    riga = programma.indicatori.select_related("programma", "progettualita").get(
        progettualita__numero=1, ordine=1
    )
    riga.regola = {"tipo": "manuale", "assegnata": None}
    riga.save()
    return riga


def di(ore_o_percentuale: str, valutazione: Any) -> Any:
    return valutazione.esito.righe[ore_o_percentuale]


def test_le_ore_completano_la_riga_e_non_la_promessa(
    ore: Indicatore, programma: Programma, persone: Persone, registra: Registra
) -> None:
    promessa = promessa_di(programma)
    registra("formazione", ["obb.9"], misure={"obb.9": {"ore": "8"}})
    prima = valutazione_di(programma)
    assert di("obb.9", prima).incompleta
    assert di("obb.9", prima).valori.dichiarato is None
    salva_completamento(riga=ore, detto=Detto(ore_previste="16"), utente=persone.agenzia)
    dopo = valutazione_di(programma)
    assert di("obb.9", dopo).valori.dichiarato == 100
    assert not dopo.esito.programma.incompleta
    assert promessa_di(programma) == promessa
    assert documento_di(programma, solo_promessa=True)["obbligatorie"] == promessa["obbligatorie"]
    call_command("verifica_registro", verbosity=0)
    assert Evento.objects.filter(azione="riga.completamento", utente=persone.agenzia).count() == 1


def test_la_percentuale_ha_una_motivazione_che_non_e_pubblica(
    a_mano: Indicatore, programma: Programma, persone: Persone
) -> None:
    with pytest.raises(DatiNonValidi):
        salva_completamento(riga=a_mano, detto=Detto(assegnata="75"), utente=persone.agenzia)
    for sbagliata in ("101", "-1", "due"):
        detto = Detto(assegnata=sbagliata, motivazione="m")
        with pytest.raises(DatiNonValidi):
            salva_completamento(riga=a_mano, detto=detto, utente=persone.agenzia)
    detto = Detto(assegnata="0", motivazione="Non si è fatto.")
    salva_completamento(riga=a_mano, detto=detto, utente=persone.agenzia)
    valutazione = valutazione_di(programma)
    assert di("1.1", valutazione).valori.dichiarato == 0
    pubblica = forma_pubblica(valutazione.documento)
    assert pubblica["progettualita"][0]["indicatori"][0]["regola"]["assegnata"] == "0"
    assert "Non si è fatto" not in str(pubblica)


def test_la_pagina_mostra_l_effetto_e_poi_salva(
    agenzia: Client, manager: Client, programma: Programma, ore: Indicatore
) -> None:
    nome = indirizzo("riga-completa", programma, "obb.9")
    versione = agenzia.get(nome).context["form"]["versione"].value()
    effetto = agenzia.post(nome, {"azione": "effetto", "ore_previste": "7,5", "versione": versione})
    assert effetto.status_code == 200
    assert "0,00" in effetto.content.decode()
    assert not Completamento.objects.exists()
    assert agenzia.post(nome, {"ore_previste": "tante"}).status_code == 422
    assert agenzia.post(nome, {"ore_previste": "07,50", "versione": versione}).status_code == 302
    assert Completamento.objects.get().ore_previste == "7.50"
    conflitto = agenzia.post(nome, {"ore_previste": "9", "versione": versione})
    assert conflitto.status_code == 409
    assert "7,5" in conflitto.content.decode()
    assert manager.get(nome).status_code == 403
    assert "detto" in agenzia.get(indirizzo("verifica", programma)).content.decode()


@pytest.mark.parametrize("chi", ["estraneo", "manager_altro", "manager", "dirigente", "auditor"])
def test_lo_dice_solo_chi_verifica(
    accedi: Callable[[Utente], Client], persone: Persone, programma: Programma, chi: str
) -> None:
    nome = indirizzo("riga-completa", programma, "obb.9")
    assert accedi(getattr(persone, chi)).post(nome, {"ore_previste": "16"}).status_code == 403
    assert not Completamento.objects.exists()


def test_una_riga_che_non_aspetta_niente_e_una_che_non_c_e(agenzia: Client, programma: Programma) -> None:
    assert agenzia.get(indirizzo("riga-completa", programma, "obb.1")).status_code == 302
    assert agenzia.get(indirizzo("riga-completa", programma, "99.1")).status_code == 404


def test_si_completa_fino_alla_conclusione_della_verifica(
    ore: Indicatore, programma: Programma, persone: Persone, agenzia: Client
) -> None:
    trasmessa(programma, persone)
    salva_completamento(riga=ore, detto=Detto(ore_previste="16"), utente=persone.agenzia)
    with pytest.raises(ModificatoNelFrattempo):
        salva_completamento(
            riga=ore, detto=Detto(ore_previste="8"), utente=persone.agenzia, versione="di prima"
        )


def test_a_verifica_conclusa_non_si_completa_piu(
    ore: Indicatore, programma: Programma, persone: Persone, agenzia: Client
) -> None:
    verificata(programma, persone)
    with pytest.raises(StatoNonAmmesso):
        salva_completamento(riga=ore, detto=Detto(ore_previste="16"), utente=persone.agenzia)
    nome = indirizzo("riga-completa", programma, "obb.9")
    assert agenzia.post(nome, {"ore_previste": "16", "versione": ""}).status_code == 302
    assert not Completamento.objects.exists()


def test_la_motivazione_arrivata_tardi_si_rilegge(
    a_mano: Indicatore, programma: Programma, persone: Persone, agenzia: Client
) -> None:
    verificata(programma, persone)
    detto = {"assegnata": "60", "motivazione": "Fatto a metà.", "versione": ""}
    tardi = agenzia.post(indirizzo("riga-completa", programma, "1.1"), detto)
    assert tardi.status_code == 409
    assert "Fatto a metà." in tardi.content.decode()
    assert not Completamento.objects.exists()


def test_esportata_con_le_ore_la_scheda_si_reimporta_uguale(
    ore: Indicatore, programma: Programma, persone: Persone
) -> None:
    salva_completamento(riga=ore, detto=Detto(ore_previste="16"), utente=persone.agenzia)
    documento = documento_di(programma)
    assert documento["obbligatorie"][8]["regola"]["ore_previste"] == "16"
    (importato,) = importa_documenti([("uguale.json", documento)])
    assert importato.esito == "invariato"
    altrove = documento | {"distretto": documento["distretto"] | {"codice": "df-altrove"}}
    importa_documenti([("altrove.json", altrove)])
    nuovo = Programma.objects.get(distretto__codice="df-altrove")
    assert documento_di(nuovo) == altrove
    assert leggi_scheda(documento_di(nuovo)).righe["obb.9"].regola is not None
    assert documenti_di([nuovo, programma]) == [altrove, documento]


def test_le_query_non_crescono_con_i_programmi(
    ore: Indicatore, programma: Programma, persone: Persone, django_assert_max_num_queries: Any
) -> None:
    salva_completamento(riga=ore, detto=Detto(ore_previste="16"), utente=persone.agenzia)
    with django_assert_max_num_queries(100) as di_uno:
        valutazioni_di([programma])
    altri = list(Programma.objects.annuali().exclude(pk=programma.pk)[:5])
    with django_assert_max_num_queries(len(di_uno.captured_queries)):
        assert len(valutazioni_di([programma, *altri])) >= 1


def test_cio_che_dice_l_atto_vince() -> None:
    dette = {"tipo": "quota_ore", "ore_previste": "10", "soglia": "50", "evidenze": ["formazione"]}
    documento = {"obbligatorie": [{"codice": "obb.1", "regola": dette}], "progettualita": []}
    assert da_completare(dette) == ""
    assert con_completamenti(documento, {"obb.1": {"ore_previste": "16"}}) == documento
    assert da_completare(None) == ""


def test_il_database_vuole_una_cosa_sola(ore: Indicatore, persone: Persone) -> None:
    with pytest.raises(IntegrityError, match="completamento_ore_o_percentuale"), transaction.atomic():
        Completamento.objects.create(indicatore=ore, assegnata="5", detto_da=persone.agenzia)


def test_il_perche_porta_l_agenzia_a_cio_che_l_atto_non_dice(
    ore: Indicatore, programma: Programma, persone: Persone, agenzia: Client, manager: Client
) -> None:
    dove, pagina = indirizzo("riga-completa", programma, "obb.9"), indirizzo("perche", programma)
    assert dove in agenzia.get(pagina).content.decode()
    assert dove not in manager.get(pagina).content.decode()
    verificata(programma, persone)
    for nome in ("perche", "verifica"):
        assert dove not in agenzia.get(indirizzo(nome, programma)).content.decode()

"""The programme's pages: what everyone reads, what only the entitled see, constant queries."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from distretti.models import Utente
from programmi.models import Programma
from tests.conftest import Persone
from tests.valutazione.conftest import Registra, indirizzo

pytestmark = pytest.mark.django_db

ATTO = Path(settings.BASE_DIR) / "fixtures/programmi/dfa-alta-valsugana-2025.json"


def corpo(client: Client, nome: str, programma: Programma, *altro: Any) -> str:
    risposta = client.get(indirizzo(nome, programma, *altro))
    assert risposta.status_code == 200
    return " ".join(risposta.content.decode().split())


def test_ogni_campo_dell_atto_si_legge_sulle_pagine_pubbliche(client: Client, programma: Programma) -> None:
    scheda = json.loads(ATTO.read_text(encoding="utf-8"))
    pagina = corpo(client, "programma", programma)
    for voce in scheda["obbligatorie"]:
        for campo in ("sezione", "testo", "testo_regola", "testo_evidenze"):
            assert escape(" ".join(voce.get(campo, "").split())) in pagina, (voce["codice"], campo)
    for attore in scheda["attori"]:
        assert escape(attore["nome"]) in pagina
        assert escape(attore["mail"]) in pagina
    for canale in scheda["canali"]:
        assert escape(canale["valore"]) in pagina
        assert escape(canale["etichetta"]) in pagina
    for organizzazione in scheda["organizzazioni"]:
        assert escape(organizzazione["denominazione"]) in pagina
    for valore in (
        scheda["titolo"],
        scheda["dati"]["approvazione"],
        scheda["dati"]["accordo"],
        "324973",
        "6607",
    ):
        assert escape(valore) in pagina
    for progettualita in scheda["progettualita"]:
        singola = corpo(client, "progettualita", programma, progettualita["numero"])
        for campo in (
            "tipo_azione", "ambito", "obiettivo_generale", "obiettivo_specifico", "titolo", "azioni",
            "altre_organizzazioni", "tempi",
        ):  # fmt: skip
            for riga in progettualita[campo].split("\n"):
                assert escape(" ".join(riga.split())) in singola, (progettualita["numero"], campo)
        for riga in [*progettualita["indicatori_testo"], *(r["testo"] for r in progettualita["referenti"])]:
            assert escape(riga) in singola
        for indicatore in progettualita["indicatori"]:
            assert escape(indicatore["testo_regola"]) in singola
        for classificazione in progettualita["classificazioni"]:
            assert classificazione["codice"] in singola


def test_la_premessa_si_legge_tutta(client: Client, programma: Programma) -> None:
    pagina = corpo(client, "programma", programma)
    for frase in ("Punti di forza e criticità", "Innovazioni introdotte nel 2024", "Marzo 2022"):
        assert frase in pagina


@pytest.mark.parametrize("chi", ["anonimo", "estraneo", "manager_altro", "manager_scaduto"])
def test_chi_non_segue_il_programma_non_vede_percentuali_ne_telefoni(
    client: Client,
    accedi: Callable[[Utente], Client],
    persone: Persone,
    programma: Programma,
    registra: Registra,
    chi: str,
) -> None:
    registra("comunicato_stampa", ["obb.6"], titolo="Titolo riservato")
    lettore = client if chi == "anonimo" else accedi(getattr(persone, chi))
    for pagina in (corpo(lettore, "programma", programma), corpo(lettore, "progettualita", programma, 1)):
        for vietato in (
            "Dichiarato",
            "Riconosciuto",
            "25,00%",
            "0461",
            "502356",
            "Titolo riservato",
            "Perché?",
        ):
            assert vietato not in pagina
    atteso = 302 if chi == "anonimo" else 403
    for nome in ("perche", "evidenze", "relazione", "verifica"):
        assert lettore.get(indirizzo(nome, programma)).status_code == atteso


@pytest.mark.parametrize("chi", ["manager", "referente", "coordinatore", "agenzia", "dirigente", "auditor"])
def test_chi_lo_segue_vede_le_percentuali_e_il_perche(
    accedi: Callable[[Utente], Client], persone: Persone, programma: Programma, registra: Registra, chi: str
) -> None:
    registra("comunicato_stampa", ["obb.6"], titolo="Comunicato di prova")
    lettore = accedi(getattr(persone, chi))
    assert "25,00%" in corpo(lettore, "programma", programma)
    registro = corpo(lettore, "perche", programma)
    assert "Comunicato di prova" in registro
    assert "1 comunicato stampa × 25% = 25%" in registro
    assert "mancano 3 comunicati stampa" in registro
    assert "Comunicato di prova" in corpo(lettore, "perche-azione", programma, "obb.6")
    assert "Comunicato di prova" not in corpo(lettore, "perche-azione", programma, "P1")


def test_una_progettualita_senza_regole_e_non_valutata_e_mai_zero(
    manager: Client, programma: Programma
) -> None:
    pagina = corpo(manager, "progettualita", programma, 8)
    assert "non valutata" in pagina
    assert "0,00%" not in pagina


def test_un_azione_che_non_esiste_da_404(manager: Client, programma: Programma) -> None:
    assert manager.get(indirizzo("perche-azione", programma, "P99")).status_code == 404
    assert manager.get(indirizzo("progettualita", programma, 99)).status_code == 404


def test_una_bozza_non_esiste_per_gli_altri(
    client: Client, accedi: Callable[[Utente], Client], persone: Persone, bozza: Programma
) -> None:
    assert client.get(indirizzo("programma", bozza)).status_code == 404
    assert accedi(persone.manager_altro).get(indirizzo("programma", bozza)).status_code == 404
    assert accedi(persone.manager).get(indirizzo("programma", bozza)).status_code == 200


@pytest.mark.parametrize("nome", ["programma", "perche", "evidenze", "scrivania"])
def test_stesse_query_con_una_e_con_cinquanta_evidenze(
    manager: Client,
    programma: Programma,
    registra: Registra,
    nome: str,
    django_assert_max_num_queries: Any,
) -> None:
    pagina = "/scrivania/" if nome == "scrivania" else indirizzo(nome, programma)
    registra("comunicato_stampa", ["obb.6"], organizzazioni=["cs4"])
    manager.get(pagina)
    with django_assert_max_num_queries(60) as una:
        manager.get(pagina)
    for _ in range(50):
        registra("comunicato_stampa", ["obb.6"], organizzazioni=["cs4"])
    with django_assert_max_num_queries(len(una.captured_queries)):
        manager.get(pagina)


def test_l_elenco_delle_evidenze_si_filtra(manager: Client, programma: Programma, registra: Registra) -> None:
    registra("post", titolo="Un post")
    registra("mail", titolo="Una mail")
    pagina = manager.get(indirizzo("evidenze", programma), {"tipo": "post"}).content.decode()
    assert "Un post" in pagina
    assert "Una mail" not in pagina
    sbagliato = manager.get(indirizzo("evidenze", programma), {"tipo": "boh"})
    assert sbagliato.status_code == 422
    assert "Un post" not in sbagliato.content.decode()


def test_la_scrivania_dice_che_cosa_manca(manager: Client, registra: Registra) -> None:
    registra("comunicato_stampa", ["obb.6"], titolo="Ultimo comunicato")
    pagina = manager.get("/scrivania/").content.decode()
    # First what brings most to the programme; the rest is on its own page.
    assert "Manca l&#x27;elenco degli aderenti: ora 0%, poi 100%." in pagina
    assert "Mancano 3 comunicati stampa" not in pagina
    assert "Tutto ciò che manca" in pagina
    assert "Ultimo comunicato" in pagina


def test_la_scrivania_dell_agenzia_conta_cio_che_aspetta(agenzia: Client, registra: Registra) -> None:
    registra("comunicato_stampa", ["obb.6"])
    pagina = agenzia.get("/scrivania/")
    assert list(pagina.context["da_verificare"].values()) == [1]


def test_la_scrivania_di_chi_non_ha_incarichi(accedi: Callable[[Utente], Client], persone: Persone) -> None:
    assert "Nessun incarico" in accedi(persone.manager_scaduto).get("/scrivania/").content.decode()


def test_chi_non_lo_segue_non_legge_i_rinvii_ne_le_note(
    client: Client, accedi: Callable[[Utente], Client], persone: Persone, programma: Programma
) -> None:
    """The steps closed by a request for integrations, and every note, are of who follows the programme."""
    from programmi.models import AzionePassaggio, Passaggio

    Passaggio.objects.filter(programma=programma, azione=AzionePassaggio.APPROVAZIONE).update(ordine=9)
    Passaggio.objects.create(
        programma=programma,
        da_stato="trasmesso",
        a_stato="integrazioni_richieste",
        ordine=5,
        azione="rinvio",
        il="2025-05-02",
        nota="Motivo riservato",
        protocollo_mittente="777",
    )
    Passaggio.objects.create(
        programma=programma,
        da_stato="integrazioni_richieste",
        a_stato="trasmesso",
        ordine=6,
        azione="trasmissione",
        il="2025-05-20",
        nota="Nota riservata",
    )
    pubblica = corpo(client, "programma", programma)
    for vietato in ("Motivo riservato", "777", "Nota riservata", "23 aprile 2025"):
        assert vietato not in pubblica
    assert "20 maggio 2025" in pubblica
    assert "Motivo riservato" in corpo(accedi(persone.manager), "programma", programma)


def test_la_percentuale_assegnata_a_mano_non_e_pubblica(
    client: Client, accedi: Callable[[Utente], Client], persone: Persone, programma: Programma
) -> None:
    regola = {"tipo": "manuale", "assegnata": "73.57", "motivazione": "Giudizio riservato"}
    programma.indicatori.in_ordine().filter(progettualita__numero=2, ordine=1).update(regola=regola)
    for pagina in (corpo(client, "programma", programma), corpo(client, "progettualita", programma, 2)):
        assert "73,57" not in pagina
        assert "Giudizio riservato" not in pagina
    assert "73,57" in corpo(accedi(persone.manager), "progettualita", programma, 2)


def test_un_marchio_scaduto_non_si_mostra(client: Client, programma: Programma) -> None:
    from distretti.models import Certificazione

    assert "Family in Trentino" in corpo(client, "programma", programma)
    Certificazione.objects.filter(marchio__codice="family_in_trentino").update(al="2024-12-31")
    assert "Family in Trentino" not in corpo(client, "programma", programma)


def test_una_bozza_che_non_regge_si_spiega(manager: Client, bozza: Programma) -> None:
    """A half-written draft gives a readable page, never a server error."""
    bozza.indicatori.update(regola={"tipo": "boh"})
    risposta = manager.get(indirizzo("perche", bozza))
    assert risposta.status_code == 409
    assert "non ancora valutabile" in risposta.content.decode()
    assert "Non ancora valutabile" in manager.get("/scrivania/").content.decode()


def test_gli_aderenti_della_pagina_sono_quelli_che_contano(client: Client, programma: Programma) -> None:
    """Where the programme keeps another list than the register, the page shows the one that is scored."""
    from valutazione.letture import promessa_di

    assert "SOSTE" in corpo(client, "programma", programma)
    aderenti = [
        {
            "organizzazione": aderente.organizzazione,
            "dal": aderente.dal.isoformat(),
            "al": None,
            "marchi": list(aderente.marchi),
        }
        for aderente in promessa_di(programma).aderenti
        if aderente.organizzazione != "soste"
    ]
    Programma.objects.filter(pk=programma.pk).update(registro_scheda={"aderenti": aderenti})
    pagina = corpo(client, "programma", programma)
    assert "SOSTE SOCIETA" not in pagina
    assert "DIAL FUNGHI" in pagina

"""Trasmessa l'autovalutazione le evidenze non cambiano da nessuna porta; e ciò che è congelato resta."""

from contextlib import suppress
from copy import deepcopy
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from distretti.errori import DatiNonValidi
from distretti.models import Organizzazione, Ruolo
from distretti.services import crea_organizzazione, unisci_organizzazioni
from programmi.models import Programma
from programmi.regola import TipoEvidenza
from programmi.services import salva_regola
from tests.conftest import Persone
from tests.programmi.variazioni import aperta, approvata, riga
from tests.risultati.ingressi import correggi, definisci, passo, pubblica
from tests.valutazione.chiusura_pronta import accogli_tutto, trasmessa
from tests.valutazione.conftest import Registra, indirizzo
from tests.valutazione.test_allegati import carica, png
from tests.valutazione.test_serie import SCELTE, righe
from valutazione.autovalutazione.congelamento import leggi as leggi_autovalutazione
from valutazione.chiusura import stato_di
from valutazione.dimostrazione import Caricata, _carica_evidenze
from valutazione.letture import valutazione_di
from valutazione.models import (
    Allegato,
    Autovalutazione,
    Chiusura,
    Evidenza,
    ParametriChiusura,
    PassaggioChiusura,
    Risultato,
    StatoChiusura,
)
from valutazione.risultati import congela_risultato
from valutazione.risultati.lettura import leggi
from valutazione.scheda.da_database import documento_di
from valutazione.scheda.importa import ImportazioneRifiutata, importa_documenti
from valutazione.services import crea_evidenza, salva_dati_modulo
from valutazione.services.completamento import Detto, salva_completamento
from valutazione.tabella import CONCLUSIONE_VERIFICA, DEFINIZIONE_RISULTATO

pytestmark = pytest.mark.django_db

PERCHE_NO = (
    "nello stato «autovalutazione trasmessa»",
    "allegati non si tolgono",
    "non si elimina, si ritira",
)


def fotografia(programma: Programma) -> list[Any]:
    """All that is recorded of a programme: what counts, its files, what was withdrawn."""
    evidenze = programma.evidenze.registrate().order_by("pk")
    scritte = list(evidenze.values("codice", "stato", "pianificata", "data", "titolo"))
    file = (
        Allegato.objects.filter(evidenza__in=evidenze).order_by("pk").values_list("sha256", "dati_personali")
    )
    return [documento_di(programma), scritte, list(file)]


def alterazioni() -> list[str]:
    """What ``verifica_registro`` finds wrong: chain of events, frozen rows, states."""
    errori = StringIO()
    with suppress(SystemExit):
        call_command("verifica_registro", stdout=StringIO(), stderr=errori)
    return errori.getvalue().splitlines()


@pytest.fixture
def registrata(registra: Registra, manager: Client) -> Evidenza:
    """Recorded, with a file."""
    evidenza = registra("mail", ["1.3"])
    carica(manager, evidenza, png())
    return evidenza


def test_dalle_pagine_del_manager_non_cambia_nulla(
    programma: Programma, persone: Persone, registra: Registra, registrata: Evidenza, manager: Client
) -> None:
    bozza = crea_evidenza(programma=programma, tipo=TipoEvidenza.MAIL, utente=persone.manager)
    carica(manager, bozza, png("bozza.png"))
    domani = (timezone.localdate() + timedelta(days=1)).isoformat()
    trasmessa(programma, persone)
    prevista = registra_prevista(registra, programma)
    prima = fotografia(programma)
    file = registrata.allegati.get()
    modulo: dict[str, Any] = {"data": "2025-05-05", "titolo": "Altro titolo", "riga-1-3": "on"}
    porte: list[tuple[str, list[Any], dict[str, Any]]] = [
        ("evidenza-nuova", [], {"tipo": "mail"}),
        *(
            ("evidenza-modifica", [pk], modulo | {"azione": azione, "file": [png("nuovo.png", b"x")]})
            for pk in (registrata.pk, prevista.pk, bozza.pk)
            for azione in ("registra", "bozza", "carica", "anteprima")
        ),
        ("evidenza-modifica", [registrata.pk], {"azione": f"togli-{file.pk}"}),
        ("evidenza-ritira", [registrata.pk], {"motivo": "Un doppione"}),
        ("evidenza-ritira", [prevista.pk], {"motivo": "Un doppione"}),
        ("evidenza-elimina", [registrata.pk], {}),
        *(
            ("evidenze-in-serie", [], SCELTE | righe(2) | {"azione": azione})
            for azione in ("salva", "registra", "giuste")
        ),
        (
            "evidenze-incolla",
            [],
            {"azione": "usa", "tipo": "mail", "testo": "Data\tArgomento\n3/3/2025\tAltro"},
        ),
        ("evidenza-breve", [], {"proposta": "mail", "data": "2025-03-03", "argomento": "Altro"}),
        ("evidenza-avvenuta", [prevista.pk], {"esito": "avvenuta", "data": "2025-03-10"}),
        ("evidenza-avvenuta", [prevista.pk], {"esito": "rinviata", "data": domani}),
        ("evidenza-avvenuta", [prevista.pk], {"esito": "non_si_fara", "motivo": "No"}),
        ("evidenze-avvenute", [], {"evidenze": [prevista.pk]}),
    ]
    for nome, chiavi, corpo in porte:
        detto = manager.post(indirizzo(nome, programma, *chiavi), corpo, follow=True).content.decode()
        assert any(perche in detto for perche in PERCHE_NO), (nome, corpo)
        assert fotografia(programma) == prima, (nome, corpo)
    # A draft was never declared: it may be thrown away, and nothing that counts changes.
    assert manager.post(indirizzo("evidenza-elimina", programma, bozza.pk)).status_code == 302
    assert not Evidenza.objects.filter(pk=bozza.pk).exists()
    assert fotografia(programma) == prima


def registra_prevista(registra: Registra, programma: Programma) -> Evidenza:
    """A planned evidence that the transmission did not meet: its day was still to come."""
    chiusura = Chiusura.objects.filter(programma=programma)
    chiusura.update(stato=StatoChiusura.IN_CORSO)
    evidenza = registra("mail", ["1.3"], pianificata=True)
    chiusura.update(stato=StatoChiusura.AUTOVALUTATA)
    return evidenza


def test_ne_da_un_file_ne_dalla_dimostrazione(
    programma: Programma, persone: Persone, registrata: Evidenza
) -> None:
    trasmessa(programma, persone)
    prima = fotografia(programma)
    diversa = deepcopy(documento_di(programma))
    diversa["evidenze"] = []
    for sostituisci in (False, True):
        with pytest.raises(ImportazioneRifiutata):
            importa_documenti([("altra.json", diversa)], sostituisci=sostituisci)
    importa_documenti([("la stessa.json", documento_di(programma))], sostituisci=True)
    caricata = Caricata()
    _carica_evidenze(caricata)
    assert caricata.evidenze == 0
    assert fotografia(programma) == prima


def test_cio_che_si_digita_e_tenuto_ma_non_conta(
    programma: Programma, persone: Persone, registrata: Evidenza
) -> None:
    trasmessa(programma, persone)
    prima = fotografia(programma)
    salva_dati_modulo(evidenza=registrata, dati={"titolo": ["Un altro"]}, utente=persone.manager)
    assert fotografia(programma) == prima


def test_il_completamento_non_tocca_cio_che_e_stato_trasmesso(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    registra("formazione", ["obb.9"], misure={"obb.9": {"ore": "8"}})
    trasmessa(programma, persone)
    ore = programma.indicatori.obbligatori().select_related("programma").get(ordine=9)
    dichiarata = Autovalutazione.objects.select_related("programma__distretto", "passaggio").get()
    prima = leggi_autovalutazione(dichiarata).documento
    salva_completamento(riga=ore, detto=Detto(ore_previste="16"), utente=persone.agenzia)
    assert valutazione_di(programma).esito.righe["obb.9"].valori.dichiarato == 100
    assert leggi_autovalutazione(dichiarata).documento == prima
    assert prima["scheda"]["obbligatorie"][8]["regola"]["ore_previste"] is None
    assert alterazioni() == []


def test_una_variazione_approvata_nel_frattempo_non_tocca_cio_che_e_congelato(
    programma: Programma, persone: Persone, registra: Registra, manager: Client
) -> None:
    """The last approved version holds for the whole year: what is still to be frozen follows it, what was
    frozen stays, and a correction says what changed."""
    registra("mail", ["4.2"], data="2025-02-03")
    registra("mail", ["4.2"], data="2025-09-10")
    trasmessa(programma, persone)
    dichiarata = Autovalutazione.objects.select_related("programma__distretto", "passaggio").get()
    accogli_tutto(programma, persone)
    variazione = aperta(programma, persone)
    meta = {"tipo": "per_unita", "percentuale": "25", "evidenze": ["mail"]}
    salva_regola(riga=riga(variazione, "4.2"), regola=meta)
    approvata(variazione, persone)
    programma.refresh_from_db()
    assert stato_di(programma) == StatoChiusura.AUTOVALUTATA
    assert di(leggi_autovalutazione(dichiarata).documento["esito"], "4.2")["dichiarato"] == "100.00"
    primo = dalla_verifica(programma, persone)
    assert di(leggi(primo).esito, "4.2")["riconosciuto"] == "50.00"
    assert manager.get(indirizzo("api-risultato", programma)).json()["numero"] == 1
    assert alterazioni() == []


def dalla_verifica(programma: Programma, persone: Persone) -> Risultato:
    """The autovalutazione is transmitted: the verification is concluded, the result defined."""
    ParametriChiusura.objects.get_or_create(
        autorita=programma.distretto.autorita,
        anno=programma.anno,
        defaults={"giorni_replica": 15, "fonte": "Prova"},
    )
    passo(CONCLUSIONE_VERIFICA, programma, persone.verificatore, Ruolo.VERIFICATORE)
    passo(DEFINIZIONE_RISULTATO, programma, persone.agenzia, Ruolo.REFERENTE_ATTIVITA)
    return Risultato.objects.get(programma=programma)


def di(esito: dict[str, Any], codice: str) -> dict[str, Any]:
    """The line ``codice`` of a written esito."""
    trovata: dict[str, Any] = next(
        riga for azione in esito["azioni"] for riga in azione["righe"] if riga["codice"] == codice
    )
    return trovata


def test_due_organizzazioni_unite_dopo_non_toccano_il_risultato(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    doppia = crea_organizzazione(
        denominazione="Asif Chimelli di Pergine", codice="asif", natura="pubblica", anche_se_simile=True
    )
    registra(
        "incontro",
        ["obb.5"],
        argomento="Insieme",
        presenze=["manager"],
        organizzazioni=["asif", "cs4"],
    )
    accogli_tutto(programma, persone)
    risultato = definisci(programma, persone)
    pubblica(programma, persone)
    prima = leggi(Risultato.objects.get(pk=risultato.pk)).documento
    riga_prima = di(prima["esito"], "obb.5")
    assert riga_prima["riconosciuto"] == "50.00"  # the record entered twice is no member
    asif = Organizzazione.objects.get(codice="asif-chimelli")
    unisci_organizzazioni(superstite=asif, perdente=doppia, scelte={})
    assert valutazione_di(programma).esito.righe["obb.5"].valori.riconosciuto == 100
    assert leggi(Risultato.objects.get(pk=risultato.pk)).documento == prima
    assert alterazioni() == []
    # Of a year already closed the register does not rewrite what was recorded either: a correction says it.
    with pytest.raises(DatiNonValidi):
        definisci_di_nuovo(programma, persone)
    secondo = correggi(programma, persone)
    assert di(leggi(secondo).esito, "obb.5")["riconosciuto"] == "100.00"


def definisci_di_nuovo(programma: Programma, persone: Persone) -> None:
    """A new result without saying why."""
    passaggio = PassaggioChiusura.objects.latest("pk")
    congela_risultato(programma=programma, passaggio=passaggio, utente=persone.agenzia)

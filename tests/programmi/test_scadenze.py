"""Le scadenze dell'autorità: che cosa scade e quando, chi le tiene, che il prodotto non ne porta nessuna."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from distretti.errori import DatiNonValidi, ModificatoNelFrattempo, StatoNonAmmesso
from distretti.models import Autorita, Evento, Utente
from distretti.versioni import versione_di
from programmi.attese import Attesa, in_attesa
from programmi.models import Programma, Scadenza, StatoProgramma
from programmi.scadenze import Termine, cessa_scadenza, salva_scadenza, scadenze_per, termini_di
from tests.conftest import Persone

ELENCO = "/autorita/pat-acs/scadenze/"
APRILE = date(2026, 4, 30)
VUOTI: dict[str, Any] = {"giorno": None, "giorni": None, "preavviso": None, "sollecito": None}
TRASMISSIONE = {**VUOTI, "anno": 2026, "azione": "trasmissione", "stato": "", "giorno": APRILE, "fonte": "D."}
ESAME = {**VUOTI, "anno": 2026, "azione": "", "stato": "in_esame", "giorni": 30, "fonte": "Det. n. 1"}

_S = StatoProgramma


@pytest.fixture
def autorita(db: None) -> Autorita:
    return Autorita.objects.get(codice="pat-acs")


def un_programma(stato: str, dal: date | None = None, variazione: int = 0) -> Any:
    return SimpleNamespace(stato=stato, stato_dal=dal, variazione=variazione)


def termine(mancano: int) -> Termine:
    return Termine(Scadenza(azione="trasmissione", giorno=APRILE), APRILE, mancano)


def test_il_prodotto_non_ne_porta_nessuna(db: None) -> None:
    assert not Scadenza.objects.exists()


@pytest.mark.parametrize(
    ("stato", "dovuta"),
    [
        (_S.BOZZA, True),
        (_S.TRASMESSO, False),
        (_S.INTEGRAZIONI_RICHIESTE, False),
        (_S.APPROVATO, False),
        (_S.RITIRATO, False),
        (_S.RESPINTO, False),
    ],
)
def test_un_passaggio_scade_finche_non_e_compiuto(stato: str, dovuta: bool) -> None:
    scadenza = Scadenza(**TRASMISSIONE)
    attesi = [APRILE] if dovuta else []
    assert [t.giorno for t in termini_di(un_programma(stato), [scadenza], APRILE)] == attesi


def test_il_giorno_dell_anno_non_vale_per_una_variazione() -> None:
    assert not termini_di(un_programma(_S.BOZZA, variazione=1), [Scadenza(**TRASMISSIONE)], APRILE)


def test_uno_stato_scade_da_quando_comincia_anche_per_una_variazione() -> None:
    dal = date(2026, 3, 1)
    for variazione in (0, 1):
        termini = termini_di(un_programma(_S.IN_ESAME, dal, variazione), [Scadenza(**ESAME)], APRILE)
        assert [(t.giorno, t.mancano) for t in termini] == [(date(2026, 3, 31), -30)]
    assert not termini_di(un_programma(_S.PROPOSTO, dal), [Scadenza(**ESAME)], APRILE)
    assert not termini_di(un_programma(_S.IN_ESAME, None), [Scadenza(**ESAME)], APRILE)


@pytest.mark.parametrize(
    ("mancano", "testo"),
    [
        (12, "trasmissione all'Agenzia: il termine scade il 30 aprile 2026, fra 12 giorni"),
        (1, "trasmissione all'Agenzia: il termine scade domani, il 30 aprile 2026"),
        (0, "trasmissione all'Agenzia: il termine scade oggi, il 30 aprile 2026"),
        (-1, "trasmissione all'Agenzia: il termine è scaduto ieri, il 30 aprile 2026"),
        (-3, "trasmissione all'Agenzia: il termine è scaduto da 3 giorni, il 30 aprile 2026"),
    ],
)
def test_il_termine_si_dice_in_parole(mancano: int, testo: str) -> None:
    assert termine(mancano).testo == testo
    assert termine(mancano).passato is (mancano < 0)


@pytest.mark.parametrize(
    ("giorni", "stato", "testo"),
    [
        (12, _S.TRASMESSO, "da 12 giorni · in attesa dell'Agenzia"),
        (1, _S.ALLA_FIRMA, "da ieri · in attesa del dirigente"),
        (0, _S.INTEGRAZIONI_RICHIESTE, "da oggi · in attesa del distretto"),
        (None, _S.BOZZA, "in attesa del distretto"),
        (None, _S.IN_ATTUAZIONE, ""),
    ],
)
def test_l_orologio_si_dice_in_parole(giorni: int | None, stato: str, testo: str) -> None:
    programma = Programma(anno=2026, stato=stato, al=date(2026, 12, 31))
    assert Attesa(giorni, in_attesa(programma, date(2026, 3, 1)), ()).testo == testo


def test_solo_le_scadenze_dell_anno_e_in_vigore(bozza: Programma, autorita: Autorita) -> None:
    altra = Autorita.objects.create(codice="altra", denominazione="Altra")
    Scadenza.objects.create(autorita=altra, **TRASMISSIONE)
    Scadenza.objects.create(autorita=autorita, **TRASMISSIONE | {"anno": 2025})
    cessata = {"cessata_il": APRILE, "cessata_perche": "Atto"}
    Scadenza.objects.create(autorita=autorita, **TRASMISSIONE, **cessata)
    sua = Scadenza.objects.create(autorita=autorita, **TRASMISSIONE | {"giorno": date(2026, 5, 31)})
    trovate = scadenze_per([bozza], APRILE)
    assert [t.scadenza for t in trovate[bozza.pk]] == [sua]


def test_si_aggiunge_si_cambia_e_cessa_con_il_suo_evento(persone: Persone, autorita: Autorita) -> None:
    nuova = salva_scadenza(autorita=autorita, utente=persone.agenzia, dati=TRASMISSIONE)
    versione = versione_di(nuova.valori())
    dati = TRASMISSIONE | {"giorno": date(2026, 5, 31)}
    salva_scadenza(
        autorita=autorita, utente=persone.amministratore, dati=dati, scadenza=nuova, versione=versione
    )
    cessa_scadenza(scadenza=nuova, utente=persone.agenzia, dal=APRILE, perche="Det. n. 2")
    nuova.refresh_from_db()
    assert (nuova.giorno, nuova.cessata_il, nuova.cessata_perche) == (date(2026, 5, 31), APRILE, "Det. n. 2")
    eventi = Evento.objects.filter(azione__startswith="scadenza.").order_by("numero")
    assert [(e.azione, e.ruolo) for e in eventi] == [
        ("scadenza.aggiunta", "referente_attivita"),
        ("scadenza.modifica", "amministratore"),
        ("scadenza.cessazione", "referente_attivita"),
    ]
    letti = eventi[1].dati.letti
    assert (letti["prima"]["Entro il"], letti["dopo"]["Entro il"]) == ("30 aprile 2026", "31 maggio 2026")


@pytest.mark.parametrize("chi", ["manager", "dirigente", "auditor", "verificatore", "estraneo"])
def test_chi_non_le_tiene_non_le_scrive(persone: Persone, autorita: Autorita, chi: str) -> None:
    scadenza = Scadenza.objects.create(autorita=autorita, **ESAME)
    utente = getattr(persone, chi)
    with pytest.raises(PermissionDenied):
        salva_scadenza(autorita=autorita, utente=utente, dati=TRASMISSIONE)
    with pytest.raises(PermissionDenied):
        cessa_scadenza(scadenza=scadenza, utente=utente, dal=APRILE, perche="Sì")
    assert Scadenza.objects.in_vigore(APRILE).get() == scadenza


def test_due_per_la_stessa_cosa_non_stanno_insieme(persone: Persone, autorita: Autorita) -> None:
    prima = salva_scadenza(autorita=autorita, utente=persone.agenzia, dati=ESAME)
    with pytest.raises(DatiNonValidi, match="c'è già una scadenza"):
        salva_scadenza(autorita=autorita, utente=persone.agenzia, dati=ESAME | {"giorni": 10})
    cessa_scadenza(scadenza=prima, utente=persone.agenzia, dal=APRILE, perche="Det. n. 2")
    salva_scadenza(autorita=autorita, utente=persone.agenzia, dati=ESAME | {"giorni": 10})
    assert Scadenza.objects.count() == 2


def test_chi_salva_per_secondo_lo_sa(persone: Persone, autorita: Autorita) -> None:
    scadenza = salva_scadenza(autorita=autorita, utente=persone.agenzia, dati=ESAME)
    versione = versione_di(scadenza.valori())

    def salva(giorni: int) -> None:
        salva_scadenza(
            autorita=autorita,
            utente=persone.agenzia,
            dati=ESAME | {"giorni": giorni},
            scadenza=scadenza,
            versione=versione,
        )

    salva(20)
    with pytest.raises(ModificatoNelFrattempo):
        salva(10)
    cessa_scadenza(scadenza=scadenza, utente=persone.agenzia, dal=APRILE, perche="Det. n. 2")
    with pytest.raises(StatoNonAmmesso):
        salva(10)
    with pytest.raises(StatoNonAmmesso):
        cessa_scadenza(scadenza=scadenza, utente=persone.agenzia, dal=APRILE, perche="Det. n. 3")


@pytest.mark.parametrize(
    ("valori", "vincolo"),
    [
        (TRASMISSIONE | {"giorno": None}, "scadenza_di_un_passaggio_o_di_uno_stato"),
        (ESAME | {"stato": "bozza"}, "scadenza_di_un_passaggio_o_di_uno_stato"),
        (TRASMISSIONE | {"azione": "rinvio"}, "scadenza_di_un_passaggio_o_di_uno_stato"),
        (ESAME | {"fonte": ""}, "scadenza_con_fonte"),
        (ESAME | {"cessata_il": APRILE}, "scadenza_cessata_con_motivo"),
    ],
)
def test_il_database_rifiuta(autorita: Autorita, valori: dict[str, Any], vincolo: str) -> None:
    with pytest.raises(IntegrityError, match=vincolo), transaction.atomic():
        Scadenza.objects.create(autorita=autorita, **valori)


def test_le_pagine_la_scrivono_e_la_fanno_cessare(
    persone: Persone, autorita: Autorita, accedi: Callable[[Utente], Client]
) -> None:
    client = accedi(persone.agenzia)
    assert "Nessuna scadenza" in client.get(ELENCO).content.decode()
    dati = {"anno": "2026", "cosa": "azione:trasmissione", "giorno": "2026-04-30", "fonte": "Det. n. 1"}
    assert client.post(f"{ELENCO}nuova/", dati)["Location"] == ELENCO
    scadenza = Scadenza.objects.get()
    dirigente = accedi(persone.dirigente).get(ELENCO).content.decode()
    assert "Entro il 30 aprile 2026" in dirigente
    assert "Modifica" not in dirigente
    pagina: Any = client.get(f"{ELENCO}{scadenza.pk}/")
    dati |= {"giorno": "2026-05-31", "versione": pagina.context["form"]["versione"].value()}
    assert client.post(f"{ELENCO}{scadenza.pk}/", dati).status_code == 302
    conflitto = client.post(f"{ELENCO}{scadenza.pk}/", dati | {"giorno": "2026-06-30"})
    assert conflitto.status_code == 409
    assert "31 maggio 2026" in conflitto.content.decode()
    cessa = f"{ELENCO}{scadenza.pk}/cessa/"
    assert client.post(cessa, {"dal": "2026-06-01", "perche": "Det. n. 2"}).status_code == 302
    for indirizzo in (f"{ELENCO}{scadenza.pk}/", cessa):
        assert client.get(indirizzo)["Location"] == ELENCO
    assert "Det. n. 2" in client.get(ELENCO).content.decode()


@pytest.mark.parametrize(
    ("dati", "campo"),
    [
        ({"cosa": "azione:trasmissione", "giorni": "3"}, "giorno"),
        ({"cosa": "stato:in_esame", "giorno": "2026-04-30", "giorni": "3"}, "giorno"),
        ({"cosa": "stato:in_esame"}, "giorni"),
        ({"cosa": "azione:rinvio", "giorno": "2026-04-30"}, "cosa"),
    ],
)
def test_il_modulo_dice_che_cosa_non_va(
    persone: Persone, accedi: Callable[[Utente], Client], dati: dict[str, str], campo: str
) -> None:
    risposta: Any = accedi(persone.agenzia).post(
        f"{ELENCO}nuova/", {"anno": "2026", "fonte": "Det. n. 1", **dati}
    )
    assert risposta.status_code == 422
    assert campo in risposta.context["form"].errors


def test_si_vede_accanto_al_programma_solo_a_chi_lo_segue(
    persone: Persone,
    programma: Programma,
    bozza: Programma,
    autorita: Autorita,
    accedi: Callable[[Utente], Client],
) -> None:
    Programma.objects.filter(pk=bozza.pk).update(stato_dal=timezone.localdate() - timedelta(days=12))
    salva_scadenza(autorita=autorita, utente=persone.agenzia, dati=TRASMISSIONE)
    for pagina in (
        "/scrivania/",
        "/programmi/?anno=2026",
        "/distretti/dfa-alta-valsugana/",
        bozza.get_absolute_url(),
    ):
        testo = accedi(persone.manager).get(pagina).content.decode()
        assert "da 12 giorni" in testo, pagina
        assert "il termine è scaduto da" in testo.replace("&#x27;", "'"), pagina
    for client in (Client(), accedi(persone.manager_altro), accedi(persone.estraneo)):
        for pagina in ("/programmi/", "/distretti/dfa-alta-valsugana/", programma.get_absolute_url()):
            testo = client.get(pagina).content.decode()
            assert "in attesa de" not in testo
            assert 'class="orologio' not in testo

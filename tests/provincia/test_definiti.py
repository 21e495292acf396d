"""Dove il risultato è definito valgono i valori conservati: nel quadro, nelle tabelle, nelle API."""

import csv
from collections.abc import Callable
from fractions import Fraction
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from distretti.models import Distretto, Utente
from distretti.token_lettura import crea_token
from programmi.models import Programma
from tests.api.conftest import API, conta_query, leggi
from tests.bench.genera import genera
from tests.bench.misure import Misure
from tests.conftest import CODICE, Persone
from tests.congelate import altera
from tests.indirizzi.chiuso_del_mondo import ANNO, chiuso
from tests.risultati.ingressi import definisci, pubblica, riapri
from valutazione.api import tabella
from valutazione.letture import valutazione_di
from valutazione.models import Chiusura, Imputazione, Risultato, StatoImputazione
from valutazione.provincia.quadro import ProgrammaNelQuadro, quadro_di

pytestmark = pytest.mark.django_db

Accedi = Callable[[Utente], Client]
PICCOLE = Misure(distretti=4, anni=2, progettualita=3, aderenti=2, evidenze=8, ultimo_anno=2025)
VALUTAZIONI = f"{API}/valutazioni?autorita=pat-acs&anno={ANNO}"


@pytest.fixture
def chiusa(persone: Persone) -> Programma:
    """Of 2024: result 1 is published, result 2 corrects it and is not; today the evidence is worth 0."""
    distretto = Distretto.objects.select_related("autorita").get(codice=CODICE)
    programma = chiuso(distretto, persone, "riservato")
    Imputazione.objects.filter(evidenza__programma=programma).update(
        stato=StatoImputazione.RESPINTA, motivazione="dopo"
    )
    return programma


def sua(programma: Programma) -> ProgrammaNelQuadro:
    (riga,) = quadro_di(programma.distretto.autorita, ANNO).programmi
    return riga


def voce(client: Client) -> dict[str, Any]:
    (trovata,) = leggi(client, VALUTAZIONI)["items"]
    return dict(trovata)


def test_definito_vale_il_risultato_in_corso_si_calcola(
    chiusa: Programma, persone: Persone, accedi: Accedi
) -> None:
    agenzia = accedi(persone.agenzia)
    indirizzo = reverse("quadro", args=["pat-acs", ANNO])
    assert valutazione_di(chiusa).esito.programma.valori.riconosciuto == 0
    riga = sua(chiusa)
    assert (riga.fonte, riga.tre.riconosciuto) == ("risultato n. 2, definito", Fraction(50))
    assert riga.azioni
    assert "risultato n. 2, definito" in agenzia.get(indirizzo).content.decode()
    trovata = voce(agenzia)
    assert (trovata["fonte"], trovata["risultato"], trovata["chiusura"]) == ("risultato", 2, "definita")
    assert trovata["programma"]["riconosciuto"] == "50.00"
    pubblica(chiusa, persone)
    assert sua(chiusa).fonte == "risultato n. 2, pubblicato"
    riapri(chiusa, persone)
    riga = sua(chiusa)
    assert (riga.fonte, riga.tre.riconosciuto) == ("in corso, si corregge il risultato n. 2", Fraction(0))
    assert (voce(agenzia)["fonte"], voce(agenzia)["risultato"]) == ("in_corso", 2)


@pytest.mark.parametrize("valori", [{"riconosciuto": "99.00"}, {"esito": "{}"}])
def test_alterato_lo_si_dice_e_non_si_danno_numeri(
    valori: dict[str, str], chiusa: Programma, persone: Persone, accedi: Accedi
) -> None:
    altera(Risultato.objects.get(programma=chiusa, numero=2), **valori)
    agenzia = accedi(persone.agenzia)
    riga = sua(chiusa)
    assert (riga.alterato, riga.tre.riconosciuto, riga.azioni) == (True, None, ())
    pagina = agenzia.get(reverse("quadro", args=["pat-acs", ANNO])).content.decode()
    assert "il risultato n. 2 non è quello conservato" in pagina
    testo = b"".join(agenzia.get(reverse("quadro-csv", args=["pat-acs", ANNO]))).decode()
    (scritta,) = csv.DictReader(StringIO(testo))
    assert (scritta["risultato"], scritta["riconosciuto"], scritta["azioni"]) == ("2", "", "0")
    assert scritta["valori"] == "il risultato n. 2 non è quello conservato"
    trovata = voce(agenzia)
    assert trovata["fonte"] == "risultato_alterato"
    assert trovata["programma"] == {"dichiarato": None, "riconosciuto": None, "prospettico": None}
    assert "incompleta" not in trovata


def test_tutti_leggono_l_ultimo_pubblicato_e_nient_altro(
    chiusa: Programma, programma: Programma, persone: Persone, accedi: Accedi
) -> None:
    (pubblico,) = leggi(Client(), f"{API}/risultati")["items"]
    assert (pubblico["numero"], pubblico["riconosciuto"]) == (1, "25.00")
    assert pubblico == leggi(accedi(persone.agenzia), f"{API}/risultati")["items"][0]
    assert leggi(Client(), pubblico["href"])["sha256"] == pubblico["sha256"]
    pubblica(chiusa, persone)
    (pubblico,) = leggi(Client(), f"{API}/risultati", autorita="pat-acs", distretto=CODICE, anno=ANNO)[
        "items"
    ]
    assert (pubblico["numero"], pubblico["riconosciuto"]) == (2, "50.00")
    assert leggi(Client(), f"{API}/risultati", anno=2025)["items"] == []
    prima = conta_query(lambda: leggi(Client(), f"{API}/risultati"))
    definisci(programma, persone)
    pubblica(programma, persone)
    assert [voce["anno"] for voce in leggi(Client(), f"{API}/risultati")["items"]] == [2025, ANNO]
    assert conta_query(lambda: leggi(Client(), f"{API}/risultati")) == prima
    altera(Risultato.objects.get(programma=chiusa, numero=2), riconosciuto="99.00")
    assert [voce["anno"] for voce in leggi(Client(), f"{API}/risultati")["items"]] == [2025]
    risposta: Any = Client().get(f"{API}/risultati?formato=csv")
    assert len(b"".join(risposta).splitlines()) == 2


def test_definito_senza_un_risultato_non_ha_numeri(programma: Programma) -> None:
    Chiusura.objects.create(
        programma=programma, stato="definita", stato_dal="2026-01-31", giro=1, repliche_entro="2026-01-31"
    )
    (riga,) = quadro_di(programma.distretto.autorita, 2025).programmi
    assert (riga.fonte, riga.valori) == ("il risultato non è quello conservato", None)


def test_chi_legge_le_valutazioni(programma: Programma, persone: Persone, accedi: Accedi) -> None:
    domanda = f"{API}/valutazioni?autorita=pat-acs&anno=2025"
    leggi(Client(), domanda, atteso=401)
    leggi(accedi(persone.manager), domanda, atteso=403)
    incarico = persone.agenzia.incarichi.get()
    segreto = crea_token(incarico=incarico, nome="Prova", durata=30, utente=persone.agenzia)[1]
    (trovata,) = leggi(Client(headers={"Authorization": f"Bearer {segreto}"}), domanda)["items"]
    esito = leggi(accedi(persone.manager), trovata["href"])
    tre = ("dichiarato", "riconosciuto", "prospettico")
    for parte in ("obbligatorie", "progettualita"):
        assert trovata[parte] == esito["programma"][parte]
    assert trovata["programma"] == {nome: esito["programma"][nome] for nome in tre}
    assert trovata["azioni"] == len(esito["azioni"])


def test_autorita_e_anno_ci_vogliono(persone: Persone, accedi: Accedi) -> None:
    agenzia = accedi(persone.agenzia)
    for domanda, mancano in (
        ("", {"autorita", "anno"}),
        ("?autorita=pat-acs", {"anno"}),
        ("?anno=2025", {"autorita"}),
    ):
        errori = leggi(agenzia, f"{API}/valutazioni{domanda}", atteso=400)["errors"]
        assert {errore["parameter"] for errore in errori} == mancano


def test_a_fette_e_senza_chiedere_di_piu(
    programma: Programma, persone: Persone, accedi: Accedi, monkeypatch: pytest.MonkeyPatch
) -> None:
    agenzia, domanda = accedi(persone.agenzia), f"{API}/valutazioni?autorita=pat-acs&anno=2025"
    nomi = (f"{domanda}&limit=100", f"{domanda}&formato=csv", f"{API}/risultati")

    def quante(indirizzo: str) -> int:
        with CaptureQueriesContext(connection) as fatte:
            b"".join(agenzia.get(indirizzo))
        return len(fatte)

    quante(nomi[0])  # the first request of a session also writes when it began
    prima = [quante(nome) for nome in nomi]
    genera(PICCOLE)
    assert [quante(nome) for nome in nomi] == prima
    voci = leggi(agenzia, f"{domanda}&limit=3")
    assert len(voci["items"]) == 3
    tutte = voci["items"] + leggi(agenzia, voci["successivo"])["items"]
    monkeypatch.setattr(tabella, "RIGHE_PER_FETTA", 2)
    righe = list(csv.DictReader(StringIO(b"".join(agenzia.get(nomi[1])).decode())))
    assert [riga["distretto_codice"] for riga in righe] == [v["distretto"]["codice"] for v in tutte]
    assert [riga["programma_riconosciuto"] for riga in righe] == [
        v["programma"]["riconosciuto"] or "" for v in tutte
    ]
    assert len(righe) == 5


def test_gli_anni_di_un_distretto_uno_accanto_all_altro(
    chiusa: Programma, programma: Programma, persone: Persone, accedi: Accedi
) -> None:
    (distretto,) = quadro_di(programma.distretto.autorita, 2025).per_distretto
    assert [(anno, riga and riga.programma) for anno, riga in distretto.anni] == [
        (ANNO, chiusa),
        (2025, programma),
    ]
    pagina = accedi(persone.agenzia).get(reverse("quadro", args=["pat-acs", 2025])).content.decode()
    assert "Quanto è riconosciuto, anno per anno" in pagina

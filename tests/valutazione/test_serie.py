"""Registrare in serie: funziona; una sola volta; nulla si perde; estranei, altri ruoli, stato, query."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from distretti.models import Evento, Ruolo, Utente
from programmi.models import Programma
from tests.conftest import Persone
from tests.risultati.ingressi import passo
from tests.valutazione.chiusura_pronta import il_giorno
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.letture import valutazione_di
from valutazione.models import Evidenza, SerieInCorso
from valutazione.tabella import TRASMISSIONE_AUTOVALUTAZIONE

pytestmark = pytest.mark.django_db

SCELTE: dict[str, Any] = {"tipo": "incontro", "righe": ["obb.2", "obb.3"], "presenze": ["manager"]}


def riga(numero: int, **celle: str) -> dict[str, str]:
    return {f"r{numero}-{chiave}": testo for chiave, testo in celle.items()}


def righe(quante: int, **altro: str) -> dict[str, str]:
    """So many good rows."""
    celle = {"persone": "Una; Altra", "organizzazioni": "comune di pergine valsugana"} | altro
    tutte: dict[str, str] = {}
    for n in range(1, quante + 1):
        tutte |= riga(n, data=f"{n % 28 + 1}/{n % 12 + 1}/2025", argomento=f"Tema {n}", **celle)
    return tutte


def invia(client: Client, programma: Programma, azione: str, **dati: Any) -> Any:
    dove = indirizzo("evidenze-in-serie", programma)
    versione = client.get(dove).context["form"]["versione"].value()
    return client.post(dove, {"versione": versione, "azione": azione} | SCELTE | dati)


def test_tre_incontri_in_una_volta(manager: Client, programma: Programma, persone: Persone) -> None:
    risposta = invia(manager, programma, "registra", **righe(3))
    assert risposta.status_code == 302
    evidenze = list(programma.evidenze.order_by("pk"))
    assert [e.codice for e in evidenze] == ["e1", "e2", "e3"]
    prima = evidenze[0]
    assert (prima.titolo, prima.persone) == ("Incontro del 2 febbraio 2025: Tema 1", ["Una", "Altra"])
    assert prima.presenze == ["manager"]
    assert prima.registrata_da == persone.manager
    assert list(prima.autori.all()) == [persone.manager]
    assert [c.organizzazione.codice for c in prima.coinvolte.all()] == ["comune-di-pergine-valsugana"]
    esito = valutazione_di(programma).esito
    assert esito.righe["obb.2"].valori.dichiarato == esito.righe["obb.3"].valori.dichiarato == 60
    eventi = Evento.objects.filter(azione="evidenza.registrazione")
    assert eventi.count() == 3
    assert manager.get(f"{prima.get_absolute_url()}storia/").status_code == 200
    assert SerieInCorso.objects.get().contenuto == {}


def test_le_giuste_si_registrano_e_le_errate_restano(manager: Client, programma: Programma) -> None:
    dati = righe(4) | riga(2, data="31/02/2025") | riga(4, organizzazioni="Comune di Pergine Valsugan")
    rifiutata = invia(manager, programma, "registra", **dati)
    assert rifiutata.status_code == 422
    pagina = rifiutata.content.decode()
    assert "Registra le 2 righe giuste" in pagina
    assert "non è una data che esiste" in pagina
    assert "Forse «COMUNE DI PERGINE VALSUGANA»?" in pagina
    assert programma.evidenze.count() == 0
    registrate = invia(manager, programma, "giuste", **dati)
    # With its own fragment: else the browser stays at the end of the page, and the message is not seen.
    assert registrate.headers["Location"] == f"{indirizzo('evidenze-in-serie', programma)}#contenuto"
    assert programma.evidenze.count() == 2
    restano = manager.get(indirizzo("evidenze-in-serie", programma)).context["esame"].errate
    assert [r.celle["argomento"] for r in restano] == ["Tema 2", "Tema 4"]


def test_lo_stesso_modulo_due_volte_registra_una_volta(manager: Client, programma: Programma) -> None:
    dove = indirizzo("evidenze-in-serie", programma)
    dati = {"versione": "0", "azione": "registra"} | SCELTE | righe(3)
    assert manager.post(dove, dati).status_code == 302
    seconda = manager.post(dove, dati)
    assert seconda.status_code == 302
    assert "non è stata registrata due volte" in manager.get(seconda["Location"]).content.decode()
    assert programma.evidenze.count() == 3


def test_due_pagine_aperte_non_si_cancellano(manager: Client, programma: Programma) -> None:
    dove = indirizzo("evidenze-in-serie", programma)
    manager.post(dove, {"versione": "0", "azione": "salva"} | SCELTE | righe(2))
    risposta = manager.post(
        dove, {"versione": "0", "azione": "registra"} | SCELTE | riga(1, data="1/4", argomento="Altra pagina")
    )
    assert risposta.status_code == 409
    pagina = risposta.content.decode()
    assert "Altra pagina" in pagina
    assert "ci sono 2 righe" in pagina
    assert len(SerieInCorso.objects.get().celle) == 2
    assert programma.evidenze.count() == 0


def test_cio_che_e_scritto_si_ritrova(manager: Client, programma: Programma) -> None:
    assert (
        invia(manager, programma, "salva", **riga(7, data="boh", argomento="<b>=1+1</b>")).status_code == 302
    )
    pagina = manager.get(indirizzo("evidenze-in-serie", programma)).content.decode()
    assert 'value="boh"' in pagina
    assert "&lt;b&gt;=1+1&lt;/b&gt;" in pagina
    invia(manager, programma, "svuota")
    assert SerieInCorso.objects.get().contenuto == {}


def test_cambiare_tipo_non_perde_le_colonne_che_non_si_vedono(manager: Client, programma: Programma) -> None:
    invia(manager, programma, "tipo", **(righe(1) | {"tipo": "newsletter"}))
    pagina = manager.get(indirizzo("evidenze-in-serie", programma)).content.decode()
    assert '<input type="hidden" name="r1-persone" value="Una; Altra">' in pagina
    assert SerieInCorso.objects.get().celle[0]["persone"] == "Una; Altra"


def test_si_propongono_le_ultime_scelte_di_chi_registra(
    manager: Client, programma: Programma, registra: Registra
) -> None:
    registra(righe=["obb.3", "1.1"], presenze=["manager", "agenzia"], luogo="Sala", argomento="a")
    form = manager.get(indirizzo("evidenze-in-serie", programma)).context["form"]
    assert form.initial["tipo"] == "incontro"
    assert form.initial["righe"] == ["obb.3", "1.1"]
    assert form.initial["presenze"] == ["manager", "agenzia"]
    assert form.initial["luogo"] == "Sala"


def test_l_effetto_i_doppioni_e_cio_che_non_conta_si_dicono_prima(
    manager: Client, programma: Programma, registra: Registra
) -> None:
    registra(righe=["obb.3"], presenze=["manager"], argomento="Tema 1", persone=["b"], data="2025-02-02")
    invia(manager, programma, "salva", **(righe(2) | riga(3, data="3/3", argomento="Senza persone")))
    esame = manager.get(indirizzo("evidenze-in-serie", programma)).context["esame"]
    assert esame.righe[0].doppione == "l'evidenza e1"
    assert esame.righe[1].doppione == ""
    assert [codice for codice, _ in esame.righe[2].avvisi] == ["obb.2", "obb.3"]
    assert list(esame.motivi.values()) == ["evidenza 3", "evidenza 3"]
    assert ("Programma", True) in {(v.nome, v.dopo > v.prima) for v in esame.effetto.voci}
    assert programma.evidenze.count() == 1


def test_la_stessa_tabella_due_volte_registra_solo_le_nuove(manager: Client, programma: Programma) -> None:
    invia(manager, programma, "registra", **righe(3))
    ripetute = righe(5) | riga(6, data="31/2", argomento="Tema 6")
    fermata = invia(manager, programma, "registra", **ripetute)
    assert fermata.status_code == 422
    pagina = fermata.content.decode()
    assert "3 righe forse ci sono già: in fondo scegli" in pagina
    assert "Registra solo le nuove (2)" in pagina
    assert "Registra anche le 3 che forse ci sono già" in pagina
    assert "La riga da correggere resta comunque nella tabella" in pagina
    assert "Registra tutte" not in pagina
    assert programma.evidenze.count() == 3
    dove = invia(manager, programma, "giuste", **ripetute)["Location"]
    dopo = manager.get(dove).content.decode()
    assert "2 evidenze registrate. Qui sotto resta 1 riga da correggere e 3 righe che forse" in dopo
    assert [c["argomento"] for c in SerieInCorso.objects.get().celle] == [f"Tema {n}" for n in (1, 2, 3, 6)]
    assert programma.evidenze.count() == 5
    assert "Registra solo le nuove" not in dopo
    assert "Registra lo stesso le 3 che forse ci sono già" in dopo
    assert "Nessuna riga è nuova" in invia(manager, programma, "giuste", **righe(3)).content.decode()
    assert programma.evidenze.count() == 5


def test_le_righe_che_forse_ci_sono_gia_si_registrano_se_lo_si_dice(
    manager: Client, programma: Programma
) -> None:
    invia(manager, programma, "registra", **righe(1))
    invia(manager, programma, "salva", **righe(2))
    pagina = manager.get(indirizzo("evidenze-in-serie", programma)).content.decode()
    assert "Registra solo le nuove (1)" in pagina
    assert "Registra anche quella che forse c'è già" in pagina
    assert invia(manager, programma, "doppie", **righe(2)).status_code == 302
    assert programma.evidenze.count() == 3
    assert SerieInCorso.objects.get().contenuto == {}


def test_l_effetto_e_delle_sole_righe_nuove(manager: Client, programma: Programma) -> None:
    def effetto(quante: int) -> Any:
        invia(manager, programma, "salva", **righe(quante))
        return manager.get(indirizzo("evidenze-in-serie", programma)).context["esame"].effetto.esito

    invia(manager, programma, "registra", **righe(1))
    con_doppia = effetto(2).righe["obb.3"].valori.dichiarato
    invia(manager, programma, "giuste", **righe(2))
    assert valutazione_di(programma).esito.righe["obb.3"].valori.dichiarato == con_doppia


def test_una_riga_del_programma_di_prima_di_una_variazione_non_si_usa(
    manager: Client, programma: Programma
) -> None:
    risposta = invia(manager, programma, "registra", **(righe(1) | {"righe_viste": "di prima"}))
    assert risposta.status_code == 422
    assert "Nel frattempo il programma è stato variato" in risposta.content.decode()
    assert programma.evidenze.count() == 0


def test_una_riga_che_non_ammette_il_tipo_si_rifiuta(manager: Client, programma: Programma) -> None:
    assert invia(manager, programma, "registra", **(righe(1) | {"righe": ["obb.6"]})).status_code == 422
    assert manager.post(indirizzo("evidenze-in-serie", programma), {"azione": "zzz"}).status_code == 400


def test_una_data_futura_si_registra_solo_pianificata(manager: Client, bozza: Programma) -> None:
    futura = riga(1, data="31/12/2026", argomento="Poi", persone="Una")
    with il_giorno(date(2026, 6, 30)):
        assert invia(manager, bozza, "registra", **futura).status_code == 422
        assert invia(manager, bozza, "registra", pianificata="on", **futura).status_code == 302
    assert bozza.evidenze.get().pianificata


def test_incollare_riconosce_le_colonne_e_aggiunge_alla_tabella(
    manager: Client, programma: Programma
) -> None:
    dove = indirizzo("evidenze-incolla", programma)
    testo = "Giorno\tOggetto\tChi c'era\tEnti\n12/3\tAvvio\tA\tasif-chimelli\n31/2\tMale\t\t\n"
    letta = manager.post(dove, {"tipo": "incontro", "testo": testo})
    assert letta.status_code == 200
    scelte = {c.nome: c.scelta for c in letta.context["lette"]}
    assert list(scelte.values()) == ["data", "argomento", "persone", "organizzazioni"]
    assert (
        manager.post(dove, {"tipo": "incontro", "testo": testo, "azione": "usa"} | scelte).status_code == 302
    )
    esame = manager.get(indirizzo("evidenze-in-serie", programma)).context["esame"]
    assert [(r.buona, r.celle["argomento"]) for r in esame.righe] == [(True, "Avvio"), (False, "Male")]


def test_incollare_due_volte_dalla_stessa_pagina_si_chiede_prima(
    manager: Client, programma: Programma
) -> None:
    dove = indirizzo("evidenze-incolla", programma)
    versione = manager.get(dove).context["form"]["versione"].value()
    dati = {"tipo": "incontro", "testo": "12/3\tAvvio\tA\n", "azione": "usa", "versione": versione}
    assert manager.post(dove, dati).status_code == 302
    ripetuta = manager.post(dove, dati)
    assert ripetuta.status_code == 409
    assert "forse queste righe ci sono già" in ripetuta.content.decode()
    assert "Avvio" in ripetuta.content.decode()
    assert len(SerieInCorso.objects.get().celle) == 1
    voluta = dati | {"versione": ripetuta.context["form"]["versione"].value()}
    assert manager.post(dove, voluta).status_code == 302
    assert len(SerieInCorso.objects.get().celle) == 2


@pytest.mark.parametrize(
    "dati", [{}, {"testo": "x"}, {"tipo": "incontro", "testo": "\n"}, {"tipo": "cena", "testo": "a"}]
)
def test_incollare_male_si_spiega(manager: Client, programma: Programma, dati: dict[str, str]) -> None:
    risposta = manager.post(indirizzo("evidenze-incolla", programma), dati | {"azione": "usa"})
    assert risposta.status_code in (302, 422)
    assert programma.evidenze.count() == 0


@pytest.mark.parametrize(
    "nome", ["evidenze-in-serie", "evidenze-incolla", "evidenza-breve", "evidenze-avvenute"]
)
def test_registra_solo_il_manager(
    accedi: Callable[[Utente], Client], persone: Persone, programma: Programma, bozza: Programma, nome: str
) -> None:
    for chi in (
        persone.referente,
        persone.agenzia,
        persone.auditor,
        persone.manager_scaduto,
        persone.estraneo,
    ):
        client = accedi(chi)
        assert client.get(indirizzo(nome, programma)).status_code == 403
        assert client.post(indirizzo(nome, programma), SCELTE | righe(1)).status_code == 403
    assert accedi(persone.estraneo).get(indirizzo(nome, bozza)).status_code == 404
    assert Client().post(indirizzo(nome, programma)).status_code == 302
    assert Evidenza.objects.count() == 0
    assert SerieInCorso.objects.count() == 0


def test_ognuno_ha_la_sua_tabella(
    accedi: Callable[[Utente], Client],
    manager: Client,
    persone: Persone,
    programma: Programma,
    bozza: Programma,
) -> None:
    invia(manager, programma, "salva", **riga(1, data="1/2", argomento="Del 2025"))
    assert manager.get(indirizzo("evidenze-in-serie", bozza)).context["esame"].righe == ()


def test_ad_autovalutazione_trasmessa_non_si_registra_e_la_tabella_resta(
    manager: Client, programma: Programma, persone: Persone
) -> None:
    dove = indirizzo("evidenze-in-serie", programma)
    manager.post(dove, {"versione": "0", "azione": "salva"} | SCELTE | righe(2))
    passo(TRASMISSIONE_AUTOVALUTAZIONE, programma, persone.manager, Ruolo.MANAGER)
    assert manager.get(dove).status_code == 302
    risposta = manager.post(dove, {"versione": "1", "azione": "registra"} | SCELTE | righe(2))
    assert risposta.status_code == 302
    assert programma.evidenze.count() == 0
    assert len(SerieInCorso.objects.get().celle) == 2


def test_le_interrogazioni_non_crescono_con_le_righe(manager: Client, programma: Programma) -> None:
    def registra(quante: int) -> int:
        with CaptureQueriesContext(connection) as viste:
            risposta = invia(manager, programma, "doppie", **righe(quante, luogo=str(quante)))
        assert risposta.status_code == 302
        return len(viste)

    registra(2)
    poche = registra(5)
    assert registra(60) < poche + 30  # SQLite writes so many rows in one statement: not one for each

"""La vita di un distretto nel registro: costituzione, nomi, ente capofila, revoca; e com'era in un giorno."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.letture import com_era
from distretti.models import Adesione, Autorita, Distretto, Evento, StatoDistretto, TipoAtto, TipoDistretto
from distretti.services import DatiAtto, cambia_capofila, chiudi, costituisci, crea_distretto, rinomina
from tests.conftest import CODICE, Persone
from tests.indirizzi.tavole.registro import atto as campi_atto
from tests.programmi.ingressi import in_due, pdf

INIZIO = date(2024, 1, 10)
FIRMA = date(2024, 3, 1)


def atto(numero: str = "1", giorno: date = FIRMA) -> DatiAtto:
    return DatiAtto(TipoAtto.DETERMINAZIONE, "Provincia", numero, giorno, file=pdf())


def nuovo() -> Distretto:
    return crea_distretto(
        autorita=Autorita.objects.get(codice="pat-acs"),
        denominazione="Distretto della Prova",
        tipo=TipoDistretto.TERRITORIALE,
        il=INIZIO,
    )


@pytest.fixture
def prova(db: None) -> Distretto:
    return nuovo()


@pytest.fixture
def attivo(prova: Distretto) -> Distretto:
    atti = {
        "delibera_gp": DatiAtto(TipoAtto.DELIBERA_GP, "Provincia", "10", date(2024, 2, 1)),
        "delibera_capofila": DatiAtto(TipoAtto.DELIBERA_GC, "Comune", "11", date(2024, 2, 2)),
        "accordo": DatiAtto(TipoAtto.ACCORDO, "Comune", "", FIRMA, file=pdf()),
    }
    return costituisci(distretto=prova, il=FIRMA, atti=atti)


def test_da_in_costituzione_ad_attivo_con_i_suoi_atti(attivo: Distretto) -> None:
    assert (attivo.stato, attivo.codice, attivo.anno_nascita) == ("attivo", "distretto-della-prova", 2024)
    costituzione = attivo.annotazioni.con_atti()[0]
    assert [c.atto.tipo for c in costituzione.atti_in_ordine.all()] == [
        TipoAtto.DELIBERA_GP,
        TipoAtto.DELIBERA_GC,
        TipoAtto.ACCORDO,
    ]
    assert [com_era(attivo, g).stato for g in (INIZIO - timedelta(1), INIZIO, FIRMA)] == [
        "",
        "in_costituzione",
        "attivo",
    ]
    evento = Evento.objects.get(azione="distretto.costituzione")
    assert (evento.dati.letti["prima"]["Stato"], evento.dati.letti["dopo"]["Stato"]) == (
        "in costituzione",
        "attivo",
    )
    with pytest.raises(StatoNonAmmesso, match="già attivo"):
        costituisci(distretto=attivo, il=FIRMA, atti={})


def test_il_nome_di_prima_resta_con_i_suoi_giorni_e_l_indirizzo_non_cambia(attivo: Distretto) -> None:
    for nome, il in (("Destra Adige", date(2024, 5, 1)), ("Vallagarina", date(2025, 5, 1))):
        rinomina(distretto=attivo, denominazione=nome, il=il, atti={"atto": atto(nome)})
    attivo.refresh_from_db()
    assert (attivo.denominazione, attivo.codice) == ("Vallagarina", "distretto-della-prova")
    giorni = (FIRMA, date(2024, 5, 1), date(2025, 4, 30), date(2025, 5, 1))
    assert [com_era(attivo, g).denominazione for g in giorni] == [
        "Distretto della Prova",
        "Destra Adige",
        "Destra Adige",
        "Vallagarina",
    ]
    with pytest.raises(DatiNonValidi, match="dice già «Vallagarina» dal 1º maggio 2025"):
        rinomina(distretto=attivo, denominazione="Altro", il=date(2025, 4, 1), atti={})
    with pytest.raises(DatiNonValidi, match="già quello del registro"):
        rinomina(distretto=attivo, denominazione=" Vallagarina ", il=date(2025, 6, 1), atti={})
    with pytest.raises(DatiNonValidi, match="nel futuro"):
        rinomina(distretto=attivo, denominazione="Domani", il=timezone.localdate() + timedelta(1), atti={})


def test_la_revoca_finisce_le_adesioni_in_corso(db: None) -> None:
    distretto = Distretto.objects.get(codice=CODICE)
    il = date(2026, 2, 1)
    with pytest.raises(DatiNonValidi, match="qualche adesione"):
        chiudi(distretto=distretto, stato=StatoDistretto.REVOCATO, il=date(2022, 7, 15), motivo="x", atti={})
    chiudi(
        distretto=distretto,
        stato=StatoDistretto.REVOCATO,
        il=il,
        motivo="Inattivo.",
        atti={"atto": atto("2")},
    )
    assert not distretto.adesioni.alla_data(il).exists()
    assert distretto.adesioni.alla_data(il - timedelta(1)).count() == 6
    finita = distretto.adesioni.all()[0]
    assert finita.atto_cancellazione is not None
    assert (finita.atto_cancellazione.numero, finita.motivo_cancellazione) == ("2", "Inattivo.")
    with pytest.raises(StatoNonAmmesso, match="già revocato"):
        chiudi(distretto=distretto, stato=StatoDistretto.CESSATO, il=il, motivo="x", atti={})


def test_un_distretto_revocato_non_prende_aderenti(
    persone: Persone, accedi: Callable[..., Client], attivo: Distretto
) -> None:
    chiudi(distretto=attivo, stato=StatoDistretto.CESSATO, il=date(2025, 1, 1), motivo="Fine.", atti={})
    pagina = reverse("adesione-nuova", args=[attivo.codice])
    dati = {"denominazione": "Nuova associazione", "dal": "2024-01-01"}
    risposta = accedi(persone.agenzia).post(pagina, dati, follow=True)
    assert "risulta cessato: non ha più aderenti" in risposta.content.decode()
    assert not Adesione.objects.filter(distretto=attivo).exists()


def test_la_pagina_e_l_elenco_dicono_com_era(client: Client, attivo: Distretto) -> None:
    rinomina(distretto=attivo, denominazione="Nome nuovo", il=date(2025, 5, 1), atti={"atto": atto()})
    cambia_capofila(distretto=attivo, capofila="Comunità", il=date(2025, 6, 1), atti={})
    pagina = reverse("distretto", args=[attivo.codice])
    testo = client.get(pagina, {"alla_data": "2025-03-31"}).content.decode()
    assert "Il 31 marzo 2025 il distretto si chiamava «Distretto della Prova», era attivo" in testo
    assert "Nome nuovo" in client.get(pagina).content.decode()
    elenco = reverse("distretti")
    allora = client.get(elenco, {"alla_data": "2025-03-31", "q": "nuovo", "stato": "attivo"})
    assert [d.denominazione for d in allora.context["pagina"]] == ["Distretto della Prova"]
    prima = client.get(elenco, {"alla_data": "2023-03-31", "q": "nuovo"})
    assert list(prima.context["pagina"]) == []
    in_costituzione = client.get(elenco, {"alla_data": "2024-01-31", "stato": "in_costituzione"})
    assert [d.codice for d in in_costituzione.context["pagina"]] == [attivo.codice]


def test_l_api_dice_com_era(client: Client, attivo: Distretto) -> None:
    rinomina(distretto=attivo, denominazione="Nome nuovo", il=date(2025, 5, 1), atti={"atto": atto()})
    uno = f"/api/v1/distretti/{attivo.codice}"
    assert client.get(uno).json()["denominazione"] == "Nome nuovo"
    allora = client.get(uno, {"alla_data": "2024-02-01"}).json()
    assert (allora["denominazione"], allora["stato"]) == ("Distretto della Prova", "in_costituzione")
    assert client.get(uno, {"alla_data": "2020-02-01"}).json()["stato"] is None
    Adesione.objects.create(
        distretto=attivo, organizzazione=Adesione.objects.all()[0].organizzazione, dal=FIRMA
    )
    elenco = client.get("/api/v1/distretti", {"alla_data": "2024-12-31", "stato": "attivo"}).json()["items"]
    assert [d["denominazione"] for d in elenco if d["codice"] == attivo.codice] == ["Distretto della Prova"]
    assert client.get("/api/v1/distretti", {"alla_data": "ieri"}).status_code == 400


def test_chi_fa_che_cosa_lo_legge_chi_ha_un_ruolo(
    persone: Persone, accedi: Callable[..., Client], client: Client
) -> None:
    pagina = reverse("distretto", args=[CODICE])
    dentro = accedi(persone.coordinatore).get(pagina).content.decode()
    assert "Chi fa che cosa" in dentro
    assert "manager_scaduto" not in dentro
    assert (
        "manager_scaduto" in accedi(persone.auditor).get(pagina, {"alla_data": "2024-01-01"}).content.decode()
    )
    for altro in (client, accedi(persone.manager_altro)):
        assert "Chi fa che cosa" not in altro.get(pagina).content.decode()


def test_il_percorso_dalle_pagine(persone: Persone, accedi: Callable[..., Client]) -> None:
    client = accedi(persone.agenzia)
    dati: dict[str, Any] = {"denominazione": "Distretto dal modulo", "tipo": "tematico", "il": "2024-01-10"}
    fatto = client.post(reverse("distretto-nuovo", args=["pat-acs"]), dati)
    assert fatto["Location"] == reverse("registro", args=["pat-acs"])
    codice = "distretto-dal-modulo"
    costituzione = reverse("distretto-costituisci", args=[codice])
    monca = client.post(costituzione, {"il": "2024-03-01", **campi_atto("delibera_gp")})
    assert monca.status_code == 422
    assert "accordo_data" in monca.context["form"].errors

    def intera() -> dict[str, Any]:
        accordo = {"il": "2024-03-01", "accordo_ente": "Comune", "accordo_data": "2024-03-01"}
        return accordo | campi_atto("delibera_gp") | campi_atto("delibera_capofila", tipo="altro")

    assert client.post(costituzione, intera())["Location"] == reverse("distretto", args=[codice])
    assert Distretto.objects.get(codice=codice).stato == StatoDistretto.ATTIVO
    # Opened again, or sent by somebody who had it open: it says that it is done.
    ancora = (client.get(costituzione, follow=True), client.post(costituzione, intera(), follow=True))
    for risposta in ancora:
        assert "risulta già attivo" in risposta.content.decode()


def test_il_file_di_un_atto_lo_apre_chi_ha_un_ruolo(
    persone: Persone, accedi: Callable[..., Client], client: Client
) -> None:
    distretto = Distretto.objects.get(codice=CODICE)
    cambia_capofila(distretto=distretto, capofila="Altro", il=FIRMA, atti={"atto": atto("77")})
    (citato,) = distretto.annotazioni.con_atti()[0].atti_in_ordine.all()
    file = reverse("registro-atto-file", args=[citato.atto.codice])
    assert b"".join(accedi(persone.manager).get(file)).startswith(b"%PDF")
    assert accedi(persone.manager_altro).get(file).status_code == 404
    assert client.get(file).status_code == 302
    pagina = client.get(reverse("distretto", args=[CODICE])).content.decode()
    assert "Determinazione del dirigente n. 77" in pagina
    assert file not in pagina


@pytest.mark.django_db(transaction=True)
def test_in_due_insieme_si_costituisce_una_volta() -> None:
    call_command("carica_base", verbosity=0)
    distretto = nuovo()
    esiti = in_due(
        lambda: costituisci(distretto=distretto, il=FIRMA, atti={}),
        lambda: costituisci(distretto=distretto, il=FIRMA, atti={}),
    )
    assert sorted(type(esito).__name__ for esito in esiti) == ["Distretto", "StatoNonAmmesso"]
    assert distretto.annotazioni.count() == 2

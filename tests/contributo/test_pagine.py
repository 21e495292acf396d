"""The contribution in the browser: the cost, the parameters of an authority, what they give."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from distretti.models import Autorita, Evento
from programmi.models import Programma
from tests.conftest import Persone
from valutazione.contributi import contributo_di
from valutazione.forms.contributo import ParametriForm
from valutazione.models import CostoManager, ParametriChiusura, ParametriContributo
from valutazione.services.contributo import nuovi_parametri

pytestmark = pytest.mark.django_db

CONTRIBUTO = "/programmi/dfa-alta-valsugana/2025/contributo/"
PARAMETRI = "/autorita/pat-acs/parametri/2025/"
NUMERI = {"anno": "2025", "aliquota": "80", "massimo": "10.000,00", "cofinanziamento_minimo": "0"}
MODULO = NUMERI | {"forma": "proporzionale", "fonte": "Criteri"}


def entra(persona: Any) -> Client:
    client = Client()
    client.force_login(persona)
    return client


def dichiara(persone: Persone, **dati: str) -> Any:
    client = entra(persone.referente)
    versione = client.get(f"{CONTRIBUTO}costo/").context["form"]["versione"].value()
    corpo = {"importo": "11.350,00", "fonte": "Rendiconto", "versione": versione} | dati
    return client.post(f"{CONTRIBUTO}costo/", corpo)


def test_senza_costo_la_pagina_dice_chi_lo_dichiara(persone: Persone) -> None:
    testo = entra(persone.manager).get(CONTRIBUTO).content.decode()
    assert "Manca il costo del manager: lo dichiara il referente" in testo
    assert "È una simulazione" in testo
    assert "criteri provinciali del 2020" in testo


def test_dichiarato_il_costo_si_vede_il_conto(persone: Persone, programma: Programma) -> None:
    assert dichiara(persone).status_code == 302
    costo = CostoManager.objects.get()
    assert (costo.importo, costo.scritto_da) == (Decimal("11350.00"), persone.referente)
    testo = entra(persone.auditor).get(CONTRIBUTO).content.decode()
    assert "80% del costo di 11.350,00 €" in testo
    assert "<strong>9.080,00 €</strong>" in testo
    assert "simulazione" in testo.lower()
    evento = Evento.objects.order_by("-numero")[0]
    assert evento.azione == "contributo.costo"
    assert evento.dati.letti["dopo"]["Costo"] == "11.350,00 €"


@pytest.mark.parametrize(
    ("dati", "messaggio"),
    [
        ({"importo": "undicimila"}, "Scrivi un importo in euro"),
        ({"importo": "-1"}, "non può essere negativo"),
        ({"importo": "1,001"}, "al massimo due decimali"),
        ({"importo": "99999999999"}, "troppo grande"),
        ({"cofinanziamento": "11.350,01"}, "non può superare il costo"),
        ({"fonte": ""}, "obbligatorio"),
    ],
)
def test_un_costo_sbagliato_torna_con_cio_che_si_e_scritto(
    persone: Persone, dati: dict[str, str], messaggio: str
) -> None:
    risposta = dichiara(persone, **dati)
    assert risposta.status_code == 422
    testo = risposta.content.decode()
    assert messaggio in testo
    for scritto in dati.values():
        assert scritto in testo
    assert not CostoManager.objects.exists()


def test_chi_salva_per_secondo_vede_cio_che_c_e(persone: Persone) -> None:
    client = entra(persone.referente)
    vecchia = client.get(f"{CONTRIBUTO}costo/").context["form"]["versione"].value()
    dichiara(persone)
    corpo = {"importo": "12.000,00", "fonte": "Contratto", "versione": vecchia}
    risposta = client.post(f"{CONTRIBUTO}costo/", corpo)
    assert risposta.status_code == 409
    testo = risposta.content.decode()
    assert "11.350,00 €" in testo
    assert "12.000,00" in testo
    assert CostoManager.objects.get().importo == Decimal("11350.00")


def test_mandare_due_volte_lo_stesso_modulo_scrive_una_volta(persone: Persone) -> None:
    """The button pressed twice: neither a second version, nor a conflict with oneself."""
    referente, agenzia = entra(persone.referente), entra(persone.agenzia)
    versione = referente.get(f"{CONTRIBUTO}costo/").context["form"]["versione"].value()
    corpo = {"importo": "11.350,00", "fonte": "Rendiconto", "versione": versione}
    for _ in range(2):
        assert referente.post(f"{CONTRIBUTO}costo/", corpo).status_code == 302
        assert agenzia.post(f"{PARAMETRI}contributo/", MODULO).status_code == 302
    assert ParametriContributo.objects.filter(anno=2025).count() == 1
    scritti = Evento.objects.filter(azione__startswith="contributo.").order_by("azione")
    assert [evento.azione for evento in scritti] == ["contributo.costo", "contributo.parametri"]


def test_una_nuova_versione_lascia_stare_quella_di_prima(persone: Persone, programma: Programma) -> None:
    client = entra(persone.agenzia)
    for forma in ("proporzionale", "nessuna"):
        assert client.post(f"{PARAMETRI}contributo/", MODULO | {"forma": forma}).status_code == 302
    versioni = ParametriContributo.objects.filter(anno=2025).order_by("versione")
    assert [(v.versione, v.funzione["tipo"]) for v in versioni] == [(1, "proporzionale"), (2, "nessuna")]
    in_vigore = ParametriContributo.objects.per_anno(programma.distretto.autorita, 2025)
    assert in_vigore is not None
    assert in_vigore.versione == 2


def test_la_fonte_si_riscrive_quando_i_numeri_non_sono_piu_i_suoi() -> None:
    def fonte(anno: int, adottata_il: date | None = None) -> str | None:
        parametri = ParametriContributo(
            anno=anno, fonte="Criteri", adottata_il=adottata_il, funzione={"tipo": "nessuna"}
        )
        return ParametriForm.iniziale(parametri, 2025).get("fonte")

    assert fonte(2025) == "Criteri"
    assert fonte(2020) is None
    assert fonte(2025, date(2025, 3, 1)) is None


def test_le_fasce_si_provano_prima_di_salvare(persone: Persone) -> None:
    client = entra(persone.dirigente)
    corpo = MODULO | {"forma": "fasce", "da_1": "60,5", "quota_1": "80", "da_2": "80", "quota_2": "100"}
    prova = client.post(f"{PARAMETRI}contributo/", corpo | {"azione": "prova"})
    assert prova.status_code == 200
    attesi = [("60%", "0,00 €"), ("60,5%", "8.000,00 €"), ("80%", "10.000,00 €")]
    assert prova.context["prova"][3:6] == attesi
    assert not ParametriContributo.objects.filter(anno=2025).exists()
    assert client.post(f"{PARAMETRI}contributo/", corpo).status_code == 302


def test_di_fasce_ce_ne_sono_quante_ne_servono(persone: Persone, programma: Programma) -> None:
    """A version of more bands than the empty form shows is read and saved again whole."""
    fasce = [{"da": str(10 * n), "quota": str(10 * n)} for n in range(1, 10)]
    dati = {"anno": 2020, "aliquota": 80, "massimo": 10000, "cofinanziamento_minimo": 0, "fonte": "Criteri"}
    autorita = programma.distretto.autorita
    ParametriContributo.objects.filter(autorita=autorita).delete()
    ParametriContributo.objects.create(
        autorita=autorita, versione=1, funzione={"tipo": "fasce", "fasce": fasce}, **dati
    )
    client = entra(persone.agenzia)
    form = client.get(f"{PARAMETRI}contributo/").context["form"]
    assert [da.value() for da, _ in form.fasce] == [*(f["da"] for f in fasce), None]
    scritti = {campo.name: campo.value() or "" for coppia in form.fasce for campo in coppia}
    corpo = MODULO | scritti | {"forma": "fasce", "da_10": "95", "quota_10": "100"}
    prova = client.post(f"{PARAMETRI}contributo/", corpo | {"azione": "prova"})
    assert len(prova.context["form"].fasce) == 11
    assert "Se ne servono altre" in prova.content.decode()
    assert client.post(f"{PARAMETRI}contributo/", corpo).status_code == 302
    nuovi = ParametriContributo.objects.get(autorita=autorita, anno=2025)
    assert nuovi.funzione["fasce"] == [*fasce, {"da": "95", "quota": "100"}]


@pytest.mark.parametrize(
    ("dati", "messaggio"),
    [
        ({"aliquota": "101"}, "va da 0 a 100"),
        ({"forma": "fasce"}, "Scrivi almeno una fascia"),
        ({"da_1": "60"}, "Le fasce servono solo"),
        ({"forma": "fasce", "da_1": "60"}, "tutte e due le percentuali"),
        (
            {"forma": "fasce", "da_1": "60", "quota_1": "80", "da_2": "60", "quota_2": "90"},
            "comincia più in alto",
        ),
        (
            {"forma": "fasce", "da_1": "60", "quota_1": "80", "da_2": "70", "quota_2": "70"},
            "non può ricevere di meno",
        ),
    ],
)
def test_parametri_sbagliati(persone: Persone, dati: dict[str, str], messaggio: str) -> None:
    risposta = entra(persone.agenzia).post(f"{PARAMETRI}contributo/", MODULO | dati)
    assert risposta.status_code == 422
    assert messaggio in risposta.content.decode()
    assert not ParametriContributo.objects.filter(anno=2025).exists()


def _adotta(client: Client, parametri: ParametriContributo, **dati: str) -> Any:
    corpo = {"tipo": "determinazione", "ente": "PAT", "numero": "7", "data": "2026-01-15"}
    atto = {f"atto_{nome}": valore for nome, valore in corpo.items()}
    indirizzo = f"/autorita/pat-acs/parametri/{parametri.anno}/contributo/{parametri.pk}/adozione/"
    return client.post(indirizzo, atto | {"il": "2026-01-15"} | dati)


def test_adottati_una_volta_non_cambiano_piu(persone: Persone) -> None:
    autorita = Autorita.objects.get(codice="pat-acs")
    dati = {"anno": 2025, "aliquota": 80, "massimo": 10000, "cofinanziamento_minimo": 0, "fonte": "Criteri"}
    prima = nuovi_parametri(
        autorita=autorita, dati=dati | {"funzione": {"tipo": "nessuna"}}, utente=persone.agenzia
    )
    seconda = nuovi_parametri(
        autorita=autorita, dati=dati | {"funzione": {"tipo": "proporzionale"}}, utente=persone.agenzia
    )
    client = entra(persone.dirigente)
    superata = _adotta(client, prima)
    assert superata.status_code == 302
    assert not ParametriContributo.objects.filter(adottata_il__isnull=False).exists()
    futura = _adotta(client, seconda, il="2999-01-01")
    assert futura.status_code == 422
    assert _adotta(client, seconda).status_code == 302
    seconda.refresh_from_db()
    assert seconda.adottata
    assert str(seconda.atto) == "determinazione del dirigente n. 7 del 15 gennaio 2026"
    altra = client.post(f"{PARAMETRI}contributo/", MODULO)
    assert altra.status_code == 422
    assert "ha già adottato" in altra.content.decode()


def test_anche_adottati_danno_una_simulazione_finche_il_risultato_non_c_e(
    persone: Persone, programma: Programma
) -> None:
    dichiara(persone)
    parametri = ParametriContributo.objects.get(anno=2020)
    assert _adotta(entra(persone.dirigente), parametri).status_code == 302
    trovato = contributo_di(programma)
    assert trovato.risultato is None
    assert trovato.nome == "simulazione del contributo"


def test_i_giorni_per_replicare(persone: Persone) -> None:
    client = entra(persone.agenzia)
    indirizzo = f"{PARAMETRI}repliche/"
    versione = client.get(indirizzo).context["form"]["versione"].value()
    corpo = {"giorni_replica": "15", "fonte": "Criteri", "versione": versione}
    assert client.post(indirizzo, corpo | {"giorni_replica": "0"}).status_code == 422
    assert client.post(indirizzo, corpo).status_code == 302
    assert "<strong>15 giorni</strong>" in client.get(PARAMETRI).content.decode()
    superata = client.post(indirizzo, corpo | {"giorni_replica": "20"})
    assert superata.status_code == 409
    assert ParametriChiusura.objects.get().giorni_replica == 15


def test_i_parametri_di_un_altro_anno_dicono_dove_si_adottano(persone: Persone) -> None:
    del_2020 = "/autorita/pat-acs/parametri/2020/"
    pagina = entra(persone.dirigente).get(PARAMETRI).content.decode()
    assert f'<a href="{del_2020}">parametri del 2020</a>' in pagina
    assert "Si adottano dalla pagina" not in entra(persone.dirigente).get(del_2020).content.decode()

"""I filtri di ogni elenco, sui dati veri, e chi vede le righe di una bozza."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from distretti.models import Adesione, Certificazione, Distretto, Organizzazione
from programmi.models import AttoCitato, Indicatore, Programma
from tests.api.cambiamenti import RISORSE, approvato_al_secondo_giro
from tests.api.conftest import API, leggi
from tests.conftest import CODICE, Persone
from tests.programmi.ingressi import con_progettualita
from valutazione.api.radice import documento_openapi

pytestmark = pytest.mark.django_db


def trovate(risorsa: str, client: Any = None, **parametri: Any) -> list[str]:
    """The ends of the addresses that a list gives."""
    voci = leggi(client or Client(), f"{API}/{risorsa}", limit=100, **parametri)["items"]
    return [voce["href"].rpartition("/")[2] for voce in voci]


FILTRI: list[tuple[str, dict[str, str], list[str]]] = [
    ("autorita", {}, ["pat-acs", "unione-presolana"]),
    ("distretti", {"organizzazione": "cs4"}, [CODICE]),
    ("distretti", {"organizzazione": "cs4", "alla_data": "2022-07-14"}, []),
    ("distretti", {"alla_data": "2022-07-15"}, [CODICE]),
    ("distretti", {"testo": "ALTA valsugana berşntol"}, ["df-alta-valsugana-e-bersntol"]),
    ("organizzazioni", {"natura": "privata", "testo": "societa'"}, ["cs4", "soste"]),
    ("organizzazioni", {"testo": "comunita alta"}, ["comunita-alta-valsugana-e-bersntol"]),
    ("adesioni", {"organizzazione": "cs4"}, ["2022-07-15"]),
    ("adesioni", {"distretto": "df-val-di-non"}, []),
    ("adesioni", {"alla_data": "2022-12-16", "organizzazione": "dial-funghi"}, ["2022-12-16"]),
    ("adesioni", {"alla_data": "2022-12-15", "organizzazione": "dial-funghi"}, []),
    ("marchi", {"autorita": "pat-acs"}, ["family_audit", "family_in_trentino"]),
    ("marchi", {"autorita": "unione-presolana"}, []),
    ("certificazioni", {"organizzazione": "cs4", "marchio": "family_audit"}, ["-"]),
    ("certificazioni", {"organizzazione": "cs4", "marchio": "family_in_trentino"}, []),
    ("certificazioni", {"organizzazione": "cs4", "distretto": CODICE, "alla_data": "2025-01-01"}, ["-"]),
    ("certificazioni", {"distretto": "df-val-di-non"}, []),
    ("schemi-classificazione", {"sort": "-codice"}, ["distretti-2025", "comuni-2023"]),
    ("voci-classificazione", {"schema": "distretti-2025", "testo": "a0206"}, ["A0206"]),
    ("atti", {"tipo": "determinazione"}, ["determinazione-6607-2025"]),
    ("atti", {"anno": "2025", "distretto": CODICE, "tipo": "determinazione"}, ["determinazione-6607-2025"]),
    ("atti", {"distretto": "df-val-di-non"}, []),
    ("programmi", {"tipo": "family_audit", "alla_data": "2025-12-31"}, ["2025"]),
    ("programmi", {"alla_data": "2026-01-01"}, []),
    ("programmi", {"organizzazione": "cs4", "testo": "imprenditoria femminile"}, ["2025"]),
    ("programmi", {"organizzazione": "dial-funghi"}, []),
    ("progettualita", {"classificazione": "distretti-2025:E0310"}, ["2"]),
    ("progettualita", {"distretto": CODICE, "anno": "2025", "testo": "imprenditoria"}, ["2"]),
    ("progettualita", {"testo": "pari OPPORTUNITA imprenditoria"}, ["2"]),
    ("progettualita", {"tipo": "territoriale"}, []),
    ("progettualita", {"stato": "bozza"}, []),
    ("progettualita", {"alla_data": "2024-12-31"}, []),
    ("indicatori", {"tipo": "obbligatoria", "anno": "2025"}, [f"obb.{n}" for n in range(1, 10)]),
    ("indicatori", {"stato": "bozza"}, []),
    ("indicatori", {"distretto": "df-val-di-non"}, []),
]


@pytest.mark.parametrize(("risorsa", "parametri", "attese"), FILTRI)
def test_filtro(risorsa: str, parametri: dict[str, str], attese: list[str]) -> None:
    assert trovate(risorsa, **parametri) == attese


def test_l_organizzazione_referente() -> None:
    numeri = trovate("progettualita", organizzazione="cs4")
    assert numeri
    assert numeri != trovate("progettualita")


def test_un_codice_che_non_e_pubblico_e_come_uno_che_non_c_e() -> None:
    """Altrimenti il filtro direbbe che c'è."""
    Organizzazione.objects.create(codice="nascosta", denominazione="Nascosta")
    for risorsa in ("progettualita", "programmi", "adesioni", "certificazioni", "distretti"):
        problema = leggi(Client(), f"{API}/{risorsa}", atteso=400, organizzazione="nascosta")
        assert problema["errors"][0]["detail"] == "Nessuna organizzazione ha questo codice."


def test_in_quali_programmi_un_atto_e_chiuso_non_si_cerca(bozza: Programma, persone: Persone) -> None:
    """Un atto che un altro distretto cita si legge; che qui fosse in una trasmissione chiusa, no."""
    atto, altro = approvato_al_secondo_giro(bozza, persone), "df-val-di-non"
    assert atto.codice not in trovate("atti")
    programma = Programma.objects.get(anno=2025, distretto__codice=CODICE)
    Programma.objects.filter(pk=programma.pk).update(distretto=Distretto.objects.get(codice=altro))
    AttoCitato.objects.create(programma=programma, atto=atto, ordine=99)
    assert atto.codice in trovate("atti", distretto=altro)
    assert atto.codice not in trovate("atti", distretto=CODICE)


@pytest.mark.parametrize("testo", ["\u200b", "\u00ad\u200b"])
def test_cio_che_non_si_vede_non_e_una_parola(testo: str) -> None:
    """Cercarlo darebbe tutto, come se il parametro non ci fosse."""
    problema = leggi(Client(), f"{API}/distretti", atteso=400, testo=testo)
    assert problema["errors"] == [{"parameter": "testo", "detail": "Non contiene parole da cercare."}]


def test_il_marchio_di_chi_non_e_pubblico_non_si_vede() -> None:
    nascosta = Organizzazione.objects.create(codice="nascosta", denominazione="Nascosta")
    marchio = Certificazione.objects.earliest("pk").marchio
    Certificazione.objects.create(organizzazione=nascosta, marchio=marchio)
    assert len(trovate("certificazioni")) == Certificazione.objects.count() - 1
    Adesione.objects.create(
        distretto_id=Adesione.objects.earliest("pk").distretto_id,
        organizzazione=nascosta,
        dal=date(2024, 1, 1),
    )
    assert len(trovate("certificazioni")) == Certificazione.objects.count()


def test_una_riga_in_vigore_per_un_tratto() -> None:
    riga = Indicatore.objects.obbligatori().filter(programma__anno=2025, ordine=1)
    riga.update(dal=date(2025, 3, 1), al=date(2025, 3, 31))
    giorni = ("2025-02-28", "2025-03-01", "2025-03-31", "2025-04-01")
    c_e = ["obb.1" in trovate("indicatori", alla_data=giorno) for giorno in giorni]
    assert c_e == [False, True, True, False]
    assert trovate("indicatori", alla_data="2024-12-31") == []


@pytest.mark.parametrize("risorsa", ["progettualita", "indicatori"])
def test_le_righe_di_una_bozza_le_vede_chi_la_segue(
    risorsa: str, bozza: Programma, senza_ruolo: Client, persone: Persone, accedi: Callable[..., Client]
) -> None:
    con_progettualita(bozza)
    qui = f"{API}/programmi/{CODICE}/2026"
    singola = {"progettualita": f"{qui}/progettualita/1", "indicatori": f"{qui}/indicatori/1.1"}[risorsa]
    assert trovate(risorsa, senza_ruolo, anno=2026) == []
    leggi(senza_ruolo, singola, atteso=404)
    for chi in (persone.manager, persone.agenzia, persone.auditor):
        assert singola.rpartition("/")[2] in trovate(risorsa, accedi(chi), anno=2026, stato="bozza")
        assert leggi(accedi(chi), singola)["programma"]["anno"] == 2026


@pytest.mark.parametrize("risorsa", RISORSE)
def test_ogni_voce_e_al_suo_indirizzo_con_i_campi_descritti(risorsa: str) -> None:
    """Ciò che l'elenco mostra è anche nella sua pagina, e la descrizione nomina ogni campo."""
    schemi = documento_openapi()["components"]["schemas"]
    voci = leggi(Client(), f"{API}/{risorsa}", limit=3)["items"]
    assert voci
    for voce in voci:
        intera = leggi(Client(), voce["href"])
        assert {chiave: intera[chiave] for chiave in voce} == voce
        assert any(set(schema.get("properties", ())) == set(voce) for schema in schemi.values())
        assert any(set(schema.get("properties", ())) == set(intera) for schema in schemi.values())


@pytest.mark.parametrize(
    "indirizzo",
    [
        "adesioni/dfa-alta-valsugana/cs4/2022-07-16",
        "adesioni/dfa-alta-valsugana/cs4/ieri",
        "adesioni/dfa-alta-valsugana/cs4/-",
        "certificazioni/cs4/pat-acs/family_audit/2022-01-01",
        "certificazioni/cs4/pat-acs/family_audit/x",
        "marchi/unione-presolana/family_audit",
        "voci-classificazione/comuni-2023/A0206",
        "atti/nessuno",
        "programmi/dfa-alta-valsugana/2025/progettualita/99",
        "programmi/dfa-alta-valsugana/2025/progettualita/99999999999999999999",
        "programmi/dfa-alta-valsugana/2025/indicatori/obb.99",
        "programmi/dfa-alta-valsugana/2025/indicatori/1.99999",
        "programmi/dfa-alta-valsugana/2025/indicatori/P1",
    ],
)
def test_cio_che_non_c_e(indirizzo: str) -> None:
    leggi(Client(), f"{API}/{indirizzo}", atteso=404)

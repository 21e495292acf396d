"""Gli elenchi che l'atto chiede: pagina, foglio di calcolo, PDF; solo per chi segue il programma."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from distretti.models import Utente
from programmi.models import Programma
from tests.conftest import Persone
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.elenchi.modello import elenco_di
from valutazione.letture import valutazione_di
from valutazione.models.evidenza import CAMPI_PROGETTO

pytestmark = pytest.mark.django_db


@pytest.fixture
def incontri(registra: Registra) -> None:
    intero = {"argomento": "=1+1", "persone": ["Una", "Altra"], "presenze": ["manager"]}
    registra(righe=["obb.2", "obb.3"], data="2025-03-12", **intero)
    registra(righe=["obb.2"], data="2025-02-01", argomento="Senza persone")
    registra(righe=["obb.2"], data="2025-05-01", pianificata=True, **intero)


def test_l_elenco_dice_che_cosa_conta_e_che_cosa_no(incontri: None, programma: Programma) -> None:
    elenco = elenco_di(valutazione_di(programma), "obb.2")
    assert [titolo for _, titolo in elenco.colonne] == ["Data", "Argomento trattato", "Persone coinvolte"]
    assert [(parte.titolo, len(parte.voci)) for parte in elenco.parti] == [
        ("Contano", 1),
        ("Non contano", 1),
        ("Non ancora avvenute", 1),
    ]
    conta, non_conta = elenco.parti[0].voci[0], elenco.parti[1].voci[0]
    assert [testo for _, testo in conta.celle] == ["12 marzo 2025", "=1+1", "Una, Altra"]
    assert "persone" in non_conta.esito


def test_obb_3_chiede_anche_le_organizzazioni_e_obb_5_il_progetto(
    incontri: None, programma: Programma
) -> None:
    valutazione = valutazione_di(programma)
    colonne = {chiave for chiave, _ in elenco_di(valutazione, "obb.3").colonne}
    assert {"data", "argomento", "persone", "organizzazioni"} <= colonne
    assert {"argomento", "organizzazioni"} <= {c for c, _ in elenco_di(valutazione, "obb.5").colonne}
    for codice in valutazione.scheda.righe:
        assert elenco_di(valutazione, codice).colonne[0] == ("data", "Data")


def test_i_progetti_fuori_programma_con_i_campi_dell_atto(
    registra: Registra, programma: Programma, manager: Client
) -> None:
    campi = {nome: f"testo {nome}" for nome in CAMPI_PROGETTO} | {"indicatori_testo": ["uno", "due"]}
    registra("progetto_fuori_programma", ["obb.4"], progetto=campi)
    elenco = elenco_di(valutazione_di(programma), "obb.4")
    celle = dict(elenco.parti[0].voci[0].celle)
    assert celle["Obiettivo generale"] == "testo obiettivo_generale"
    assert celle["Indicatori di valutazione"] == "uno\ndue"
    pagina = manager.get(indirizzo("elenco", programma, "obb.4")).content.decode()
    for etichetta in CAMPI_PROGETTO.values():
        assert etichetta in pagina


def test_nel_foglio_di_calcolo_una_formula_resta_un_testo(
    incontri: None, programma: Programma, manager: Client
) -> None:
    risposta = manager.get(indirizzo("elenco-xlsx", programma, "obb.2"))
    assert 'filename="elenco-dfa-alta-valsugana-2025-obb.2.xlsx"' in risposta["Content-Disposition"]
    righe = list(load_workbook(BytesIO(risposta.content))["Elenco"].iter_rows())
    assert [c.value for c in righe[0]] == [
        "Data",
        "Argomento trattato",
        "Persone coinvolte",
        "Conta",
        "Esito",
    ]
    assert (righe[1][1].value, righe[1][1].data_type) == ("=1+1", "s")
    assert [riga[3].value for riga in righe[1:]] == ["sì", "no", "no"]
    assert [riga[0].is_date for riga in righe[1:]] == [True, True, True]  # put in order, they are days


def test_il_pdf_si_scarica(incontri: None, programma: Programma, manager: Client) -> None:
    risposta = manager.get(indirizzo("elenco-pdf", programma, "obb.2"))
    assert risposta.content.startswith(b"%PDF-")
    assert risposta["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("nome", ["elenco", "elenco-xlsx", "elenco-pdf"])
def test_li_legge_chi_segue_il_programma(
    accedi: Callable[[Utente], Client], persone: Persone, programma: Programma, bozza: Programma, nome: str
) -> None:
    dove = indirizzo(nome, programma, "obb.2")
    assert accedi(persone.auditor).get(indirizzo("elenco", programma, "obb.2")).status_code == 200
    for chi in (persone.estraneo, persone.manager_altro, persone.manager_scaduto):
        assert accedi(chi).get(dove).status_code == 403
    assert accedi(persone.estraneo).get(indirizzo(nome, bozza, "obb.2")).status_code == 404
    assert accedi(persone.manager).get(indirizzo(nome, programma, "obb.99")).status_code == 404
    assert accedi(persone.manager).post(dove).status_code == 405
    assert Client().get(dove).status_code == 302

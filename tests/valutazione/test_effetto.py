"""The percentages shown before saving are those that hold after saving: twenty cases."""

from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from programmi.models import Programma
from programmi.regola import TipoEvidenza
from tests.conftest import Persone
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.effetto import Effetto
from valutazione.kernel import Esito
from valutazione.letture import valutazione_di
from valutazione.models import Evidenza
from valutazione.services import crea_evidenza

pytestmark = pytest.mark.django_db

BASE = {"data": "2025-05-20", "titolo": "Prova", "argomento": "Argomento", "persone": "Una persona"}
MANAGER = {"presenze": ["manager"]}
PED = {"misura-obb-7": ["piano editoriale digitale"]}

CASI: list[tuple[str, dict[str, Any], list[str]]] = [
    ("incontro", {}, ["obb.2"]),
    ("incontro", {"argomento": ""}, ["obb.2"]),
    ("incontro", MANAGER, ["obb.2", "obb.3"]),
    ("incontro", {}, ["obb.3"]),
    ("incontro", MANAGER | {"aderenti": ["asif-chimelli", "cs4"]}, ["obb.5"]),
    ("incontro", MANAGER, ["obb.5"]),
    ("incontro", MANAGER, ["1.1", "3.1"]),
    ("incontro", MANAGER | {"data": "2025-01-01"}, ["1.1"]),
    ("incontro", MANAGER | {"data": "2025-12-31"}, ["1.1"]),
    ("incontro", MANAGER | {"data": "2025-12-31", "pianificata": "on"}, ["1.1"]),
    ("incontro", MANAGER | {"pianificata": "on"}, ["4.1"]),
    ("comunicato_stampa", {}, ["obb.6"]),
    ("comunicato_stampa", {"misura-obb-6": "4"}, ["obb.6"]),
    ("comunicato_stampa", {"misura-obb-6": "9"}, ["obb.6"]),
    ("newsletter", {"misura-obb-8": "1"}, ["obb.8"]),
    ("relazione", {}, ["1.2", "3.2"]),
    ("post", {"misura-1-3": "2"}, ["1.3", "4.2"]),
    ("mail", {}, ["3.3"]),
    ("convenzione", {}, ["7.1"]),
    ("formazione", {"misura-obb-9": "2,5"}, ["obb.9"]),
    ("elenco_aderenti", {}, ["obb.1"]),
]


def percentuali(esito: Esito) -> dict[str, Any]:
    return {codice: riga.valori for codice, riga in esito.righe.items()} | {
        "programma": esito.programma.valori,
        **{azione.codice: azione.valori for azione in esito.azioni},
    }


def prova(client: Client, evidenza: Evidenza, dati: dict[str, Any]) -> tuple[Effetto, Esito]:
    """Preview, then record; what was shown and what holds."""
    nome = indirizzo("evidenza-modifica", evidenza.programma, evidenza.pk)
    dati = dati | {"versione": client.get(nome).context["form"]["versione"].value()}
    anteprima = client.post(nome, dati | {"azione": "anteprima"})
    assert anteprima.status_code == 200, anteprima.context["form"].errors
    effetto = anteprima.context["effetto"]
    assert client.post(nome, dati | {"azione": "registra"}).status_code == 302
    return effetto, valutazione_di(evidenza.programma).esito


@pytest.mark.parametrize(("tipo", "campi", "righe"), CASI)
def test_le_percentuali_mostrate_prima_sono_quelle_di_dopo(
    manager: Client,
    programma: Programma,
    persone: Persone,
    tipo: str,
    campi: dict[str, Any],
    righe: list[str],
) -> None:
    prima = percentuali(valutazione_di(programma).esito)
    evidenza = crea_evidenza(programma=programma, tipo=TipoEvidenza(tipo), utente=persone.manager)
    dati = BASE | campi | {"riga-" + riga.replace(".", "-"): "on" for riga in righe}
    effetto, esito = prova(manager, evidenza, dati)
    dopo = percentuali(esito)
    assert percentuali(effetto.esito) == dopo
    cambiate = {nome for nome in dopo if nome in esito.righe and dopo[nome] != prima[nome]}
    assert cambiate <= set(righe)


def test_il_caso_base_dice_quanto(manager: Client, programma: Programma, persone: Persone) -> None:
    evidenza = crea_evidenza(programma=programma, tipo=TipoEvidenza.COMUNICATO_STAMPA, utente=persone.manager)
    nome = indirizzo("evidenza-modifica", programma, evidenza.pk)
    dati = BASE | {"riga-obb-6": "on", "misura-obb-6": "2", "azione": "anteprima"}
    pagina = manager.post(nome, dati).content.decode()
    assert "0,00%" in pagina
    assert "50,00%" in pagina
    evidenza.refresh_from_db()
    assert evidenza.imputazioni.count() == 0
    assert evidenza.in_bozza


def test_dice_perche_non_conterebbe(manager: Client, programma: Programma, persone: Persone) -> None:
    evidenza = crea_evidenza(programma=programma, tipo=TipoEvidenza.INCONTRO, utente=persone.manager)
    nome = indirizzo("evidenza-modifica", programma, evidenza.pk)
    pagina = manager.post(nome, BASE | {"riga-obb-3": "on", "azione": "anteprima"}).content.decode()
    assert "Riga obb.3: non conta" in pagina
    assert "presenza" in pagina


def test_cambiare_una_registrata_mostra_l_effetto_giusto(manager: Client, registra: Registra) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"], misure={"obb.6": {"unita": 3}})
    dati = BASE | {"riga-obb-6": "on", "misura-obb-6": "1"}
    effetto, esito = prova(manager, evidenza, dati)
    assert percentuali(effetto.esito) == percentuali(esito)
    assert [(v.prima, v.dopo) for v in effetto.voci if v.nome.startswith("obb.6")] == [
        (Fraction(75), Fraction(25))
    ]


def test_con_htmx_arriva_solo_il_riquadro(manager: Client, programma: Programma, persone: Persone) -> None:
    evidenza = crea_evidenza(programma=programma, tipo=TipoEvidenza.COMUNICATO_STAMPA, utente=persone.manager)
    nome = indirizzo("evidenza-modifica", programma, evidenza.pk)
    dati = BASE | {"riga-obb-6": "on", "azione": "anteprima"}
    risposta = manager.post(nome, dati, headers={"HX-Request": "true"})
    assert "25,00%" in risposta.content.decode()
    assert "<html" not in risposta.content.decode()
    evidenza.refresh_from_db()
    assert evidenza.dati_modulo is not None
    assert evidenza.dati_modulo["titolo"] == ["Prova"]

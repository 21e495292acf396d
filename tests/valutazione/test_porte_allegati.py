"""Nessuno vede gli allegati di un altro distretto, da nessuna porta: la tavola è qui, una porta per riga."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from distretti.models import Utente
from programmi.models import Programma
from tests.conftest import Persone
from tests.valutazione.conftest import Registra, indirizzo
from tests.valutazione.test_allegati import carica, foto
from valutazione.letture import valutazione_di
from valutazione.models import Allegato, Evidenza
from valutazione.relazione.dati import dati_allegati

pytestmark = pytest.mark.django_db

NOME = "foglio firme riservato.jpg"


@pytest.fixture
def allegato(registra: Registra, manager: Client) -> Allegato:
    evidenza = registra("incontro", righe=["obb.2"])
    carica(manager, evidenza, foto(NOME))
    return evidenza.allegati.get()


Entra = Callable[[Utente], Client]


def contenuto_di(risposta: Any) -> bytes:
    return b"".join(risposta) if risposta.streaming else bytes(risposta.content)


def test_il_suo_indirizzo_e_solo_di_chi_segue_il_programma(
    accedi: Entra, persone: Persone, client: Client, allegato: Allegato
) -> None:
    evidenza = allegato.evidenza
    suo = indirizzo("allegato", evidenza.programma, evidenza.pk, allegato.pk)
    assert client.get(suo).status_code == 302
    for chi in ("manager_altro", "manager_scaduto", "estraneo"):
        for metodo in ("get", "head", "post"):
            assert getattr(accedi(getattr(persone, chi)), metodo)(suo).status_code in (403, 405), (
                chi,
                metodo,
            )


def test_le_chiavi_di_un_altro_posto_non_esistono(
    accedi: Entra, persone: Persone, allegato: Allegato, registra: Registra
) -> None:
    """Through another evidence, another year, another district, its primary key opens nothing."""
    evidenza, altra = allegato.evidenza, registra("mail")
    agenzia = accedi(persone.agenzia)
    codice, anno = evidenza.programma.distretto.codice, evidenza.programma.anno
    tentativi = [
        (codice, anno, altra.pk, allegato.pk),
        (codice, anno, evidenza.pk, allegato.pk + 1000),
        (codice, anno + 1, evidenza.pk, allegato.pk),
        ("distretto-che-non-c-e", anno, evidenza.pk, allegato.pk),
    ]
    for chiavi in tentativi:
        assert agenzia.get(reverse("allegato", args=chiavi)).status_code == 404, chiavi


def test_la_cartella_dei_file_non_ha_un_indirizzo(
    accedi: Entra, persone: Persone, client: Client, allegato: Allegato
) -> None:
    nome = allegato.file.name or ""
    for radice in ("/media/", "/allegati/", "/", "/static/"):
        for chi in (client, accedi(persone.manager)):
            for coda in (nome, Path(nome).name):
                assert chi.get(f"{radice}{coda}").status_code in (302, 404)
    schemi = [str(schema.pattern) for schema in get_resolver().url_patterns]
    assert not [schema for schema in schemi if "media" in schema]


def porte_di(programma: Programma, evidenza: Evidenza) -> Iterator[str]:
    """What speaks of a programme and may be read from outside of it, or carries files of its own."""
    dove = f"/api/v1/programmi/{programma.distretto.codice}/{programma.anno}"
    yield indirizzo("programma", programma)
    yield from (dove, f"{dove}/scheda", f"{dove}/valutazione", f"{dove}/procedura", f"{dove}/versioni")
    yield from (indirizzo("versioni", programma), indirizzo("evidenza", programma, evidenza.pk))
    yield from (
        indirizzo(nome, programma) for nome in ("evidenze", "perche", "relazione", "storia-programma")
    )
    yield indirizzo("storia-evidenza", programma, evidenza.pk)
    yield indirizzo("evidenza-modifica", programma, evidenza.pk)
    yield indirizzo("verifica", programma)


def test_nessuna_porta_ne_dice_il_nome_o_l_impronta_a_chi_e_fuori(
    accedi: Entra, persone: Persone, client: Client, allegato: Allegato
) -> None:
    segreti = [NOME, allegato.sha256, allegato.sha256_originale, allegato.file.name or ""]
    for chi in (client, accedi(persone.manager_altro), accedi(persone.estraneo)):
        for porta in porte_di(allegato.evidenza.programma, allegato.evidenza):
            detto = contenuto_di(chi.get(porta)).decode("utf-8", "replace")
            assert [segreto for segreto in segreti if segreto in detto] == [], porta


def test_neanche_i_dati_dentro_la_relazione_lo_portano_con_se(allegato: Allegato) -> None:
    """The report carries the data it was made from: in them the files of an evidence are a number."""
    scheda = valutazione_di(allegato.evidenza.programma).scheda
    with allegato.file.open() as tenuto:
        contenuto = tenuto.read()
    for file in dati_allegati(scheda, date(2026, 1, 10)).file:
        for segreto in (NOME.encode(), allegato.sha256.encode(), contenuto):
            assert segreto not in file.contenuto, file.nome


def test_chi_e_fuori_non_scrive_sugli_allegati(accedi: Entra, persone: Persone, allegato: Allegato) -> None:
    evidenza = allegato.evidenza
    modifica = indirizzo("evidenza-modifica", evidenza.programma, evidenza.pk)
    for chi in ("manager_altro", "estraneo", "agenzia", "coordinatore"):
        for azione in ("carica", f"togli-{allegato.pk}", f"impersonali-{allegato.pk}"):
            corpo = {"azione": azione, "file": [foto("altro.jpg", "red")]}
            assert accedi(getattr(persone, chi)).post(modifica, corpo).status_code == 403, (chi, azione)
    allegato.refresh_from_db()
    assert (evidenza.allegati.count(), allegato.dati_personali) == (1, True)
    assert [a.nome for a in Allegato.objects.all()] == [NOME]

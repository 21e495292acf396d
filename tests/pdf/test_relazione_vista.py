"""The report on the page: who gets it, who does not, and what happens without the libraries."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from distretti.models import Installazione, Utente
from programmi.models import ModelloAnnuale, Programma
from tests.conftest import Persone
from tests.pdf.lettura import pagine
from tests.pdf.test_motore import senza_weasyprint

Accedi = Callable[[Utente], Client]


def indirizzo(programma: Programma) -> str:
    return reverse("relazione", args=[programma.distretto.codice, programma.anno])


@pytest.mark.parametrize("chi", ["manager", "dirigente"])
def test_chi_segue_il_programma_la_scarica(
    chi: str, persone: Persone, programma: Programma, accedi: Accedi
) -> None:
    risposta = accedi(getattr(persone, chi)).get(indirizzo(programma))
    assert risposta.status_code == 200
    assert risposta["Content-Type"] == "application/pdf"
    assert risposta["Content-Disposition"] == (
        'attachment; filename="relazione-valutazione-dfa-alta-valsugana-2025.pdf"'
    )
    assert "no-store" in risposta["Cache-Control"]
    assert "UMSE SVILUPPO E SUPPORTO ALLE POLITICHE DI COESIONE SOCIALE" in pagine(risposta.content)[0]


def test_in_una_dimostrazione_lo_dice_ogni_pagina(
    persone: Persone, programma: Programma, accedi: Accedi
) -> None:
    Installazione.objects.update_or_create(pk=1, defaults={"dimostrazione": True})
    fogli = pagine(accedi(persone.manager).get(indirizzo(programma)).content)
    assert all("DIMOSTRAZIONE – dati inventati" in foglio for foglio in fogli)


@pytest.mark.parametrize("chi", ["manager_altro", "manager_scaduto", "estraneo"])
def test_chi_non_segue_il_programma_no(
    chi: str, persone: Persone, programma: Programma, accedi: Accedi
) -> None:
    assert accedi(getattr(persone, chi)).get(indirizzo(programma)).status_code == 403


def test_un_programma_che_non_si_vede_non_esiste(persone: Persone, bozza: Programma, accedi: Accedi) -> None:
    assert accedi(persone.estraneo).get(indirizzo(bozza)).status_code == 404
    assert accedi(persone.manager).get("/programmi/non-esiste/2025/relazione.pdf").status_code == 404


def test_un_visitatore_deve_accedere(programma: Programma, client: Client) -> None:
    risposta = client.get(indirizzo(programma))
    assert risposta.status_code == 302
    assert risposta["Location"].startswith(reverse("accesso"))


def test_non_si_puo_inviare(persone: Persone, programma: Programma, accedi: Accedi) -> None:
    assert accedi(persone.manager).post(indirizzo(programma)).status_code == 405


def test_senza_pango_il_sito_resta_in_piedi(
    persone: Persone, programma: Programma, accedi: Accedi, monkeypatch: pytest.MonkeyPatch
) -> None:
    senza_weasyprint(monkeypatch)
    risposta = accedi(persone.manager).get(indirizzo(programma))
    assert risposta.status_code == 503
    assert "libpango-1.0-0" in risposta.content.decode()
    assert programma.get_absolute_url() in risposta.content.decode()
    assert accedi(persone.manager).get(programma.get_absolute_url()).status_code == 200


def test_testi_sbagliati_del_modello_si_dicono(
    persone: Persone, programma: Programma, accedi: Accedi
) -> None:
    ModelloAnnuale.objects.update(relazione={"premesse": ["{ignoto}"]})
    risposta = accedi(persone.manager).get(indirizzo(programma), follow=True)
    assert risposta.redirect_chain == [(programma.get_absolute_url(), 302)]
    assert "{ignoto}" in risposta.content.decode()


ESTREMI = {"numero": "7", "data": "2026-01-20", "riferimento": "2026-I090-00001"}


def modulo(programma: Programma) -> str:
    return reverse("relazione-estremi", args=[programma.distretto.codice, programma.anno])


@pytest.mark.parametrize("chi", ["agenzia", "dirigente"])
def test_chi_registra_gli_atti_indica_numero_data_e_riferimento(
    chi: str, persone: Persone, programma: Programma, accedi: Accedi
) -> None:
    client = accedi(getattr(persone, chi))
    assert f'href="{modulo(programma)}"' in client.get(programma.get_absolute_url()).content.decode()
    assert f'action="{indirizzo(programma)}"' in client.get(modulo(programma)).content.decode()
    fogli = pagine(client.get(indirizzo(programma), ESTREMI).content)
    assert "DETERMINAZIONE DEL DIRIGENTE N. 7 DI DATA 20 GENNAIO 2026" in fogli[0]
    assert all("RIFERIMENTO: 2026-I090-00001" in foglio for foglio in fogli)


@pytest.mark.parametrize("chi", ["manager", "verificatore", "auditor", "manager_altro", "estraneo"])
def test_gli_altri_non_li_indicano(chi: str, persone: Persone, programma: Programma, accedi: Accedi) -> None:
    client = accedi(getattr(persone, chi))
    assert client.get(modulo(programma)).status_code == 403
    assert client.get(indirizzo(programma), ESTREMI).status_code == 403
    assert client.get(indirizzo(programma), {"numero": ""}).status_code == 403
    assert modulo(programma) not in client.get(programma.get_absolute_url()).content.decode()


def test_un_programma_che_non_si_vede_non_ha_modulo(
    persone: Persone, bozza: Programma, accedi: Accedi
) -> None:
    client = accedi(persone.estraneo)
    assert client.get(modulo(bozza)).status_code == 404
    assert client.get(indirizzo(bozza), ESTREMI).status_code == 404


@pytest.mark.parametrize(
    ("campo", "valore"),
    [
        ("numero", ""),
        ("numero", "x" * 61),
        ("data", ""),
        ("data", "ieri"),
        ("data", "2999-01-01"),
        ("riferimento", ""),
        ("riferimento", "x" * 61),
    ],
)
def test_estremi_sbagliati_si_spiegano(
    campo: str, valore: str, persone: Persone, programma: Programma, accedi: Accedi
) -> None:
    risposta = accedi(persone.dirigente).get(indirizzo(programma), ESTREMI | {campo: valore})
    assert risposta.status_code == 422
    assert list(risposta.context["form"].errors) == [campo]
    assert "Controlla i dati inseriti" in risposta.content.decode()


def test_un_atto_piu_vecchio_dei_dati_si_spiega(
    persone: Persone, programma: Programma, accedi: Accedi
) -> None:
    risposta = accedi(persone.dirigente).get(indirizzo(programma), ESTREMI | {"data": "2025-06-18"})
    assert risposta.status_code == 422
    assert "è precedente all&#x27;ultima modifica dei dati" in risposta.content.decode()


def test_in_una_dimostrazione_non_c_e_numero(persone: Persone, programma: Programma, accedi: Accedi) -> None:
    Installazione.objects.update_or_create(pk=1, defaults={"dimostrazione": True})
    client = accedi(persone.dirigente)
    pagina = client.get(modulo(programma))
    assert pagina.status_code == 200
    assert 'name="numero"' not in pagina.content.decode()
    rifiuto = client.get(indirizzo(programma), ESTREMI)
    assert rifiuto.status_code == 422
    assert "non porta numero" in rifiuto.content.decode()

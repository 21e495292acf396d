"""Leggere con un token: né più né meno di ciò che legge il suo incarico, e mai di nascosto come tutti."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from distretti.models import Autorita, Distretto, Incarico, Ruolo, TokenLettura, Utente
from distretti.token_lettura import crea_token, crea_token_applicazione, revoca_token
from programmi.models import Programma
from programmi.services import crea_bozza
from tests.api.conftest import API, PROGRAMMA, Pieno, leggi
from tests.conftest import CODICE, Persone

ALTRO = "df-val-di-non"


def porta(segreto: str) -> Client:
    """A program that shows a token."""
    return Client(headers={"authorization": f"Bearer {segreto}"})


def con_token(utente: Utente, incarico: Incarico | None = None) -> Client:
    incarico = incarico or utente.incarichi.get()
    return porta(crea_token(incarico=incarico, nome="Prova", durata=90, utente=utente)[1])


def applicazione(persone: Persone, distretto: Distretto | None) -> Client:
    autorita = Distretto.objects.select_related("autorita").get(codice=CODICE).autorita
    return porta(
        crea_token_applicazione(
            autorita=autorita,
            distretto=distretto,
            applicazione="Portale",
            nome="Prova",
            durata=90,
            utente=persone.amministratore,
        )[1]
    )


def rifiutato(risposta: Any) -> None:
    assert risposta.status_code == 401
    assert risposta["Content-Type"] == "application/problem+json"
    assert risposta["WWW-Authenticate"].startswith('Bearer realm="distretti", error="invalid_token"')
    assert risposta.json()["detail"].startswith("L'intestazione Authorization non porta")


@pytest.mark.parametrize("chi", ["manager", "coordinatore", "agenzia", "auditor"])
def test_con_un_token_si_legge_cio_che_legge_l_incarico(
    programma_pieno: Pieno, bozza: Programma, persone: Persone, accedi: Callable[..., Client], chi: str
) -> None:
    utente = getattr(persone, chi)
    lettore, persona = con_token(utente), accedi(utente)
    for coda in ("/valutazione", "/scheda", ""):
        assert leggi(lettore, PROGRAMMA + coda) == leggi(persona, PROGRAMMA + coda)
    assert leggi(lettore, f"{API}/programmi") == leggi(persona, f"{API}/programmi")
    risposta = lettore.get(f"{PROGRAMMA}/valutazione")
    assert "no-store" in risposta["Cache-Control"]
    assert "private" in risposta["Cache-Control"]


def test_un_token_di_un_distretto_non_ne_apre_un_altro(persone: Persone, programma_pieno: Pieno) -> None:
    crea_bozza(distretto=Distretto.objects.get(codice=ALTRO), anno=2026)
    lettore = con_token(persone.manager)
    leggi(lettore, f"{API}/programmi/{ALTRO}/2026", atteso=404)
    leggi(lettore, f"{PROGRAMMA}/valutazione")
    lettore = con_token(persone.manager_altro)
    leggi(lettore, f"{API}/programmi/{ALTRO}/2026")
    dati = leggi(lettore, f"{PROGRAMMA}/valutazione", atteso=403)
    assert dati["title"] == "Accesso negato"


def test_un_token_presta_un_solo_incarico_di_chi_ne_ha_due(persone: Persone, bozza: Programma) -> None:
    """Nemmeno se la persona, con l'altro, vedrebbe tutto."""
    crea_bozza(distretto=Distretto.objects.get(codice=ALTRO), anno=2026)
    solo = persone.manager.incarichi.get()
    Incarico.objects.create(
        utente=persone.manager,
        ruolo=Ruolo.AUDITOR,
        autorita=bozza.distretto.autorita,
        dal=date(2022, 1, 1),
    )
    lettore = con_token(persone.manager, solo)
    leggi(lettore, f"{API}/programmi/{CODICE}/2026")
    leggi(lettore, f"{API}/programmi/{ALTRO}/2026", atteso=404)
    visti = {voce["distretto"]["codice"] for voce in leggi(lettore, f"{API}/programmi?anno=2026")["items"]}
    assert visti == {CODICE}


def test_le_applicazioni_leggono_il_loro_ambito(persone: Persone, programma_pieno: Pieno) -> None:
    crea_bozza(distretto=Distretto.objects.get(codice=ALTRO), anno=2026)
    del_distretto = applicazione(persone, programma_pieno.programma.distretto)
    leggi(del_distretto, f"{PROGRAMMA}/valutazione")
    leggi(del_distretto, f"{API}/programmi/{ALTRO}/2026", atteso=404)
    dell_autorita = applicazione(persone, None)
    leggi(dell_autorita, f"{PROGRAMMA}/valutazione")
    leggi(dell_autorita, f"{API}/programmi/{ALTRO}/2026")


def test_un_altra_autorita_non_si_apre(persone: Persone, programma_pieno: Pieno) -> None:
    altra = Autorita.objects.create(codice="altra", denominazione="Altra")
    distretto = Distretto.objects.create(
        codice="suo", denominazione="Suo", tipo="territoriale", autorita=altra
    )
    Programma.objects.create(
        distretto=distretto, anno=2026, dal=date(2026, 1, 1), al=date(2026, 12, 31), titolo="Suo"
    )
    leggi(con_token(persone.auditor), f"{API}/programmi/suo/2026", atteso=404)


def test_finito_l_incarico_il_token_e_rifiutato(persone: Persone, programma: Programma) -> None:
    lettore = con_token(persone.manager)
    persone.manager.incarichi.update(al=timezone.localdate())
    leggi(lettore, f"{PROGRAMMA}/valutazione")
    persone.manager.incarichi.update(al=timezone.localdate() - timedelta(days=1))
    rifiutato(lettore.get(f"{PROGRAMMA}/valutazione"))
    rifiutato(lettore.get(f"{API}/distretti"))


def test_scaduto_o_revocato_e_rifiutato_anche_dove_e_pubblico(persone: Persone) -> None:
    lettore = con_token(persone.manager)
    leggi(lettore, f"{API}/distretti")
    TokenLettura.objects.update(creato_alle=timezone.now() - timedelta(days=91))
    rifiutato(lettore.get(f"{API}/distretti"))
    lettore = con_token(persone.agenzia)
    revoca_token(token=TokenLettura.objects.latest("pk"), utente=persone.agenzia)
    rifiutato(lettore.get(f"{API}/distretti"))


@pytest.mark.parametrize(
    "intestazione",
    [
        "Bearer",
        "Bearer ",
        "Bearer a b",
        "Bearer dst_x",
        "Bearer dst_" + "a" * 43,
        "Basic YTpi",
        "Token x",
        "è",
    ],
)
def test_credenziali_che_non_valgono_si_rifiutano_e_non_si_ignorano(db: None, intestazione: str) -> None:
    client = Client(headers={"authorization": intestazione})
    rifiutato(client.get(f"{API}/distretti"))
    assert client.post(f"{API}/distretti").status_code == 405


def test_senza_credenziali_una_risorsa_riservata_le_chiede(programma: Programma) -> None:
    risposta = Client().get(f"{PROGRAMMA}/valutazione")
    assert risposta.status_code == 401
    assert risposta["WWW-Authenticate"] == 'Bearer realm="distretti"'


def test_il_token_vale_piu_della_sessione(
    persone: Persone, accedi: Callable[..., Client], programma: Programma
) -> None:
    client = accedi(persone.manager)
    altrui = crea_token(
        incarico=persone.manager_altro.incarichi.get(), nome="x", durata=30, utente=persone.manager_altro
    )[1]
    leggi(client, f"{PROGRAMMA}/valutazione")
    risposta = client.get(f"{PROGRAMMA}/valutazione", headers={"authorization": f"Bearer {altrui}"})
    assert risposta.status_code == 403


@pytest.mark.parametrize("nome", ["access_token", "token", "api_key"])
def test_un_token_nell_indirizzo_e_un_parametro_sconosciuto(persone: Persone, nome: str) -> None:
    segreto = crea_token(
        incarico=persone.manager.incarichi.get(), nome="x", durata=30, utente=persone.manager
    )[1]
    dati = leggi(Client(), f"{API}/distretti", atteso=400, **{nome: segreto})
    assert dati["errors"][0]["parameter"] == nome
    assert segreto not in str(dati)


@pytest.mark.parametrize("metodo", ["post", "put", "patch", "delete"])
def test_un_token_non_scrive(persone: Persone, metodo: str) -> None:
    risposta = getattr(con_token(persone.manager), metodo)(f"{PROGRAMMA}/scheda")
    assert risposta.status_code == 405


def test_un_token_non_apre_le_pagine(persone: Persone, programma: Programma) -> None:
    lettore = con_token(persone.manager)
    for nome in ("scrivania", "token"):
        assert lettore.get(reverse(nome))["Location"].startswith(reverse("accesso"))
    pagina = lettore.get(reverse("perche", args=[CODICE, 2025]))
    assert pagina["Location"].startswith(reverse("accesso"))


def test_il_segreto_non_va_nei_registri(
    persone: Persone, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from valutazione.api import radice

    def guasto() -> None:
        raise RuntimeError

    segreto = crea_token(
        incarico=persone.manager.incarichi.get(), nome="x", durata=30, utente=persone.manager
    )[1]
    monkeypatch.setattr(radice, "schema_json", guasto)
    client = Client(raise_request_exception=False, headers={"authorization": f"Bearer {segreto}"})
    with caplog.at_level("DEBUG"):
        assert client.get(f"{API}/schema/scheda-programma").status_code == 500
    assert segreto not in caplog.text

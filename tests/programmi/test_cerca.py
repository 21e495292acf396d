"""La pagina di ricerca: che cosa trova, per chi, e come lo dice."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from distretti.basi.evidenziazione import estratto, tratti
from distretti.models import AliasOrganizzazione, Distretto, Organizzazione, Utente
from programmi.models import Progettualita, Programma
from tests.conftest import Persone

pytestmark = pytest.mark.django_db

CERCA = "/cerca/"


def chiedi(client: Client, **domanda: str) -> Any:
    return client.get(reverse("cerca"), domanda)


def titoli(risposta: Any, codice: str) -> list[str]:
    gruppo = next(g for g in risposta.context["gruppi"] if g.gruppo.codice == codice)
    return [risultato.titolo for risultato in gruppo.risultati]


@pytest.mark.parametrize("q", ["societa", "SOCIETÀ", "società"])
def test_accenti_e_maiuscole_non_contano(client: Client, q: str) -> None:
    Organizzazione.objects.create(codice="una", denominazione="Una SÒCIETÀ")
    assert "Una SÒCIETÀ" in titoli(chiedi(client, q=q), "organizzazioni")


def test_trova_di_ogni_genere_e_segna_le_parole(client: Client, programma: Programma) -> None:
    Progettualita.objects.filter(programma=programma, numero=1).update(
        obiettivo_generale="Una <b>vàlsugana</b> solidale"
    )
    risposta = chiedi(client, q="valsugana")
    pagina = risposta.content.decode()
    assert titoli(risposta, "distretti")
    assert titoli(risposta, "organizzazioni")
    assert "&lt;b&gt;<mark>vàlsugana</mark>&lt;/b&gt;" in pagina
    totale = risposta.context["totale"]
    assert f"<h1>{totale} risultati per «valsugana»</h1>" in pagina
    assert f"<title>{totale} risultati per «valsugana» – Distretti famiglia</title>" in pagina


def test_un_alias_si_mostra_quando_e_lui_che_contiene_la_parola(client: Client) -> None:
    una = Organizzazione.objects.get(codice="asif-chimelli")
    AliasOrganizzazione.objects.create(organizzazione=una, ordine=90, testo="L’Àncora")
    risposta = chiedi(client, q="ancora")
    assert titoli(risposta, "organizzazioni") == [una.denominazione]
    assert "L’<mark>Àncora</mark>" in risposta.content.decode()


def test_una_bozza_si_trova_solo_da_chi_la_segue(
    persone: Persone, bozza: Programma, accedi: Callable[[Utente], Client]
) -> None:
    Progettualita.objects.create(programma=bozza, numero=1, titolo="Orto segretissimo")
    assert titoli(chiedi(accedi(persone.manager), q="segretissimo"), "progettualita") == ["Orto segretissimo"]
    assert "Bozza" in chiedi(accedi(persone.agenzia), q="segretissimo").content.decode().replace(
        "bozza", "Bozza"
    )
    for chi in (persone.manager_altro, persone.manager_scaduto, persone.estraneo):
        assert titoli(chiedi(accedi(chi), q="segretissimo"), "progettualita") == []
    pagina = chiedi(Client(), q="segretissimo").content.decode()
    assert "Orto" not in pagina
    assert "Nessun risultato" in pagina


def test_un_genere_solo_a_pagine(client: Client) -> None:
    Organizzazione.objects.bulk_create(
        Organizzazione(codice=f"coro-{n}", denominazione=f"Coro {n:02}") for n in range(30)
    )
    tutto = chiedi(client, q="coro")
    assert len(titoli(tutto, "organizzazioni")) == 5
    assert "Tutti i risultati tra le organizzazioni (30)" in tutto.content.decode()
    prima, seconda = (chiedi(client, q="coro", tra="organizzazioni", page=p) for p in ("1", "2"))
    assert titoli(prima, "organizzazioni") == [f"Coro {n:02}" for n in range(25)]
    assert titoli(seconda, "organizzazioni") == [f"Coro {n:02}" for n in range(25, 30)]
    assert "<h1>30 organizzazioni per «coro»</h1>" in seconda.content.decode()


@pytest.mark.parametrize("q", ["50%", "a_b", "\\", "'; --", '"'])
def test_i_segni_valgono_se_stessi(client: Client, q: str) -> None:
    Organizzazione.objects.create(codice="falsa", denominazione="Sconto 500 axb")
    risposta = chiedi(client, q=f"{q} ")
    assert risposta.status_code == (422 if len(q) < 2 else 200)
    if risposta.status_code == 200:
        assert titoli(risposta, "organizzazioni") == []


@pytest.mark.parametrize(
    ("q", "messaggio"),
    [
        ("x" * 101, "al massimo 100 caratteri"),
        ("ciao\0", "I caratteri null non sono ammessi."),
        ("a", "Scrivi almeno 2 caratteri."),
    ],
)
def test_una_domanda_impossibile_si_spiega(client: Client, q: str, messaggio: str) -> None:
    risposta = chiedi(client, q=q)
    assert risposta.status_code == 422
    assert messaggio in risposta.content.decode()


def test_un_genere_che_non_esiste_si_spiega(client: Client) -> None:
    assert chiedi(client, q="valsugana", tra="marziani").status_code == 422


def test_senza_domanda_c_e_il_modulo(client: Client) -> None:
    for indirizzo in (CERCA, CERCA + "?q=", CERCA + "?q=%20%20"):
        risposta = client.get(indirizzo)
        assert risposta.status_code == 200
        assert "Che cosa cerchi" in risposta.content.decode()


def test_si_cerca_dalla_testata_e_dalla_pagina_iniziale(client: Client) -> None:
    assert 'id="cerca-nel-sito"' in client.get(reverse("distretti")).content.decode()
    assert 'action="/cerca/"' in client.get(reverse("inizio")).content.decode()


def test_gli_elenchi_perdonano_gli_accenti(client: Client, programma: Programma) -> None:
    Distretto.objects.filter(pk=programma.distretto_id).update(capofila="Comunità di prova")
    trovati = client.get(reverse("distretti"), {"q": "COMUNITA prova"})
    assert [d.pk for d in trovati.context["pagina"]] == [programma.distretto_id]
    for q, trova in (("comunita", True), ("gas", True), ("inesistente", False)):
        pagina = client.get(reverse("programmi"), {"q": q}).context["pagina"]
        assert (programma in pagina.object_list) is trova


@pytest.mark.parametrize(
    ("testo", "parole", "segnati"),
    [
        ("Città e città", ["citta"], ["Città", "città"]),
        ("Straße", ["ss"], ["ß"]),
        ("cita\u0300", ["cita"], ["cita\u0300"]),
        ("aaa", ["aa", "a"], ["aaa"]),
        ("niente", ["altro"], []),
        ("", ["altro"], []),
    ],
)
def test_tratti(testo: str, parole: list[str], segnati: list[str]) -> None:
    pezzi = tratti(testo, parole)
    assert [pezzo for pezzo, trovato in pezzi if trovato] == segnati
    assert "".join(pezzo for pezzo, _ in pezzi) == testo


def test_estratto() -> None:
    testo = "parola " * 60 + "la città " + "seguito " * 60
    preso = estratto(testo, ["citta"])
    assert preso.startswith("… parola")
    assert preso.endswith("seguito …")
    assert "la città" in preso
    assert len(preso) <= 184
    assert estratto(testo, ["manca"]) == ""
    assert estratto("Breve\n città", ["citta"]) == "Breve città"
    assert "x" * 300 in estratto("x" * 300 + " y", ["x" * 300])

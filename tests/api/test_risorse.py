"""Le singole risorse: campo per campo, sui dati veri del programma 2025."""

from collections.abc import Callable
from datetime import date
from typing import Any
from unittest import mock

import pytest
from django.test import Client

from distretti.models import Adesione, Certificazione, Distretto, Installazione, Marchio, Organizzazione
from programmi.models import Progettualita, Programma
from tests.api.conftest import API, PROGRAMMA, Pieno, conta_query, leggi, registra
from tests.conftest import CODICE, Persone

pytestmark = pytest.mark.django_db
SITO = f"http://testserver{API}"


def test_radice() -> None:
    dati = leggi(Client(), f"{API}/")
    assert dati == {
        "titolo": "Distretti: i programmi annuali dei Distretti famiglia",
        "versione": "1.0.0",
        "dimostrazione": False,
        "link": {
            "autorita": f"{SITO}/autorita",
            "distretti": f"{SITO}/distretti",
            "organizzazioni": f"{SITO}/organizzazioni",
            "adesioni": f"{SITO}/adesioni",
            "marchi": f"{SITO}/marchi",
            "certificazioni": f"{SITO}/certificazioni",
            "schemi_classificazione": f"{SITO}/schemi-classificazione",
            "voci_classificazione": f"{SITO}/voci-classificazione",
            "atti": f"{SITO}/atti",
            "programmi": f"{SITO}/programmi",
            "progettualita": f"{SITO}/progettualita",
            "indicatori": f"{SITO}/indicatori",
            "risultati": f"{SITO}/risultati",
            "schema_scheda_programma": f"{SITO}/schema/scheda-programma",
            "openapi": f"{SITO}/openapi.json",
            "documentazione": f"{SITO}/documentazione",
            "stato_del_servizio": f"{SITO}/status",
        },
    }
    for nome, indirizzo in dati["link"].items():
        if nome in ("documentazione", "stato_del_servizio"):  # a page, and a problem document that is none
            assert Client().get(indirizzo).status_code == 200
        else:
            leggi(Client(), indirizzo)


def test_la_radice_dice_se_i_dati_sono_inventati() -> None:
    Installazione.objects.update_or_create(pk=1, defaults={"dimostrazione": True})
    assert leggi(Client(), f"{API}/")["dimostrazione"] is True


def test_distretto() -> None:
    dati = leggi(Client(), f"{API}/distretti/{CODICE}", alla_data="2025-03-31")
    aderenti = dati.pop("aderenti")
    dichiarati = dati.pop("dati_dichiarati")
    assert dati == {
        "codice": CODICE,
        "denominazione": "Distretto Family Audit Alta Valsugana",
        "tipo": "family_audit",
        "stato": "attivo",
        "autorita": "pat-acs",
        "anno_nascita": 2022,
        "capofila": Distretto.objects.get(codice=CODICE).capofila,
        "modificato_alle": mock.ANY,
        "href": f"{SITO}/distretti/{CODICE}",
        "alla_data": "2025-03-31",
        "programmi": [{"anno": 2025, "href": f"{SITO}/programmi/{CODICE}/2025"}],
    }
    assert len(aderenti) == 6
    assert aderenti[1] == {
        "organizzazione": {
            "codice": "comune-di-pergine-valsugana",
            "denominazione": "COMUNE DI PERGINE VALSUGANA",
            "href": f"{SITO}/organizzazioni/comune-di-pergine-valsugana",
        },
        "dal": "2022-07-15",
        "al": None,
        "marchi": ["family_audit", "family_in_trentino"],
    }
    assert all(set(d) == {"voce", "valore", "almeno", "al", "fonte"} for d in dichiarati)


def test_aderenti_e_marchi_a_una_data() -> None:
    dial = Organizzazione.objects.get(codice="dial-funghi")
    Certificazione.objects.filter(organizzazione=dial).update(
        dal=date(2023, 1, 1), al=date(2024, 12, 31), revocata_il=None
    )

    def marchi(giorno: str) -> dict[str, list[str]]:
        dati = leggi(Client(), f"{API}/distretti/{CODICE}", alla_data=giorno)
        return {voce["organizzazione"]["codice"]: voce["marchi"] for voce in dati["aderenti"]}

    assert "dial-funghi" not in marchi("2022-12-15")
    assert marchi("2022-12-31")["dial-funghi"] == []
    assert marchi("2024-12-31")["dial-funghi"] == ["family_audit"]
    assert marchi("2025-01-01")["dial-funghi"] == []


def test_i_programmi_del_distretto_sono_quelli_che_si_possono_vedere(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    def anni(client: Client) -> list[int]:
        return [p["anno"] for p in leggi(client, f"{API}/distretti/{CODICE}")["programmi"]]

    assert anni(accedi(persone.manager)) == [2026, 2025]
    assert anni(accedi(persone.manager_altro)) == [2025]
    assert anni(Client()) == [2025]


def test_organizzazione() -> None:
    dati = leggi(Client(), f"{API}/organizzazioni/cs4")
    certificazioni = dati.pop("certificazioni")
    assert dati == {
        "codice": "cs4",
        "denominazione": Organizzazione.objects.get(codice="cs4").denominazione,
        "natura": "privata",
        "alias": list(
            Organizzazione.objects.get(codice="cs4").alias.order_by("ordine").values_list("testo", flat=True)
        ),
        "modificato_alle": mock.ANY,
        "href": f"{SITO}/organizzazioni/cs4",
        "adesioni": [
            {
                "distretto": {
                    "codice": CODICE,
                    "denominazione": "Distretto Family Audit Alta Valsugana",
                    "href": f"{SITO}/distretti/{CODICE}",
                },
                "dal": "2022-07-15",
                "al": None,
            }
        ],
    }
    assert [voce["marchio"] for voce in certificazioni] == ["family_audit"]
    assert set(certificazioni[0]) == {"marchio", "livello", "dal", "al", "revocata_il"}


def test_una_organizzazione_fuori_dal_registro_pubblico_non_si_vede(
    programma_pieno: Pieno, persone: Persone, accedi: Callable[..., Client]
) -> None:
    for client in (Client(), accedi(persone.agenzia)):
        leggi(client, f"{API}/organizzazioni/solo-in-evidenza", atteso=404)
        codici = [voce["codice"] for voce in leggi(client, f"{API}/organizzazioni", limit=100)["items"]]
        assert "solo-in-evidenza" not in codici


def test_il_referente_di_un_programma_approvato_si_vede_quello_di_una_bozza_no(
    programma: Programma, bozza: Programma
) -> None:
    esterna = Organizzazione.objects.create(codice="referente-esterno", denominazione="Referente esterno")
    in_bozza = Progettualita.objects.create(programma=bozza, numero=1, titolo="Prova")
    in_bozza.referenti.create(testo="Referente esterno", organizzazione=esterna)
    leggi(Client(), f"{API}/organizzazioni/referente-esterno", atteso=404)
    approvata = Progettualita.objects.get(programma=programma, numero=1)
    approvata.referenti.create(testo="Referente esterno", organizzazione=esterna, ordine=99)
    assert leggi(Client(), f"{API}/organizzazioni/referente-esterno")["natura"] is None


def test_programma(programma: Programma) -> None:
    dati = leggi(Client(), PROGRAMMA)
    progettualita = dati.pop("progettualita")
    attori = dati.pop("attori")
    atto = dati.pop("atto_di_approvazione")
    canali = dati.pop("canali")
    assert dati == {
        "distretto": {
            "codice": CODICE,
            "denominazione": "Distretto Family Audit Alta Valsugana",
            "href": f"{SITO}/distretti/{CODICE}",
        },
        "anno": 2025,
        "titolo": programma.titolo,
        "dal": "2025-01-01",
        "al": "2025-12-31",
        "stato": "approvato",
        "trasmesso_il": "2025-04-23",
        "approvato_il": "2025-06-19",
        "risultato": None,
        "modificato_alle": mock.ANY,
        "href": f"{SITO}/programmi/{CODICE}/2025",
        "autorita": "pat-acs",
        "variazione": 0,
        "variazioni": [],
        "richiede_contributo": True,
        "riuso": "ammesso",
        "aderenti_del_registro": True,
        "aderenti": [],
        "link": {
            "scheda": f"{SITO}/programmi/{CODICE}/2025/scheda",
            "progettualita": f"{SITO}/progettualita?distretto={CODICE}&anno=2025",
            "indicatori": f"{SITO}/indicatori?distretto={CODICE}&anno=2025",
            "aderenti": f"{SITO}/organizzazioni?distretto={CODICE}&alla_data=2025-12-31",
        },
    }
    assert (atto["numero"], atto["data"], atto["riferimento"]) == ("6607", "2025-06-19", "2025-I090-00267")
    assert set(atto) == {"codice", "tipo", "ente", "numero", "data", "oggetto", "riferimento", "href"}
    assert [p["numero"] for p in progettualita] == list(range(1, 11))
    assert progettualita[1]["classificazioni"] == [
        {"schema": "distretti-2025", "codice": "E0310"},
        {"schema": "distretti-2025", "codice": "A0206"},
    ]
    assert all(
        set(p) == {"numero", "titolo", "tipo_azione", "ambito", "classificazioni", "href"}
        for p in progettualita
    )
    assert all(set(attore) == {"ruolo", "nome", "qualifica", "mail"} for attore in attori)
    assert {"tipo": "sito", "etichetta": "SITO WEB DEL DISTRETTO FAMIGLIA", "valore": "TBD"} in canali
    assert len(leggi(Client(), dati["link"]["aderenti"])["items"]) == 6


def test_il_programma_rimanda_alla_valutazione_solo_chi_la_puo_leggere(
    con_ruolo: Client, programma: Programma
) -> None:
    assert leggi(con_ruolo, PROGRAMMA)["link"]["valutazione"] == f"{SITO}/programmi/{CODICE}/2025/valutazione"


def test_programma_in_bozza(
    bozza: Programma, senza_ruolo: Client, persone: Persone, accedi: Callable[..., Client]
) -> None:
    indirizzo = f"{API}/programmi/{CODICE}/2026"
    for coda in ("", "/scheda", "/valutazione"):
        leggi(senza_ruolo, f"{indirizzo}{coda}", atteso=404)
    dati = leggi(accedi(persone.coordinatore), indirizzo)
    assert (dati["stato"], dati["approvato_il"], dati["atto_di_approvazione"]) == ("bozza", None, None)


@pytest.mark.parametrize("chi", ["anonimo", "manager"])
def test_le_interrogazioni_non_crescono_con_i_dati(
    chi: str, programma: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    client = Client() if chi == "anonimo" else accedi(persone.manager)
    indirizzi = [f"{API}/distretti/{CODICE}", f"{API}/organizzazioni/cs4", PROGRAMMA, f"{PROGRAMMA}/scheda"]
    if chi == "manager":
        indirizzi.append(f"{PROGRAMMA}/valutazione")
    registra(programma, _righe(programma)[0], "prima")
    leggi(client, indirizzi[0])
    prima = [conta_query(lambda i=i: leggi(client, i)) for i in indirizzi]  # type: ignore[misc]
    _moltiplica(programma)
    assert [conta_query(lambda i=i: leggi(client, i)) for i in indirizzi] == prima  # type: ignore[misc]


def _righe(programma: Programma) -> list[Any]:
    return list(programma.indicatori.order_by("pk"))


def _moltiplica(programma: Programma) -> None:
    """Fifty more of everything that the resources list."""
    distretto = programma.distretto
    marchio = Marchio.objects.filter(autorita=distretto.autorita).earliest("pk")
    cs4 = Organizzazione.objects.get(codice="cs4")
    for n in range(50):
        organizzazione = Organizzazione.objects.create(codice=f"org-{n}", denominazione=f"Org {n}")
        organizzazione.alias.create(testo="altro nome")
        Certificazione.objects.create(organizzazione=organizzazione, marchio=marchio)
        Adesione.objects.create(distretto=distretto, organizzazione=organizzazione, dal=date(2024, 1, 1))
        altro = Distretto.objects.create(
            codice=f"d-{n}", denominazione=f"D {n}", tipo="territoriale", autorita=distretto.autorita
        )
        Adesione.objects.create(distretto=altro, organizzazione=cs4, dal=date(2024, 1, 1))
        progettualita = Progettualita.objects.create(programma=programma, numero=11 + n, titolo=f"P {n}")
        progettualita.referenti.create(testo="Org", organizzazione=organizzazione)
        riga = programma.indicatori.create(progettualita=progettualita, ordine=1, testo="post", regola=None)
        evidenza = registra(programma, riga, f"ev-{n}")
        evidenza.coinvolte.create(organizzazione=organizzazione)

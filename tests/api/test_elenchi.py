"""Gli elenchi: forma, ordine, pagine, filtri, e sempre lo stesso numero di interrogazioni."""

import base64
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from distretti.models import Adesione, AliasOrganizzazione, Distretto, Organizzazione
from programmi.models import Programma, StatoProgramma
from tests.api.conftest import API, conta_query, leggi
from tests.conftest import CODICE, Persone

pytestmark = pytest.mark.django_db

ELENCHI = ("distretti", "organizzazioni", "programmi")


@pytest.fixture
def molti() -> None:
    """Sixty of everything, many of them with the same name."""
    autorita = Distretto.objects.get(codice=CODICE).autorita
    nuovi = Distretto.objects.bulk_create(
        Distretto(
            codice=f"prova-{n:02}",
            denominazione=f"Distretto «{n % 3}» è\tqui",
            tipo="territoriale",
            autorita=autorita,
        )
        for n in range(60)
    )
    organizzazioni = Organizzazione.objects.bulk_create(
        Organizzazione(codice=f"org-{n:02}", denominazione="Stesso nome") for n in range(60)
    )
    AliasOrganizzazione.objects.bulk_create(
        AliasOrganizzazione(organizzazione=organizzazione, ordine=ordine, testo=f"Nome {ordine}")
        for organizzazione in organizzazioni
        for ordine in range(2)
    )
    Adesione.objects.bulk_create(
        Adesione(distretto=nuovi[0], organizzazione=organizzazione, dal=date(2020, 1, 1))
        for organizzazione in organizzazioni
    )
    Programma.objects.bulk_create(
        Programma(
            distretto=distretto,
            anno=2024,
            dal=date(2024, 1, 1),
            al=date(2024, 12, 31),
            stato=StatoProgramma.APPROVATO,
            trasmesso_il=date(2024, 1, 2),
            approvato_il=date(2024, 1, 3),
        )
        for distretto in nuovi
    )


def tutti(indirizzo: str, **parametri: Any) -> list[dict[str, Any]]:
    """Every item of a list, page after page, following «successivo» as it is."""
    client, voci = Client(), []
    pagina = leggi(client, indirizzo, **parametri)
    while True:
        assert set(pagina) == {"items", "successivo"}
        voci += pagina["items"]
        if pagina["successivo"] is None:
            return voci
        assert pagina["items"], "una pagina vuota non ha un seguito"
        pagina = leggi(client, pagina["successivo"])


@pytest.mark.parametrize("risorsa", ELENCHI)
def test_un_elenco_e_un_oggetto(risorsa: str) -> None:
    pagina = leggi(Client(), f"{API}/{risorsa}")
    assert set(pagina) == {"items", "successivo"}
    assert pagina["items"]
    assert pagina["successivo"] is None


@pytest.mark.usefixtures("molti")
@pytest.mark.parametrize(
    ("risorsa", "chiave"),
    [
        ("distretti", lambda voce: voce["codice"]),
        ("organizzazioni", lambda voce: voce["codice"]),
        ("programmi", lambda voce: (voce["anno"], voce["distretto"]["codice"])),
    ],
)
@pytest.mark.parametrize("limite", [1, 7, 100])
def test_pagina_dopo_pagina_si_legge_tutto_una_volta(
    risorsa: str, chiave: Callable[[Any], Any], limite: int
) -> None:
    voci = [chiave(voce) for voce in tutti(f"{API}/{risorsa}", limit=limite)]
    assert len(voci) == len(set(voci)) > 60
    assert voci == [chiave(voce) for voce in tutti(f"{API}/{risorsa}", limit=31)]


@pytest.mark.usefixtures("molti")
@pytest.mark.parametrize(
    ("risorsa", "ordini"),
    [
        ("distretti", ["denominazione", "codice"]),
        ("organizzazioni", ["denominazione", "codice"]),
        ("programmi", ["anno", "distretto"]),
    ],
)
def test_ogni_ordine_ha_il_suo_contrario(risorsa: str, ordini: list[str]) -> None:
    for ordine in ordini:
        voci = tutti(f"{API}/{risorsa}", sort=ordine, limit=9)
        contrario = tutti(f"{API}/{risorsa}", sort=f"-{ordine}", limit=9)
        assert len(voci) == len(contrario) > 60
        campo = ordine if risorsa != "programmi" else "anno"
        if ordine in ("codice", "anno"):
            letti = [voce[campo] for voce in voci]
            assert letti == sorted(letti)
            assert [voce[campo] for voce in contrario] == letti[::-1]
        elif risorsa != "programmi":
            assert voci == contrario[::-1]


@pytest.mark.usefixtures("molti")
def test_una_riga_nuova_non_sposta_le_pagine() -> None:
    prima = leggi(Client(), f"{API}/organizzazioni", sort="codice", limit=10)
    nuova = Organizzazione.objects.create(codice="aaa-nuova", denominazione="Nuova")
    Adesione.objects.create(
        distretto=Distretto.objects.get(codice=CODICE), organizzazione=nuova, dal=date(2025, 1, 1)
    )
    dopo = leggi(Client(), prima["successivo"])
    assert dopo["items"][0]["codice"] > prima["items"][-1]["codice"]


@pytest.mark.usefixtures("molti")
def test_il_seguito_conserva_filtri_e_ordine() -> None:
    pagina = leggi(Client(), f"{API}/distretti", testo="prova-", sort="-codice", limit=5)
    assert "testo=prova-" in pagina["successivo"]
    assert leggi(Client(), pagina["successivo"])["items"][0]["codice"] == "prova-54"


def cursore(dato: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(dato).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "valore",
    [
        "abc",
        "è",
        "====",
        "a" * 5000,
        cursore(None),
        cursore([]),
        cursore({"a": 1}),
        cursore(["denominazione"]),
        cursore(["denominazione", "a", 1]),
        cursore(["denominazione", "a", None]),
        cursore(["denominazione", "a", "b", "c"]),
        cursore(["codice", "a"]),
        cursore(["denominazione", "a\x00", "b"]),
        cursore(["denominazione", "\ud800", "b"]),
        cursore("denominazione"),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        base64.urlsafe_b64encode(b"[" * 2000).decode(),
    ],
)
def test_cursore_inventato(valore: str) -> None:
    problema = leggi(Client(), f"{API}/distretti", atteso=400, cursor=valore)
    assert problema["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize("anno", [True, -1, 10**30, 2025.5, "2025"])
def test_cursore_con_un_anno_inventato(anno: object) -> None:
    leggi(Client(), f"{API}/programmi", atteso=400, cursor=cursore(["-anno", anno, "a"]))


def test_cursore_di_un_altro_ordine() -> None:
    pagina = leggi(Client(), f"{API}/distretti", limit=1)
    leggi(Client(), pagina["successivo"].replace("limit=1", "limit=1&sort=codice"), atteso=400)


@pytest.mark.usefixtures("molti")
@pytest.mark.parametrize("risorsa", [*ELENCHI, f"organizzazioni?distretto={'prova-00'}"])
@pytest.mark.parametrize("chi", ["anonimo", "manager", "agenzia"])
def test_una_riga_o_cinquanta_le_stesse_interrogazioni(
    risorsa: str, chi: str, persone: Persone, accedi: Callable[..., Client]
) -> None:
    client = Client() if chi == "anonimo" else accedi(getattr(persone, chi))
    segno = "&" if "?" in risorsa else "?"
    pagine: dict[int, Any] = {}

    def chiama(limite: int) -> None:
        pagine[limite] = leggi(client, f"{API}/{risorsa}{segno}limit={limite}")

    una, cinquanta = conta_query(lambda: chiama(1)), conta_query(lambda: chiama(50))
    assert len(pagine[1]["items"]) == 1
    assert len(pagine[50]["items"]) == 50
    assert una == cinquanta <= (5 if chi == "anonimo" else 9)  # signed in: session, person, roles


def codici(**parametri: Any) -> list[str]:
    return [voce["codice"] for voce in tutti(f"{API}/distretti", **parametri)]


def test_filtri_dei_distretti() -> None:
    assert CODICE in codici(tipo="family_audit")
    assert CODICE not in codici(tipo="territoriale")
    assert CODICE in codici(stato="attivo", autorita="pat-acs")
    assert {voce["stato"] for voce in tutti(f"{API}/distretti", stato="revocato")} <= {"revocato"}
    assert codici(testo="alta VALSUGANA audit") == [CODICE]
    assert codici(testo="parola-che-non-c-è") == []
    assert codici(testo="%") == []


def test_filtri_delle_organizzazioni() -> None:
    def nomi(**parametri: Any) -> set[str]:
        return {voce["codice"] for voce in tutti(f"{API}/organizzazioni", **parametri)}

    soste = Adesione.objects.get(distretto__codice=CODICE, organizzazione__codice="soste")
    soste.al = date(2024, 6, 30)
    soste.save()
    assert "dial-funghi" not in nomi(distretto=CODICE, alla_data="2022-12-15")
    assert "dial-funghi" in nomi(distretto=CODICE, alla_data="2022-12-16")
    assert "soste" in nomi(distretto=CODICE, alla_data="2024-06-30")
    assert "soste" not in nomi(distretto=CODICE, alla_data="2024-07-01")
    assert "soste" not in nomi(distretto=CODICE)
    assert "soste" in nomi()
    assert nomi(alla_data="1999-01-01") == set()
    assert nomi(testo="asif") == {"asif-chimelli"}
    assert nomi(testo="cooperativa cs4") == {"cs4"}


def test_filtri_dei_programmi(bozza: Programma, persone: Persone, accedi: Callable[..., Client]) -> None:
    def anni(client: Client, **parametri: Any) -> list[int]:
        pagina = leggi(client, f"{API}/programmi", distretto=CODICE, **parametri)
        return [voce["anno"] for voce in pagina["items"]]

    anonimo, manager = Client(), accedi(persone.manager)
    assert anni(anonimo) == [2025]
    assert anni(manager) == [2026, 2025]
    assert anni(anonimo, stato="bozza") == []
    assert anni(manager, stato="bozza") == [2026]
    assert anni(manager, anno=2025) == [2025]
    assert anni(anonimo, classificazione="A0206") == [2025]
    assert anni(anonimo, classificazione="distretti-2025:A0206") == [2025]
    assert leggi(anonimo, f"{API}/programmi", distretto="df-val-di-non")["items"] == []

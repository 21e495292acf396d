"""Le scrivanie: che cosa aspetta chi, da quanti giorni, con la strada verso ogni azione."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from distretti.models import Autorita, Distretto, Incarico, Ruolo, Utente
from programmi.models import Osservazione, Programma, StatoProgramma
from tests.conftest import CODICE, Persone
from tests.programmi.ingressi import con_progettualita
from tests.programmi.passi import porta
from valutazione.models import Evidenza, StatoEvidenza

pytestmark = pytest.mark.django_db

Accedi = Callable[[Utente], Client]
_S = StatoProgramma


def oggi() -> date:
    """Asked each time: the tests may go on after midnight."""
    return timezone.localdate()


def programma_in(stato: str, giorni: int, *, anno: int = 2026, codice: str = CODICE) -> Programma:
    """Un programma vuoto che è in quello stato da tanti giorni."""
    dal = oggi() - timedelta(days=giorni)
    approvato = stato in (_S.APPROVATO, _S.IN_ATTUAZIONE)
    return Programma.objects.create(
        distretto=Distretto.objects.get(codice=codice),
        anno=anno,
        dal=date(anno, 1, 1),
        al=date(anno, 12, 31),
        stato=stato,
        stato_dal=dal,
        trasmesso_il=None if stato == _S.BOZZA else dal,
        approvato_il=dal if approvato else None,
    )


def voci(risposta: Any, quali: str = "voci_agenzia") -> list[tuple[int, str, list[str]]]:
    """Anno, orologio e azioni di ogni riga."""
    return [
        (v.programma.anno, v.attesa.testo, [a.codice.value for a in v.azioni])
        for v in risposta.context[quali]
    ]


@pytest.fixture
def in_attesa(programma: Programma) -> list[Programma]:
    """Uno per stato, dal più vecchio; il programma vero è già pubblicato."""
    Programma.objects.filter(pk=programma.pk).update(stato=_S.IN_ATTUAZIONE)
    stati = (_S.ALLA_FIRMA, _S.TRASMESSO, _S.PROPOSTO, _S.IN_ESAME, _S.APPROVATO)
    nuovi = [programma_in(stato, 50 - 10 * n, anno=2026 + n) for n, stato in enumerate(stati)]
    programma_in(_S.BOZZA, 99, anno=2040)
    programma_in(_S.RESPINTO, 99, anno=2041)
    return nuovi


def test_l_agenzia_vede_tutto_cio_che_l_aspetta_dal_piu_vecchio(
    in_attesa: list[Programma], persone: Persone, accedi: Accedi
) -> None:
    risposta: Any = accedi(persone.agenzia).get("/scrivania/")
    assert voci(risposta) == [
        (2026, "da 50 giorni · in attesa del dirigente", []),
        (2027, "da 40 giorni · in attesa dell'Agenzia", ["presa_in_carico"]),
        (2028, "da 30 giorni · in attesa del dirigente", []),
        (2029, "da 20 giorni · in attesa dell'Agenzia", ["integrazione", "proposta", "rinvio"]),
        (2030, "da 10 giorni · in attesa dell'Agenzia", ["pubblicazione"]),
    ]
    gruppi = {g.codice: g.quanti for g in risposta.context["agenzia"].gruppi}
    assert gruppi == {"tutte": 5, "mie": 3, "esame": 2, "firma": 2, "pubblicazione": 1}
    pagina = risposta.content.decode()
    assert "/2027/passaggi/presa_in_carico/" in pagina
    assert 'data-label="Tocca a">Dirigente<' in pagina


@pytest.mark.parametrize(
    ("attese", "anni"),
    [
        ("mie", [2027, 2029, 2030]),
        ("esame", [2027, 2029]),
        ("firma", [2026, 2028]),
        ("pubblicazione", [2030]),
        ("inventate", [2026, 2027, 2028, 2029, 2030]),
    ],
)
def test_si_guarda_un_gruppo_alla_volta(
    in_attesa: list[Programma], persone: Persone, accedi: Accedi, attese: str, anni: list[int]
) -> None:
    for indirizzo, quali in (("/scrivania/", "voci_agenzia"), ("/scrivania/attese/", "voci")):
        risposta = accedi(persone.agenzia).get(indirizzo, {"attese": attese})
        assert [anno for anno, _, _ in voci(risposta, quali)] == anni


def test_il_dirigente_comincia_da_cio_che_deve_firmare(
    in_attesa: list[Programma], persone: Persone, accedi: Accedi
) -> None:
    assert voci(accedi(persone.dirigente).get("/scrivania/")) == [
        (2026, "da 50 giorni · in attesa del dirigente", ["approvazione", "restituzione"]),
        (2028, "da 30 giorni · in attesa del dirigente", ["messa_alla_firma", "restituzione"]),
    ]


def test_non_gli_si_offre_di_approvare_cio_che_ha_scritto(
    in_attesa: list[Programma], persone: Persone, accedi: Accedi
) -> None:
    in_attesa[0].autori.add(persone.dirigente)
    assert voci(accedi(persone.dirigente).get("/scrivania/"))[0][2] == ["restituzione"]


@pytest.mark.parametrize("chi", ["auditor", "verificatore", "amministratore"])
def test_chi_legge_soltanto_vede_tutto_e_non_ha_azioni(
    in_attesa: list[Programma], persone: Persone, accedi: Accedi, chi: str
) -> None:
    righe = voci(accedi(getattr(persone, chi)).get("/scrivania/"))
    assert [(anno, azioni) for anno, _, azioni in righe] == [(p.anno, []) for p in in_attesa]


def test_chi_lavora_per_due_autorita_le_vede_insieme(
    in_attesa: list[Programma], persone: Persone, accedi: Accedi
) -> None:
    altra = Autorita.objects.create(codice="altra", denominazione="Altra")
    suo = Distretto.objects.create(codice="suo", denominazione="Suo", tipo="territoriale", autorita=altra)
    programma_in(_S.ALLA_FIRMA, 60, codice=suo.codice)
    for chi in (persone.agenzia, persone.estraneo):
        Incarico.objects.create(utente=chi, ruolo=Ruolo.DIRIGENTE, autorita=altra, dal=date(2020, 1, 1))
    assert len(voci(accedi(persone.agenzia).get("/scrivania/"))) == 6
    mie = voci(accedi(persone.agenzia).get("/scrivania/?attese=mie"))
    assert mie[0] == (2026, "da 60 giorni · in attesa del dirigente", ["approvazione", "restituzione"])
    assert len(mie) == 4
    assert len(voci(accedi(persone.estraneo).get("/scrivania/?attese=tutte"))) == 1


def test_il_distretto_vede_che_cosa_ha_da_fare(persone: Persone, bozza: Programma, accedi: Accedi) -> None:
    risposta = accedi(persone.manager).get("/scrivania/")
    assert voci(risposta, "voci_distretto") == [(2026, "da oggi · in attesa del distretto", ["scrittura"])]
    assert "manca 1 cosa" in risposta.content.decode()
    porta(bozza, persone, _S.INTEGRAZIONI_RICHIESTE)
    Osservazione.objects.create(
        programma=bozza, numero=1, testo="Tempi.", utente=persone.agenzia, ruolo=Ruolo.REFERENTE_ATTIVITA
    )
    programma_in(_S.BOZZA, 3, anno=2025 + 2)
    attese = [["scrittura", "replica"], ["scrittura"]]
    assert [v[2] for v in voci(accedi(persone.manager).get("/scrivania/"), "voci_distretto")] == attese
    pagina = accedi(persone.referente).get("/scrivania/")
    assert voci(pagina, "voci_distretto")[0][2] == ["scrittura", "replica", "trasmissione"]
    assert "1 osservazione aperta" in pagina.content.decode()
    lettura = voci(accedi(persone.coordinatore).get("/scrivania/da-fare/"), "voci")
    assert [(anno, azioni) for anno, _, azioni in lettura] == [(2026, []), (2027, [])]


@pytest.mark.parametrize("nuovo", ["bozza", "approvato"])
def test_l_anno_da_chiudere_viene_prima_di_una_bozza_e_dopo_l_anno_in_corso(
    programma: Programma, persone: Persone, accedi: Accedi, nuovo: str
) -> None:
    Programma.objects.filter(pk=programma.pk).update(stato=_S.IN_ATTUAZIONE)
    programma_in(nuovo, 10)
    with mock.patch("django.utils.timezone.localdate", return_value=date(2026, 2, 1)):
        risposta: Any = accedi(persone.manager).get("/scrivania/")
    anni = [quadro["programma"].anno for quadro in risposta.context["quadri"]]
    assert anni == ([2025, 2026] if nuovo == "bozza" else [2026, 2025])
    pagina = risposta.content.decode()
    assert 'data-label="Giorni di attesa">32</td>' in pagina


def test_una_bozza_completa_si_dice_da_trasmettere(
    persone: Persone, bozza: Programma, accedi: Accedi
) -> None:
    con_progettualita(bozza)
    assert "Completo, da trasmettere" in accedi(persone.manager).get("/scrivania/").content.decode()


def test_il_manager_di_due_distretti_li_vede_entrambi(persone: Persone, accedi: Accedi) -> None:
    altro = Distretto.objects.get(codice="df-val-di-non")
    programma_in(_S.BOZZA, 3)
    programma_in(_S.BOZZA, 3, codice=altro.codice)
    Incarico.objects.create(
        utente=persone.manager, ruolo=Ruolo.MANAGER, distretto=altro, dal=date(2020, 1, 1)
    )
    for chi, quanti in ((persone.manager, 2), (persone.manager_altro, 1), (persone.manager_scaduto, 0)):
        assert len(voci(accedi(chi).get("/scrivania/da-fare/"), "voci")) == quanti


def test_le_evidenze_pianificate_e_passate_si_ricordano_al_manager(
    persone: Persone, programma: Programma, accedi: Accedi
) -> None:
    for n, (data, stato) in enumerate(
        [
            (oggi() - timedelta(days=1), StatoEvidenza.REGISTRATA),
            (oggi() - timedelta(days=1), StatoEvidenza.RITIRATA),
            (oggi(), StatoEvidenza.REGISTRATA),
        ]
    ):
        ritiro = {"ritirata_alle": timezone.now(), "ritirata_da": persone.manager}
        Evidenza.objects.create(
            programma=programma,
            codice=f"e{n}",
            tipo="mail",
            data=data,
            titolo=f"Mail {n}",
            pianificata=True,
            registrata_da=persone.manager,
            stato=stato,
            **(ritiro if stato == StatoEvidenza.RITIRATA else {}),
        )
    pagina = accedi(persone.manager).get("/scrivania/").content.decode()
    assert "1 evidenza da confermare" in pagina
    assert "da confermare" not in accedi(persone.referente).get("/scrivania/").content.decode()
    elenco = accedi(persone.manager).get(f"{programma.get_absolute_url()}evidenze/?pianificate=passate")
    assert [e.codice for e in elenco.context["pagina"]] == ["e1", "e0"]


def test_chi_non_lavora_per_un_autorita_non_vede_cio_che_l_aspetta(persone: Persone, accedi: Accedi) -> None:
    for chi in (persone.manager, persone.coordinatore, persone.manager_scaduto, persone.estraneo):
        assert accedi(chi).get("/scrivania/attese/").status_code == 403
    assert accedi(persone.agenzia).post("/scrivania/attese/").status_code == 405


@pytest.mark.parametrize("indirizzo", ["/scrivania/", "/scrivania/attese/", "/scrivania/da-fare/"])
def test_con_mille_programmi_non_un_interrogazione_di_piu(
    in_attesa: list[Programma], persone: Persone, accedi: Accedi, indirizzo: str
) -> None:
    """Le scrivanie dell'Agenzia, del dirigente, di chi legge, e di chi segue cinquanta distretti."""
    programma_in(_S.INTEGRAZIONI_RICHIESTE, 5, anno=2042)
    contate: list[dict[str, int]] = []
    for quanti in (1, 1000):
        if quanti > 1:
            _mille(persone)
        contate.append({})
        for chi in ("agenzia", "dirigente", "auditor", "manager"):
            if (chi, indirizzo) == ("manager", "/scrivania/attese/"):
                continue
            client = accedi(getattr(persone, chi))
            with CaptureQueriesContext(connection) as viste:
                assert client.get(indirizzo).status_code == 200
            contate[-1][chi] = len(viste)
    una, mille = contate
    assert {chi: quante for chi, quante in mille.items() if quante > una[chi]} == {}
    assert max(mille.values()) < 50


def _mille(persone: Persone) -> None:
    """Cinquanta distretti del manager, ciascuno con venti programmi in ogni stato."""
    autorita = Autorita.objects.get(codice="pat-acs")
    distretti = Distretto.objects.bulk_create(
        Distretto(codice=f"d-{n}", denominazione=f"Distretto {n}", tipo="territoriale", autorita=autorita)
        for n in range(50)
    )
    Incarico.objects.bulk_create(
        Incarico(utente=persone.manager, ruolo=Ruolo.MANAGER, distretto=d, dal=date(2020, 1, 1))
        for d in distretti
    )
    stati = list(StatoProgramma)
    programmi = []
    for n in range(1000):
        stato, anno = stati[n % len(stati)], 2020 + n // 50
        approvato = stato in (_S.APPROVATO, _S.IN_ATTUAZIONE)
        programmi.append(
            Programma(
                distretto=distretti[n % 50],
                anno=anno,
                dal=date(anno, 1, 1),
                al=date(anno, 12, 31),
                stato=stato,
                stato_dal=oggi(),
                trasmesso_il=None if stato == _S.BOZZA else oggi(),
                approvato_il=oggi() if approvato else None,
            )
        )
    Programma.objects.bulk_create(programmi)


@pytest.mark.parametrize(
    ("chi", "registro", "persone_"),
    [("agenzia", True, False), ("amministratore", True, True), ("dirigente", False, True)],
)
def test_la_scrivania_porta_al_registro_e_alle_persone(
    programma: Programma, persone: Persone, accedi: Accedi, chi: str, registro: bool, persone_: bool
) -> None:
    pagina = accedi(getattr(persone, chi)).get("/scrivania/").content.decode()
    codice = programma.distretto.autorita.codice
    assert (f"/autorita/{codice}/registro/" in pagina) is registro
    assert (f"/autorita/{codice}/persone/" in pagina) is persone_

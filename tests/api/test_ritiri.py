"""Ciò che tutti leggevano e non c'è più, o non è più pubblico: ne restano i codici, per chi segue."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from distretti.models import (
    Adesione,
    Certificazione,
    Distretto,
    Marchio,
    Organizzazione,
    Ritiro,
)
from distretti.services import registra_adesione
from programmi.models import (
    Indicatore,
    Programma,
    Referente,
    StatoProgramma,
)
from tests.api.cambiamenti import (
    P1,
    PROGRAMMA,
    SITO,
    approvato_al_secondo_giro,
    del_2025,
    distretto,
    org,
    prima_azione,
    pubblico,
    seguite,
)
from tests.api.conftest import API, leggi
from tests.conftest import CODICE, Persone

pytestmark = pytest.mark.django_db

TOLTE: dict[str, tuple[Callable[[], object], set[str]]] = {
    "una progettualità": (
        lambda: prima_azione().delete(),
        {P1, *(f"{PROGRAMMA}/indicatori/1.{n}" for n in (1, 2, 3))},
    ),
    "una riga": (
        lambda: Indicatore.objects.filter(programma=del_2025(), progettualita=None, ordine=1).delete(),
        {f"{PROGRAMMA}/indicatori/obb.1"},
    ),
    "un'adesione": (
        lambda: Adesione.objects.get(organizzazione__codice="soste").delete(),
        {f"adesioni/{CODICE}/soste/2022-07-15", "certificazioni/soste/pat-acs/family_audit/-"},
    ),
    "una certificazione": (
        lambda: Certificazione.objects.filter(organizzazione=org()).delete(),
        {"certificazioni/cs4/pat-acs/family_audit/-"},
    ),
    "un distretto": (
        lambda: Distretto.objects.get(codice="df-val-di-non").delete(),
        {"distretti/df-val-di-non"},
    ),
}


@pytest.mark.parametrize("quale", TOLTE)
def test_cio_che_non_c_e_piu_resta_per_codice(quale: str, inizio: datetime) -> None:
    togli, attese = TOLTE[quale]
    togli()
    _, ritirate = seguite(inizio)
    for indirizzo in attese:
        leggi(Client(), f"{API}/{indirizzo}", atteso=404)
    assert {r for r in ritirate if not r.startswith("organizzazioni/")} == attese


def test_un_organizzazione_senza_piu_adesioni_esce_dal_registro_pubblico(inizio: datetime) -> None:
    sola = Organizzazione.objects.create(codice="sola", denominazione="Sola")
    adesione = Adesione.objects.create(distretto=distretto(), organizzazione=sola, dal=date(2024, 1, 1))
    assert "organizzazioni/sola" in seguite(inizio)[0]
    adesione.delete()
    assert seguite(inizio)[1] == {f"adesioni/{CODICE}/sola/2024-01-01", "organizzazioni/sola"}


def test_un_ritiro_dice_soltanto_i_codici(inizio: datetime) -> None:
    prima_azione().delete()
    (voce,) = leggi(Client(), f"{API}/progettualita", modificato_da=inizio.isoformat())["items"]
    assert voce == {
        "chiave": f"{CODICE}/2025/1",
        "href": f"{SITO}{P1}",
        "ritirato": True,
        "ritirato_alle": mock.ANY,
    }


@pytest.mark.parametrize("come", ["save", "update"])
def test_un_programma_non_piu_approvato_si_ritira_per_chi_non_lo_segue(
    come: str, inizio: datetime, persone: Persone, accedi: Callable[..., Client]
) -> None:
    suoi, programma = pubblico(2025), del_2025()
    valori: dict[str, Any] = {"stato": StatoProgramma.TRASMESSO, "approvato_il": None}
    if come == "update":
        Programma.objects.filter(pk=programma.pk).update(**valori)
    else:
        for campo, valore in valori.items():
            setattr(programma, campo, valore)
        programma.save(update_fields=list(valori))
    cambiate, ritirate = seguite(inizio)
    assert {r for r in ritirate if r.startswith("programmi/")} == suoi
    assert "atti/determinazione-6607-2025" in ritirate
    assert "organizzazioni/cs4" not in ritirate, "aderisce a un distretto: resta"
    assert cambiate == {f"distretti/{CODICE}"}
    cambiate, ritirate = seguite(inizio, accedi(persone.manager))
    assert not any(r.startswith("programmi/") for r in ritirate)
    assert PROGRAMMA in cambiate
    poi = timezone.now()
    Programma.objects.filter(pk=programma.pk).update(
        stato=StatoProgramma.APPROVATO, approvato_il=date(2025, 6, 19)
    )
    cambiate, ritirate = seguite(poi)
    assert cambiate >= suoi | {"atti/determinazione-6607-2025"}
    assert seguite(inizio)[1] == set(), "è tornato tutto"


def _atti() -> set[str]:
    return {
        voce["href"].removeprefix(SITO) for voce in leggi(Client(), f"{API}/atti", distretto=CODICE)["items"]
    }


def test_si_ritirano_soltanto_gli_atti_che_si_leggevano(bozza: Programma, persone: Persone) -> None:
    """Di una trasmissione chiusa da una richiesta di integrazioni nessuno ha mai letto la delibera."""
    chiusa = f"atti/{approvato_al_secondo_giro(bozza, persone).codice}"
    letti, poi = _atti(), timezone.now()
    assert chiusa not in letti
    Programma.objects.filter(pk=bozza.pk).update(stato=StatoProgramma.TRASMESSO, approvato_il=None)
    ritirati = {r for r in seguite(poi)[1] if r.startswith("atti/")}
    assert ritirati == letti - _atti() != set()
    assert not Ritiro.objects.filter(chiave=chiusa.removeprefix("atti/")).exists()


def test_i_marchi_seguono_chi_entra_e_chi_esce_dal_registro_pubblico(inizio: datetime) -> None:
    nuova = Organizzazione.objects.create(codice="nuova", denominazione="Nuova")
    marchio = Marchio.objects.get(codice="family_audit")
    Certificazione.objects.create(organizzazione=nuova, marchio=marchio)
    suo, programma = "certificazioni/nuova/pat-acs/family_audit/-", del_2025()
    assert suo not in seguite(inizio)[0]
    poi = timezone.now()
    adesione = registra_adesione(distretto=distretto(), organizzazione=nuova, dal=date(2024, 1, 1))
    assert suo in seguite(poi)[0]
    poi = timezone.now()
    adesione.delete()
    assert suo in seguite(poi)[1]
    stati = StatoProgramma.TRASMESSO, StatoProgramma.APPROVATO
    righe = Programma.objects.filter(pk=programma.pk)
    righe.update(stato=stati[0], approvato_il=None)
    Referente.objects.filter(progettualita=prima_azione()).update(organizzazione=nuova)
    poi = timezone.now()
    righe.update(stato=stati[1], approvato_il=date(2025, 6, 19))
    assert suo in seguite(poi)[0]
    poi = timezone.now()
    righe.update(stato=stati[0], approvato_il=None)
    assert suo in seguite(poi)[1]

"""Il generatore: righe che ogni vincolo ammette, in proporzione, e sempre le stesse."""

from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from distretti.models import Adesione, Distretto, Organizzazione
from programmi.models import Indicatore, Passaggio, Progettualita, Programma, StatoProgramma
from tests.bench.genera import DatiGiaPresenti, genera, leggi_misure
from tests.bench.misure import Misure
from tests.bench.registro import PREFISSO
from valutazione.scheda.da_database import documenti_di
from valutazione.scheda.lettura import leggi_scheda

PICCOLE = Misure(distretti=21, anni=2, progettualita=2, aderenti=3, seme=1)


def generati() -> list[Programma]:
    return list(
        Programma.objects.filter(distretto__codice__startswith=PREFISSO).order_by("distretto__codice", "anno")
    )


@pytest.mark.django_db
def test_scrive_quanto_gli_si_chiede() -> None:
    organizzazioni, adesioni = Organizzazione.objects.count(), Adesione.objects.count()
    azioni = Progettualita.objects.count()
    genera(PICCOLE)
    assert Distretto.objects.filter(codice__startswith=PREFISSO).count() == 21
    assert Organizzazione.objects.count() - organizzazioni == 31
    assert Adesione.objects.count() - adesioni == 63
    assert Progettualita.objects.count() - azioni == 84
    programmi = generati()
    assert len(programmi) == 42
    assert {p.stato for p in programmi if p.anno == 2024} == {StatoProgramma.APPROVATO}
    assert len({p.stato for p in programmi if p.anno == 2025}) > 1
    for programma in programmi:
        ultimo = Passaggio.objects.filter(programma=programma).order_by("ordine").last()
        assert (ultimo.a_stato if ultimo else StatoProgramma.BOZZA) == programma.stato
        assert Indicatore.objects.filter(programma=programma).count() >= 9 + 2


@pytest.mark.django_db
def test_ogni_riga_e_valida() -> None:
    genera(Misure(distretti=4, anni=2, progettualita=2, aderenti=3))
    righe = 0
    for modello in apps.get_models():
        if modello._meta.app_label in ("distretti", "programmi"):
            for riga in modello._default_manager.all():
                riga.full_clean()
                righe += 1
    assert righe > 400


@pytest.mark.django_db
def test_ogni_scheda_e_valida() -> None:
    genera(PICCOLE)
    for documento in documenti_di(generati()):
        leggi_scheda(documento)


@pytest.mark.django_db
def test_due_volte_le_stesse_righe() -> None:
    def fotografia(misure: Misure) -> list[dict[str, Any]]:
        with transaction.atomic():
            genera(misure)
            documenti = documenti_di(generati())
            transaction.set_rollback(True)
        return documenti

    prima = fotografia(PICCOLE)
    assert len(prima) == 42
    assert fotografia(PICCOLE) == prima
    assert fotografia(replace(PICCOLE, seme=2)) != prima


@pytest.mark.django_db
def test_non_si_aggiunge_a_se_stesso() -> None:
    genera(Misure(distretti=1, anni=1, progettualita=1, aderenti=1))
    with pytest.raises(DatiGiaPresenti):
        genera(Misure(distretti=1, anni=1, progettualita=1, aderenti=1))


def test_le_misure_dalla_riga_di_comando(capsys: pytest.CaptureFixture[str]) -> None:
    assert leggi_misure([]) == Misure(distretti=1000, anni=10, progettualita=10, aderenti=20)
    assert leggi_misure(["--distretti", "7", "--ultimo-anno", "2030"]) == Misure(
        distretti=7, ultimo_anno=2030
    )
    with pytest.raises(SystemExit):
        leggi_misure(["--anni", "0"])
    assert "anni: deve essere almeno 1." in capsys.readouterr().err

"""``carica_base``: aggiunge quello che manca, non tocca quello che le persone hanno cambiato."""

from io import StringIO

import pytest
from django.core.management import call_command

from distretti.models import (
    Adesione,
    Autorita,
    DatoDichiarato,
    Distretto,
    Marchio,
    Organizzazione,
    StatoDistretto,
    Struttura,
)
from programmi.models import ModelloAnnuale, Programma, SchemaClassificazione, VoceClassificazione
from tests.scheda.ingressi import contenuto, reale, senza_programmi
from valutazione.scheda.da_database import documento_di

pytestmark = pytest.mark.django_db


def carica(**opzioni: bool) -> str:
    uscita = StringIO()
    call_command("carica_base", stdout=uscita, **opzioni)
    return uscita.getvalue()


def test_la_seconda_volta_non_cambia_niente_e_lo_dice() -> None:
    prima = contenuto()
    assert carica() == "Dati di base: c'era già tutto, niente da fare.\n"
    assert contenuto() == prima


def test_che_cosa_c_e() -> None:
    assert Autorita.objects.count() == 2
    assert Struttura.objects.filter(autorita__codice="pat-acs", codice="I090").exists()
    assert Distretto.objects.count() == 24
    assert Distretto.objects.get(codice="dfa-le-palazzine").stato == StatoDistretto.REVOCATO
    assert {m.codice for m in Marchio.objects.all()} == {"family_in_trentino", "family_audit"}
    assert DatoDichiarato.objects.get(autorita__codice="pat-acs", valore=1119).almeno
    assert VoceClassificazione.objects.filter(schema__codice="distretti-2025").count() == 12
    assert VoceClassificazione.objects.filter(schema__codice="comuni-2023").count() == 91
    assert ModelloAnnuale.objects.get(autorita__codice="pat-acs", anno=2025).righe.count() == 9
    programma = Programma.objects.get(distretto__codice="dfa-alta-valsugana", anno=2025)
    assert programma.approvato
    assert programma.evidenze.count() == 0
    assert programma.atti_citati.count() == 7


def test_il_registro_cambiato_dalle_persone_resta_com_era() -> None:
    Distretto.objects.filter(codice="df-val-di-non").update(
        denominazione="Nome nuovo", capofila="Comune di Cles"
    )
    Organizzazione.objects.filter(codice="soste").update(denominazione="SOSTE SRL")
    Adesione.objects.filter(organizzazione__codice="soste").update(al="2026-01-31")
    DatoDichiarato.objects.filter(valore=1119).update(valore=1120)
    ModelloAnnuale.objects.update(titolo="Modello ritoccato")
    Programma.objects.update(premessa="Ritoccata")
    prima = contenuto()
    assert "niente da fare" in carica()
    assert contenuto() == prima


def test_gli_schemi_di_classificazione_si_aggiornano() -> None:
    VoceClassificazione.objects.filter(codice="A0301").update(voce="Parole vecchie")
    SchemaClassificazione.objects.filter(codice="comuni-2023").update(denominazione="Vecchia")
    assert "voci di classificazione 1" in carica()
    assert (
        VoceClassificazione.objects.get(codice="A0301").voce == "Incontri di progettazione e programmazione"
    )
    assert SchemaClassificazione.objects.get(codice="comuni-2023").denominazione != "Vecchia"


def test_quello_che_manca_torna() -> None:
    DatoDichiarato.objects.filter(valore=1119).delete()
    senza_programmi()
    assert carica() == "Dati di base: aggiunti o aggiornati dati dichiarati 1 e programmi 1.\n"
    assert Programma.objects.filter(distretto__codice="dfa-alta-valsugana", anno=2025).exists()


def test_senza_programmi_il_registro_c_e_tutto() -> None:
    senza_programmi()
    assert "niente da fare" in carica(senza_programmi=True)
    assert not Programma.objects.exists()
    assert Adesione.objects.filter(distretto__codice="dfa-alta-valsugana").count() == len(reale()["aderenti"])


def test_se_il_registro_dice_altro_il_programma_conserva_il_suo() -> None:
    senza_programmi()
    Adesione.objects.filter(organizzazione__codice="soste").update(al="2024-12-31")
    prima = list(Adesione.objects.order_by("pk").values())
    carica()
    assert list(Adesione.objects.order_by("pk").values()) == prima
    programma = Programma.objects.get(distretto__codice="dfa-alta-valsugana", anno=2025)
    assert documento_di(programma) == reale()

"""`manage.py verifica_registro`: che cosa dice, con quale uscita, e contro una testa esportata."""

import threading
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import URLResolver, get_resolver

from distretti.basi.istante import un_istante
from distretti.eventi import annota
from distretti.models import Distretto, Evento, TestaRegistro
from distretti.registro_eventi import Anello
from tests.conftest import CODICE
from tests.congelate import altera


def esegui(**opzioni: Any) -> tuple[str, str, int]:
    uscita, errori, stato = StringIO(), StringIO(), 0
    try:
        call_command("verifica_registro", stdout=uscita, stderr=errori, **opzioni)
    except SystemExit as fine:
        stato = int(str(fine.code))
    return uscita.getvalue(), errori.getvalue(), stato


@pytest.fixture
def evento(db: None) -> Evento:
    return annota(azione="prova", oggetti=[Distretto.objects.get(codice=CODICE)], motivo="Prova")


def test_un_registro_in_ordine_e_la_sua_testa(evento: Evento, tmp_path: Path) -> None:
    uscita, errori, stato = esegui()
    assert (errori, stato) == ("", 0)
    assert uscita.startswith("Registro in ordine: ")
    testa = esegui(testa=True)[0]
    assert Anello.da_json(testa).numero == evento.numero
    file = tmp_path / "testa.json"
    file.write_text(testa, encoding="utf-8")
    annota(azione="prova", oggetti=[])
    assert esegui(contro=file)[2] == 0  # the chain went on: the head is still in it


def test_una_riga_alterata_si_dice_ed_esce_con_uno(evento: Evento) -> None:
    altera(evento, azione="altra")
    uscita, errori, stato = esegui(testa=True)
    assert (uscita, stato) == ("", 1)  # of a chain that does not hold no head is exported
    assert f"L'evento n. {evento.numero} (altra) è stato alterato." in errori
    assert "1 alterazione trovata." in errori


def test_una_testa_che_non_c_e_piu(evento: Evento, tmp_path: Path) -> None:
    file = tmp_path / "testa.json"
    file.write_text(Anello(evento.numero + 7, "f" * 64, evento.alle).in_json(), encoding="utf-8")
    _, errori, stato = esegui(contro=file)
    assert stato == 1
    assert "il registro è stato troncato" in errori


@pytest.mark.parametrize("contenuto", ["", "non è una testa", None])
def test_un_file_che_non_e_una_testa_e_rifiutato(db: None, tmp_path: Path, contenuto: str | None) -> None:
    file = tmp_path / "testa.json"
    if contenuto is not None:
        file.write_text(contenuto, encoding="utf-8")
    with pytest.raises(CommandError) as rifiuto:
        call_command("verifica_registro", contro=file)
    assert rifiuto.value.returncode == 2


def test_di_un_registro_vuoto_non_c_e_testa(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("valutazione.management.commands.verifica_registro._alterazioni", lambda _: iter(()))
    TestaRegistro.objects.update(numero=0, impronta="")
    with pytest.raises(CommandError, match="ancora vuoto"):
        call_command("verifica_registro", testa=True)


@pytest.mark.django_db(transaction=True)
def test_cio_che_si_scrive_mentre_si_verifica_non_e_un_alterazione() -> None:
    """The references and the versions are read one after the other: of the same instant, or they disagree."""

    def un_altro_scrive() -> None:
        try:
            annota(azione="prova", oggetti=[])
        finally:
            connection.close()

    prima = Evento.objects.count()
    with un_istante():
        assert Evento.objects.count() == prima
        filo = threading.Thread(target=un_altro_scrive)
        filo.start()
        filo.join()
        assert Evento.objects.count() == prima
    assert Evento.objects.count() == prima + 1


def test_non_c_e_il_pannello_di_amministrazione_di_django() -> None:
    """A door on every table that asks no service: the product mounts none."""
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    spazi = [voce.namespace for voce in get_resolver().url_patterns if isinstance(voce, URLResolver)]
    assert "admin" not in spazi

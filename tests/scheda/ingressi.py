"""What the tests of the data doors share: documents to import, and the proof that nothing was written."""

import copy
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from distretti.models import Atto
from programmi.models import Programma, Versione
from tests.congelate import togli

RADICE = Path(__file__).resolve().parents[2]
Documento = dict[str, Any]


def leggi_json(percorso: Path) -> Documento:
    documento: Documento = json.loads(percorso.read_text(encoding="utf-8"))
    return documento


def esempio(**altro: Any) -> Documento:
    """The small complete scheda of the contract: a district, and organisations, nobody knows yet."""
    return leggi_json(RADICE / "tests/kernel/casi/esempio-scheda.json") | altro


def reale() -> Documento:
    return leggi_json(RADICE / "fixtures/programmi/dfa-alta-valsugana-2025.json")


def dimostrativa() -> Documento:
    return leggi_json(RADICE / "fixtures/dimostrazione/distretto-dimostrativo-2025.json")


def con(documento: Documento, cambia: Callable[[Documento], object]) -> Documento:
    """A copy of the document, changed in one place."""
    copia = copy.deepcopy(documento)
    cambia(copia)
    return copia


def contenuto() -> dict[str, list[Any]]:
    """Every row of every table: two equal answers mean that nothing was written in between."""
    return {
        modello._meta.label: list(modello._base_manager.order_by("pk").values())
        for modello in apps.get_models()
    }


def senza_programmi() -> None:
    """The installation as ``carica_base --senza-programmi`` leaves it."""
    togli(Versione)
    Programma.objects.all().delete()
    Atto.objects.all().delete()


class Porta:
    """The commands, with their files in a folder of the test."""

    def __init__(self, cartella: Path) -> None:
        self.cartella = cartella

    def scrivi(self, documento: object, nome: str = "scheda.json") -> str:
        file = self.cartella / nome
        testo = documento if isinstance(documento, str) else json.dumps(documento, ensure_ascii=False)
        file.write_text(testo, encoding="utf-8")
        return str(file)

    def importa(self, *documenti: object, **opzioni: Any) -> str:
        """Import the documents, each from a file of its own; give what was said."""
        nomi = [self.scrivi(documento, f"scheda-{n}.json") for n, documento in enumerate(documenti, start=1)]
        uscita = StringIO()
        call_command("importa", *nomi, stdout=uscita, **opzioni)
        return uscita.getvalue()

    def rifiuta(self, *documenti: object, **opzioni: Any) -> list[str]:
        """The import is refused with status 2 and not a row of the database changes; give the errors."""
        prima = contenuto()
        with pytest.raises(CommandError) as rifiuto:
            self.importa(*documenti, **opzioni)
        assert rifiuto.value.returncode == 2
        assert contenuto() == prima
        return str(rifiuto.value).replace(f"{self.cartella}/", "").splitlines()

    def esporta(self, programma: str, **opzioni: Any) -> Documento:
        uscita = StringIO()
        call_command("esporta", programma, stdout=uscita, **opzioni)
        documento: Documento = json.loads(uscita.getvalue())
        return documento

"""Da una versione pubblicata a questa: ogni riga, ogni file e ogni percentuale restano quelli che erano."""

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from distretti.models import Utente
from programmi.models import Programma, Versione
from tests.aggiornamento.registra import righe_di, valutazioni
from tests.esercizio.installazione import Installazione
from valutazione.models import Evidenza

pytestmark = pytest.mark.django_db

CARTELLA = Path(__file__).parent
VERSIONI = sorted(file.stem for file in CARTELLA.glob("*.json"))


def installa(registrata: dict[str, Any]) -> None:
    """The installation as that release left it: its tables, rows and files."""
    esecutore = MigrationExecutor(connection)
    foglie = dict(registrata["migrazioni"])  # in order of name: the last of each app stays
    stato = esecutore.migrate(list(foglie.items()))
    modelli = [stato.apps.get_model(nome) for nome in registrata["modelli"]]
    with transaction.atomic():
        for modello, dati in zip(modelli, registrata["modelli"].values(), strict=True):
            campi = [modello._meta.get_field(_campo_di(modello, nome)) for nome in dati["campi"]]
            for riga in dati["righe"]:
                valori = {c.attname: c.to_python(v) for c, v in zip(campi, riga, strict=True)}
                modello(**valori).save_base(raw=True, force_insert=True)
        with connection.cursor() as cursore:
            for comando in connection.ops.sequence_reset_sql(no_style(), modelli):
                cursore.execute(comando)
    for nome, contenuto in registrata["file"].items():
        file = Path(settings.MEDIA_ROOT) / nome
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(contenuto))


def _campo_di(modello: Any, attname: str) -> str:
    nomi: dict[str, str] = {campo.attname: campo.name for campo in modello._meta.concrete_fields}
    return nomi[attname]


def aggiorna() -> Any:
    """What the upgrade runs; returns the models as the last migrations have them."""
    call_command("migrate", verbosity=0, interactive=False)
    esecutore = MigrationExecutor(connection)
    return esecutore.loader.project_state(esecutore.loader.graph.leaf_nodes()).apps


@pytest.mark.parametrize("versione", VERSIONI)
def test_ogni_riga_ogni_file_e_ogni_percentuale_restano(
    installazione_vuota: Installazione, versione: str, tmp_path: Path
) -> None:
    registrata = json.loads((CARTELLA / f"{versione}.json").read_text(encoding="utf-8"))
    installa(registrata)
    call_command("salva", tmp_path / "prima.tar", stdout=io.StringIO())

    modelli = aggiorna()

    for nome, dati in registrata["modelli"].items():
        assert righe_di(modelli.get_model(nome), dati["campi"]) == dati["righe"], nome
    assert sum(len(dati["righe"]) for dati in registrata["modelli"].values()) > 400
    uscita = io.StringIO()
    call_command("controlla_file", stdout=uscita)
    assert uscita.getvalue() == f"File controllati: {len(registrata['file'])}; guasti: 0.\n"
    assert valutazioni() == registrata["percentuali"]
    _congela()
    assert Utente.objects.create_user(username="venuto-dopo").pk == Utente.objects.count()

    # Going back is bringing back the archive made before; and the upgrade can be run again on it.
    detto = io.StringIO()
    call_command("ripristina", tmp_path / "prima.tar", sostituisci=True, stdout=detto)
    assert "eseguire «manage.py migrate»" in detto.getvalue()
    aggiorna()
    assert Evidenza.objects.count() == len(registrata["modelli"]["valutazione.evidenza"]["righe"])
    assert valutazioni() == registrata["percentuali"]


def _congela() -> None:
    """What the upgrade ends with: the programmes approved before have their version, and nothing is amiss."""
    assert Versione.objects.count() == 0
    for volta in range(2):
        call_command("congela", verbosity=0)
        congelate = Versione.objects.filter(congelata_da=None).values_list("programma", flat=True)
        assert set(congelate) == set(Programma.objects.pubblici().values_list("pk", flat=True)), volta
        assert Versione.objects.count() == len(congelate), volta
    uscita = io.StringIO()
    call_command("verifica_registro", stdout=uscita)
    assert uscita.getvalue().startswith("Registro in ordine")


def test_c_è_la_registrazione_della_prima_versione() -> None:
    assert "0.1.0" in VERSIONI

"""Records an installation of a release: its migrations, rows, files and percentages, as compact JSON.

Run once for each release, in a checkout of that release and with its own environment::

    DISTRETTI_VAR=$(mktemp -d) DISTRETTI_DEMO_PASSWORD=… \
        .venv/bin/python …/tests/aggiornamento/registra.py > …/tests/aggiornamento/0.2.0.json

The release loads its own base and demonstration data; files are attached, evidences withdrawn, an act gets
its signed file. The recording is never made again: it is what a machine of that release really held.
"""

import base64
import hashlib
import json
import os
import sys
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

PERCENTUALI = ("dichiarato", "riconosciuto", "prospettico")
SALTATI = ("contenttypes", "sessions", "auth.permission")
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg=="
)


def semplice(valore: Any) -> Any:
    """A value as JSON holds it, read back by the field's ``to_python``."""
    if isinstance(valore, date | datetime | time):
        return valore.isoformat()
    return str(valore) if isinstance(valore, Decimal) else valore


def righe_di(modello: Any, campi: list[str]) -> list[list[Any]]:
    """Every row of a model, in order of key."""
    righe = modello._base_manager.order_by("pk").values_list(*campi)
    return [[semplice(valore) for valore in riga] for riga in righe]


def percentuali(esito: Any, dove: str = "$") -> dict[str, str | None]:
    """Every percentage in the JSON of an evaluation, by its path: what must never change."""
    trovate: dict[str, str | None] = {}
    voci = esito.items() if isinstance(esito, dict) else enumerate(esito) if isinstance(esito, list) else ()
    for chiave, valore in voci:
        if chiave in PERCENTUALI:
            trovate[f"{dove}.{chiave}"] = valore
        else:
            trovate |= percentuali(valore, f"{dove}.{chiave}")
    return trovate


def valutazioni() -> dict[str, dict[str, Any]]:
    """The percentages of every programme that can be evaluated."""
    from programmi.models import Programma
    from valutazione.kernel.scrittura import valuta_documento
    from valutazione.scheda.da_database import documento_di
    from valutazione.scheda.errori import SchedaNonValida

    trovate = {}
    for programma in Programma.objects.select_related("distretto").order_by("distretto__codice", "anno"):
        try:
            esito = valuta_documento(documento_di(programma))
        except SchedaNonValida:
            continue
        trovate[f"{programma.distretto.codice}/{programma.anno}"] = percentuali(esito)
    return trovate


def prepara() -> None:
    """The data of the release, with what its pages would have added."""
    from django.core.files.base import ContentFile
    from django.core.management import call_command

    from distretti.models import Atto, Utente
    from valutazione.models import Evidenza
    from valutazione.services import aggiungi_allegato, ritira_evidenza

    call_command("migrate", verbosity=0, stdout=sys.stderr)
    call_command("carica_base", verbosity=0, stdout=sys.stderr)
    call_command("carica_dimostrazione", verbosity=0, stdout=sys.stderr)
    manager = Utente.objects.get(username="manager")
    registrate = list(Evidenza.objects.filter(stato="registrata").order_by("pk"))
    for numero, evidenza in enumerate(registrate[:3]):
        foto = ContentFile(PNG + b"x" * numero, name=f"foto {numero}.png")
        aggiungi_allegato(evidenza=evidenza, file=foto, utente=manager)
    ritira_evidenza(evidenza=registrate[-1], motivo="Registrata due volte", utente=manager)
    firmato = b"%PDF-1.7\n% atto di prova\n%%EOF\n"
    atto = Atto.objects.get(codice="determinazione-6607-2025")
    atto.file_nome, atto.file_sha256 = "atto.pdf", hashlib.sha256(firmato).hexdigest()
    atto.file.save("atto.pdf", ContentFile(firmato), save=False)
    atto.save()
    for utente in Utente.objects.all():
        utente.set_unusable_password()
        utente.save()


def registrazione() -> dict[str, Any]:
    from django.apps import apps
    from django.conf import settings
    from django.db.migrations.recorder import MigrationRecorder

    modelli: dict[str, Any] = {}
    for modello in apps.get_models(include_auto_created=True):
        nome = modello._meta.label_lower
        if nome.startswith(SALTATI):
            continue
        campi = [c.attname for c in modello._meta.concrete_fields if not getattr(c, "generated", False)]
        righe = righe_di(modello, campi)
        if righe:
            modelli[nome] = {"campi": campi, "righe": righe}
    radice = Path(settings.MEDIA_ROOT)
    return {
        "migrazioni": sorted(MigrationRecorder.Migration.objects.values_list("app", "name")),
        "modelli": modelli,
        "file": {
            str(p.relative_to(radice)): base64.b64encode(p.read_bytes()).decode()
            for p in sorted(radice.rglob("*"))
            if p.is_file()
        },
        "percentuali": valutazioni(),
    }


def principale() -> None:
    sys.path.insert(0, os.getcwd())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    prepara()
    testo = json.dumps(registrazione(), ensure_ascii=False, separators=(",", ":"))
    sys.stdout.write(testo.replace('"campi":', '\n"campi":') + "\n")


if __name__ == "__main__":
    principale()

"""What the files of before keep: their imprint is of the file as it came, and photographs show persons."""

from typing import Any

from django.db import migrations
from django.db.models import F, Q

CON_PERSONE = Q(tipo__startswith="image/") | Q(tipo="message/rfc822")


def riempi(apps: Any, schema_editor: Any) -> None:
    allegati = apps.get_model("valutazione", "Allegato").objects.using(schema_editor.connection.alias)
    allegati.filter(sha256_originale="").update(sha256_originale=F("sha256"))
    allegati.filter(CON_PERSONE).update(dati_personali=True)


class Migration(migrations.Migration):
    dependencies = [("valutazione", "0007_conservazione")]

    operations = [migrations.RunPython(riempi, migrations.RunPython.noop)]

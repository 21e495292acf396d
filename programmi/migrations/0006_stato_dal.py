"""Since when each programme of an earlier release is in its state: the day of its last step.

Of a draft never transmitted nobody wrote down when it was begun: it stays unknown.
"""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def dall_ultimo_passaggio(apps, schema_editor):
    programmi = apps.get_model("programmi", "Programma").objects.using(schema_editor.connection.alias)
    passaggi = apps.get_model("programmi", "Passaggio").objects.using(schema_editor.connection.alias)
    ultimo = passaggi.filter(programma=OuterRef("pk")).order_by("-ordine").values("il")[:1]
    programmi.filter(passaggi__isnull=False).update(stato_dal=Subquery(ultimo))
    programmi.filter(passaggi__isnull=True, trasmesso_il__isnull=True).update(stato_dal=None)


class Migration(migrations.Migration):
    dependencies = [("programmi", "0005_procedura")]

    operations = [migrations.RunPython(dall_ultimo_passaggio, migrations.RunPython.noop)]

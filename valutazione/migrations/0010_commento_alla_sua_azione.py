"""A comment follows its action, whatever code a variazione gives it: it refers to its row."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def alla_sua_azione(apps: Any, schema_editor: Any) -> None:
    """Each to the row that has its code now; one without such a row stays, to be read."""
    commento = apps.get_model("valutazione", "CommentoAzione")
    progettualita = apps.get_model("programmi", "Progettualita").objects
    righe = apps.get_model("programmi", "Indicatore").objects.filter(progettualita__isnull=True)
    for riga in commento.objects.order_by("pk"):
        numero = int(riga.azione.removeprefix("obb.").removeprefix("P"))
        if riga.azione.startswith("P"):
            riga.progettualita = progettualita.filter(programma=riga.programma_id, numero=numero).first()
        else:
            riga.indicatore = righe.filter(programma=riga.programma_id, ordine=numero).first()
        riga.save(update_fields=["progettualita", "indicatore"])


class Migration(migrations.Migration):
    dependencies = [
        ("programmi", "0010_versione"),
        ("valutazione", "0009_riapertura_alla_verifica"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="commentoazione", name="commento_uno_per_azione"),
        migrations.AddField(
            model_name="commentoazione",
            name="progettualita",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="commento",
                to="programmi.progettualita",
            ),
        ),
        migrations.AddField(
            model_name="commentoazione",
            name="indicatore",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="commento",
                to="programmi.indicatore",
                verbose_name="azione obbligatoria",
            ),
        ),
        migrations.AddConstraint(
            model_name="commentoazione",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("progettualita__isnull", True), ("indicatore__isnull", True), _connector="OR"
                ),
                name="commento_una_sola_azione",
                violation_error_message="Un commento è di una progettualità o di un'azione obbligatoria.",
            ),
        ),
        migrations.RunPython(alla_sua_azione, migrations.RunPython.noop),
    ]

"""The classification schemes and the yearly templates that come with the product.

The schemes are published lists: what changed in them is brought up to date, nothing is ever taken away.
The template of a year is the authority's own: it is added when missing and never overwritten.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from distretti.dati_base import Conteggio, leggi_tsv
from distretti.models import Autorita
from programmi.models import ModelloAnnuale, RigaModello, SchemaClassificazione, VoceClassificazione


def carica_classificazioni(cartella: Path) -> Conteggio:
    """Add the schemes and the codes that are missing, bring up to date the words of the others."""
    scritti: Conteggio = Counter()
    for dati in json.loads((cartella / "schemi.json").read_text(encoding="utf-8")):
        _aggiorna(
            scritti,
            SchemaClassificazione(**dati),
            SchemaClassificazione.objects.filter(codice=dati["codice"]).first(),
        )
    schemi = {schema.codice: schema for schema in SchemaClassificazione.objects.all()}
    presenti = {(voce.schema_id, voce.codice): voce for voce in VoceClassificazione.objects.all()}
    for riga in leggi_tsv(cartella / "classificazione.tsv"):
        schema = schemi[riga.pop("schema")]
        nuova = VoceClassificazione(schema=schema, **riga)
        _aggiorna(scritti, nuova, presenti.get((schema.pk, nuova.codice)))
    return scritti


def _aggiorna(
    scritti: Conteggio,
    nuova: SchemaClassificazione | VoceClassificazione,
    presente: SchemaClassificazione | VoceClassificazione | None,
) -> None:
    """Write ``nuova`` over ``presente`` when any word of it differs, or add it."""
    # What the database or the clock writes is not editable.
    campi = [c.attname for c in nuova._meta.concrete_fields if c.editable and not c.primary_key]
    riga = nuova if presente is None else presente
    if presente is not None:
        cambiati = [campo for campo in campi if getattr(presente, campo) != getattr(nuova, campo)]
        if not cambiati:
            return
        for campo in cambiati:
            setattr(presente, campo, getattr(nuova, campo))
    riga.full_clean()
    riga.save()
    scritti[str(nuova._meta.verbose_name_plural)] += 1


def carica_modelli(cartella: Path) -> Conteggio:
    """Add the yearly templates that are missing, with their lines."""
    scritti: Conteggio = Counter()
    for file in sorted(cartella.glob("*.json")):
        dati = json.loads(file.read_text(encoding="utf-8"))
        autorita = Autorita.objects.get(codice=dati["autorita"])
        if ModelloAnnuale.objects.filter(autorita=autorita, anno=dati["anno"]).exists():
            continue
        _carica_modello(autorita, dati)
        scritti["modelli annuali"] += 1
    return scritti


def _carica_modello(autorita: Autorita, dati: dict[str, Any]) -> None:
    fonte = dati.get("fonte", "")
    modello = ModelloAnnuale.objects.create(
        autorita=autorita,
        anno=dati["anno"],
        titolo=dati["titolo"],
        testo_obbligatorie=dati["testo_obbligatorie"],
        relazione=dati["relazione"],
        fonte=fonte if isinstance(fonte, str) else _fonte(fonte),
    )
    RigaModello.objects.bulk_create(
        RigaModello(modello=modello, ordine=ordine, **riga)
        for ordine, riga in enumerate(dati["righe"], start=1)
    )


def _fonte(fonte: dict[str, str]) -> str:
    """The source of a template in one line, as it is shown."""
    return ", ".join(testo for testo in fonte.values() if testo)

"""The register that comes with the product: authorities, structures, marks, districts, declared figures.

Rows are added when they are missing and never overwritten: people keep the register afterwards.
"""

import csv
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import models

from distretti.models import Autorita, DatoDichiarato, Distretto, Marchio, Struttura

Conteggio = Counter[str]
"""How many rows of each kind were written, by their Italian name in the plural."""


def leggi_tsv(file: Path) -> list[dict[str, str]]:
    """The rows of a table with a heading; quotation marks are text."""
    with file.open(encoding="utf-8", newline="") as righe:
        return list(csv.DictReader(righe, delimiter="\t", quoting=csv.QUOTE_NONE))


def carica_registro(cartella: Path) -> Conteggio:
    """Add what is missing from ``autorita.json`` and ``distretti.tsv``; say how much was written."""
    dati = json.loads((cartella / "autorita.json").read_text(encoding="utf-8"))
    scritti: Conteggio = Counter()
    for voce in dati["autorita"]:
        _assicura(scritti, Autorita, {"codice": voce["codice"]}, voce)
    autorita = {a.codice: a for a in Autorita.objects.all()}
    modelli: tuple[tuple[str, type[models.Model]], ...] = (("strutture", Struttura), ("marchi", Marchio))
    for elenco, modello in modelli:
        for voce in dati[elenco]:
            valori = voce | {"autorita": autorita[voce["autorita"]]}
            chiave = {"autorita": valori["autorita"], "codice": voce["codice"]}
            _assicura(scritti, modello, chiave, valori)
    _carica_distretti(scritti, cartella / "distretti.tsv", autorita)
    distretti = {d.codice: d for d in Distretto.objects.all()}
    for voce in dati["dati_dichiarati"]:
        valori = voce | {
            "autorita": autorita[voce["autorita"]] if "autorita" in voce else None,
            "distretto": distretti[voce["distretto"]] if "distretto" in voce else None,
        }
        chiave = {nome: valori[nome] for nome in ("autorita", "distretto", "voce", "al")}
        _assicura(scritti, DatoDichiarato, chiave, valori)
    return scritti


def distretti_di_base(cartella: Path) -> set[str]:
    """The codes of the districts that come with the product."""
    return {riga["codice"] for riga in leggi_tsv(cartella / "distretti.tsv")}


def _carica_distretti(scritti: Conteggio, file: Path, autorita: Mapping[str, Autorita]) -> None:
    for riga in leggi_tsv(file):
        valori = {
            "codice": riga["codice"],
            "denominazione": riga["denominazione"],
            "tipo": riga["tipo"],
            "stato": riga["stato"],
            "autorita": autorita[riga["autorita"]],
            "anno_nascita": int(riga["anno_nascita"]) if riga["anno_nascita"] else None,
            "capofila": riga["capofila"],
            "note": riga["note"],
        }
        _assicura(scritti, Distretto, {"codice": riga["codice"]}, valori)


def _assicura(
    scritti: Conteggio, modello: type[models.Model], chiave: Mapping[str, Any], valori: Mapping[str, Any]
) -> None:
    """Add the row unless one with this key is there already."""
    if modello._default_manager.filter(**chiave).exists():
        return
    riga = modello(**valori)
    riga.full_clean()
    riga.save()
    scritti[str(modello._meta.verbose_name_plural)] += 1

"""Small changes to a valid document, named by their JSON path."""

import copy
import json
import re
from pathlib import Path
from typing import Any

Json = dict[str, Any]

ESEMPIO = Path(__file__).parents[1] / "kernel" / "casi" / "esempio-scheda.json"
TOGLI = object()
"""As a value: the key is removed."""


def esempio() -> Json:
    dato: Json = json.loads(ESEMPIO.read_text(encoding="utf-8"))
    return dato


def passi(percorso: str) -> list[str | int]:
    """``$.a[2].b`` → ``["a", 2, "b"]``"""
    return [int(n) if n else nome for nome, n in re.findall(r"\.([^.\[\]]+)|\[(\d+)\]", percorso)]


def cambia(documento: Json, *cambi: tuple[str, Any]) -> Json:
    """A copy of the document with these paths set to these values (or removed)."""
    nuovo = copy.deepcopy(documento)
    for percorso, valore in cambi:
        *prima, ultimo = passi(percorso)
        dove: Any = nuovo
        for passo in prima:
            dove = dove[passo]
        if valore is TOGLI:
            del dove[ultimo]
        elif isinstance(dove, list) and ultimo == len(dove):
            dove.append(copy.deepcopy(valore))
        else:
            dove[ultimo] = copy.deepcopy(valore)
    return nuovo

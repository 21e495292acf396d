"""The JSON Schema of the scheda, kept beside the reader and served by the API."""

import json
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("schema.json")


@cache
def _testo() -> str:
    return _FILE.read_text(encoding="utf-8")


def schema_json() -> dict[str, Any]:
    """The schema (draft 2020-12): a new object each time, so that nobody can change it for others."""
    schema: dict[str, Any] = json.loads(_testo())
    return schema

"""Canonical form of a JSON document (contract: UTF-8, keys sorted, no spaces, no final newline)."""

import hashlib
import json
from typing import Any


def forma_canonica(documento: Any) -> bytes:
    """The bytes that hashes and comparisons are made on."""
    testo = json.dumps(documento, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return testo.encode("utf-8")


def sha256_di(documento: Any) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(forma_canonica(documento)).hexdigest()

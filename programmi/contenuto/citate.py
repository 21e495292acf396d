"""The organisations and the districts that a document of a programme refers to."""

from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]


def referenti(documento: Mapping[str, Any]) -> Iterator[tuple[str, Json]]:
    """Every referent of a document with its path: of the progettualità, then of the projects outside it."""
    for indice, progettualita in enumerate(documento["progettualita"]):
        for posto, referente in enumerate(progettualita["referenti"]):
            yield f"$.progettualita[{indice}].referenti[{posto}]", referente
    for indice, evidenza in enumerate(documento["evidenze"]):
        for posto, referente in enumerate((evidenza.get("progetto") or {}).get("referenti", [])):
            yield f"$.evidenze[{indice}].progetto.referenti[{posto}]", referente


def codici_citati(documento: Mapping[str, Any]) -> Iterator[str]:
    """The organisations a document refers to: members, then referents, then those of the evidence."""
    for aderente in documento["aderenti"]:
        yield aderente["organizzazione"]
    for _, referente in referenti(documento):
        if referente.get("organizzazione"):
            yield referente["organizzazione"]
    for evidenza in documento["evidenze"]:
        yield from evidenza.get("organizzazioni", [])

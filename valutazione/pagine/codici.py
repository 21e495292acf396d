"""What the code of a line says."""


def azione_di(codice_riga: str) -> str:
    """The action of a line: ``obb.2`` is its own, ``4.1`` belongs to ``P4``."""
    return codice_riga if codice_riga.startswith("obb.") else f"P{codice_riga.partition('.')[0]}"

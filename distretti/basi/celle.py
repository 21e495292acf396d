"""Text that goes into the cells of a spreadsheet: never a formula, whoever wrote it."""

_FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def e_formula(testo: str) -> bool:
    """Would a spreadsheet compute this text?"""
    return testo.startswith(_FORMULE)


def cella_csv(testo: str) -> str:
    """``testo`` as a cell of a CSV: the apostrophe is what spreadsheets themselves put before a text that
    is not to be computed."""
    return f"'{testo}" if e_formula(testo) else testo

"""The percentages of many programmes at once, by the kernel, in a constant number of queries.

``valori_di(programmi) -> Iterator[(pk, ValoriScheda | None)]``: the values that ``valuta`` would give each of
them. Rows are read in a few cursors side by side, in the order of the programmes, and are not kept.
"""

from valutazione.provincia.valori import valori_di

__all__ = ["valori_di"]

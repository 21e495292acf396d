"""What is printed besides the report: a frozen version of a programme, and the comparison of two.

``versione_pdf(versione)`` prints the annex of the act from the frozen content alone, after its hash was
verified; ``confronto_pdf(confronto)`` prints what a comparison says. The same content gives the same bytes.
"""

from valutazione.stampa.confronto import confronto_pdf
from valutazione.stampa.versione import versione_pdf

__all__ = ["confronto_pdf", "versione_pdf"]

"""The "Relazione di valutazione": the evaluation of a programme in the form of a determinazione.

``relazione_di(programma)`` reads the database into plain data; ``relazione_html`` and ``relazione_pdf``
print it. The percentages are those of the kernel on the scheda of that moment: nothing is computed here.
"""

from valutazione.relazione.documento import nome_file, relazione_di, relazione_html, relazione_pdf
from valutazione.relazione.modello import Estremi, Relazione

__all__ = ["Estremi", "Relazione", "nome_file", "relazione_di", "relazione_html", "relazione_pdf"]

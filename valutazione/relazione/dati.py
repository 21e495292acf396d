"""The data inside the report: what is needed to compute every percentage of it again.

The same bytes as ``manage.py esporta --pubblica`` and, of that file, ``manage.py valuta``.
"""

from datetime import date

from distretti.basi.canonico import sha256_di
from distretti.basi.pdf import FileIncorporato
from valutazione.kernel.scrittura import valuta_documento
from valutazione.relazione.modello import DatiAllegati
from valutazione.risultati.pacchetto import Pacchetto
from valutazione.scheda.documenti import testo_di
from valutazione.scheda.modello import Scheda
from valutazione.scheda.pubblica import scheda_pubblica
from valutazione.scheda.scrittura import scheda_json


def dati_allegati(scheda: Scheda, giorno: date, congelato: Pacchetto | None = None) -> DatiAllegati:
    """The public form of ``scheda`` and its esito, with the day of the report; ``congelato``: those of a
    result, as they were frozen."""
    pubblica = scheda_json(scheda_pubblica(scheda)) if congelato is None else congelato.scheda
    esito = valuta_documento(pubblica) if congelato is None else congelato.esito

    def file(nome: str, contenuto: object, descrizione: str) -> FileIncorporato:
        return FileIncorporato(nome, testo_di(contenuto).encode(), descrizione, giorno)

    return DatiAllegati(
        scheda=file("scheda.json", pubblica, "Scheda in forma pubblica"),
        esito=file("esito.json", esito, "Esito della valutazione"),
        impronta=sha256_di(pubblica),
    )

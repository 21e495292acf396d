"""A prescribed list as a spreadsheet: cells that look like formulas stay text."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from distretti.importazione_xlsx.foglio import in_cella, intestazione_in_cella
from programmi.models import Programma
from valutazione.elenchi.modello import CONTANO, Elenco

_LARGHE = {"data": 18, "misura": 18}
_LARGA = 40


def elenco_xlsx(elenco: Elenco) -> bytes:
    """One sheet: what counts, what does not, and why, each in its column "Conta"."""
    libro = Workbook(write_only=True)
    pagina = libro.create_sheet("Elenco")
    pagina.freeze_panes = "A2"
    for posto, (chiave, _) in enumerate(elenco.colonne, start=1):
        pagina.column_dimensions[get_column_letter(posto)].width = _LARGHE.get(chiave, _LARGA)
    pagina.column_dimensions[get_column_letter(len(elenco.colonne) + 2)].width = _LARGA
    titoli = [*(titolo for _, titolo in elenco.colonne), "Conta", "Esito"]
    pagina.append([intestazione_in_cella(pagina, titolo) for titolo in titoli])
    for parte in elenco.parti:
        conta = "sì" if parte.titolo == CONTANO else "no"
        for voce in parte.voci:
            giorno, *altri = (testo for _, testo in voce.celle)
            pagina.append([in_cella(pagina, v) for v in (voce.giorno or giorno, *altri, conta, voce.esito)])
    contenuto = BytesIO()
    libro.save(contenuto)
    return contenuto.getvalue()


def nome_file(programma: Programma, elenco: Elenco, estensione: str) -> str:
    """ "elenco-dfa-alta-valsugana-2025-obb.2.xlsx" """
    return f"elenco-{programma.distretto.codice}-{programma.anno}-{elenco.riga.codice}.{estensione}"

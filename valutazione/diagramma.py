"""The declared table of the closing as the documentation shows it (``docs/chiusura.md``)."""

from programmi.diagramma import TabellaIllustrata
from valutazione.parole import StatoChiusura
from valutazione.tabella import AZIONI


def con_la_tabella(documento: str) -> str:
    """``documento`` with what stands between its marks written anew from the table."""
    stati = {stato: (stato.value, stato.etichetta) for stato in StatoChiusura}
    return TabellaIllustrata(stati, AZIONI).nel_documento(documento)

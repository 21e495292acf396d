"""The table of evidence as its page shows it: a row of cells for each, what is wrong beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from valutazione.serie.celle import MASSIMO_RIGHE
from valutazione.serie.colonne import Colonna
from valutazione.serie.esame import Esame, RigaEsaminata

VUOTE_ALL_INIZIO = 10
VUOTE_IN_FONDO = 3


@dataclass(frozen=True, slots=True)
class Cella:
    """``nome``: its name and id in the form, "r3-data"."""

    nome: str
    colonna: Colonna
    valore: str = ""
    errore: str = ""


@dataclass(frozen=True, slots=True)
class RigaInTabella:
    """``nascoste``: typed in columns not shown. ``esito``: "giusta", "da correggere"; "" of an empty row.

    ``senza_effetto``: the lines to which it would bring nothing.
    """

    numero: int
    celle: Sequence[Cella]
    nascoste: Sequence[tuple[str, str]] = ()
    esito: str = ""
    altri_errori: Sequence[str] = ()
    senza_effetto: Sequence[str] = ()
    doppione: str = ""


def righe_in_tabella(esame: Esame, colonne: Sequence[Colonna], altre: int = 0) -> list[RigaInTabella]:
    """The rows of ``esame`` and, after them, empty ones to go on; ``altre``: more of them, when asked."""
    scritte = [_riga(riga, colonne) for riga in esame.righe]
    vuote = (VUOTE_IN_FONDO if scritte else VUOTE_ALL_INIZIO) + altre
    ultima = min(len(scritte) + vuote, MASSIMO_RIGHE)
    return [
        *scritte,
        *(
            RigaInTabella(n, [Cella(f"r{n}-{c.chiave}", c) for c in colonne])
            for n in range(len(scritte) + 1, ultima + 1)
        ),
    ]


def _riga(riga: RigaEsaminata, colonne: Sequence[Colonna]) -> RigaInTabella:
    mostrate = {colonna.chiave for colonna in colonne}
    prefisso = f"r{riga.numero}-"
    return RigaInTabella(
        numero=riga.numero,
        celle=[
            Cella(prefisso + c.chiave, c, riga.celle.get(c.chiave, ""), riga.errori.get(c.chiave, ""))
            for c in colonne
        ],
        nascoste=[(prefisso + k, testo) for k, testo in riga.celle.items() if k not in mostrate],
        esito="giusta" if riga.buona else "da correggere",
        altri_errori=[testo for chiave, testo in riga.errori.items() if chiave not in mostrate],
        senza_effetto=[codice for codice, _ in riga.avvisi],
        doppione=riga.doppione,
    )

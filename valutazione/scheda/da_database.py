"""The whole scheda of a programme from the database, in a constant number of queries.

``documento_di`` gives the exchange format (contract): the promise, which the floor below reads
(``programmi.contenuto``), with the registered evidence and what the authority said of the lines that wait
for it.
"""

from collections.abc import Iterable
from typing import Any

from programmi.contenuto import documento
from programmi.models import Programma
from valutazione.scheda.completamenti import completa_documenti
from valutazione.scheda.da_database_evidenze import leggi_evidenze

Documento = dict[str, Any]


def documento_di(programma: Programma, *, solo_promessa: bool = False, registro: bool = False) -> Documento:
    """The scheda of one programme. ``solo_promessa``: without evidence (``evidenze`` is then empty);
    ``registro``: members and names as the register has them now, whatever the act printed.

    Raises ``Programma.DoesNotExist`` when the programme is no longer there.
    """
    documenti = documenti_di([programma], solo_promessa=solo_promessa, registro=registro)
    if not documenti:
        raise Programma.DoesNotExist(f"Il programma {programma.pk} non esiste più.")
    return documenti[0]


def documenti_di(
    programmi: Iterable[Programma], *, solo_promessa: bool = False, registro: bool = False
) -> list[Documento]:
    """The schede of many programmes, in their order, with the queries of one."""
    if solo_promessa:
        return documento.documenti_di(programmi, registro=registro)
    elenco = list(programmi)
    documenti = documento.documenti_di(elenco, leggi_evidenze, registro=registro)
    return completa_documenti(elenco, documenti)

"""What the authority said of the lines that wait for it, laid over the scheda with evidence.

The promise, with its frozen versions, goes on saying what the act says: hours not told, percentage not
assigned. A rule that says them by itself (a scheda imported whole, an amendment) wins.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from programmi.models import Indicatore, Programma
from programmi.regola import TipoRegola
from valutazione.models import Completamento
from valutazione.scheda.regole import Oggetto, con_regole

PerRiga = dict[str, Oggetto]
"""By the code of the line, the keys of its rule that the authority said."""


def valori_di(completamento: Completamento) -> Oggetto:
    """The keys of the rule that it gives."""
    if completamento.ore_previste:
        return {"ore_previste": completamento.ore_previste}
    return {"assegnata": completamento.assegnata, "motivazione": completamento.motivazione}


def leggi_completamenti(chiavi: Iterable[int]) -> dict[int, PerRiga]:
    """Those of the programmes with these primary keys, by programme: one query."""
    trovati: dict[int, PerRiga] = defaultdict(dict)
    righe = Completamento.objects.filter(indicatore__programma__in=list(chiavi))
    for completamento in righe.select_related("indicatore__progettualita"):
        riga = completamento.indicatore
        trovati[riga.programma_id][riga.codice] = valori_di(completamento)
    return trovati


def da_completare(regola: Mapping[str, Any] | None) -> str:
    """The key that the rule leaves to the authority: "ore_previste", "assegnata", or "" for none."""
    if regola is None:
        return ""
    if regola["tipo"] == TipoRegola.QUOTA_ORE and regola.get("ore_previste") is None:
        return "ore_previste"
    if regola["tipo"] == TipoRegola.MANUALE and regola.get("assegnata") is None:
        return "assegnata"
    return ""


def righe_lasciate(programma: Programma) -> list[tuple[Indicatore, Completamento | None]]:
    """The lines whose rule leaves something to the authority, with what it said."""
    righe = Indicatore.objects.filter(programma=programma, regola__isnull=False).in_ordine()
    detti = {c.indicatore_id: c for c in Completamento.objects.filter(indicatore__programma=programma)}
    return [(riga, detti.get(riga.pk)) for riga in righe if da_completare(riga.regola)]


def completa(regola: Oggetto | None, valori: Mapping[str, Any]) -> Oggetto | None:
    """``regola`` with what the authority said, where it waits for it."""
    chiave = da_completare(regola)
    return {**regola, **valori} if regola is not None and chiave and chiave in valori else regola


def con_completamenti(documento: Oggetto, righe: PerRiga) -> Oggetto:
    """``documento`` with the rules of these lines completed; what it shares with others is not touched."""
    if not righe:
        return documento

    return con_regole(documento, lambda codice, regola: completa(regola, righe.get(codice, {})))


def completa_documenti(programmi: Iterable[Programma], documenti: list[Oggetto]) -> list[Oggetto]:
    """The documents of ``programmi``, in their order, completed: one more query, however many they are."""
    chiavi = list(dict.fromkeys(programma.pk for programma in programmi))
    trovati = leggi_completamenti(chiavi)
    if not trovati:
        return documenti
    if len(documenti) != len(chiavi):  # some were deleted meanwhile: their documents are not there
        esistono = set(Programma.objects.filter(pk__in=chiavi).values_list("pk", flat=True))
        chiavi = [chiave for chiave in chiavi if chiave in esistono]
    return [
        con_completamenti(documento, trovati.get(chiave, {}))
        for chiave, documento in zip(chiavi, documenti, strict=True)
    ]

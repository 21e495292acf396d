"""What a variazione may not do, because something above stands on what it would take away or change.

Evidence is credited to the lines of the programme in force. A line that has some stays; its rule may
change, as long as what was recorded for it can still be read: otherwise the programme could no longer be
evaluated. The way out is in the contract: the line is closed on a day, and a new one begins.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import ProtectedError
from django.db.models.deletion import Collector

from programmi.models import Indicatore, Programma

RegolaJson = Mapping[str, Any] | None

_MISURE = {
    "per_unita": "unita",
    "fasce": "unita",
    "per_distinti": "organizzazioni",
    "composta": "parti",
    "quota_ore": "ore",
}
"""The key of the measure each form of rule reads; the others read none (contract, "Rules")."""


def impedimenti(variazione: Programma) -> list[str]:
    """The sentences that say why ``variazione`` cannot be transmitted, or applied, as it is."""
    annuale = variazione.variazione_di
    if annuale is None:
        return []
    nuove = {riga.origine_id: riga for riga in variazione.indicatori.in_ordine()}
    toccate = [
        (riga, nuove.get(riga.pk))
        for riga in annuale.indicatori.in_ordine()
        if riga.pk not in nuove or not ancora_leggibile(riga.regola_json, nuove[riga.pk].regola_json)
    ]
    usate = in_uso(riga for riga, _ in toccate)
    return [_frase(riga, nuova) for riga, nuova in toccate if riga.pk in usate]


def ancora_leggibile(prima: RegolaJson, dopo: RegolaJson) -> bool:
    """Can every measure recorded under the rule ``prima`` be read under ``dopo``?

    No measure can always be read: it may not be enough any more, and the evaluation says so.
    """
    misura = _misura(prima)
    if misura is None:
        return True
    return misura == _misura(dopo) and _parti(prima) <= _parti(dopo)


def in_uso(righe: Iterable[Indicatore]) -> set[int]:
    """The primary keys of those among ``righe`` that the upper floor protects."""
    elenco = list(righe)
    try:
        Collector(using="default").collect(elenco)
    except ProtectedError as errore:
        return {
            getattr(sopra, campo.attname)
            for sopra in errore.protected_objects
            for campo in sopra._meta.concrete_fields
            if campo.related_model is Indicatore
        }
    return set()


def _misura(regola: RegolaJson) -> str | None:
    return None if regola is None else _MISURE.get(regola["tipo"])


def _parti(regola: RegolaJson) -> set[str]:
    return {parte["nome"] for parte in (regola or {}).get("parti", ())}


def _frase(riga: Indicatore, nuova: Indicatore | None) -> str:
    invece = "Si può chiudere indicando l'ultimo giorno in cui vale"
    if nuova is None:
        return (
            f"La riga {riga.codice} «{riga.testo}» ha evidenze, o dati completati dall'Agenzia: "
            f"non si può togliere. {invece}."
        )
    dove = riga.codice if nuova.codice == riga.codice else f"{riga.codice} (ora {nuova.codice})"
    return (
        f"La riga {dove} «{nuova.testo}» ha evidenze, o dati completati dall'Agenzia, con una misura che la "
        "nuova regola non prevede: la forma della regola e le sue parti non si possono cambiare. "
        f"{invece}, e aggiungerne una nuova."
    )

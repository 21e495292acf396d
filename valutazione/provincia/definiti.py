"""What the last result of each programme says, as it was frozen: many at once, without the kernel."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from django.db.models import Exists, OuterRef

from programmi.models.programma import ProgrammaQuerySet
from valutazione.kernel import EsitoProgramma, Valori
from valutazione.models import Risultato
from valutazione.models.risultato import RisultatoQuerySet
from valutazione.parole import StatoChiusura
from valutazione.risultati.esito_scritto import valori_scritti
from valutazione.risultati.lettura import difetti_dell_esito, nella_catena

DEFINITI = (StatoChiusura.DEFINITA, StatoChiusura.PUBBLICATA)
"""In these states a year is worth what its last result says; in the others, what it is worth now."""


class AzioneDefinita(NamedTuple):
    """An action of a result."""

    codice: str
    valori: Valori


@dataclass(frozen=True, slots=True)
class ValoriDefiniti:
    """The values of a result: rounded, as it wrote them."""

    programma: EsitoProgramma
    azioni: tuple[AzioneDefinita, ...]


@dataclass(frozen=True, slots=True)
class RisultatoDefinito:
    """``valori`` is None when it is not the one that was frozen."""

    numero: int
    pubblicato: bool
    valori: ValoriDefiniti | None


def ultimi_risultati(programmi: ProgrammaQuerySet) -> dict[int, RisultatoDefinito]:
    """The last result of each of ``programmi``, by primary key: two queries, however many they are."""
    trovati, riferimenti = {}, {}
    for risultato in _ultimi(programmi).iterator(chunk_size=50):
        trovati[risultato.programma_id] = _letto(risultato)
        riferimenti[risultato.programma_id] = risultato.riferimento_evento
    visti = nella_catena(riferimenti.values())
    return {
        chiave: trovato
        if riferimenti[chiave] in visti
        else RisultatoDefinito(trovato.numero, trovato.pubblicato, None)
        for chiave, trovato in trovati.items()
    }


def _ultimi(programmi: ProgrammaQuerySet) -> RisultatoQuerySet:
    seguente = Risultato.objects.filter(programma=OuterRef("programma"), numero__gt=OuterRef("numero"))
    righe = Risultato.objects.filter(~Exists(seguente), programma__in=programmi.order_by().values("pk"))
    return righe.defer("scheda").select_related("programma__distretto", "pubblicazione").order_by("programma")


def _letto(risultato: Risultato) -> RisultatoDefinito:
    valori = None if difetti_dell_esito(risultato) else _valori(orjson.loads(risultato.esito))
    return RisultatoDefinito(risultato.numero, risultato.pubblicato, valori)


def _valori(esito: dict[str, Any]) -> ValoriDefiniti:
    programma: dict[str, Any] = esito["programma"]
    azioni: Iterable[dict[str, Any]] = esito["azioni"]
    return ValoriDefiniti(
        EsitoProgramma(
            valori=valori_scritti(programma),
            obbligatorie=valori_scritti(programma["obbligatorie"]),
            progettualita=valori_scritti(programma["progettualita"]),
            incompleta=programma["incompleta"],
        ),
        tuple(AzioneDefinita(azione["codice"], valori_scritti(azione)) for azione in azioni),
    )

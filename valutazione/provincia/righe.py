"""The rows of many programmes, each reading in the order of their keys, so that they go on side by side.

Every function gives rows that begin with the key of their programme. Columns are what the database holds:
JSON and days as text (many are equal, and each is read once: ``Memoria``).
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.db.models.lookups import Exact, Range

from distretti.models import Adesione, CodicePrecedente
from programmi.models import Indicatore, Progettualita, Programma
from programmi.regola import CampoEvidenza
from valutazione.models import Allegato, Imputazione, OrganizzazioneCoinvolta, StatoEvidenza
from valutazione.parole import StatoImputazione

Tupla = tuple[Any, ...]
Chiavi = QuerySet[Programma, Any]
"""A queryset of the keys of the programmes: a subquery of every reading."""

BLOCCO = 2000
"""Rows that a cursor brings at a time."""
DI_ORGANIZZAZIONI = "organizzazion"
"""What the text of every rule that looks at organisations contains (and perhaps of some that does not)."""


class Fila:
    """Rows in the order of their programme, given one programme at a time."""

    def __init__(self, righe: Iterable[Tupla]) -> None:
        self._gruppi: groupby[Any, Tupla] = groupby(righe, key=itemgetter(0))
        self._avanti()

    def _avanti(self) -> None:
        self._chiave: int | None
        self._gruppo: Iterator[Tupla]
        self._chiave, self._gruppo = next(self._gruppi, (None, iter(())))

    def chiudi(self) -> None:
        """Let go of the rows that nobody asked for: their cursor closes."""
        self._gruppi, self._chiave, self._gruppo = groupby(()), None, iter(())

    def di(self, chiave: int) -> Iterator[Tupla]:
        """Those of ``chiave``: programmes are asked for in their order, each once."""
        while self._chiave is not None and self._chiave < chiave:
            self._avanti()
        return self._gruppo if self._chiave == chiave else iter(())


def testo(colonna: str) -> Cast:
    """A column as the database writes it."""
    return Cast(colonna, TextField())


def regole_diverse(chiavi: Chiavi) -> list[str]:
    """The rules of the programmes, each once."""
    righe = Indicatore.objects.filter(programma__in=chiavi, regola__isnull=False).order_by()
    return list(righe.annotate(scritta=testo("regola")).values_list("scritta", flat=True).distinct())


def codici_attuali() -> dict[str, str]:
    """Every code of a record that was merged, with the one it leads to."""
    righe = CodicePrecedente.objects.order_by().values_list("codice", "organizzazione__codice")
    return dict(righe)


def programmi(chiavi: Chiavi) -> Iterator[Tupla]:
    """Key, esercizio, contribution, reuse, members as the scheda printed them (null: the register's)."""
    colonne = ("pk", "dal", "al", "richiede_contributo", "riuso", "registro_scheda__aderenti")
    return _scorri(Programma.objects.filter(pk__in=chiavi).order_by("pk").values_list(*colonne))


def progettualita(chiavi: Chiavi) -> Iterator[Tupla]:
    """Programme, number, weight."""
    trovate = Progettualita.objects.filter(programma__in=chiavi).order_by("programma_id", "numero")
    return _scorri(trovate.values_list("programma_id", "numero", "peso"))


def righe(chiavi: Chiavi) -> Iterator[Tupla]:
    """Programme, key, number of the progettualità (null: compulsory), place, weight, days, rule, what the
    authority said of it."""
    colonne: tuple[str | Combinable, ...] = (
        "programma_id", "pk", "progettualita__numero", "ordine", "peso", testo("dal"), testo("al"),
        testo("regola"),
        "completamento__ore_previste", "completamento__assegnata", "completamento__motivazione",
    )  # fmt: skip
    trovate = Indicatore.objects.filter(programma__in=chiavi)
    ordine = ("programma_id", F("progettualita__numero").asc(nulls_first=True), "ordine")
    return _scorri(trovate.order_by(*ordine).values_list(*colonne))


def crediti(chiavi: Chiavi, campi: frozenset[CampoEvidenza]) -> Iterator[Tupla]:
    """Programme, line, evidence, its day, all the rest in one text (``COLONNE``, joined by ``TRA``).

    What was rejected is not read: that reason comes before any other, and it counts for nothing. Nor is it
    asked whether a field is filled in, if it is not one of ``campi``.
    Few texts are different, and a column less for each row is a tenth of the time of reading them.
    """
    trovati = Imputazione.objects.filter(
        stato__in=(StatoImputazione.ACCOLTA, StatoImputazione.IN_ATTESA),
        evidenza__programma__in=chiavi,
        evidenza__stato=StatoEvidenza.REGISTRATA,
    )
    resto = Unite(
        *(_scritta(colonna) for colonna in COLONNE),
        *(_pieno(campo) if campo in campi else None for campo in CAMPI),
    )
    colonne: tuple[str | Combinable, ...] = (
        "evidenza__programma_id", "indicatore_id", "evidenza_id", testo("evidenza__data"), resto,
    )  # fmt: skip
    return _scorri(trovati.order_by("evidenza__programma_id").values_list(*colonne))


COLONNE = (
    "stato", "misura", "misura_riconosciuta", "evidenza__tipo", "evidenza__presenze", "evidenza__pianificata",
)  # fmt: skip
"""Of a credit and of its evidence; then, for each of ``CAMPI``, 1 when it is filled in."""
CAMPI = tuple(campo for campo in CampoEvidenza if campo is not CampoEvidenza.ORGANIZZAZIONI)
TRA = "\x1f"
"""Between two columns: no JSON text holds it, nor any code."""
BIANCHI = "".join(carattere for carattere in map(chr, range(0x3001)) if carattere.isspace())
"""What ``str.strip`` takes away: a text of these alone is blank."""


class Unite(Func):
    """Columns as texts joined by ``TRA``; null, and None among them, is an empty one.

    One function that writes them all takes half the time of joining one after the other.
    """

    function = "FORMAT"
    output_field = TextField()

    def __init__(self, *colonne: Combinable | None) -> None:
        forma = TRA.join("" if colonna is None else "%s" for colonna in colonne)
        super().__init__(Value(forma), *(colonna for colonna in colonne if colonna is not None))

    def as_sqlite(self, compiler: Any, connection: Any, **altro: Any) -> tuple[str, Any]:
        return super().as_sql(compiler, connection, function="PRINTF", **altro)


class PrimoCarattere(Func):
    """The number of the first character of a text."""

    function = "ASCII"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **altro: Any) -> tuple[str, Any]:
        return super().as_sql(compiler, connection, function="UNICODE", **altro)


class SenzaBianchi(Func):
    """A text from its first character that is not blank."""

    function = "LTRIM"
    arity = 2
    output_field = TextField()


def _scritta(colonna: str) -> Combinable:
    return Cast(colonna, IntegerField()) if colonna == "evidenza__pianificata" else F(colonna)


def _pieno(campo: CampoEvidenza) -> Combinable:
    """Is the field filled in?"""
    colonna = f"evidenza__{campo.value}"
    pieno = Value("1")
    if campo is CampoEvidenza.ALLEGATI:
        casi = [When(Exists(Allegato.objects.filter(evidenza=OuterRef("evidenza"))), then=pieno)]
    elif campo is CampoEvidenza.PERSONE:
        casi = [When(~Q(Exact(testo(colonna), Value("[]"))), then=pieno)]
    else:
        # Most texts begin with an ordinary letter: only the others are looked into.
        casi = [
            When(Range(PrimoCarattere(colonna), (33, 126)), then=pieno),
            When(~Q(Exact(SenzaBianchi(colonna, Value(BIANCHI)), Value(""))), then=pieno),
        ]
    return Case(*casi, default=Value(""), output_field=TextField())


def coinvolte(chiavi: Chiavi) -> Iterator[Tupla]:
    """Programme, evidence, code of an organisation in its order, once for each line that may look at it."""
    guardano = Indicatore.objects.annotate(scritta=testo("regola")).filter(
        programma__in=chiavi, scritta__contains=DI_ORGANIZZAZIONI
    )
    trovate = OrganizzazioneCoinvolta.objects.filter(
        evidenza__stato=StatoEvidenza.REGISTRATA,
        evidenza__imputazioni__indicatore__in=guardano.order_by().values("pk"),
    )
    colonne = ("evidenza__programma_id", "evidenza_id", "organizzazione__codice")
    return _scorri(trovate.order_by("evidenza__programma_id", "ordine").values_list(*colonne))


def aderenti(chiavi: Chiavi) -> Iterator[Tupla]:
    """Programme, code, first and last day of each membership of its district."""
    colonne: tuple[str | Combinable, ...] = (
        "distretto__programmi__pk", "organizzazione__codice", testo("dal"), testo("al"),
    )  # fmt: skip
    trovate = Adesione.objects.filter(distretto__programmi__in=chiavi)
    return _scorri(trovate.order_by("distretto__programmi__pk").values_list(*colonne))


def _scorri(righe: QuerySet[Any, Tupla]) -> Iterator[Tupla]:
    return righe.iterator(chunk_size=BLOCCO)

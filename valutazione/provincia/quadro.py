"""The figures of an authority for a year: every programme with its values, and what they say together.

Where the result of a year is defined its values are those that were frozen, rounded; elsewhere those of the
kernel at this moment. Only approved programmes have values. A mean of programmes is plain: each counts one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from distretti.basi.italiano import arrotonda
from distretti.models import Autorita, Distretto
from programmi.models import STATI_APPROVATI, ClassificazioneProgettualita, Programma
from programmi.models.programma import ProgrammaQuerySet
from valutazione.chiusura import stati_di
from valutazione.kernel import NON_VALUTATA, Valori, ValoriAzione, ValoriScheda
from valutazione.kernel.media import media
from valutazione.parole import StatoChiusura
from valutazione.provincia.definiti import (
    DEFINITI,
    AzioneDefinita,
    RisultatoDefinito,
    ValoriDefiniti,
    ultimi_risultati,
)
from valutazione.provincia.valori import valori_di
from valutazione.scheda.modello import UNO

ANNI_A_FIANCO = 3
"""The years shown side by side: the one chosen and those before it."""


@dataclass(frozen=True)
class ProgrammaNelQuadro:
    """``valori`` is None where there are none: not approved, not to be evaluated as it is written, or with
    a result that is not the one that was frozen. ``risultato``: the last, also while it is corrected."""

    programma: Programma
    chiusura: StatoChiusura
    valori: ValoriScheda | ValoriDefiniti | None
    risultato: RisultatoDefinito | None

    @property
    def definito(self) -> bool:
        """Is it worth what its result says?"""
        return self.chiusura in DEFINITI

    @property
    def alterato(self) -> bool:
        return self.definito and self.valori is None

    @property
    def fonte(self) -> str:
        """Where its values come from, in words; "" when it has none."""
        numero = "" if self.risultato is None else f" n. {self.risultato.numero}"
        if self.alterato:
            return f"il risultato{numero} non è quello conservato"
        if self.valori is None:
            return ""
        if self.definito:
            pubblicato = self.risultato is not None and self.risultato.pubblicato
            return f"risultato{numero}, {'pubblicato' if pubblicato else 'definito'}"
        return f"in corso, si corregge il risultato{numero}" if numero else "in corso"

    @property
    def tre(self) -> Valori:
        return NON_VALUTATA if self.valori is None else self.valori.programma.valori

    @property
    def lunghezza(self) -> str:
        """Of the bar of what is recognised, from 0 to 100."""
        return _lunghezza(self.tre)

    @property
    def azioni(self) -> Sequence[ValoriAzione | AzioneDefinita]:
        return () if self.valori is None else self.valori.azioni

    @property
    def non_valutate(self) -> int:
        """The actions that nothing measures, or that wait for a datum of the authority."""
        return sum(not azione.valori.valutata for azione in self.azioni)


@dataclass(frozen=True)
class Gruppo:
    """A mean: of the programmes of a year, of the progettualità of a macro area or of a code."""

    nome: str
    quanti: int
    """How many it is the mean of: those that are scored."""
    valori: Valori

    @property
    def lunghezza(self) -> str:
        """Of the bar, from 0 to 100."""
        return _lunghezza(self.valori)


@dataclass(frozen=True)
class DistrettoNegliAnni:
    """A district, with each year and its programme of that year: None where it has none."""

    distretto: Distretto
    anni: tuple[tuple[int, ProgrammaNelQuadro | None], ...]


@dataclass(frozen=True)
class Quadro:
    """All the figures; the groups are in the order of their names."""

    autorita: Autorita
    anno: int
    anni: tuple[int, ...]
    programmi: tuple[ProgrammaNelQuadro, ...]
    per_anno: tuple[Gruppo, ...]
    per_area: tuple[Gruppo, ...]
    per_codice: tuple[Gruppo, ...]
    per_distretto: tuple[DistrettoNegliAnni, ...]

    @property
    def azioni(self) -> int:
        return sum(len(riga.azioni) for riga in self.programmi)

    @property
    def non_valutate(self) -> int:
        return sum(riga.non_valutate for riga in self.programmi)

    @property
    def quota_non_valutate(self) -> Fraction:
        """The share of the actions that are not scored, in percent."""
        return Fraction(100 * self.non_valutate, self.azioni) if self.azioni else Fraction(0)

    @property
    def stati(self) -> Counter[StatoChiusura]:
        """How many approved programmes stand in each state of the closing."""
        return Counter(riga.chiusura for riga in self.programmi if riga.programma.approvato)


def anni_di(autorita: Autorita) -> tuple[int, ...]:
    """The years of its programmes, the newest first: one query."""
    righe = Programma.objects.annuali().filter(distretto__autorita=autorita).order_by("-anno")
    return tuple(righe.values_list("anno", flat=True).distinct())


def righe_di(autorita: Autorita, anno: int) -> list[ProgrammaNelQuadro]:
    """The programmes of a year in the order of their districts, with their values."""
    return righe_per(_di(autorita, [anno]))


def righe_per(programmi: ProgrammaQuerySet) -> list[ProgrammaNelQuadro]:
    """``programmi`` in their order, with their values; a constant number of queries."""
    elencati = list(programmi)
    stati, risultati = stati_di(elencati), ultimi_risultati(programmi)
    da_valutare = programmi.filter(stato__in=STATI_APPROVATI).exclude(chiusura__stato__in=DEFINITI)
    valori: dict[int, ValoriScheda | ValoriDefiniti | None] = dict(valori_di(da_valutare))
    for chiave, risultato in risultati.items():
        if stati[chiave] in DEFINITI:
            valori[chiave] = risultato.valori
    return [ProgrammaNelQuadro(p, stati[p.pk], valori.get(p.pk), risultati.get(p.pk)) for p in elencati]


def quadro_di(autorita: Autorita, anno: int) -> Quadro:
    """The figures of ``anno`` beside those of the years before; a constant number of queries."""
    anni = anni_di(autorita)
    vicini = [altro for altro in anni if anno - ANNI_A_FIANCO < altro <= anno]
    tutte = righe_per(_di(autorita, vicini))
    righe = [riga for riga in tutte if riga.programma.anno == anno]
    per_area, per_codice = _per_classificazione(autorita, anno, righe)
    return Quadro(
        autorita=autorita,
        anno=anno,
        anni=anni,
        programmi=tuple(righe),
        per_anno=tuple(
            _gruppo(str(altro), [r.tre for r in tutte if r.programma.anno == altro])
            for altro in sorted(vicini)
        ),
        per_area=per_area,
        per_codice=per_codice,
        per_distretto=_per_distretto(tutte, sorted(vicini)),
    )


def _lunghezza(valori: Valori) -> str:
    return str(arrotonda(valori.riconosciuto or Fraction(0)))


def _di(autorita: Autorita, anni: Sequence[int]) -> ProgrammaQuerySet:
    programmi = Programma.objects.annuali().filter(distretto__autorita=autorita, anno__in=anni)
    return programmi.select_related("distretto").order_by("distretto__denominazione", "pk")


def _per_classificazione(
    autorita: Autorita, anno: int, righe: Iterable[ProgrammaNelQuadro]
) -> tuple[tuple[Gruppo, ...], tuple[Gruppo, ...]]:
    """The progettualità by macro area and by code: one with two codes of an area counts once in the area."""
    azioni = {(riga.programma.pk, a.codice): a.valori for riga in righe for a in riga.azioni}
    usi = ClassificazioneProgettualita.objects.filter(
        progettualita__programma__in=_di(autorita, [anno]).order_by().values("pk")
    )
    aree: dict[str, dict[tuple[int, str], Valori]] = defaultdict(dict)
    codici: dict[str, list[Valori]] = defaultdict(list)
    for programma, numero, codice, voce, area in usi.order_by("pk").values_list(
        "progettualita__programma_id",
        "progettualita__numero",
        "voce__codice",
        "voce__voce",
        "voce__macroarea",
    ):
        chiave = (programma, f"P{numero}")
        if chiave in azioni:
            aree[f"{codice[:1]} {area}".strip()][chiave] = azioni[chiave]
            codici[f"{codice} {voce}"].append(azioni[chiave])
    return (
        tuple(_gruppo(nome, aree[nome].values()) for nome in sorted(aree)),
        tuple(_gruppo(nome, codici[nome]) for nome in sorted(codici)),
    )


def _per_distretto(
    righe: Iterable[ProgrammaNelQuadro], anni: Sequence[int]
) -> tuple[DistrettoNegliAnni, ...]:
    """In the order of ``righe``, which is that of the districts."""
    distretti: dict[int, Distretto] = {}
    trovate: dict[tuple[int, int], ProgrammaNelQuadro] = {}
    for riga in righe:
        distretti.setdefault(riga.programma.distretto_id, riga.programma.distretto)
        trovate[riga.programma.distretto_id, riga.programma.anno] = riga
    return tuple(
        DistrettoNegliAnni(distretto, tuple((anno, trovate.get((chiave, anno))) for anno in anni))
        for chiave, distretto in distretti.items()
    )


def _gruppo(nome: str, valori: Iterable[Valori]) -> Gruppo:
    valutati = [tre for tre in valori if tre.valutata]
    return Gruppo(nome, len(valutati), media((UNO, tre) for tre in valutati))

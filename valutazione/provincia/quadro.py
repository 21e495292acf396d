"""The figures of an authority for a year: every programme with its values, and what they say together.

Values are those of the kernel at this moment; where a result was published, the public reads that one, which
is frozen. Only approved programmes have values. A mean of programmes is plain: each counts one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from distretti.models import Autorita
from programmi.models import STATI_APPROVATI, ClassificazioneProgettualita, Programma
from programmi.models.programma import ProgrammaQuerySet
from valutazione.chiusura import stati_di
from valutazione.kernel import NON_VALUTATA, Valori, ValoriAzione, ValoriScheda
from valutazione.kernel.media import media
from valutazione.parole import StatoChiusura
from valutazione.provincia.valori import valori_di
from valutazione.scheda.modello import UNO

ANNI_A_FIANCO = 3
"""The years shown side by side: the one chosen and those before it."""


@dataclass(frozen=True)
class ProgrammaNelQuadro:
    """``valori`` is None where there are none: not approved, or not to be evaluated as it is written."""

    programma: Programma
    chiusura: StatoChiusura
    valori: ValoriScheda | None

    @property
    def tre(self) -> Valori:
        return NON_VALUTATA if self.valori is None else self.valori.programma.valori

    @property
    def azioni(self) -> tuple[ValoriAzione, ...]:
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
        return f"{float(self.valori.riconosciuto or 0):.2f}"


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
    programmi = list(_di(autorita, [anno]))
    valori = dict(valori_di(_di(autorita, [anno]).filter(stato__in=STATI_APPROVATI)))
    return _righe(programmi, valori)


def quadro_di(autorita: Autorita, anno: int) -> Quadro:
    """The figures of ``anno`` beside those of the years before; a constant number of queries."""
    anni = anni_di(autorita)
    vicini = [altro for altro in anni if anno - ANNI_A_FIANCO < altro <= anno]
    programmi = list(_di(autorita, vicini))
    valori = dict(valori_di(_di(autorita, vicini).filter(stato__in=STATI_APPROVATI)))
    tutte = _righe(programmi, valori)
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
    )


def _di(autorita: Autorita, anni: Sequence[int]) -> ProgrammaQuerySet:
    programmi = Programma.objects.annuali().filter(distretto__autorita=autorita, anno__in=anni)
    return programmi.select_related("distretto").order_by("distretto__denominazione", "pk")


def _righe(
    programmi: Sequence[Programma], valori: dict[int, ValoriScheda | None]
) -> list[ProgrammaNelQuadro]:
    stati = stati_di(programmi)
    return [ProgrammaNelQuadro(p, stati[p.pk], valori.get(p.pk)) for p in programmi]


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


def _gruppo(nome: str, valori: Iterable[Valori]) -> Gruppo:
    valutati = [tre for tre in valori if tre.valutata]
    return Gruppo(nome, len(valutati), media((UNO, tre) for tre in valutati))

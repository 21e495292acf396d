"""The year's curve as it is drawn: three lines on one scale, with the table that says the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from distretti.basi.grafico import Punto, Tacca, coordinata, punti
from distretti.basi.italiano import al_giorno, data_estesa, percento
from valutazione.andamento import PARTI, Momento, momenti
from valutazione.scheda.modello import Scheda

LARGHEZZA, ALTEZZA = 600, 200
SERIE = (
    ("dichiarato", "Dichiarato"),
    ("riconosciuto", "Riconosciuto dall'Agenzia"),
    ("prospettico", "Se avviene ciò che è previsto"),
)
"""Value of the kernel (and class of the drawing), name."""
ASSENTE = "–"
TACCHE = tuple(Tacca(v, coordinata(ALTEZZA - Fraction(ALTEZZA * v, 100))) for v in (0, 25, 50, 75, 100))


@dataclass(frozen=True, slots=True)
class Linea:
    """A series: its points, and their list as an SVG writes it."""

    classe: str
    nome: str
    punti: tuple[Punto, ...]

    @property
    def percorso(self) -> str:
        return " ".join(f"{punto.x},{punto.y}" for punto in self.punti)


@dataclass(frozen=True, slots=True)
class RigaTabella:
    """The three values on a day; "–" where they do not mean anything."""

    nome: str
    oggi: bool
    celle: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Curva:
    """The year of the programme, or of one of its halves."""

    codice: str
    nome: str
    linee: tuple[Linea, ...]
    righe: tuple[RigaTabella, ...]
    descrizione: str


@dataclass(frozen=True, slots=True)
class Mese:
    """Where a month is written under the drawing."""

    lettera: str
    centro: str


@dataclass(frozen=True, slots=True)
class Andamento:
    """The curves on the same days; ``oggi``: where today is, ``None`` outside the esercizio."""

    curve: tuple[Curva, ...]
    mesi: tuple[Mese, ...]
    oggi: str | None


def andamento_di(scheda: Scheda, oggi: date) -> Andamento:
    """The curves of what is scored; no curve of what is not."""
    trovati = momenti(scheda, oggi)
    fini = [momento for momento in trovati if momento.fine_mese]
    meta = Fraction(1, 2 * len(fini))
    in_corso = [m for m in trovati[1:] if m.giorno == oggi]
    return Andamento(
        curve=tuple(_curva(*parte, trovati, oggi) for parte in PARTI if trovati[-1].di(parte[0]).valutata),
        mesi=tuple(Mese(m.nome[0].upper(), coordinata(LARGHEZZA * (m.posto - meta))) for m in fini),
        oggi=coordinata(LARGHEZZA * in_corso[0].posto) if in_corso else None,
    )


def _curva(parte: str, nome: str, trovati: list[Momento], oggi: date) -> Curva:
    linee = []
    for serie, etichetta in SERIE:
        valori = [(m.posto, v) for m in trovati if (v := _valore(m, parte, serie, trovati)) is not None]
        linee.append(Linea(serie, etichetta, punti(valori, larghezza=LARGHEZZA, altezza=ALTEZZA)))
    righe = tuple(
        RigaTabella(
            nome=f"oggi, {data_estesa(m.giorno)}" if m.nome == "oggi" else m.nome,
            oggi=m.giorno == oggi,
            celle=tuple(_cella(_valore(m, parte, serie, trovati)) for serie, _ in SERIE),
        )
        for m in trovati[1:]
    )
    return Curva(parte, nome, tuple(linee), righe, ". ".join(_parole(parte, trovati)))


def _valore(momento: Momento, parte: str, serie: str, trovati: list[Momento]) -> Fraction | None:
    """What was done is drawn up to today, what is planned from today on."""
    valore: Fraction | None = getattr(momento.di(parte), serie)
    if serie == "prospettico":
        ultimo = [m for m in trovati if m.avvenuto][-1:]
        return valore if momento in ultimo or not momento.avvenuto else None
    return valore if momento.avvenuto else None


def _cella(valore: Fraction | None) -> str:
    return ASSENTE if valore is None else percento(valore)


def _parole(parte: str, trovati: list[Momento]) -> Iterator[str]:
    """The sentences that stand for the drawing."""
    avvenuti = [momento for momento in trovati[1:] if momento.avvenuto]
    if avvenuti:
        valori = avvenuti[-1].di(parte)
        quando = al_giorno(avvenuti[-1].giorno).capitalize()
        yield (
            f"{quando}: dichiarato {_cella(valori.dichiarato)}, riconosciuto {_cella(valori.riconosciuto)}"
        )
    if not trovati[-1].avvenuto:
        previsto = _cella(trovati[-1].di(parte).prospettico)
        yield f"Alla fine dell'esercizio, se avviene ciò che è previsto: {previsto}"

"""What the charts of the desks show: numbers already computed elsewhere, with their place in the drawing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from distretti.basi.grafico import Colonna, Tacca, anello, barre, colonne, scala
from distretti.basi.italiano import MESI, conta, elenco, percento
from valutazione.kernel.esito import Valori
from valutazione.parole import StatoImputazione
from valutazione.scheda.modello import Evidenza, Scheda

CENTRO, RAGGIO = 60, 48
LARGHEZZA, ALTEZZA = 300, 120
SERIE = (
    ("accolte", "Accolte dall'Agenzia", "almeno su una riga"),
    ("attesa", "In attesa di verifica", ""),
    ("pianificate", "Pianificate", "non ancora avvenute"),
    ("fuori", "Non contano", "respinte, oppure senza una riga"),
)
"""The series of the months, from the bottom: class of the drawing, name, note."""


@dataclass(frozen=True)
class VoceAnello:
    """A part of the ring: class of the drawing, name, the whole percentage up to there, its path."""

    classe: str
    nome: str
    valore: str
    percorso: str


@dataclass(frozen=True)
class Anello:
    """How much of the programme is done: recognised, declared, and if what is planned happens."""

    testo: str
    voci: tuple[VoceAnello, ...]

    @property
    def descrizione(self) -> str:
        return "; ".join(f"{voce.nome.lower()}: {voce.valore}" for voce in self.voci)


def anello_di(valori: Valori) -> Anello | None:
    """The ring of ``valori``; None when they are *non valutati*, which is not 0."""
    tre = (valori.riconosciuto, valori.dichiarato, valori.prospettico)
    noti = [valore for valore in tre if valore is not None]
    if len(noti) < len(tre):
        return None
    nomi = (
        ("accolte", "Riconosciuto dall'Agenzia"),
        ("attesa", "Dichiarato"),
        ("pianificate", "Se avviene ciò che è previsto"),
    )
    percorsi = anello(noti, centro=CENTRO, raggio=RAGGIO)
    voci = tuple(
        VoceAnello(classe, nome, percento(valore), percorso)
        for (classe, nome), valore, percorso in zip(nomi, noti, percorsi, strict=True)
    )
    return Anello(voci[1].valore, voci)


@dataclass(frozen=True)
class Mese:
    """A month of the esercizio: how many evidences of each series, and its column."""

    nome: str
    lettera: str
    quanti: tuple[int, ...]
    colonna: Colonna
    in_corso: bool

    @property
    def totale(self) -> int:
        return sum(self.quanti)


@dataclass(frozen=True)
class Mesi:
    """The evidence of a programme month by month."""

    mesi: tuple[Mese, ...]
    tacche: tuple[Tacca, ...]
    totali: tuple[int, ...]
    fuori_esercizio: int

    @property
    def totale(self) -> int:
        return sum(self.totali)

    @property
    def descrizione(self) -> str:
        """The sentence that stands for the drawing."""
        parti = [
            f"{mese.nome} {conta(mese.totale, 'evidenza', 'evidenze')}" for mese in self.mesi if mese.totale
        ]
        return elenco(parti) or "nessuna evidenza nell'esercizio"


def mesi_di(scheda: Scheda, oggi: date) -> Mesi:
    """The months of the esercizio with the evidence recorded in each (by its first day)."""
    chiavi = _mesi_tra(scheda.dal, scheda.al)
    contate: Counter[tuple[int, int, int]] = Counter()
    fuori = 0
    for evidenza in scheda.evidenze:
        if scheda.dal <= evidenza.data <= scheda.al:
            contate[evidenza.data.year, evidenza.data.month, _serie(evidenza)] += 1
        else:
            fuori += 1
    righe = [tuple(contate[anno, mese, serie] for serie in range(len(SERIE))) for anno, mese in chiavi]
    disegno = colonne(righe, larghezza=LARGHEZZA, altezza=ALTEZZA)
    piu_anni = len({anno for anno, _ in chiavi}) > 1
    return Mesi(
        mesi=tuple(
            Mese(
                nome=f"{MESI[mese - 1]} {anno}" if piu_anni else MESI[mese - 1],
                lettera=MESI[mese - 1][0].upper(),
                quanti=riga,
                colonna=colonna,
                in_corso=(anno, mese) == (oggi.year, oggi.month),
            )
            for (anno, mese), riga, colonna in zip(chiavi, righe, disegno, strict=True)
        ),
        tacche=tuple(scala(max(map(sum, righe)), altezza=ALTEZZA)),
        totali=tuple(sum(riga[serie] for riga in righe) for serie in range(len(SERIE))),
        fuori_esercizio=fuori,
    )


def _mesi_tra(dal: date, al: date) -> list[tuple[int, int]]:
    primo, ultimo = dal.year * 12 + dal.month - 1, al.year * 12 + al.month - 1
    return [(numero // 12, numero % 12 + 1) for numero in range(primo, ultimo + 1)]


def _serie(evidenza: Evidenza) -> int:
    """In which series an evidence is counted: one only."""
    stati = {imputazione.stato for imputazione in evidenza.imputazioni}
    if evidenza.pianificata:
        return 2
    if StatoImputazione.ACCOLTA in stati:
        return 0
    return 1 if StatoImputazione.IN_ATTESA in stati else 3


@dataclass(frozen=True)
class VoceBarra:
    """A row of a table with its bar; ``indirizzo`` leads to what it counts, where there is such a list."""

    nome: str
    classe: str
    quanti: int
    lunghezza: str
    indirizzo: str


def barre_di(voci: Iterable[tuple[str, str, int, str]]) -> list[VoceBarra]:
    """Name, class of the drawing, how many and address of each row, with the length of its bar."""
    elencate = list(voci)
    lunghezze = barre([quanti for _, _, quanti, _ in elencate])
    return [
        VoceBarra(nome, classe, quanti, lunghezza, indirizzo)
        for (nome, classe, quanti, indirizzo), lunghezza in zip(elencate, lunghezze, strict=True)
    ]

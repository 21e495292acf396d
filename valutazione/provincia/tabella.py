"""The table of the programmes of a year to take away: CSV and XLSX, with what each column means."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from io import BytesIO, StringIO

from openpyxl import Workbook

from distretti.basi.celle import cella_csv
from distretti.basi.italiano import arrotonda
from distretti.importazione_xlsx.foglio import in_cella, intestazione_in_cella
from valutazione.kernel import Valori
from valutazione.provincia.quadro import ProgrammaNelQuadro

Cella = str | int | Decimal | None


@dataclass(frozen=True)
class Colonna:
    """A column: its name, what it means, where its value comes from."""

    nome: str
    spiegazione: str
    leggi: Callable[[ProgrammaNelQuadro], Cella]


def _percento(valore: Fraction | None) -> Decimal | None:
    return None if valore is None else arrotonda(valore)


def _tre(nome: str, che_cosa: str, leggi: Callable[[ProgrammaNelQuadro], Valori | None]) -> Iterator[Colonna]:
    """The three columns of a mean."""
    spiegazioni = {
        "dichiarato": "con ciò che il manager dichiara e non è respinto",
        "riconosciuto": "con ciò che l'autorità ha accolto",
        "prospettico": "come il dichiarato, se avviene ciò che è previsto",
    }
    for valore, come in spiegazioni.items():

        def cella(riga: ProgrammaNelQuadro, valore: str = valore) -> Cella:
            valori = leggi(riga)
            return None if valori is None else _percento(getattr(valori, valore))

        testo = f"{che_cosa}, {come}: da 0 a 100, vuota se non valutata"
        yield Colonna(f"{nome}{valore}", testo, cella)


def _programma(riga: ProgrammaNelQuadro) -> Valori | None:
    return None if riga.valori is None else riga.valori.programma.valori


def _obbligatorie(riga: ProgrammaNelQuadro) -> Valori | None:
    return None if riga.valori is None else riga.valori.programma.obbligatorie


def _progettualita(riga: ProgrammaNelQuadro) -> Valori | None:
    return None if riga.valori is None else riga.valori.programma.progettualita


def _incompleta(riga: ProgrammaNelQuadro) -> Cella:
    return None if riga.valori is None else ("sì" if riga.valori.programma.incompleta else "no")


def _risultato(riga: ProgrammaNelQuadro) -> Cella:
    return None if riga.risultato is None else riga.risultato.numero


COLONNE: tuple[Colonna, ...] = (
    Colonna("distretto", "Codice del distretto", lambda r: r.programma.distretto.codice),
    Colonna("denominazione", "Nome del distretto", lambda r: r.programma.distretto.denominazione),
    Colonna("anno", "Anno del programma", lambda r: r.programma.anno),
    Colonna("stato_programma", "A che punto è l'approvazione", lambda r: r.programma.get_stato_display()),
    Colonna("stato_chiusura", "A che punto è la chiusura dell'anno", lambda r: r.chiusura.etichetta),
    Colonna("risultato", "Numero dell'ultimo risultato definito, vuota se non ce n'è", _risultato),
    Colonna("valori", "Da dove vengono le percentuali: in corso, o da un risultato", lambda r: r.fonte),
    *_tre("", "Percentuale di realizzazione del programma", _programma),
    *_tre("obbligatorie_", "Media delle azioni obbligatorie", _obbligatorie),
    *_tre("progettualita_", "Media delle progettualità", _progettualita),
    Colonna("azioni", "Quante azioni ha il programma", lambda r: len(r.azioni)),
    Colonna("azioni_non_valutate", "Quante di queste non sono valutate", lambda r: r.non_valutate),
    Colonna("incompleta", "«sì» se manca ancora un dato che dice l'autorità", _incompleta),
)


def csv_di(righe: Iterable[ProgrammaNelQuadro]) -> Iterator[bytes]:
    """RFC 4180, a row at a time; decimals with the point."""
    testo = StringIO(newline="")
    scrive = csv.writer(testo, lineterminator="\r\n")
    scrive.writerow(colonna.nome for colonna in COLONNE)
    for riga in righe:
        celle = (colonna.leggi(riga) for colonna in COLONNE)
        scrive.writerow("" if valore is None else cella_csv(str(valore)) for valore in celle)
        yield testo.getvalue().encode()
        testo.seek(0)
        testo.truncate()
    yield testo.getvalue().encode()


def xlsx_di(righe: Iterable[ProgrammaNelQuadro]) -> bytes:
    """Two sheets: the programmes, and what the columns mean. Rows are written as they come."""
    libro = Workbook(write_only=True)
    pagina = libro.create_sheet("Programmi")
    pagina.freeze_panes = "A2"
    pagina.append([intestazione_in_cella(pagina, colonna.nome) for colonna in COLONNE])
    for riga in righe:
        valori = (colonna.leggi(riga) for colonna in COLONNE)
        pagina.append([in_cella(pagina, v) if isinstance(v, str) else v for v in valori])
    note = libro.create_sheet("Colonne")
    note.append([intestazione_in_cella(note, titolo) for titolo in ("Colonna", "Che cosa dice")])
    for colonna in COLONNE:
        note.append([in_cella(note, colonna.nome), in_cella(note, colonna.spiegazione)])
    contenuto = BytesIO()
    libro.save(contenuto)
    return contenuto.getvalue()

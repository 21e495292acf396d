"""The report as plain data: what is printed, already in Italian words, without any HTML.

Percentages are texts ("33,33%", or "non valutata": never 0 for what is not scored); a ``peso`` is ""
where it is 1, so that it is printed only where it changes something.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from distretti.basi.italiano import data_estesa, del_giorno, il_giorno
from distretti.basi.pdf import FileIncorporato

NON_VALUTATA = "non valutata"
LUNGA = 1500
"""Characters that take about half a page in the column of a line."""


@dataclass(frozen=True, slots=True)
class Valori:
    """The two official readings: the manager's (``dichiarato``) and the Agenzia's (``riconosciuto``)."""

    dichiarato: str
    riconosciuto: str
    incompleta: bool = False
    peso: str = ""

    @property
    def valutata(self) -> bool:
        return self.dichiarato != NON_VALUTATA


# --- the act ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Estremi:
    """Number, date and reference of the act: empty until the register gives them."""

    numero: str = ""
    data: date | None = None
    riferimento: str = ""

    @property
    def in_data(self) -> str:
        """ "20 gennaio 2026" """
        return data_estesa(self.data) if self.data else ""


@dataclass(frozen=True, slots=True)
class Intestazione:
    """The letterhead, line by line, and the structure that issues the act."""

    righe: tuple[str, ...]
    recapiti: tuple[str, ...]
    struttura: str


@dataclass(frozen=True, slots=True)
class TestoAtto:
    """The act before its annex. ``determina`` holds the points without their numbers."""

    titolo: str
    oggetto: str
    premesse: tuple[str, ...]
    organo: str
    visti: tuple[str, ...]
    verbo: str
    determina: tuple[str, ...]
    titolo_allegato: str
    clausola_firma: str


# --- the annex --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VoceSintesi:
    """A row of the summary: the programme, one of its parts, or an action."""

    codice: str
    titolo: str
    valori: Valori

    @property
    def nota(self) -> str:
        """What stands beside the name: "peso 2, incompleta"."""
        peso = f"peso {self.valori.peso}" if self.valori.peso else ""
        return ", ".join(filter(None, (peso, "incompleta" if self.valori.incompleta else "")))


@dataclass(frozen=True, slots=True)
class EvidenzaContata:
    """An evidence that counts on a line; ``dichiarato`` and ``riconosciuto`` are its share, or ""."""

    codice: str
    data: str
    titolo: str
    misura: str
    stato: str
    dichiarato: str
    riconosciuto: str
    nota: str = ""


@dataclass(frozen=True, slots=True)
class EvidenzaEsclusa:
    """An evidence that does not count, or adds nothing, and why."""

    codice: str
    data: str
    titolo: str
    motivo: str


@dataclass(frozen=True, slots=True)
class RigaRelazione:
    """A line: words of the act, rule applied, values, and the ledger of its evidence."""

    codice: str
    testo: str
    parole: str
    evidenze_richieste: str
    regola: str
    calcolo: str
    manca: str
    in_vigore: str
    valori: Valori
    conteggiate: tuple[EvidenzaContata, ...]
    escluse: tuple[EvidenzaEsclusa, ...]

    @property
    def lunga(self) -> bool:
        """Too long to be kept whole on one page."""
        testi = (self.testo, self.parole, self.evidenze_richieste, self.regola, self.calcolo, self.manca)
        return sum(map(len, testi)) > LUNGA

    @property
    def con_quote(self) -> bool:
        """Has the evidence a share of its own? Some forms of rule give none."""
        return any(evidenza.dichiarato for evidenza in self.conteggiate)


@dataclass(frozen=True, slots=True)
class AzioneRelazione:
    """A compulsory action (one line, same code) or a progettualità."""

    codice: str
    titolo: str
    valori: Valori
    righe: tuple[RigaRelazione, ...]
    indicatori: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sezione:
    """A heading of the compulsory actions: NETWORKING, INTERAZIONE…"""

    titolo: str
    azioni: tuple[AzioneRelazione, ...]


@dataclass(frozen=True, slots=True)
class Sintesi:
    """The summary table: the programme, its two parts, each of their actions."""

    programma: VoceSintesi
    obbligatorie: VoceSintesi
    azioni_obbligatorie: tuple[VoceSintesi, ...]
    progettualita: VoceSintesi
    azioni_progettualita: tuple[VoceSintesi, ...]


@dataclass(frozen=True, slots=True)
class AllegatoValutazione:
    """Annex 001: the percentages line by line, with their explanation."""

    titolo: str
    sintesi: Sintesi
    avvertenze: tuple[str, ...]
    testo_obbligatorie: tuple[str, ...]
    obbligatorie: tuple[Sezione, ...]
    progettualita: tuple[AzioneRelazione, ...]


@dataclass(frozen=True, slots=True)
class DatiAllegati:
    """The two files inside the PDF, and the hash by which the esito names its scheda."""

    scheda: FileIncorporato
    esito: FileIncorporato
    impronta: str

    @property
    def file(self) -> tuple[FileIncorporato, ...]:
        return (self.scheda, self.esito)

    @property
    def in_tabella(self) -> list[tuple[str, str, str]]:
        """Name, what it is, SHA-256 of its bytes."""
        return [(file.nome, file.descrizione, sha256(file.contenuto).hexdigest()) for file in self.file]


@dataclass(frozen=True, slots=True)
class RisultatoStampato:
    """The frozen result that the document is made from, and nothing else."""

    numero: int
    definito_il: date
    motivo: str
    versione_calcolo: str
    sha256_scheda: str
    sha256_esito: str

    @property
    def nome(self) -> str:
        """ "risultato n. 1, definito il 20 marzo 2026" """
        return f"risultato n. {self.numero}, definito {il_giorno(self.definito_il)}"


@dataclass(frozen=True, slots=True)
class Relazione:
    """The whole document. ``avviso`` is printed on every page (demonstration, programme not approved);
    without ``risultato`` the year is not closed yet, and the document says so."""

    titolo: str
    anno: str
    autore: str
    descrizione: str
    avviso: str
    dimostrazione: bool
    estremi: Estremi
    intestazione: Intestazione
    atto: TestoAtto
    allegato: AllegatoValutazione
    giorno: date
    dati: DatiAllegati
    versione_calcolo: str
    risultato: RisultatoStampato | None = None

    @property
    def al_giorno(self) -> str:
        """ "del 20 gennaio 2026": the day the document speaks of."""
        return del_giorno(self.giorno)

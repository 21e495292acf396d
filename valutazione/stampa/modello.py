"""The printed documents as plain data, already in Italian words, without any HTML but the premessa."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from distretti.basi.pdf import FileIncorporato, html_in_pdf
from valutazione.relazione.modello import Estremi

Voci = Sequence[tuple[str, str]]
"""Label and text, in order; what is empty is not there."""


@dataclass(frozen=True, kw_only=True)
class Documento:
    """What ``pdf/base.html`` asks of every document; ``modello`` is its own template."""

    modello: ClassVar[str]

    titolo: str
    autore: str
    descrizione: str
    avviso: str
    giorno: date
    estremi: Estremi = field(default_factory=Estremi)
    incorporati: Sequence[FileIncorporato] = ()


@dataclass(frozen=True, slots=True)
class RigaStampata:
    """A line: the words of the act and, below, the rule that applies."""

    codice: str
    testo: str
    percentuale: str
    evidenze: str
    regola: str
    in_vigore: str


@dataclass(frozen=True, slots=True)
class SezioneStampata:
    """A heading of the compulsory actions, with its lines."""

    titolo: str
    righe: Sequence[RigaStampata]


@dataclass(frozen=True, slots=True)
class ProgettualitaStampata:
    numero: int
    intestazione: str
    voci: Voci
    indicatori: Sequence[str]
    righe: Sequence[RigaStampata]


@dataclass(frozen=True, slots=True)
class AderenteStampato:
    """A member in its row: number, name, day, and one mark after the other."""

    numero: int
    nome: str
    dal: str
    al: str
    marchi: str


@dataclass(frozen=True, kw_only=True)
class VersioneStampata(Documento):
    """A frozen version: everything comes from its content. ``impronta`` is the hash it was frozen with."""

    modello = "pdf/versione.html"

    allegato: str
    occhiello: str
    stato: str
    premessa: SafeString
    dati: Voci
    attori: Sequence[tuple[str, str, str]]
    canali: Voci
    testo_obbligatorie: Sequence[str]
    sezioni: Sequence[SezioneStampata]
    progettualita: Sequence[ProgettualitaStampata]
    aderenti_al: str
    aderenti: Sequence[AderenteStampato]
    atti: Sequence[str]
    impronta: str
    impronta_del_file: str
    nome_del_file: str
    pubblica: bool


def in_html(documento: Documento) -> str:
    """The page that is printed: everything people wrote is escaped by the templates."""
    return render_to_string(documento.modello, {"documento": documento})


def in_pdf(documento: Documento) -> bytes:
    """The file, with what is embedded. Raises ``MotorePdfAssente``."""
    return html_in_pdf(in_html(documento), incorporati=documento.incorporati)

"""A prescribed list as plain data: what counts, what does not and why, what is still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from programmi.regola import TipoEvidenza
from valutazione.elenchi.colonne import Colonna, Parole, colonne_di
from valutazione.letture import Valutazione
from valutazione.pagine.registro import Registri, VoceRegistro, frase_di
from valutazione.scheda.modello import Riga, Scheda

CONTANO, NON_CONTANO, PREVISTE = "Contano", "Non contano", "Non ancora avvenute"


@dataclass(frozen=True, slots=True)
class VoceElenco:
    """An evidence in the list: heading and text of each cell; ``pk`` leads to it.

    ``giorno``: its day, None where it lasted more than one. ``esito``: what the Agenzia said, or why it does
    not count.
    """

    numero: int
    pk: int | None
    giorno: date | None
    celle: Sequence[tuple[str, str]]
    esito: str


@dataclass(frozen=True, slots=True)
class ParteElenco:
    titolo: str
    voci: Sequence[VoceElenco]


@dataclass(frozen=True, slots=True)
class Elenco:
    """The list of a line. ``chiesto``: the words of the act on the evidence, or ""."""

    riga: Riga
    chiesto: str
    regola: str
    colonne: Sequence[Colonna]
    parti: Sequence[ParteElenco]

    @property
    def quante(self) -> int:
        """How many count."""
        return sum(len(parte.voci) for parte in self.parti if parte.titolo == CONTANO)

    @property
    def progetti(self) -> bool:
        """Is it the list of the projects outside the programme? (Too many columns for a table on paper.)"""
        regola = self.riga.regola
        return regola is not None and TipoEvidenza.PROGETTO_FUORI_PROGRAMMA in regola.evidenze


def elenco_di(valutazione: Valutazione, codice: str) -> Elenco:
    """The list of the line ``codice``. Raises KeyError for a line that is not there."""
    riga = valutazione.scheda.righe[codice]
    return elenco_da(valutazione.scheda, riga, Registri(valutazione).riga(riga).voci)


def elenco_da(scheda: Scheda, riga: Riga, voci_riga: Sequence[VoceRegistro]) -> Elenco:
    """The list of ``riga`` from the entries of its ledger."""
    parole = Parole(scheda)
    per_codice = {evidenza.codice: evidenza for evidenza in scheda.evidenze}
    gruppi: dict[str, list[VoceRegistro]] = {CONTANO: [], NON_CONTANO: [], PREVISTE: []}
    for voce in voci_riga:
        gruppi[_parte(voce)].append(voce)
    imputate = [per_codice[voce.codice] for voci in gruppi.values() for voce in voci]
    colonne = colonne_di(riga, imputate, parole)
    parti = []
    for nome, voci in gruppi.items():
        in_ordine = sorted(voci, key=lambda voce: (voce.data, voce.codice))
        righe = [
            VoceElenco(
                numero,
                voce.pk,
                None if per_codice[voce.codice].data_fine else voce.data,
                [
                    (titolo, parole.cella(per_codice[voce.codice], chiave, voce.dettaglio))
                    for chiave, titolo in colonne
                ],
                _esito(voce, colonne),
            )
            for numero, voce in enumerate(in_ordine, start=1)
        ]
        if righe:
            parti.append(ParteElenco(nome, righe))
    return Elenco(riga, riga.testo_evidenze.strip(), frase_di(riga.regola), colonne, parti)


def _parte(voce: VoceRegistro) -> str:
    if voce.classe == "scartata":
        return NON_CONTANO
    return PREVISTE if voce.esito == "Pianificata" else CONTANO


def _esito(voce: VoceRegistro, colonne: Sequence[Colonna]) -> str:
    """With its detail, unless a column says it already."""
    if _parte(voce) == NON_CONTANO:
        return voce.dettaglio
    detto = any(chiave == "misura" for chiave, _ in colonne)
    return voce.esito if detto or not voce.dettaglio else f"{voce.esito}: {voce.dettaglio}"

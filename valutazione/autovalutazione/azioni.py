"""The actions of a programme as the autovalutazione tells them: promise, values, evidence, comment."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import capfirst

from programmi.models import Programma
from valutazione.kernel import Valori
from valutazione.letture import Valutazione
from valutazione.models import CommentoAzione
from valutazione.pagine.registro import frase_di
from valutazione.scheda.modello import Riga, Scheda


@dataclass(frozen=True)
class RigaDichiarata:
    """A line: the words of the act and its rule as a sentence."""

    riga: Riga
    frase: str
    valori: Valori
    incompleta: bool


@dataclass(frozen=True)
class AzioneDichiarata:
    """An action: ``evidenze`` counts those that happened, ``pianificate`` those still to come."""

    codice: str
    titolo: str
    obbligatoria: bool
    valori: Valori
    righe: tuple[RigaDichiarata, ...]
    evidenze: int
    pianificate: int
    commento: str

    @property
    def da_commentare(self) -> bool:
        """Not scored: the words are all there is."""
        return not self.valori.valutata

    @property
    def nome(self) -> str:
        """ "4. Titolo" of a progettualità; the text of the line of a compulsory action."""
        if self.obbligatoria:
            return capfirst(self.titolo)
        return f"{self.codice.removeprefix('P')}. {self.titolo}"


def commenti_di(programma: Programma) -> dict[str, str]:
    """The comments of ``programma`` by the code that their action has now."""
    commenti = CommentoAzione.objects.con_azione().filter(programma=programma)
    return {commento.codice: commento.testo for commento in commenti}


def azioni_dichiarate(valutazione: Valutazione, commenti: Mapping[str, str]) -> list[AzioneDichiarata]:
    """Every action of the scheda in its order: the compulsory ones, then the progettualità."""
    scheda, esito = valutazione.scheda, valutazione.esito
    titoli = {riga.codice: riga.testo for riga in scheda.obbligatorie}
    titoli |= {p.codice: p.titolo for p in scheda.progettualita}
    avvenute, pianificate = _evidenze(scheda, pianificate=False), _evidenze(scheda, pianificate=True)
    azioni = []
    for azione in esito.azioni:
        righe = {riga.codice for riga in azione.righe}
        azioni.append(
            AzioneDichiarata(
                codice=azione.codice,
                titolo=titoli[azione.codice],
                obbligatoria=azione.obbligatoria,
                valori=azione.valori,
                righe=tuple(
                    RigaDichiarata(
                        scheda.righe[r.codice],
                        frase_di(scheda.righe[r.codice].regola),
                        r.valori,
                        r.incompleta,
                    )
                    for r in azione.righe
                ),
                evidenze=sum(1 for citate in avvenute if citate & righe),
                pianificate=sum(1 for citate in pianificate if citate & righe),
                commento=commenti.get(azione.codice, ""),
            )
        )
    return azioni


def _evidenze(scheda: Scheda, *, pianificate: bool) -> list[frozenset[str]]:
    """The lines each evidence is credited to."""
    return [
        frozenset(imputazione.indicatore for imputazione in evidenza.imputazioni)
        for evidenza in scheda.evidenze
        if evidenza.pianificata is pianificate
    ]

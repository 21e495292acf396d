"""The result as citizens read it: what was promised, what was done, what is recognised. From a package alone.

Of an evidence everyone reads its type, its first day and the title that was written for the public, if the
Agenzia accepted it; never who took part, files, reasons, notes (docs/dati-pubblici.md).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from distretti.basi.italiano import conta, elenco
from programmi.regola import TipoEvidenza, frase
from valutazione.kernel import EsitoAzione, EsitoRiga, Valori
from valutazione.parole import StatoImputazione
from valutazione.risultati.pacchetto import Pacchetto
from valutazione.scheda.modello import Evidenza, Misura, MisuraUnita, Progettualita, Riga, Scheda


@dataclass(frozen=True)
class Fatto:
    """Something done that has a title for the public."""

    giorno: date
    tipo: str
    titolo: str


@dataclass(frozen=True)
class RigaPubblica:
    """A line: the words of the act, its rule, how its value comes about."""

    riga: Riga
    frase: str
    esito: EsitoRiga

    @property
    def in_parte(self) -> bool:
        """Was less recognised than declared?"""
        return self.esito.valori.riconosciuto != self.esito.valori.dichiarato


@dataclass(frozen=True)
class AzionePubblica:
    """An action: what was promised (of a progettualità: its fields in the act) and what was done."""

    codice: str
    titolo: str
    valori: Valori
    incompleta: bool
    righe: tuple[RigaPubblica, ...]
    fatto: str
    fatti: tuple[Fatto, ...]
    promessa: Progettualita | None = None

    @property
    def con_chi(self) -> list[str]:
        """Who leads it and who else takes part, as the act prints them."""
        if self.promessa is None:
            return []
        return [r.testo for r in self.promessa.referenti] + self.promessa.altre_organizzazioni.splitlines()


@dataclass(frozen=True)
class SezionePubblica:
    """A heading of the compulsory actions, with its actions."""

    titolo: str
    azioni: tuple[AzionePubblica, ...]


@dataclass(frozen=True)
class PaginaRisultato:
    """The whole page. ``fatto``: everything done in the year, each thing once: "24 incontri, 3 post"."""

    scheda: Scheda
    programma: Valori
    obbligatorie: Valori
    progettualita: Valori
    incompleta: bool
    sezioni: tuple[SezionePubblica, ...]
    azioni: tuple[AzionePubblica, ...]
    fatto: str
    valutate: int
    non_valutate: int


def pagina_di(pacchetto: Pacchetto) -> PaginaRisultato:
    """The page of a package."""
    scheda, esito = pacchetto.scheda_letta, pacchetto.esito_letto
    lettore = _Lettore(scheda)
    obbligatorie = [
        (riga.sezione, lettore.azione(esito.azione(riga.codice), riga.testo)) for riga in scheda.obbligatorie
    ]
    non_valutate = sum(not azione.valori.valutata for azione in esito.azioni)
    return PaginaRisultato(
        scheda=scheda,
        programma=esito.programma.valori,
        obbligatorie=esito.programma.obbligatorie,
        progettualita=esito.programma.progettualita,
        incompleta=esito.programma.incompleta,
        sezioni=tuple(
            SezionePubblica(titolo, tuple(azione for _, azione in gruppo))
            for titolo, gruppo in groupby(obbligatorie, key=lambda voce: voce[0])
        ),
        azioni=tuple(lettore.azione(esito.azione(p.codice), p.titolo, p) for p in scheda.progettualita),
        fatto=in_breve(unita for azione in esito.azioni for unita in lettore.accolte(azione.righe)),
        valutate=len(esito.azioni) - non_valutate,
        non_valutate=non_valutate,
    )


Accolta = tuple[Evidenza, int]
"""An evidence that counts and was accepted, with the units recognised of it (1 where it has none)."""


class _Lettore:
    def __init__(self, scheda: Scheda) -> None:
        self.scheda = scheda
        self.evidenze = {evidenza.codice: evidenza for evidenza in scheda.evidenze}

    def azione(
        self, esito: EsitoAzione, titolo: str, promessa: Progettualita | None = None
    ) -> AzionePubblica:
        accolte = list(self.accolte(esito.righe))
        return AzionePubblica(
            codice=esito.codice,
            titolo=titolo,
            valori=esito.valori,
            incompleta=esito.incompleta,
            righe=tuple(self._riga(riga) for riga in esito.righe),
            fatto=in_breve(accolte),
            fatti=_con_titolo(accolte),
            promessa=promessa,
        )

    def _riga(self, esito: EsitoRiga) -> RigaPubblica:
        riga = self.scheda.righe[esito.codice]
        return RigaPubblica(riga, "non valutata." if riga.regola is None else frase(riga.regola), esito)

    def accolte(self, righe: Iterable[EsitoRiga]) -> Iterator[Accolta]:
        """What was accepted and counts on any of ``righe``, over the cap too."""
        for riga in righe:
            for contata in riga.conteggiate:
                if contata.stato is StatoImputazione.ACCOLTA:
                    yield self.evidenze[contata.evidenza], _unita(contata.misura_riconosciuta)
            for oltre in riga.oltre_il_massimo:
                if oltre.stato is StatoImputazione.ACCOLTA:
                    yield self.evidenze[oltre.evidenza], _unita(oltre.misura)


def _unita(misura: Misura | None) -> int:
    return misura.unita if isinstance(misura, MisuraUnita) else 1


def in_breve(accolte: Iterable[Accolta]) -> str:
    """ "3 incontri, 2 comunicati stampa e 1 relazione": each evidence once, whichever lines it counts on."""
    unita: dict[str, tuple[TipoEvidenza, int]] = {}
    for evidenza, quante in accolte:
        _, gia = unita.get(evidenza.codice, (evidenza.tipo, 0))
        unita[evidenza.codice] = evidenza.tipo, max(gia, quante)
    totali: Counter[TipoEvidenza] = Counter()
    for tipo, quante in unita.values():
        totali[tipo] += quante
    return elenco(
        [conta(totali[tipo], tipo.singolare, tipo.plurale) for tipo in TipoEvidenza if totali[tipo]]
    )


def _con_titolo(accolte: Iterable[Accolta]) -> tuple[Fatto, ...]:
    """In order of day; each once."""
    dette = {e.codice: e for e, _ in accolte if e.titolo_pubblico.strip()}
    ordinate = sorted(dette.values(), key=lambda e: (e.data, e.codice))
    return tuple(Fatto(e.data, e.tipo.etichetta, e.titolo_pubblico) for e in ordinate)

"""What every line of a scheda is judged with."""

from collections.abc import Iterable, Mapping
from datetime import date

from distretti.basi.italiano import elenco, il_giorno
from programmi.regola import Distinti, Regola, RegolaPerDistinti
from valutazione.kernel.materia import MateriaMinima, RigaGiudicata
from valutazione.scheda.modello import Misura, MisuraOrganizzazioni


class Contesto:
    """The esercizio with its members at hand by organisation. ``nomi``: of the organisations, to explain."""

    def __init__(self, materia: MateriaMinima, nomi: Mapping[str, str]) -> None:
        self.dal = materia.dal
        self.al = materia.al
        self._richiede_contributo = materia.richiede_contributo
        self._nomi = nomi
        self._adesioni: dict[str, list[tuple[date, date]]] = {}
        for adesione in materia.aderenti:
            periodo = (adesione.dal, adesione.al or date.max)
            self._adesioni.setdefault(adesione.organizzazione, []).append(periodo)

    def regola_di(self, riga: RigaGiudicata, *, obbligatoria: bool) -> Regola | None:
        """The rule that is applied: without the contribution the compulsory lines are as if they had none."""
        return None if obbligatoria and not self._richiede_contributo else riga.regola

    def perche_non_valutata(self, riga: RigaGiudicata) -> str:
        if riga.regola is None:
            return "la riga non ha una regola di valutazione"
        return "il programma non richiede il contributo"

    def aderente(self, organizzazione: str, giorno: date) -> bool:
        return any(dal <= giorno <= al for dal, al in self._adesioni.get(organizzazione, ()))

    def sceglie(self, regola: Regola | None) -> bool:
        """Does ``regola`` count only the organisations that were members on the day?"""
        return isinstance(regola, RegolaPerDistinti) and regola.distinti is Distinti.ORGANIZZAZIONE_ADERENTE

    def che_contano(self, misura: Misura | None, giorno: date) -> Misura | None:
        """The measure without the organisations that do not count: not members on the day."""
        if not isinstance(misura, MisuraOrganizzazioni):
            return misura
        return MisuraOrganizzazioni(tuple(o for o in misura.organizzazioni if self.aderente(o, giorno)))

    def aderenti_ancora_liberi(self, contate: set[str], giorno: date) -> int:
        """How many members on a day are not yet among those counted."""
        return sum(self.aderente(o, giorno) for o in self._adesioni if o not in contate)

    def ultimo_giorno(self, riga: RigaGiudicata, regola: Regola) -> date | None:
        """The last day on which evidence can count for a line; ``None`` when there is no such day."""
        primo, ultimo = self.periodo(riga, regola)
        return ultimo if primo <= ultimo else None

    def periodo(self, riga: RigaGiudicata, regola: Regola) -> tuple[date, date]:
        """The first and the last day on which evidence can count for a line: none if they are crossed."""
        primo, ultimo = self.dal, self.al
        if riga.dal is not None and riga.dal > primo:
            primo = riga.dal
        for fine in (riga.al, regola.entro):
            if fine is not None and fine < ultimo:
                ultimo = fine
        return primo, ultimo

    def non_aderenti(self, organizzazioni: Iterable[str], giorno: date) -> str:
        nomi = [self._nomi.get(codice, codice) for codice in organizzazioni]
        verbo = "non era aderente" if len(nomi) == 1 else "non erano aderenti"
        return f"{elenco(nomi)} {verbo} {il_giorno(giorno)}"

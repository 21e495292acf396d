"""What every line of a scheda is judged with."""

from collections.abc import Iterable
from datetime import date

from distretti.basi.italiano import elenco, il_giorno
from programmi.regola import Distinti, Regola, RegolaPerDistinti
from valutazione.scheda.modello import Aderente, Misura, MisuraOrganizzazioni, Riga, Scheda


class Contesto:
    """The scheda with its members at hand by organisation."""

    def __init__(self, scheda: Scheda) -> None:
        self.scheda = scheda
        self._adesioni: dict[str, list[Aderente]] = {}
        for adesione in scheda.aderenti:
            self._adesioni.setdefault(adesione.organizzazione, []).append(adesione)

    def regola_di(self, riga: Riga, *, obbligatoria: bool) -> Regola | None:
        """The rule that is applied: without the contribution the compulsory lines are as if they had none."""
        return None if obbligatoria and not self.scheda.richiede_contributo else riga.regola

    def perche_non_valutata(self, riga: Riga) -> str:
        if riga.regola is None:
            return "la riga non ha una regola di valutazione"
        return "il programma non richiede il contributo"

    def aderente(self, organizzazione: str, giorno: date) -> bool:
        return any(adesione.nel_giorno(giorno) for adesione in self._adesioni.get(organizzazione, ()))

    def che_contano(self, regola: Regola, misura: Misura | None, giorno: date) -> Misura | None:
        """The measure without the organisations that do not count: not members on the day."""
        if not isinstance(regola, RegolaPerDistinti) or regola.distinti is Distinti.ORGANIZZAZIONE:
            return misura
        if not isinstance(misura, MisuraOrganizzazioni):
            return misura
        return MisuraOrganizzazioni(tuple(o for o in misura.organizzazioni if self.aderente(o, giorno)))

    def aderenti_ancora_liberi(self, contate: set[str], giorno: date) -> int:
        """How many members on a day are not yet among those counted."""
        return sum(self.aderente(o, giorno) for o in self._adesioni if o not in contate)

    def ultimo_giorno(self, riga: Riga, regola: Regola) -> date | None:
        """The last day on which evidence can count for a line; ``None`` when there is no such day."""
        fine = min(g for g in (self.scheda.al, riga.al, regola.entro) if g is not None)
        inizio = max(g for g in (self.scheda.dal, riga.dal) if g is not None)
        return fine if inizio <= fine else None

    def non_aderenti(self, organizzazioni: Iterable[str], giorno: date) -> str:
        nomi = [self.scheda.nomi_organizzazioni.get(codice, codice) for codice in organizzazioni]
        verbo = "non era aderente" if len(nomi) == 1 else "non erano aderenti"
        return f"{elenco(nomi)} {verbo} {il_giorno(giorno)}"

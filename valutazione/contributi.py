"""The contribution of a programme: parameters in force, declared cost, realisation, and the sum in words.

The realisation is the one printed in the result when there is a result, else the one of today; either way
with its two decimals, so that anyone can redo the sum from what they read.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from distretti.basi.italiano import arrotonda
from programmi.models import Programma
from valutazione.contributo import Contributo, calcola
from valutazione.letture import valutazione_di
from valutazione.models import CostoManager, ParametriContributo, Risultato
from valutazione.risultati.lettura import leggi
from valutazione.services.contributo import costo_di


@dataclass(frozen=True, slots=True)
class ContributoDiProgramma:
    """What the page, the document and the API show.

    ``realizzazione`` is percent, None when nothing is scored; ``risultato`` None: it is the one of today.
    ``contributo`` is None while there are no parameters or no cost.
    """

    programma: Programma
    parametri: ParametriContributo | None
    costo: CostoManager
    realizzazione: Decimal | None
    risultato: Risultato | None
    contributo: Contributo | None

    @property
    def nome(self) -> str:
        """ "contributo" only when the authority adopted the parameters and the result is defined."""
        definitivo = self.parametri is not None and self.parametri.adottata and self.risultato is not None
        return "contributo" if definitivo else "simulazione del contributo"

    @property
    def perche_no(self) -> str:
        """Why there is no amount, in a sentence; empty when there is one."""
        if self.parametri is None:
            return "L'autorità non ha ancora detto come si calcola il contributo di quest'anno."
        if self.costo.pk is None:
            return "Manca il costo del manager: lo dichiara il referente amministrativo del distretto."
        return "" if self.contributo is None else self.contributo.perche_no

    @property
    def simulazione(self) -> bool:
        return self.nome != "contributo"


def contributo_di(programma: Programma) -> ContributoDiProgramma:
    """The contribution of ``programma`` as it stands. Raises SchedaNonValida, RisultatoAlterato."""
    parametri = ParametriContributo.objects.per_anno(programma.distretto.autorita, programma.anno)
    costo = costo_di(programma)
    risultato = Risultato.objects.filter(programma=programma).order_by("-numero").first()
    realizzazione = _di_oggi(programma) if risultato is None else _del_risultato(programma, risultato)
    contributo = None
    if parametri is not None and costo.pk is not None:
        contributo = calcola(
            parametri.parametri,
            costo=costo.importo,
            cofinanziamento=costo.cofinanziamento,
            realizzazione=None if realizzazione is None else Fraction(realizzazione),
        )
    return ContributoDiProgramma(programma, parametri, costo, realizzazione, risultato, contributo)


def _di_oggi(programma: Programma) -> Decimal | None:
    valore = valutazione_di(programma).esito.programma.valori.riconosciuto
    return None if valore is None else arrotonda(valore)


def _del_risultato(programma: Programma, risultato: Risultato) -> Decimal | None:
    """The value of a result nobody altered."""
    risultato.programma = programma
    leggi(risultato)
    return risultato.riconosciuto

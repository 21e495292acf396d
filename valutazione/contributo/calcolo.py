"""The amount, with every passage in a sentence. Exact numbers; one rounding, half up, to the cent.

The order is: share of the cost, what the body must bear itself, maximum, realisation (dominio.md, §4:
80% of the cost of the manager, at most €10,000; Piemonte, DGR 7-5965 of 18.11.2022: at most €27,500, own
co-funding of at least 10%). No source says whether the realisation acts before or after the maximum: after.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from distretti.basi.italiano import arrotonda, il_percento

from .funzione import CENTO, applica_funzione
from .parametri import Parametri


@dataclass(frozen=True, slots=True)
class Passo:
    """A passage of the sum: what was done, in a sentence, and the euro after it (rounded to be read)."""

    frase: str
    importo: Decimal


@dataclass(frozen=True, slots=True)
class Contributo:
    """``importo`` in euro, None when it cannot be said; then ``perche_no`` says why, in a sentence."""

    importo: Decimal | None
    passi: tuple[Passo, ...]
    perche_no: str = ""


def calcola(
    parametri: Parametri,
    *,
    costo: Decimal,
    cofinanziamento: Decimal | None,
    realizzazione: Fraction | None,
) -> Contributo:
    """The contribution for a recognised ``costo`` (euro ≥ 0) and a ``realizzazione`` (percent 0–100).

    ``cofinanziamento``: the euro that the body bears itself, when it says so. ``realizzazione`` None: the
    programme is not evaluated, and there is no amount.
    """
    if realizzazione is None:
        return Contributo(None, (), "Il programma non è valutato: l'importo non si può calcolare.")
    minimo = Fraction(costo) * parametri.cofinanziamento_minimo / CENTO
    if cofinanziamento is not None and Fraction(cofinanziamento) < minimo:
        return Contributo(
            None,
            (),
            f"Il cofinanziamento dichiarato, {euro(cofinanziamento)}, è meno del minimo: "
            f"{il_percento(parametri.cofinanziamento_minimo)} di {euro(costo)} è "
            f"{euro(_per_eccesso(minimo))}.",
        )
    passi: list[Passo] = []
    importo = Fraction(costo) * parametri.aliquota / CENTO
    passi.append(_passo(f"{_maiuscola(il_percento(parametri.aliquota))} del costo di {euro(costo)}", importo))
    importo = _limita_al_cofinanziamento(parametri, Fraction(costo), cofinanziamento, importo, passi)
    massimo = Fraction(parametri.massimo)
    if importo > massimo:
        importo = massimo
        passi.append(_passo(f"Non oltre il massimo di {euro(massimo)}", importo))
    parte, perche = applica_funzione(parametri.funzione, realizzazione)
    importo *= parte
    passi.append(_passo(_maiuscola(perche), importo))
    return Contributo(arrotonda(importo), tuple(passi))


def _limita_al_cofinanziamento(
    parametri: Parametri,
    costo: Fraction,
    cofinanziamento: Decimal | None,
    importo: Fraction,
    passi: list[Passo],
) -> Fraction:
    """What the body bears itself is not paid twice."""
    proprio = costo * parametri.cofinanziamento_minimo / CENTO
    minimo = il_percento(parametri.cofinanziamento_minimo)
    frase = f"A carico dell'ente almeno {minimo} del costo, {euro(proprio)}"
    if cofinanziamento is not None and Fraction(cofinanziamento) > proprio:
        proprio = Fraction(cofinanziamento)
        frase = f"A carico dell'ente {euro(proprio)}"
    restante = max(Fraction(0), costo - proprio)
    if importo > restante:
        importo = restante
        passi.append(_passo(frase, importo))
    return importo


def _passo(frase: str, importo: Fraction) -> Passo:
    return Passo(frase, arrotonda(importo))


def _per_eccesso(importo: Fraction) -> Fraction:
    """The fewest cents that are not less than ``importo``."""
    return Fraction(-(-importo * 100 // 1), 100)


def _maiuscola(testo: str) -> str:
    return testo[:1].upper() + testo[1:]


def euro(importo: Decimal | Fraction) -> str:
    """As an act writes it: "9.080,00 €"."""
    cifre = f"{arrotonda(Fraction(importo)):,.2f}"
    return cifre.replace(",", "·").replace(".", ",").replace("·", ".") + " €"

"""How the percentage of realisation acts on the contribution: a closed list of forms, each with its words.

No source states the function (dominio.md, §4: "incide sulla determinazione del contributo"): the authority
chooses a form and its numbers. A new form that is not read, said and computed everywhere does not type-check.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, assert_never

from distretti.basi.italiano import il_percento, percentuale
from distretti.basi.lettore import Errore, Lettore
from programmi.regola.numeri import leggi_numero, numero_testo

CENTO = Fraction(100)


@dataclass(frozen=True, slots=True)
class Nessuna:
    """The realisation does not change the amount."""


@dataclass(frozen=True, slots=True)
class Proporzionale:
    """The amount is multiplied by the percentage of realisation."""


@dataclass(frozen=True, slots=True)
class Fascia:
    """From ``da`` (percent of realisation, included) on, ``quota`` (percent) of the amount is due."""

    da: Fraction
    quota: Fraction


@dataclass(frozen=True, slots=True)
class Fasce:
    """The quota of the highest band reached; below the first band nothing is due."""

    fasce: tuple[Fascia, ...]

    def raggiunta(self, realizzazione: Fraction) -> Fascia | None:
        """The highest band whose beginning is not above ``realizzazione``."""
        return next((fascia for fascia in reversed(self.fasce) if fascia.da <= realizzazione), None)


Funzione = Nessuna | Proporzionale | Fasce


def leggi_funzione(dato: object, percorso: str, errori: list[Errore]) -> Funzione:
    """Read ``{"tipo": "nessuna" | "proporzionale" | "fasce", "fasce": [{"da": "60", "quota": "80"}]}``.

    On bad input the errors are noted and the result must not be used.
    """
    lettore = Lettore(dato, percorso, errori)
    tipo = lettore.testo("tipo")
    obbligatorie = frozenset({"tipo", "fasce"} if tipo == "fasce" else {"tipo"})
    lettore.chiavi(obbligatorie)
    match tipo:
        case "fasce":
            return Fasce(_leggi_fasce(lettore))
        case "proporzionale":
            return Proporzionale()
        case "nessuna":
            pass
        case _ if lettore.ha("tipo"):
            lettore.errore("tipo", "i valori sono nessuna, proporzionale, fasce")
    return Nessuna()


def _leggi_fasce(lettore: Lettore) -> tuple[Fascia, ...]:
    fasce: list[Fascia] = []
    for voce in lettore.oggetti("fasce"):
        voce.chiavi(frozenset({"da", "quota"}))
        lette = [
            leggi_numero(voce.dato(nome), f"{voce.percorso}.{nome}", lettore.errori, zero=True, massimo=CENTO)
            for nome in ("da", "quota")
            if voce.ha(nome)
        ]
        if len(lette) < 2 or lette[0] is None or lette[1] is None:
            continue
        fascia = Fascia(lette[0], lette[1])
        if fasce and fascia.da <= fasce[-1].da:
            voce.errore("da", "ogni fascia comincia più in alto di quella che la precede")
        if fasce and fascia.quota < fasce[-1].quota:
            voce.errore("quota", "chi realizza di più non può ricevere di meno")
        fasce.append(fascia)
    if lettore.ha("fasce") and not fasce:
        lettore.errore("fasce", "occorre almeno una fascia")
    return tuple(fasce)


def scrivi_funzione(funzione: Funzione) -> dict[str, Any]:
    """The inverse of :func:`leggi_funzione`."""
    match funzione:
        case Nessuna():
            return {"tipo": "nessuna"}
        case Proporzionale():
            return {"tipo": "proporzionale"}
        case Fasce(fasce=fasce):
            voci = [{"da": numero_testo(f.da), "quota": numero_testo(f.quota)} for f in fasce]
            return {"tipo": "fasce", "fasce": voci}
        case _:
            assert_never(funzione)


def frase_funzione(funzione: Funzione) -> str:
    """The function in a sentence, as the act would say it."""
    match funzione:
        case Nessuna():
            return "La percentuale di realizzazione non cambia l'importo."
        case Proporzionale():
            return "L'importo è moltiplicato per la percentuale di realizzazione."
        case Fasce(fasce=fasce):
            parti = [
                f"almeno {il_percento(f.da)} realizzato, {il_percento(f.quota)} dell'importo" for f in fasce
            ]
            resto = "" if fasce and fasce[0].da == 0 else "; sotto la prima fascia, nulla"
            return f"Con {'; con '.join(parti)}{resto}."
        case _:
            assert_never(funzione)


def applica_funzione(funzione: Funzione, realizzazione: Fraction) -> tuple[Fraction, str]:
    """The part of the amount that is due (0–1), and why, in words. ``realizzazione``: percent 0–100."""
    match funzione:
        case Nessuna():
            return Fraction(1), "la realizzazione non cambia l'importo"
        case Proporzionale():
            return realizzazione / CENTO, f"realizzazione riconosciuta {percentuale(realizzazione)}"
        case Fasce():
            fascia = funzione.raggiunta(realizzazione)
            realizzato = f"realizzazione riconosciuta {percentuale(realizzazione)}"
            if fascia is None:
                return Fraction(0), f"{realizzato}, sotto la prima fascia"
            return (
                fascia.quota / CENTO,
                f"{realizzato}, fascia da {percentuale(fascia.da)}: {percentuale(fascia.quota)}",
            )
        case _:
            assert_never(funzione)

"""What recording an evidence would change, computed by the kernel before anything is written."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from valutazione.kernel import Esito
from valutazione.letture import Valutazione, con_evidenza, valuta_documento_di
from valutazione.models import Evidenza
from valutazione.services.evidenze import con_decisioni


@dataclass(frozen=True)
class VoceEffetto:
    """A percentage before and after; None = non valutata."""

    nome: str
    prima: Fraction | None
    dopo: Fraction | None


@dataclass(frozen=True)
class Effetto:
    """The percentages that would change, and why the evidence would not count where it would not."""

    voci: tuple[VoceEffetto, ...]
    avvisi: tuple[str, ...]
    pianificata: bool
    esito: Esito


def effetto_di(prima: Valutazione, evidenza: Evidenza, voce: dict[str, Any]) -> Effetto:
    """The effect of ``voce`` (exchange format, already checked) on the evaluation ``prima``.

    The values shown are *dichiarato*, or *prospettico* while the evidence is planned.
    """
    documento, _ = con_evidenza(prima.documento, con_decisioni(evidenza, voce))
    dopo = valuta_documento_di(prima.programma, documento)
    pianificata = bool(voce.get("pianificata"))
    valore = "prospettico" if pianificata else "dichiarato"

    def leggi(esito: Esito, codice: str | None, azione: bool = False) -> Fraction | None:
        if codice is None:
            valori = esito.programma.valori
        else:
            valori = esito.azione(codice).valori if azione else esito.righe[codice].valori
        trovato: Fraction | None = getattr(valori, valore)
        return trovato

    voci = []
    for codice, riga in dopo.scheda.righe.items():
        voci.append(
            VoceEffetto(f"{codice} {riga.testo}", leggi(prima.esito, codice), leggi(dopo.esito, codice))
        )
    for progettualita in dopo.scheda.progettualita:
        c = progettualita.codice
        voci.append(
            VoceEffetto(
                f"Progettualità {progettualita.numero}: {progettualita.titolo}",
                leggi(prima.esito, c, azione=True),
                leggi(dopo.esito, c, azione=True),
            )
        )
    for nome, parte in (("Azioni obbligatorie", "obbligatorie"), ("Progettualità", "progettualita")):
        valori = [getattr(getattr(esito.programma, parte), valore) for esito in (prima.esito, dopo.esito)]
        voci.append(VoceEffetto(f"Media: {nome.lower()}", *valori))
    voci.append(VoceEffetto("Programma", leggi(prima.esito, None), leggi(dopo.esito, None)))
    cambiate = tuple(v for v in voci if v.prima != v.dopo)
    return Effetto(cambiate, tuple(_avvisi(dopo, voce)), pianificata, dopo.esito)


def _avvisi(dopo: Valutazione, voce: dict[str, Any]) -> list[str]:
    avvisi = []
    codice = voce["codice"]
    for imputazione in voce["imputazioni"]:
        riga = dopo.esito.righe[imputazione["indicatore"]]
        for scartata in riga.scartate:
            if scartata.evidenza == codice:
                avvisi.append(
                    f"Riga {riga.codice}: non conta. {scartata.motivo.etichetta} ({scartata.dettaglio})."
                )
        if any(oltre.evidenza == codice for oltre in riga.oltre_il_massimo):
            avvisi.append(f"Riga {riga.codice}: conta, ma la riga è già al massimo.")
        if any(contata.evidenza == codice and not contata.dichiarato for contata in riga.conteggiate):
            avvisi.append(f"Riga {riga.codice}: conta. {riga.calcolo[:1].upper()}{riga.calcolo[1:]}.")
    return avvisi

"""What a change of the evidence would do to the percentages, computed by the kernel before it is written.

Recording, changing or confirming (:func:`effetto_di`), many at once (:func:`effetto_di_voci`), withdrawing
(:func:`effetto_del_ritiro`), deciding (:func:`effetto_della_decisione`). Nothing here writes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from distretti.basi.italiano import del_giorno
from valutazione.kernel import Esito, Motivo, Valori
from valutazione.letture import Documento, Valutazione, con_evidenze, valuta_documento_di
from valutazione.models import Evidenza, Imputazione, StatoImputazione
from valutazione.services.evidenze import con_decisioni

VALORI = {
    "dichiarato": "Dichiarato",
    "riconosciuto": "Riconosciuto dall'Agenzia",
    "prospettico": "Se avviene ciò che è previsto",
}
"""The three values, in the order and with the names they are shown in."""


@dataclass(frozen=True)
class VoceEffetto:
    """A percentage (one of VALORI) before and after; None = non valutata."""

    nome: str
    prima: Fraction | None
    dopo: Fraction | None
    valore: str = "dichiarato"


@dataclass(frozen=True)
class Effetto:
    """The percentages that would change, and why the evidence would not count where it would not."""

    voci: tuple[VoceEffetto, ...]
    avvisi: tuple[str, ...]
    pianificata: bool
    esito: Esito

    @property
    def parti(self) -> list[tuple[str, list[VoceEffetto]]]:
        """The rows of each value that changes, with its name."""
        per_valore = {nome: [v for v in self.voci if v.valore == valore] for valore, nome in VALORI.items()}
        return [(nome, voci) for nome, voci in per_valore.items() if voci]


def effetto_di(prima: Valutazione, evidenza: Evidenza, voce: Documento) -> Effetto:
    """The effect of recording ``voce`` (exchange format, already checked), new or in place of what stands.

    The decisions of the Agenzia that it would bring back to wait count as waiting.
    """
    return effetto_di_voci(prima, [con_decisioni(evidenza, voce)])


def effetto_di_voci(prima: Valutazione, voci: Iterable[Documento]) -> Effetto:
    """The effect of recording all of ``voci`` together (exchange format, already checked, each with its own
    ``codice``), new or in place of what stands. Raises SchedaNonValida when they break the contract."""
    voci = list(voci)
    dopo = valuta_documento_di(prima.programma, con_evidenze(prima.documento, voci))
    avvisi = [avviso for voce in voci for avviso in _avvisi(dopo, voce, fra_tante=len(voci) > 1)]
    pianificata = bool(voci) and all(voce.get("pianificata") for voce in voci)
    return Effetto(_cambiate(prima, dopo), tuple(avvisi), pianificata, dopo.esito)


def effetto_del_ritiro(prima: Valutazione, evidenza: Evidenza) -> Effetto:
    """The effect of withdrawing ``evidenza``: as if it had never been there."""
    restano = [voce for voce in prima.documento["evidenze"] if voce["codice"] != evidenza.codice]
    dopo = valuta_documento_di(prima.programma, {**prima.documento, "evidenze": restano})
    return Effetto(_cambiate(prima, dopo), (), evidenza.pianificata, dopo.esito)


def effetto_della_decisione(
    prima: Valutazione,
    imputazione: Imputazione,
    stato: StatoImputazione,
    misura_riconosciuta: Documento | None = None,
) -> Effetto:
    """The effect of deciding ``stato`` on ``imputazione``; ``misura_riconosciuta`` accepts it in part.

    Raises SchedaNonValida when the measure is not one of its rule, or is more than the one declared.
    """
    riga, codice = imputazione.indicatore.codice, imputazione.evidenza.codice
    voce = next(voce for voce in prima.documento["evidenze"] if voce["codice"] == codice)
    decisa: Documento = {"indicatore": riga, "stato": stato.value}
    if stato != StatoImputazione.IN_ATTESA:
        # The contract wants a reason from who rejects; which one does not change any percentage.
        decisa["motivazione"] = imputazione.motivazione.strip() or "da scrivere"
    if misura_riconosciuta is not None:
        decisa["misura_riconosciuta"] = misura_riconosciuta
    imputazioni = [
        decisa | ({"misura": altra["misura"]} if "misura" in altra else {})
        if altra["indicatore"] == riga
        else altra
        for altra in voce["imputazioni"]
    ]
    nuova = voce | {"imputazioni": imputazioni}
    dopo = valuta_documento_di(prima.programma, con_evidenze(prima.documento, [nuova]))
    solo = nuova | {"imputazioni": [i for i in imputazioni if i["indicatore"] == riga]}
    return Effetto(_cambiate(prima, dopo), tuple(_avvisi(dopo, solo)), False, dopo.esito)


def effetto_di_documento(prima: Valutazione, documento: Documento) -> Effetto:
    """The effect of any other change: ``documento`` is the whole scheda as it would be. Raises
    SchedaNonValida when it breaks the contract."""
    dopo = valuta_documento_di(prima.programma, documento)
    return Effetto(_cambiate(prima, dopo), (), False, dopo.esito)


def _cambiate(prima: Valutazione, dopo: Valutazione) -> tuple[VoceEffetto, ...]:
    """What changes, value by value. Where the declared changes the prospect goes along: said once."""
    gia: set[str] = set()
    trovate = []
    for valore in VALORI:
        for nome, era, sara in _confronto(prima, dopo):
            una, altra = getattr(era, valore), getattr(sara, valore)
            if una == altra or (valore == "prospettico" and nome in gia):
                continue
            if valore == "dichiarato":
                gia.add(nome)
            trovate.append(VoceEffetto(nome, una, altra, valore))
    return tuple(trovate)


def _confronto(prima: Valutazione, dopo: Valutazione) -> Iterator[tuple[str, Valori, Valori]]:
    """Name, values before and after of every line, progettualità, half and of the programme."""
    era, sara = prima.esito, dopo.esito
    for codice, riga in dopo.scheda.righe.items():
        yield f"{codice} {riga.testo}", era.righe[codice].valori, sara.righe[codice].valori
    for p in dopo.scheda.progettualita:
        nome = f"Progettualità {p.numero}: {p.titolo}"
        yield nome, era.azione(p.codice).valori, sara.azione(p.codice).valori
    yield "Media: azioni obbligatorie", era.programma.obbligatorie, sara.programma.obbligatorie
    yield "Media: progettualità", era.programma.progettualita, sara.programma.progettualita
    yield "Programma", era.programma.valori, sara.programma.valori


def _avvisi(dopo: Valutazione, voce: dict[str, Any], *, fra_tante: bool = False) -> Iterator[str]:
    """Why ``voce`` would not count on a line, or would bring nothing to it."""
    codice = voce["codice"]
    for imputazione in voce["imputazioni"]:
        riga = dopo.esito.righe[imputazione["indicatore"]]
        inizio = f"{_nome(dopo, codice)}, riga {riga.codice}" if fra_tante else f"Riga {riga.codice}"
        for scartata in riga.scartate:
            if scartata.evidenza == codice and scartata.motivo is not Motivo.RESPINTA:
                yield f"{inizio}: non conta. {scartata.motivo.etichetta} ({scartata.dettaglio})."
        if any(oltre.evidenza == codice for oltre in riga.oltre_il_massimo):
            yield f"{inizio}: conta, ma la riga è già al massimo."
        if any(contata.evidenza == codice and not contata.dichiarato for contata in riga.conteggiate):
            yield f"{inizio}: conta. {riga.calcolo[:1].upper()}{riga.calcolo[1:]}."


def _nome(dopo: Valutazione, codice: str) -> str:
    evidenza = next(e for e in dopo.scheda.evidenze if e.codice == codice)
    return f"«{evidenza.titolo}» {del_giorno(evidenza.data)}"

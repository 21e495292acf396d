"""What a decision would change, in a line: the value of the line and that of the programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from valutazione.effetto import Effetto, VoceEffetto, effetto_della_decisione, effetto_di_documento
from valutazione.letture import Valutazione
from valutazione.models import Imputazione, StatoImputazione

Documento = dict[str, Any]


@dataclass(frozen=True)
class EffettoDecisione:
    """A decision in words ("Se la accogli"), what it changes of line and programme, what it would not."""

    parole: str
    voci: tuple[VoceEffetto, ...]
    avvisi: tuple[str, ...]


def effetti_delle_decisioni(valutazione: Valutazione, imputazione: Imputazione) -> list[EffettoDecisione]:
    """Of accepting and of rejecting."""
    riga = imputazione.indicatore.codice
    trovati = []
    for parole, stato in (
        ("Se la accogli", StatoImputazione.ACCOLTA),
        ("Se la respingi", StatoImputazione.RESPINTA),
    ):
        effetto = effetto_della_decisione(valutazione, imputazione, stato)
        trovati.append(EffettoDecisione(parole, _in_breve(effetto, riga), effetto.avvisi))
    return trovati


def _in_breve(effetto: Effetto, riga: str) -> tuple[VoceEffetto, ...]:
    """Only line and programme, and not the prospect."""
    return tuple(
        voce
        for voce in effetto.voci
        if voce.valore != "prospettico" and (voce.nome == "Programma" or voce.nome.startswith(f"{riga} "))
    )


def effetto_in_blocco(
    valutazione: Valutazione, imputazioni: Sequence[Imputazione], stato: StatoImputazione
) -> Effetto:
    """Of deciding ``stato`` on all of ``imputazioni``, whole."""
    righe = {(i.evidenza.codice, i.indicatore.codice) for i in imputazioni}
    # The contract wants a reason from who rejects; which one does not change any percentage.
    decisa = {"stato": stato.value, "motivazione": "da scrivere"}

    def con_decisioni(voce: Documento) -> Documento:
        return voce | {
            "imputazioni": [
                _aperta(altra) | decisa if (voce["codice"], altra["indicatore"]) in righe else altra
                for altra in voce["imputazioni"]
            ]
        }

    documento = valutazione.documento
    return effetto_di_documento(
        valutazione, documento | {"evidenze": [con_decisioni(voce) for voce in documento["evidenze"]]}
    )


def _aperta(imputazione: Documento) -> Documento:
    """Without what was decided of it before."""
    return {chiave: imputazione[chiave] for chiave in ("indicatore", "misura") if chiave in imputazione}

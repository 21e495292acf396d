"""How the percentages are read and computed: the declared rule (contract, "The values"), in Italian."""

from collections.abc import Iterator

from distretti.basi.italiano import il_giorno
from programmi.parole import Riuso
from valutazione.scheda.modello import UNO, Scheda

_RIUSO = {
    Riuso.AMMESSO: "Una stessa evidenza può contare su più righe.",
    Riuso.UNA_VOLTA_PER_AZIONE: "Una stessa evidenza conta una volta sola per ogni azione.",
    Riuso.UNA_VOLTA: "Una stessa evidenza conta una volta sola in tutto il programma.",
}


def avvertenze(scheda: Scheda) -> Iterator[str]:
    """One sentence or two for each rule of the calculation."""
    yield (
        "Riga: il valore dato dalla regola, che non supera il suo massimo (100%, se la regola non ne indica "
        "un altro)."
    )
    yield (
        "Azione: la media delle sue righe valutate; ogni riga obbligatoria è un'azione a sé. Programma: la "
        f"media delle azioni valutate, data anche a parte per le due specie di azioni. {_pesi(scheda)}"
    )
    yield (
        "Ciò che non è valutato è indicato come «non valutata» e non entra in alcuna media: non vale zero. "
        "Una riga valutata e senza evidenze vale 0,00%. «Incompleta» è la valutazione alla quale manca "
        "ancora un dato dell'amministrazione."
    )
    yield (
        f"Contano le evidenze con data {_periodo(scheda)}, avvenute e non respinte; ciascuna è attribuita al "
        f"suo primo giorno. {_RIUSO[scheda.riuso]} Le evidenze soltanto pianificate non contano."
    )
    yield (
        "La quota è quanto ciascuna evidenza aggiunge alla riga, presa in ordine di data: le quote sommano "
        "al valore della riga. Dove la regola è a soglia, la quota non c'è."
    )
    yield "I calcoli sono esatti; i valori stampati sono arrotondati alla seconda cifra decimale."


def _pesi(scheda: Scheda) -> str:
    righe = [riga.peso for riga in scheda.righe.values()]
    if all(peso == UNO for peso in [*righe, *(p.peso for p in scheda.progettualita)]):
        return "Tutte le righe e tutte le azioni hanno lo stesso peso."
    return "Le medie sono ponderate: il peso è stampato accanto alla percentuale, dove manca vale 1."


def _periodo(scheda: Scheda) -> str:
    return f"compresa tra {il_giorno(scheda.dal)} e {il_giorno(scheda.al)}"

"""The charts of the figures of an authority: each is a table with its bars."""

from urllib.parse import urlencode

from valutazione.grafici import VoceBarra, barre_di
from valutazione.parole import StatoChiusura
from valutazione.provincia.quadro import Quadro

TONI_CHIUSURA = {
    StatoChiusura.IN_CORSO: "neutro",
    StatoChiusura.AUTOVALUTATA: "attesa",
    StatoChiusura.VERIFICATA: "info",
    StatoChiusura.DEFINITA: "info",
    StatoChiusura.PUBBLICATA: "positivo",
}
"""The tone of each state of the closing."""
FASCE = (
    "Meno del 20%",
    "Dal 20% a meno del 40%",
    "Dal 40% a meno del 60%",
    "Dal 60% a meno dell'80%",
    "L'80% o più",
)
"""Five bands of the recognised percentage: each holds the value it begins with."""


def stati_in_barre(quadro: Quadro) -> list[VoceBarra]:
    """How many programmes stand in each state of the closing, with the address that lists them."""
    quanti = quadro.stati
    return barre_di(
        (
            stato.etichetta.capitalize(),
            TONI_CHIUSURA[stato],
            quanti[stato],
            f"?{urlencode({'chiusura': stato.value})}#t-programmi",
        )
        for stato in StatoChiusura
    )


def distribuzione(quadro: Quadro) -> list[VoceBarra]:
    """How many programmes in each band of the recognised percentage, and how many are not scored."""
    quanti = [0] * len(FASCE)
    senza = 0
    for riga in quadro.programmi:
        if riga.tre.riconosciuto is not None:
            quanti[min(len(FASCE) - 1, int(riga.tre.riconosciuto // 20))] += 1
        elif riga.programma.approvato:
            senza += 1
    voci = [(nome, "info", quanto, "") for nome, quanto in zip(FASCE, quanti, strict=True)]
    return barre_di([*voci, ("Non valutati", "neutro", senza, "")])

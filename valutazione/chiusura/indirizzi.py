"""The page on which each action of the closing is done."""

from django.urls import reverse

from programmi.models import Programma
from valutazione.parole import AltraAzioneChiusura
from valutazione.tabella import TRANSIZIONI, Azione

_PAGINE = {
    AltraAzioneChiusura.REGISTRAZIONE: "evidenza-nuova",
    AltraAzioneChiusura.COMMENTO: "autovalutazione",
    AltraAzioneChiusura.COMPLETAMENTO: "perche",
    AltraAzioneChiusura.DECISIONE: "verifica",
    AltraAzioneChiusura.REPLICA: "repliche",
}


def pagina_chiusura(programma: Programma) -> str:
    """Where the closing of ``programma`` is told."""
    return reverse("chiusura", args=[programma.distretto.codice, programma.anno])


def indirizzo_di(azione: Azione, programma: Programma) -> str:
    """Where ``azione`` is done on ``programma``."""
    dove = [programma.distretto.codice, programma.anno]
    if azione in TRANSIZIONI:
        return reverse("chiusura-passo", args=[*dove, azione.codice.value])
    return reverse(_PAGINE[AltraAzioneChiusura(azione.codice)], args=dove)

"""Are the frozen results what was frozen, and does today's kernel still give the values they were given?"""

from collections.abc import Iterator
from itertools import pairwise

from distretti.models import OggettoEvento
from programmi.models import Programma
from valutazione.models import AzioneChiusura, PassaggioChiusura, Risultato
from valutazione.risultati.lettura import difetti_di
from valutazione.risultati.pacchetto import Pacchetto, ricalcolato
from valutazione.scheda.errori import SchedaNonValida
from valutazione.scheda.testo import leggi_json

BLOCCO = 20
PREFISSO = "risultato/"


def alterazioni_dei_risultati() -> Iterator[str]:
    """Everything about the frozen results that is no longer as it was, in sentences."""
    yield from _alterati()
    yield from _passaggi_senza_risultato()


def _alterati() -> Iterator[str]:
    nella_catena = OggettoEvento.objects.filter(riferimento__startswith=PREFISSO)
    noti = {_chiave(r): r for r in nella_catena.values_list("riferimento", flat=True).iterator()}
    righe = Risultato.objects.select_related("programma__distretto", "passaggio").order_by(
        "programma", "numero"
    )
    numeri: dict[int, tuple[Programma, list[int]]] = {}
    for risultato in righe.iterator(chunk_size=BLOCCO):
        numeri.setdefault(risultato.programma_id, (risultato.programma, []))[1].append(risultato.numero)
        quale = f"Il risultato {risultato.numero} del programma {risultato.programma.riferimento}"
        noto = noti.pop(_chiave(risultato.riferimento_evento), None)
        if noto is None:
            yield f"{quale} non è tra quelli che il registro degli eventi ha visto congelare."
        elif noto != risultato.riferimento_evento:
            yield f"{quale} è stato alterato: il registro degli eventi ne conserva un'altra impronta."
        difetti = difetti_di(risultato)
        yield from (f"{quale} è stato alterato: {difetto}." for difetto in difetti)
        if not difetti and not _da_gli_stessi_valori(risultato):
            yield f"{quale}, ricalcolato oggi, non dà più gli stessi valori."
        if risultato.passaggio.azione != AzioneChiusura.DEFINIZIONE_RISULTATO:
            yield f"{quale} non viene da una definizione del risultato."
    for programma, suoi in numeri.values():
        if any(dopo != prima + 1 for prima, dopo in pairwise([0, *suoi])):
            yield f"I numeri dei risultati del programma {programma.riferimento} non sono di seguito: {suoi}."
    for chiave in sorted(noti):
        _, codice, edizione, numero = chiave
        yield f"Manca il risultato {numero} del programma {codice}/{edizione}, che era stato congelato."


def _passaggi_senza_risultato() -> Iterator[str]:
    """Every definition froze a result."""
    definizioni = PassaggioChiusura.objects.filter(azione=AzioneChiusura.DEFINIZIONE_RISULTATO)
    senza = definizioni.filter(risultato_definito__isnull=True)
    for passaggio in senza.select_related("chiusura__programma__distretto").order_by("pk"):
        quale = passaggio.chiusura.programma.riferimento
        yield f"La definizione del risultato n. {passaggio.ordine} del programma {quale} non ne ha uno."


def _da_gli_stessi_valori(risultato: Risultato) -> bool:
    try:
        return ricalcolato(Pacchetto(leggi_json(risultato.scheda), leggi_json(risultato.esito)))
    except SchedaNonValida:
        return False


def _chiave(riferimento: str) -> tuple[str, ...]:
    """Which result, without its imprint: ``risultato``, district, edition, number."""
    return tuple(riferimento.split("/")[:4])

"""Reading the chain of the events back: is it still what was written, link by link? Erasing what it tells.

Events are read in blocks, so that a long chain never comes into memory whole.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from distretti.basi.italiano import del_giorno
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import INIZIO, Riferimento, annota, impegno_di, impronta_di
from distretti.models import DatiEvento, Evento, OggettoEvento, TestaRegistro, Utente

BLOCCO = 500
CANCELLAZIONE = "registro.cancellazione_dati"


@dataclass(frozen=True, slots=True)
class Anello:
    """The last link of the chain at an instant: to be kept elsewhere, and looked for later."""

    numero: int
    impronta: str
    alle: datetime

    def in_json(self) -> str:
        dati = {"numero": self.numero, "impronta": self.impronta, "alle": _istante(self.alle)}
        return json.dumps(dati, ensure_ascii=False)

    @classmethod
    def da_json(cls, testo: str) -> "Anello":
        """Raises ``DatiNonValidi`` when ``testo`` is not an exported head."""
        try:
            dati = json.loads(testo)
            alle = datetime.fromisoformat(dati["alle"])
            if alle.tzinfo is None:
                raise ValueError("An instant without its offset is none.")
            return cls(int(dati["numero"]), str(dati["impronta"]), alle)
        except (ValueError, KeyError, TypeError) as errore:
            raise DatiNonValidi({"file": "Il file non contiene la testa di un registro."}) from errore


def ultimo_anello() -> Anello | None:
    """The head now; ``None`` before the first event."""
    testa = TestaRegistro.objects.filter(numero__gt=0).first()
    if testa is None:
        return None
    alle = Evento.objects.filter(numero=testa.numero).values_list("alle", flat=True).first()
    return Anello(testa.numero, testa.impronta, alle or timezone.now())


def alterazioni_della_catena() -> Iterator[str]:
    """What is no longer as it was written, in Italian; nothing when the whole chain holds."""
    massimo = Evento.objects.aggregate(massimo=Max("numero"))["massimo"] or 0
    testa = TestaRegistro.objects.first() or TestaRegistro(numero=0)
    precedente, atteso = INIZIO, 1
    cancellati: set[int] = set()
    motivate: set[int] = set()
    for eventi, oggetti in _a_blocchi():
        for evento in eventi:
            if evento.numero > testa.numero:
                continue  # written after the beginning, or found below to be beyond the head
            yield from _mancano(atteso, evento.numero)
            if evento.precedente != precedente:
                yield f"L'evento n. {evento.numero} non segue più quello che lo precede."
            riferimenti = oggetti[evento.numero]
            if impronta_di(evento, riferimenti) != evento.impronta:
                yield f"L'evento n. {evento.numero} ({evento.azione}) è stato alterato."
            yield from _dati_alterati(evento, cancellati)
            if evento.azione == CANCELLAZIONE:
                motivate |= {int(r.removeprefix("evento/")) for r in riferimenti if r.startswith("evento/")}
            precedente, atteso = evento.impronta, evento.numero + 1
    yield from _mancano(atteso, testa.numero + 1)
    if testa.numero and atteso > testa.numero and precedente != testa.impronta:
        yield "La testa del registro non è l'impronta dell'ultimo evento."
    if massimo > testa.numero:
        yield f"Ci sono eventi oltre la testa del registro, fino al n. {massimo}."
    for numero in sorted(cancellati - motivate):
        yield f"I dati dell'evento n. {numero} sono stati cancellati senza che il registro lo dica."


def alterazioni_dalla_testa(esportata: Anello) -> Iterator[str]:
    """Is an exported head still in the chain? Finds a chain that was cut, or written again."""
    evento = Evento.objects.filter(numero=esportata.numero).first()
    quale = f"La testa esportata (evento n. {esportata.numero} {del_giorno(_locale(esportata.alle))})"
    if evento is None:
        yield f"{quale} non è più nella catena: il registro è stato troncato."
    elif evento.impronta != esportata.impronta or evento.alle != esportata.alle:
        yield f"{quale} nella catena ha un'altra impronta: il registro è stato riscritto."


@transaction.atomic
def cancella_dati(*, evento: Evento, motivo: str, utente: Utente | None = None) -> Evento:
    """Erase what ``evento`` tells of persons: names, texts, reason and salt. The chain still verifies.

    That it happened, when and to what stays; the erasure is an event of the same objects. Backups made
    before keep what they have. Raises ``DatiNonValidi`` (``motivo``) or ``StatoNonAmmesso``.
    """
    if not motivo.strip():
        raise DatiNonValidi({"motivo": "Scrivi perché i dati si cancellano."})
    if not DatiEvento.objects.filter(evento=evento).cancella(timezone.now()):
        raise StatoNonAmmesso(f"I dati dell'evento n. {evento.numero} sono già stati cancellati.")
    riferimenti = evento.oggetti.order_by("ordine").values_list("riferimento", flat=True)
    return annota(
        azione=CANCELLAZIONE,
        oggetti=[evento, *map(Riferimento, riferimenti)],
        utente=utente,
        motivo=motivo,
    )


def _a_blocchi() -> Iterator[tuple[list[Evento], dict[int, list[str]]]]:
    ultimo = 0
    while True:
        eventi = list(
            Evento.objects.filter(numero__gt=ultimo).select_related("dati").order_by("numero")[:BLOCCO]
        )
        if not eventi:
            return
        oggetti: dict[int, list[str]] = defaultdict(list)
        nominati = OggettoEvento.objects.filter(evento__gt=ultimo, evento__lte=eventi[-1].numero)
        for evento, riferimento in nominati.order_by("evento", "ordine").values_list("evento", "riferimento"):
            oggetti[evento].append(riferimento)
        yield eventi, oggetti
        ultimo = eventi[-1].numero


def _mancano(atteso: int, trovato: int) -> Iterator[str]:
    if trovato == atteso + 1:
        yield f"Manca l'evento n. {atteso}."
    elif trovato > atteso:
        yield f"Mancano gli eventi dal n. {atteso} al n. {trovato - 1}."


def _dati_alterati(evento: Evento, cancellati: set[int]) -> Iterator[str]:
    dati = getattr(evento, "dati", None)
    if dati is None:
        yield f"Mancano i dati dell'evento n. {evento.numero}."
    elif dati.cancellati_alle is not None:
        cancellati.add(evento.numero)
    elif impegno_di(dati.sale, dati.contenuto) != evento.impegno:
        yield f"I dati dell'evento n. {evento.numero} ({evento.azione}) sono stati alterati."


def _istante(alle: datetime) -> str:
    return alle.astimezone(UTC).isoformat(timespec="microseconds")


def _locale(alle: datetime) -> datetime:
    return timezone.localtime(alle)

"""Reading what was frozen, only if nobody altered it, and only to those who may."""

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.http import Http404

from distretti.models import OggettoEvento
from distretti.permissions import Persona
from programmi.models import Programma
from programmi.permissions import segue_programma
from valutazione.models import Risultato
from valutazione.models.risultato import RisultatoQuerySet
from valutazione.permissions import puo_vedere_valutazione
from valutazione.risultati.errori import RisultatoAlterato
from valutazione.risultati.pacchetto import Pacchetto, pacchetto_di
from valutazione.scheda.da_database import documento_di

_registro = logging.getLogger(__name__)


def leggi(risultato: Risultato) -> Pacchetto:
    """The frozen package. Raises ``RisultatoAlterato``."""
    return leggi_tutti([risultato])[0]


def leggi_tutti(risultati: Sequence[Risultato]) -> list[Pacchetto]:
    """The frozen packages, in one query. Raises ``RisultatoAlterato`` for the first that was altered.

    The hashes must be those of the texts, the values beside them those of the esito, and the row the one
    that the chain of events saw freezing.
    """
    riferimenti = [risultato.riferimento_evento for risultato in risultati]
    visti = nella_catena(riferimenti)
    for risultato, riferimento in zip(risultati, riferimenti, strict=True):
        if difetti_di(risultato) or riferimento not in visti:
            _registro.critical("Il risultato %s non è quello congelato.", riferimento)
            raise RisultatoAlterato(risultato.programma, risultato.numero)
    return [Pacchetto(json.loads(r.scheda), json.loads(r.esito)) for r in risultati]


def nella_catena(riferimenti: Iterable[str]) -> set[str]:
    """Those among ``riferimenti`` of which an event speaks; one query."""
    # Asked also when there are none: the queries of a list do not depend on what it happens to show.
    visti = OggettoEvento.objects.filter(riferimento__in=[*riferimenti, ""])
    return set(visti.values_list("riferimento", flat=True))


def difetti_di(risultato: Risultato) -> list[str]:
    """What of the row does not hold together, in words; the chain of events apart."""
    difetti = []
    if sha256(risultato.scheda.encode()).hexdigest() != risultato.sha256_scheda:
        difetti.append("la scheda non corrisponde all'impronta")
    return difetti + difetti_dell_esito(risultato)


def difetti_dell_esito(risultato: Risultato) -> list[str]:
    """The same, without the text of the scheda: its hash is in the esito."""
    if sha256(risultato.esito.encode()).hexdigest() != risultato.sha256:
        return ["l'esito non corrisponde all'impronta"]
    difetti = []
    esito = json.loads(risultato.esito)
    if esito["sha256_scheda"] != risultato.sha256_scheda:
        difetti.append("l'esito è di un'altra scheda")
    valori = (risultato.dichiarato, risultato.riconosciuto)
    scritti = tuple(esito["programma"][lettura] for lettura in ("dichiarato", "riconosciuto"))
    if tuple(None if valore is None else f"{valore:.2f}" for valore in valori) != scritti:
        difetti.append("i valori accanto all'esito non sono i suoi")
    return difetti


def risultati_di(programma: Programma) -> RisultatoQuerySet:
    """The results of a programme, the newest first, without their long texts."""
    return Risultato.objects.filter(programma=programma).per_elenco()


def risultati_leggibili(utente: Persona, programma: Programma) -> RisultatoQuerySet:
    """Those that ``utente`` may read: all, or the published ones."""
    return risultati_di(programma).leggibili(tutti=segue_programma(utente, programma))


def risultato_leggibile(utente: Persona, programma: Programma, numero: int | None = None) -> Risultato | None:
    """That result, else the last one, if ``utente`` may read it; None when there is none for them."""
    righe = Risultato.objects.filter(programma=programma).leggibili(tutti=segue_programma(utente, programma))
    if numero is not None:
        righe = righe.filter(numero=numero)
    risultato = righe.select_related("passaggio", "pubblicazione__atto").order_by("-numero").first()
    if risultato is not None:
        risultato.programma = programma
    return risultato


@dataclass(frozen=True)
class PacchettoLetto:
    """A package, and the result it was frozen with: None when it is that of today."""

    pacchetto: Pacchetto
    risultato: Risultato | None

    @property
    def pubblicato(self) -> bool:
        return self.risultato is not None and self.risultato.pubblicato

    @property
    def nome_file(self) -> str:
        """``pacchetto-dfa-alta-valsugana-2025-risultato-1.json``"""
        scheda = self.pacchetto.scheda
        quale = "oggi" if self.risultato is None else f"risultato-{self.risultato.numero}"
        return f"pacchetto-{scheda['distretto']['codice']}-{scheda['dal'][:4]}-{quale}.json"


def pacchetto_congelato(programma: Programma, numero: int | None = None) -> PacchettoLetto | None:
    """The package of that result, else of the last one; None when there is none.

    Whoever asks may read it: to be called by commands, and by what prints for who follows the programme.
    """
    righe = Risultato.objects.filter(programma=programma).select_related("passaggio")
    if numero is not None:
        righe = righe.filter(numero=numero)
    risultato = righe.order_by("-numero").first()
    if risultato is None:
        return None
    risultato.programma = programma
    return PacchettoLetto(leggi(risultato), risultato)


def pacchetto_di_oggi(programma: Programma) -> PacchettoLetto:
    """The package of the programme as it stands now. Raises ``SchedaNonValida``."""
    return PacchettoLetto(pacchetto_di(documento_di(programma)), None)


def leggi_per(utente: Persona, programma: Programma, numero: int | None = None) -> PacchettoLetto:
    """What ``utente`` reads: that result, else the last; who follows the programme, without any, that of
    today. Raises ``Http404``, ``RisultatoAlterato``, ``SchedaNonValida``."""
    risultato = risultato_leggibile(utente, programma, numero)
    if risultato is not None:
        return PacchettoLetto(leggi(risultato), risultato)
    if numero is not None or not puo_vedere_valutazione(utente, programma):
        raise Http404
    return pacchetto_di_oggi(programma)


def ultimi_pubblicati(programmi: Iterable[Programma | int]) -> dict[int, Risultato]:
    """The last published result of each programme, by its primary key, without the long texts; two queries.

    One whose values are no longer those that the chain of events saw freezing is left out.
    """
    chiavi = [programma if isinstance(programma, int) else programma.pk for programma in programmi]
    righe = Risultato.objects.filter(programma__in=chiavi).pubblicati().per_elenco().order_by("numero")
    ultimi = {risultato.programma_id: risultato for risultato in righe}
    riferimenti = {risultato.riferimento_evento: chiave for chiave, risultato in ultimi.items()}
    integri = nella_catena(riferimenti)
    return {chiave: ultimi[chiave] for riferimento, chiave in riferimenti.items() if riferimento in integri}

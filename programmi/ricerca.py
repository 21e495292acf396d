"""What is found by words: districts, organisations, progettualità, each as one line of a page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone

from distretti.basi.evidenziazione import estratto, tratti
from distretti.basi.italiano import elenco
from distretti.models import Adesione, Distretto, Organizzazione
from distretti.permissions import Persona
from programmi.models import Progettualita, Programma

CAMPI_LETTI = (
    ("obiettivo_generale", "Obiettivo generale"),
    ("obiettivo_specifico", "Obiettivo specifico"),
    ("azioni", "Azioni"),
    ("altre_organizzazioni", "Altre organizzazioni coinvolte"),
    ("tipo_azione", "Tipo di azione"),
    ("ambito", "Ambito"),
)
DISTRETTI_NOMINATI = 3
"""Districts named beside an organisation; the others are a number."""


@dataclass(frozen=True)
class Risultato:
    """Something found. ``dettaglio`` is a text in which the words may stand, after its ``etichetta``."""

    titolo: str
    indirizzo: str
    occhiello: str
    etichetta: str = ""
    dettaglio: str = ""
    programma: Programma | None = None
    """The programme of a progettualità, when it is not approved: its state is shown."""


@dataclass(frozen=True)
class Gruppo:
    """One kind of thing: its rows, and how a row becomes a line of the page."""

    codice: str
    singolare: str
    plurale: str
    righe: QuerySet[Any]
    in_pagina: Callable[[Any, Sequence[str]], Risultato]

    def chiavi(self) -> list[int]:
        """The primary keys of all the rows, in their order."""
        return list(self.righe.values_list("pk", flat=True))

    def lette(self, chiavi: Iterable[int]) -> list[Any]:
        """The rows with these keys, in their order."""
        return list(self.righe.filter(pk__in=list(chiavi)))


def gruppi(utente: Persona, testo: str) -> list[Gruppo]:
    """All that ``utente`` may find with every word of ``testo``, in the order of the page."""
    visibili = Programma.objects.annuali().visibili_a(utente).order_by()
    progettualita = (
        Progettualita.objects.con_testo(testo)
        .filter(programma__in=visibili.values("pk"))
        .select_related("programma__distretto")
        .order_by("-programma__anno", "programma__distretto__denominazione", "programma", "numero")
    )
    return [
        Gruppo("distretti", "distretto", "distretti", Distretto.objects.con_testo(testo), _distretto),
        Gruppo("organizzazioni", "organizzazione", "organizzazioni", _organizzazioni(testo), _organizzazione),
        Gruppo("progettualita", "progettualità", "progettualità", progettualita, _progettualita),
    ]


def _organizzazioni(testo: str) -> QuerySet[Organizzazione]:
    adesioni = Adesione.objects.alla_data(timezone.localdate()).select_related("distretto")
    in_corso = Prefetch("adesioni", adesioni.order_by("dal", "pk"), to_attr="adesioni_in_corso")
    return Organizzazione.objects.con_testo(testo).prefetch_related("alias", in_corso)


def _distretto(distretto: Distretto, parole: Sequence[str]) -> Risultato:
    return Risultato(
        distretto.denominazione,
        reverse("distretto", args=[distretto.codice]),
        f"Distretto {distretto.get_tipo_display()}, {distretto.get_stato_display()}",
        "Ente capofila" if distretto.capofila else "",
        distretto.capofila,
    )


def _organizzazione(organizzazione: Organizzazione, parole: Sequence[str]) -> Risultato:
    nomi = dict.fromkeys(adesione.distretto.denominazione for adesione in _adesioni(organizzazione))
    altri = [alias.testo for alias in organizzazione.alias.all() if _presenti(alias.testo, parole)]
    return Risultato(
        organizzazione.denominazione,
        reverse("organizzazione", args=[organizzazione.codice]),
        f"Aderente a {_primi(list(nomi))}" if nomi else "Nessuna adesione in corso",
        "Anche" if altri else "",
        ", ".join(altri),
    )


def _adesioni(organizzazione: Organizzazione) -> list[Adesione]:
    lette: list[Adesione] = organizzazione.adesioni_in_corso  # type: ignore[attr-defined]
    return lette


def _primi(nomi: list[str]) -> str:
    oltre = len(nomi) - DISTRETTI_NOMINATI
    if oltre <= 0:
        return elenco(nomi)
    altri = "un altro" if oltre == 1 else f"altri {oltre}"
    return elenco([*nomi[:DISTRETTI_NOMINATI], altri])


def _progettualita(progettualita: Progettualita, parole: Sequence[str]) -> Risultato:
    programma = progettualita.programma
    letti = ((etichetta, estratto(getattr(progettualita, campo), parole)) for campo, etichetta in CAMPI_LETTI)
    etichetta, dettaglio = next((voce for voce in letti if voce[1]), ("", ""))
    return Risultato(
        progettualita.titolo,
        reverse("progettualita", args=[programma.distretto.codice, programma.edizione, progettualita.numero]),
        f"{programma.distretto.denominazione}, {programma.anno}",
        etichetta,
        dettaglio,
        None if programma.pubblico else programma,
    )


def _presenti(testo: str, parole: Sequence[str]) -> bool:
    return any(trovata for _, trovata in tratti(testo, parole))

"""The first screen of who works for an authority: where every programme of a year stands, who waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from distretti.models import Autorita, Distretto, Incarico, Ruolo, StatoDistretto
from distretti.models.distretto import DistrettoQuerySet
from programmi.models import Programma, StatoProgramma
from programmi.templatetags.procedura import TONI
from valutazione.grafici import VoceBarra, barre_di

IN_ELENCO = 10
"""Rows of a list of the desk; how many there are is said beside it."""
IN_SCADENZA = timedelta(days=60)


@dataclass(frozen=True)
class QuadroAutorita:
    """All the programmes of ``anno`` by state."""

    anno: int
    anni: list[int]
    stati: list[VoceBarra]
    quanti: int


@dataclass(frozen=True)
class QuadroIncarichi:
    """What an administrator looks after: districts without a manager, roles about to end."""

    senza_manager: list[Distretto]
    quanti_senza_manager: int
    in_scadenza: list[Incarico]


def quadro_di(autorita: Iterable[int], *, anno: int | None, oggi: date) -> QuadroAutorita:
    """The programmes of the authorities; of the year asked for, else of this one, else of the last."""
    autorita = list(autorita)
    programmi = Programma.objects.annuali().filter(distretto__autorita__in=autorita)
    contati = {
        (riga["anno"], riga["stato"]): riga["quanti"]
        for riga in programmi.order_by().values("anno", "stato").annotate(quanti=Count("pk"))
    }
    anni = sorted({anno for anno, _ in contati}, reverse=True)
    scelto = next((voluto for voluto in (anno, oggi.year, *anni) if voluto in anni), oggi.year)
    senza = _attivi(autorita).exclude(programmi__anno=scelto).count()
    voci = [("Nessun programma", "neutro", senza, "")]
    di_chi = _filtro_autorita(autorita)
    for stato in StatoProgramma:
        domanda = urlencode({"anno": scelto, "stato": stato.value, **di_chi})
        indirizzo = f"{reverse('programmi')}?{domanda}"
        quanti = contati.get((scelto, stato.value), 0)
        voci.append((str(stato.label).capitalize(), TONI[stato.value], quanti, indirizzo))
    return QuadroAutorita(
        anno=scelto,
        anni=anni,
        stati=barre_di(voci),
        quanti=sum(quanti for (di, _), quanti in contati.items() if di == scelto),
    )


def _filtro_autorita(autorita: list[int]) -> dict[str, str]:
    """What keeps the list of programmes to those counted here; it can be kept to one authority only."""
    codici = list(Autorita.objects.filter(pk__in=autorita).values_list("codice", flat=True))
    return {"autorita": codici[0]} if len(codici) == 1 else {}


def incarichi_da_guardare(autorita: Iterable[int], *, oggi: date) -> QuadroIncarichi:
    """Active districts without a manager today, and roles that end within :data:`IN_SCADENZA`."""
    autorita = list(autorita)
    in_corso = Incarico.objects.alla_data(oggi)
    manager = in_corso.filter(ruolo=Ruolo.MANAGER, distretto=OuterRef("pk"))
    senza = _attivi(autorita).exclude(Exists(manager))
    in_scadenza = in_corso.filter(al__lte=oggi + IN_SCADENZA).select_related(
        "utente", "distretto", "autorita"
    )
    loro = in_scadenza.filter(distretto__autorita__in=autorita) | in_scadenza.filter(autorita__in=autorita)
    return QuadroIncarichi(
        senza_manager=list(senza.order_by("denominazione", "codice")[:IN_ELENCO]),
        quanti_senza_manager=senza.count(),
        in_scadenza=list(loro.order_by("al", "pk")[:IN_ELENCO]),
    )


def _attivi(autorita: list[int]) -> DistrettoQuerySet:
    return Distretto.objects.filter(autorita__in=autorita, stato=StatoDistretto.ATTIVO)

"""Who may do what: the people of an authority with their roles, as the list and the CSV show them."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from distretti.basi.celle import cella_csv
from distretti.models import Autorita, Distretto, Incarico, Ruolo, Utente
from distretti.persone import fattori

COLONNE = (
    "nome",
    "nome utente",
    "posta",
    "ruolo",
    "ambito",
    "dal",
    "al",
    "stato dell'incarico",
    "secondo fattore",
    "ultimo accesso",
    "accesso",
)


@dataclass(frozen=True, slots=True)
class Filtro:
    """What the list is asked for; everything may be missing. ``giorno``: only the roles held on that day."""

    testo: str = ""
    ruolo: str = ""
    distretto: Distretto | None = None
    giorno: date | None = None


def incarichi_scelti(autorita: Autorita, filtro: Filtro) -> QuerySet[Incarico]:
    """The roles of people over ``autorita`` and its districts that the filter lets through."""
    righe = Incarico.objects.dell_autorita(autorita).filter(utente__applicazione=False)
    if filtro.giorno is not None:
        righe = righe.alla_data(filtro.giorno)
    if filtro.ruolo:
        righe = righe.filter(ruolo=filtro.ruolo)
    if filtro.distretto is not None:
        righe = righe.filter(distretto=filtro.distretto)
    for parola in filtro.testo.split():
        cercata = Q(utente__nome_esteso__icontains=parola) | Q(utente__username__icontains=parola)
        righe = righe.filter(cercata | Q(utente__email__icontains=parola))
    return righe.select_related("distretto", "autorita").order_by("dal", "pk")


def persone_di(autorita: Autorita, filtro: Filtro) -> QuerySet[Utente]:
    """The people with those roles, each with ``incarichi_scelti``, in order of name."""
    scelti = incarichi_scelti(autorita, filtro)
    return (
        Utente.objects.filter(pk__in=scelti.order_by().values("utente"))
        .prefetch_related(Prefetch("incarichi", queryset=scelti, to_attr="incarichi_scelti"))
        .order_by("nome_esteso", "username")
    )


def stato_di_incarico(incarico: Incarico, giorno: date) -> str:
    """ "in corso", "finito", "non ancora cominciato"."""
    if incarico.attivo(giorno):
        return "in corso"
    return "finito" if incarico.al is not None and incarico.al < giorno else "non ancora cominciato"


def in_csv(persone: Iterable[Utente]) -> Iterator[str]:
    """A line for each role, with its person; no tax code."""
    persone = list(persone)
    con_fattore, oggi = fattori.chi_ha_fattore([persona.pk for persona in persone]), timezone.localdate()
    yield "\ufeff" + _riga(COLONNE)
    for persona in persone:
        for incarico in persona.incarichi_scelti:  # type: ignore[attr-defined]
            yield _riga(_celle(persona, incarico, persona.pk in con_fattore, oggi))


def _celle(persona: Utente, incarico: Incarico, con_fattore: bool, oggi: date) -> tuple[str, ...]:
    entrata = timezone.localtime(persona.last_login) if persona.last_login else None
    return (
        str(persona),
        persona.username,
        persona.email,
        Ruolo(incarico.ruolo).label,
        str(incarico.distretto or incarico.autorita),
        incarico.dal.isoformat(),
        incarico.al.isoformat() if incarico.al else "",
        stato_di_incarico(incarico, oggi),
        "sì" if con_fattore else "no",
        entrata.isoformat(timespec="minutes") if entrata else "",
        "attivo" if persona.is_active else "sospeso",
    )


def _riga(celle: Iterable[str]) -> str:
    testo = StringIO()
    csv.writer(testo).writerow(map(cella_csv, celle))
    return testo.getvalue()

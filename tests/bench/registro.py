"""The register in bulk: organisations, districts, members."""

from collections.abc import Sequence
from datetime import date
from random import Random

from distretti.models import (
    Adesione,
    AliasOrganizzazione,
    Autorita,
    Certificazione,
    Distretto,
    Marchio,
    Natura,
    Organizzazione,
    StatoDistretto,
    TipoDistretto,
)
from tests.bench import testi
from tests.bench.misure import Misure
from tests.bench.scrittura import scrivi

PREFISSO = "prova-"
"""Of every generated code: what is invented is told from what is not."""


def crea_organizzazioni(misure: Misure) -> list[Organizzazione]:
    """The organisations; one in three has another name, one in four holds a mark."""
    caso = Random(f"{misure.seme}/organizzazioni")  # noqa: S311  (repeatable, not secret)
    organizzazioni = scrivi(
        [
            Organizzazione(
                codice=f"{PREFISSO}organizzazione-{numero:06d}",
                denominazione=testi.organizzazione(caso, numero),
                natura=caso.choice([*Natura, ""]),
            )
            for numero in range(1, misure.organizzazioni + 1)
        ],
    )
    scrivi(
        [
            AliasOrganizzazione(organizzazione=organizzazione, testo=f"Detta {organizzazione.denominazione}")
            for organizzazione in organizzazioni[::3]
        ],
    )
    marchi = list(Marchio.objects.order_by("pk"))
    if marchi:
        scrivi(
            [
                Certificazione(
                    organizzazione=organizzazione,
                    marchio=caso.choice(marchi),
                    dal=date(caso.randint(2010, 2024), caso.randint(1, 12), 1),
                )
                for organizzazione in organizzazioni[::4]
            ],
        )
    return organizzazioni


def crea_distretti(misure: Misure, autorita: Autorita, numeri: range) -> list[Distretto]:
    """The districts of these numbers (from 1)."""
    casi = [(numero, Random(f"{misure.seme}/distretto/{numero}")) for numero in numeri]  # noqa: S311
    return scrivi(
        [
            Distretto(
                codice=f"{PREFISSO}distretto-{numero:05d}",
                denominazione=f"Distretto famiglia {caso.choice(testi.LUOGHI)} {numero}",
                tipo=caso.choice(list(TipoDistretto)),
                stato=StatoDistretto.CESSATO if caso.random() < 0.05 else StatoDistretto.ATTIVO,
                autorita=autorita,
                anno_nascita=misure.primo_anno,
                capofila=f"Comune di {caso.choice(testi.LUOGHI)} {numero}",
            )
            for numero, caso in casi
        ],
    )


def crea_adesioni(
    misure: Misure, distretti: Sequence[Distretto], organizzazioni: Sequence[Organizzazione]
) -> dict[int, list[Organizzazione]]:
    """The members of each district (by its key); one in ten has left."""
    aderenti: dict[int, list[Organizzazione]] = {}
    righe = []
    for distretto in distretti:
        caso = Random(f"{misure.seme}/adesioni/{distretto.codice}")  # noqa: S311
        aderenti[distretto.pk] = caso.sample(organizzazioni, misure.aderenti)
        for ordine, organizzazione in enumerate(aderenti[distretto.pk]):
            dal = date(misure.primo_anno, caso.randint(1, 12), caso.randint(1, 28))
            al = date(misure.ultimo_anno, 12, 31) if caso.random() < 0.1 else None
            righe.append(
                Adesione(distretto=distretto, organizzazione=organizzazione, ordine=ordine, dal=dal, al=al)
            )
    scrivi(righe)
    return aderenti

"""The changes of a list from an instant on: what was modified and what was withdrawn, in one order.

An instant is taken when a row is written, a moment before others can see it: whoever asks from the last
instant they saw could miss what was committed meanwhile. So every page says from which instant to ask the
next time (``prossimo_modificato_da``): never later than ``MARGINE`` before the first page was asked.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from distretti.models import Ritiro

MODIFICATO = "modificato_alle"
MARGINE = timedelta(minutes=5)
"""Longer than any transaction that writes: the longest is an import."""

_RIGA, _RITIRO = 0, 1

Voce = dict[str, Any]
Posto = tuple[datetime, int, int]
"""Where an item stands: its instant, row or withdrawal, primary key."""


class Seguito:
    """The rows of ``righe`` modified from ``da`` on, with the withdrawals of the list.

    ``visibili``: all that the person who asks may see. What can be read (again) is not withdrawn.
    """

    nome = MODIFICATO
    tipi = (datetime, int, int, datetime)
    con_ritiri = True

    def __init__(
        self, elenco: Any, base: str, righe: QuerySet[Any], visibili: QuerySet[Any], da: datetime
    ) -> None:
        self.elenco, self.base, self.righe, self.visibili, self.da = elenco, base, righe, visibili, da
        self.entro = timezone.now() - MARGINE
        self.ultimo = da

    def leggi(self, oltre: Sequence[Any] | None, quante: int) -> tuple[list[Voce], list[Any] | None]:
        """The next items in order of instant, and where the following ones begin (None: there are none)."""
        da: Posto | None = None
        if oltre is not None:
            alle, genere, chiave_primaria, self.entro = oltre
            da = (alle, genere, chiave_primaria)
        righe, ritiri = self._righe(da, quante + 1), self._ritiri(da, quante + 1)
        posti = sorted([*righe, *ritiri])
        seguito = [*posti[quante - 1], self.entro] if len(posti) > quante else None
        posti = posti[:quante]
        self.ultimo = posti[-1][0] if posti else self.da
        scelte = [righe[posto] for posto in posti if posto in righe]
        voci = dict(zip((p for p in posti if p in righe), self.elenco.voci(self.base, scelte), strict=True))
        tornate = self._tornate([ritiri[posto] for posto in posti if posto in ritiri])
        for posto, chiave in ritiri.items():
            if posto in posti and chiave not in tornate:
                voci[posto] = self._ritirata(chiave, posto[0])
        return [voci[posto] for posto in sorted(voci)], seguito

    def in_calce(self) -> Voce:
        """From when to ask the next time, once the page was read."""
        return {"prossimo_modificato_da": max(self.da, min(self.ultimo, self.entro))}

    def _righe(self, oltre: Posto | None, quante: int) -> dict[Posto, tuple[Any, ...]]:
        righe = _oltre(self.righe, MODIFICATO, oltre, _RIGA).order_by(MODIFICATO, "pk")
        colonne = (MODIFICATO, "pk", *self.elenco.campi)
        return {(r[0], _RIGA, r[1]): r[2:] for r in righe.values_list(*colonne)[:quante]}

    def _ritiri(self, oltre: Posto | None, quante: int) -> dict[Posto, str]:
        ritiri: QuerySet[Ritiro] = Ritiro.objects.filter(
            risorsa=self.elenco.modello.risorsa, ritirato_alle__gte=self.da
        )
        ritiri = _oltre(ritiri, "ritirato_alle", oltre, _RITIRO).order_by("ritirato_alle", "pk")
        letti = ritiri.values_list("ritirato_alle", "pk", "chiave")[:quante]
        return {(alle, _RITIRO, chiave): testo for alle, chiave, testo in letti}

    def _tornate(self, chiavi: Sequence[str]) -> set[str]:
        """Those among ``chiavi`` that the person who asks can read."""
        condizione = Q()
        for chiave in chiavi:
            condizione |= Q(**self.elenco.condizione(chiave.split("/")))
        if not condizione:
            return set()
        lette = self.visibili.filter(condizione).order_by().values_list(*self.elenco.modello.chiave)
        return {self.elenco.chiave_scritta(riga) for riga in lette}

    def _ritirata(self, chiave: str, alle: datetime) -> Voce:
        return {
            "chiave": chiave,
            "href": self.elenco.indirizzo(self.base, *chiave.split("/")),
            "ritirato": True,
            "ritirato_alle": alle,
        }


def _oltre(righe: QuerySet[Any], istante: str, posto: Posto | None, genere: int) -> QuerySet[Any]:
    """The rows after ``posto``: at its very instant, withdrawals come after rows."""
    if posto is None:
        return righe
    alle, suo_genere, chiave = posto
    dopo = Q(**{f"{istante}__gt": alle})
    if genere > suo_genere:
        dopo |= Q(**{istante: alle})
    elif genere == suo_genere:
        dopo |= Q(**{istante: alle, "pk__gt": chiave})
    return righe.filter(dopo, **{f"{istante}__gte": alle})

"""The names of a table looked for in the programme, then in the register, in few queries."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from distretti.models import Organizzazione
from distretti.somiglianza import conosciute, simili_a
from valutazione.scheda.modello import Scheda
from valutazione.serie.celle import Celle, voci
from valutazione.serie.nomi import Nomi

_PER_VOLTA = 40
"""Names in one query: a database admits only so many conditions."""
_SUGGERITI = 20
"""Unknown names for which one that looks like it is looked for."""


def nomi_della(scheda: Scheda) -> Nomi:
    """Those of the programme: its members first."""
    aderenti = {aderente.organizzazione for aderente in scheda.aderenti}
    note = sorted(scheda.organizzazioni, key=lambda o: o.codice not in aderenti)
    return Nomi((o.codice, (o.denominazione, *o.alias)) for o in note)


def nomi_per(scheda: Scheda, righe: Iterable[Celle]) -> Nomi:
    """With what ``righe`` name of the rest of the register."""
    nomi = nomi_della(scheda)
    scritti = [nome for celle in righe for nome in voci(celle.get("organizzazioni", ""))]
    mancanti = nomi.sconosciuti(scritti)
    for inizio in range(0, len(mancanti), _PER_VOLTA):
        condizione = Q()
        for nome in mancanti[inizio : inizio + _PER_VOLTA]:
            condizione |= Q(codice=nome) | Q(codici_precedenti__codice=nome)
            condizione |= Q(denominazione__iexact=nome) | Q(alias__testo__iexact=nome)
        trovate = Organizzazione.objects.filter(condizione).distinct().order_by("codice")
        for organizzazione in trovate.prefetch_related("alias", "codici_precedenti"):
            alias = [alias.testo for alias in organizzazione.alias.all()]
            precedenti = [vecchio.codice for vecchio in organizzazione.codici_precedenti.all()]
            nomi.aggiungi([(organizzazione.codice, (organizzazione.denominazione, *alias, *precedenti))])
    return nomi


def suggerimenti(sconosciuti: Sequence[str]) -> dict[str, str]:
    """For each name that nobody has, the first of the register that looks like it (those that have one)."""
    if not sconosciuti:
        return {}
    note = conosciute()
    trovati = {nome: simili_a(nome, note) for nome in sconosciuti[:_SUGGERITI]}
    return {nome: simili[0].denominazione for nome, simili in trovati.items() if simili}

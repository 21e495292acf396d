"""Names that look alike: "CS4 Soc. Coop. Sociale" is "Cooperativa CS4", "Commune di Pergine" a slip.

A name is compared by its words, folded as the search folds them, without articles and without the words of
legal forms. Only a person says whether two records are one organisation: here they are put side by side.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from distretti.basi.ricerca import piega
from distretti.models import AliasOrganizzazione, Organizzazione

_SIGLE = re.compile(r"\b(?:[a-z]\.){2,}")
_SEGNI = re.compile(r"[^a-z0-9]+")
_DEBOLI = (
    "a al alla aps apsp arl asd associazione coop cooperativa cooperative d da dei del della delle di e ed "
    "ente ets fondazione i il impresa in l la le lo odv onlus per rl s sas sc scarl scs snc soc sociale "
    "societa spa srl srls ss ssd"
)
_SENZA_PESO = frozenset(_DEBOLI.split())
_QUASI_UGUALI = 0.88
_ABBASTANZA_LUNGO = 6

Parole = frozenset[str]


def parole_del_nome(nome: str) -> Parole:
    """The words that make a name that name; all of them, when none has weight ("Cooperativa sociale")."""
    testo = _SIGLE.sub(lambda sigla: sigla.group().replace(".", ""), piega(nome))
    tutte = frozenset(_SEGNI.sub(" ", testo).split())
    return tutte - _SENZA_PESO or tutte


@dataclass(frozen=True, slots=True)
class Conosciuta:
    """An organisation of the register with all the names it goes by."""

    pk: int
    codice: str
    denominazione: str
    nomi: tuple[Parole, ...]


def conosciute() -> list[Conosciuta]:
    """All of them, in order of name, in two queries."""
    alias: dict[int, list[str]] = defaultdict(list)
    for organizzazione, testo in AliasOrganizzazione.objects.order_by("ordine").values_list(
        "organizzazione_id", "testo"
    ):
        alias[organizzazione].append(testo)
    righe = Organizzazione.objects.order_by("denominazione", "codice")
    return [
        Conosciuta(pk, codice, nome, tuple(parole_del_nome(testo) for testo in (nome, *alias[pk])))
        for pk, codice, nome in righe.values_list("pk", "codice", "denominazione")
    ]


def simili_a(
    nome: str, tra: Iterable[Conosciuta] | None = None, *, tranne: int | None = None
) -> list[Conosciuta]:
    """Those that may be the organisation called ``nome``."""
    parole = parole_del_nome(nome)
    return [
        nota
        for nota in (conosciute() if tra is None else tra)
        if nota.pk != tranne and any(_simili(parole, altre) for altre in nota.nomi)
    ]


def doppioni(tra: Iterable[Conosciuta]) -> list[list[Conosciuta]]:
    """Groups of records that have a name in common, but for accents, order and legal form."""
    per_nome: dict[Parole, dict[int, Conosciuta]] = defaultdict(dict)
    for nota in tra:
        for nome in nota.nomi:
            per_nome[nome][nota.pk] = nota
    gruppi = {tuple(sorted(gruppo)): list(gruppo.values()) for gruppo in per_nome.values() if len(gruppo) > 1}
    return list(gruppi.values())


def _simili(une: Parole, altre: Parole) -> bool:
    if une == altre:
        return True
    if min(len(une), len(altre)) > 1 and (une < altre or altre < une):
        return True
    testo, altro = " ".join(sorted(une)), " ".join(sorted(altre))
    if min(len(testo), len(altro)) < _ABBASTANZA_LUNGO:
        return False
    if 2 * min(len(testo), len(altro)) < _QUASI_UGUALI * (len(testo) + len(altro)):
        return False  # what the ratio can be at most, before anything is built
    confronto = SequenceMatcher(None, testo, altro, autojunk=False)
    return confronto.quick_ratio() >= _QUASI_UGUALI and confronto.ratio() >= _QUASI_UGUALI

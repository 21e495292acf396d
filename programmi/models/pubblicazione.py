"""What everyone can read of a programme, besides itself, from its approval on."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from distretti.models import Atto, Distretto, Identita, Organizzazione, Ritiro
from distretti.models.tracciato import chiave_di
from programmi.models.progettualita import Indicatore, Progettualita, codice_di_riga
from programmi.models.programma import Programma


@contextmanager
def pubblicando(righe: Iterable[int]) -> Iterator[None]:
    """Around a write that may approve programmes (by primary key), or take an approval away."""
    with transaction.atomic(savepoint=False):
        chiavi = list(righe)
        prima = _approvati(chiavi)
        yield
        dopo = _approvati(chiavi)
        pubblica(dopo - prima)
        ritira(prima - dopo)


def pubblica(programmi: Collection[int]) -> None:
    """All that is public because these programmes are: whoever follows it sees it appear now."""
    if not programmi:
        return
    _di_questi(Distretto, programmi).update()
    _di_questi(Organizzazione, programmi).update()
    _di_questi(Atto, programmi).update()
    Progettualita.objects.filter(programma__in=programmi).update()
    Indicatore.objects.filter(programma__in=programmi).update()


def ritira(programmi: Collection[int]) -> None:
    """All that was public because these programmes were. What is so for another reason too stays."""
    if not programmi:
        return
    Ritiro.objects.registra(identita_di(programmi))
    _di_questi(Distretto, programmi).update()


def identita_di(programmi: Iterable[int]) -> list[Identita]:
    """The programmes and everything they make public, whatever their state."""
    chiavi = list(programmi)
    testate = Programma.objects.filter(pk__in=chiavi).order_by("pk").values_list(*Programma.chiave)
    azioni = Progettualita.objects.filter(programma__in=chiavi).order_by("pk")
    righe = Indicatore.objects.filter(programma__in=chiavi).order_by("pk")
    return [
        *((Programma.risorsa, chiave_di(chiave)) for chiave in testate),
        *((Progettualita.risorsa, chiave_di(chiave)) for chiave in azioni.values_list(*Progettualita.chiave)),
        *(
            (Indicatore.risorsa, f"{codice}/{anno}/{codice_di_riga(numero, ordine)}")
            for codice, anno, numero, ordine in righe.values_list(*Indicatore.chiave)
        ),
        *(
            (modello.risorsa, codice)
            for modello in (Organizzazione, Atto)
            for codice in _di_questi(modello, chiavi).order_by("pk").values_list("codice", flat=True)
        ),
    ]


def _di_questi(modello: type[Distretto | Organizzazione | Atto], programmi: Collection[int]) -> QuerySet[Any]:
    """The rows of ``modello`` that these programmes show: their district, referents, acts."""
    condizione = Q()
    for percorso in _PERCORSI[modello]:
        condizione |= Q(**{f"{percorso}__in": programmi})
    return modello._default_manager.filter(pk__in=modello._default_manager.filter(condizione).values("pk"))


_PERCORSI: Mapping[type[Model], Sequence[str]] = {
    Distretto: ("programmi",),
    Organizzazione: ("referenze__progettualita__programma",),
    Atto: ("citazioni__programma", "passaggi__programma"),
}


def _approvati(chiavi: Collection[int]) -> set[int]:
    approvati = Programma.objects.filter(Programma.pubbliche, pk__in=chiavi)
    return set(approvati.order_by().values_list("pk", flat=True)) if chiavi else set()

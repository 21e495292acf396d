"""What everyone can read of a programme, besides itself, from its approval on."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q

from distretti.models import (
    Atto,
    Certificazione,
    Distretto,
    Identita,
    Organizzazione,
    Ritiro,
    TracciatoQuerySet,
)
from distretti.models.tracciato import chiave_di
from programmi.models.atto_citato import AttoCitato
from programmi.models.passaggio import Passaggio
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
    organizzazioni = _di_questi(Organizzazione, programmi)
    _di_questi(Distretto, programmi).update()
    organizzazioni.update()
    Certificazione.objects.filter(organizzazione__in=organizzazioni).update()
    atti_mostrati(Q(programma__in=programmi)).update()
    Progettualita.objects.filter(programma__in=programmi).update()
    Indicatore.objects.filter(programma__in=programmi).update()


def ritira(programmi: Collection[int]) -> None:
    """All that was public because these programmes were. What is so for another reason too stays."""
    if not programmi:
        return
    Ritiro.objects.registra(identita_di(programmi))
    _di_questi(Distretto, programmi).update()


@contextmanager
def ripubblicando(programma: int) -> Iterator[None]:
    """Around a change of what an approved programme says: what goes is withdrawn, what comes appears now."""
    with transaction.atomic(savepoint=False):
        prima = identita_di([programma])
        yield
        dopo = identita_di([programma])
        Ritiro.objects.registra(identita for identita in prima if identita not in dopo)
        nuove = set(dopo) - set(prima)
        organizzazioni = [chiave for risorsa, chiave in nuove if risorsa == Organizzazione.risorsa]
        Organizzazione.objects.filter(codice__in=organizzazioni).update()
        Certificazione.objects.filter(organizzazione__codice__in=organizzazioni).update()
        atti = [chiave for risorsa, chiave in nuove if risorsa == Atto.risorsa]
        Atto.objects.filter(codice__in=atti).update()


def identita_di(programmi: Iterable[int]) -> list[Identita]:
    """The programmes and everything they make public, whatever their state."""
    chiavi = list(programmi)
    testate = Programma.objects.filter(pk__in=chiavi).order_by("pk").values_list(*Programma.chiave)
    azioni = Progettualita.objects.filter(programma__in=chiavi).order_by("pk")
    righe = Indicatore.objects.filter(programma__in=chiavi).order_by("pk")
    organizzazioni = _di_questi(Organizzazione, chiavi)
    return [
        *((Programma.risorsa, chiave_di(chiave)) for chiave in testate),
        *((Progettualita.risorsa, chiave_di(chiave)) for chiave in azioni.values_list(*Progettualita.chiave)),
        *(
            (Indicatore.risorsa, f"{codice}/{anno}/{codice_di_riga(numero, ordine)}")
            for codice, anno, numero, ordine in righe.values_list(*Indicatore.chiave)
        ),
        *organizzazioni.identita(),
        *Certificazione.objects.filter(organizzazione__in=organizzazioni).identita(),
        *atti_mostrati(Q(programma__in=chiavi)).identita(),
    ]


def atti_mostrati(programmi: Q) -> TracciatoQuerySet[Atto]:
    """The acts that everyone reads of some programmes (a condition on what is theirs), once approved.

    Those of the steps after the last request for integrations, and those cited, unless they are only of
    steps that a request for integrations closed.
    """
    passaggi = Passaggio.objects.filter(programmi)
    aperti = passaggi.leggibili(tutti=False)
    chiusi = passaggi.filter(atto=OuterRef("atto"), programma=OuterRef("programma"))
    citati = AttoCitato.objects.filter(programmi, atto=OuterRef("pk"))
    return Atto.objects.filter(
        Q(Exists(aperti.filter(atto=OuterRef("pk")))) | Q(Exists(citati.filter(~Exists(chiusi))))
    )


def _di_questi(modello: type[Distretto | Organizzazione], programmi: Collection[int]) -> Any:
    """The rows of ``modello`` that these programmes show: their district, their referents."""
    righe = modello._default_manager.filter(**{f"{_PERCORSI[modello]}__in": programmi})
    return modello._default_manager.filter(pk__in=righe.values("pk"))


_PERCORSI: Mapping[type[Model], str] = {
    Distretto: "programmi",
    Organizzazione: "referenze__progettualita__programma",
}


def _approvati(chiavi: Collection[int]) -> set[int]:
    approvati = Programma.objects.filter(Programma.pubbliche, pk__in=chiavi)
    return set(approvati.order_by().values_list("pk", flat=True)) if chiavi else set()

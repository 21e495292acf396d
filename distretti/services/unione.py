"""Two records of one organisation become one, and whatever spoke of either speaks of it.

What hangs from an organisation is found from the relations of the models, so that nobody forgets a new one.
What is the same for both (the same evidence, the same mark) stays once; memberships that share days need a
choice. The code of the record that goes is kept (``CodicePrecedente``): addresses, documents already
exported and frozen content hold it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import product
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, UniqueConstraint
from django.utils import timezone

from distretti.errori import DatiNonValidi
from distretti.eventi import annota
from distretti.istantanee import istantanea_organizzazione
from distretti.models import (
    Adesione,
    AliasOrganizzazione,
    Certificazione,
    CodicePrecedente,
    Distretto,
    Organizzazione,
    Utente,
)
from distretti.services.blocco import blocca_distretti, blocca_organizzazioni
from distretti.services.organizzazioni import aggiungi_alias
from distretti.versioni import Istantanea, controlla_versione


class SceltaAdesioni(StrEnum):
    """What to do in a district of which both are members on the same days."""

    UNITE = "unite"
    SUPERSTITE = "superstite"
    PERDENTE = "perdente"


@dataclass(frozen=True, slots=True)
class Riferimenti:
    """How many rows of one table speak of an organisation."""

    nome: str
    quanti: int


def relazioni() -> list[Any]:
    """Every foreign key to an organisation, of whatever floor: hidden ones too."""
    campi = Organizzazione._meta.get_fields(include_hidden=True)
    return [campo for campo in campi if campo.auto_created and (campo.one_to_many or campo.one_to_one)]


def riferimenti_a(organizzazione: Organizzazione) -> list[Riferimenti]:
    """The tables that speak of it, with how many rows."""
    contati = (
        Riferimenti(
            str(relazione.related_model._meta.verbose_name_plural),
            relazione.related_model._base_manager.filter(**{relazione.field.name: organizzazione}).count(),
        )
        for relazione in relazioni()
    )
    return sorted((r for r in contati if r.quanti), key=lambda r: r.nome)


def istantanea_unione(superstite: Organizzazione, perdente: Organizzazione) -> Istantanea:
    """All that whoever merges the two has seen."""
    dice: dict[str, str] = {}
    for posto, organizzazione in enumerate((superstite, perdente)):
        adesioni = organizzazione.adesioni.order_by("dal", "pk").values_list("distretto__codice", "dal", "al")
        dice |= {
            f"{posto} {nome}": testo for nome, testo in istantanea_organizzazione(organizzazione).items()
        }
        dice[f"{posto} adesioni"] = "; ".join(f"{d} {dal} {al}" for d, dal, al in adesioni)
    return dice


def distretti_contesi(superstite: Organizzazione, perdente: Organizzazione) -> list[Distretto]:
    """Those of which both are members on the same days: somebody has to choose."""
    contesi = {
        una.distretto_id
        for una, altra in product(superstite.adesioni.all(), perdente.adesioni.all())
        if una.distretto_id == altra.distretto_id and _si_sovrappongono(una, altra)
    }
    return list(Distretto.objects.filter(pk__in=contesi).order_by("denominazione", "codice"))


@transaction.atomic
def unisci_organizzazioni(
    *,
    superstite: Organizzazione,
    perdente: Organizzazione,
    scelte: Mapping[str, SceltaAdesioni],
    versione: str | None = None,
    utente: Utente | None = None,
) -> Organizzazione:
    """``perdente`` becomes another name of ``superstite``, which takes all that was of either.

    ``scelte``: for each district (code) of which both are members on the same days. Raises
    ``ModificatoNelFrattempo``, ``StatoNonAmmesso`` (one of them was merged meanwhile), ``DatiNonValidi``.
    """
    if superstite.pk == perdente.pk:
        raise DatiNonValidi({"": "Sono la stessa organizzazione."})
    chiavi = [superstite.pk, perdente.pk]
    adesioni = Adesione.objects.filter(organizzazione__in=chiavi)
    blocca_distretti(adesioni.values_list("distretto_id", flat=True))
    bloccate = blocca_organizzazioni(chiavi)
    superstite, perdente = (bloccate[chiave] for chiave in chiavi)
    controlla_versione(istantanea_unione(superstite, perdente), versione)
    prima, sparita = istantanea_organizzazione(superstite), istantanea_organizzazione(perdente)
    _unisci_adesioni(superstite, perdente, scelte)
    _unisci_marchi(superstite, perdente)
    aggiungi_alias(superstite, _nomi(perdente))
    perdente.alias.all().delete()
    for relazione in relazioni():
        _sposta(relazione, da=perdente, a=superstite)
    superstite.natura = superstite.natura or perdente.natura
    superstite.save()
    riferimento = _Riferita(perdente.riferimento_evento)
    codice = perdente.codice
    perdente.delete()
    CodicePrecedente.objects.create(organizzazione=superstite, codice=codice, unita_il=timezone.localdate())
    annota(
        azione="organizzazione.unione",
        oggetti=[superstite, riferimento],
        utente=utente,
        prima={**prima, **{f"{nome} dell'altra": testo for nome, testo in sparita.items()}},
        dopo=istantanea_organizzazione(superstite),
        motivo=f"Unita «{sparita['Denominazione']}», codice {codice}.",
    )
    return superstite


@dataclass(frozen=True, slots=True)
class _Riferita:
    """A row that is no longer there, by the name the events know it by."""

    riferimento_evento: str


def _nomi(organizzazione: Organizzazione) -> list[str]:
    altri = organizzazione.alias.order_by("ordine").values_list("testo", flat=True)
    return [organizzazione.denominazione, *altri]


def _unisci_adesioni(
    superstite: Organizzazione, perdente: Organizzazione, scelte: Mapping[str, SceltaAdesioni]
) -> None:
    """Leave no two memberships that share a day, as chosen for each district."""
    contesi = distretti_contesi(superstite, perdente)
    mancanti = {
        f"distretto-{d.codice}": "Scegli quale adesione resta." for d in contesi if d.codice not in scelte
    }
    if mancanti:
        raise DatiNonValidi(mancanti)
    for distretto in contesi:
        sue = list(superstite.adesioni.filter(distretto=distretto).order_by("dal"))
        altrui = list(perdente.adesioni.filter(distretto=distretto).order_by("dal"))
        match scelte[distretto.codice]:
            case SceltaAdesioni.UNITE:
                _fondi_periodi(sue + altrui)
            case SceltaAdesioni.SUPERSTITE:
                _togli(altrui, se_sovrapposte_a=sue)
            case SceltaAdesioni.PERDENTE:
                _togli(sue, se_sovrapposte_a=altrui)


def _togli(adesioni: Sequence[Adesione], *, se_sovrapposte_a: Sequence[Adesione]) -> None:
    for adesione in adesioni:
        if any(_si_sovrappongono(adesione, altra) for altra in se_sovrapposte_a):
            adesione.delete()


def _fondi_periodi(adesioni: Sequence[Adesione]) -> None:
    """Of those that share days one remains, from the first day of all to the last."""
    gruppi: list[list[Adesione]] = []
    for adesione in sorted(adesioni, key=lambda a: a.dal):
        if gruppi and any(_si_sovrappongono(adesione, altra) for altra in gruppi[-1]):
            gruppi[-1].append(adesione)
        else:
            gruppi.append([adesione])
    for prima, *altre in gruppi:
        if altre:
            ultima = max((prima, *altre), key=lambda a: a.al or date.max)
            for altra in altre:
                altra.delete()
            prima.al, prima.atto_cancellazione = ultima.al, ultima.atto_cancellazione
            prima.motivo_cancellazione = ultima.motivo_cancellazione
            prima.save()


def _si_sovrappongono(una: Adesione, altra: Adesione) -> bool:
    return una.dal <= (altra.al or date.max) and altra.dal <= (una.al or date.max)


_DETTI = ("livello", "numero", "dal", "al", "revocata_il", "motivo_revoca", "atto_id", "atto_revoca_id")


def _unisci_marchi(superstite: Organizzazione, perdente: Organizzazione) -> None:
    """One mark told twice is told once, with all that either says; two that contradict each other stop."""
    noti: dict[int, list[Certificazione]] = defaultdict(list)
    for certificazione in superstite.certificazioni.all():
        noti[certificazione.marchio_id].append(certificazione)
    for altra in perdente.certificazioni.select_related("marchio"):
        sue = noti[altra.marchio_id]
        stessa = next((una for una in sue if not _in_contrasto(una, altra)), None)
        if stessa is not None:
            _completa(stessa, altra)
        elif any(_validi_insieme(una, altra) for una in sue):
            raise DatiNonValidi(
                {"": f"Il marchio {altra.marchio} ha dati diversi nelle due: correggi prima uno dei due."}
            )


def _in_contrasto(una: Certificazione, altra: Certificazione) -> bool:
    coppie = ((getattr(una, campo), getattr(altra, campo)) for campo in _DETTI)
    return any(uno and altro and uno != altro for uno, altro in coppie)


def _validi_insieme(una: Certificazione, altra: Certificazione) -> bool:
    """Do they share a day? A date not known is no limit."""
    return (una.dal or date.min) <= _ultimo_giorno(altra) and (altra.dal or date.min) <= _ultimo_giorno(una)


def _ultimo_giorno(certificazione: Certificazione) -> date:
    revocata = certificazione.revocata_il
    return min(certificazione.al or date.max, date.max if revocata is None else revocata - timedelta(days=1))


def _completa(una: Certificazione, altra: Certificazione) -> None:
    for campo in _DETTI:
        setattr(una, campo, getattr(una, campo) or getattr(altra, campo))
    altra.delete()
    una.save()


def _sposta(relazione: Any, *, da: Organizzazione, a: Organizzazione) -> None:
    """The rows of one table that spoke of ``da`` speak of ``a``; those that already do stay once."""
    modello, campo = relazione.related_model, relazione.field.name
    righe = modello._default_manager.filter(**{campo: da})
    for altri, condizione in _unicita(modello, campo):
        uguali = {nome: OuterRef(nome) for nome in altri}
        gia = modello._default_manager.filter(condizione, **{campo: a}, **uguali)
        doppie = righe.filter(condizione).filter(Exists(gia)).values_list("pk", flat=True)
        modello._default_manager.filter(pk__in=list(doppie)).delete()
    righe.update(**{campo: a})


def _unicita(modello: type[models.Model], campo: str) -> Iterator[tuple[list[str], Q]]:
    """What else must differ in rows that share ``campo``: the other columns, and the rows it is said of."""
    if modello is AliasOrganizzazione:
        return
    if getattr(modello._meta.get_field(campo), "unique", False):
        yield [], Q()
    for vincolo in modello._meta.constraints:
        if isinstance(vincolo, UniqueConstraint) and campo in vincolo.fields:
            yield [nome for nome in vincolo.fields if nome != campo], vincolo.condition or Q()

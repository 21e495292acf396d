"""The filters of the lists (django-filter), and the strict reading of every parameter."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

import django_filters
from django import forms
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from distretti.models import (
    Adesione,
    AliasOrganizzazione,
    Autorita,
    Distretto,
    Organizzazione,
    StatoDistretto,
    TipoDistretto,
)
from programmi.models import ClassificazioneProgettualita, Programma, StatoProgramma, VoceClassificazione
from valutazione.api.cursore import PARAMETRI
from valutazione.api.errori import ParametriNonValidi

LUNGHEZZA_TESTO = 100

M = TypeVar("M", bound=Model)

_DATA = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ERRORE_DATA = "Deve essere una data AAAA-MM-GG."
_ANNO = re.compile(r"[1-9][0-9]{3}")


def leggi_data(testo: str) -> date:
    """A date ``YYYY-MM-DD``; raises a form's ValidationError on anything else."""
    if _DATA.fullmatch(testo):
        try:
            return date.fromisoformat(testo)
        except ValueError:
            pass
    raise forms.ValidationError(_ERRORE_DATA)


class DataField(forms.CharField):
    """A date as RFC 3339 writes it, and in no other way."""

    def clean(self, value: Any) -> Any:
        testo = super().clean(value)
        return leggi_data(testo) if testo else None


class AnnoField(forms.CharField):
    """A year in four digits."""

    def clean(self, value: Any) -> Any:
        testo = super().clean(value)
        if not testo:
            return None
        if not _ANNO.fullmatch(testo):
            raise forms.ValidationError("Deve essere un anno di quattro cifre.")
        return int(testo)


class ClassificazioneField(forms.CharField):
    """``A0301`` or, because two schemes share codes, ``distretti-2025:A0301``: the keys of the entries."""

    def clean(self, value: Any) -> Any:
        testo = super().clean(value)
        if not testo:
            return None
        schema, due_punti, codice = testo.rpartition(":")
        voci = VoceClassificazione.objects.filter(codice=codice)
        if due_punti:
            voci = voci.filter(schema__codice=schema)
        chiavi = list(voci.order_by("pk").values_list("pk", flat=True))
        if not chiavi:
            raise forms.ValidationError(
                "Nessuno schema di classificazione ha questo codice (si scrive codice, oppure schema:codice)."
            )
        return chiavi


class DataFilter(django_filters.Filter):
    field_class = DataField


class AnnoFilter(django_filters.Filter):
    field_class = AnnoField


class ClassificazioneFilter(django_filters.Filter):
    field_class = ClassificazioneField


def _scelta(scelte: Iterable[tuple[str, str]], aiuto: str) -> Any:
    scelte = list(scelte)
    ammessi = ", ".join(valore for valore, _ in scelte)
    return django_filters.ChoiceFilter(
        choices=scelte,
        empty_label=None,
        help_text=aiuto,
        error_messages={"invalid_choice": f"I valori ammessi sono {ammessi}."},
    )


def _codice(righe: QuerySet[Any], aiuto: str, errore: str, **opzioni: Any) -> Any:
    return django_filters.ModelChoiceFilter(
        queryset=righe,
        to_field_name="codice",
        help_text=aiuto,
        error_messages={"invalid_choice": errore},
        **opzioni,
    )


def _testo(aiuto: str) -> Any:
    return django_filters.CharFilter(
        method="con_testo",
        max_length=LUNGHEZZA_TESTO,
        help_text=aiuto,
        error_messages={"max_length": f"Al massimo {LUNGHEZZA_TESTO} caratteri."},
    )


class FiltriDistretti(django_filters.FilterSet):
    tipo = _scelta(TipoDistretto.choices(), "Tipo di distretto.")
    stato = _scelta(StatoDistretto.choices, "Stato del distretto.")
    autorita = _codice(Autorita.objects.all(), "Codice dell'autorità.", "Nessuna autorità ha questo codice.")
    testo = _testo("Parole contenute nella denominazione, nel codice o nell'ente capofila.")

    def con_testo(self, righe: QuerySet[Distretto], _nome: str, valore: str) -> QuerySet[Distretto]:
        for parola in valore.split():
            righe = righe.filter(
                Q(denominazione__icontains=parola)
                | Q(codice__icontains=parola)
                | Q(capofila__icontains=parola)
            )
        return righe


class FiltriOrganizzazioni(django_filters.FilterSet):
    """``distretto`` and ``alla_data`` are read together: the members of that district on that day."""

    distretto = _codice(
        Distretto.objects.all(),
        "Codice del distretto a cui aderiscono, alla data chiesta.",
        "Nessun distretto ha questo codice.",
        method="rimanda",
    )
    alla_data = DataFilter(
        method="rimanda",
        help_text="Giorno in cui sono aderenti (predefinito con «distretto»: oggi); senza «distretto», di "
        "un distretto qualsiasi.",
    )
    testo = _testo("Parole contenute nella denominazione, nel codice o in un altro nome.")

    def rimanda(self, righe: QuerySet[Organizzazione], _nome: str, _valore: Any) -> QuerySet[Organizzazione]:
        return righe

    def filter_queryset(self, queryset: QuerySet[Organizzazione]) -> QuerySet[Organizzazione]:
        righe: QuerySet[Organizzazione] = super().filter_queryset(queryset)
        distretto = self.form.cleaned_data["distretto"]
        giorno = self.form.cleaned_data["alla_data"]
        if distretto is None and giorno is None:
            return righe
        adesioni = Adesione.objects.alla_data(giorno or timezone.localdate())
        if distretto is not None:
            adesioni = adesioni.filter(distretto=distretto)
        return righe.filter(Exists(adesioni.filter(organizzazione=OuterRef("pk"))))

    def con_testo(self, righe: QuerySet[Organizzazione], _nome: str, valore: str) -> QuerySet[Organizzazione]:
        for parola in valore.split():
            alias = AliasOrganizzazione.objects.filter(organizzazione=OuterRef("pk"), testo__icontains=parola)
            righe = righe.filter(
                Q(denominazione__icontains=parola) | Q(codice__icontains=parola) | Exists(alias)
            )
        return righe


class FiltriProgrammi(django_filters.FilterSet):
    distretto = _codice(
        Distretto.objects.all(), "Codice del distretto.", "Nessun distretto ha questo codice."
    )
    anno = AnnoFilter(help_text="Anno del programma.")
    stato = _scelta(StatoProgramma.choices, "Stato del programma.")
    classificazione = ClassificazioneFilter(
        method="con_classificazione",
        help_text="Programmi con almeno una progettualità classificata così: codice, oppure schema:codice.",
    )

    def con_classificazione(
        self, righe: QuerySet[Programma], _nome: str, voci: list[int]
    ) -> QuerySet[Programma]:
        usi = ClassificazioneProgettualita.objects.filter(
            progettualita__programma=OuterRef("pk"), voce__in=voci
        )
        return righe.filter(Exists(usi))


def controlla_parametri(parametri: QueryDict, ammessi: Iterable[str]) -> None:
    """Every parameter is known, given once and not blank; raises :class:`ParametriNonValidi`."""
    ammessi = list(ammessi)
    elenco = f"I parametri ammessi sono {', '.join(ammessi)}." if ammessi else "Qui non ce ne sono."
    errori: dict[str, list[str]] = {}
    for nome, valori in parametri.lists():
        if nome not in ammessi:
            errori[nome] = [f"Parametro non previsto. {elenco}"]
        elif len(valori) > 1:
            errori[nome] = ["Il parametro è ripetuto."]
        elif not valori[0].strip():
            errori[nome] = ["Il valore è vuoto."]
        elif "\x00" in valori[0]:
            errori[nome] = ["Il valore contiene un carattere non ammesso."]
    if errori:
        raise ParametriNonValidi(errori)


def filtra(filtri: type[Any], parametri: QueryDict, righe: QuerySet[M]) -> QuerySet[M]:
    """The rows that the query asks for; raises :class:`ParametriNonValidi`."""
    controlla_parametri(parametri, [*filtri.base_filters, *PARAMETRI])
    insieme = filtri(data=parametri, queryset=righe)
    if not insieme.is_valid():
        errori: Mapping[str, list[str]] = insieme.errors
        raise ParametriNonValidi(errori)
    filtrate: QuerySet[M] = insieme.qs
    return filtrate

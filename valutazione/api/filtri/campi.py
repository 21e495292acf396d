"""How a parameter is read: one way to write each kind of value, and the same words for each error."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

import django_filters
from django import forms
from django.utils import timezone

from distretti.basi.pronta import Pronta
from distretti.basi.ricerca import LUNGHEZZA_DOMANDA, parole
from programmi.models import VoceClassificazione

Righe = Any
"""A QuerySet, which may have reads of its own."""

_DATA = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISTANTE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9:.]{8,26}([Zz]|[+-][0-9]{2}:[0-9]{2})")
_ANNO = re.compile(r"[1-9][0-9]{3}")
_ERRORE_DATA = "Deve essere una data AAAA-MM-GG."
_ERRORE_ISTANTE = (
    "Deve essere un istante come 2026-01-31T12:00:00Z o una data AAAA-MM-GG (nell'indirizzo il segno + si"
    " scrive %2B)."
)


def leggi_data(testo: str) -> date:
    """A date ``YYYY-MM-DD``; raises a form's ValidationError on anything else."""
    if _DATA.fullmatch(testo):
        try:
            return date.fromisoformat(testo)
        except ValueError:
            pass
    raise forms.ValidationError(_ERRORE_DATA)


def leggi_istante(testo: str) -> datetime:
    """An instant of RFC 3339, or the beginning of a day here; raises a form's ValidationError."""
    try:
        if _DATA.fullmatch(testo):
            return timezone.make_aware(datetime.combine(date.fromisoformat(testo), time.min))
        if _ISTANTE.fullmatch(testo):
            # Not every database can compare the first and last days of the calendar in every time zone.
            return min(max(datetime.fromisoformat(testo.upper()), _PRIMO), _ULTIMO)
    except (ValueError, OverflowError):
        pass
    raise forms.ValidationError(_ERRORE_ISTANTE)


_PRIMO = datetime(1000, 1, 1, tzinfo=timezone.get_fixed_timezone(0))
_ULTIMO = datetime(9998, 12, 31, tzinfo=timezone.get_fixed_timezone(0))


class DataField(forms.CharField):
    """A date as RFC 3339 writes it, and in no other way."""

    def clean(self, value: Any) -> Any:
        return leggi_data(super().clean(value))


class IstanteField(forms.CharField):
    """An instant or a day, as RFC 3339 writes them."""

    def clean(self, value: Any) -> Any:
        return leggi_istante(super().clean(value))


class AnnoField(forms.CharField):
    """A year in four digits."""

    def clean(self, value: Any) -> Any:
        testo = super().clean(value)
        if not _ANNO.fullmatch(testo):
            raise forms.ValidationError("Deve essere un anno di quattro cifre.")
        return int(testo)


class TestoField(forms.CharField):
    """Words to look for: at least one, as invisible characters alone would look for everything."""

    def clean(self, value: Any) -> Any:
        testo = super().clean(value)
        if not parole(testo):
            raise forms.ValidationError("Non contiene parole da cercare.")
        return testo


class CodiceField(forms.CharField):
    """The code of a row of the register: its primary key. ``attuali``: where codes of merged rows lead."""

    def __init__(
        self,
        *,
        tra: Callable[[], Righe],
        errore: str,
        attuali: Callable[[Iterable[str]], dict[str, str]] | None = None,
        **opzioni: Any,
    ) -> None:
        self.errore, self.attuali = errore, attuali
        self.chiavi = Pronta(lambda codice: tra().filter(codice=codice).order_by().values_list("pk"))
        super().__init__(**opzioni)

    def clean(self, value: Any) -> Any:
        codice = super().clean(value)
        trovate = self.chiavi(codice)
        if not trovate and self.attuali and (altrove := self.attuali([codice])):
            trovate = self.chiavi(altrove[codice])
        if not trovate:
            raise forms.ValidationError(self.errore)
        return trovate[0][0]


_VOCI = Pronta(lambda codice: _voci(codice=codice))
_VOCE = Pronta(lambda schema, codice: _voci(schema__codice=schema, codice=codice), 2)


def _voci(**quali: str) -> Any:
    return VoceClassificazione.objects.filter(**quali).order_by("pk").values_list("pk")


class ClassificazioneField(forms.CharField):
    """``A0301`` or, because two schemes share codes, ``distretti-2025:A0301``: the keys of the entries."""

    def clean(self, value: Any) -> Any:
        schema, due_punti, codice = super().clean(value).rpartition(":")
        chiavi = [chiave for (chiave,) in (_VOCE(schema, codice) if due_punti else _VOCI(codice))]
        if not chiavi:
            raise forms.ValidationError(
                "Nessuno schema di classificazione ha questo codice (si scrive codice, oppure schema:codice)."
            )
        return chiavi


class Filtro(django_filters.Filter):
    """A parameter; ``per`` narrows the rows where one lookup is not enough.

    Stateless: one instance serves every request, without the copy of forms that a FilterSet makes.
    """

    field_class: type[forms.Field] = forms.CharField

    def __init__(self, *altro: Any, per: Callable[[Righe, Any], Righe] | None = None, **opzioni: Any) -> None:
        super().__init__(*altro, **opzioni)
        self.per = per

    def filter(self, qs: Righe, value: Any) -> Righe:
        return qs.filter(**{self.field_name: value}) if self.per is None else self.per(qs, value)


class Data(Filtro):
    field_class = DataField


class Istante(Filtro):
    field_class = IstanteField


class Anno(Filtro):
    field_class = AnnoField


class Codice(Filtro):
    field_class = CodiceField


class Classificazione(Filtro):
    field_class = ClassificazioneField


class Scelta(Filtro):
    field_class = forms.ChoiceField

    def __init__(self, *altro: Any, scelte: Iterable[tuple[str, str]], **opzioni: Any) -> None:
        scelte = list(scelte)
        ammessi = ", ".join(valore for valore, _ in scelte)
        errori = {"invalid_choice": f"I valori ammessi sono {ammessi}."}
        super().__init__(*altro, choices=scelte, error_messages=errori, **opzioni)


class Testo(Filtro):
    field_class = TestoField


def testo(aiuto: str) -> Filtro:
    """Words to look for, all of them, whatever their accents and capitals."""
    return Testo(
        per=lambda righe, valore: righe.con_testo(valore),
        max_length=LUNGHEZZA_DOMANDA,
        help_text=f"{aiuto}: tutte, senza badare ad accenti e maiuscole.",
        error_messages={"max_length": f"Al massimo {LUNGHEZZA_DOMANDA} caratteri."},
    )

"""Filters of the lists of the ground floor."""

from typing import Any

import django_filters as filtri
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from distretti.basi.ricerca import LUNGHEZZA_DOMANDA
from distretti.forms import DataInput
from distretti.models import Adesione, Distretto, Natura, Organizzazione, StatoDistretto, TipoDistretto
from distretti.models.distretto import DistrettoQuerySet
from distretti.models.organizzazione import OrganizzazioneQuerySet


class DistrettoFilter(filtri.FilterSet):
    """By words of the name, by type, by state."""

    q = filtri.CharFilter(
        label="Nome del distretto o dell'ente capofila", method="per_parole", max_length=LUNGHEZZA_DOMANDA
    )
    tipo = filtri.ChoiceFilter(label="Tipo", choices=TipoDistretto.choices(), empty_label="Tutti")
    stato = filtri.ChoiceFilter(label="Stato", choices=StatoDistretto.choices, empty_label="Tutti")

    alla_data = filtri.DateFilter(label="Situazione alla data", widget=DataInput, method="alla_sua_data")

    class Meta:
        model = Distretto
        fields = ("q", "tipo", "stato", "alla_data")

    def filter_queryset(self, righe: DistrettoQuerySet) -> DistrettoQuerySet:
        """On a day: in the words of that day, without the districts that had not begun."""
        giorno = self.form.cleaned_data.get("alla_data")
        if giorno is None:
            return super().filter_queryset(righe)  # type: ignore[no-any-return]
        stato = self.form.cleaned_data.pop("stato", "")
        return super().filter_queryset(righe.con_stato_al(giorno, stato))  # type: ignore[no-any-return]

    def alla_sua_data(self, righe: DistrettoQuerySet, nome: str, valore: object) -> DistrettoQuerySet:
        return righe

    def per_parole(self, righe: DistrettoQuerySet, nome: str, valore: str) -> DistrettoQuerySet:
        return righe.con_testo(valore)


class OrganizzazioneFilter(filtri.FilterSet):
    """By words of the name, by nature, by the district it belongs to on a day."""

    q = filtri.CharFilter(label="Nome dell'organizzazione", method="per_parole", max_length=LUNGHEZZA_DOMANDA)
    natura = filtri.ChoiceFilter(label="Natura", choices=Natura.choices(), empty_label="Tutte")
    distretto = filtri.ModelChoiceFilter(
        label="Distretto",
        queryset=Distretto.objects.order_by("denominazione", "codice"),
        to_field_name="codice",
        empty_label="Tutti",
        method="aderenti",
    )
    alla_data = filtri.DateFilter(label="Aderenti alla data", widget=DataInput, method="aderenti")

    class Meta:
        model = Organizzazione
        fields = ("q", "natura", "distretto", "alla_data")

    def per_parole(self, righe: OrganizzazioneQuerySet, nome: str, valore: str) -> OrganizzazioneQuerySet:
        return righe.con_testo(valore)

    def aderenti(self, righe: OrganizzazioneQuerySet, nome: str, valore: object) -> OrganizzazioneQuerySet:
        """The district and the day are read together; the day is today when it is not said."""
        giorno = self.form.cleaned_data.get("alla_data") or timezone.localdate()
        distretto = self.form.cleaned_data.get("distretto")
        adesioni = Adesione.objects.alla_data(giorno).filter(organizzazione=OuterRef("pk"))
        return righe.filter(Exists(adesioni.filter(distretto=distretto) if distretto else adesioni))


def filtrate(filtro: Any) -> QuerySet[Any]:
    """The filtered rows; none when the filter itself is wrong, so that nobody takes them for an answer."""
    giusto = filtro.is_valid() or not filtro.is_bound
    righe: QuerySet[Any] = filtro.qs if giusto else filtro.queryset.none()
    return righe

"""The strict reading of the parameters of a request, and what every list has in common."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

import django_filters
from django.core.exceptions import ValidationError
from django.http import QueryDict

from valutazione.api.errori import ParametriNonValidi
from valutazione.api.filtri.campi import Istante

DI_OGNI_ELENCO = ("limit", "cursor", "sort", "formato")


class Filtri(django_filters.FilterSet):
    """The filters of a list: declared as django-filter does, read without its form (``leggi_filtri``)."""

    base_filters: ClassVar[Mapping[str, Any]]

    modificato_da = Istante(
        per=lambda righe, istante: righe.filter(modificato_alle__gte=istante),
        help_text="Soltanto le voci cambiate da questo istante (RFC 3339) o giorno in poi, in ordine di"
        " modificato_alle, e quelle ritirate (ritirato: true). Non si usa insieme a sort.",
    )

    @classmethod
    def applica(cls, righe: Any, valori: Mapping[str, Any]) -> Any:
        """The rows that have every one of ``valori``, already read."""
        for nome, valore in valori.items():
            righe = cls.base_filters[nome].filter(righe, valore)
        return righe


def controlla_parametri(parametri: QueryDict, ammessi: Collection[str]) -> None:
    """Every parameter is known, given once and not blank; raises :class:`ParametriNonValidi`."""
    errori: dict[str, list[str]] = {}
    for nome, valori in parametri.lists():
        if nome not in ammessi:
            elenco = f"I parametri ammessi sono {', '.join(ammessi)}." if ammessi else "Qui non ce ne sono."
            errori[nome] = [f"Parametro non previsto. {elenco}"]
        elif len(valori) > 1:
            errori[nome] = ["Il parametro è ripetuto."]
        elif not valori[0].strip():
            errori[nome] = ["Il valore è vuoto."]
        elif "\x00" in valori[0]:
            errori[nome] = ["Il valore contiene un carattere non ammesso."]
    if errori:
        raise ParametriNonValidi(errori)


def leggi_filtri(filtri: type[Filtri], parametri: QueryDict) -> dict[str, Any]:
    """The values of the filters that the query gives; raises :class:`ParametriNonValidi`.

    The fields are built once for each process: to copy them for every request, as the form of a FilterSet
    does, costs a third of a fast answer (docs/prestazioni.md).
    """
    controlla_parametri(parametri, [*filtri.base_filters, *DI_OGNI_ELENCO])
    valori: dict[str, Any] = {}
    errori: dict[str, list[str]] = {
        nome: ["Il parametro è obbligatorio."]
        for nome, filtro in filtri.base_filters.items()
        if filtro.field.required and nome not in parametri
    }
    for nome, testo in parametri.items():
        filtro = filtri.base_filters.get(nome)
        if filtro is None:
            continue
        try:
            valori[nome] = filtro.field.clean(testo)
        except ValidationError as errore:
            errori[nome] = errore.messages
    if errori:
        raise ParametriNonValidi(errori)
    return valori

"""The one shape of every list: what is read, how a row is shown, in which orders, with which filters.

A list says its columns and how a row becomes an item; pages, CSV, changes and the OpenAPI document follow.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from distretti.models import codici_attuali
from distretti.models.tracciato import chiave_di
from valutazione.api.cursore import (
    CURSORE_ERRATO,
    LIMITE,
    LIMITE_MASSIMO,
    Ordine,
    Riga,
    Tipo,
    fetta,
    leggi_cursore,
    scrivi_cursore,
)
from valutazione.api.errori import ParametriNonValidi
from valutazione.api.filtri import Filtri, leggi_filtri
from valutazione.api.formati import InCsv, InJson
from valutazione.api.indirizzi import base_di, indirizzo
from valutazione.api.riferimenti import elenco_di
from valutazione.api.seguito import Seguito
from valutazione.api.tabella import tabella
from valutazione.api.vista import Risorsa

Voce = dict[str, Any]


class Elenco(Risorsa):
    """A list. The rows are tuples of the columns ``campi``: nothing else is read."""

    renderer_classes = [InJson, InCsv]
    modello: ClassVar[Any]
    """A ``Tracciato``: it names the list in the addresses, and the keys of its items. Where the items have no
    page of their own and cannot be followed, only its ``risorsa`` is asked for."""
    voce: ClassVar[type[serializers.Serializer[Any]]]
    """The shape of an item: for the OpenAPI document, and for the columns of the CSV."""
    filtri: ClassVar[type[Filtri]]
    ordini: ClassVar[Mapping[str, Ordine]]
    ordine: ClassVar[str]
    """The default order, one of the keys of ``ordini``."""
    campi: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.serializer_class = elenco_di(cls.voce, seguito="modificato_da" in cls.filtri.base_filters)

    def controlla(self, request: Request) -> None:
        """The filters check their own parameters."""

    def righe(self, request: Request) -> QuerySet[Any]:
        """What the person who asks may see."""
        raise NotImplementedError

    def singole(self, request: Request) -> QuerySet[Any]:
        """What has a page of its own: the rows of the list, unless more can be asked for by name."""
        return self.righe(request)

    def voci(self, base: str, righe: Sequence[Riga]) -> list[Voce]:
        """The rows as they are shown; ``base`` is the address of the API."""
        raise NotImplementedError

    def indirizzo(self, base: str, *chiave: object) -> str:
        """The address of the item with this key."""
        return indirizzo(base, self.modello.risorsa, *chiave)

    def condizione(self, chiave: Sequence[str]) -> dict[str, Any]:
        """What finds the item with this key, whose parts are those of its address."""
        coppie = zip(self.modello.chiave, chiave, strict=True)
        return {nome if v != "-" else f"{nome}__isnull": v if v != "-" else True for nome, v in coppie}

    def chiave_scritta(self, chiave: Riga) -> str:
        """The key of an item as its address writes it, from the columns ``modello.chiave``."""
        return chiave_di(chiave)

    def get(self, request: Request) -> Any:
        in_csv = isinstance(request.accepted_renderer, InCsv)
        valori = leggi_filtri(self.filtri, request.query_params)
        lettura = self._lettura(request, valori)
        limite, oltre = _pagina_chiesta(request, lettura, in_csv=in_csv)
        if in_csv:
            return tabella(request, self.modello.risorsa, self.voce, lettura)
        voci, oltre = lettura.leggi(oltre, limite)
        pagina = {"items": voci, "successivo": None, **lettura.in_calce()}
        if oltre is not None:
            cursore = scrivi_cursore(lettura.nome, oltre)
            qui = request.build_absolute_uri()
            pagina["successivo"] = replace_query_param(qui, "cursor", cursore)
        return Response(pagina)

    def _lettura(self, request: Request, valori: dict[str, Any]) -> "Lettura | Seguito":
        visibili, base = self.righe(request), base_di(request)
        righe = self.filtri.applica(visibili, valori)
        sort = request.query_params.get("sort")
        da: datetime | None = valori.get("modificato_da")
        if da is not None:
            if sort is not None:
                raise ParametriNonValidi({"sort": ["Con «modificato_da» l'ordine è quello dei cambiamenti."]})
            return Seguito(self, base, righe, visibili, da)
        if sort is not None and sort not in self.ordini:
            raise ParametriNonValidi({"sort": [f"I valori ammessi sono {', '.join(self.ordini)}."]})
        return Lettura(self, base, righe, sort or self.ordine)


class Lettura:
    """The rows of a list in one of its orders, a slice after the other."""

    con_ritiri = False

    def __init__(self, elenco: Elenco, base: str, righe: QuerySet[Any], nome: str) -> None:
        self.elenco, self.base, self.righe, self.nome = elenco, base, righe, nome
        self.ordine = elenco.ordini[nome]
        self.tipi: Sequence[Tipo] = self.ordine.tipi

    def leggi(self, oltre: Sequence[Any] | None, quante: int) -> tuple[list[Voce], list[Any] | None]:
        """The next ``quante`` items, and where the following ones begin (None: there are none)."""
        letta = fetta(self.righe, self.elenco.campi, self.ordine, oltre, quante)
        return self.elenco.voci(self.base, letta.righe), letta.oltre

    def in_calce(self) -> Voce:
        """What the page says besides its items."""
        return {}


def _pagina_chiesta(
    request: Request, lettura: Lettura | Seguito, *, in_csv: bool
) -> tuple[int, list[Any] | None]:
    """``limit`` and ``cursor``; raises :class:`ParametriNonValidi` with every fault of theirs."""
    parametri, errori = request.query_params, {}
    if in_csv:
        errori = {
            nome: ["Nel CSV le righe ci sono tutte: non ha pagine."]
            for nome in ("limit", "cursor")
            if nome in parametri
        }
    elif parametri.get("formato", "json") != "json":
        errori["formato"] = ["I valori ammessi sono json, csv."]
    limite, oltre = LIMITE, None
    testo = parametri.get("limit")
    if testo is not None and not in_csv:
        if testo.isascii() and testo.isdecimal() and len(testo) <= 3 and 1 <= int(testo) <= LIMITE_MASSIMO:
            limite = int(testo)
        else:
            errori["limit"] = [f"Deve essere un numero intero da 1 a {LIMITE_MASSIMO}."]
    cursore = parametri.get("cursor")
    if cursore is not None and not in_csv:
        oltre = leggi_cursore(cursore, lettura.nome, lettura.tipi)
        if oltre is None:
            errori["cursor"] = [CURSORE_ERRATO]
    if errori:
        raise ParametriNonValidi(errori)
    return limite, oltre


class Singola(Risorsa):
    """One item of a list, by the parts of its address, with what only its own page says (``altro``)."""

    elenco: ClassVar[type[Elenco]]
    unita: ClassVar[str] = ""
    """The part of its address that is the code of an organisation: records of these may be merged."""

    def get(self, request: Request, **chiave: Any) -> Response:
        elenco, base = self.elenco(), base_di(request)
        try:
            visibili = elenco.singole(request).filter(**elenco.condizione([str(v) for v in chiave.values()]))
        except ValidationError as errore:  # "ieri" is no day: nothing begins then
            raise Http404 from errore
        trovate = list(visibili.order_by().values_list(*elenco.campi, "pk")[:1])
        if not trovate:
            return self._altrove(base, chiave)
        (voce,) = elenco.voci(base, [trovate[0][:-1]])
        return Response(voce | self.altro(request, base, trovate[0][-1], voce))

    def _altrove(self, base: str, chiave: Mapping[str, Any]) -> Response:
        """301 to the record that took the one of this address, if it was merged; else :class:`Http404`."""
        codice = chiave.get(self.unita) if self.unita else None
        attuale = codici_attuali([codice]).get(codice) if codice else None
        if attuale is None:
            raise Http404
        nuova = [attuale if nome == self.unita else valore for nome, valore in chiave.items()]
        return Response(status=301, headers={"Location": self.elenco().indirizzo(base, *nuova)})

    def altro(self, request: Request, base: str, chiave: int, voce: Voce) -> Voce:
        """Of the item with primary key ``chiave``."""
        return {}

"""What the pages of every floor share: the status of a refused form, the page of a list."""

import logging
from collections.abc import Callable
from contextvars import copy_context
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Utente

RIGHE_PER_PAGINA = 25

NON_VALIDO = 422
"""The status of a page that shows a form again because of its errors."""

CONFLITTO = 409
"""The status of a page that shows a form again because someone else saved first."""

_M = TypeVar("_M", bound=Model)

_registro = logging.getLogger("distretti.risposte")


def inviati(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was posted, also when it is nothing; None when the page is only read."""
    return request.POST if request.method == "POST" else None


def dopo_la_risposta(risposta: HttpResponse, fai: Callable[[], object]) -> HttpResponse:
    """Do ``fai`` once ``risposta`` has left, so that how long it takes tells nothing to who asked.

    What goes wrong then is in the log: nobody is there to be told.
    """
    contesto = copy_context()

    def chiudi() -> None:
        try:
            contesto.run(fai)
        except Exception:
            _registro.exception("Dopo la risposta qualcosa non è riuscito")

    risposta._resource_closers.append(chiudi)  # type: ignore[attr-defined]
    return risposta


def stato_di(form: BaseForm) -> int:
    """200, or the status of a page that shows the errors of ``form``."""
    return NON_VALIDO if form.is_bound and form.errors else 200


def riporta_errori(form: BaseForm, errore: DatiNonValidi) -> None:
    """Put the errors of a service beside the fields of the form (those without a field, on top)."""
    for campo, messaggio in errore.campi.items():
        form.add_error(campo if campo in form.fields else None, messaggio)


def riporta(form: BaseForm, errore: DatiNonValidi | StatoNonAmmesso) -> None:
    """What a service refused: beside the fields, or on top when it is the state of the thing."""
    if isinstance(errore, DatiNonValidi):
        riporta_errori(form, errore)
    else:
        form.add_error(None, errore.messaggio)


def richiedente(request: HttpRequest) -> Utente:
    """The person who asks, on a page that only a signed-in person reaches."""
    assert isinstance(request.user, Utente)
    return request.user


def pagina_di(request: HttpRequest, righe: QuerySet[_M]) -> Page[Any]:
    """The page that ``?page=`` asks for; an impossible number gives the nearest one."""
    return Paginator(righe, RIGHE_PER_PAGINA).get_page(request.GET.get("page"))

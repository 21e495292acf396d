"""What an authority sets for a year, one row each: the days for replying, how long files are kept."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from distretti.controlli import controlla
from distretti.eventi import annota
from distretti.models import Autorita, Utente
from distretti.versioni import controlla_versione
from valutazione.models import ParametriChiusura, ParametriConservazione
from valutazione.permissions import puo_tenere_parametri

Parametri = TypeVar("Parametri", bound=ParametriChiusura | ParametriConservazione)


@transaction.atomic
def stabilisci(
    modello: type[Parametri],
    *,
    autorita: Autorita,
    anno: int,
    dati: Mapping[str, Any],
    utente: Utente,
    versione: str | None = None,
) -> Parametri:
    """Enter or change what ``modello`` holds for ``anno`` (its ``CAMPI``), with who says so (``fonte``).

    What already happened keeps its own days. Raises ``PermissionDenied``, ``DatiNonValidi``,
    ``ModificatoNelFrattempo``.
    """
    ruolo = puo_tenere_parametri(utente, autorita)
    if ruolo is None:
        raise PermissionDenied
    # Two at once do not make two of the same: the second meets the first.
    Autorita.objects.select_for_update(no_key=True).get(pk=autorita.pk)
    presenti: Any = modello._default_manager.filter(autorita=autorita, anno=anno).first()
    prima = {} if presenti is None else presenti.valori()
    controlla_versione(prima, versione)
    attuali: Parametri = presenti or modello(autorita=autorita, anno=anno)
    for campo in modello.CAMPI:
        setattr(attuali, campo, dati[campo])
    controlla(attuali)
    attuali.save()
    annota(
        azione=modello.EVENTI[presenti is not None],
        oggetti=[autorita],
        utente=utente,
        ruolo=ruolo,
        prima=prima,
        dopo={"Anno dei programmi": str(anno)} | attuali.valori(),
    )
    return attuali

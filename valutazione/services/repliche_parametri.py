"""Within how many days a manager replies: data of the authority for a year."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from distretti.controlli import controlla
from distretti.eventi import annota
from distretti.models import Autorita, Utente
from distretti.versioni import controlla_versione
from valutazione.models import ParametriChiusura
from valutazione.permissions import puo_tenere_parametri


def termine_in_parole(parametri: ParametriChiusura | None) -> dict[str, str]:
    """What a person reads of it, with the labels of its form; nothing while there is none."""
    if parametri is None:
        return {}
    return {"Giorni per replicare": str(parametri.giorni_replica), "Atto o fonte": parametri.fonte}


@transaction.atomic
def stabilisci_repliche(
    *, autorita: Autorita, anno: int, dati: Mapping[str, Any], utente: Utente, versione: str | None = None
) -> ParametriChiusura:
    """Enter or change the days of ``anno`` (``giorni_replica``), and who says so (``fonte``).

    What was concluded already keeps its own last day. Raises ``PermissionDenied``, ``DatiNonValidi``,
    ``ModificatoNelFrattempo``.
    """
    ruolo = puo_tenere_parametri(utente, autorita)
    if ruolo is None:
        raise PermissionDenied
    # Two at once do not make two of the same: the second meets the first.
    Autorita.objects.select_for_update(no_key=True).get(pk=autorita.pk)
    attuali = ParametriChiusura.objects.filter(autorita=autorita, anno=anno).first()
    prima = termine_in_parole(attuali)
    controlla_versione(prima, versione)
    parametri = attuali or ParametriChiusura(autorita=autorita, anno=anno)
    parametri.giorni_replica = dati["giorni_replica"]
    parametri.fonte = dati["fonte"]
    controlla(parametri)
    parametri.save()
    annota(
        azione="autorita.giorni_per_replicare",
        oggetti=[autorita],
        utente=utente,
        ruolo=ruolo,
        prima=prima,
        dopo={"Anno": str(anno)} | termine_in_parole(parametri),
    )
    return parametri

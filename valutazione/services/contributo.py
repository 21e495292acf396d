"""Parameters of the contribution, and the cost they are applied to."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from distretti.basi.italiano import data_estesa, percentuale
from distretti.basi.lettore import Errore
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Atto, Autorita, Utente
from distretti.permissions import ruolo_tra
from distretti.versioni import controlla_versione
from programmi.models import Programma
from valutazione.contributo import frase_funzione, leggi_funzione
from valutazione.contributo.calcolo import euro
from valutazione.models import CostoManager, ParametriContributo
from valutazione.permissions import SCRIVONO_IL_COSTO, puo_tenere_parametri
from valutazione.services.blocco import blocca_programma

CAMPI = ("anno", "aliquota", "massimo", "cofinanziamento_minimo", "funzione", "fonte")
DEL_COSTO = ("importo", "cofinanziamento", "fonte")


def parametri_in_parole(parametri: ParametriContributo) -> dict[str, str]:
    """What the log, and who looks at two versions, read of the parameters."""
    letti = parametri.parametri
    return {
        "Dall'anno": str(parametri.anno),
        "Versione": str(parametri.versione),
        "Percentuale del costo": percentuale(letti.aliquota),
        "Massimo": euro(letti.massimo),
        "A carico dell'ente, almeno": percentuale(letti.cofinanziamento_minimo),
        "Realizzazione": frase_funzione(letti.funzione),
        "Atto o fonte": parametri.fonte,
    }


@transaction.atomic
def nuovi_parametri(*, autorita: Autorita, dati: Mapping[str, Any], utente: Utente) -> ParametriContributo:
    """A new version for a year (the values of :data:`CAMPI`): those of before stay as they are.

    The last version again, if it says the same: the button was pressed twice.

    Raises ``PermissionDenied``, ``DatiNonValidi``; ``StatoNonAmmesso`` when the authority already adopted
    the parameters of that year: an adopted act is changed by one of another year.
    """
    ruolo = puo_tenere_parametri(utente, autorita)
    if ruolo is None:
        raise PermissionDenied
    Autorita.objects.select_for_update(no_key=True).get(pk=autorita.pk)
    dell_anno = ParametriContributo.objects.filter(autorita=autorita, anno=dati["anno"])
    if dell_anno.filter(adottata_il__isnull=False).exists():
        raise StatoNonAmmesso(f"L'autorità ha già adottato i parametri dall'anno {dati['anno']}.")
    ultima = dell_anno.order_by("-versione").first()
    if ultima is not None and all(getattr(ultima, campo) == dati[campo] for campo in CAMPI):
        return ultima
    nuovi = ParametriContributo(
        autorita=autorita, versione=1 if ultima is None else ultima.versione + 1, scritta_da=utente
    )
    for campo in CAMPI:
        setattr(nuovi, campo, dati[campo])
    errori: list[Errore] = []
    leggi_funzione(nuovi.funzione, "$.funzione", errori)
    if errori:
        raise DatiNonValidi({"funzione": " ".join(f"{errore}." for errore in errori)})
    controlla(nuovi)
    nuovi.save()
    annota(
        azione="contributo.parametri",
        oggetti=[autorita],
        utente=utente,
        ruolo=ruolo,
        prima={} if ultima is None else parametri_in_parole(ultima),
        dopo=parametri_in_parole(nuovi),
    )
    return nuovi


@transaction.atomic
def adotta_parametri(
    *, parametri: ParametriContributo, atto: Atto, il: date, utente: Utente
) -> ParametriContributo:
    """From now on what these parameters give is the contribution, no more a simulation.

    Raises ``PermissionDenied``, ``DatiNonValidi`` on ``il``, ``StatoNonAmmesso`` when a version of the
    year is adopted already, or a later one was written meanwhile.
    """
    ruolo = puo_tenere_parametri(utente, parametri.autorita)
    if ruolo is None:
        raise PermissionDenied
    Autorita.objects.select_for_update(no_key=True).get(pk=parametri.autorita_id)
    dell_anno = ParametriContributo.objects.filter(autorita=parametri.autorita, anno=parametri.anno)
    if dell_anno.filter(adottata_il__isnull=False).exists():
        raise StatoNonAmmesso(f"L'autorità ha già adottato i parametri dall'anno {parametri.anno}.")
    if dell_anno.filter(versione__gt=parametri.versione).exists():
        raise StatoNonAmmesso("C'è una versione più recente: si adotta quella.")
    if il > timezone.localdate():
        raise DatiNonValidi({"il": "La data non può essere nel futuro."})
    attuale = dell_anno.select_for_update(no_key=True).get(pk=parametri.pk)
    attuale.adottata_il, attuale.atto = il, atto
    controlla(attuale)
    attuale.save(update_fields=["adottata_il", "atto"])
    annota(
        azione="contributo.adozione",
        oggetti=[attuale.autorita],
        utente=utente,
        ruolo=ruolo,
        dopo=parametri_in_parole(attuale) | {"Adottata il": data_estesa(il), "Atto": str(atto)},
    )
    return attuale


def costo_in_parole(costo: CostoManager) -> dict[str, str]:
    """What the log and a conflict read of the cost; nothing of one not written yet."""
    if costo.pk is None:
        return {}
    proprio = "" if costo.cofinanziamento is None else euro(costo.cofinanziamento)
    return {"Costo": euro(costo.importo), "A carico dell'ente": proprio, "Da dove viene": costo.fonte}


def costo_di(programma: Programma) -> CostoManager:
    """The cost of the manager as it is declared, or one still to be written."""
    return CostoManager.objects.filter(programma=programma).first() or CostoManager(programma=programma)


@transaction.atomic
def scrivi_costo(
    *, programma: Programma, dati: Mapping[str, Any], utente: Utente, versione: str = ""
) -> CostoManager:
    """Declare, or correct, the cost of the manager: ``importo``, ``cofinanziamento`` (or None), ``fonte``.
    The same again changes nothing.

    Raises ``PermissionDenied``, ``DatiNonValidi``, ``ModificatoNelFrattempo``.
    """
    ruolo = ruolo_tra(utente, programma.distretto, SCRIVONO_IL_COSTO)
    if ruolo is None or programma.variazione:
        raise PermissionDenied
    blocca_programma(programma)
    costo = costo_di(programma)
    prima = costo_in_parole(costo)
    if costo.pk is not None and all(getattr(costo, campo) == dati[campo] for campo in DEL_COSTO):
        return costo
    controlla_versione(prima, versione)
    for campo in DEL_COSTO:
        setattr(costo, campo, dati[campo])
    costo.scritto_da = utente
    controlla(costo)
    costo.save()
    annota(
        azione="contributo.costo",
        oggetti=[programma],
        utente=utente,
        ruolo=ruolo,
        prima=prima,
        dopo=costo_in_parole(costo),
    )
    return costo

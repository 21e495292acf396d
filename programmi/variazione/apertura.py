"""Opening a variazione: a draft over an approved programme, with a procedure and an act of its own."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Utente
from programmi.blocco import blocca, segna_autore
from programmi.models import AttoCitato, Programma
from programmi.models.stati import STATI_CHIUSI
from programmi.permissions import puo_aprire_variazione
from programmi.variazione.riporto import apri_da


def variazione_aperta(programma: Programma) -> Programma | None:
    """The variazione of ``programma`` that is on its way, if any; the database admits one."""
    return programma.variazioni.exclude(stato__in=STATI_CHIUSI).first()


@transaction.atomic
def apri_variazione(*, programma: Programma, utente: Utente, motivo: str) -> Programma:
    """A draft with all the content of ``programma``, which stays in force until the draft is approved.

    Raises ``PermissionDenied``, ``StatoNonAmmesso`` (not an approved annual programme, or another variazione
    is on its way: also when two ask together, as the programme's row is locked) or ``DatiNonValidi``
    (``motivo``).
    """
    annuale = blocca(programma)
    ruolo = puo_aprire_variazione(utente, annuale)
    if ruolo is None:
        raise PermissionDenied
    controlla_apertura(annuale)
    if not motivo.strip():
        raise DatiNonValidi({"motivo": "Scrivi perché il programma si deve variare."})
    ultima = annuale.variazioni.aggregate(ultima=Max("variazione"))["ultima"] or 0
    bozza = Programma(
        distretto=annuale.distretto,
        anno=annuale.anno,
        dal=annuale.dal,
        al=annuale.al,
        variazione=ultima + 1,
        variazione_di=annuale,
    )
    controlla(bozza)
    bozza.save()
    apri_da(annuale, bozza)
    segna_autore(bozza, utente)
    AttoCitato.objects.bulk_create(
        AttoCitato(programma=bozza, atto_id=citato.atto_id, ordine=citato.ordine)
        for citato in annuale.atti_citati.order_by("ordine")
    )
    annota(
        azione="programma.apertura_variazione",
        oggetti=[bozza, annuale],
        utente=utente,
        ruolo=ruolo,
        dopo={"Variazione": f"n. {bozza.variazione}"},
        motivo=motivo,
    )
    return bozza


def controlla_apertura(annuale: Programma) -> None:
    """Raise ``StatoNonAmmesso`` unless a variazione of ``annuale`` can be opened now."""
    if annuale.variazione:
        raise StatoNonAmmesso("Una variazione si apre sul programma dell'anno, non su un'altra variazione.")
    if not annuale.approvato:
        raise StatoNonAmmesso(
            f"Il programma è nello stato «{annuale.get_stato_display()}»: si varia un programma approvato."
        )
    aperta = variazione_aperta(annuale)
    if aperta is not None:
        raise StatoNonAmmesso(
            f"La variazione n. {aperta.variazione} è in corso ({aperta.get_stato_display()}): "
            "se ne apre un'altra quando sarà conclusa."
        )


def controlla_riapertura(variazione: Programma) -> None:
    """Raise ``StatoNonAmmesso`` when a later variazione was opened: this one is no longer on its ground.

    Of a programme that is not a variazione nothing is asked.
    """
    if variazione.variazione_di is None:
        return
    annuale = blocca(variazione.variazione_di)  # nobody opens another one meanwhile
    seguente = annuale.variazioni.filter(variazione__gt=variazione.variazione).first()
    if seguente is not None:
        raise StatoNonAmmesso(
            f"Dopo di questa è stata aperta la variazione n. {seguente.variazione}: "
            "si lavora su quella, oppure se ne apre una nuova."
        )

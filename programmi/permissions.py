"""One predicate per action on a programme; used by views, templates, services and API alike.

A predicate says who; the state of the procedure is checked by ``programmi.procedura``. Those of the steps
give the role in which the person takes them, as the step records it: the roles are those of the declared
table (``programmi.tabella``).
"""

from distretti.models import Distretto, Incarico, Ruolo, Utente
from distretti.permissions import Persona, ruoli_su, ruolo_tra
from programmi.models import AzionePassaggio, Programma
from programmi.tabella import (
    APERTURA_VARIAZIONE,
    APPROVAZIONE,
    CHIUSURA,
    DEL_DISTRETTO,
    DELL_AGENZIA,
    INTEGRAZIONE,
    OSSERVAZIONE,
    REPLICA,
    SCRITTURA,
    Azione,
)

SCRIVONO = DEL_DISTRETTO
NON_APPROVA_IL_PROPRIO = (
    "Nessuno approva ciò che ha scritto, integrato, trasmesso o proposto: "
    "lo approva il dirigente o chi lo sostituisce."
)


def segue_programma(utente: Persona, programma: Programma) -> bool:
    """Does ``utente`` hold any role that reaches this programme?"""
    return bool(ruoli_su(utente, programma.distretto))


def puo_creare_programma(utente: Persona, distretto: Distretto) -> bool:
    """May ``utente`` begin a draft for ``distretto``?"""
    return ruolo_tra(utente, distretto, SCRITTURA.ruoli) is not None


def puo_scrivere_programma(utente: Persona, programma: Programma) -> bool:
    """May ``utente`` write the promise (while it is being written)?"""
    return ruolo_tra(utente, programma.distretto, SCRITTURA.ruoli) is not None


def puo_integrare(utente: Persona, programma: Programma) -> Ruolo | None:
    """The Agenzia integrates the data, lists and texts in its charge, while it examines."""
    return puo(INTEGRAZIONE, utente, programma)


def puo(azione: Azione, utente: Persona, programma: Programma) -> Ruolo | None:
    """The role in which ``utente`` takes ``azione`` on ``programma``, whatever its state; None if they
    may not."""
    if azione is REPLICA:
        return ruolo_di_replica(utente, programma)
    ruolo = ruolo_tra(utente, programma.distretto, azione.ruoli)
    return None if ruolo is None or ostacolo(azione, utente, programma) else ruolo


def ostacolo(azione: Azione, utente: Persona, programma: Programma) -> str:
    """Why ``utente`` may not, though they hold the role; "" if nothing stands in the way."""
    if azione is not APPROVAZIONE or not isinstance(utente, Utente):
        return ""
    propri = (AzionePassaggio.PROPOSTA, AzionePassaggio.TRASMISSIONE)
    suo = (
        programma.autori.filter(pk=utente.pk).exists()
        or programma.passaggi.filter(azione__in=propri, utente=utente).exists()
    )
    return NON_APPROVA_IL_PROPRIO if suo else ""


def ruolo_di_replica(utente: Persona, programma: Programma) -> Ruolo | None:
    """Who writes the programme today; and whoever did on the day it was transmitted, and no longer holds
    the role: the procedure leaves them the reply."""
    ruolo = ruolo_tra(utente, programma.distretto, REPLICA.ruoli)
    if ruolo is not None or not isinstance(utente, Utente) or not utente.is_active:
        return ruolo
    if programma.trasmesso_il is None or "_incarico_prestato" in utente.__dict__:
        return None
    di_allora = Incarico.objects.alla_data(programma.trasmesso_il).filter(
        utente=utente, distretto=programma.distretto_id, ruolo__in=REPLICA.ruoli
    )
    incarico = di_allora.order_by("dal", "pk").first()
    return None if incarico is None else Ruolo(incarico.ruolo)


def puo_aprire_variazione(utente: Persona, programma: Programma) -> Ruolo | None:
    """The district opens the variazione of its own approved programme."""
    return puo(APERTURA_VARIAZIONE, utente, programma)


def puo_osservare(utente: Persona, programma: Programma) -> Ruolo | None:
    """The Agenzia remarks on what it examines."""
    return puo(OSSERVAZIONE, utente, programma)


def puo_chiudere_osservazione(utente: Persona, programma: Programma) -> Ruolo | None:
    """The Agenzia says that a remark is answered."""
    return puo(CHIUSURA, utente, programma)


def puo_registrare_atti(utente: Persona, programma: Programma) -> Ruolo | None:
    """Staff of the authority who enter number and date of an act from its register."""
    return ruolo_tra(utente, programma.distretto, DELL_AGENZIA)

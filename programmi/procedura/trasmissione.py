"""The transmission: the capofila's delibera, the protocol, and a programme that lacks nothing."""

from dataclasses import replace
from datetime import date

from django.db import transaction

from distretti.errori import DatiNonValidi
from distretti.models import Utente
from distretti.services import DatiAtto
from programmi.completezza import completezza
from programmi.errori import ProgrammaIncompleto
from programmi.models import Passaggio, Programma
from programmi.procedura.atti import registra
from programmi.procedura.passi import comincia, concludi, controlla_giorno
from programmi.tabella import TRASMISSIONE


@transaction.atomic
def trasmetti(
    *,
    programma: Programma,
    utente: Utente,
    il: date,
    delibera: DatiAtto,
    protocollo_mittente: str,
    protocollo_ricevente: str = "",
    dopo: int | None = None,
) -> Passaggio:
    """Transmit the programme to the authority on ``il``, with the capofila's delibera on its *Schema*.

    The sender's protocol is needed; the receiver's may be given when the Agenzia takes the programme.
    Raises ``PermissionDenied``, ``SuperatoNelFrattempo``, ``StatoNonAmmesso``, ``ProgrammaIncompleto`` (with
    the list of what is missing) or ``DatiNonValidi`` on the fields ``il``, ``protocollo_mittente``,
    ``delibera_numero``, ``delibera_data``, ``delibera_ente``, ``delibera_file``.
    """
    attuale, ruolo = comincia(TRASMISSIONE, programma, utente, dopo)
    controlla_giorno(attuale, il)
    if delibera.data > il:
        raise DatiNonValidi({"delibera_data": "La delibera non può essere successiva alla trasmissione."})
    if not protocollo_mittente.strip():
        raise DatiNonValidi({"protocollo_mittente": "Indica il numero di protocollo dell'ente capofila."})
    mancanze = completezza(attuale).mancanze
    if mancanze:
        raise ProgrammaIncompleto(mancanze)
    atto = registra(replace(delibera, ambito=attuale.distretto.codice), "delibera_")
    attuale.trasmesso_il = il
    nuovo = Passaggio(
        il=il,
        atto=atto,
        protocollo_mittente=protocollo_mittente.strip(),
        protocollo_ricevente=protocollo_ricevente.strip(),
    )
    return concludi(TRASMISSIONE, attuale, nuovo, utente, ruolo)

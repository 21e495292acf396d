"""Una variazione portata avanti dai servizi, fino all'atto."""

from datetime import date

from distretti.models import Struttura
from programmi.models import AzionePassaggio, Indicatore, Programma
from programmi.procedura import approva, compi, trasmetti
from programmi.variazione import apri_variazione
from tests.conftest import Persone
from tests.programmi.ingressi import delibera, pdf

MOTIVO = "Cambia il calendario degli incontri."
IL_GIORNO = date(2026, 3, 2)


def aperta(programma: Programma, persone: Persone) -> Programma:
    """Una bozza di variazione del programma, uguale al programma."""
    return apri_variazione(programma=programma, utente=persone.manager, motivo=MOTIVO)


def riga(programma: Programma, codice: str) -> Indicatore:
    """La riga con questo codice, letta ora."""
    return next(r for r in programma.indicatori.in_ordine() if r.codice == codice)


def trasmessa(variazione: Programma, persone: Persone, il: date = IL_GIORNO) -> Programma:
    passaggio = trasmetti(
        programma=variazione,
        utente=persone.referente,
        il=il,
        delibera=delibera(numero=f"v{variazione.variazione}"),
        protocollo_mittente="200",
        protocollo_ricevente="9000",
    )
    return passaggio.programma


def alla_firma(variazione: Programma, persone: Persone, il: date = IL_GIORNO) -> Programma:
    """Trasmessa, esaminata, proposta: manca l'atto."""
    programma = trasmessa(variazione, persone, il)
    for azione, chi in (
        (AzionePassaggio.PRESA_IN_CARICO, persone.agenzia),
        (AzionePassaggio.PROPOSTA, persone.agenzia),
        (AzionePassaggio.MESSA_ALLA_FIRMA, persone.dirigente),
    ):
        programma = compi(azione, programma=programma, utente=chi, il=il).programma
    return programma


def firmata(programma: Programma, persone: Persone, il: date = IL_GIORNO) -> Programma:
    """Con l'atto: il programma dell'anno dice ora ciò che dice lei."""
    return approva(
        programma=programma,
        utente=persone.dirigente,
        struttura=Struttura.objects.filter(autorita=programma.distretto.autorita).order_by("pk")[0],
        numero=f"70{programma.variazione}",
        data=il,
        file=pdf(),
    ).programma


def approvata(variazione: Programma, persone: Persone, il: date = IL_GIORNO) -> Programma:
    """Dalla bozza all'atto."""
    return firmata(alla_firma(variazione, persone, il), persone, il)

"""What a scheda says of its programme and of its procedure, in the words of an act."""

from distretti.basi.italiano import data_estesa
from programmi.models import STATI_APPROVATI, StatoProgramma
from programmi.models.passaggio import ARRIVI
from programmi.parole import AzionePassaggio, RuoloAttore
from valutazione.scheda.modello import Atto, Passaggio, Scheda


def nome_programma(scheda: Scheda) -> str:
    return f'Programma di lavoro per l\'anno {scheda.anno} del "{scheda.distretto.denominazione}"'


def segnaposto(scheda: Scheda) -> dict[str, str]:
    """The value of each placeholder of the template; "" where this programme has none."""
    atto = atto_di_approvazione(scheda)
    capofila = (attore.nome for attore in scheda.attori if attore.ruolo is RuoloAttore.CAPOFILA)
    return {
        "distretto": scheda.distretto.denominazione,
        "anno": str(scheda.anno),
        "capofila": next(capofila, ""),
        "atto_approvazione": nome_atto(atto) if atto else "",
        "numero_azioni": str(len(scheda.progettualita)),
        "fine": data_estesa(scheda.al),
    }


def nome_atto(atto: Atto) -> str:
    """ "determinazione del dirigente n. 6607 di data 19 giugno 2025" """
    numero = f" n. {atto.numero}" if atto.numero else ""
    data = f" di data {data_estesa(atto.data)}" if atto.data else ""
    return f"{atto.tipo.etichetta}{numero}{data}"


def stato_programma(scheda: Scheda) -> StatoProgramma:
    """The state that follows from the last step (contract: ``passaggi``)."""
    arrivi = [ARRIVI[p.azione][0] for p in scheda.passaggi if p.azione is not AzionePassaggio.VARIAZIONE]
    return arrivi[-1] if arrivi else StatoProgramma.BOZZA


def atto_di_approvazione(scheda: Scheda) -> Atto | None:
    """The act of the approval in force: None while the programme is not approved."""
    if stato_programma(scheda) not in STATI_APPROVATI:
        return None
    approvazioni = [p for p in scheda.passaggi if p.azione is AzionePassaggio.APPROVAZIONE]
    return atto_del_passaggio(scheda, approvazioni[-1])


def atto_del_passaggio(scheda: Scheda, passaggio: Passaggio) -> Atto | None:
    return next((atto for atto in scheda.atti if atto.codice == passaggio.atto), None)

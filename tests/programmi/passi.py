"""Il percorso di un programma, un passaggio alla volta, da chi lo può fare: per portarlo dove serve."""

from datetime import date
from typing import Any

from distretti.models import Distretto, Struttura
from programmi.models import AzionePassaggio, Programma, StatoProgramma
from programmi.procedura import approva, compi, respingi
from programmi.services import crea_bozza
from tests.conftest import CODICE, Persone
from tests.programmi.ingressi import con_progettualita, pdf, trasmesso

TRASMESSO_IL = date(2026, 1, 22)
IN_ESAME_DAL = date(2026, 1, 24)
RINVIATO_IL = date(2026, 1, 25)
PROPOSTO_IL = date(2026, 2, 2)
ALLA_FIRMA_DAL = date(2026, 2, 4)
APPROVATO_IL = date(2026, 2, 10)
PUBBLICATO_IL = date(2026, 2, 12)

_S, _P = StatoProgramma, AzionePassaggio
_CAMMINO = (_S.BOZZA, _S.TRASMESSO, _S.IN_ESAME, _S.PROPOSTO, _S.ALLA_FIRMA, _S.APPROVATO, _S.IN_ATTUAZIONE)


def struttura() -> Struttura:
    return Struttura.objects.get(autorita__codice="pat-acs", codice="I090")


def estremi(**altro: Any) -> dict[str, Any]:
    """Ciò che serve ai servizi che registrano un atto."""
    return {"struttura": struttura(), "numero": "900", "data": APPROVATO_IL, "file": pdf(), **altro}


def bozza_completa() -> Programma:
    """Una bozza del 2026 che si può trasmettere."""
    bozza = crea_bozza(distretto=Distretto.objects.get(codice=CODICE), anno=2026)
    con_progettualita(bozza)
    return bozza


def porta(programma: Programma, persone: Persone, stato: StatoProgramma | str) -> Programma:
    """La bozza, portata fino a ``stato`` lungo il percorso, coi giorni detti qui sopra."""
    stato = StatoProgramma(stato)
    if stato is _S.INTEGRAZIONI_RICHIESTE:
        porta(programma, persone, _S.IN_ESAME)
        compi(_P.RINVIO, programma=programma, utente=persone.agenzia, il=RINVIATO_IL, nota="Mancano i tempi.")
    elif stato is _S.RITIRATO:
        porta(programma, persone, _S.TRASMESSO)
        compi(_P.RITIRO, programma=programma, utente=persone.referente, il=PROPOSTO_IL, nota="Da rifare.")
    elif stato is _S.RESPINTO:
        porta(programma, persone, _S.PROPOSTO)
        respingi(programma=programma, utente=persone.dirigente, nota="Non ammissibile.", **estremi())
    else:
        for arrivo in _CAMMINO[1 : _CAMMINO.index(stato) + 1]:
            _passo(programma, persone, arrivo)
    programma.refresh_from_db()
    return programma


def porta_alla_firma(programma: Programma, persone: Persone) -> None:
    """Un programma appena trasmesso, fino a prima dell'atto: tutti i passaggi nel giorno dell'ultimo."""
    ultimo = programma.passaggi.order_by("ordine").last()
    assert ultimo is not None
    for azione, utente in (
        (_P.PRESA_IN_CARICO, persone.agenzia),
        (_P.PROPOSTA, persone.agenzia),
        (_P.MESSA_ALLA_FIRMA, persone.dirigente),
    ):
        compi(azione, programma=programma, utente=utente, il=ultimo.il)


def _passo(programma: Programma, persone: Persone, arrivo: StatoProgramma) -> None:
    semplici = {
        _S.IN_ESAME: (_P.PRESA_IN_CARICO, persone.agenzia, IN_ESAME_DAL),
        _S.PROPOSTO: (_P.PROPOSTA, persone.agenzia, PROPOSTO_IL),
        _S.ALLA_FIRMA: (_P.MESSA_ALLA_FIRMA, persone.dirigente, ALLA_FIRMA_DAL),
        _S.IN_ATTUAZIONE: (_P.PUBBLICAZIONE, persone.agenzia, PUBBLICATO_IL),
    }
    if arrivo is _S.TRASMESSO:
        trasmesso(programma, persone.referente)
    elif arrivo is _S.APPROVATO:
        approva(programma=programma, utente=persone.dirigente, **estremi())
    else:
        azione, utente, il = semplici[arrivo]
        compi(azione, programma=programma, utente=utente, il=il)

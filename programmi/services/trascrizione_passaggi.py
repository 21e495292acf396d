"""The steps of a transcribed programme, and the state that follows from them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from distretti.basi.lettore import Errore
from distretti.controlli import controlla_campi
from distretti.models import Atto
from programmi.models import AzionePassaggio, Passaggio, Programma, StatoProgramma
from programmi.models.passaggio import ARRIVI
from programmi.tabella import da_trascrivere


def trascrivi_passaggi(
    elenco: Sequence[Mapping[str, Any]],
    programma: Programma,
    atti: Mapping[str, Atto],
    errori: list[Errore],
) -> list[Passaggio]:
    """The steps in order, without a person; sets the state and the dates of ``programma``."""
    programma.stato = StatoProgramma.BOZZA
    programma.trasmesso_il = programma.approvato_il = None
    programma.stato_dal = timezone.localdate()
    passaggi: list[Passaggio] = []
    for indice, dati in enumerate(elenco):
        azione = AzionePassaggio(dati["azione"])
        stato = StatoProgramma(programma.stato)
        arrivo = stato if azione is AzionePassaggio.VARIAZIONE else ARRIVI[azione][0]
        if stato not in da_trascrivere(azione):
            messaggio = f"«{azione}» non può seguire: a questo punto il programma è {stato.label}"
            errori.append(Errore(f"$.passaggi[{indice}].azione", messaggio))
        il = date.fromisoformat(dati["il"])
        passaggio = Passaggio(
            programma=programma,
            ordine=indice + 1,
            azione=azione,
            da_stato=stato,
            a_stato=arrivo,
            il=il,
            atto=atti.get(dati.get("atto") or ""),
            protocollo_mittente=dati.get("protocollo_mittente", ""),
            protocollo_ricevente=dati.get("protocollo_ricevente", ""),
            nota=dati.get("nota", ""),
        )
        controlla_campi(passaggio, f"$.passaggi[{indice}]", errori)
        passaggi.append(passaggio)
        _avanza(programma, azione, arrivo, il)
    return passaggi


def _avanza(programma: Programma, azione: AzionePassaggio, arrivo: StatoProgramma, il: date) -> None:
    programma.stato = arrivo
    if azione is not AzionePassaggio.VARIAZIONE:
        programma.stato_dal = il
    if azione is AzionePassaggio.TRASMISSIONE:
        programma.trasmesso_il = il
    elif azione is AzionePassaggio.APPROVAZIONE:
        programma.approvato_il = il
    elif azione is AzionePassaggio.RIAPERTURA:
        programma.trasmesso_il = None

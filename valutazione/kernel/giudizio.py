"""Does an imputazione count? The reasons of the contract, in their order."""

from datetime import date
from typing import TypeVar

from programmi.regola import (
    CampoEvidenza,
    Regola,
    RegolaComposta,
    RegolaComune,
    RegolaManuale,
    RegolaPerDistinti,
    RegolaQuotaOre,
)
from valutazione.kernel.contesto import Contesto
from valutazione.kernel.esito import Motivo
from valutazione.kernel.materia import Credito, EvidenzaGiudicata, ImputazioneGiudicata, RigaGiudicata
from valutazione.parole import StatoImputazione
from valutazione.scheda.misure import effettiva
from valutazione.scheda.modello import Misura, MisuraOrganizzazioni

FonteT = TypeVar("FonteT")

_CON_MISURA = (RegolaComposta, RegolaQuotaOre)
"""Forms that count nothing without a measure."""


_PRIMA_DEL_GIORNO = frozenset({Motivo.RESPINTA, Motivo.NON_VALUTATA})
"""Reasons that come before those of the day."""


def credito(
    regola: Regola | None, evidenza: EvidenzaGiudicata, imputazione: ImputazioneGiudicata, fonte: FonteT
) -> Credito[FonteT]:
    """What an imputazione to a line of ``regola`` is worth, whatever the day."""
    misura = effettiva(regola, imputazione.misura, evidenza.organizzazioni)
    return Credito(
        motivo=_perche_mai(regola, evidenza, imputazione.stato, misura),
        pianificata=evidenza.pianificata,
        accolta=imputazione.stato is StatoImputazione.ACCOLTA,
        misura=misura,
        riconosciuta=imputazione.misura_riconosciuta or misura,
        fonte=fonte,
    )


def _perche_mai(
    regola: Regola | None, evidenza: EvidenzaGiudicata, stato: StatoImputazione, misura: Misura | None
) -> Motivo | None:
    if stato is StatoImputazione.RESPINTA:
        return Motivo.RESPINTA
    if regola is None or isinstance(regola, RegolaManuale):
        return Motivo.NON_VALUTATA
    return _nel_merito(regola, evidenza) or _nella_misura(regola, misura)


def perche_no(
    contesto: Contesto, riga: RigaGiudicata, regola: Regola | None, giorno: date, credito: Credito[object]
) -> Motivo | None:
    """The first reason why it does not count, ``gia_imputata`` apart; ``None`` when it counts.

    ``regola`` is ``None`` where the line is as if it had none.
    """
    motivo = credito.motivo
    if motivo in _PRIMA_DEL_GIORNO:
        return motivo
    if regola is None:
        return Motivo.NON_VALUTATA
    return (
        _nel_tempo(contesto, riga, regola, giorno)
        or motivo
        or _tra_gli_aderenti(contesto, regola, giorno, credito.misura)
    )


def _nel_tempo(contesto: Contesto, riga: RigaGiudicata, regola: RegolaComune, giorno: date) -> Motivo | None:
    if not contesto.dal <= giorno <= contesto.al:
        return Motivo.FUORI_PERIODO
    if (riga.dal is not None and giorno < riga.dal) or (riga.al is not None and giorno > riga.al):
        return Motivo.RIGA_NON_IN_VIGORE
    if regola.entro is not None and giorno > regola.entro:
        return Motivo.FUORI_TERMINE
    return None


def _tra_gli_aderenti(
    contesto: Contesto, regola: Regola, giorno: date, misura: Misura | None
) -> Motivo | None:
    """Where only members count, is there one?"""
    if not contesto.sceglie(regola) or not isinstance(misura, MisuraOrganizzazioni):
        return None
    ce = any(contesto.aderente(codice, giorno) for codice in misura.organizzazioni)
    return None if ce else Motivo.NON_ADERENTE


def _nel_merito(regola: RegolaComune, evidenza: EvidenzaGiudicata) -> Motivo | None:
    if evidenza.tipo not in regola.evidenze:
        return Motivo.TIPO_NON_AMMESSO
    for ufficio in regola.presenze:
        if ufficio not in evidenza.presenze:
            return Motivo.PRESENZA_MANCANTE
    for gruppo in regola.campi:
        for campo in gruppo:
            if compilato(evidenza, campo):
                break
        else:
            return Motivo.CAMPI_MANCANTI
    return None


def compilato(evidenza: EvidenzaGiudicata, campo: CampoEvidenza) -> bool:
    """Is the field there? Not blank, not an empty list, not 0; in the public form ``True`` or a number."""
    valore = getattr(evidenza, campo.value)
    return bool(valore.strip()) if isinstance(valore, str) else bool(valore)


def _nella_misura(regola: RegolaComune, misura: Misura | None) -> Motivo | None:
    if isinstance(regola, RegolaPerDistinti):
        return None if isinstance(misura, MisuraOrganizzazioni) else Motivo.MISURA_MANCANTE
    return Motivo.MISURA_MANCANTE if misura is None and isinstance(regola, _CON_MISURA) else None

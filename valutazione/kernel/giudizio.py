"""Does an imputazione count? The reasons of the contract, in their order."""

from datetime import date

from programmi.regola import (
    CampoEvidenza,
    Distinti,
    Regola,
    RegolaComposta,
    RegolaComune,
    RegolaManuale,
    RegolaPerDistinti,
    RegolaQuotaOre,
)
from valutazione.kernel.contesto import Contesto
from valutazione.kernel.esito import Motivo
from valutazione.kernel.materia import EvidenzaGiudicata, RigaGiudicata
from valutazione.parole import StatoImputazione
from valutazione.scheda.modello import Misura, MisuraOrganizzazioni

_CON_MISURA = (RegolaComposta, RegolaQuotaOre)
"""Forms that count nothing without a measure."""


def perche_no(
    contesto: Contesto,
    riga: RigaGiudicata,
    regola: Regola | None,
    evidenza: EvidenzaGiudicata,
    stato: StatoImputazione,
    misura: Misura | None,
) -> Motivo | None:
    """The first reason why it does not count, ``gia_imputata`` apart; ``None`` when it counts.

    ``regola`` is ``None`` where the line is as if it had none; ``misura`` is the one with its defaults.
    """
    if stato is StatoImputazione.RESPINTA:
        return Motivo.RESPINTA
    if regola is None or isinstance(regola, RegolaManuale):
        return Motivo.NON_VALUTATA
    return (
        _nel_tempo(contesto, riga, regola, evidenza.data)
        or _nel_merito(regola, evidenza)
        or _nella_misura(contesto, regola, evidenza, misura)
    )


def _nel_tempo(contesto: Contesto, riga: RigaGiudicata, regola: RegolaComune, giorno: date) -> Motivo | None:
    if not contesto.dal <= giorno <= contesto.al:
        return Motivo.FUORI_PERIODO
    if (riga.dal is not None and giorno < riga.dal) or (riga.al is not None and giorno > riga.al):
        return Motivo.RIGA_NON_IN_VIGORE
    if regola.entro is not None and giorno > regola.entro:
        return Motivo.FUORI_TERMINE
    return None


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


def _nella_misura(
    contesto: Contesto, regola: RegolaComune, evidenza: EvidenzaGiudicata, misura: Misura | None
) -> Motivo | None:
    if isinstance(regola, RegolaPerDistinti):
        if not isinstance(misura, MisuraOrganizzazioni):
            return Motivo.MISURA_MANCANTE
        if regola.distinti is Distinti.ORGANIZZAZIONE_ADERENTE and not any(
            contesto.aderente(codice, evidenza.data) for codice in misura.organizzazioni
        ):
            return Motivo.NON_ADERENTE
    elif misura is None and isinstance(regola, _CON_MISURA):
        return Motivo.MISURA_MANCANTE
    return None

"""Does an imputazione count? The reasons of the contract, in their order, each with its detail."""

from datetime import date

from distretti.basi.italiano import al_giorno, dal_giorno, data_estesa, del_giorno, elenco, il_giorno
from programmi.regola import (
    CampoEvidenza,
    Distinti,
    Regola,
    RegolaComposta,
    RegolaComune,
    RegolaManuale,
    RegolaPerDistinti,
    RegolaQuotaOre,
    tipi_plurale,
)
from valutazione.kernel.contesto import Contesto
from valutazione.kernel.esito import Motivo
from valutazione.parole import StatoImputazione
from valutazione.scheda.modello import Evidenza, Imputazione, Misura, MisuraOrganizzazioni, Riga

Giudizio = tuple[Motivo, str]


def perche_no(
    contesto: Contesto,
    riga: Riga,
    regola: Regola | None,
    evidenza: Evidenza,
    imputazione: Imputazione,
    misura: Misura | None,
) -> Giudizio | None:
    """The first reason why it does not count, ``gia_imputata`` apart; ``None`` when it counts.

    ``regola`` is ``None`` where the line is as if it had none; ``misura`` is the one with its defaults.
    """
    if imputazione.stato is StatoImputazione.RESPINTA:
        return Motivo.RESPINTA, imputazione.motivazione.strip() or "respinta nella verifica"
    if regola is None:
        return Motivo.NON_VALUTATA, contesto.perche_non_valutata(riga)
    if isinstance(regola, RegolaManuale):
        return (
            Motivo.NON_VALUTATA,
            "la percentuale della riga è assegnata con motivazione, non con le evidenze",
        )
    return (
        _nel_tempo(contesto, riga, regola, evidenza.data)
        or _nel_merito(regola, evidenza)
        or _nella_misura(contesto, regola, evidenza, misura)
    )


def _nel_tempo(contesto: Contesto, riga: Riga, regola: RegolaComune, giorno: date) -> Giudizio | None:
    scheda = contesto.scheda
    if giorno < scheda.dal:
        return Motivo.FUORI_PERIODO, f"{data_estesa(giorno)} è prima {del_giorno(scheda.dal)}"
    if giorno > scheda.al:
        return Motivo.FUORI_PERIODO, f"{data_estesa(giorno)} è dopo {il_giorno(scheda.al)}"
    if riga.dal is not None and giorno < riga.dal:
        return Motivo.RIGA_NON_IN_VIGORE, f"la riga è in vigore {dal_giorno(riga.dal)}"
    if riga.al is not None and giorno > riga.al:
        return Motivo.RIGA_NON_IN_VIGORE, f"la riga è stata in vigore fino {al_giorno(riga.al)}"
    if regola.entro is not None and giorno > regola.entro:
        return Motivo.FUORI_TERMINE, f"{data_estesa(giorno)} è dopo {il_giorno(regola.entro)}"
    return None


def _nel_merito(regola: RegolaComune, evidenza: Evidenza) -> Giudizio | None:
    if evidenza.tipo not in regola.evidenze:
        ammessi = tipi_plurale(regola.evidenze)
        return Motivo.TIPO_NON_AMMESSO, f"{evidenza.tipo.singolare}: per questa riga contano {ammessi}"
    assenti = [ufficio for ufficio in regola.presenze if ufficio not in evidenza.presenze]
    if assenti:
        return Motivo.PRESENZA_MANCANTE, f"manca la presenza {elenco([u.del_ufficio for u in assenti])}"
    vuoti = [gruppo for gruppo in regola.campi if not any(_compilato(evidenza, campo) for campo in gruppo)]
    if vuoti:
        return Motivo.CAMPI_MANCANTI, _campi_vuoti(vuoti)
    return None


def _compilato(evidenza: Evidenza, campo: CampoEvidenza) -> bool:
    """Is the field there? Not blank, not an empty list, not 0; in the public form ``True`` or a number."""
    valore = getattr(evidenza, campo.value)
    return bool(valore.strip()) if isinstance(valore, str) else bool(valore)


def _campi_vuoti(vuoti: list[tuple[CampoEvidenza, ...]]) -> str:
    plurale = len(vuoti) > 1 or all(campo.plurale for campo in vuoti[0])
    campi = [elenco([campo.con_articolo for campo in gruppo], "o") for gruppo in vuoti]
    return f"{'mancano' if plurale else 'manca'} {elenco(campi)}"


def _nella_misura(
    contesto: Contesto, regola: RegolaComune, evidenza: Evidenza, misura: Misura | None
) -> Giudizio | None:
    if isinstance(regola, RegolaComposta) and misura is None:
        return Motivo.MISURA_MANCANTE, "non è detto quali parti sono state realizzate"
    if isinstance(regola, RegolaQuotaOre) and misura is None:
        return Motivo.MISURA_MANCANTE, "non è detto quante ore"
    if isinstance(regola, RegolaPerDistinti):
        if not isinstance(misura, MisuraOrganizzazioni):
            return Motivo.MISURA_MANCANTE, "non è detto quali organizzazioni"
        if regola.distinti is Distinti.ORGANIZZAZIONE_ADERENTE and not any(
            contesto.aderente(codice, evidenza.data) for codice in misura.organizzazioni
        ):
            return Motivo.NON_ADERENTE, contesto.non_aderenti(misura.organizzazioni, evidenza.data)
    return None

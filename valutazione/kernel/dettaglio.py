"""Why an imputazione does not count, in a sentence that a manager understands."""

from datetime import date
from typing import assert_never

from distretti.basi.italiano import al_giorno, dal_giorno, data_estesa, del_giorno, elenco, il_giorno
from programmi.regola import CampoEvidenza, Regola, RegolaComposta, RegolaQuotaOre, tipi_plurale
from valutazione.kernel.contesto import Contesto
from valutazione.kernel.esito import Motivo
from valutazione.kernel.giudizio import compilato
from valutazione.scheda.modello import Evidenza, Imputazione, Misura, MisuraOrganizzazioni, Riga


def dettaglio(
    motivo: Motivo,
    contesto: Contesto,
    riga: Riga,
    regola: Regola | None,
    evidenza: Evidenza,
    imputazione: Imputazione,
    misura: Misura | None,
    gia_su: str,
) -> str:
    """The sentence of a reason that was found; ``gia_su``: the line on which the evidence counts already."""
    match motivo:
        case Motivo.RESPINTA:
            return imputazione.motivazione.strip() or "respinta nella verifica"
        case Motivo.NON_VALUTATA:
            if regola is None:
                return contesto.perche_non_valutata(riga)
            return "la percentuale della riga è assegnata con motivazione, non con le evidenze"
        case Motivo.FUORI_PERIODO | Motivo.RIGA_NON_IN_VIGORE:
            return _nel_tempo(motivo, contesto, riga, evidenza.data)
        case Motivo.GIA_IMPUTATA:
            return f"conta già sulla riga {gia_su}"
        case _:
            if regola is None:  # never: every other reason is of a rule
                return ""
            return _della_regola(motivo, contesto, regola, evidenza, misura)


def _nel_tempo(motivo: Motivo, contesto: Contesto, riga: Riga, giorno: date) -> str:
    if motivo is Motivo.FUORI_PERIODO:
        if giorno < contesto.dal:
            return f"{data_estesa(giorno)} è prima {del_giorno(contesto.dal)}"
        return f"{data_estesa(giorno)} è dopo {il_giorno(contesto.al)}"
    if riga.dal is not None and giorno < riga.dal:
        return f"la riga è in vigore {dal_giorno(riga.dal)}"
    return f"la riga è stata in vigore fino {al_giorno(riga.al or giorno)}"


def _della_regola(
    motivo: Motivo, contesto: Contesto, regola: Regola, evidenza: Evidenza, misura: Misura | None
) -> str:
    match motivo:
        case Motivo.FUORI_TERMINE:
            return f"{data_estesa(evidenza.data)} è dopo {il_giorno(regola.entro or evidenza.data)}"
        case Motivo.TIPO_NON_AMMESSO:
            return f"{evidenza.tipo.singolare}: per questa riga contano {tipi_plurale(regola.evidenze)}"
        case Motivo.PRESENZA_MANCANTE:
            assenti = [ufficio for ufficio in regola.presenze if ufficio not in evidenza.presenze]
            return f"manca la presenza {elenco([u.del_ufficio for u in assenti])}"
        case Motivo.CAMPI_MANCANTI:
            return _campi_vuoti(regola, evidenza)
        case Motivo.MISURA_MANCANTE:
            return _misura_mancante(regola)
        case Motivo.NON_ADERENTE:
            organizzazioni = misura.organizzazioni if isinstance(misura, MisuraOrganizzazioni) else ()
            return contesto.non_aderenti(organizzazioni, evidenza.data)
        case (
            Motivo.RESPINTA
            | Motivo.NON_VALUTATA
            | Motivo.FUORI_PERIODO
            | Motivo.RIGA_NON_IN_VIGORE
            | Motivo.GIA_IMPUTATA
        ):
            return ""
        case _:
            assert_never(motivo)


def _campi_vuoti(regola: Regola, evidenza: Evidenza) -> str:
    vuoti: list[tuple[CampoEvidenza, ...]] = [
        gruppo for gruppo in regola.campi if not any(compilato(evidenza, campo) for campo in gruppo)
    ]
    plurale = len(vuoti) > 1 or all(campo.plurale for campo in vuoti[0])
    campi = [elenco([campo.con_articolo for campo in gruppo], "o") for gruppo in vuoti]
    return f"{'mancano' if plurale else 'manca'} {elenco(campi)}"


def _misura_mancante(regola: Regola) -> str:
    if isinstance(regola, RegolaComposta):
        return "non è detto quali parti sono state realizzate"
    if isinstance(regola, RegolaQuotaOre):
        return "non è detto quante ore"
    return "non è detto quali organizzazioni"

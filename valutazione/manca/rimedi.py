"""Evidence that is there but does not count, and would if something of it were completed."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from programmi.regola import CampoEvidenza, RegolaComune, Ufficio
from valutazione.kernel import Esito, Motivo, Scartata, valuta
from valutazione.kernel.giudizio import compilato
from valutazione.letture import Valutazione
from valutazione.scheda.modello import Evidenza

RIMEDIABILI = (Motivo.CAMPI_MANCANTI, Motivo.MISURA_MANCANTE, Motivo.PRESENZA_MANCANTE)


@dataclass(frozen=True, slots=True)
class Rimediabile:
    """An evidence to complete so that it counts on a line. ``file``: only an attachment is missing."""

    evidenza: Evidenza
    scartata: Scartata
    file: bool


def rimediabili(valutazione: Valutazione) -> dict[str, list[Rimediabile]]:
    """By line, in the order of the ledger."""
    evidenze = {e.codice: e for e in valutazione.scheda.evidenze}
    trovate: dict[str, list[Rimediabile]] = defaultdict(list)
    for codice, riga in valutazione.esito.righe.items():
        regola = valutazione.scheda.righe[codice].regola
        for scartata in riga.scartate:
            if regola is not None and scartata.motivo in RIMEDIABILI:
                evidenza = evidenze[scartata.evidenza]
                solo_file = _vuoti(evidenza, regola) == [(CampoEvidenza.ALLEGATI,)]
                solo_file = solo_file and scartata.motivo is Motivo.CAMPI_MANCANTI
                trovate[codice].append(Rimediabile(evidenza, scartata, solo_file))
    return dict(trovate)


def completati(valutazione: Valutazione, da_rimediare: dict[str, list[Rimediabile]]) -> Esito:
    """The evaluation, if fields and offices that are missing were there.

    A measure that was not said is left so: nobody but who recorded it knows how much it is.
    """
    cambi: dict[str, dict[str, Any]] = defaultdict(dict)
    for codice, voci in da_rimediare.items():
        regola = valutazione.scheda.righe[codice].regola
        assert regola is not None
        for voce in voci:
            if voce.scartata.motivo is not Motivo.MISURA_MANCANTE:
                _completa(cambi[voce.evidenza.codice], voce.evidenza, regola)
    evidenze = tuple(replace(e, **cambi.get(e.codice, {})) for e in valutazione.scheda.evidenze)
    return valuta(replace(valutazione.scheda, evidenze=evidenze))


def _completa(cambi: dict[str, Any], evidenza: Evidenza, regola: RegolaComune) -> None:
    presenti: tuple[Ufficio, ...] = cambi.get("presenze", evidenza.presenze)
    mancano = [ufficio for ufficio in regola.presenze if ufficio not in presenti]
    cambi["presenze"] = (*presenti, *mancano)
    for gruppo in _vuoti(evidenza, regola):
        # Where any of several fields is enough, the one that does not change what the rule counts.
        scelti = [campo for campo in gruppo if campo is not CampoEvidenza.ORGANIZZAZIONI]
        if scelti:
            campo = scelti[0]
            in_numero = campo in (CampoEvidenza.PERSONE, CampoEvidenza.ALLEGATI)
            cambi[campo.value] = 1 if in_numero else True


def _vuoti(evidenza: Evidenza, regola: RegolaComune) -> list[tuple[CampoEvidenza, ...]]:
    """The groups of fields of which the evidence has none."""
    return [gruppo for gruppo in regola.campi if not any(compilato(evidenza, campo) for campo in gruppo)]

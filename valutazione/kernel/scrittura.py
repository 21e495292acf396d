"""The result as the contract writes it (``esito-valutazione/1``)."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from distretti.basi.canonico import sha256_di
from distretti.basi.italiano import arrotonda
from valutazione.kernel.esito import Conteggiata, Esito, EsitoAzione, EsitoRiga, Valori
from valutazione.kernel.valuta import valuta
from valutazione.scheda.lettura import leggi_scheda
from valutazione.scheda.misure import misura_json

FORMATO_ESITO = "esito-valutazione/1"

Json = dict[str, Any]


def valuta_documento(documento: Json) -> Json:
    """Read, evaluate and write: the hash is of the document as given, in canonical form.

    Raises :class:`~valutazione.scheda.errori.SchedaNonValida`.
    """
    scheda = leggi_scheda(documento)
    return esito_json(valuta(scheda), sha256_di(documento))


def esito_json(esito: Esito, sha256: str) -> Json:
    """``sha256``: of the canonical form of the scheda the result comes from."""
    programma = esito.programma
    return {
        "formato": FORMATO_ESITO,
        "sha256_scheda": sha256,
        "programma": {
            **valori_json(programma.valori),
            "incompleta": programma.incompleta,
            "obbligatorie": valori_json(programma.obbligatorie),
            "progettualita": valori_json(programma.progettualita),
        },
        "azioni": [_azione_json(azione) for azione in esito.azioni],
    }


def _percentuale(valore: Fraction | Decimal | None) -> str | None:
    """Two decimals, half up: the one rounding."""
    if valore is None:
        return None
    return f"{valore:.2f}" if isinstance(valore, Decimal) else f"{arrotonda(valore):.2f}"


def valori_json(valori: Valori) -> Json:
    """As an esito writes them: percentages with two decimals, null = non valutata."""
    return {
        "dichiarato": _percentuale(valori.dichiarato),
        "riconosciuto": _percentuale(valori.riconosciuto),
        "prospettico": _percentuale(valori.prospettico),
    }


def _azione_json(azione: EsitoAzione) -> Json:
    return {
        "codice": azione.codice,
        **valori_json(azione.valori),
        "incompleta": azione.incompleta,
        "righe": [_riga_json(riga) for riga in azione.righe],
    }


def _riga_json(riga: EsitoRiga) -> Json:
    manca = riga.manca
    return {
        "codice": riga.codice,
        **valori_json(riga.valori),
        "incompleta": riga.incompleta,
        "calcolo": riga.calcolo,
        "conteggiate": [_conteggiata_json(conteggiata) for conteggiata in riga.conteggiate],
        "oltre_il_massimo": [{"evidenza": oltre.evidenza} for oltre in riga.oltre_il_massimo],
        "scartate": [
            {"evidenza": s.evidenza, "motivo": s.motivo.value, "dettaglio": s.dettaglio}
            for s in riga.scartate
        ],
        "manca": manca and {"misura": manca.misura, "possibile": manca.possibile, "frase": manca.frase},
    }


def _conteggiata_json(conteggiata: Conteggiata) -> Json:
    return {
        "evidenza": conteggiata.evidenza,
        "stato": conteggiata.stato.value,
        "misura": misura_json(conteggiata.misura),
        "misura_riconosciuta": misura_json(conteggiata.misura_riconosciuta),
        "dichiarato": _percentuale(conteggiata.dichiarato),
        "riconosciuto": _percentuale(conteggiata.riconosciuto),
    }

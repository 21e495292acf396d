"""I passaggi nella scheda: vanno e tornano tutti, e uno fuori posto si rifiuta."""

from typing import Any

import pytest

from programmi.models import Programma, StatoProgramma
from tests.scheda.ingressi import Porta, con, reale, senza_programmi


def _cammino(*azioni: tuple[str, str, str]) -> list[dict[str, Any]]:
    """Passaggi scritti come nella scheda: azione, giorno, nota."""
    atti = {"approvazione": "determinazione-6607-2025", "respingimento": "determinazione-6607-2025"}
    return [
        {
            "azione": azione,
            "il": il,
            "atto": atti.get(azione),
            "protocollo_mittente": "",
            "protocollo_ricevente": "",
            "nota": nota,
        }
        for azione, il, nota in azioni
    ]


TUTTI_I_PASSAGGI = _cammino(
    ("trasmissione", "2025-03-01", ""),
    ("presa_in_carico", "2025-03-03", ""),
    ("rinvio", "2025-03-10", "Mancano i tempi."),
    ("trasmissione", "2025-03-15", ""),
    ("ritiro", "2025-03-16", "Da rifare."),
    ("riapertura", "2025-03-17", ""),
    ("trasmissione", "2025-04-23", ""),
    ("presa_in_carico", "2025-04-24", ""),
    ("proposta", "2025-05-02", ""),
    ("restituzione", "2025-05-05", "Un dato manca."),
    ("proposta", "2025-05-09", ""),
    ("messa_alla_firma", "2025-05-20", ""),
    ("approvazione", "2025-06-19", ""),
    ("pubblicazione", "2025-06-25", ""),
)


def test_tutti_i_passaggi_vanno_e_tornano(porta: Porta) -> None:
    lunga = con(reale(), lambda s: s.update(passaggi=TUTTI_I_PASSAGGI))
    senza_programmi()
    porta.importa(lunga)
    programma = Programma.objects.get()
    assert programma.stato == StatoProgramma.IN_ATTUAZIONE
    assert (str(programma.stato_dal), str(programma.trasmesso_il)) == ("2025-06-25", "2025-04-23")
    assert porta.esporta("dfa-alta-valsugana/2025")["passaggi"] == TUTTI_I_PASSAGGI
    assert "già presente e uguale" in porta.importa(lunga)


@pytest.mark.parametrize(
    ("passaggi", "errore"),
    [
        ((("proposta", "2025-03-01", ""),), "$.passaggi[0].azione: «proposta» non può seguire"),
        (
            (("trasmissione", "2025-03-01", ""), ("pubblicazione", "2025-03-02", "")),
            "$.passaggi[1].azione: «pubblicazione» non può seguire: a questo punto il programma è trasmesso",
        ),
        (
            (("trasmissione", "2025-03-01", ""), ("ritiro", "2025-03-02", "")),
            "$.passaggi[1].nota: il passaggio «ritiro» ha bisogno di una nota che lo motivi",
        ),
    ],
)
def test_un_passaggio_fuori_posto_si_rifiuta(
    porta: Porta, passaggi: tuple[tuple[str, str, str], ...], errore: str
) -> None:
    senza_programmi()
    errori = porta.rifiuta(con(reale(), lambda s: s.update(passaggi=_cammino(*passaggi))))
    assert any(errore in trovato for trovato in errori), errori

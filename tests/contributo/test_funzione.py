"""The forms of the function: read, written, said."""

from fractions import Fraction
from typing import Any

import pytest

from distretti.basi.lettore import Errore
from valutazione.contributo import Fasce, Fascia, Nessuna, Proporzionale, frase_funzione, leggi_funzione
from valutazione.contributo.funzione import scrivi_funzione

BANDE = {"tipo": "fasce", "fasce": [{"da": "60", "quota": "80"}, {"da": "80", "quota": "100"}]}


@pytest.mark.parametrize("dato", [{"tipo": "nessuna"}, {"tipo": "proporzionale"}, BANDE])
def test_cio_che_si_legge_si_riscrive_uguale(dato: dict[str, Any]) -> None:
    errori: list[Errore] = []
    funzione = leggi_funzione(dato, "$", errori)
    assert errori == []
    assert scrivi_funzione(funzione) == dato


@pytest.mark.parametrize(
    ("dato", "errore"),
    [
        ("x", "$: deve essere un oggetto, non un testo"),
        ({}, "$.tipo: manca la chiave obbligatoria"),
        ({"tipo": "altra"}, "$.tipo: i valori sono nessuna, proporzionale, fasce"),
        ({"tipo": "nessuna", "fasce": []}, "$.fasce: chiave non prevista"),
        ({"tipo": "fasce"}, "$.fasce: manca la chiave obbligatoria"),
        ({"tipo": "fasce", "fasce": []}, "$.fasce: occorre almeno una fascia"),
        (
            {"tipo": "fasce", "fasce": [{"da": "60", "quota": "101"}]},
            "$.fasce[0].quota: «101» è più di 100",
        ),
        (
            {"tipo": "fasce", "fasce": [{"da": "60", "quota": "80"}, {"da": "60", "quota": "90"}]},
            "$.fasce[1].da: ogni fascia comincia più in alto di quella che la precede",
        ),
        (
            {"tipo": "fasce", "fasce": [{"da": "60", "quota": "80"}, {"da": "70", "quota": "70"}]},
            "$.fasce[1].quota: chi realizza di più non può ricevere di meno",
        ),
        (
            {"tipo": "fasce", "fasce": [{"da": 60, "quota": "80"}]},
            '$.fasce[0].da: deve essere un numero scritto come testo ("20", "12.5", "100/3"), non un numero',
        ),
    ],
)
def test_ogni_errore_dice_dove(dato: object, errore: str) -> None:
    errori: list[Errore] = []
    leggi_funzione(dato, "$", errori)
    assert errore in [str(trovato) for trovato in errori]


def test_le_frasi() -> None:
    fasce = Fasce((Fascia(Fraction(60), Fraction(80)), Fascia(Fraction(80), Fraction(100))))
    assert frase_funzione(fasce) == (
        "Con almeno il 60% realizzato, l'80% dell'importo; con almeno l'80% realizzato, il 100% "
        "dell'importo; sotto la prima fascia, nulla."
    )
    assert "sotto" not in frase_funzione(Fasce((Fascia(Fraction(0), Fraction(50)),)))
    assert frase_funzione(Nessuna()) == "La percentuale di realizzazione non cambia l'importo."
    assert frase_funzione(Proporzionale()) == (
        "L'importo è moltiplicato per la percentuale di realizzazione."
    )

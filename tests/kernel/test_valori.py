"""I soli valori sono quelli dell'esito completo: stesso giudizio, stesse somme, stesse medie."""

from fractions import Fraction

import pytest
from hypothesis import given

from tests.kernel.costruzione import Json, scheda_del_caso
from tests.kernel.strategie import schede
from tests.kernel.test_casi import casi
from valutazione.kernel import Esito, Valori, ValoriScheda, materia_di, valori, valuta
from valutazione.kernel.contesto import Contesto
from valutazione.kernel.conto import giudica
from valutazione.kernel.esito import NON_VALUTATA
from valutazione.kernel.giudizio import perche_no
from valutazione.kernel.media import media
from valutazione.scheda.lettura import leggi_scheda

TERZO, SETTIMO = Fraction(100, 3), Fraction(100, 7)


def in_breve(esito: Esito | ValoriScheda) -> object:
    """Programme, actions and lines, without what explains them."""
    return esito.programma, [
        (
            (a.codice, a.obbligatoria, a.valori, a.peso, a.incompleta),
            [(r.codice, r.valori, r.peso, r.incompleta) for r in a.righe],
        )
        for a in esito.azioni
    ]


def confronta(documento: Json) -> None:
    scheda = leggi_scheda(documento)
    assert in_breve(valori(materia_di(scheda))) == in_breve(valuta(scheda))


@given(schede())
def test_uguali_su_ogni_scheda(documento: Json) -> None:
    confronta(documento)


@pytest.mark.parametrize(("regole", "caso"), casi())
def test_uguali_nei_casi_svolti(regole: dict[str, Json | None], caso: Json) -> None:
    confronta(scheda_del_caso(regole, caso))


@given(schede())
def test_chi_conta_senza_che_si_chieda_altro_conta_anche_a_chiederlo(documento: Json) -> None:
    scheda = leggi_scheda(documento)
    materia = materia_di(scheda)
    contesto = Contesto(materia, {})
    for azione in materia.azioni:
        for riga in azione.righe:
            regola = contesto.regola_di(riga, obbligatoria=azione.obbligatoria)
            for _, giorno, credito, motivo in giudica(
                contesto, riga, regola, materia.imputate.get(riga.codice, ()), None
            ):
                assert motivo == perche_no(contesto, riga, regola, giorno, credito)


def uguali(*tre: Fraction | int) -> Valori:
    dichiarato, riconosciuto, prospettico = (Fraction(v) for v in tre)
    return Valori(dichiarato, riconosciuto, prospettico)


def test_la_media_e_esatta_con_ogni_denominatore() -> None:
    uno = Fraction(1)
    trovata = media([(uno, uguali(TERZO, 0, 100)), (uno, uguali(SETTIMO, 50, 100)), (uno, uguali(0, 0, 0))])
    assert trovata == Valori((TERZO + SETTIMO) / 3, Fraction(50, 3), Fraction(200, 3))


def test_la_media_pesata_e_esatta() -> None:
    trovata = media([(Fraction(5, 2), uguali(TERZO, 0, 0)), (Fraction(1, 3), uguali(100, 0, 0))])
    assert trovata.dichiarato == (Fraction(5, 2) * TERZO + Fraction(100, 3)) / Fraction(17, 6)


def test_cio_che_non_e_valutato_non_entra_nella_media() -> None:
    uno = Fraction(1)
    assert media([(uno, NON_VALUTATA), (Fraction(3), uguali(20, 10, 30))]) == uguali(20, 10, 30)
    assert media([(uno, NON_VALUTATA)]) == media([]) == NON_VALUTATA

"""Ciò che una riga porterebbe, detto senza rifare i conti, è ciò che il kernel calcola rifacendoli."""

from fractions import Fraction

from hypothesis import given

from tests.kernel.costruzione import Json, scheda_con
from tests.kernel.strategie import schede
from tests.kernel.test_proprieta import esito_di, evidenze_mancanti
from valutazione.kernel.ipotesi import Ipotesi

UNICA = {"tipo": "unica", "percentuale": "100", "evidenze": ["mail"]}


@given(schede())
def test_ogni_riga_porta_all_azione_e_al_programma_cio_che_porta_davvero(documento: Json) -> None:
    esito = esito_di(documento)
    ipotesi = Ipotesi(esito)
    azioni = {riga.codice: azione.codice for azione in esito.azioni for riga in azione.righe}
    for codice, riga in esito.righe.items():
        if riga.manca is None or not riga.manca.possibile or riga.massimo is None:
            continue
        completa = documento | {"evidenze": documento["evidenze"] + evidenze_mancanti(documento, riga)}
        dopo, arrivo = esito_di(completa), ipotesi.se(codice, riga.massimo)
        assert arrivo.riga == dopo.righe[codice].valori.dichiarato
        assert arrivo.azione == dopo.azione(azioni[codice]).valori.dichiarato
        assert arrivo.programma == dopo.programma.valori.dichiarato


def test_tutte_insieme() -> None:
    regole: dict[str, Json | None] = {"obb.1": UNICA, "1.1": UNICA, "1.2": UNICA, "1.3": None, "2.1": UNICA}
    scheda = scheda_con(regole, [{"codice": "e1", "tipo": "mail", "riga": "1.1"}])
    scheda["progettualita"][0]["indicatori"][1]["peso"] = "3"
    ipotesi = Ipotesi(esito_di(scheda))
    assert ipotesi.se("1.2", Fraction(100)).azione == 100
    assert ipotesi.se("1.2", Fraction(100)).programma == Fraction(100, 3)
    assert ipotesi.se_tutte({}) == Fraction(25, 3)
    assert ipotesi.se_tutte({c: Fraction(100) for c in ("obb.1", "1.2", "2.1")}) == 100


def test_dove_niente_e_valutato_non_c_e_un_arrivo() -> None:
    assert Ipotesi(esito_di(scheda_con({"1.1": None}))).se_tutte({}) is None

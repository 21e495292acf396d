"""Il programma e il verificatore, scritti da due mani, dicono le stesse cose di ogni scheda possibile."""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, event, given, settings

from tests.kernel.costruzione import Json, scheda_del_caso
from tests.kernel.test_casi import casi
from tests.risultati.conservati import FILE
from tests.verificatore.modulo import A_LUNGO
from tests.verificatore.pacchetti import conservato, differenze, pacchetto_di
from tests.verificatore.strategie import schede_varie
from tests.verificatore.tratti import ATTESI, tratti
from valutazione.scheda import forma_pubblica

META = 2500 if A_LUNGO else 25
"""Two halves, for two processes: script/prove-estese looks for a disagreement over 5,000 schede."""


@pytest.mark.parametrize("meta", [1, 2])
def test_su_ogni_scheda_in_forma_piena_e_pubblica(
    meta: int, record_property: Callable[[str, object], None]
) -> None:
    visti: Counter[str] = Counter()

    @settings(max_examples=META, deadline=None, suppress_health_check=list(HealthCheck))
    @given(schede_varie())
    def concordano(documento: Json) -> None:
        piena = pacchetto_di(documento)
        assert differenze(piena) == []
        assert differenze(pacchetto_di(forma_pubblica(documento))) == []
        trovati = tratti(documento, piena["esito"])
        visti.update(trovati)
        for tratto in sorted(trovati):
            event(tratto)

    concordano()
    for tratto, quante in sorted(visti.items()):
        record_property(tratto, quante)
    if A_LUNGO:
        assert set(visti) >= ATTESI


@pytest.mark.parametrize(("regole", "caso"), casi())
def test_su_ogni_caso_svolto(regole: Json, caso: Json) -> None:
    assert differenze(pacchetto_di(scheda_del_caso(regole, caso))) == []


@pytest.mark.parametrize("nome", [file.stem for file in FILE])
def test_su_ogni_risultato_conservato(nome: str) -> None:
    assert differenze(conservato(nome)) == []

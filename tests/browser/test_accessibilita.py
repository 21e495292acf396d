"""Ogni indirizzo, per chi non è entrato, per il manager e per l'Agenzia: pieno, vuoto e quando va male.

axe non trova niente, di nessuna gravità; e la pagina sta in 320 px, non chiede nulla a terzi, non viola la
sua Content-Security-Policy, ha un titolo suo, i punti di riferimento, le didascalie, il riepilogo a fuoco.
"""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.esame import Esaminatore
from tests.browser.raccolta import LETTORI, SCENE, Pagina, scena, senza_doppioni

# No transaction around a test: the browser's event loop, begun in the middle, would not see it.
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ALMENO = {"piena": 60, "vuota": 50, "errori": 60}
"""Different pages that each scene certainly has."""

Raccogli = Callable[[str], list[Pagina]]

_raccolte: dict[str, list[Pagina]] = {}
"""By scene: asked for once in each process."""


@pytest.fixture
def raccogli(transactional_db: None, tmp_path: Path) -> Raccogli:
    """The pages of a scene, asked for before any browser opens."""

    def _raccogli(quale: str) -> list[Pagina]:
        if quale not in _raccolte:
            with scena(tmp_path) as mondo:
                _raccolte[quale] = senza_doppioni(list(SCENE[quale](mondo)))
        return _raccolte[quale]

    return _raccogli


FETTE = [("piena", 1, 2), ("piena", 2, 2), ("vuota", 1, 1), ("errori", 1, 1)]
"""The scene, and which part of its pages out of how many: the longest is shared between the processes."""


def test_ogni_scena_si_esamina_intera() -> None:
    for quale in SCENE:
        quante = {su for di_chi, _, su in FETTE if di_chi == quale}
        assert len(quante) == 1
        assert [n for di_chi, n, _ in FETTE if di_chi == quale] == list(range(1, quante.pop() + 1))


@pytest.mark.parametrize(("quale", "numero", "su"), FETTE)
def test_nessuna_pagina_ha_difetti(
    raccogli: Raccogli, request: pytest.FixtureRequest, quale: str, numero: int, su: int
) -> None:
    pagine = raccogli(quale)
    assert len(pagine) >= ALMENO[quale]
    assert {pagina.chi for pagina in pagine} >= set(LETTORI)
    esaminatore = Esaminatore(request.getfixturevalue("browser"))
    difetti = [difetto for pagina in pagine[numero - 1 :: su] for difetto in esaminatore.difetti(pagina)]
    esaminatore.chiudi()
    assert difetti + _titoli_uguali(pagine, quale) == []


def _titoli_uguali(pagine: list[Pagina], quale: str) -> list[str]:
    """Two pages of different kinds never have the same title."""
    if quale == "errori":
        return []  # there the same page comes back in many ways
    per_titolo: dict[bytes, set[str]] = defaultdict(set)
    for pagina in pagine:
        titolo = pagina.corpo.partition(b"<title>")[2].partition(b"</title>")[0]
        per_titolo[titolo].add(pagina.nome)
    return [f"«{titolo.decode()}»: {sorted(nomi)}" for titolo, nomi in per_titolo.items() if len(nomi) > 1]


def test_anche_senza_javascript_gli_errori_prendono_il_fuoco(
    raccogli: Raccogli, request: pytest.FixtureRequest
) -> None:
    per_modulo = {p.nome: p for p in raccogli("errori") if b"data-riepilogo-errori" in p.corpo}
    assert len(per_modulo) >= 30
    esaminatore = Esaminatore(request.getfixturevalue("browser"), javascript=False)
    fuori = []
    for pagina in per_modulo.values():
        esaminatore.mostra(pagina)
        fuoco = "document.activeElement === document.querySelector('[data-riepilogo-errori]')"
        if not esaminatore.scheda.evaluate(fuoco):
            fuori.append(str(pagina))
    esaminatore.chiudi()
    assert fuori == []

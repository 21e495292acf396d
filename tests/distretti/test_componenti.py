"""I componenti delle pagine: dicono i loro parametri, non portano stili o script, mostrano i valori."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from distretti.forms import AllaDataForm

CARTELLA = Path(settings.BASE_DIR) / "templates"
COMPONENTI = sorted((CARTELLA / "componenti").glob("*.html"))
PAGINE = sorted(foglio for foglio in CARTELLA.rglob("*.html") if "pdf" not in foglio.parts)


def disegna(nome: str, **contesto: Any) -> str:
    return re.sub(r"\s+", " ", render_to_string(f"componenti/{nome}.html", contesto))


@pytest.mark.parametrize("foglio", COMPONENTI, ids=lambda foglio: foglio.stem)
def test_ogni_componente_si_apre_dicendo_i_suoi_parametri(foglio: Path) -> None:
    assert foglio.read_text(encoding="utf-8").startswith("{% comment %}\n")


@pytest.mark.parametrize("foglio", PAGINE, ids=lambda foglio: str(foglio.relative_to(CARTELLA)))
def test_nessuna_pagina_porta_stili_o_script_propri(foglio: Path) -> None:
    testo = foglio.read_text(encoding="utf-8")

    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script>", testo)
    assert not re.search(r"https?://(?!www\.w3\.org)", testo)


@pytest.mark.parametrize("nome", ["400.html", "500.html"])
def test_le_pagine_di_errore_si_disegnano_senza_richiesta_né_database(nome: str) -> None:
    html = render_to_string(nome)

    assert "<h1>" in html
    assert '<html lang="it">' in html


def test_la_percentuale_disegna_una_barra_con_il_punto_decimale() -> None:
    html = disegna("percentuale", testo="46,67%", valore=Decimal("46.67"), valore_certo=Decimal("20.5"))

    assert "46,67%" in html
    assert '<rect class="barra-dichiarata" width="46.67"' in html
    assert '<rect class="barra-certa" width="20.5"' in html


def test_la_percentuale_zero_è_zero_e_non_manca() -> None:
    html = disegna("percentuale", testo="0,00%", valore=Decimal(0))

    assert "0,00%" in html
    assert "non valutata" not in html


def test_senza_percentuale_si_dice_non_valutata_e_non_c_è_barra() -> None:
    html = disegna("percentuale", testo="", valore=None)

    assert "non valutata" in html
    assert "<svg" not in html


TABELLE = [
    (foglio, tabella)
    for foglio in PAGINE
    for tabella in re.findall(
        r"<table[^>]*tabella-schede.*?</table>", foglio.read_text(encoding="utf-8"), re.DOTALL
    )
]
RUOLI = {
    r"<table ": "table",
    r"<t(?:head|body|foot)\b": "rowgroup",
    r"<tr\b": "row",
    r'<th scope="col"': "columnheader",
    r'<th scope="row"': "rowheader",
    r"<td\b": "cell",
}
"""Su uno schermo stretto le tabelle diventano schede (``display: block``): i ruoli le tengono tabelle."""


@pytest.mark.parametrize(("foglio", "tabella"), TABELLE, ids=[foglio.stem for foglio, _ in TABELLE])
def test_una_tabella_resta_tabella_anche_quando_diventa_schede(foglio: Path, tabella: str) -> None:
    for apertura, ruolo in RUOLI.items():
        senza = [
            trovato
            for trovato in re.findall(rf"{apertura}[^>]*>", tabella)
            if f'role="{ruolo}"' not in trovato
        ]
        assert not senza, foglio


@pytest.mark.parametrize(("foglio", "tabella"), TABELLE, ids=[foglio.stem for foglio, _ in TABELLE])
def test_ogni_cella_ripete_il_titolo_della_sua_colonna(foglio: Path, tabella: str) -> None:
    colonne = set(re.findall(r'<th scope="col"[^>]*>(.*?)</th>', tabella, re.DOTALL))
    for titolo in re.findall(r'data-label="((?:[^"{]|\{%.*?%\}|\{\{.*?\}\})*)"', tabella):
        # Where a loop writes the columns, the label takes the word of the same turn.
        scelto = re.fullmatch(r".*forloop\.counter0 == forloop\.parentloop\.counter0 %\}(.*?)\{%.*", titolo)
        assert (scelto[1] if scelto else titolo) in colonne, foglio


@pytest.mark.django_db
def test_la_paginazione_conserva_i_filtri() -> None:
    richiesta = RequestFactory().get("/distretti/?tipo=tematico&page=2")
    html = render_to_string(
        "componenti/paginazione.html", {"pagina": Paginator(range(50), 20).page(2)}, request=richiesta
    )

    assert 'href="?tipo=tematico&amp;page=1"' in html
    assert 'href="?tipo=tematico&amp;page=3"' in html
    assert "Pagina 2 di 3" in html


@pytest.mark.django_db
def test_la_paginazione_di_un_elenco_lungo_porta_vicino_e_agli_estremi() -> None:
    """Quaranta pagine: i numeri accanto, il primo e l'ultimo; la pagina in cui si è non è un collegamento."""
    richiesta = RequestFactory().get("/programmi/?page=20")
    html = render_to_string(
        "componenti/paginazione.html", {"pagina": Paginator(range(1000), 25).page(20)}, request=richiesta
    )
    collegate = [int(numero) for numero in re.findall(r'aria-label="Pagina (\d+)"', html)]

    assert collegate == [1, 18, 19, 21, 22, 40]
    assert html.count("…") == 2
    assert html.count('aria-current="page"') == 1


def test_un_pulsante_con_conferma_funziona_senza_javascript() -> None:
    html = disegna("pulsante_post", azione="/ritira/", testo="Ritira", conferma="Ritirare l'evidenza?")

    assert "<details" in html
    assert '<form method="post" action="/ritira/">' in html


def test_la_ricerca_ha_ogni_campo_del_filtro_e_dice_che_cosa_cerca() -> None:
    html = disegna("ricerca", form=AllaDataForm({}), cosa="programmi", indirizzo="/programmi/")

    assert '<form method="get" role="search" aria-label="Cerca tra i programmi">' in html
    assert 'name="alla_data"' in html
    assert '<a class="btn btn-outline-primary" href="/programmi/">Tutti i programmi</a>' in html


@pytest.mark.parametrize("conferma", ["", "Eliminare?"])
def test_un_pulsante_dice_anche_su_che_cosa_agisce(conferma: str) -> None:
    html = disegna("pulsante_post", azione="/x/", testo="Elimina", cosa="la riga 1.2", conferma=conferma)

    nomi = re.findall(r"<(?:button|summary)[^>]*>(.*?)</(?:button|summary)>", html)
    assert nomi
    assert all(re.sub(r"<[^>]+>", "", nome).endswith("limina la riga 1.2") for nome in nomi)


def test_il_riepilogo_elenca_gli_avvisi_con_la_loro_parola() -> None:
    html = disegna("avviso", tipo="warning", titolo="Attenzione", testo="Il programma è cambiato")

    assert "<strong>Attenzione.</strong> Il programma è cambiato" in html

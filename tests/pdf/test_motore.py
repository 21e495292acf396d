"""The one renderer: same bytes, only our own files, clear words when the libraries are missing."""

import builtins
import logging
from typing import Any

import pytest

from distretti.basi import pdf as motore
from distretti.basi.pdf import MotorePdfAssente, html_in_pdf, leggi_statico, librerie_mancanti
from distretti.checks import librerie_del_pdf
from tests.pdf.lettura import leggi_pdf, relazione, scheda_piena
from valutazione.relazione import relazione_html

PAGINA = """<!DOCTYPE html><html lang="it"><head><title>Prova</title>
<link rel="stylesheet" href="statico:css/stampa.css"></head>
<body><p>Perché così è già più là.</p>{}</body></html>"""


def senza_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without Pango: the import fails with OSError."""
    vero = builtins.__import__

    def importa(nome: str, *args: Any, **kwargs: Any) -> Any:
        if nome.split(".")[0] == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return vero(nome, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", importa)
    monkeypatch.setattr(motore, "librerie_mancanti", lambda: ["pango-1.0"])
    monkeypatch.setattr("distretti.checks.librerie_mancanti", lambda: ["pango-1.0"])


def test_lo_stesso_html_da_gli_stessi_byte() -> None:
    primo = html_in_pdf(PAGINA.format(""))
    assert primo.startswith(b"%PDF-")
    assert html_in_pdf(PAGINA.format("")) == primo
    assert "Perché così è già più là." in leggi_pdf(primo)


def test_il_foglio_di_base_ridotto_non_cambia_un_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is cut from WeasyPrint's own style sheet is what no document of ours uses."""
    import weasyprint

    html = relazione_html(relazione(scheda_piena()))
    ridotto = html_in_pdf(html)
    assert motore._pagina()(string="<p>")._ua_stylesheets() != weasyprint.HTML(string="<p>")._ua_stylesheets()
    monkeypatch.setattr(motore, "_pagina", lambda: weasyprint.HTML)
    assert html_in_pdf(html) == ridotto


@pytest.mark.parametrize(
    "indirizzo",
    [
        "file:///etc/hostname",
        "http://127.0.0.1:9/immagine.png",
        "https://example.org/immagine.png",
        "data:image/png;base64,AAAA",
        "statico:/etc/hostname",
        "statico:non-esiste.png",
    ],
)
def test_si_leggono_solo_i_file_statici_del_progetto(indirizzo: str) -> None:
    with pytest.raises(ValueError, match="non è un file statico"):
        html_in_pdf(PAGINA.format(f'<img alt="" src="{indirizzo}">'))


def test_non_si_esce_dalla_cartella_degli_statici() -> None:
    with pytest.raises(ValueError, match="non è un file statico"):
        leggi_statico("statico:../config/settings.py")


def test_il_foglio_di_stampa_non_ha_errori(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        logging.getLogger("weasyprint").addHandler(caplog.handler)
        html_in_pdf(PAGINA.format(""))
    assert not caplog.records


def test_senza_librerie_lo_dice_in_chiaro(monkeypatch: pytest.MonkeyPatch) -> None:
    senza_weasyprint(monkeypatch)
    with pytest.raises(MotorePdfAssente) as assente:
        html_in_pdf(PAGINA.format(""))
    assert "mancano: pango-1.0" in assente.value.messaggio
    assert "libpango-1.0-0" in assente.value.messaggio


def test_il_controllo_di_sistema_avverte(monkeypatch: pytest.MonkeyPatch) -> None:
    assert librerie_mancanti() == []
    assert librerie_del_pdf() == []
    monkeypatch.setattr("distretti.checks.librerie_mancanti", lambda: ["pango-1.0", "fontconfig"])
    (avviso,) = librerie_del_pdf()
    assert avviso.id == "distretti.W001"
    assert "pango-1.0, fontconfig" in avviso.msg


def test_una_libreria_che_non_c_e_si_riconosce(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(motore._LIBRERIE, "pango-di-prova", "libpango-di-prova.so.0")
    assert librerie_mancanti() == ["pango-di-prova"]

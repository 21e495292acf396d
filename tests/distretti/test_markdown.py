"""Il Markdown ristretto della premessa: titoli, elenchi, grassetto, corsivo e nient'altro."""

from distretti.basi.markdown import in_html


def test_titoli_elenchi_grassetto_e_corsivo() -> None:
    html = in_html("# Titolo\n\n- uno **forte**\n- due *lieve*\n\n1. primo\n2. secondo", livello=3)
    assert "<h3>Titolo</h3>" in html
    assert "<li>uno <strong>forte</strong></li>" in html
    assert "<li>due <em>lieve</em></li>" in html
    assert "<ol>" in html


def test_il_primo_livello_usato_prende_quello_chiesto_e_non_si_saltano_livelli() -> None:
    html = in_html("## A\n\n#### B\n\n###### C", livello=5)
    assert html.replace("\n", "") == "<h5>A</h5><h6>B</h6><h6>C</h6>"


def test_html_collegamenti_e_immagini_restano_testo() -> None:
    html = in_html("<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](http://z) <b>q</b>")
    assert "<script" not in html
    assert "<a" not in html
    assert "<img" not in html
    assert "&lt;b&gt;q&lt;/b&gt;" in html

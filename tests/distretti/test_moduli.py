"""Come si vedono i moduli: etichetta, aiuto ed errore accanto a ogni campo, riepilogo in cima."""

import re

import pytest
from django import forms

from config.forms import RenderModuli


class ModuloDiProva(forms.Form):
    titolo = forms.CharField(label="Titolo", help_text="Breve, in una riga.")
    nota = forms.CharField(label="Nota", required=False, widget=forms.Textarea(attrs={"class": "alta"}))
    decisione = forms.ChoiceField(
        label="Decisione", widget=forms.RadioSelect, choices=[("si", "Accolta"), ("no", "Respinta")]
    )
    pianificata = forms.BooleanField(label="Pianificata", required=False)
    codice = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, object] | None:
        if self.data.get("nota") == "contraddizione":
            raise forms.ValidationError("Titolo e nota si contraddicono.")
        return super().clean()


def disegna(dati: dict[str, str] | None = None) -> str:
    return re.sub(r"\s+", " ", str(ModuloDiProva(dati, renderer=RenderModuli())))


def test_ogni_campo_ha_la_sua_etichetta_senza_due_punti() -> None:
    html = disegna()

    assert '<label class="campo-etichetta" for="id_titolo">Titolo</label>' in html
    assert "Titolo:" not in html
    assert "riepilogo-errori" not in html


def test_un_campo_non_obbligatorio_lo_dice() -> None:
    html = disegna()

    assert html.count("(facoltativo)") == 1
    assert re.search(r'for="id_nota">Nota <span class="campo-facoltativo">', html)


def test_l_aiuto_è_legato_al_campo() -> None:
    html = disegna()

    assert '<p class="campo-aiuto" id="id_titolo_helptext">Breve, in una riga.</p>' in html
    assert re.search(r'<input type="text" name="titolo"[^>]*aria-describedby="id_titolo_helptext"', html)


def test_una_scelta_è_un_gruppo_con_il_suo_titolo() -> None:
    html = disegna()

    assert re.search(r'<fieldset[^>]*> <legend class="campo-etichetta">Decisione</legend>', html)
    assert re.search(r'<input type="radio"[^>]*id="id_decisione_1"[^>]*>', html)
    assert '<label for="id_decisione_1">Respinta</label>' in html


def test_la_classe_chiesta_dal_campo_resta_accanto_a_quella_del_tema() -> None:
    assert re.search(r'<textarea name="nota"[^>]*class="alta form-control"', disegna())


def test_gli_errori_stanno_nel_riepilogo_e_accanto_al_campo() -> None:
    html = disegna({"codice": "x"})

    assert re.search(r'<div class="riepilogo-errori"[^>]*role="alert" tabindex="-1" autofocus', html)
    assert re.search(r'<a href="#id_titolo">Titolo: .*obbligatorio\.</a>', html)
    assert re.search(r'<ul class="campo-errori" id="id_titolo_error">', html)
    assert re.search(
        r'name="titolo"[^>]*aria-invalid="true"[^>]*aria-describedby="id_titolo_helptext id_titolo_error"',
        html,
    )
    assert "is-invalid" in html


def test_il_riepilogo_porta_alla_prima_scelta_di_un_gruppo() -> None:
    html = disegna({"titolo": "Incontro"})

    assert 'href="#id_decisione_0"' in html
    assert 'id="id_decisione_0"' in html


def test_gli_errori_dell_intero_modulo_stanno_nel_riepilogo() -> None:
    html = disegna({"titolo": "a", "decisione": "si", "nota": "contraddizione"})

    assert "<li>Titolo e nota si contraddicono.</li>" in html


@pytest.mark.parametrize("brutto", ["<script>alert(1)</script>", '"><b>'])
def test_ciò_che_si_scrive_resta_testo(brutto: str) -> None:
    html = disegna({"titolo": brutto})

    assert brutto not in html

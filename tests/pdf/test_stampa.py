"""La stampa di una versione e di un confronto: che cosa c'è, e sempre gli stessi byte."""

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from django.utils.safestring import SafeString

from distretti.basi.canonico import forma_canonica
from distretti.models import Distretto
from programmi.models import Programma, Versione
from tests.pdf.documenti import DOCUMENTI
from tests.pdf.lettura import documento
from valutazione.stampa.modello import Documento, VersioneStampata, in_html, in_pdf
from valutazione.stampa.versione import nome_file


def _documento(nome: str) -> Any:
    composto = DOCUMENTI[nome]()
    assert isinstance(composto, Documento)
    return composto


def _breve() -> VersioneStampata:
    """The same document, without what takes pages."""
    intera: VersioneStampata = _documento("versione")
    return replace(intera, progettualita=intera.progettualita[:1], premessa=SafeString(), sezioni=(), atti=())


def test_gli_stessi_byte_per_la_stessa_versione() -> None:
    assert in_pdf(_breve()) == in_pdf(_breve())


def test_dentro_c_e_il_contenuto_fissato() -> None:
    with pikepdf.open(io.BytesIO(in_pdf(_breve()))) as file:
        (allegato,) = file.Root.AF
        assert str(allegato.UF) == "versione-2.json"
        assert allegato.AFRelationship == "/Data"
        assert allegato.EF.F.read_bytes() == forma_canonica(documento() | {"evidenze": []})
        assert str(file.docinfo.CreationDate) == "D:20250619000000Z"


def test_la_versione_dice_tutto_cio_che_dice_il_programma() -> None:
    pagina = in_html(_documento("versione"))
    dati = documento()
    for voce in dati["progettualita"]:
        for testo in (voce["titolo"], voce["tempi"], *voce["indicatori_testo"]):
            assert testo.replace("'", "&#x27;").replace('"', "&quot;") in pagina
    for riga in dati["obbligatorie"]:
        assert riga["testo"].replace("'", "&#x27;") in pagina
    approvata = "Versione 2, approvata con determinazione del dirigente n. 6607"
    for parte in ("ALLEGATO 001", approvata, "0461/502356"):
        assert parte in pagina
    assert pagina.count("Family Audit</td>") == len(dati["aderenti"])


def test_cio_che_leggono_tutti_non_ha_telefoni_ne_l_impronta_intera() -> None:
    pagina, intera = in_html(_documento("versione-pubblica")), _documento("versione")
    assert "0461/502356" not in pagina
    assert intera.impronta not in pagina
    assert "nella forma pubblica" in pagina


def test_cio_che_fu_soltanto_trasmesso_lo_dice_su_ogni_pagina() -> None:
    pagina = in_html(_documento("versione-trasmessa"))
    assert 'data-avviso="PROGRAMMA NON APPROVATO"' in pagina
    assert "SCHEMA DI PROGRAMMA" in pagina
    assert "RIFERIMENTO" not in pagina


@pytest.mark.parametrize("chi_segue", [True, False])
def test_il_confronto_stampato(chi_segue: bool) -> None:
    composto = _documento("confronto")
    composto = replace(composto, impronte=composto.impronte if chi_segue else ())
    pagina = in_html(composto)
    assert "<del>50</del>% per ogni post o mail" in pagina
    assert "Riconosciuto prima" in pagina
    assert ("Che cosa si è confrontato" in pagina) is chi_segue


def test_il_nome_del_file() -> None:
    programma = Programma(distretto=Distretto(codice="dfa"), anno=2025, variazione=1)
    versione = Versione(programma=programma, numero=3)
    assert nome_file(versione) == "programma-dfa-2025-v1-versione-3.pdf"

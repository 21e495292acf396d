"""What PDF/A-3a and PDF/UA-1 ask, read in the file itself: the rules a validator needs no Java for."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings

from distretti.basi.pdf import html_in_pdf
from tests.pdf.documenti import DOCUMENTI, MODELLI, pdf
from tests.pdf.lettura import documento, relazione, scheda_piena
from valutazione.kernel.scrittura import valuta_documento
from valutazione.relazione.documento import relazione_html
from valutazione.scheda.documenti import testo_di as scritto
from valutazione.scheda.pubblica import forma_pubblica

PDFUAID = "{http://www.aiim.org/pdfua/ns/id/}"

# The others differ in their words only: script/valida-pdf reads them all.
ESAMINATI = ["relazione", "relazione-senza-evidenze"]


def apri(contenuto: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(contenuto))


@pytest.fixture(params=ESAMINATI)
def file(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    with apri(pdf(request.param)) as aperto:
        yield aperto


def elementi(file: pikepdf.Pdf) -> Iterator[Any]:
    """Every element of the structure, parents before children."""
    da_leggere = [file.Root.StructTreeRoot.K[0]]
    while da_leggere:
        elemento = da_leggere.pop()
        yield elemento
        figli: Any = elemento.get("/K", [])
        da_leggere += [figlio for figlio in figli if isinstance(figlio, pikepdf.Dictionary)]


def specie(file: pikepdf.Pdf, nome: str) -> list[Any]:
    return [elemento for elemento in elementi(file) if str(elemento.S) == nome]


def test_ogni_modello_di_documento_si_esamina() -> None:
    """A new document of its own is one more for this table and for the validator."""
    cartella = Path(settings.BASE_DIR) / "templates"
    documenti = {
        str(modello.relative_to(cartella))
        for modello in cartella.rglob("*.html")
        if '{% extends "pdf/base.html" %}' in modello.read_text(encoding="utf-8")
    }
    assert documenti == set(MODELLI)
    for prefisso in MODELLI.values():
        assert any(nome.startswith(prefisso) for nome in DOCUMENTI)


def test_lingua_titolo_e_segni(file: pikepdf.Pdf) -> None:
    assert str(file.Root.Lang) == "it"
    assert bool(file.Root.MarkInfo.Marked)
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
    titolo = "Relazione di valutazione 2025 – Distretto Family Audit Alta Valsugana"
    assert str(file.docinfo.Title) == titolo
    assert "/Encrypt" not in file.trailer
    assert all(pagina.obj.Tabs == "/S" for pagina in file.pages)
    primo, secondo = (bytes(parte) for parte in file.trailer.ID)
    assert primo
    assert primo == secondo


def test_profilo_di_colore(file: pikepdf.Pdf) -> None:
    (intento,) = file.Root.OutputIntents
    assert intento.S == "/GTS_PDFA1"
    assert b"acsp" in intento.DestOutputProfile.read_bytes()[:64]


def test_metadati_in_un_solo_blocco(file: pikepdf.Pdf) -> None:
    xmp = file.Root.Metadata.read_bytes()
    assert xmp.count(b"<rdf:RDF") == xmp.count(b"</rdf:RDF>") == 1
    with file.open_metadata(update_docinfo=False) as metadati:
        assert metadati.pdfa_status == "3A"
        assert metadati[f"{PDFUAID}part"] == "1"
    assert xmp.count(b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:") == 1


def test_la_data_e_quella_del_documento_e_non_di_oggi() -> None:
    with apri(pdf("relazione")) as aperto:
        assert str(aperto.docinfo.CreationDate) == str(aperto.docinfo.ModDate) == "D:20260120000000Z"
        assert b"<xmp:CreateDate>2026-01-20T00:00:00Z<" in aperto.Root.Metadata.read_bytes()


def test_ogni_intestazione_di_tabella_dice_che_cosa_intesta(file: pikepdf.Pdf) -> None:
    intestazioni = specie(file, "/TH")
    assert intestazioni
    assert {str(cella.A.Scope) for cella in intestazioni} == {"/Column", "/Row"}
    for cella in intestazioni:
        testata = cella.P.P.S == "/THead"
        assert cella.A.Scope == ("/Column" if testata else "/Row")


def test_i_modelli_dicono_lo_stesso_verso() -> None:
    """The file takes the scope from where the header stands: so must the templates."""
    html = relazione_html(relazione(scheda_piena()))
    for testata in re.findall(r"<thead>(.*?)</thead>", html, re.DOTALL):
        assert testata.count("<th ") == testata.count('<th scope="col"') > 0
    for corpo in re.findall(r"<tbody>(.*?)</tbody>", html, re.DOTALL):
        assert corpo.count("<th ") == corpo.count('<th scope="row"')


def test_elenchi_tabelle_e_titoli_sono_in_ordine(file: pikepdf.Pdf) -> None:
    for voce in specie(file, "/LI"):
        assert [str(parte.S) for parte in voce.K] == ["/Lbl", "/LBody"]
        assert all(parte.P.objgen == voce.objgen for parte in voce.K)
        assert all(parte.P.objgen == voce.K[1].objgen for parte in voce.K[1].K)
    for tabella in specie(file, "/Table"):
        assert {str(parte.S) for parte in tabella.K} <= {"/Caption", "/THead", "/TBody"}
    # Parents before children is not reading order: the outline is, and it follows the headings.
    livelli = [int(str(e.S)[2:]) for e in elementi(file) if re.fullmatch(r"/H[1-6]", str(e.S))]
    assert set(livelli) == {1, 2, 3}


def test_segnalibri(file: pikepdf.Pdf) -> None:
    with file.open_outline() as segnalibri:
        atto, allegato = segnalibri.root
    assert atto.title.startswith("DETERMINAZIONE DEL DIRIGENTE N.")
    assert [voce.title for voce in atto.children] == [
        "IL DIRIGENTE",
        "DETERMINA",
        "Elenco degli allegati parte integrante",
    ]
    assert allegato.title.startswith("ALLEGATO 001")
    assert [voce.title[:2] for voce in allegato.children] == ["1.", "2.", "3.", "4."]


def test_solo_i_nostri_caratteri_e_tutti_incorporati(file: pikepdf.Pdf) -> None:
    trovati = 0
    for oggetto in file.objects:
        if not (isinstance(oggetto, pikepdf.Dictionary) and oggetto.get("/Type") == "/FontDescriptor"):
            continue
        trovati += 1
        assert re.fullmatch(r"/[A-Z]{6}\+(Titillium|Roboto-Mono)[\w-]*", str(oggetto.FontName))
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(oggetto.keys())
    assert trovati >= 4


def test_ogni_figura_ha_il_suo_testo() -> None:
    """No document has figures yet: the renderer keeps the title of an SVG."""
    html = (
        '<!DOCTYPE html><html lang="it"><head><title>Figura</title><meta name="author" content="Prova">'
        '<link rel="stylesheet" href="statico:css/stampa.css"></head><body><p>Testo</p>'
        '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><title>Due barre</title>'
        '<rect width="5" height="9"/></svg></body></html>'
    )
    with apri(html_in_pdf(html)) as aperto:
        (figura,) = specie(aperto, "/Figure")
        assert str(figura.Alt) == "Due barre"
    with apri(pdf("relazione")) as aperto:
        assert not specie(aperto, "/Figure")


def test_dentro_ci_sono_la_scheda_e_l_esito() -> None:
    """The bytes of ``esporta --pubblica`` and, of that file, of ``valuta``."""
    pubblica = forma_pubblica(documento())
    attesi = {
        "esito.json": scritto(valuta_documento(pubblica)),
        "scheda.json": scritto(pubblica),
    }
    with apri(pdf("relazione")) as aperto:
        assert list(aperto.Root.Names.EmbeddedFiles.Names)[::2] == list(attesi)
        assert [str(file.UF) for file in aperto.Root.AF] == list(attesi)
        for file in aperto.Root.AF:
            assert file.AFRelationship == "/Data"
            assert str(file.F) == str(file.UF)
            contenuto = file.EF.F
            assert contenuto.read_bytes() == attesi[str(file.UF)].encode()
            assert contenuto.Subtype == "/application/json"
            assert str(contenuto.Params.CreationDate) == str(contenuto.Params.ModDate) == "D:20260120000000Z"
        descrizioni = [str(file.Desc) for file in aperto.Root.AF]
        assert descrizioni == ["Esito della valutazione", "Scheda in forma pubblica"]


def test_cio_che_e_incorporato_non_ha_dati_personali() -> None:
    with apri(pdf("relazione")) as aperto:
        dentro = " ".join(file.EF.F.read_bytes().decode() for file in aperto.Root.AF)
    for evidenza in documento()["evidenze"]:
        for persona in evidenza.get("persone", []):
            assert f'"{persona}"' not in dentro
        if evidenza["titolo"] != evidenza.get("titolo_pubblico"):
            assert f'"{evidenza["titolo"]}"' not in dentro
    assert '"motivazione"' not in dentro
    assert '"telefono"' not in dentro

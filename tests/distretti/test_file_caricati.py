"""File caricati: si guarda il contenuto, mai quello che dice chi li manda."""

import hashlib
import io
import zipfile

import pikepdf
import pytest

from distretti.basi.file_caricati import FORMATI_ATTO, FileNonAmmesso, controlla_file, nome_sicuro

MASSIMO = 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40)


def pdf(password: str = "") -> bytes:
    uscita = io.BytesIO()
    documento = pikepdf.new()
    documento.add_blank_page()
    if password:
        documento.save(uscita, encryption=pikepdf.Encryption(owner=password, user=password))
    else:
        documento.save(uscita)
    return uscita.getvalue()


def archivio(**voci: bytes) -> bytes:
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as zip_:
        for nome, contenuto in voci.items():
            zip_.writestr(nome, contenuto)
    return uscita.getvalue()


DOCX = archivio(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
XLSX = archivio(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"})
ODT = archivio(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<x/>"})
ODS = archivio(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": b"<x/>"})
EML = b"From: ufficio@esempio.it\r\nTo: altro@esempio.it\r\nSubject: Invito\r\n\r\nTesto.\r\n"
P7M = bytes.fromhex("308206092a864886f70d010702a0")


@pytest.mark.parametrize(
    ("nome", "contenuto", "tipo"),
    [
        ("a.pdf", pdf(), "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.JPG", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(40), "image/jpeg"),
        ("a.tif", b"II*\x00\x08\x00\x00\x00" + bytes(40), "image/tiff"),
        ("a.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.odt", ODT, "application/vnd.oasis.opendocument.text"),
        ("a.ods", ODS, "application/vnd.oasis.opendocument.spreadsheet"),
        ("a.csv", "città;ore\nPergine;3\n".encode(), "text/csv"),
        ("a.eml", EML, "message/rfc822"),
    ],
)
def test_ammette_i_formati_previsti(nome: str, contenuto: bytes, tipo: str) -> None:
    file = io.BytesIO(contenuto)
    esito = controlla_file(file, nome=nome, massimo=MASSIMO)
    assert (esito.nome, esito.tipo, esito.dimensione) == (nome, tipo, len(contenuto))
    assert esito.sha256 == hashlib.sha256(contenuto).hexdigest()
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("nome", "contenuto", "parola"),
    [
        ("a.pdf", b"", "vuoto"),
        ("a.pdf", b"MZ\x90\x00" + bytes(60), "eseguibile"),
        ("a.pdf", b"\x7fELF\x02\x01\x01" + bytes(60), "eseguibile"),
        ("a.csv", b"#!/bin/sh\necho\n", "eseguibile"),
        ("fattura.pdf.exe", pdf(), "eseguibile"),
        ("a.pdf", pdf("segreta"), "password"),
        ("a.pdf", b"%PDF-1.7\nrotto", "danneggiato"),
        ("a.png", pdf(), "il contenuto è PDF"),
        ("a.pdf", PNG, "il contenuto è PNG"),
        ("a.html", b"<html><script>alert(1)</script></html>", "non è ammesso"),
        ("a.csv", b"<html><script>alert(1)</script></html>", "non è ammesso"),
        ("a.csv", b"a;b\x00\n", "non è ammesso"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "non è ammesso"),
        ("a.zip", archivio(**{"x.txt": b"x"}), "archivio"),
        ("a.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "password"),
        ("a.docx", archivio(**{"[Content_Types].xml": b"x", "word/vbaProject.bin": b"x"}), "macro"),
        (
            "a.docx",
            archivio(**{"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"}),
            "macro",
        ),
        (
            "a.odt",
            archivio(mimetype=b"application/vnd.oasis.opendocument.text", **{"Basic/a.xml": b"x"}),
            "macro",
        ),
        (
            "a.docx",
            archivio(**{"[Content_Types].xml": b"x", "word/document.xml": bytes(5_000_000)}),
            "troppo spazio",
        ),
        ("a.docx", b"PK\x03\x04rotto", "danneggiato"),
        (
            "a.eml",
            b"From: a@b.it\nTo: c@d.it\nContent-Type: application/octet-stream; name=x.exe\n"
            b"Content-Disposition: attachment; filename=x.exe\n\n\x7fELF\x02",
            "eseguibile",
        ),
        ("a.pdf", b"a" * (MASSIMO + 1), "troppo grande"),
        ("atto.p7m", P7M, "non è ammesso"),
        ("...", pdf(), "nome"),
        ("../..", pdf(), "nome"),
    ],
)
def test_rifiuta_con_parole_chiare(nome: str, contenuto: bytes, parola: str) -> None:
    with pytest.raises(FileNonAmmesso) as errore:
        controlla_file(io.BytesIO(contenuto), nome=nome, massimo=MASSIMO)
    assert parola in errore.value.messaggio


def test_un_atto_firmato_e_pdf_o_p7m() -> None:
    atto = controlla_file(io.BytesIO(P7M), nome="atto.pdf.p7m", massimo=MASSIMO, formati=FORMATI_ATTO)
    assert (atto.nome, atto.tipo) == ("atto.pdf.p7m", "application/pkcs7-mime")
    with pytest.raises(FileNonAmmesso):
        controlla_file(io.BytesIO(PNG), nome="atto.png", massimo=MASSIMO, formati=FORMATI_ATTO)
    with pytest.raises(FileNonAmmesso, match=r"non è ammesso\. Si accettano file PDF o P7M\.$"):
        controlla_file(io.BytesIO(b"import os"), nome="atto.py", massimo=MASSIMO, formati=FORMATI_ATTO)


@pytest.mark.parametrize(
    ("nome", "atteso"),
    [
        ("../../x", "x"),
        ("..\\..\\verbale 1.pdf", "verbale 1.pdf"),
        ("/etc/passwd", "passwd"),
        (".htaccess", "htaccess"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ('riunione "finale": note?.pdf', "riunione _finale__ note_.pdf"),
    ],
)
def test_il_nome_si_ripulisce(nome: str, atteso: str) -> None:
    assert nome_sicuro(nome) == atteso


def test_un_nome_senza_estensione_prende_quella_del_contenuto() -> None:
    assert controlla_file(io.BytesIO(pdf()), nome="../../x", massimo=MASSIMO).nome == "x.pdf"

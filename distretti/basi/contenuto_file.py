"""Which of the admitted formats a file is, told from its bytes alone. Plain Python, no Django."""

import email
import re
import zipfile
from email import policy
from enum import Enum
from io import BytesIO
from typing import IO

import pikepdf
import puremagic

_INIZIO = 8 * 1024
_VOCI_MASSIME = 5_000
_ESPANSO_MASSIMO = 200 * 1024 * 1024
_RAPPORTO_MASSIMO = 200
_FIRMA_CMS = bytes.fromhex("06092a864886f70d010702")
_INTESTAZIONI_MAIL = re.compile(
    rb"^(?:from|to|date|subject|message-id|received|return-path|mime-version):", re.I | re.M
)
_ESEGUIBILI = {".exe", ".dll", ".msi", ".class", ".elf", ".appimage", ".bat", ".cmd", ".com", ".scr", ".jar"}
_INIZI_ESEGUIBILI = (
    b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf",
)  # fmt: skip
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


class ErroreContenuto(ValueError):
    """Why the content cannot be taken, in Italian."""


class FormatoIgnoto(ErroreContenuto):
    """The content is none of the formats: who asked says which ones it takes."""


class Formato(Enum):
    """An admitted format: MIME type and extensions, the first being the usual one."""

    PDF = ("application/pdf", (".pdf",))
    ODT = ("application/vnd.oasis.opendocument.text", (".odt",))
    DOCX = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",))
    ODS = ("application/vnd.oasis.opendocument.spreadsheet", (".ods",))
    XLSX = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",))
    CSV = ("text/csv", (".csv",))
    PNG = ("image/png", (".png",))
    JPG = ("image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"))
    TIFF = ("image/tiff", (".tif", ".tiff"))
    EML = ("message/rfc822", (".eml",))
    P7M = ("application/pkcs7-mime", (".p7m",))

    def __init__(self, mime: str, estensioni: tuple[str, ...]) -> None:
        self.mime = mime
        self.estensioni = estensioni


def formato_di(file: IO[bytes], dimensione: int, estensione: str) -> Formato:
    """The format of ``file``; ``estensione`` only tells apart what is plain text (CSV, EML).

    Raises :class:`ErroreContenuto` for everything that is not foreseen or not safe.
    """
    file.seek(0)
    inizio = file.read(_INIZIO)
    if _eseguibile(inizio) or estensione in _ESEGUIBILI:
        raise ErroreContenuto("è un programma eseguibile: non si può caricare.")
    if inizio.startswith(_OLE):
        raise ErroreContenuto(
            "è protetto da password o in un formato vecchio: salvalo senza password, in PDF o DOCX."
        )
    if inizio.startswith(b"PK\x03\x04"):
        return _documento_compresso(file)
    riconosciuti = _tipi_riconosciuti(inizio)
    if b"%PDF-" in inizio[:1024]:
        return _pdf(file)
    for formato in (Formato.PNG, Formato.JPG, Formato.TIFF):
        if formato.mime in riconosciuti:
            return formato
    if inizio[:1] == b"\x30" and _FIRMA_CMS in inizio[:64]:
        return Formato.P7M
    if estensione == ".eml" and len(set(_INTESTAZIONI_MAIL.findall(inizio))) >= 2:
        return _mail(file)
    if estensione == ".csv" and "text/html" not in riconosciuti and _e_testo(file):
        return Formato.CSV
    raise FormatoIgnoto("questo tipo di file non è ammesso.")


def _eseguibile(inizio: bytes) -> bool:
    if inizio.startswith(b"MZ"):
        return b"\x00" in inizio  # not a table whose first words are "MZ"
    return inizio.startswith(_INIZI_ESEGUIBILI)


def _tipi_riconosciuti(inizio: bytes) -> set[str]:
    try:
        return {tipo.mime_type for tipo in puremagic.magic_string(inizio)}
    except puremagic.PureError:
        return set()


def _pdf(file: IO[bytes]) -> Formato:
    file.seek(0)
    try:
        with pikepdf.open(BytesIO(file.read())) as documento:
            cifrato = documento.is_encrypted
    except pikepdf.PasswordError as errore:
        raise ErroreContenuto(
            "è un PDF protetto da password: caricane una copia senza protezione."
        ) from errore
    except (pikepdf.PdfError, ValueError) as errore:
        raise ErroreContenuto("è un PDF danneggiato: non si riesce a leggerlo.") from errore
    if cifrato:
        raise ErroreContenuto("è un PDF cifrato: caricane una copia senza protezione.")
    return Formato.PDF


def _documento_compresso(file: IO[bytes]) -> Formato:
    """An office document, told from its table of contents; nothing is expanded but two small entries."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archivio:
            voci = archivio.infolist()
            _controlla_espansione(voci)
            formato = _formato_office(archivio, {voce.filename for voce in voci})
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError) as errore:
        raise ErroreContenuto("è un documento danneggiato o protetto: non si riesce a leggerlo.") from errore
    if formato is None:
        raise ErroreContenuto("è un archivio compresso: carica i singoli documenti.")
    return formato


def _controlla_espansione(voci: list[zipfile.ZipInfo]) -> None:
    espanso = sum(voce.file_size for voce in voci)
    compresso = sum(voce.compress_size for voce in voci)
    if (
        len(voci) > _VOCI_MASSIME
        or espanso > _ESPANSO_MASSIMO
        or espanso > _RAPPORTO_MASSIMO * max(compresso, 1024)
    ):
        raise ErroreContenuto("una volta aperto occuperebbe troppo spazio: non si può caricare.")
    if any(voce.flag_bits & 0x1 for voce in voci):
        raise ErroreContenuto("è protetto da password: caricane una copia senza protezione.")


def _formato_office(archivio: zipfile.ZipFile, nomi: set[str]) -> Formato | None:
    macro = "contiene macro: caricane una copia senza macro, per esempio in PDF."
    if "[Content_Types].xml" in nomi:
        tipi = _voce(archivio, "[Content_Types].xml")
        if b"macroenabled" in tipi.lower() or any("vbaproject" in nome.lower() for nome in nomi):
            raise ErroreContenuto(macro)
        if "word/document.xml" in nomi:
            return Formato.DOCX
        return Formato.XLSX if "xl/workbook.xml" in nomi else None
    if "mimetype" in nomi:
        tipo = _voce(archivio, "mimetype").decode("ascii", "replace").strip()
        if any(nome.startswith(("Basic/", "Scripts/")) for nome in nomi):
            raise ErroreContenuto(macro)
        if "META-INF/manifest.xml" in nomi and b"encryption-data" in _voce(archivio, "META-INF/manifest.xml"):
            raise ErroreContenuto("è protetto da password: caricane una copia senza protezione.")
        return next((f for f in (Formato.ODT, Formato.ODS) if f.mime == tipo), None)
    return None


def _voce(archivio: zipfile.ZipFile, nome: str) -> bytes:
    with archivio.open(nome) as voce:
        return voce.read(1024 * 1024)


def _mail(file: IO[bytes]) -> Formato:
    """A message whose own attachments are no programs."""
    file.seek(0)
    messaggio = email.message_from_binary_file(file, policy=policy.compat32)
    for parte in messaggio.walk():
        contenuto = parte.get_payload(decode=True)
        if isinstance(contenuto, bytes) and parte.get_filename() and _eseguibile(contenuto[:_INIZIO]):
            raise ErroreContenuto("il messaggio ha in allegato un programma eseguibile: non si può caricare.")
    return Formato.EML


def _e_testo(file: IO[bytes]) -> bool:
    """Text all through: no control bytes besides tabs and line ends."""
    file.seek(0)
    while pezzo := file.read(64 * 1024):
        if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", pezzo):
            return False
    return True

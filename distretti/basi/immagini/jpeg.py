"""JPEG: a chain of marked segments, of which only those that make the picture are kept.

Saving it again, also with Pillow's ``quality="keep"``, decodes and codes the picture anew: of a noisy
photograph of 1600 × 1200 points it changed 0.015% of them, by up to 3 levels in 255, and kept the comment.
Here the coded picture is copied as it is.
"""

import re
import struct
from collections.abc import Iterator

from distretti.basi.immagini.comune import (
    DIRITTA,
    Guasta,
    controlla_misura,
    numero,
    orientamento,
    solo_orientamento,
)

_EOI, _SOS = 0xD9, 0xDA
_APP0, _APP1, _APP2, _APP14, _APP15, _COM = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_MISURE = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_EXIF, _JFIF, _ICC, _ADOBE = b"Exif\x00\x00", b"JFIF\x00", b"ICC_PROFILE\x00", b"Adobe"
_DOPO_I_PUNTI = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
"""The last byte that fills, and a marker: to look for all that fill is slow, where a file is made so."""


def jpeg_ripulita(dati: bytes) -> bytes:
    """The same picture, without APPn segments (but density, profile, turn) and comments."""
    if dati[:2] != b"\xff\xd8":
        raise Guasta
    testa: list[bytes] = []
    resto: list[bytes] = []
    girata, visti = DIRITTA, set()
    for segno, contenuto, punti in _segmenti(dati):
        visti.add(segno)
        if segno == _APP1 and contenuto.startswith(_EXIF) and girata == DIRITTA:
            girata = orientamento(contenuto[len(_EXIF) :])
        if segno in _MISURE:
            controlla_misura(numero(contenuto, 3, ">H"), numero(contenuto, 1, ">H"))
        tenuto = _tenuto(segno, contenuto)
        if tenuto is not None:
            (testa if segno == _APP0 else resto).append(_segmento(segno, tenuto) + punti)
    if not visti & _MISURE or _SOS not in visti:
        raise Guasta
    if girata != DIRITTA:
        testa.append(_segmento(_APP1, _EXIF + solo_orientamento(girata)))
    return b"".join((b"\xff\xd8", *testa, *resto, b"\xff\xd9"))


def _segmenti(dati: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, content, and the coded points that follow it, of each segment to the end of the picture."""
    posto = 2
    while True:
        segno, posto = _segno(dati, posto)
        if segno == _EOI:
            return
        lunghezza = numero(dati, posto, ">H")
        inizio, posto = posto + 2, posto + lunghezza
        if lunghezza < 2 or posto > len(dati):
            raise Guasta
        fine = _fine_dei_punti(dati, posto) if segno == _SOS else posto
        yield segno, dati[inizio:posto], dati[posto:fine]
        posto = fine


def _segno(dati: bytes, posto: int) -> tuple[int, int]:
    """The marker at ``posto``, past the bytes that fill, and where what follows it begins."""
    if numero(dati, posto, ">B") != 0xFF:
        raise Guasta
    while numero(dati, posto, ">B") == 0xFF:
        posto += 1
    return dati[posto], posto + 1


def _fine_dei_punti(dati: bytes, posto: int) -> int:
    """Where the coded points that begin at ``posto`` end: at a marker that is no restart."""
    trovato = _DOPO_I_PUNTI.search(dati, posto)
    if trovato is None:
        raise Guasta
    return trovato.start()


def _tenuto(segno: int, contenuto: bytes) -> bytes | None:
    """What is kept of a segment; None when nothing is."""
    if segno == _APP0 and contenuto.startswith(_JFIF) and len(contenuto) >= 14:
        return contenuto[:12] + b"\x00\x00"  # the density, without the thumbnail
    if segno == _APP2 and contenuto.startswith(_ICC):
        return contenuto
    if segno == _APP14 and contenuto.startswith(_ADOBE):
        return contenuto[:12]  # how the colours are coded
    if _APP0 <= segno <= _APP15 or segno == _COM:
        return None
    return contenuto


def _segmento(segno: int, contenuto: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, segno, len(contenuto) + 2) + contenuto

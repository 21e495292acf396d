"""PNG: a chain of chunks with a name and a checksum, of which only those that make the picture are kept."""

import struct
import zlib
from collections.abc import Iterator

from distretti.basi.immagini.comune import (
    DIRITTA,
    Guasta,
    controlla_misura,
    numero,
    orientamento,
    solo_orientamento,
)

_FIRMA = b"\x89PNG\r\n\x1a\n"
_TENUTI = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP mDCV cLLI acTL fcTL fdAT".split()
)
"""The picture, its colours and resolution, its frames; never texts, dates, EXIF, or what programs add."""

_CAMPIONI = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PEZZO = 1 << 20


def png_ripulita(dati: bytes) -> bytes:
    """The same picture, without texts, EXIF, dates and unknown chunks. Each checksum must hold."""
    if not dati.startswith(_FIRMA):
        raise Guasta
    blocchi = list(_blocchi(dati))
    if not blocchi or blocchi[0][0] != b"IHDR" or len(blocchi[0][1]) != 13:
        raise Guasta
    _controlla_punti(blocchi[0][1], [contenuto for nome, contenuto in blocchi if nome == b"IDAT"])
    girata = next((orientamento(contenuto) for nome, contenuto in blocchi if nome == b"eXIf"), DIRITTA)
    tenuti = [_blocco(nome, contenuto) for nome, contenuto in blocchi if nome in _TENUTI]
    if girata != DIRITTA:
        tenuti.insert(1, _blocco(b"eXIf", solo_orientamento(girata)))
    return b"".join((_FIRMA, *tenuti))


def _blocchi(dati: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each chunk, to the end of the picture: what follows it is not read."""
    posto = len(_FIRMA)
    while True:
        lunghezza = numero(dati, posto, ">I")
        nome = dati[posto + 4 : posto + 8]
        contenuto = dati[posto + 8 : posto + 8 + lunghezza]
        if numero(dati, posto + 8 + lunghezza, ">I") != zlib.crc32(contenuto, zlib.crc32(nome)):
            raise Guasta
        yield nome, contenuto
        if nome == b"IEND":
            return
        posto += 12 + lunghezza


def _controlla_punti(testata: bytes, punti: list[bytes]) -> None:
    """The points unpack to their end, and are no more than the measure promises; none of them is kept."""
    larghezza, altezza, bit, colore = struct.unpack_from(">IIBB", testata)
    controlla_misura(larghezza, altezza)
    if colore not in _CAMPIONI or bit not in (1, 2, 4, 8, 16):
        raise Guasta
    # Interlaced, seven smaller pictures: each line of them rounds up to a byte and has its filter.
    attesi = (larghezza * bit * _CAMPIONI[colore] // 8 + 2) * altezza + 2 * (larghezza + altezza) + 64
    if testata[12]:
        attesi = 2 * attesi
    scompatta, contati = zlib.decompressobj(), 0
    try:
        for pezzo in punti:
            da_fare = pezzo
            while da_fare and not scompatta.eof:
                contati += len(scompatta.decompress(da_fare, _PEZZO))
                da_fare = scompatta.unconsumed_tail
                if contati > attesi:
                    raise Guasta
        while not scompatta.eof and (altro := scompatta.decompress(b"", _PEZZO)):
            contati += len(altro)
    except zlib.error as errore:
        raise Guasta from errore
    if not scompatta.eof:
        raise Guasta


def _blocco(nome: bytes, contenuto: bytes) -> bytes:
    somma = zlib.crc32(contenuto, zlib.crc32(nome))
    return struct.pack(">I", len(contenuto)) + nome + contenuto + struct.pack(">I", somma)

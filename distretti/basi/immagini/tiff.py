"""TIFF: directories of tags that point into the file. What no kept tag points to becomes zeros.

Nothing moves, so no pointer changes and the coded picture stays as it is, whatever its compression.
"""

import struct
from dataclasses import dataclass, field

from distretti.basi.contenuto_file import ErroreContenuto
from distretti.basi.immagini.comune import Guasta, controlla_misura, numero

_PAGINE_MASSIME = 1_000
_LARGHEZZA, _ALTEZZA, _COMPRESSIONE = 256, 257, 259
_PUNTI = ((273, 279), (324, 325))
"""Where the strips or the tiles are, and how long."""

_TENUTI = frozenset({
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284,
    290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 326, 327, 328, 332, 334,
    336, 338, 339, 340, 341, 342, 347, 529, 530, 531, 532, 34675,
})  # fmt: skip
"""Measure, coding, colours, profile, resolution, turn and number of the page; nothing that tells a story."""

_LARGHI = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Bytes of a value of each type."""

_JPEG_VECCHIO = 6
_DENTRO_I_PUNTI = (b"Exif\x00\x00", b"http://ns.adobe.com/", b"Photoshop 3.0\x00")


class NonSiRiesce(ErroreContenuto):
    """A TIFF whose metadata cannot be told from its points."""

    def __init__(self) -> None:
        super().__init__(
            "è un TIFF di cui non si riescono a togliere i dati di posizione: "
            "salvalo in PDF, PNG o JPG e riprova."
        )


@dataclass
class _Ripulitura:
    """A file being copied: ``scritto`` is zeros but for what is kept."""

    dati: bytes
    verso: str
    scritto: bytearray = field(init=False)
    resta: int = field(init=False)
    fine: int = 8

    def __post_init__(self) -> None:
        self.scritto = bytearray(len(self.dati))
        # A picture holds each of its bytes once, or nearly: who asks for many times as many wants our time.
        self.resta = 4 * len(self.dati)
        self.tieni(0, 8)

    def numero(self, posto: int, forma: str) -> int:
        return numero(self.dati, posto, self.verso + forma)

    def tieni(self, posto: int, quanti: int) -> None:
        self.scrivi(posto, self.dati[posto : posto + quanti], quanti)

    def scrivi(self, posto: int, contenuto: bytes, quanti: int) -> None:
        self.resta -= quanti
        if posto < 0 or len(contenuto) != quanti or self.resta < 0:
            raise Guasta
        self.scritto[posto : posto + quanti] = contenuto
        self.fine = max(self.fine, posto + quanti)


def tiff_ripulita(dati: bytes) -> bytes:
    """The same pages, without EXIF, GPS, XMP, IPTC, texts, thumbnails and unknown tags."""
    verso = {b"II*\x00": "<", b"MM\x00*": ">"}.get(dati[:4])
    if verso is None:
        raise NonSiRiesce if dati[:4] in (b"II+\x00", b"MM\x00+") else Guasta
    file = _Ripulitura(dati, verso)
    visti: set[int] = set()
    pagina = file.numero(4, "I")
    while pagina:
        if pagina in visti or len(visti) >= _PAGINE_MASSIME:
            raise Guasta
        visti.add(pagina)
        pagina = _pagina(file, pagina)
    if not visti:
        raise Guasta
    scritto = bytes(file.scritto[: file.fine])
    if any(segno in scritto for segno in _DENTRO_I_PUNTI):
        raise NonSiRiesce  # inside the coded points, where it cannot be told from them
    return scritto


def _pagina(file: _Ripulitura, posto: int) -> int:
    """Copy a directory and what it points to. Returns where the next one is, 0 after the last."""
    quante = file.numero(posto, "H")
    voci = [posto + 2 + 12 * n for n in range(quante)]
    tenute = {}
    for voce in voci:
        etichetta = file.numero(voce, "H")
        if etichetta in _TENUTI:
            tenute[etichetta] = (voce, _valori(file, voce, etichetta))
    prossima = file.numero(posto + 2 + 12 * quante, "I")
    _controlla(tenute)
    contenuto = b"".join(file.dati[voce : voce + 12] for voce, _ in tenute.values())
    elenco = struct.pack(f"{file.verso}H", len(tenute)) + contenuto + struct.pack(f"{file.verso}I", prossima)
    file.scrivi(posto, elenco, len(elenco))
    for dove, quanto in _PUNTI:
        if dove in tenute:
            inizi, lunghezze = tenute[dove][1], tenute.get(quanto, (0, []))[1]
            if len(inizi) != len(lunghezze):
                raise NonSiRiesce
            for inizio, lunghezza in zip(inizi, lunghezze, strict=True):
                file.tieni(inizio, lunghezza)
    return prossima


def _controlla(tenute: dict[int, tuple[int, list[int]]]) -> None:
    def valore(etichetta: int) -> int:
        valori = tenute[etichetta][1] if etichetta in tenute else []
        return valori[0] if valori else 0

    controlla_misura(valore(_LARGHEZZA), valore(_ALTEZZA))
    if valore(_COMPRESSIONE) == _JPEG_VECCHIO:
        raise NonSiRiesce
    if not any(dove in tenute for dove, _ in _PUNTI):
        raise Guasta


def _valori(file: _Ripulitura, voce: int, etichetta: int) -> list[int]:
    """Copy the value of an entry, where it does not stand in the entry itself; its whole numbers."""
    tipo, quanti = file.numero(voce + 2, "H"), file.numero(voce + 4, "I")
    larghezza = _LARGHI.get(tipo, 0) * quanti
    if not 0 < larghezza <= len(file.dati):
        raise Guasta
    posto = voce + 8
    if larghezza > 4:
        posto = file.numero(voce + 8, "I")
        file.tieni(posto, larghezza)
    forma = {1: "B", 3: "H", 4: "I", 13: "I"}.get(tipo)
    if forma is None or etichetta == 34675:
        return []
    return list(struct.unpack_from(f"{file.verso}{quanti}{forma}", file.dati, posto))

"""What the formats of a picture share: its measure, and the little EXIF that says how to turn it."""

import struct
from collections.abc import Iterator

from distretti.basi.contenuto_file import ErroreContenuto

PIXEL_MASSIMI = 100_000_000
"""No more pixels than this: a file of few bytes may ask for all the memory of who opens it."""

DIRITTA = 1
ORIENTAMENTO = 0x0112
_BREVE = 3


class Guasta(ErroreContenuto):
    """A picture that cannot be read to its end."""

    def __init__(self) -> None:
        super().__init__("è un'immagine danneggiata: non si riesce a leggerla.")


def controlla_misura(larghezza: int, altezza: int) -> None:
    """Raises :class:`ErroreContenuto` for a picture without pixels, or with too many."""
    if larghezza < 1 or altezza < 1:
        raise Guasta
    if larghezza * altezza > PIXEL_MASSIMI:
        raise ErroreContenuto(
            f"è un'immagine di {larghezza} × {altezza} punti, troppi per aprirla: riducila e riprova."
        )


def numero(dati: bytes, posto: int, forma: str) -> int:
    """A whole number at ``posto``, of struct's ``forma`` (">H"). Raises :class:`Guasta` past the end."""
    if posto < 0 or posto + struct.calcsize(forma) > len(dati):
        raise Guasta
    (valore,) = struct.unpack_from(forma, dati, posto)
    return int(valore)


def orientamento(exif: bytes) -> int:
    """The turn of the camera in a block of EXIF (from its "II" or "MM" on), 1 to 8; 1 when it does not say.

    A block that cannot be read says nothing: it is about to be dropped.
    """
    verso = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if verso is None:
        return DIRITTA
    try:
        for posto in _voci(exif, verso):
            if numero(exif, posto, f"{verso}H") == ORIENTAMENTO:
                valore = numero(exif, posto + 8, f"{verso}H")
                return valore if 1 <= valore <= 8 else DIRITTA
    except Guasta:
        pass
    return DIRITTA


def _voci(exif: bytes, verso: str) -> Iterator[int]:
    """Where each entry of the first directory begins."""
    inizio = numero(exif, 4, f"{verso}I")
    quante = numero(exif, inizio, f"{verso}H")
    yield from range(inizio + 2, inizio + 2 + 12 * quante, 12)


def solo_orientamento(valore: int) -> bytes:
    """A block of EXIF that says the turn of the camera and nothing else."""
    voce = struct.pack(">HHIHH", ORIENTAMENTO, _BREVE, 1, valore, 0)
    return b"MM\x00*" + struct.pack(">IH", 8, 1) + voce + struct.pack(">I", 0)

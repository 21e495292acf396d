"""Photographs without what they tell of who took them: where, when, with which device.

::

    contenuto = ripulita(contenuto, Formato.JPG)

The pixels are never coded again: what is not needed to show the picture is left out of the file, and the
rest is copied byte by byte. Kept are the turn of the camera (orientation), the colour profile, the
resolution; dropped EXIF, GPS, XMP, IPTC, maker notes, thumbnails, comments, and whatever follows the end.
"""

import struct
from collections.abc import Callable

from distretti.basi.contenuto_file import Formato
from distretti.basi.immagini.comune import Guasta
from distretti.basi.immagini.jpeg import jpeg_ripulita
from distretti.basi.immagini.png import png_ripulita
from distretti.basi.immagini.tiff import tiff_ripulita

_RIPULITURE: dict[Formato, Callable[[bytes], bytes]] = {
    Formato.JPG: jpeg_ripulita,
    Formato.PNG: png_ripulita,
    Formato.TIFF: tiff_ripulita,
}

FORMATI_IMMAGINE = frozenset(_RIPULITURE)
"""The formats of a photograph or of a scan."""


def ripulita(contenuto: bytes, formato: Formato) -> bytes:
    """``contenuto`` without metadata; the same bytes where there is nothing to take away.

    Raises :class:`ErroreContenuto`, in words, for a broken picture, for one that would swell beyond measure
    once opened, and for one whose metadata cannot be told from the pixels: it is not kept as it came.
    """
    try:
        return _RIPULITURE[formato](contenuto)
    except (IndexError, struct.error) as errore:
        raise Guasta from errore

"""Le foto si conservano senza dire dove, quando e da chi furono fatte; i punti restano quelli."""

import struct
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageSequence, PngImagePlugin, TiffImagePlugin

from distretti.basi.contenuto_file import ErroreContenuto, Formato
from distretti.basi.immagini import ripulita
from distretti.basi.immagini.comune import orientamento, solo_orientamento

LATITUDINE = (46.0, 3.0, 29.5)
SEGRETI = (
    b"ACME Phone",
    b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x02",
    b"SEGRETO",
    b"Photoshop 3.0",
    b"ns.adobe",
)
"""Words that the pictures of these tests carry outside of their points."""


def disegno(modo: str = "RGB", misura: tuple[int, int] = (64, 48)) -> Image.Image:
    sfumato = Image.linear_gradient("L").resize(misura)
    return Image.merge("RGB", (sfumato, sfumato.rotate(90), sfumato.rotate(180))).convert(modo)


def exif(girata: int = 6) -> Image.Exif:
    dati = Image.Exif()
    dati[0x010F] = "ACME Phone"
    dati[0x0112] = girata
    dati[0x013B] = "SEGRETO autore"
    posizione = dati.get_ifd(0x8825)
    posizione.update({1: "N", 2: LATITUDINE, 3: "E", 4: (11.0, 14.0, 8.0)})
    dati.get_ifd(0x8769)[0x927C] = b"SEGRETO maker note"
    return dati


def profilo() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def jpeg(**altro: Any) -> bytes:
    dati = BytesIO()
    scelte: dict[str, Any] = {"exif": exif(), "comment": b"SEGRETO commento", "icc_profile": profilo()}
    disegno().save(dati, "JPEG", quality=85, **scelte | altro)
    iptc = b"Photoshop 3.0\x00SEGRETO iptc"
    xmp = b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>SEGRETO</x:xmpmeta>"
    altri = b"".join(
        struct.pack(">BBH", 0xFF, segno, len(corpo) + 2) + corpo
        for segno, corpo in ((0xED, iptc), (0xE1, xmp), (0xE2, b"FPXR\x00SEGRETO"), (0xE7, b"SEGRETO"))
    )
    scritto = dati.getvalue()
    return scritto[:2] + altri + scritto[2:] + b"SEGRETO filmato in coda"


def png(**altro: Any) -> bytes:
    testi = PngImagePlugin.PngInfo()
    testi.add_text("Author", "SEGRETO")
    testi.add_itxt("XML:com.adobe.xmp", "SEGRETO http://ns.adobe.com/", zip=False)
    testi.add_text("Comment", "SEGRETO" * 50, zip=True)
    dati = BytesIO()
    scelte: dict[str, Any] = {"exif": exif(), "pnginfo": testi, "icc_profile": profilo(), "dpi": (300, 300)}
    disegno(altro.pop("modo", "RGBA")).save(dati, "PNG", **scelte | altro)
    return dati.getvalue() + b"SEGRETO in coda"


def tiff(**altro: Any) -> bytes:
    voci = TiffImagePlugin.ImageFileDirectory_v2()
    voci[270] = "SEGRETO didascalia"
    voci[315] = "SEGRETO autore"
    voci[700] = b"<x:xmpmeta>SEGRETO http://ns.adobe.com/</x:xmpmeta>"
    voci[33723] = b"SEGRETO iptc"
    voci[274] = 6
    if "compression" not in altro:  # libtiff, that packs, cannot write them
        voci[34853] = {1: "N", 2: LATITUDINE, 3: "E", 4: (11.0, 14.0, 8.0)}
        voci[34665] = {0x927C: b"SEGRETO maker note"}
    dati = BytesIO()
    scelte: dict[str, Any] = {"tiffinfo": voci, "icc_profile": profilo(), "dpi": (300, 300)}
    disegno(altro.pop("modo", "RGB")).save(dati, "TIFF", **scelte | altro)
    return dati.getvalue()


def pagine(dati: bytes) -> list[tuple[str, tuple[int, int], bytes]]:
    with Image.open(BytesIO(dati)) as immagine:
        return [(p.mode, p.size, p.tobytes()) for p in ImageSequence.Iterator(immagine)]


FOTO: dict[str, tuple[Formato, Callable[[], bytes]]] = {
    "jpeg": (Formato.JPG, jpeg),
    "jpeg a passate": (Formato.JPG, lambda: jpeg(progressive=True)),
    "jpeg con riprese": (Formato.JPG, lambda: jpeg(restart_marker_blocks=2)),
    "png": (Formato.PNG, png),
    "png con tavolozza": (Formato.PNG, lambda: png(modo="P")),
    "png a un bit": (Formato.PNG, lambda: png(modo="1", icc_profile=None)),
    "tiff": (Formato.TIFF, tiff),
    "tiff lzw": (Formato.TIFF, lambda: tiff(compression="tiff_lzw")),
    "tiff da fax": (Formato.TIFF, lambda: tiff(modo="1", compression="group4", icc_profile=None)),
    "tiff di tre pagine": (
        Formato.TIFF,
        lambda: tiff(save_all=True, append_images=[disegno(), disegno(misura=(10, 20))]),
    ),
}
foto = pytest.mark.parametrize(("formato", "fai"), FOTO.values(), ids=FOTO)


@foto
def test_la_posizione_c_era_e_non_c_e_piu(formato: Formato, fai: Callable[[], bytes]) -> None:
    venuta = fai()
    assert b"SEGRETO" in venuta
    with Image.open(BytesIO(venuta)) as prima:
        posizione = prima.getexif().get_ifd(0x8825)
        assert posizione.get(2) == (None if prima.info.get("compression", "raw") != "raw" else LATITUDINE)
    tenuta = ripulita(venuta, formato)
    with Image.open(BytesIO(tenuta)) as dopo:
        letto = dopo.getexif()
        assert letto.get_ifd(0x8825) == {}
        assert letto.get_ifd(0x8769) == {}
        assert not {0x010F, 0x013B, 270, 700} & set(letto)
        assert not {"comment", "photoshop", "xmp", "Author"} & set(dopo.info)
    assert [segreto for segreto in SEGRETI if segreto in tenuta] == []


@foto
def test_i_punti_il_verso_e_il_profilo_restano(formato: Formato, fai: Callable[[], bytes]) -> None:
    venuta = fai()
    tenuta = ripulita(venuta, formato)
    assert pagine(tenuta) == pagine(venuta)
    with Image.open(BytesIO(venuta)) as prima, Image.open(BytesIO(tenuta)) as dopo:
        assert dopo.getexif()[0x0112] == 6
        assert dopo.info.get("icc_profile") == prima.info.get("icc_profile")
        assert dopo.info.get("dpi") == prima.info.get("dpi")


@foto
def test_ripulire_due_volte_e_come_una(formato: Formato, fai: Callable[[], bytes]) -> None:
    tenuta = ripulita(fai(), formato)
    assert ripulita(tenuta, formato) == tenuta


def test_cio_che_non_ha_niente_da_togliere_resta_byte_per_byte() -> None:
    for formato, nome in ((Formato.JPG, "JPEG"), (Formato.PNG, "PNG"), (Formato.TIFF, "TIFF")):
        semplice = BytesIO()
        disegno().save(semplice, nome)
        assert ripulita(semplice.getvalue(), formato) == semplice.getvalue(), nome


def test_i_colori_di_una_jpeg_in_quadricromia_restano() -> None:
    dati = BytesIO()
    disegno("CMYK").save(dati, "JPEG", exif=exif())
    tenuta = ripulita(dati.getvalue(), Formato.JPG)
    assert pagine(tenuta) == pagine(dati.getvalue())
    assert b"ACME" not in tenuta


def test_la_miniatura_se_ne_va() -> None:
    semplice = BytesIO()
    disegno().save(semplice, "JPEG")
    dati = semplice.getvalue()
    miniatura = b"JFIF\x00\x01\x02\x01\x00\x48\x00\x48\x02\x01" + b"SEGRET"
    con_miniatura = dati[:2] + struct.pack(">BBH", 0xFF, 0xE0, len(miniatura) + 2) + miniatura + dati[20:]
    tenuta = ripulita(con_miniatura, Formato.JPG)
    assert b"SEGRET" not in tenuta
    with Image.open(BytesIO(tenuta)) as immagine:
        assert immagine.info["jfif_density"] == (72, 72)


@foto
def test_una_foto_tronca_si_rifiuta_sempre_in_parole(formato: Formato, fai: Callable[[], bytes]) -> None:
    venuta = ripulita(fai(), formato)
    for fine in (0, 3, 9, 30, len(venuta) // 3, len(venuta) // 2, len(venuta) - 3):
        with pytest.raises(ErroreContenuto, match=r"danneggiata|non si riescono a togliere"):
            ripulita(venuta[:fine], formato)


@foto
def test_una_foto_rovinata_non_fa_mai_cadere(formato: Formato, fai: Callable[[], bytes]) -> None:
    venuta = fai()
    for posto in range(0, min(len(venuta), 1200), 13):
        rovinata = bytearray(venuta)
        rovinata[posto] ^= 0xFF
        with suppress(ErroreContenuto):
            ripulita(bytes(rovinata), formato)


def png_di(larghezza: int, altezza: int, punti: bytes) -> bytes:
    def blocco(nome: bytes, corpo: bytes) -> bytes:
        return struct.pack(">I", len(corpo)) + nome + corpo + struct.pack(">I", zlib.crc32(nome + corpo))

    testata = struct.pack(">IIBBBBB", larghezza, altezza, 8, 2, 0, 0, 0)
    corpi = ((b"IHDR", testata), (b"IDAT", punti), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(blocco(nome, corpo) for nome, corpo in corpi)


def test_una_bomba_si_rifiuta_senza_aprirla() -> None:
    with pytest.raises(ErroreContenuto, match=r"60000 × 60000 punti, troppi"):
        ripulita(png_di(60_000, 60_000, zlib.compress(b"\x00" * 1000)), Formato.PNG)
    gonfia = zlib.compress(b"\x00" * 50_000_000, 9)
    with pytest.raises(ErroreContenuto, match="danneggiata"):
        ripulita(png_di(10, 10, gonfia), Formato.PNG)
    semplice = bytearray(ripulita(jpeg(), Formato.JPG))
    misura = semplice.index(b"\xff\xc0") + 5
    semplice[misura : misura + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(ErroreContenuto, match=r"65535 × 65535 punti, troppi"):
        ripulita(bytes(semplice), Formato.JPG)


def test_un_tiff_che_gira_su_se_stesso_si_rifiuta() -> None:
    dati = bytearray(ripulita(tiff(), Formato.TIFF))
    pagina = struct.unpack_from("<I", dati, 4)[0]
    quante = struct.unpack_from("<H", dati, pagina)[0]
    struct.pack_into("<I", dati, pagina + 2 + 12 * quante, pagina)
    with pytest.raises(ErroreContenuto, match="danneggiata"):
        ripulita(bytes(dati), Formato.TIFF)


def test_un_tiff_che_non_si_sa_ripulire_si_rifiuta_con_una_via_d_uscita() -> None:
    # A JPEG inside of the TIFF, with its own EXIF among the points.
    dati = tiff()
    punti = dati.index(disegno().tobytes()[:24])
    nascosto = dati[:punti] + b"Exif\x00\x00" + dati[punti + 6 :]
    for venuto in (nascosto, b"II+\x00" + b"\x00" * 60):
        with pytest.raises(ErroreContenuto, match="salvalo in PDF, PNG o JPG"):
            ripulita(venuto, Formato.TIFF)


def test_una_foto_fatta_per_perdere_tempo_si_legge_una_volta_sola() -> None:
    """Of a run of bytes that fill, each was tried with all the others: a few megabytes took hours."""
    inizio = time.process_time()
    with pytest.raises(ErroreContenuto, match="danneggiata"):
        ripulita(jpeg_fino_ai_punti() + b"\xff" * 2_000_000 + b"\x00", Formato.JPG)
    assert time.process_time() - inizio < 2


def jpeg_fino_ai_punti() -> bytes:
    dati = jpeg(exif=b"", comment=b"")
    posto = dati.rindex(b"\xff\xda")
    (lunghezza,) = struct.unpack_from(">H", dati, posto + 2)
    return dati[: posto + 2 + lunghezza]


def test_i_byte_che_riempiono_prima_della_fine_restano_leggibili() -> None:
    foto = jpeg()
    riempita = foto.replace(b"\xff\xd9SEGRETO", b"\xff\xff\xff\xd9SEGRETO")
    assert riempita != foto
    assert pagine(ripulita(riempita, Formato.JPG)) == pagine(ripulita(foto, Formato.JPG))


def test_un_tiff_che_chiede_gli_stessi_byte_molte_volte_si_rifiuta() -> None:
    """Each entry of a directory may point to the whole file: small files would copy gigabytes."""
    voci = b"".join(struct.pack("<HHII", 258, 1, 60_000, 8) for _ in range(6_000))
    elenco = struct.pack("<H", 6_000) + voci + struct.pack("<I", 0)
    inizio = time.process_time()
    with pytest.raises(ErroreContenuto, match="danneggiata"):
        ripulita(b"II*\x00" + struct.pack("<I", 8) + elenco, Formato.TIFF)
    assert time.process_time() - inizio < 1


@pytest.mark.parametrize("girata", range(1, 9))
def test_l_orientamento_si_legge_nei_due_versi(girata: int) -> None:
    assert orientamento(solo_orientamento(girata)) == girata
    piccolo = b"II*\x00" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, girata, 0, 0)
    assert orientamento(piccolo) == girata


@pytest.mark.parametrize("exif", [b"", b"II", b"XX*\x00", b"MM\x00*\xff\xff\xff\xff", solo_orientamento(77)])
def test_un_orientamento_illeggibile_e_dritto(exif: bytes) -> None:
    assert orientamento(exif) == 1

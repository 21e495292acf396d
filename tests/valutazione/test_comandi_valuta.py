"""``valuta``: senza database, un oggetto o uno per riga, tutto o niente."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.scheda.ingressi import con, esempio, leggi_json
from valutazione.kernel.scrittura import valuta_documento
from valutazione.scheda.pubblica import forma_pubblica

ATTESO = leggi_json(Path(__file__).resolve().parents[1] / "kernel/casi/esempio-esito.json")


def scrivi(cartella: Path, nome: str, documento: object) -> str:
    file = cartella / nome
    file.write_text(documento if isinstance(documento, str) else json.dumps(documento), encoding="utf-8")
    return str(file)


def valuta(*nomi: str) -> str:
    uscita = StringIO()
    call_command("valuta", *nomi, stdout=uscita)
    return uscita.getvalue()


def test_un_file_da_un_oggetto(tmp_path: Path) -> None:
    """No mark ``django_db``: any query would fail the test."""
    esito = json.loads(valuta(scrivi(tmp_path, "a.json", esempio())))
    assert esito["sha256_scheda"] == ATTESO["sha256_scheda"]
    assert esito["programma"] == ATTESO["programma"]


def test_piu_file_danno_un_oggetto_per_riga_in_ordine(tmp_path: Path) -> None:
    vuota = con(esempio(), lambda s: s.update(evidenze=[]))
    pubblica = forma_pubblica(esempio())
    nomi = [scrivi(tmp_path, f"{n}.json", d) for n, d in enumerate((vuota, esempio(), pubblica))]
    righe = valuta(*nomi).splitlines()
    assert [json.loads(riga) for riga in righe] == [valuta_documento(d) for d in (vuota, esempio(), pubblica)]


def test_i_codici_del_registro_non_si_controllano(tmp_path: Path) -> None:
    altrove = con(esempio(), lambda s: s.update(autorita="regione-x"))
    assert json.loads(valuta(scrivi(tmp_path, "a.json", altrove)))["formato"] == "esito-valutazione/1"


@pytest.mark.parametrize(
    ("contenuto", "messaggio"),
    [
        (None, "$: il file non esiste"),
        (b"\xff\xfe{}", "$: il testo non è UTF-8"),
        (b"{", "$: non è JSON valido"),
        (b"[]", "$: il documento deve essere un oggetto JSON"),
        (b"{}", "$.formato: manca la chiave obbligatoria"),
        (b"[" * 100_000, "$: gli oggetti e gli elenchi sono annidati troppo in profondità"),
    ],
)
def test_un_file_non_valido(tmp_path: Path, contenuto: bytes | None, messaggio: str) -> None:
    file = tmp_path / "a.json"
    if contenuto is not None:
        file.write_bytes(contenuto)
    buono = scrivi(tmp_path, "b.json", esempio())
    uscita = StringIO()
    with pytest.raises(CommandError) as rifiuto:
        call_command("valuta", buono, str(file), stdout=uscita)
    assert rifiuto.value.returncode == 2
    assert uscita.getvalue() == ""
    errori = str(rifiuto.value).splitlines()
    assert all(errore.startswith(f"{file}: $") for errore in errori)
    assert any(errore.startswith(f"{file}: {messaggio}") for errore in errori)


def test_una_cartella_non_e_un_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="è una cartella, non un file"):
        valuta(str(tmp_path))


def test_tutti_gli_errori_di_tutti_i_file(tmp_path: Path) -> None:
    senza_al = con(esempio(), lambda s: s.pop("al"))
    with pytest.raises(CommandError) as rifiuto:
        valuta(scrivi(tmp_path, "a.json", senza_al), scrivi(tmp_path, "b.json", "["))
    assert [riga.split(": ")[:2] for riga in str(rifiuto.value).splitlines()] == [
        [str(tmp_path / "a.json"), "$.al"],
        [str(tmp_path / "b.json"), "$"],
    ]

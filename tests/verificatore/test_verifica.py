"""Il verificatore come lo usa un estraneo: un comando, un file, un'uscita."""

import ast
import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kernel.costruzione import Json
from tests.risultati.conservati import CARTELLA, FILE
from tests.verificatore.modulo import A_LUNGO, verifica
from tests.verificatore.modulo import FILE as VERIFICA
from tests.verificatore.pacchetti import azione, conservato, riga

Uscita = tuple[int, str]

COSE: list[Any] = [None, [], {"a": [1]}, "\ud800\x1b", -1, True]
"""What nobody expects where anything else should be."""


def lancia(*argomenti: str | Path) -> Uscita:
    """What a person sees: the exit code, and what is printed on either stream."""
    comando = [sys.executable, "-I", "-S", str(VERIFICA), *map(str, argomenti)]
    fatto = subprocess.run(comando, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in fatto.stderr
    return fatto.returncode, fatto.stdout + fatto.stderr


@pytest.fixture
def lancia_su(tmp_path: Path) -> Callable[[Any], Uscita]:
    def _lancia(contenuto: Any) -> Uscita:
        file = tmp_path / "pacchetto.json"
        file.write_bytes(contenuto if isinstance(contenuto, bytes) else json.dumps(contenuto).encode())
        return lancia(file)

    return _lancia


@pytest.mark.parametrize("file", FILE, ids=lambda file: file.stem)
def test_un_pacchetto_giusto(file: Path) -> None:
    codice, detto = lancia(file)
    assert codice == 0
    assert detto.startswith("tutte le percentuali coincidono\nControllate ")
    assert "Non confrontati i testi: calcolo, dettaglio, frase." in detto


def test_la_forma_piena_dell_esempio_del_contratto(lancia_su: Callable[[Any], Uscita]) -> None:
    casi = CARTELLA.parent / "kernel" / "casi"
    scheda, esito = (json.loads((casi / f"esempio-{nome}.json").read_text()) for nome in ("scheda", "esito"))
    codice, detto = lancia_su({"formato": "pacchetto-valutazione/1", "scheda": scheda, "esito": esito})
    assert codice == 0
    assert "Controllate 64 percentuali di 6 azioni" in detto


def alterazioni() -> Iterator[Any]:
    """What is altered in the example of the contract, and what the verifier must say of it."""

    def di(cambia: Callable[[Json], Any], *attese: str) -> Any:
        return pytest.param(cambia, attese, id=attese[0].split(":")[0])

    yield di(
        lambda p: p["esito"]["programma"].update(riconosciuto="18.00"),
        'programma, riconosciuto: scritto "18.00", ricalcolato "17.33"',
    )
    yield di(
        lambda p: p["esito"]["programma"]["progettualita"].update(prospettico="99.99"),
        'programma, progettualita, prospettico: scritto "99.99", ricalcolato "100.00"',
    )
    yield di(
        lambda p: p["esito"]["programma"].update(incompleta=True),
        "programma, incompleta: scritto true, ricalcolato false",
    )
    yield di(
        lambda p: azione(p, "P2").update(dichiarato="0.00"),
        'azione "P2", dichiarato: scritto "0.00", ricalcolato null',
    )
    yield di(
        lambda p: riga(p, "1.1").update(dichiarato=100),
        'azione "P1", riga "1.1", dichiarato: scritto 100, ricalcolato "100.00"',
    )
    yield di(
        lambda p: riga(p, "1.1")["conteggiate"][0].update(dichiarato="66.66"),
        'azione "P1", riga "1.1", conteggiate "e7", dichiarato: scritto "66.66", ricalcolato "66.67"',
    )
    yield di(
        lambda p: riga(p, "1.1")["conteggiate"][0].update(misura_riconosciuta={"unita": 2}),
        'azione "P1", riga "1.1", conteggiate "e7", misura_riconosciuta: scritto {"unita": 2}, '
        'ricalcolato {"unita": 1}',
    )
    yield di(
        lambda p: riga(p, "1.1").update(oltre_il_massimo=[]),
        'azione "P1", riga "1.1", oltre_il_massimo: scritto [], ricalcolato ["e9"]',
    )
    yield di(
        lambda p: riga(p, "obb.1")["scartate"][1].update(motivo="respinta"),
        'azione "obb.1", riga "obb.1", scartate "e2", motivo: scritto "respinta", '
        'ricalcolato "fuori_periodo"',
    )
    yield di(
        lambda p: riga(p, "obb.1")["scartate"].reverse(),
        'azione "obb.1", riga "obb.1", scartate: scritto ["e2", "e3"], ricalcolato ["e3", "e2"]',
    )
    yield di(
        lambda p: riga(p, "obb.1")["manca"].update(possibile=False, misura={"unita": 3}),
        'azione "obb.1", riga "obb.1", manca, misura: scritto {"unita": 3}, ricalcolato {"unita": 4}',
        'azione "obb.1", riga "obb.1", manca, possibile: scritto false, ricalcolato true',
    )
    yield di(
        lambda p: riga(p, "obb.2").update(manca={"misura": {}, "possibile": True, "frase": ""}),
        'azione "obb.2", riga "obb.2", manca: scritto {"misura": {}, "possibile": true, "frase": ""}, '
        "ricalcolato null",
    )
    yield di(
        lambda p: riga(p, "1.2").pop("prospettico"),
        'azione "P1", riga "1.2", prospettico: non è scritto, ricalcolato "100.00"',
    )
    yield di(
        lambda p: p["esito"]["azioni"].pop(),
        'azione: scritto ["obb.1", "obb.2", "obb.3", "obb.4", "P1"], '
        'ricalcolato ["obb.1", "obb.2", "obb.3", "obb.4", "P1", "P2"]',
    )
    yield di(
        lambda p: p["esito"].update(sha256_scheda="0" * 64),
        f'sha256_scheda: scritto "{"0" * 64}", ricalcolato',
    )


@pytest.mark.parametrize(("cambia", "attese"), [*alterazioni()])
def test_ogni_alterazione_e_nominata(
    lancia_su: Callable[[Any], Uscita], cambia: Callable[[Json], Any], attese: tuple[str, ...]
) -> None:
    pacchetto = conservato("esempio-del-contratto")
    cambia(pacchetto)
    codice, detto = lancia_su(pacchetto)
    *differenze, totale = detto.splitlines()
    assert codice == 1
    assert len(differenze) == len(attese)
    assert all(trovata.startswith(attesa) for trovata, attesa in zip(differenze, attese, strict=True))
    assert totale.startswith(f"differenze: {len(attese)} ")


def test_una_scheda_cambiata_si_vede_dalle_percentuali_e_dall_impronta(
    lancia_su: Callable[[Any], Uscita],
) -> None:
    pacchetto = conservato("esempio-del-contratto")
    pacchetto["scheda"]["obbligatorie"][0]["regola"]["percentuale"] = "30"
    codice, detto = lancia_su(pacchetto)
    assert codice == 1
    assert 'azione "obb.1", riga "obb.1", dichiarato: scritto "20.00", ricalcolato "30.00"' in detto
    assert "sha256_scheda: scritto" in detto


def test_i_testi_non_sono_confrontati_e_le_ore_sono_numeri(lancia_su: Callable[[Any], Uscita]) -> None:
    pacchetto = conservato("esempio-del-contratto")
    riga(pacchetto, "obb.1")["calcolo"] = "un'altra frase"
    riga(pacchetto, "obb.1")["scartate"][0]["dettaglio"] = ""
    riga(pacchetto, "obb.1")["manca"]["frase"] = None
    riga(pacchetto, "obb.4")["conteggiate"][1]["misura"] = {"ore": "5/2"}
    assert lancia_su(pacchetto)[0] == 0


@pytest.mark.parametrize(
    ("contenuto", "perche"),
    [
        (b"", "il file non è JSON in UTF-8"),
        (b"\xff\xfe{}", "il file non è JSON in UTF-8"),
        (b"[]", "non è un pacchetto"),
        (b'{"formato": "scheda-programma/1"}', "non è un pacchetto"),
        (b'{"formato": "pacchetto-valutazione/1"}', 'manca la voce "esito"'),
        (b'{"formato": "pacchetto-valutazione/1", "esito": 3, "scheda": {}}', "non è della forma"),
        (b'{"formato": 1, "formato": 1}', "una chiave è scritta due volte"),
        (b'{"n": 1.5}', "i numeri del contratto sono interi o testi"),
        (b'{"n": NaN}', "i numeri del contratto sono interi o testi"),
        (b"9" * 5000, "il file non è JSON in UTF-8"),
        (b"[" * 100_000, "annidato o grande oltre misura"),
    ],
)
def test_cio_che_non_e_un_pacchetto(
    lancia_su: Callable[[Any], Uscita], contenuto: bytes, perche: str
) -> None:
    codice, detto = lancia_su(contenuto)
    assert codice == 2
    assert detto.startswith("Non si può verificare: ")
    assert perche in detto
    assert detto.count("\n") == 1


def test_senza_file_o_con_un_file_che_non_c_e(tmp_path: Path) -> None:
    assert lancia()[0] == 2
    assert lancia(tmp_path / "manca.json")[0] == 2
    assert lancia(tmp_path)[0] == 2
    codice, detto = lancia("--help")
    assert codice == 0
    assert "python3 verifica.py PACCHETTO.json" in detto


@pytest.mark.parametrize(
    ("cambia", "perche"),
    [
        (lambda e: e["imputazioni"][0].update(misura={"unita": 2}), "più di una unità"),
        (lambda e: e["imputazioni"][0].update(misura={"ore": "2"}), "non è quella della forma"),
        (lambda e: e["imputazioni"][0].update(misura={}), "non è quella della forma"),
        (lambda e: e["imputazioni"][1].update(misura={"organizzazioni": ["scuola"]}), "non può avere"),
        (lambda e: e["imputazioni"][1].update(indicatore="obb.1"), "al massimo un'imputazione"),
        (lambda e: e["imputazioni"][1].update(indicatore="9.9"), "una riga che non c'è"),
        (lambda e: e["imputazioni"][0].update(stato="forse"), 'lo stato "forse"'),
        (lambda e: e.update(pianificata=True), 'lo stato "accolta"'),
        (lambda e: e.update(data="20250211"), "non è una data"),
        (lambda e: e.update(codice="e2"), "lo stesso codice"),
    ],
)
def test_una_scheda_che_il_contratto_rifiuta_non_si_verifica(
    cambia: Callable[[Json], Any], perche: str
) -> None:
    """Altrimenti un pacchetto direbbe "coincidono" di percentuali che nessuna scheda ammessa può dare."""
    pacchetto = conservato("esempio-del-contratto")
    cambia(pacchetto["scheda"]["evidenze"][0])
    with pytest.raises(verifica.FileNonValido, match=perche):
        verifica.verifica(pacchetto)


def test_qualunque_cosa_al_posto_di_qualunque_altra() -> None:
    """Mai un errore imprevisto; e ciò che non cambia il verdetto è soltanto un testo. (Di solito una cosa per
    luogo; tutte in ogni luogo con script/prove-estese.)"""
    pacchetto = conservato("esempio-del-contratto")
    taciute = set()
    for numero, via in enumerate(vie(pacchetto)):
        for cosa in COSE if A_LUNGO else [COSE[numero % len(COSE)]]:
            guasto = con(pacchetto, via, cosa)
            try:
                differenze, _ = verifica.verifica(guasto)
            except verifica.FileNonValido:
                continue
            if not differenze and guasto != pacchetto:
                taciute.add(via[-1])
    assert taciute == {"calcolo", "dettaglio", "frase"}


def vie(dato: Any, via: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    voci = dato.items() if isinstance(dato, dict) else enumerate(dato) if isinstance(dato, list) else ()
    for chiave, valore in voci:
        yield (*via, chiave)
        yield from vie(valore, (*via, chiave))


def con(pacchetto: Json, via: tuple[Any, ...], cosa: Any) -> Json:
    guasto: Any = copy.deepcopy(pacchetto)
    dove = guasto
    for chiave in via[:-1]:
        dove = dove[chiave]
    dove[via[-1]] = cosa
    return dict(guasto)


def test_usa_solo_la_libreria_standard() -> None:
    moduli = set()
    for nodo in ast.walk(ast.parse(VERIFICA.read_text(encoding="utf-8"))):
        if isinstance(nodo, ast.Import):
            moduli |= {alias.name.split(".")[0] for alias in nodo.names}
        elif isinstance(nodo, ast.ImportFrom):
            assert nodo.level == 0
            moduli.add(str(nodo.module).split(".")[0])
    assert moduli <= sys.stdlib_module_names

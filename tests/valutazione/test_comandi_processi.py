"""I comandi come li usa chi apre un terminale: stato di uscita, uscita ed errori, due insieme."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.scheda.ingressi import RADICE, con, dimostrativa, esempio, reale
from valutazione.kernel.scrittura import valuta_documento

Processo = subprocess.CompletedProcess[bytes]


class Terminale:
    """``manage.py`` in processes of its own, on a database of its own."""

    def __init__(self, cartella: Path) -> None:
        self.cartella = cartella
        self.ambiente = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{cartella / 'prova.sqlite3'}",
            "DISTRETTI_VAR": str(cartella / "var"),
        }

    def argomenti(self, *parole: str) -> list[str]:
        return [sys.executable, str(RADICE / "manage.py"), *parole]

    def lancia(
        self, *parole: str, ingresso: bytes = b"", ambiente: Mapping[str, str] | None = None
    ) -> Processo:
        return subprocess.run(
            self.argomenti(*parole),
            input=ingresso,
            capture_output=True,
            cwd=self.cartella,
            env={**self.ambiente, **(ambiente or {})},
            check=False,
        )

    def riesce(self, *parole: str) -> str:
        processo = self.lancia(*parole)
        assert processo.returncode == 0, processo.stderr.decode()
        assert processo.stderr == b""
        return processo.stdout.decode()

    def insieme(self, *comandi: list[str]) -> list[tuple[int, str]]:
        avviati = [
            subprocess.Popen(
                self.argomenti(*parole),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=self.cartella,
                env=self.ambiente,
            )
            for parole in comandi
        ]
        finiti = []
        for processo in avviati:
            uscita, errori = processo.communicate()
            finiti.append((processo.returncode, (uscita + errori).decode()))
        return finiti

    def scrivi(self, nome: str, documento: object) -> str:
        (self.cartella / nome).write_text(json.dumps(documento), encoding="utf-8")
        return nome


@pytest.fixture(scope="session")
def database_vuoto(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the tables and nothing in them: made once, copied by each test."""
    terminale = Terminale(tmp_path_factory.mktemp("vuoto"))
    assert terminale.lancia("migrate", "--verbosity=0").returncode == 0
    return terminale.cartella / "prova.sqlite3"


@pytest.fixture(scope="session")
def database_di_base(database_vuoto: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after ``carica_base``."""
    terminale = con_database(database_vuoto, tmp_path_factory.mktemp("base"))
    assert terminale.riesce("carica_base").startswith("Dati di base: aggiunti o aggiornati autorità 2, ")
    return terminale.cartella / "prova.sqlite3"


def con_database(modello: Path, cartella: Path) -> Terminale:
    shutil.copy(modello, cartella / "prova.sqlite3")
    return Terminale(cartella)


@pytest.fixture
def terminale(database_di_base: Path, tmp_path: Path) -> Terminale:
    """A terminal on an installation with the base data."""
    return con_database(database_di_base, tmp_path)


@pytest.fixture
def terminale_vuoto(database_vuoto: Path, tmp_path: Path) -> Terminale:
    (tmp_path / "vuota").mkdir()
    return con_database(database_vuoto, tmp_path / "vuota")


@pytest.fixture
def senza_database(tmp_path: Path) -> Terminale:
    terminale = Terminale(tmp_path)
    terminale.ambiente["DATABASE_URL"] = "postgres://nessuno:niente@127.0.0.1:1/assente"
    return terminale


def test_da_un_installazione_a_una_vuota_senza_perdere_niente(
    terminale: Terminale, terminale_vuoto: Terminale
) -> None:
    altra = terminale_vuoto
    terminale.riesce("importa", terminale.scrivi("esempio.json", esempio()))
    altra.riesce("carica_base", "--senza-programmi")
    for riferimento in ("dfa-alta-valsugana/2025", "esempio/2025"):
        esportato = terminale.riesce("esporta", riferimento)
        (altra.cartella / "scheda.json").write_text(esportato, encoding="utf-8")
        assert "programma importato" in altra.riesce("importa", "scheda.json")
        assert altra.riesce("esporta", riferimento) == esportato
    assert json.loads(altra.riesce("esporta", "dfa-alta-valsugana/2025")) == reale()


def test_senza_i_dati_di_base_si_dice_che_manca_l_autorita(terminale_vuoto: Terminale) -> None:
    processo = terminale_vuoto.lancia("importa", terminale_vuoto.scrivi("a.json", esempio()))
    assert processo.returncode == 2
    assert processo.stdout == b""
    errori = processo.stderr.decode().splitlines()
    assert errori[0] == "a.json: $.autorita: l'autorità «pat-acs» non esiste"
    assert "a.json: $.aderenti[1].marchi[0]: il marchio «family_audit» non esiste" in errori


def test_la_dimostrazione_si_carica_da_sola_e_poi_non_cambia(terminale_vuoto: Terminale) -> None:
    terminale = terminale_vuoto
    terminale.ambiente.pop("DISTRETTI_DEMO_PASSWORD", None)
    detto = terminale.riesce("carica_dimostrazione")
    assert "Password degli account creati ora" in detto
    assert terminale.riesce("carica_dimostrazione") == "Dimostrazione: c'era già tutto, niente da fare.\n"
    assert terminale.riesce("carica_base") == "Dati di base: c'era già tutto, niente da fare.\n"
    assert "già presente e uguale" in terminale.riesce("importa", terminale.scrivi("d.json", dimostrativa()))


def test_due_importazioni_insieme_della_stessa_scheda(terminale: Terminale) -> None:
    nome = terminale.scrivi("a.json", esempio())
    finiti = terminale.insieme(["importa", nome], ["importa", nome])
    assert [stato for stato, _ in finiti] == [0, 0]
    detto = "".join(testo for _, testo in finiti)
    assert detto.count("programma importato") == 1
    assert detto.count("già presente e uguale") == 1


def test_due_importazioni_insieme_di_schede_diverse(terminale: Terminale) -> None:
    una = terminale.scrivi("a.json", esempio())
    altra = terminale.scrivi("b.json", con(esempio(), lambda s: s.update(titolo="Un'altra")))
    finiti = terminale.insieme(["importa", una], ["importa", altra])
    assert sorted(stato for stato, _ in finiti) == [0, 2]
    assert any("esiste già ed è diverso" in testo for _, testo in finiti)


def test_valuta_senza_database_da_file_e_dall_ingresso(senza_database: Terminale) -> None:
    nome = senza_database.scrivi("a.json", esempio())
    assert json.loads(senza_database.riesce("valuta", nome)) == valuta_documento(esempio())
    vuota = con(esempio(), lambda s: s.update(evidenze=[]))
    processo = senza_database.lancia("valuta", nome, "-", ingresso=json.dumps(vuota).encode())
    assert processo.returncode == 0
    assert [json.loads(riga) for riga in processo.stdout.splitlines()] == [
        valuta_documento(documento) for documento in (esempio(), vuota)
    ]


def test_valuta_scrive_gli_errori_uno_per_riga_e_nient_altro(senza_database: Terminale) -> None:
    buona = senza_database.scrivi("a.json", esempio())
    cattiva = senza_database.scrivi("b.json", con(esempio(), lambda s: s.update(dal="ieri")))
    processo = senza_database.lancia("valuta", buona, cattiva, "c.json", "-", ingresso=b"\xff")
    assert processo.returncode == 2
    assert processo.stdout == b""
    assert processo.stderr.decode().splitlines() == [
        "b.json: $.dal: «ieri» non è una data AAAA-MM-GG",
        "c.json: $: il file non esiste",
        "-: $: il testo non è UTF-8 (byte 0)",
    ]


def test_l_ingresso_si_legge_una_volta_sola(senza_database: Terminale) -> None:
    processo = senza_database.lancia("valuta", "-", "-", ingresso=b"{}")
    assert processo.returncode == 2
    assert processo.stderr.decode() == "-: $: l'ingresso si può leggere una volta sola\n"


def test_anche_in_un_terminale_che_non_sa_l_utf8(terminale: Terminale) -> None:
    povero = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    processo = terminale.lancia("esporta", "dfa-alta-valsugana/2025", ambiente=povero)
    assert processo.returncode == 0
    assert json.loads(processo.stdout.decode("utf-8")) == reale()


def test_esporta_un_programma_che_non_c_e(terminale: Terminale) -> None:
    processo = terminale.lancia("esporta", "ignoto/2025", "-o", "uscita.json")
    assert processo.returncode == 2
    assert processo.stdout == b""
    assert processo.stderr.decode() == "Il programma «ignoto/2025» non esiste.\n"
    assert not (terminale.cartella / "uscita.json").exists()


@pytest.mark.parametrize("indirizzo", ["non un indirizzo", "mysql://utente@localhost/x"])
def test_un_indirizzo_del_database_sbagliato_si_rifiuta_a_parole(
    terminale: Terminale, indirizzo: str
) -> None:
    """Junk in the environment is refused at once, whatever the command, and without a traceback."""
    esportata = terminale.lancia("esporta", "esempio/2025", ambiente={"DATABASE_URL": indirizzo})
    assert esportata.returncode != 0
    assert "DATABASE_URL: non indica un database: si usa SQLite o PostgreSQL." in esportata.stderr.decode()
    assert b"Traceback" not in esportata.stderr


def test_le_opzioni_possono_stare_fra_i_file(terminale: Terminale) -> None:
    assenti = terminale.lancia("importa", "uno.json", "--sostituisci", "due.json")
    assert assenti.returncode == 2
    assert assenti.stderr.decode().splitlines() == [
        "uno.json: $: il file non esiste",
        "due.json: $: il file non esiste",
    ]

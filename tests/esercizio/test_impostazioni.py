"""Le impostazioni vengono dall'ambiente: senza segreti predefiniti, e ciò che non va si dice a parole."""

import runpy
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

RADICE = Path(__file__).resolve().parents[2]
PRODUZIONE = {
    "DISTRETTI_PROFILO": "produzione",
    "SECRET_KEY": "abcdefghij" * 6,
    "ALLOWED_HOSTS": "distretti.example.org",
}


class Ambiente:
    """The settings as a process with these variables, and no other of ours, would read them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, var: Path) -> None:
        self.monkeypatch = monkeypatch
        for nome in ("DATABASE_URL", "DISTRETTI_PROFILO", "SECRET_KEY", "ALLOWED_HOSTS"):
            monkeypatch.delenv(nome, raising=False)
        monkeypatch.setenv("DISTRETTI_VAR", str(var))

    def leggi(self, **variabili: str) -> dict[str, Any]:
        for nome, valore in variabili.items():
            self.monkeypatch.setenv(nome, valore)
        return runpy.run_path(str(RADICE / "config/settings.py"))

    def rifiuto(self, **variabili: str) -> str:
        with pytest.raises(ImproperlyConfigured) as rifiuto:
            self.leggi(**variabili)
        return str(rifiuto.value)


@pytest.fixture
def ambiente(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ambiente:
    return Ambiente(monkeypatch, tmp_path / "var")


def test_senza_nessuna_variabile_è_lo_sviluppo_su_sqlite(ambiente: Ambiente, tmp_path: Path) -> None:
    lette = ambiente.leggi()

    assert lette["DEBUG"] is True
    assert lette["DATABASES"]["default"]["NAME"] == str(tmp_path / "var/distretti.sqlite3")
    assert lette["MEDIA_ROOT"] == tmp_path / "var/media"
    assert lette["EMAIL_BACKEND"].endswith("console.EmailBackend")
    assert lette["DISTRETTI_PROXY"] == 0
    assert lette["CACHES"]["default"]["BACKEND"].endswith("LocMemCache")


def test_la_produzione_è_severa(ambiente: Ambiente) -> None:
    lette = ambiente.leggi(**PRODUZIONE, DATABASE_URL="postgresql://d:p@db.example.org:5433/distretti")

    assert lette["DEBUG"] is False
    assert lette["ALLOWED_HOSTS"] == ["distretti.example.org"]
    assert lette["SECURE_SSL_REDIRECT"] is True
    assert lette["DISTRETTI_PROXY"] == 1
    database = lette["DATABASES"]["default"]
    assert (database["HOST"], database["PORT"], database["CONN_MAX_AGE"]) == ("db.example.org", 5433, 0)
    assert database["OPTIONS"]["pool"]["max_size"] == 8
    assert lette["EMAIL_BACKEND"].endswith("dummy.EmailBackend")
    assert lette["LOGGING"]["formatters"] == {"json": {"()": "distretti.log.FormatoJSON"}}
    assert lette["STORAGES"]["staticfiles"]["BACKEND"].startswith("whitenoise.storage.Compressed")


def test_senza_proxy_non_si_crede_a_chi_dice_di_essere_in_https(ambiente: Ambiente) -> None:
    assert "SECURE_PROXY_SSL_HEADER" in ambiente.leggi(**PRODUZIONE)
    assert "SECURE_PROXY_SSL_HEADER" not in ambiente.leggi(**PRODUZIONE, DISTRETTI_PROXY="0")


@pytest.mark.parametrize("nome", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_in_produzione_nessun_segreto_e_nessun_nome_sono_predefiniti(ambiente: Ambiente, nome: str) -> None:
    assert ambiente.rifiuto(**{**PRODUZIONE, nome: ""}) == f"{nome}: manca, e qui è obbligatoria."


def test_un_segreto_può_stare_in_un_file(ambiente: Ambiente, tmp_path: Path) -> None:
    (tmp_path / "chiave").write_text("z" * 60 + "\n")
    lette = ambiente.leggi(**{**PRODUZIONE, "SECRET_KEY": "", "SECRET_KEY_FILE": str(tmp_path / "chiave")})

    assert lette["SECRET_KEY"] == "z" * 60
    assert lette["SECRET_KEY_FALLBACKS"] == []
    con_due = ambiente.leggi(**PRODUZIONE, SECRET_KEY_FALLBACKS="una,prima  un'altra")
    assert con_due["SECRET_KEY_FALLBACKS"] == ["una,prima", "un'altra"]
    assert "non si legge" in ambiente.rifiuto(SECRET_KEY_FILE=str(tmp_path / "assente"))


@pytest.mark.parametrize(
    ("nome", "valore", "parole"),
    [
        ("DISTRETTI_PROFILO", "prova", "«prova» non è sviluppo, locale o produzione"),
        ("SECRET_KEY", "breve", "almeno 50 caratteri"),
        ("ALLOWED_HOSTS", "https://distretti.example.org", "non è il nome di un sito"),
        ("ALLOWED_HOSTS", "*", "senza asterischi"),
        ("CSRF_TRUSTED_ORIGINS", "distretti.example.org", "non è un'origine"),
        ("DATABASE_URL", "mysql://u:segreta@h/d", "si usa SQLite o PostgreSQL"),
        ("DATABASE_URL", "postgres://u:segreta@[x/d", "controllare host e porta"),
        ("DATABASE_URL", "postgres://u:segreta@h:porta/d", "controllare host e porta"),
        ("DATABASE_URL", "postgres://u:segreta@h", "manca il nome del database"),
        ("DISTRETTI_CONNESSIONI", "molte", "«molte» non è un numero intero da 1 a 200"),
        ("DISTRETTI_PROXY", "-1", "«-1» non è un numero intero da 0 a 5"),
        ("DISTRETTI_VAR", "/proc/distretti", "non si può creare"),
        ("DISTRETTI_STATICI", "/proc/distretti", "non si può creare"),
        ("DISTRETTI_SEGNALAZIONI", "urp@example.org", "un indirizzo mailto:"),
        ("DISTRETTI_MITTENTE", "il sito", "non è un indirizzo di posta"),
        ("DISTRETTI_LOG_FORMATO", "xml", "«xml» non è testo o json"),
        ("DISTRETTI_LOG_LIVELLO", "tutto", "«tutto» non è DEBUG, INFO, WARNING o ERROR"),
        ("EMAIL_URL", "posta.example.org", "si usa smtp+tls://"),
        ("EMAIL_URL", "smtp://u:segreta@h:porta", "controllare host e porta"),
        ("EMAIL_URL", "smtp://", "manca il nome del server"),
        ("CACHE_URL", "memoria://", "si usa locmemcache://"),
        ("CACHE_URL", "filecache://", "percorso intero di una cartella"),
        ("CACHE_URL", "dbcache://", "nome di una tabella"),
        ("DISTRETTI_ALLEGATI", "media", "percorso intero di una cartella, oppure s3://"),
        ("DISTRETTI_ALLEGATI", "s3://", "s3://contenitore"),
        ("DISTRETTI_ALLEGATI", "s3://chiave:segreta@contenitore", "s3://contenitore"),
        ("DISTRETTI_ALLEGATI", "s3://contenitore?pubblico=1", "altre opzioni: regione"),
        ("DISTRETTI_ALLEGATI", "s3://contenitore?endpoint=minio", "endpoint è un indirizzo"),
        ("AWS_ACCESS_KEY_ID", "chiave", "vanno date insieme"),
    ],
)
def test_un_valore_sbagliato_si_dice_a_parole_e_senza_ripetere_le_password(
    ambiente: Ambiente, nome: str, valore: str, parole: str
) -> None:
    altre = {"DISTRETTI_ALLEGATI": "s3://contenitore"} if nome.startswith("AWS") else {}
    rifiuto = ambiente.rifiuto(**{**PRODUZIONE, **altre, nome: valore})

    assert parole in rifiuto
    assert "segreta" not in rifiuto


def test_senza_un_server_di_posta_i_messaggi_si_leggono_nel_terminale_fuori_dalla_produzione(
    ambiente: Ambiente,
) -> None:
    """Chi prova il prodotto con script/server trova lì il collegamento di un invito."""
    assert ambiente.leggi(DISTRETTI_PROFILO="locale", SECRET_KEY="x" * 60)["EMAIL_BACKEND"].endswith(
        "console.EmailBackend"
    )
    assert ambiente.leggi(**PRODUZIONE)["EMAIL_BACKEND"].endswith("dummy.EmailBackend")


def test_posta_cache_e_cartella_degli_allegati_si_scelgono(ambiente: Ambiente, tmp_path: Path) -> None:
    lette = ambiente.leggi(
        **PRODUZIONE,
        EMAIL_URL="smtp+tls://sito%40example.org:p%23w@posta.example.org:587",
        DISTRETTI_MITTENTE="Distretti famiglia <distretti@example.org>",
        CACHE_URL=f"filecache://{tmp_path}/cache",
        DISTRETTI_ALLEGATI=str(tmp_path / "allegati"),
        DISTRETTI_STATICI=str(tmp_path / "statici"),
        CSRF_TRUSTED_ORIGINS="https://distretti.example.org, https://www.example.org",
    )

    assert (lette["EMAIL_HOST"], lette["EMAIL_PORT"]) == ("posta.example.org", 587)
    assert (lette["EMAIL_HOST_USER"], lette["EMAIL_HOST_PASSWORD"]) == ("sito@example.org", "p#w")
    assert lette["EMAIL_USE_TLS"] is True
    assert lette["DEFAULT_FROM_EMAIL"] == "Distretti famiglia <distretti@example.org>"
    assert lette["CACHES"]["default"]["LOCATION"] == f"{tmp_path}/cache"
    assert lette["MEDIA_ROOT"] == tmp_path / "allegati"
    assert lette["STATIC_ROOT"] == tmp_path / "statici"
    assert len(lette["CSRF_TRUSTED_ORIGINS"]) == 2


def test_s3_resta_privato_e_prende_le_chiavi_dall_ambiente(ambiente: Ambiente) -> None:
    lette = ambiente.leggi(
        DISTRETTI_ALLEGATI="s3://distretti/allegati?endpoint=https://s3.example.org&regione=eu-south-1",
        AWS_ACCESS_KEY_ID="chiave",
        AWS_SECRET_ACCESS_KEY="segreto",
    )
    opzioni = lette["STORAGES"]["default"]["OPTIONS"]

    assert (opzioni["bucket_name"], opzioni["location"]) == ("distretti", "allegati")
    assert (opzioni["endpoint_url"], opzioni["region_name"]) == ("https://s3.example.org", "eu-south-1")
    assert (opzioni["access_key"], opzioni["secret_key"]) == ("chiave", "segreto")
    assert opzioni["default_acl"] is None

"""Where the data live: database, cache, uploaded files. Read from the environment by ``settings``."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import environ

from config.ambiente import cartella, configurazione, intero, parti, rifiuta, testo

USA_DATABASE = "non indica un database: si usa SQLite o PostgreSQL"
USA_CACHE = "si usa locmemcache://, filecache:///cartella, dbcache://tabella o redis://host:porta/numero"
USA_ALLEGATI = "è il percorso intero di una cartella, oppure s3://contenitore/prefisso?endpoint=https://…"


def database(var: Path, *, con_riserva: bool) -> dict[str, Any]:
    """``DATABASES["default"]``. ``con_riserva``: keep a pool of connections to PostgreSQL."""
    massime = intero("DISTRETTI_CONNESSIONI", 8, minimo=1, massimo=200)
    indirizzo = testo("DATABASE_URL", f"sqlite:///{var / 'distretti.sqlite3'}")
    if indirizzo.partition(":")[0] not in ("sqlite", "postgres", "postgresql"):
        raise rifiuta("DATABASE_URL", f"{USA_DATABASE}.")
    if indirizzo.startswith("sqlite:"):
        return _sqlite(configurazione("DATABASE_URL", environ.Env.db_url_config, indirizzo), var)
    divise = parti("DATABASE_URL", indirizzo, ("postgres", "postgresql"), USA_DATABASE)
    if not divise.path.strip("/"):
        raise rifiuta("DATABASE_URL", "manca il nome del database, dopo l'ultima barra.")
    valori = configurazione("DATABASE_URL", environ.Env.db_url_config, indirizzo)
    valori["CONN_HEALTH_CHECKS"] = True
    if con_riserva:
        # One pool in each worker process; a connection kept by each thread would not count them.
        valori["CONN_MAX_AGE"] = 0
        riserva = {"min_size": 1, "max_size": massime, "timeout": 10}
        valori["OPTIONS"] = {**valori.get("OPTIONS", {}), "pool": riserva}
    else:
        valori["CONN_MAX_AGE"] = 60
    return valori


def _sqlite(valori: dict[str, Any], var: Path) -> dict[str, Any]:
    # WAL and immediate transactions: several writers wait for each other instead of failing.
    valori["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    # A file, not memory: with a live server the in-memory database loses concurrent writes.
    valori["TEST"] = {"NAME": str(var / "prova.sqlite3")}
    return valori


def cache() -> dict[str, Any]:
    """``CACHES["default"]``: in the memory of each process, unless ``CACHE_URL`` says where to share it."""
    indirizzo = testo("CACHE_URL", "locmemcache://")
    schemi = ("locmemcache", "filecache", "dbcache", "redis", "rediss")
    divise = parti("CACHE_URL", indirizzo, schemi, USA_CACHE)
    if divise.scheme == "filecache" and not divise.path.strip("/"):
        raise rifiuta("CACHE_URL", "filecache:// vuole il percorso intero di una cartella.")
    if divise.scheme == "dbcache" and not divise.netloc:
        raise rifiuta("CACHE_URL", "dbcache:// vuole il nome di una tabella.")
    if divise.scheme.startswith("redis") and find_spec("redis") is None:
        raise rifiuta("CACHE_URL", "manca la libreria redis: installare requirements-esercizio.txt.")
    valori = configurazione("CACHE_URL", environ.Env.cache_url_config, indirizzo)
    if divise.scheme in ("filecache", "dbcache"):
        valori["OPTIONS"] = {**valori.get("OPTIONS", {}), "MAX_ENTRIES": 10_000}
    return valori


def allegati(var: Path) -> dict[str, Any]:
    """``STORAGES["default"]``: a folder of this machine, or a bucket of a service that speaks S3."""
    dove = testo("DISTRETTI_ALLEGATI", str(var / "media"))
    if dove.startswith("s3:"):
        return _s3(dove)
    if not dove.startswith("/"):
        raise rifiuta("DISTRETTI_ALLEGATI", f"«{dove}» non va: {USA_ALLEGATI}.")
    return {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def cartella_allegati(var: Path) -> Path:
    """``MEDIA_ROOT``: with S3, the folder that would be used without it. Never served by address."""
    dove = testo("DISTRETTI_ALLEGATI", "")
    return var / "media" if not dove or dove.startswith("s3:") else cartella("DISTRETTI_ALLEGATI", Path(dove))


def _s3(dove: str) -> dict[str, Any]:
    """The bucket stays private: files go through our pages, and no signed address is ever given out."""
    divise = parti("DISTRETTI_ALLEGATI", dove, ("s3",), USA_ALLEGATI)
    opzioni = {chiave: valori[-1] for chiave, valori in parse_qs(divise.query).items()}
    endpoint = opzioni.pop("endpoint", "")
    regione = opzioni.pop("regione", "")
    if not divise.netloc or "@" in divise.netloc or opzioni:
        raise rifiuta("DISTRETTI_ALLEGATI", f"{USA_ALLEGATI} (altre opzioni: regione).")
    if endpoint and not endpoint.startswith(("https://", "http://")):
        raise rifiuta(
            "DISTRETTI_ALLEGATI", "endpoint è un indirizzo https:// (o http:// in una rete chiusa)."
        )
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise rifiuta("DISTRETTI_ALLEGATI", "per S3 va installato requirements-esercizio.txt.")
    chiave, segreto = testo("AWS_ACCESS_KEY_ID", ""), testo("AWS_SECRET_ACCESS_KEY", "")
    if bool(chiave) != bool(segreto):
        raise rifiuta("DISTRETTI_ALLEGATI", "AWS_ACCESS_KEY_ID e AWS_SECRET_ACCESS_KEY vanno date insieme.")
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": divise.netloc,
            "location": divise.path.strip("/"),
            "endpoint_url": endpoint or None,
            "region_name": regione or None,
            "access_key": chiave or None,
            "secret_key": segreto or None,
            "signature_version": "s3v4",
            "addressing_style": "path" if endpoint else "auto",
            "default_acl": None,
            "file_overwrite": False,
            "max_memory_size": 5 * 1024 * 1024,
        },
    }

"""A local S3 server (moto's), and the storage of the site put on it or on a folder."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.db import connection
from moto.server import ThreadedMotoServer

from config.impostazioni_dati import allegati
from tests.esercizio.installazione import Installazione, crea_database, elimina_database

CHIAVI = {"AWS_ACCESS_KEY_ID": "prova", "AWS_SECRET_ACCESS_KEY": "prova"}


@pytest.fixture(scope="session")
def server_s3() -> Iterator[str]:
    """The address of an S3 service in a thread of ours: nothing leaves this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    host, porta = server.get_host_and_port()
    yield f"http://{host}:{porta}"
    server.stop()


@pytest.fixture
def secchio(server_s3: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Any]:
    """An empty bucket of that service, and the keys to it in the environment."""
    for nome, valore in CHIAVI.items():
        monkeypatch.setenv(nome, valore)
    risorsa = boto3.resource("s3", endpoint_url=server_s3, region_name="us-east-1")
    secchio = risorsa.create_bucket(Bucket=f"prova-{os.getpid()}-{abs(hash(request.node.name))}")
    yield secchio
    secchio.objects.all().delete()
    secchio.delete()
    risorsa.meta.client.close()


@pytest.fixture
def su_s3(
    server_s3: str, secchio: Any, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The attachments of the site go to the bucket, as ``DISTRETTI_ALLEGATI`` would have it."""
    indirizzo = f"s3://{secchio.name}/allegati-del-sito?endpoint={server_s3}&regione=us-east-1"
    monkeypatch.setenv("DISTRETTI_ALLEGATI", indirizzo)
    settings.STORAGES = {**settings.STORAGES, "default": allegati(tmp_path)}


@pytest.fixture(scope="session")
def modello(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a database as ``carica_base`` leaves it, which nobody uses: copies are made from it."""
    with django_db_blocker.unblock():
        nome = Installazione(tmp_path_factory.mktemp("modello")).nome
        origine = str(connection.settings_dict["NAME"])
        connection.close()
        crea_database(nome, origine)
        yield nome
        elimina_database(nome)


@pytest.fixture
def installazione(modello: str, db: None, tmp_path: Path) -> Iterator[Installazione]:
    """A full installation that the test may destroy: a copy of the base data."""
    apparte = Installazione(tmp_path)
    apparte.apri(modello)
    yield apparte
    apparte.chiudi()


@pytest.fixture
def installazione_vuota(db: None, tmp_path: Path) -> Iterator[Installazione]:
    """An installation without so much as a table."""
    apparte = Installazione(tmp_path)
    apparte.apri()
    yield apparte
    apparte.chiudi()


@pytest.fixture(params=["disco", "s3"])
def deposito(request: pytest.FixtureRequest) -> str:
    """Once with the files on a disk, once on S3."""
    if request.param == "s3":
        request.getfixturevalue("su_s3")
    return str(request.param)

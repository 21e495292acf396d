"""Ciò che in esercizio farebbe danno lo dicono i controlli, prima di partire."""

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage

from distretti import checks


def codici(trovati: list[CheckMessage]) -> list[str | None]:
    return [trovato.id for trovato in trovati]


def test_una_cartella_degli_allegati_in_cui_non_si_scrive_è_un_errore(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert checks.deposito_scrivibile() == []
    settings.MEDIA_ROOT = tmp_path / "ancora/da/fare"
    assert checks.deposito_scrivibile() == []
    (tmp_path / "un-file").touch()
    settings.MEDIA_ROOT = tmp_path / "un-file"
    assert codici(checks.deposito_scrivibile()) == ["distretti.E002"]


@pytest.mark.usefixtures("su_s3")
def test_con_s3_la_cartella_non_conta(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "un-file").touch()
    settings.MEDIA_ROOT = tmp_path / "un-file"
    assert checks.deposito_scrivibile() == []


def test_la_posta_che_si_perde_è_un_avviso(settings: Any) -> None:
    assert checks.posta_configurata() == []
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert codici(checks.posta_configurata()) == ["distretti.W003"]


def test_la_produzione_senza_proxy_è_un_avviso(settings: Any) -> None:
    settings.DISTRETTI_PROXY, settings.SECURE_SSL_REDIRECT = 0, True
    assert codici(checks.proxy_dichiarato()) == ["distretti.W004"]
    settings.DISTRETTI_PROXY = 1
    assert checks.proxy_dichiarato() == []

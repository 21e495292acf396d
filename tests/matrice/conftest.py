"""La tavola si prova con le sessioni nei cookie: così ogni riga scritta è di chi ha agito."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def sessioni_nei_cookie(settings: Any) -> None:
    """Every request writes in its session when it was last used: in the database, that is a row."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"

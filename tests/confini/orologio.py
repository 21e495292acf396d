"""L'ora che segna l'orologio dell'ufficio."""

from datetime import UTC, datetime
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

ROMA = ZoneInfo("Europe/Rome")


def alle(giorno: str, ora: str) -> Any:
    """A context in which it is that day and hour in Italy: ``alle("2025-12-31", "23:30")``."""
    qui = datetime.fromisoformat(f"{giorno}T{ora}:00").replace(tzinfo=ROMA)
    return mock.patch("django.utils.timezone.now", side_effect=lambda: qui.astimezone(UTC))

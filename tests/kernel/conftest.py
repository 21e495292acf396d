"""The kernel is pure: its tests need neither database nor settings. Here are the hypothesis budgets."""

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings

_COMUNI = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile("ordinario", max_examples=60, deadline=None, suppress_health_check=_COMUNI)
settings.register_profile(
    "esteso", max_examples=1000, deadline=timedelta(seconds=20), suppress_health_check=_COMUNI
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ordinario"))


@pytest.fixture(autouse=True)
def media_temporanea() -> None:
    """No files are written here: replaces the fixture of the other floors, which needs Django's settings."""

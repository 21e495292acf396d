"""A clock that stands ``GIORNI_DOPO`` days away, for a process started with this folder in ``PYTHONPATH``.

Python imports it by itself before anything else, so nothing can have taken the true clock already.
"""

import datetime
import os
import time
from typing import Any

SCARTO = datetime.timedelta(days=int(os.environ["GIORNI_DOPO"]))
vero_time = time.time
vero_datetime: Any = datetime.datetime


class _Tipo(type):
    """Instants made by C code are of the true class: they are still instants."""

    def __instancecheck__(cls, oggetto: object) -> bool:
        return isinstance(oggetto, vero_datetime)


class Datetime(datetime.datetime, metaclass=_Tipo):
    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return vero_datetime.now(tz) + SCARTO

    @classmethod
    def today(cls) -> Any:
        return vero_datetime.now() + SCARTO

    utcnow = today


time.time = lambda: vero_time() + SCARTO.total_seconds()  # date.today() asks this one
datetime.datetime = Datetime  # type: ignore[misc]

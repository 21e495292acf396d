"""What a line of log holds: the request it belongs to, and in production one JSON object a line, in UTC."""

import logging
from contextvars import ContextVar

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

richiesta_corrente: ContextVar[str] = ContextVar("richiesta_corrente", default="-")
"""Id of the request being answered; ``-`` outside of one."""


class ConRichiesta(logging.Filter):
    """Puts the id of the request on every line, whoever writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.richiesta = richiesta_corrente.get()
        return True


class FormatoJSON(JsonFormatter):
    """Instant in UTC, level, logger, message, request, and what the line itself adds."""

    def __init__(self) -> None:
        super().__init__(
            ["levelname", "name", "message", "richiesta"],
            rename_fields={
                "levelname": "livello",
                "name": "registro",
                "message": "messaggio",
                "exc_info": "eccezione",
                "stack_info": "pila",
            },
            # Django's lines carry the request itself, whose text holds the query.
            reserved_attrs=[*RESERVED_ATTRS, "request", "server_time"],
            timestamp="istante",
            json_ensure_ascii=False,
        )

"""The whole product and the views it is compared with, in the same processes.

What begins with ``/nuda/`` goes through no middleware at all, ``/ordinaria/`` through those of a new Django
project, everything else through ours. Each answer says in ``X-Processo`` which process gave it.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

from config.wsgi import application as piena

NESSUNO: tuple[str, ...] = ()
ORDINARI = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
"""What ``django-admin startproject`` writes."""


def _con(middleware: Iterable[str]) -> WSGIHandler:
    with override_settings(MIDDLEWARE=list(middleware)):
        return WSGIHandler()


_PER_PREFISSO = {"nuda": _con(NESSUNO), "ordinaria": _con(ORDINARI)}


def application(ambiente: dict[str, Any], inizia: Callable[..., Any]) -> Iterable[bytes]:
    prefisso = ambiente["PATH_INFO"].split("/", 2)[1]
    processo = ("X-Processo", str(os.getpid()))

    def con_processo(stato: str, intestazioni: list[tuple[str, str]], *altro: Any) -> Any:
        return inizia(stato, [*intestazioni, processo], *altro)

    return _PER_PREFISSO.get(prefisso, piena)(ambiente, con_processo)

"""How gunicorn serves the site in production: ``gunicorn -c config/esercizio/gunicorn.conf.py``.

``DISTRETTI_ASCOLTA`` says where it listens, ``WEB_CONCURRENCY`` (gunicorn's own) how many processes it runs.
"""

import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from gunicorn.glogging import Logger

from config.ambiente import intero, scelta, testo
from distretti.log import ConRichiesta, FormatoJSON


class Registro(Logger):  # type: ignore[misc]  # gunicorn has no types
    """What happens to the processes, told in the same form as the lines of the site."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for uscita in self.error_log.handlers:
            uscita.addFilter(ConRichiesta())
            uscita.setFormatter(FormatoJSON())


wsgi_app = "config.wsgi:application"
bind = testo("DISTRETTI_ASCOLTA", "127.0.0.1:8000")
workers = intero("WEB_CONCURRENCY", 2, minimo=1, massimo=64)
threads = 4

# A PDF takes seconds and leaves memory behind: a process is renewed now and then, never two at once.
timeout = 90
graceful_timeout = 90
max_requests = 2000
max_requests_jitter = 200

# The site writes its own line for each request, with its id; here only what happens to the processes.
accesslog = None
errorlog = "-"
loglevel = "warning"
logger_class = Registro if scelta("DISTRETTI_LOG_FORMATO", ("testo", "json"), "json") == "json" else Logger

# Heartbeats on memory: on a slow disk they would look like a dead worker.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108

# Nobody commands it but systemd or the container: no socket for it in a home that it may not have.
control_socket_disable = True

# The proxy says whether the browser speaks HTTPS; it is believed by the settings, not here.
forwarded_allow_ips = "127.0.0.1,::1"

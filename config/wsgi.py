"""The site as gunicorn runs it.

All its modules are read before the first request; they stay until the end, so the garbage collector is told
not to look at them again: it was a tenth of a fast answer (docs/prestazioni.md).
"""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  (reading it reads the modules of every address)
gc.collect()
gc.freeze()

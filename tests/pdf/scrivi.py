"""``python -m tests.pdf.scrivi FOLDER``: the documents for the validator (``script/valida-pdf``).

The good ones in ``FOLDER/buoni``, those broken on purpose in ``FOLDER/guasti``. No database is read.
"""

import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from tests.pdf.documenti import DOCUMENTI, GUASTI, guasto, pdf  # noqa: E402

for cartella, nomi, stampa in (("buoni", DOCUMENTI, pdf), ("guasti", GUASTI, guasto)):
    destinazione = Path(sys.argv[1]) / cartella
    destinazione.mkdir(parents=True)
    for nome in nomi:
        (destinazione / f"{nome}.pdf").write_bytes(stampa(nome))

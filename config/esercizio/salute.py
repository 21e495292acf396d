"""Asks the site how it is, from the same machine; exits with 1 unless it answers 200 to ``/stato``."""

import http.client
import os
import sys

ascolta = os.environ.get("DISTRETTI_ASCOLTA", "127.0.0.1:8000")
porta = int(ascolta.rpartition(":")[2])
nome = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
collegamento = http.client.HTTPConnection("127.0.0.1", porta, timeout=4)
try:
    collegamento.request("GET", "/stato", headers={"Host": nome, "X-Forwarded-Proto": "https"})
    stato = collegamento.getresponse().status
except OSError as errore:
    sys.exit(f"il sito non risponde: {errore}")
sys.exit(0 if stato == http.HTTPStatus.OK else f"il sito risponde {stato}")

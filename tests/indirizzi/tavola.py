"""Ogni indirizzo, scritto a mano: chi lo legge, chi vi scrive, che cosa riceve un estraneo."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.indirizzi.tavole import righe

TAVOLA = righe()

SESSIONE = (
    "accesso",
    "uscita",
    "gateway-entra",
    "gateway-ritorno",
    "secondo-fattore",
    "invito",
    "password-dimenticata",
    "password-cambia",
    "conferma-identita",
    "esci-ovunque",
    "codice-attiva",
    "chiave-aggiungi",
    "codici-recupero",
    "fattore-togli",
    "verifica-annulla",
    "avvisi-letti",
    "avvisi-preferenze-salva",
    "regola-effetto",
)
"""They sign in and out, change what is one's own, whoever one is, undo what the session has just done
(tests/valutazione/test_verifica_coda.py), or answer a POST that writes nothing
(tests/valutazione/test_regola_effetto.py): their own tests, here, in
tests/distretti (test_accesso, test_persone_…) and in tests/programmi/test_avvisi.py; what they show is in
tests/indirizzi/rifiuti_persone.py."""


def nomi_della_urlconf(voci: Any = None) -> Iterator[str]:
    """The name (or the pattern) of every address that answers."""
    for voce in voci if voci is not None else get_resolver().url_patterns:
        if isinstance(voce, URLResolver):
            yield from nomi_della_urlconf(voce.url_patterns)
        elif isinstance(voce, URLPattern):
            yield voce.name or str(voce.pattern)

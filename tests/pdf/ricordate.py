"""Lo stesso documento si stampa una volta sola: per chi prova le porte, non la stampa."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from unittest import mock

from distretti.basi import pdf

_una_volta = lru_cache(maxsize=64)(pdf._stampa)


@contextmanager
def stampe_ricordate() -> Iterator[None]:
    """Inside, a document already printed in this process gives the bytes of then.

    The pages, the files inside and the bytes of a print follow from its HTML and from those files alone:
    tests/pdf says so, and does not use this.
    """
    with mock.patch.object(pdf, "_stampa", _una_volta):
        yield

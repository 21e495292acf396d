"""The stored files, on a disk or on S3: read with their hash, written so that it can all be undone."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Self

from django.core.files.base import File
from django.core.files.storage import default_storage

from distretti.salvataggio import SalvataggioRifiutato

_IN_MEMORIA = 5 * 1024 * 1024


@contextmanager
def aperto(nome: str) -> Iterator["File[bytes] | None"]:
    """A stored file, or None when the storage has not got it."""
    try:
        file = default_storage.open(nome, "rb")
    except FileNotFoundError:
        yield None
        return
    with file:
        yield file


def impronta(nome: str) -> str | None:
    """The SHA-256 of a stored file, or None when the storage has not got it."""
    with aperto(nome) as file:
        if file is None:
            return None
        somma = hashlib.sha256()
        for pezzo in file.chunks():
            somma.update(pezzo)
        return somma.hexdigest()


class Scritture:
    """Files put into the storage inside a ``with`` block; if the block fails, it is as it was before."""

    def __init__(self) -> None:
        self._scritti: list[str] = []
        self._tolti: list[tuple[str, IO[bytes]]] = []

    def metti(self, nome: str, contenuto: IO[bytes], sha256: str, *, sostituisci: bool) -> bool:
        """Store a file under its very name; False when it is there already, the same.

        Raises ``SalvataggioRifiutato`` when another one has that name and may not be replaced.
        """
        presente = impronta(nome)
        if presente == sha256:
            return False
        if presente is not None:
            if not sostituisci:
                raise SalvataggioRifiutato(f"Nel deposito c'è già «{nome}», diverso da quello dell'archivio.")
            self._metti_da_parte(nome)
        self._scritti.append(nome)
        self._scrivi(nome, contenuto)
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, tipo: type[BaseException] | None, *altro: object) -> None:
        if tipo is not None:
            self._annulla()
        for _, contenuto in self._tolti:
            contenuto.close()

    def _annulla(self) -> None:
        for nome in self._scritti:
            default_storage.delete(nome)
        for nome, contenuto in self._tolti:
            contenuto.seek(0)
            self._scrivi(nome, contenuto)

    def _metti_da_parte(self, nome: str) -> None:
        da_parte = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORIA)  # noqa: SIM115  (kept until the end)
        with default_storage.open(nome, "rb") as file:
            for pezzo in file.chunks():
                da_parte.write(pezzo)
        self._tolti.append((nome, da_parte))
        default_storage.delete(nome)

    @staticmethod
    def _scrivi(nome: str, contenuto: IO[bytes]) -> None:
        scritto = default_storage.save(nome, File(contenuto, name=nome))
        if scritto != nome:
            default_storage.delete(scritto)
            raise SalvataggioRifiutato(f"Il deposito non accetta il nome «{nome}».")

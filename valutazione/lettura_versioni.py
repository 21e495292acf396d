"""A frozen version as each may read it: whole for who follows the programme, the promise for everyone."""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.shortcuts import get_object_or_404

from distretti.basi.canonico import forma_canonica
from distretti.permissions import Persona
from programmi.models import Programma, Versione
from programmi.models.versione import VersioneQuerySet
from programmi.permissions import segue_programma
from programmi.versioni_congelate import leggi, versioni_di
from valutazione.promessa import promessa_pubblica


@dataclass(frozen=True)
class VersioneLetta:
    """``documento`` is what may be read; ``byte`` its canonical form, ``sha256`` their hash.

    ``intera``: it is the very content that was frozen, and the hash is the one it was frozen with.
    """

    versione: Versione
    intera: bool
    documento: dict[str, Any]
    byte: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.byte).hexdigest()

    @property
    def digest(self) -> str:
        """The same for a header (RFC 9530)."""
        return f"sha-256=:{b64encode(sha256(self.byte).digest()).decode()}:"

    @property
    def nome_file(self) -> str:
        """``dfa-alta-valsugana-2025-versione-2.json``; the public form says so."""
        quale = self.versione.programma.riferimento.replace("/", "-")
        return f"{quale}-versione-{self.versione.numero}{'' if self.intera else '-pubblica'}.json"


def versioni_leggibili(utente: Persona, programma: Programma) -> VersioneQuerySet:
    """The versions of ``programma`` that ``utente`` may read: all, or the approved ones."""
    return versioni_di(programma).leggibili(tutte=segue_programma(utente, programma))


def versione_o_404(utente: Persona, programma: Programma, numero: int) -> Versione:
    """That version if ``utente`` may read it, else Http404."""
    versione = get_object_or_404(versioni_leggibili(utente, programma), numero=numero)
    versione.programma = programma
    return versione


def leggi_per(utente: Persona, versione: Versione) -> VersioneLetta:
    """What ``utente`` may read of it. Raises ``VersioneAlterata``, and then nothing of it is shown."""
    documento = leggi(versione)
    intera = segue_programma(utente, versione.programma)
    if not intera:
        documento = promessa_pubblica(documento)
    # The frozen text is canonical already, and its hash has just been checked.
    byte = versione.contenuto.encode() if intera else forma_canonica(documento)
    return VersioneLetta(versione, intera, documento, byte)

"""References to the acts that others issued."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.text import slugify

from distretti.antivirus import esamina
from distretti.basi.file_caricati import FORMATI_ATTO, FileNonAmmesso, controlla_file
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi
from distretti.models import Atto, TipoAtto

SENZA_NUMERO = (TipoAtto.ACCORDO,)
"""Who signs an agreement gives it a day, not a number."""


@dataclass(frozen=True, slots=True)
class DatiAtto:
    """An act as a form describes it; its number and date come from the register of ``ente``.

    ``ambito`` is the code of the district or authority it concerns: with kind, number and year it makes
    a code that no other act has, here or where the programme is exported to.
    """

    tipo: TipoAtto
    ente: str
    numero: str
    data: date
    oggetto: str = ""
    riferimento: str = ""
    ambito: str = ""
    file: "UploadedFile[bytes] | None" = None


def registra_atto(dati: DatiAtto) -> Atto:
    """Keep the reference to an act, with its signed file (PDF or P7M) if there is one.

    To be called inside a transaction. Raises ``DatiNonValidi`` on the fields ``numero``, ``data``, ``file``.
    """
    if not dati.numero.strip() and dati.tipo not in SENZA_NUMERO:
        raise DatiNonValidi({"numero": "Indica il numero dell'atto."})
    if dati.data > timezone.localdate():
        raise DatiNonValidi({"data": "La data dell'atto non può essere nel futuro."})
    atto = Atto(
        codice=_codice_libero(dati),
        tipo=dati.tipo,
        ente=dati.ente,
        numero=dati.numero.strip(),
        data=dati.data,
        oggetto=dati.oggetto,
        riferimento=dati.riferimento,
    )
    controlla(atto)
    if dati.file is not None:
        _deposita(atto, dati.file)
    atto.save()
    return atto


def _deposita(atto: Atto, file: "UploadedFile[bytes]") -> None:
    try:
        esito = controlla_file(
            file,
            nome=file.name or "",
            massimo=settings.DIMENSIONE_MASSIMA_ALLEGATO,
            formati=FORMATI_ATTO,
        )
        esamina(file, nome=esito.nome)
    except FileNonAmmesso as errore:
        raise DatiNonValidi({"file": errore.messaggio}) from errore
    atto.file_nome = esito.nome
    atto.file_sha256 = esito.sha256
    estensione = esito.nome.rsplit(".", 1)[-1]
    atto.file.save(f"{esito.sha256}.{estensione}", file, save=False)


def _codice_libero(dati: DatiAtto) -> str:
    parti = [dati.tipo.replace("_", "-"), dati.numero, str(dati.data.year), dati.ambito]
    base = slugify(" ".join(parti))[:110].strip("-") or "atto"
    codice, numero = base, 2
    while Atto.objects.filter(codice=codice).exists():
        codice, numero = f"{base}-{numero}", numero + 1
    return codice


def registra_atto_di(dati: DatiAtto | None, prefisso: str) -> Atto | None:
    """As :func:`registra_atto`, with ``prefisso`` before the names of the wrong fields; None gives None."""
    if dati is None:
        return None
    try:
        return registra_atto(dati)
    except DatiNonValidi as errore:
        campi = {f"{prefisso}_{campo}" if campo else "": testo for campo, testo in errore.campi.items()}
        raise DatiNonValidi(campi) from errore

"""The writes of the ground floor: memberships in the register, references to acts."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from distretti.basi.file_caricati import FORMATI_ATTO, FileNonAmmesso, controlla_file
from distretti.basi.italiano import al_giorno, dal_giorno
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi
from distretti.models import Adesione, Atto, Distretto, Organizzazione, TipoAtto


@transaction.atomic
def registra_adesione(
    *,
    distretto: Distretto,
    organizzazione: Organizzazione,
    dal: date,
    al: date | None = None,
    atto: Atto | None = None,
) -> Adesione:
    """Enter in the register that ``organizzazione`` belongs to ``distretto`` from ``dal`` to ``al``.

    Whether the caller may is checked before (``puo_tenere_registro``). Raises ``DatiNonValidi`` for dates
    that make no sense and for a period that shares a day with another membership of the same organisation
    in the district: also when two enter it together, as the district's row is locked.
    """
    distretto = Distretto.objects.select_for_update(of=("self",)).get(pk=distretto.pk)
    if dal > timezone.localdate():
        raise DatiNonValidi({"dal": "L'adesione non può cominciare nel futuro."})
    ultimo = distretto.adesioni.aggregate(ultimo=Max("ordine"))["ultimo"]
    adesione = Adesione(
        distretto=distretto,
        organizzazione=organizzazione,
        dal=dal,
        al=al,
        atto=atto,
        ordine=(ultimo or 0) + 1,
    )
    altra = Adesione.objects.sovrapposte_a(adesione).order_by("dal").first()
    if altra is not None:
        raise DatiNonValidi({"dal": _messaggio_sovrapposta(altra)})
    controlla(adesione)
    adesione.save()
    if not organizzazione.adesioni.exclude(pk=adesione.pk).exists():
        organizzazione.certificazioni.update()  # in the public register from now on, with its marks
    return adesione


def _messaggio_sovrapposta(altra: Adesione) -> str:
    fine = "ed è tuttora aderente" if altra.al is None else al_giorno(altra.al)
    return (
        f"{altra.organizzazione} risulta già aderente {dal_giorno(altra.dal)} {fine}: "
        "due adesioni non possono sovrapporsi."
    )


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
    if not dati.numero.strip():
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

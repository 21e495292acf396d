"""Writing the progettualità: fields, referents, classification, order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction
from django.db.models import ProtectedError

from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Distretto, Organizzazione
from programmi.annotazioni import annota_scrittura
from programmi.blocco import blocca_per_scrivere
from programmi.models import (
    ClassificazioneProgettualita,
    Progettualita,
    Programma,
    Referente,
    VoceClassificazione,
)
from programmi.versioni import Istantanea, controlla_versione, istantanea_progettualita


class Direzione(StrEnum):
    SU = "su"
    GIU = "giu"


@dataclass(frozen=True, slots=True)
class DatiReferente:
    """A referent as the act names it, with the organisation or the district it certainly is."""

    testo: str
    organizzazione: Organizzazione | None = None
    distretto: Distretto | None = None


@dataclass(frozen=True, slots=True)
class DatiProgettualita:
    """The fields of the act, as written on the form."""

    titolo: str
    tipo_azione: str = ""
    ambito: str = ""
    obiettivo_generale: str = ""
    obiettivo_specifico: str = ""
    azioni: str = ""
    altre_organizzazioni: str = ""
    tempi: str = ""
    indicatori_testo: Sequence[str] = ()
    referenti: Sequence[DatiReferente] = ()
    classificazioni: Sequence[VoceClassificazione] = field(default=())


_TESTI = (
    "titolo",
    "tipo_azione",
    "ambito",
    "obiettivo_generale",
    "obiettivo_specifico",
    "azioni",
    "altre_organizzazioni",
    "tempi",
)


@transaction.atomic
def crea_progettualita(*, programma: Programma, dati: DatiProgettualita) -> Progettualita:
    """A new progettualità, after the last one. Raises ``StatoNonAmmesso`` or ``DatiNonValidi``."""
    attuale = blocca_per_scrivere(programma)
    nuova = Progettualita(programma=attuale, numero=attuale.progettualita.count() + 1)
    return _scrivi(nuova, dati, "progettualita.aggiunta", {})


@transaction.atomic
def salva_progettualita(
    *, progettualita: Progettualita, dati: DatiProgettualita, versione: str | None = None
) -> Progettualita:
    """Write every field. Raises ``StatoNonAmmesso``, ``ModificatoNelFrattempo`` or ``DatiNonValidi``."""
    programma = blocca_per_scrivere(progettualita.programma)
    attuale = programma.progettualita.get(pk=progettualita.pk)
    prima = istantanea_progettualita(attuale)
    controlla_versione(prima, versione)
    return _scrivi(attuale, dati, "progettualita.modifica", prima)


def _scrivi(
    progettualita: Progettualita, dati: DatiProgettualita, azione: str, prima: Istantanea
) -> Progettualita:
    for campo in _TESTI:
        setattr(progettualita, campo, getattr(dati, campo).replace("\r\n", "\n").strip())
    progettualita.indicatori_testo = [riga.strip() for riga in dati.indicatori_testo if riga.strip()]
    if len({voce.pk for voce in dati.classificazioni}) < len(dati.classificazioni):
        raise DatiNonValidi({"": "La stessa classificazione è indicata due volte."})
    controlla(progettualita)
    progettualita.save()
    progettualita.referenti.all().delete()
    for ordine, chi in enumerate(dati.referenti):
        referente = Referente(
            progettualita=progettualita,
            ordine=ordine,
            testo=chi.testo.strip(),
            organizzazione=chi.organizzazione,
            distretto=chi.distretto,
        )
        controlla(referente)
        referente.save()
    progettualita.classificazioni_in_ordine.all().delete()
    ClassificazioneProgettualita.objects.bulk_create(
        ClassificazioneProgettualita(progettualita=progettualita, voce=voce, ordine=ordine)
        for ordine, voce in enumerate(dati.classificazioni)
    )
    dopo, parte = istantanea_progettualita(progettualita), f"Progettualità {progettualita.numero}"
    annota_scrittura(progettualita.programma, azione, prima, dopo, parte=parte)
    return progettualita


@transaction.atomic
def elimina_progettualita(*, progettualita: Progettualita) -> None:
    """Delete it with its lines; those that follow move up. Raises ``StatoNonAmmesso``."""
    programma = blocca_per_scrivere(progettualita.programma)
    attuale = programma.progettualita.get(pk=progettualita.pk)
    prima, parte = istantanea_progettualita(attuale), f"Progettualità {attuale.numero}"
    try:
        attuale.delete()
    except ProtectedError as errore:
        raise StatoNonAmmesso(
            "Ci sono evidenze imputate a questa progettualità: non si può eliminare."
        ) from errore
    _rinumera(programma, [p.pk for p in programma.progettualita.order_by("numero")])
    annota_scrittura(programma, "progettualita.eliminazione", prima, {}, parte=parte)


@transaction.atomic
def sposta_progettualita(*, progettualita: Progettualita, direzione: Direzione) -> None:
    """Exchange it with its neighbour; at either end nothing happens. Raises ``StatoNonAmmesso``."""
    programma = blocca_per_scrivere(progettualita.programma)
    ordine = list(programma.progettualita.order_by("numero").values_list("pk", flat=True))
    prima = _in_ordine(programma)
    _rinumera(programma, scambia(ordine, progettualita.pk, direzione))
    annota_scrittura(programma, "progettualita.spostamento", prima, _in_ordine(programma))


def _in_ordine(programma: Programma) -> Istantanea:
    titoli = programma.progettualita.order_by("numero").values_list("numero", "titolo")
    return {f"Progettualità {numero}": titolo for numero, titolo in titoli}


def scambia(ordine: list[int], chiave: int, direzione: Direzione) -> list[int]:
    """``ordine`` with ``chiave`` one place up or down."""
    posto = ordine.index(chiave)
    altro = posto - 1 if direzione is Direzione.SU else posto + 1
    if 0 <= altro < len(ordine):
        ordine[posto], ordine[altro] = ordine[altro], ordine[posto]
    return ordine


def _rinumera(programma: Programma, ordine: Sequence[int]) -> None:
    """Number from 1 without gaps; first out of the way, as each number is unique at every instant."""
    progettualita = programma.progettualita
    for provvisorio in (len(ordine) + _massimo(programma), 0):
        for numero, chiave in enumerate(ordine, start=1):
            progettualita.filter(pk=chiave).update(numero=provvisorio + numero)
    programma.indicatori.filter(progettualita__isnull=False).update()  # their codes begin with its number


def _massimo(programma: Programma) -> int:
    ultima = programma.progettualita.order_by("numero").last()
    return 0 if ultima is None else ultima.numero

"""How long the files of evidence are kept, and their erasure once the term is over.

A row is never erased: what a file was (size, imprint, when and why it was erased) stays, and so do the
percentages, that ask only whether there is one. Of a file that held personal data the name goes too.
"""

from dataclasses import dataclass
from datetime import date

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from distretti.basi.italiano import al_giorno
from programmi.models import Programma
from valutazione.annotazioni import annota_evidenza
from valutazione.chiusura import stati_di
from valutazione.models import Allegato, ParametriConservazione, StatoChiusura
from valutazione.models.allegato import CANCELLATO
from valutazione.services.blocco import blocca_programma

IN_VERIFICA = (StatoChiusura.AUTOVALUTATA, StatoChiusura.VERIFICATA)
"""While the Agenzia verifies, and the manager may reply, what proves is not taken away."""


@dataclass(frozen=True, slots=True)
class Scaduto:
    """A file past its term: the last day it had to be kept; ``in_verifica``: it waits for the closing."""

    allegato: Allegato
    programma: Programma
    ultimo_giorno: date
    motivo: str
    in_verifica: bool


def scaduti(oggi: date) -> list[Scaduto]:
    """The files whose last day to be kept is before ``oggi``, in a constant number of queries."""
    termini = {
        (termine.autorita_id, termine.anno): termine
        for termine in ParametriConservazione.objects.select_related("autorita")
    }
    programmi = [
        (programma, termine)
        for programma in Programma.objects.select_related("distretto__autorita").order_by("pk")
        if (termine := termini.get((programma.distretto.autorita_id, programma.anno))) is not None
        and termine.ultimo_giorno(programma.al) < oggi
    ]
    per_pk = {programma.pk: (programma, termine) for programma, termine in programmi}
    stati = stati_di([programma for programma, _ in programmi])
    trovati = []
    con_file = Allegato.objects.filter(evidenza__programma__in=per_pk).exclude(file="")
    for allegato in con_file.select_related("evidenza").order_by("evidenza__programma", "evidenza", "ordine"):
        programma, termine = per_pk[allegato.evidenza.programma_id]
        ultimo = termine.ultimo_giorno(programma.al)
        motivo = (
            f"conservato {termine.in_parole} dopo la fine dell'esercizio, fino {al_giorno(ultimo)} "
            f"({termine.fonte})"
        )
        trovati.append(Scaduto(allegato, programma, ultimo, motivo, stati[programma.pk] in IN_VERIFICA))
    return trovati


def cancella(scaduto: Scaduto) -> bool:
    """Erase the bytes of a file past its term; False when somebody was there before, or the Agenzia verifies
    by now.

    The row says that they are gone before they are: if it stops between the two, ``togli_resti`` goes on.
    """
    with transaction.atomic():
        blocca_programma(scaduto.programma)
        allegato = Allegato.objects.select_related("evidenza__programma__distretto").get(
            pk=scaduto.allegato.pk
        )
        if not allegato.file or stati_di([scaduto.programma])[scaduto.programma.pk] in IN_VERIFICA:
            return False
        com_era = allegato.nome_negli_eventi
        allegato.da_togliere, allegato.file = allegato.file.name or "", ""
        allegato.cancellato_alle, allegato.cancellato_perche = timezone.now(), scaduto.motivo
        if allegato.dati_personali:
            allegato.nome = CANCELLATO
        allegato.full_clean()
        allegato.save()
        annota_evidenza(
            allegato.evidenza,
            "evidenza.file_cancellato",
            None,
            {"Allegato": f"{com_era} (SHA-256 {allegato.sha256})"},
            {"Allegato": f"cancellato: {scaduto.motivo}"},
        )
    togli_resti()
    return True


def togli_resti() -> int:
    """Take out of the storage what no row needs any more. Returns how many files that was."""
    tolti = 0
    for allegato in Allegato.objects.exclude(da_togliere="").order_by("pk"):
        default_storage.delete(allegato.da_togliere)
        tolti += Allegato.objects.filter(pk=allegato.pk, da_togliere=allegato.da_togliere).update(
            da_togliere=""
        )
    return tolti

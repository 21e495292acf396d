"""Osservazioni as they are read: the open ones are the list of what to mend."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404

from distretti.permissions import Persona
from programmi.edizione import Edizione
from programmi.models import Osservazione, Programma, StatoProgramma
from programmi.models.osservazione import OsservazioneQuerySet
from programmi.permissions import puo, segue_programma
from programmi.tabella import REPLICA


def aperte(programma: Programma) -> OsservazioneQuerySet:
    """Those of ``programma`` that nobody closed yet, replied or not, in order."""
    return Osservazione.objects.filter(programma=programma).aperte().order_by("numero")


def programma_con_osservazioni(utente: Persona, codice: str, anno: Edizione | int) -> Programma:
    """The programme, for who may read its osservazioni: who follows it, and while replies are asked for who
    wrote it and whose role ended since.

    404 to who may not know the programme, 403 to who reads its promise and nothing else.
    """
    programma = get_object_or_404(
        Programma.objects.select_related("distretto__autorita"),
        distretto__codice=codice,
        anno=int(anno),
        variazione=anno.variazione if isinstance(anno, Edizione) else 0,
    )
    if segue_programma(utente, programma):
        return programma
    if REPLICA.ammessa_da(programma) and puo(REPLICA, utente, programma) is not None:
        return programma
    if Programma.objects.visibili_a(utente).filter(pk=programma.pk).exists():
        raise PermissionDenied("Le osservazioni sono riservate a chi segue il programma.")
    raise Http404


def da_correggere(programma: Programma) -> list[Osservazione]:
    """The open ones, for the pages where the district writes: read once for each object; none, and no query,
    while nobody asks to mend."""
    if programma.stato != StatoProgramma.INTEGRAZIONI_RICHIESTE:
        return []
    lette: list[Osservazione] | None = programma.__dict__.get("_da_correggere")
    if lette is None:
        righe = aperte(programma).select_related("progettualita", "indicatore__progettualita")
        lette = programma.__dict__["_da_correggere"] = list(righe)
    return lette


def accanto(form: BaseForm, programma: Programma, azione: str) -> None:
    """Put beside each field of ``form`` the open osservazioni on that field of ``azione``."""
    campi: dict[str, list[Osservazione]] = defaultdict(list)
    for osservazione in su(da_correggere(programma), azione):
        campi[osservazione.campo].append(osservazione)
    form.__dict__["osservazioni"] = campi


def su(osservazioni: Iterable[Osservazione], *azioni: str) -> list[Osservazione]:
    """Those about one of ``azioni``: a part (``premessa``), a progettualità (``P4``), a line (``4.2``)."""
    return [
        osservazione
        for osservazione in osservazioni
        if (oggetto := osservazione.oggetto) is not None and (oggetto.azione or oggetto.codice) in azioni
    ]

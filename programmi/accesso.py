"""The one door to a programme: a stranger gets 404, so that existence is not leaked."""

from django.shortcuts import get_object_or_404

from distretti.permissions import Persona
from programmi.edizione import Edizione
from programmi.models import Programma


def programma_o_404(utente: Persona, codice: str, anno: int) -> Programma:
    """The programme ``codice/anno`` if ``utente`` may know that it exists, else Http404.

    ``anno`` as it came from the address: an ``Edizione`` may name a variazione, a number never does.
    """
    return get_object_or_404(
        Programma.objects.visibili_a(utente).select_related("distretto__autorita"),
        distretto__codice=codice,
        anno=int(anno),
        variazione=anno.variazione if isinstance(anno, Edizione) else 0,
    )

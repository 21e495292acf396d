"""What the pages say of the variazioni of a programme, to who follows it."""

from dataclasses import dataclass

from distretti.models import Atto
from programmi.attese import Attesa, attese_di
from programmi.models import AzionePassaggio, Passaggio, Programma
from programmi.models.stati import STATI_CHIUSI


@dataclass(frozen=True)
class VoceVariazione:
    """A variazione, its clock while it is on its way, the act that approved it."""

    programma: Programma
    attesa: Attesa | None
    atto: Atto | None

    @property
    def aperta(self) -> bool:
        return self.programma.stato not in STATI_CHIUSI


def variazioni_di(annuale: Programma) -> list[VoceVariazione]:
    """Those of ``annuale``, the newest first, in three queries whatever they are."""
    variazioni = list(annuale.variazioni.select_related("distretto__autorita").order_by("-variazione"))
    if not variazioni:
        return []
    attese = attese_di(v for v in variazioni if v.stato not in STATI_CHIUSI)
    approvazioni = Passaggio.objects.filter(
        programma__in=variazioni, azione=AzionePassaggio.APPROVAZIONE
    ).select_related("atto")
    atti = {p.programma_id: p.atto for p in approvazioni.order_by("ordine")}
    return [VoceVariazione(v, attese.get(v.pk), atti.get(v.pk)) for v in variazioni]

"""What the pages say of the variazioni of a programme, to who follows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from distretti.models import Atto
from programmi.attese import Attesa, attese_di
from programmi.models import AzionePassaggio, Passaggio, Programma
from programmi.models.stati import STATI_CHIUSI


@dataclass(frozen=True)
class VoceVariazione:
    """A variazione, its clock while it is on its way, the act that approved it.

    ``versione``: the number of the version of the annual programme that it made, once approved.
    """

    programma: Programma
    attesa: Attesa | None
    atto: Atto | None
    versione: int | None

    @property
    def versione_prima(self) -> int | None:
        """The version it changed."""
        return self.versione - 1 if self.versione is not None and self.versione > 1 else None

    @property
    def aperta(self) -> bool:
        return self.programma.stato not in STATI_CHIUSI


def variazioni_di(annuale: Programma) -> list[VoceVariazione]:
    """Those of ``annuale``, the newest first, in a constant number of queries."""
    variazioni = list(annuale.variazioni.select_related("distretto__autorita").order_by("-variazione"))
    if not variazioni:
        return []
    attese = attese_di(v for v in variazioni if v.stato not in STATI_CHIUSI)
    approvazioni = Passaggio.objects.filter(
        programma__in=variazioni, azione=AzionePassaggio.APPROVAZIONE
    ).select_related("atto")
    atti = {p.programma_id: p.atto for p in approvazioni.order_by("ordine")}
    applicate = annuale.versioni.filter(passaggio__azione=AzionePassaggio.VARIAZIONE)  # with their act
    versioni = dict(applicate.values_list("passaggio__atto", "numero"))
    return [_voce(v, attese.get(v.pk), atti.get(v.pk), versioni) for v in variazioni]


def _voce(
    variazione: Programma, attesa: Attesa | None, atto: Atto | None, versioni: Mapping[int, int]
) -> VoceVariazione:
    return VoceVariazione(variazione, attesa, atto, None if atto is None else versioni.get(atto.pk))

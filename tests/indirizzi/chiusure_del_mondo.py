"""Anni a ogni tappa della chiusura: da trasmettere, da verificare, con il risultato da definire."""

from dataclasses import dataclass
from datetime import date

from distretti.models import Adesione, Distretto, Ruolo
from programmi.models import Programma, StatoProgramma
from tests.conftest import Persone
from tests.programmi.ingressi import con_progettualita
from tests.risultati.ingressi import passo
from valutazione.models import ParametriChiusura
from valutazione.tabella import CONCLUSIONE_VERIFICA, TRASMISSIONE_AUTOVALUTAZIONE


@dataclass(frozen=True)
class ChiusureDelMondo:
    """Without evidence and without lines that are not scored: nothing stands in the way of a step."""

    da_trasmettere: Programma
    da_verificare: Programma
    da_definire: Programma


def chiusure(distretto: Distretto, persone: Persone) -> ChiusureDelMondo:
    # A year without any member asks less of the register: the growth would count that.
    prima = (
        Adesione.objects.filter(distretto=distretto).exclude(organizzazione__codice="cs4").order_by("-pk")[:1]
    )
    Adesione.objects.filter(pk__in=list(prima.values_list("pk", flat=True))).update(dal=date(2020, 1, 1))
    da_trasmettere, da_verificare, da_definire = (_approvato(distretto, anno) for anno in (2022, 2023, 2020))
    for programma in (da_verificare, da_definire):
        ParametriChiusura.objects.create(
            autorita=distretto.autorita, anno=programma.anno, giorni_replica=15, fonte="Prova"
        )
        passo(TRASMISSIONE_AUTOVALUTAZIONE, programma, persone.manager, Ruolo.MANAGER)
    passo(CONCLUSIONE_VERIFICA, da_definire, persone.verificatore, Ruolo.VERIFICATORE)
    return ChiusureDelMondo(da_trasmettere, da_verificare, da_definire)


def _approvato(distretto: Distretto, anno: int) -> Programma:
    programma = Programma.objects.create(
        distretto=distretto, anno=anno, dal=date(anno, 1, 1), al=date(anno, 12, 31), titolo=f"Anno {anno}"
    )
    con_progettualita(programma)
    giorno = date(anno, 3, 1)
    Programma.objects.filter(pk=programma.pk).update(
        stato=StatoProgramma.IN_ATTUAZIONE, stato_dal=giorno, trasmesso_il=giorno, approvato_il=giorno
    )
    return Programma.objects.select_related("distretto__autorita").get(pk=programma.pk)

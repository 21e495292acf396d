"""Un anno la cui verifica è conclusa: due righe respinte, una da replicare e una con la replica."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from distretti.models import Distretto, Organizzazione, Ruolo
from programmi.models import Programma, Referente, StatoProgramma
from programmi.regola import TipoEvidenza
from tests.conftest import Persone
from tests.programmi.ingressi import con_progettualita
from tests.risultati.ingressi import passo
from valutazione.models import Imputazione, MotivoVerifica, ParametriChiusura, ReplicaVerifica
from valutazione.services import crea_evidenza, registra_evidenza
from valutazione.tabella import CONCLUSIONE_VERIFICA, TRASMISSIONE_AUTOVALUTAZIONE

ANNO = 2021
"""Before the manager whose role ended had it: to them too its replies do not exist."""


@dataclass(frozen=True)
class VerificaDelMondo:
    programma: Programma
    da_replicare: Imputazione
    replicata: Imputazione
    motivo: MotivoVerifica


def verifica(distretto: Distretto, persone: Persone, titolo_riservato: str) -> VerificaDelMondo:
    programma = Programma.objects.create(
        distretto=distretto, anno=ANNO, dal=date(ANNO, 1, 1), al=date(ANNO, 12, 31), titolo="Da replicare"
    )
    prima, _ = con_progettualita(programma, 2)
    chi = Organizzazione.objects.get(codice="asif-chimelli")
    Referente.objects.create(progettualita=prima, ordine=90, testo="ASIF", organizzazione=chi)
    giorno = date(ANNO, 3, 1)
    Programma.objects.filter(pk=programma.pk).update(
        stato=StatoProgramma.IN_ATTUAZIONE, stato_dal=giorno, trasmesso_il=giorno, approvato_il=giorno
    )
    programma = Programma.objects.select_related("distretto__autorita").get(pk=programma.pk)
    motivo = MotivoVerifica.objects.create(
        autorita=distretto.autorita, codice="manca-elenco", testo="Manca l'elenco"
    )
    una, altra = (_respinta(programma, persone, titolo_riservato, riga, motivo) for riga in ("1.1", "2.1"))
    ParametriChiusura.objects.create(autorita=distretto.autorita, anno=ANNO, giorni_replica=15, fonte="Prova")
    passo(TRASMISSIONE_AUTOVALUTAZIONE, programma, persone.manager, Ruolo.MANAGER)
    passo(CONCLUSIONE_VERIFICA, programma, persone.verificatore, Ruolo.VERIFICATORE)
    ReplicaVerifica.objects.create(
        imputazione=altra,
        giro=1,
        su_decisione="respinta",
        testo=f"{titolo_riservato}: l'elenco c'era.",
        utente=persone.manager,
        ruolo=Ruolo.MANAGER,
    )
    return VerificaDelMondo(programma, una, altra, motivo)


def _respinta(
    programma: Programma, persone: Persone, titolo: str, riga: str, motivo: MotivoVerifica
) -> Imputazione:
    evidenza = crea_evidenza(programma=programma, tipo=TipoEvidenza.INCONTRO, utente=persone.manager)
    voce = {
        "codice": evidenza.codice,
        "tipo": TipoEvidenza.INCONTRO.value,
        "data": f"{ANNO}-05-05",
        "titolo": titolo,
        "organizzazioni": ["asif-chimelli"],
        "imputazioni": [{"indicatore": riga, "stato": "in_attesa"}],
    }
    evidenza = registra_evidenza(evidenza=evidenza, voce=voce, utente=persone.manager)[0]
    evidenza.imputazioni.update(
        stato="respinta",
        motivo=motivo,
        motivazione=motivo.motivazione(titolo),
        verificata_da=persone.agenzia,
        verificata_alle=timezone.now(),
    )
    return evidenza.imputazioni.get()

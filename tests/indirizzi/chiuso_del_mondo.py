"""Un anno chiuso: un risultato pubblicato e la sua correzione, definita e non ancora pubblicata."""

from datetime import date

from django.utils import timezone

from distretti.models import Distretto
from programmi.models import Programma, StatoProgramma
from programmi.regola import TipoEvidenza
from tests.conftest import Persone
from tests.programmi.ingressi import con_progettualita
from tests.risultati.ingressi import correggi, definisci, pubblica
from valutazione.models import Imputazione, StatoImputazione
from valutazione.services import crea_evidenza, registra_evidenza

ANNO = 2024
TITOLO_PUBBLICO = "Un incontro aperto a tutti"


def chiuso(distretto: Distretto, persone: Persone, titolo_riservato: str) -> Programma:
    """That of 2024: two progettualità, an accepted evidence, one that only the correction accepts."""
    programma = Programma.objects.create(
        distretto=distretto, anno=ANNO, dal=date(ANNO, 1, 1), al=date(ANNO, 12, 31), titolo="Un anno chiuso"
    )
    con_progettualita(programma, 2)
    giorno = date(ANNO, 3, 1)
    Programma.objects.filter(pk=programma.pk).update(
        stato=StatoProgramma.IN_ATTUAZIONE, stato_dal=giorno, trasmesso_il=giorno, approvato_il=giorno
    )
    programma.refresh_from_db()
    for numero, stato in enumerate((StatoImputazione.ACCOLTA, StatoImputazione.RESPINTA), start=1):
        _evidenza(programma, persone, titolo_riservato, f"{numero}.1", stato)
    definisci(programma, persone)
    pubblica(programma, persone)
    Imputazione.objects.filter(evidenza__programma=programma).update(
        stato=StatoImputazione.ACCOLTA, motivazione=""
    )
    correggi(programma, persone)
    return programma


def _evidenza(
    programma: Programma, persone: Persone, titolo: str, riga: str, stato: StatoImputazione
) -> None:
    evidenza = crea_evidenza(programma=programma, tipo=TipoEvidenza.INCONTRO, utente=persone.manager)
    voce = {
        "codice": evidenza.codice,
        "tipo": TipoEvidenza.INCONTRO.value,
        "data": f"{ANNO}-05-05",
        "titolo": titolo,
        "titolo_pubblico": TITOLO_PUBBLICO,
        "persone": [titolo],
        "imputazioni": [{"indicatore": riga, "stato": "in_attesa"}],
    }
    registra_evidenza(evidenza=evidenza, voce=voce, utente=persone.manager)
    evidenza.imputazioni.update(
        stato=stato,
        motivazione=titolo if stato == StatoImputazione.RESPINTA else "",
        verificata_da=persone.agenzia,
        verificata_alle=timezone.now(),
    )

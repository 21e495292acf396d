"""La chiusura di un anno portata dove serve, senza aspettare i giorni delle repliche."""

from datetime import date

from django.utils import timezone

from distretti.models import Atto, Ruolo, Utente
from programmi.models import Programma
from tests.conftest import Persone
from valutazione.chiusura.passi import concludi
from valutazione.models import Chiusura, ParametriChiusura, PassaggioChiusura, Risultato
from valutazione.tabella import (
    CONCLUSIONE_VERIFICA,
    DEFINIZIONE_RISULTATO,
    PUBBLICAZIONE_RISULTATO,
    RIAPERTURA_VERIFICA,
    TRASMISSIONE_AUTOVALUTAZIONE,
    Azione,
)

PERCHE = "Una relazione arrivata tardi è stata riconosciuta."


def passo(
    voce: Azione, programma: Programma, utente: Utente, ruolo: Ruolo, nota: str = "", atto: Atto | None = None
) -> PassaggioChiusura:
    """A step of the closing as the service writes it; its conditions are tried elsewhere."""
    chiusura = Chiusura.objects.filter(programma=programma).first() or Chiusura(programma=programma)
    chiusura.programma = programma
    nuovo = PassaggioChiusura(il=oggi(), nota=nota, atto=atto)
    return concludi(voce, chiusura, nuovo, utente, ruolo)


def definisci(programma: Programma, persone: Persone) -> Risultato:
    """From the year in course to its first result, not yet published."""
    ParametriChiusura.objects.get_or_create(
        autorita=programma.distretto.autorita,
        anno=programma.anno,
        defaults={"giorni_replica": 15, "fonte": "prova"},
    )
    passo(TRASMISSIONE_AUTOVALUTAZIONE, programma, persone.manager, Ruolo.MANAGER)
    passo(CONCLUSIONE_VERIFICA, programma, persone.verificatore, Ruolo.VERIFICATORE)
    return _definito(programma, persone, "")


def pubblica(programma: Programma, persone: Persone, atto: Atto | None = None) -> Risultato:
    """Publish the last result."""
    passaggio = passo(
        PUBBLICAZIONE_RISULTATO, programma, persone.agenzia, Ruolo.REFERENTE_ATTIVITA, atto=atto
    )
    assert passaggio.risultato is not None
    return Risultato.objects.get(pk=passaggio.risultato.pk)


def correggi(programma: Programma, persone: Persone, motivo: str = PERCHE) -> Risultato:
    """Open the verification again, conclude it and define a new result, not yet published."""
    riapri(programma, persone)
    passo(CONCLUSIONE_VERIFICA, programma, persone.verificatore, Ruolo.VERIFICATORE)
    return _definito(programma, persone, motivo)


def riapri(programma: Programma, persone: Persone) -> None:
    passo(RIAPERTURA_VERIFICA, programma, persone.dirigente, Ruolo.DIRIGENTE, nota="Nota interna riservata.")


def _definito(programma: Programma, persone: Persone, motivo: str) -> Risultato:
    passaggio = passo(
        DEFINIZIONE_RISULTATO, programma, persone.agenzia, Ruolo.REFERENTE_ATTIVITA, nota=motivo
    )
    return Risultato.objects.get(passaggio=passaggio)


def oggi() -> date:
    return timezone.localdate()

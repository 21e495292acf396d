"""Cinquanta passaggi della chiusura, autovalutazioni e commenti; e cinquanta anni che aspettano."""

from hashlib import sha256

from django.utils import timezone

from distretti.eventi import annota
from distretti.models import Distretto
from programmi.models import Programma
from tests.indirizzi.mondo import Mondo
from valutazione.models import (
    Autovalutazione,
    AzioneChiusura,
    Chiusura,
    CommentoAzione,
    PassaggioChiusura,
    StatoChiusura,
)

QUANTE = 50


def chiusure(mondo: Mondo, distretti: list[Distretto]) -> None:
    """The year to verify, as if sent back and transmitted again fifty times; those of the other districts."""
    oggi, chi = timezone.localdate(), mondo.persone.manager
    programma = mondo.chiusure.da_verificare
    prima = Autovalutazione.objects.get(programma=programma)
    chiusura = Chiusura.objects.get(programma=programma)
    passaggi = PassaggioChiusura.objects.bulk_create(
        PassaggioChiusura(
            chiusura=chiusura,
            ordine=100 + n,
            azione=AzioneChiusura.TRASMISSIONE_AUTOVALUTAZIONE,
            da_stato=StatoChiusura.IN_CORSO,
            a_stato=StatoChiusura.AUTOVALUTATA,
            il=oggi,
            utente=chi,
            ruolo="manager",
        )
        for n in range(QUANTE)
    )
    nuove = Autovalutazione.objects.bulk_create(
        Autovalutazione(
            programma=programma,
            numero=100 + n,
            contenuto=prima.contenuto,
            sha256=sha256(prima.contenuto.encode()).hexdigest(),
            congelata_alle=prima.congelata_alle,
            congelata_da=chi,
            passaggio=passaggio,
        )
        for n, passaggio in enumerate(passaggi)
    )
    for autovalutazione in nuove:
        annota(azione="chiusura.autovalutazione", oggetti=[programma, autovalutazione])
    CommentoAzione.objects.bulk_create(
        CommentoAzione(programma=uno, azione=f"P{100 + n}", testo="Bene.", scritto_da=chi)
        for uno in (mondo.approvato, mondo.chiusure.da_trasmettere)
        for n in range(QUANTE)
    )
    Chiusura.objects.bulk_create(
        Chiusura(programma=altro, stato=StatoChiusura.AUTOVALUTATA, stato_dal=oggi)
        for altro in Programma.objects.filter(distretto__in=distretti, anno=2025)
    )

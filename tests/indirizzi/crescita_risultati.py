"""Cinquanta risultati dell'anno chiuso, tutti pubblicati: ognuno corregge quello di prima."""

from typing import Any

from django.utils import timezone

from distretti.eventi import annota
from tests.indirizzi.mondo import Mondo
from valutazione.models import AzioneChiusura, Chiusura, PassaggioChiusura, Risultato, StatoChiusura

QUANTE = 50
_TESTI = ("scheda", "sha256_scheda", "esito", "sha256", "versione_kernel", "dichiarato", "riconosciuto")


def risultati(mondo: Mondo) -> None:
    chiusura = Chiusura.objects.get(programma=mondo.chiuso)
    prima = Risultato.objects.get(programma=mondo.chiuso, numero=2)
    comuni: dict[str, Any] = {campo: getattr(prima, campo) for campo in _TESTI}
    definizioni = _passaggi(mondo, chiusura, 100, AzioneChiusura.DEFINIZIONE_RISULTATO, [None] * QUANTE)
    nuovi = Risultato.objects.bulk_create(
        Risultato(
            programma=mondo.chiuso,
            numero=100 + n,
            motivo="Corretto.",
            passaggio=passaggio,
            congelato_alle=timezone.now(),
            congelato_da=mondo.persone.agenzia,
            **comuni,
        )
        for n, passaggio in enumerate(definizioni)
    )
    for risultato in nuovi:
        annota(azione="risultato.definizione", oggetti=[mondo.chiuso, risultato])
    _passaggi(mondo, chiusura, 200, AzioneChiusura.PUBBLICAZIONE_RISULTATO, nuovi)


def _passaggi(
    mondo: Mondo, chiusura: Chiusura, da: int, azione: AzioneChiusura, quali: list[Any]
) -> list[PassaggioChiusura]:
    definita = azione == AzioneChiusura.DEFINIZIONE_RISULTATO
    return PassaggioChiusura.objects.bulk_create(
        PassaggioChiusura(
            chiusura=chiusura,
            ordine=da + n,
            azione=azione,
            da_stato=StatoChiusura.VERIFICATA if definita else StatoChiusura.DEFINITA,
            a_stato=StatoChiusura.DEFINITA if definita else StatoChiusura.PUBBLICATA,
            il=timezone.localdate(),
            utente=mondo.persone.agenzia,
            ruolo="referente_attivita",
            risultato=risultato,
        )
        for n, risultato in enumerate(quali)
    )

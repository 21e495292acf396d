"""What is still missing before a step of the closing, in Italian sentences: shown before one tries.

Each condition is a function of the programme and of the day that gives the sentences of what it lacks.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from distretti.basi.italiano import conta, dal_giorno, elenco
from programmi.models import Programma
from valutazione.autovalutazione.azioni import commenti_di
from valutazione.chiusura.lettura import chiusura_di
from valutazione.kernel import Esito
from valutazione.letture import valutazione_di
from valutazione.models import (
    AzioneChiusura,
    Imputazione,
    ParametriChiusura,
    ReplicaVerifica,
    StatoImputazione,
)

Condizione = Callable[[Programma, date], Iterator[str]]


def ha_replica(imputazione: Imputazione, giro: int) -> bool:
    """Was the decision on ``imputazione`` replied to (not renounced) in this ``giro``?"""
    return ReplicaVerifica.objects.filter(imputazione=imputazione, giro=giro, rinuncia=False).exists()


def contrarie_senza_replica(programma: Programma) -> int:
    """How many decisions the manager may reply to, and neither did nor renounced to."""
    return Imputazione.objects.da_replicare().filter(evidenza__programma=programma).count()


def giorni_replica(programma: Programma) -> int | None:
    """The days the authority gives for the replies of the year; None while it has not set them."""
    parametri = ParametriChiusura.objects.filter(
        autorita=programma.distretto.autorita_id, anno=programma.anno
    ).first()
    return None if parametri is None else parametri.giorni_replica


def _fine_anno(programma: Programma, oggi: date) -> Iterator[str]:
    if oggi < programma.al:
        yield f"L'autovalutazione si trasmette {dal_giorno(programma.al)}, ultimo giorno dell'esercizio."


def _niente_ancora_pianificato(programma: Programma, oggi: date) -> Iterator[str]:
    arrivate = programma.evidenze.arrivate(oggi).count()
    if arrivate:
        quante = conta(arrivate, "evidenza pianificata", "evidenze pianificate")
        inizio = "C'è" if arrivate == 1 else "Ci sono"
        yield (
            f"{inizio} {quante} il cui giorno è arrivato: "
            f"{'indica' if arrivate == 1 else 'per ognuna indica'} se è avvenuta, oppure ritirala."
        )


def _un_commento_dove_il_numero_non_dice(programma: Programma, oggi: date) -> Iterator[str]:
    mancano = senza_commento(programma, valutazione_di(programma).esito)
    if mancano:
        dove = "all'azione non valutata" if len(mancano) == 1 else "alle azioni non valutate"
        yield f"Manca il commento {dove} {elenco(mancano)}."


def senza_commento(programma: Programma, esito: Esito) -> list[str]:
    """The codes of the actions not scored that have no comment yet, in the order of the scheda."""
    commentate = commenti_di(programma)
    return [a.codice for a in esito.azioni if not a.valori.valutata and a.codice not in commentate]


def _ogni_imputazione_decisa(programma: Programma, oggi: date) -> Iterator[str]:
    in_attesa = Imputazione.objects.filter(
        evidenza__in=programma.evidenze.registrate().filter(pianificata=False),
        stato=StatoImputazione.IN_ATTESA,
    ).count()
    if in_attesa:
        yield f"Da decidere: {conta(in_attesa, 'riga di evidenza', 'righe di evidenza')}."


def _giorni_stabiliti(programma: Programma, oggi: date) -> Iterator[str]:
    if giorni_replica(programma) is None:
        yield f"L'autorità non ha ancora stabilito i giorni per le repliche del {programma.anno}."


def _repliche_finite(programma: Programma, oggi: date) -> Iterator[str]:
    entro = chiusura_di(programma).repliche_entro
    if entro is None or oggi > entro:
        return
    mancano = contrarie_senza_replica(programma)
    if mancano:
        poi = dal_giorno(entro + timedelta(days=1))
        quante = conta(mancano, "decisione", "decisioni")
        yield f"Il manager può ancora replicare a {quante}: il risultato si definisce {poi}."


def _mai_dopo_una_riapertura(programma: Programma, oggi: date) -> Iterator[str]:
    if chiusura_di(programma).riaperta:
        yield (
            "La verifica è riaperta per correggere un risultato già definito: le evidenze restano quelle, e "
            "l'autovalutazione non si restituisce più."
        )


def _ogni_replica_ha_risposta(programma: Programma, oggi: date) -> Iterator[str]:
    attese = ReplicaVerifica.objects.da_decidere().filter(imputazione__evidenza__programma=programma).count()
    if attese:
        yield f"{'Aspetta' if attese == 1 else 'Aspettano'} risposta {conta(attese, 'replica', 'repliche')}."


_CONDIZIONI: dict[AzioneChiusura, tuple[Condizione, ...]] = {
    AzioneChiusura.TRASMISSIONE_AUTOVALUTAZIONE: (
        _fine_anno,
        _niente_ancora_pianificato,
        _un_commento_dove_il_numero_non_dice,
    ),
    AzioneChiusura.RESTITUZIONE_AUTOVALUTAZIONE: (_mai_dopo_una_riapertura,),
    AzioneChiusura.CONCLUSIONE_VERIFICA: (_ogni_imputazione_decisa, _giorni_stabiliti),
    # Decisions change also after the conclusion: with the answer to a reply.
    AzioneChiusura.DEFINIZIONE_RISULTATO: (
        _ogni_imputazione_decisa,
        _repliche_finite,
        _ogni_replica_ha_risposta,
    ),
    AzioneChiusura.PUBBLICAZIONE_RISULTATO: (),
    AzioneChiusura.RIAPERTURA_VERIFICA: (),
}


def mancanze(azione: AzioneChiusura, programma: Programma, oggi: date) -> list[str]:
    """What ``azione`` still lacks on ``oggi``, besides the state, the role and its note; [] if nothing."""
    return [frase for condizione in _CONDIZIONI[azione] for frase in condizione(programma, oggi)]

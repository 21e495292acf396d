"""Words of the top floor that the exchange format shares with the models."""

from distretti.basi.parole import Parola


class StatoImputazione(Parola):
    """What the Agenzia said of an evidence for a line."""

    IN_ATTESA = "in_attesa", "in attesa"
    ACCOLTA = "accolta", "accolta"
    RESPINTA = "respinta", "respinta"


class StatoChiusura(Parola):
    """Where the closing of the year stands."""

    IN_CORSO = "in_corso", "anno in corso"
    AUTOVALUTATA = "autovalutata", "autovalutazione trasmessa"
    VERIFICATA = "verificata", "verifica conclusa"
    DEFINITA = "definita", "risultato definito"
    PUBBLICATA = "pubblicata", "risultato pubblicato"


class AzioneChiusura(Parola):
    """What a step of the closing does."""

    TRASMISSIONE_AUTOVALUTAZIONE = "trasmissione_autovalutazione", "trasmissione dell'autovalutazione"
    RESTITUZIONE_AUTOVALUTAZIONE = "restituzione_autovalutazione", "restituzione dell'autovalutazione"
    CONCLUSIONE_VERIFICA = "conclusione_verifica", "conclusione della verifica"
    DEFINIZIONE_RISULTATO = "definizione_risultato", "definizione del risultato"
    PUBBLICAZIONE_RISULTATO = "pubblicazione_risultato", "pubblicazione del risultato"
    RIAPERTURA_VERIFICA = "riapertura_verifica", "riapertura della verifica"


MOTIVATE = (AzioneChiusura.RESTITUZIONE_AUTOVALUTAZIONE, AzioneChiusura.RIAPERTURA_VERIFICA)
"""The steps back of the closing: they say why."""


class AltraAzioneChiusura(Parola):
    """What is done in the closing without moving it to another state."""

    REGISTRAZIONE = "registrazione", "registrazione delle evidenze"
    COMMENTO = "commento", "commento alle azioni"
    COMPLETAMENTO = "completamento", "completamento delle regole"
    DECISIONE = "decisione", "decisione sulle evidenze"
    REPLICA = "replica", "replica alle decisioni"

"""Words of the top floor that the exchange format shares with the models."""

from distretti.basi.parole import Parola


class StatoImputazione(Parola):
    """What the Agenzia said of an evidence for a line."""

    IN_ATTESA = "in_attesa", "in attesa"
    ACCOLTA = "accolta", "accolta"
    RESPINTA = "respinta", "respinta"

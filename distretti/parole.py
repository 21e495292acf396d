"""Words of the ground floor that the exchange format shares with the models."""

from distretti.basi.parole import Parola


class TipoDistretto(Parola):
    """The kinds of district."""

    TERRITORIALE = "territoriale", "territoriale"
    TEMATICO = "tematico", "tematico"
    FAMILY_AUDIT = "family_audit", "family audit"


class TipoAtto(Parola):
    """The official acts a programme refers to."""

    LEGGE = "legge", "legge"
    DELIBERA_GP = "delibera_giunta_provinciale", "deliberazione della Giunta provinciale"
    DELIBERA_GC = "delibera_giunta_comunale", "deliberazione della Giunta comunale"
    DETERMINAZIONE = "determinazione", "determinazione del dirigente"
    ACCORDO = "accordo", "accordo volontario"
    ALTRO = "altro", "altro atto"


class Natura(Parola):
    """Public or private body."""

    PUBBLICA = "pubblica", "pubblica"
    PRIVATA = "privata", "privata"

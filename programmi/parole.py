"""Words of the middle floor that the exchange format shares with the models."""

from distretti.basi.parole import Parola


class Riuso(Parola):
    """May one evidence count on several lines? (contract, key ``riuso``)"""

    AMMESSO = "ammesso", "ammesso"
    UNA_VOLTA_PER_AZIONE = "una_volta_per_azione", "una volta per azione"
    UNA_VOLTA = "una_volta", "una volta sola"


class RuoloAttore(Parola):
    """The offices printed under "ATTORI DEL DISTRETTO"."""

    CAPOFILA = "capofila", "Organizzazione capofila"
    COORDINATORE = "coordinatore", "Coordinatore/trice istituzionale"
    MANAGER = "manager", "Manager territoriale"
    REFERENTE_AMMINISTRATIVO = "referente_amministrativo", "Referente amministrativo/a"


class TipoCanale(Parola):
    """The channels printed under "CANALI SOCIAL"."""

    MAIL = "mail", "posta elettronica"
    SITO = "sito", "sito web"
    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    YOUTUBE = "youtube", "YouTube"
    ALTRO = "altro", "altro canale"


class AzionePassaggio(Parola):
    """What a step of the procedure does."""

    TRASMISSIONE = "trasmissione", "trasmissione all'Agenzia"
    PRESA_IN_CARICO = "presa_in_carico", "presa in carico"
    RINVIO = "rinvio", "richiesta di integrazioni"
    PROPOSTA = "proposta", "proposta di approvazione"
    RESTITUZIONE = "restituzione", "restituzione all'esame"
    MESSA_ALLA_FIRMA = "messa_alla_firma", "messa alla firma"
    APPROVAZIONE = "approvazione", "approvazione"
    PUBBLICAZIONE = "pubblicazione", "pubblicazione"
    RITIRO = "ritiro", "ritiro"
    RESPINGIMENTO = "respingimento", "respingimento"
    RIAPERTURA = "riapertura", "riapertura"
    VARIAZIONE = "variazione", "variazione"


PUBBLICI = (
    AzionePassaggio.TRASMISSIONE,
    AzionePassaggio.APPROVAZIONE,
    AzionePassaggio.PUBBLICAZIONE,
    AzionePassaggio.VARIAZIONE,
)
"""The steps that everyone reads of an approved programme: with the acts, not the examination."""

RITORNI = (
    AzionePassaggio.RINVIO,
    AzionePassaggio.RITIRO,
    AzionePassaggio.RESPINGIMENTO,
    AzionePassaggio.RIAPERTURA,
)
"""The steps back: with what came before them they are of the procedure alone."""

MOTIVATI = (
    AzionePassaggio.RINVIO,
    AzionePassaggio.RESTITUZIONE,
    AzionePassaggio.RITIRO,
    AzionePassaggio.RESPINGIMENTO,
)
"""The steps that say why."""

CON_ATTO = (AzionePassaggio.APPROVAZIONE, AzionePassaggio.RESPINGIMENTO, AzionePassaggio.VARIAZIONE)
"""The steps that an act makes."""


class AltraAzione(Parola):
    """What is done on a programme without moving it to another state."""

    SCRITTURA = "scrittura", "scrittura"
    INTEGRAZIONE = "integrazione", "integrazione"
    OSSERVAZIONE = "osservazione", "osservazione"
    REPLICA = "replica", "replica"
    CHIUSURA = "chiusura", "chiusura di un'osservazione"
    APERTURA_VARIAZIONE = "apertura_variazione", "apertura di una variazione"

"""Che cosa manda un modulo riempito bene, nelle pagine delle persone."""

from tests.indirizzi.corpi import Corpo
from tests.indirizzi.mondo import GIORNO, Mondo

NUOVA_PASSWORD = "una-frase-lunga-e-nuova-7"


def motivo(mondo: Mondo) -> Corpo:
    return {"motivo": "Lo ha chiesto."}


def cancellazione(mondo: Mondo) -> Corpo:
    return {**motivo(mondo), "certo": "on"}


def dati(mondo: Mondo) -> Corpo:
    return {"nome": "Nome cambiato", "mail": "cambiata@example.org"}


def incarico(mondo: Mondo) -> Corpo:
    distretto = mondo.approvato.distretto
    return {"ruolo": "coordinatore", "distretto": distretto.pk, "dal": GIORNO.isoformat()}


def invito(mondo: Mondo) -> Corpo:
    return {**incarico(mondo), "nome": "Una persona", "mail": "una.persona@example.org"}


def fine(mondo: Mondo) -> Corpo:
    return {"al": GIORNO.isoformat(), "motivo": "Ha cambiato ufficio."}

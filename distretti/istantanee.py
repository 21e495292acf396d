"""Records of the register as a person reads them: label → text. For the history and for conflicts."""

from datetime import date

from distretti.basi.italiano import data_estesa
from distretti.models import Certificazione, Distretto, Organizzazione
from distretti.versioni import Istantanea


def istantanea_organizzazione(organizzazione: Organizzazione) -> Istantanea:
    altri = organizzazione.alias.order_by("ordine").values_list("testo", flat=True)
    return {
        "Denominazione": organizzazione.denominazione,
        "Natura": organizzazione.get_natura_display(),
        "Altri nomi negli atti": "\n".join(altri),
    }


def istantanea_certificazione(certificazione: Certificazione) -> Istantanea:
    return {
        "Organizzazione": certificazione.organizzazione.denominazione,
        "Marchio": certificazione.marchio.denominazione,
        "Livello": certificazione.livello,
        "Numero": certificazione.numero,
        "Valido dal": _giorno(certificazione.dal),
        "Fino al": _giorno(certificazione.al),
        "Revocato il": _giorno(certificazione.revocata_il),
        "Atto": str(certificazione.atto or ""),
    }


def istantanea_distretto(distretto: Distretto) -> Istantanea:
    return {
        "Denominazione": distretto.denominazione,
        "Stato": distretto.get_stato_display(),
        "Ente capofila": distretto.capofila,
    }


def _giorno(giorno: date | None) -> str:
    return data_estesa(giorno) if giorno else ""

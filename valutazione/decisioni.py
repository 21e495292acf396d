"""What a decision is, as it is taken, kept to be undone, and told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from valutazione.models import Imputazione, MotivoVerifica, StatoImputazione

Misura = dict[str, Any]
Istantanea = dict[str, Any]
"""A decision as plain data (JSON): the columns of an imputazione that hold it."""

CAMPI = ("stato", "misura_riconosciuta", "motivazione", "motivo", "verificata_da", "verificata_alle")


@dataclass(frozen=True)
class Decisione:
    """Accept, reject (``stato``), accept in part (``misura``, of the exchange format); reason and note."""

    stato: StatoImputazione
    misura: Misura | None = None
    nota: str = ""
    motivo: MotivoVerifica | None = None

    @property
    def motivazione(self) -> str:
        """As it is printed: the words of the reason, then the note."""
        nota = self.nota.replace("\r\n", "\n").strip()
        return nota if self.motivo is None else self.motivo.motivazione(nota)

    @property
    def in_parole(self) -> str:
        """ "accolta", "accolta in parte", "respinta" """
        return "accolta in parte" if self.misura else self.stato.etichetta

    def vale_gia(self, imputazione: Imputazione) -> bool:
        """Is it the decision that stands on ``imputazione``, word for word, whoever took it?"""
        di_ora = (imputazione.stato, imputazione.misura_riconosciuta, imputazione.motivazione)
        motivo = None if self.motivo is None else self.motivo.pk
        return (*di_ora, imputazione.motivo_id) == (self.stato, self.misura, self.motivazione, motivo)


@dataclass(frozen=True)
class Presa:
    """A decision just taken: what stood before it and what stands now, so that it can be undone."""

    imputazione: int
    prima: Istantanea
    dopo: Istantanea

    def in_json(self) -> dict[str, Any]:
        return {"imputazione": self.imputazione, "prima": self.prima, "dopo": self.dopo}

    @classmethod
    def da_json(cls, dato: Mapping[str, Any]) -> "Presa":
        return cls(dato["imputazione"], dato["prima"], dato["dopo"])


def istantanea(imputazione: Imputazione) -> Istantanea:
    """The decision that stands on ``imputazione``."""
    alle = imputazione.verificata_alle
    return {
        "stato": str(imputazione.stato),
        "misura_riconosciuta": imputazione.misura_riconosciuta,
        "motivazione": imputazione.motivazione,
        "motivo": imputazione.motivo_id,
        "verificata_da": imputazione.verificata_da_id,
        "verificata_alle": None if alle is None else alle.isoformat(),
    }


def rimetti(imputazione: Imputazione, scritta: Istantanea) -> None:
    """Put back on ``imputazione`` the decision that an istantanea tells; nothing is saved."""
    alle = scritta["verificata_alle"]
    imputazione.stato = StatoImputazione(scritta["stato"])
    imputazione.misura_riconosciuta = scritta["misura_riconosciuta"]
    imputazione.motivazione = scritta["motivazione"]
    imputazione.motivo_id = scritta["motivo"]
    imputazione.verificata_da_id = scritta["verificata_da"]
    imputazione.verificata_alle = None if alle is None else datetime.fromisoformat(alle)

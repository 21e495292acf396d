"""The events of an object as its history shows them."""

from dataclasses import dataclass
from datetime import datetime

from distretti.models import Evento
from distretti.parole_eventi import azione_in_parole

LUNGO = 200
"""Characters beyond which a text is folded away."""


@dataclass(frozen=True)
class Cambio:
    """One label, with what it said before and after; either may be empty."""

    nome: str
    prima: str
    dopo: str

    @property
    def lungo(self) -> bool:
        return len(self.prima) + len(self.dopo) > LUNGO


@dataclass(frozen=True)
class VoceStoria:
    """An event to be read. ``cancellati_alle``: when what it told was erased; then it tells nothing."""

    numero: int
    alle: datetime
    azione: str
    chi: str
    ruolo: str
    cambi: tuple[Cambio, ...]
    motivo: str
    cancellati_alle: datetime | None

    @property
    def confronta(self) -> bool:
        """Is there a before to compare with? Otherwise the labels just tell."""
        return any(cambio.prima for cambio in self.cambi)


def voce_storia(evento: Evento) -> VoceStoria:
    """An event read with its data (``EventoQuerySet.per_elenco``)."""
    letti = evento.dati.letti
    prima, dopo = letti["prima"], letti["dopo"]
    return VoceStoria(
        numero=evento.numero,
        alle=evento.alle,
        azione=azione_in_parole(evento.azione),
        chi=letti["chi"],
        ruolo=evento.ruolo_esteso,
        cambi=tuple(Cambio(nome, prima.get(nome, ""), dopo.get(nome, "")) for nome in {**dopo, **prima}),
        motivo=letti["motivo"],
        cancellati_alle=evento.dati.cancellati_alle,
    )

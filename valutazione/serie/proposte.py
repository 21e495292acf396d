"""What one is likely to record now: as the last time, then what the lines still lack."""

from dataclasses import dataclass

from programmi.regola import TipoEvidenza, Ufficio
from valutazione.letture import Valutazione
from valutazione.scheda.modello import Riga
from valutazione.serie.ultime import ESCLUSI, Ultime


@dataclass(frozen=True, slots=True)
class Proposta:
    """A type with the lines it would be credited to; ``manca``: what the line lacks, if it is one."""

    tipo: TipoEvidenza
    righe: tuple[Riga, ...]
    presenze: tuple[str, ...] = ()
    manca: str = ""

    @property
    def chiave(self) -> str:
        """As the form sends it: "incontro:obb.2,obb.3"."""
        return f"{self.tipo.value}:{','.join(riga.codice for riga in self.righe)}"

    @property
    def etichetta(self) -> str:
        if len(self.righe) != 1:
            codici = ", ".join(riga.codice for riga in self.righe)
            return f"{self.tipo.etichetta}, come l'ultima volta ({codici or 'nessuna riga'})"
        riga = self.righe[0]
        return f"{self.tipo.etichetta}: {riga.codice} {riga.testo}" + (
            f" – {self.manca}" if self.manca else ""
        )


def proposte(valutazione: Valutazione, ultime: Ultime | None) -> list[Proposta]:
    """The last choices first, while they still hold; then each line not yet at its highest, by its types."""
    righe = valutazione.scheda.righe
    trovate: dict[str, Proposta] = {}
    if ultime is not None:
        ammesse = tuple(
            riga
            for codice in ultime.righe
            if (riga := righe.get(codice)) is not None and _ammette(riga, ultime.tipo)
        )
        ultima = Proposta(ultime.tipo, ammesse, ultime.presenze)
        trovate[ultima.chiave] = ultima
    for codice, riga in righe.items():
        manca = valutazione.esito.righe[codice].manca
        if riga.regola is None or manca is None or not manca.possibile:
            continue
        for tipo in riga.regola.evidenze:
            if tipo not in ESCLUSI:
                presenze = tuple(Ufficio(ufficio).value for ufficio in riga.regola.presenze)
                proposta = Proposta(tipo, (riga,), presenze, manca.frase)
                trovate.setdefault(proposta.chiave, proposta)
    return list(trovate.values())


def _ammette(riga: Riga, tipo: TipoEvidenza) -> bool:
    return riga.regola is not None and tipo in riga.regola.evidenze

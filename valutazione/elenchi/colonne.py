"""What a prescribed list says of each evidence: what the rule of the line asks for, and what was written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from distretti.basi.italiano import data_estesa, elenco
from programmi.regola import CampoEvidenza, RegolaComposta, RegolaPerDistinti, RegolaQuotaOre, TipoEvidenza
from valutazione.forms.tipi import campi_di
from valutazione.models.evidenza import CAMPI_PROGETTO, progetto_in_testo
from valutazione.scheda.modello import Evidenza, Riga, Scheda

Colonna = tuple[str, str]
"""Key and heading."""

_ETICHETTE = {
    "argomento": "Argomento trattato",
    "titolo": "Titolo",
    "persone": "Persone coinvolte",
    "organizzazioni": "Organizzazioni coinvolte",
    "luogo": "Luogo",
    "url": "Indirizzo web",
    "descrizione": "Descrizione",
    "allegati": "Allegati",
    "misura": "Misura",
}
_SOLO_SE_CHIESTE = ("titolo", "luogo", "descrizione", "misura")
_PROGETTO = "progetto_"


@dataclass(frozen=True, slots=True)
class Parole:
    """How to write an evidence of a scheda in cells."""

    scheda: Scheda

    def cella(self, evidenza: Evidenza, chiave: str, misura: str) -> str:
        """The text of one cell."""
        if chiave.startswith(_PROGETTO):
            return self._progetto(evidenza, chiave.removeprefix(_PROGETTO))
        match chiave:
            case "data":
                fine = f" – {data_estesa(evidenza.data_fine)}" if evidenza.data_fine else ""
                return data_estesa(evidenza.data) + fine
            case "argomento":
                return str(evidenza.argomento or evidenza.titolo)
            case "persone":
                return ", ".join(evidenza.persone) if isinstance(evidenza.persone, tuple) else ""
            case "organizzazioni":
                nomi = self.scheda.nomi_organizzazioni
                return ", ".join(nomi.get(codice, codice) for codice in evidenza.organizzazioni)
            case "allegati":
                nomi_file = evidenza.allegati if isinstance(evidenza.allegati, tuple) else ()
                return elenco([allegato.nome for allegato in nomi_file])
            case "misura":
                return misura
        return str(getattr(evidenza, chiave))

    def _progetto(self, evidenza: Evidenza, nome: str) -> str:
        progetto = evidenza.progetto
        valore = "" if progetto is None else getattr(progetto, nome, "")
        return progetto_in_testo(list(valore) if isinstance(valore, tuple) else str(valore or ""))


def colonne_di(riga: Riga, evidenze: Iterable[Evidenza], parole: Parole) -> list[Colonna]:
    """The columns of the list of ``riga``: those the rule asks for, and the others that are filled in."""
    tipi = () if riga.regola is None else riga.regola.evidenze
    if TipoEvidenza.PROGETTO_FUORI_PROGRAMMA in tipi:
        return [("data", "Data"), *((f"{_PROGETTO}{nome}", voce) for nome, voce in CAMPI_PROGETTO.items())]
    evidenze = list(evidenze)
    chiesti = _chiesti(riga)
    ammessi = {campo for tipo in tipi for campo in campi_di(tipo, [])} | {"titolo", "allegati"}
    tenuti = []
    for chiave in _ETICHETTE:
        if chiave in chiesti or (
            chiave in ammessi
            and chiave not in _SOLO_SE_CHIESTE
            and any(parole.cella(evidenza, chiave, "") for evidenza in evidenze)
        ):
            tenuti.append(chiave)
    if "argomento" not in tenuti:
        tenuti.insert(0, "titolo")
    return [("data", "Data"), *((chiave, _ETICHETTE[chiave]) for chiave in dict.fromkeys(tenuti))]


def _chiesti(riga: Riga) -> Sequence[str]:
    """What the rule says must be there, and what it measures."""
    if riga.regola is None:
        return ()
    campi = [CampoEvidenza(campo).value for scelte in riga.regola.campi for campo in scelte]
    misurata = isinstance(riga.regola, RegolaQuotaOre | RegolaComposta)
    coinvolte = isinstance(riga.regola, RegolaPerDistinti)
    return [*campi, *(["misura"] if misurata else []), *(["organizzazioni"] if coinvolte else [])]

"""The evidence of a line as the report prints it: date, type, public title, measure. Never who took part."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import assert_never

from distretti.basi.italiano import conta, data_estesa, elenco, numero, percento
from valutazione.kernel import Conteggiata, EsitoRiga, Motivo, OltreIlMassimo, Scartata
from valutazione.parole import StatoImputazione
from valutazione.relazione.modello import EvidenzaContata, EvidenzaEsclusa
from valutazione.relazione.riservatezza import parole_dei_nomi, senza_nomi
from valutazione.scheda.modello import (
    Evidenza,
    Imputazione,
    Misura,
    MisuraOre,
    MisuraOrganizzazioni,
    MisuraParti,
    MisuraUnita,
    Scheda,
)


@dataclass(frozen=True)
class Registro:
    """The evidence of a scheda, by code, ready to be printed."""

    scheda: Scheda

    @cached_property
    def evidenze(self) -> dict[str, Evidenza]:
        return {evidenza.codice: evidenza for evidenza in self.scheda.evidenze}

    @cached_property
    def _nomi(self) -> frozenset[str]:
        return parole_dei_nomi(self.scheda)

    def senza_nomi(self, testo: str) -> str:
        """A free text, with the attendees' names masked and without its final stop."""
        return senza_nomi(" ".join(testo.split()), self._nomi).rstrip(".; ")

    def contate(self, riga: EsitoRiga) -> tuple[EvidenzaContata, ...]:
        """What counts on a line, in the order of the shares."""
        return tuple(self._contata(riga.codice, contata) for contata in riga.conteggiate)

    def escluse(self, riga: EsitoRiga) -> tuple[EvidenzaEsclusa, ...]:
        """What adds nothing to a line, in order of date; what is only planned is no evidence yet."""
        voci: list[OltreIlMassimo | Scartata] = [
            *riga.oltre_il_massimo,
            *(scartata for scartata in riga.scartate if not scartata.pianificata),
        ]
        voci.sort(key=lambda voce: (self.evidenze[voce.evidenza].data, voce.evidenza))
        return tuple(self._esclusa(voce) for voce in voci)

    def _contata(self, riga: str, contata: Conteggiata) -> EvidenzaContata:
        evidenza = self.evidenze[contata.evidenza]
        imputazione = next(i for i in evidenza.imputazioni if i.indicatore == riga)
        in_parte = imputazione.misura_riconosciuta is not None and (
            contata.misura_riconosciuta != contata.misura
        )
        stato = "accolta in parte" if in_parte else contata.stato.etichetta
        return EvidenzaContata(
            codice=evidenza.codice,
            data=_quando(evidenza),
            titolo=titolo(evidenza),
            misura=self._misura(contata.misura, evidenza),
            stato=stato,
            dichiarato=_quota(contata.dichiarato),
            riconosciuto=_quota(contata.riconosciuto),
            nota=self._nota(evidenza, imputazione, contata) if in_parte else "",
        )

    def _nota(self, evidenza: Evidenza, imputazione: Imputazione, contata: Conteggiata) -> str:
        motivo = self.senza_nomi(imputazione.motivazione)
        riconosciuta = f"Misura riconosciuta: {self._misura(contata.misura_riconosciuta, evidenza)}"
        return f"{riconosciuta}. Motivo: {motivo}." if motivo else f"{riconosciuta}."

    def _esclusa(self, voce: OltreIlMassimo | Scartata) -> EvidenzaEsclusa:
        evidenza = self.evidenze[voce.evidenza]
        return EvidenzaEsclusa(
            codice=evidenza.codice,
            data=_quando(evidenza),
            titolo=titolo(evidenza),
            motivo=self._motivo(voce),
        )

    def _motivo(self, voce: OltreIlMassimo | Scartata) -> str:
        if isinstance(voce, OltreIlMassimo):
            stato = "" if voce.stato is StatoImputazione.ACCOLTA else f" ({voce.stato.etichetta} di verifica)"
            return f"La riga è già al massimo: l'evidenza conta ma non aggiunge nulla{stato}."
        # Only the reason of a rejection is free text: the others are sentences of the kernel.
        dettaglio = self.senza_nomi(voce.dettaglio) if voce.motivo is Motivo.RESPINTA else voce.dettaglio
        # The public form has no reason: the kernel says then again that it was rejected.
        detto = dettaglio.lower() == voce.motivo.etichetta.lower()
        return (
            f"{voce.motivo.etichetta}: {dettaglio}."
            if dettaglio and not detto
            else f"{voce.motivo.etichetta}."
        )

    def _misura(self, misura: Misura | None, evidenza: Evidenza) -> str:
        match misura:
            case None:
                return "–"
            case MisuraUnita():
                return conta(misura.unita, evidenza.tipo.singolare, evidenza.tipo.plurale)
            case MisuraOre():
                return f"{numero(misura.ore)} {'ora' if misura.ore == 1 else 'ore'}"
            case MisuraParti():
                return elenco(misura.parti)
            case MisuraOrganizzazioni():
                nomi = self.scheda.nomi_organizzazioni
                return ", ".join(nomi.get(codice, codice) for codice in misura.organizzazioni)
            case _:
                assert_never(misura)


def titolo(evidenza: Evidenza) -> str:
    """The type and, where one was written for the public, the title."""
    tipo = evidenza.tipo.etichetta
    return f"{tipo}: {evidenza.titolo_pubblico}" if evidenza.titolo_pubblico.strip() else tipo


def _quando(evidenza: Evidenza) -> str:
    return data_estesa(evidenza.data)


def _quota(quota: Decimal | None) -> str:
    return "" if quota is None else percento(quota)

"""The direct actions about a line: complete, confirm, record, verify; each an address that exists."""

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import quote

from django.urls import reverse

from distretti.basi.italiano import del_giorno, il_giorno
from programmi.regola import Regola, RegolaManuale, un_tipo
from valutazione.kernel import Motivo
from valutazione.letture import Valutazione
from valutazione.manca.modello import Passo, Sguardo
from valutazione.manca.rimedi import Rimediabile
from valutazione.scheda.modello import Evidenza

TIPI_IN_VISTA = 3
"""Types of which each has a button of its own; where a rule admits more, one button for all."""

_DA_INDICARE = {
    Motivo.CAMPI_MANCANTI: "Completa i campi",
    Motivo.PRESENZA_MANCANTE: "Indica chi era presente",
    Motivo.MISURA_MANCANTE: "Completa la misura",
}


class Passi:
    """The steps that who looks may take on a programme."""

    def __init__(self, valutazione: Valutazione, sguardo: Sguardo) -> None:
        programma = valutazione.programma
        self._dove = (programma.distretto.codice, programma.edizione)
        self._programma = programma
        self._sguardo = sguardo

    def rimedi(self, voci: Sequence[Rimediabile]) -> Iterator[Passo]:
        for voce in voci:
            if not self._sguardo.registra or voce.evidenza.codice not in self._sguardo.chiavi:
                continue
            testo = "Allega il file che manca" if voce.file else _DA_INDICARE[voce.scartata.motivo]
            nome = _nome(voce.evidenza)
            yield Passo(
                testo,
                self._di("evidenza-modifica", voce.evidenza) + ("#allegati" if voce.file else ""),
                cosa=f": {nome}",
                premessa=f"{nome} non {_conta(voce)}: {voce.scartata.dettaglio}.",
            )

    def conferme(self, pianificate: Sequence[Evidenza]) -> Iterator[Passo]:
        """Those whose day has come are confirmed; the others are only said."""
        for evidenza in pianificate:
            if not self._sguardo.registra or evidenza.codice not in self._sguardo.chiavi:
                continue
            quando = f"l'evidenza pianificata {del_giorno(evidenza.data)}"
            if evidenza.data <= self._sguardo.oggi:
                yield Passo(
                    f"Conferma {quando}", self._di("evidenza-avvenuta", evidenza), f": {evidenza.titolo}"
                )
            else:
                premessa = f"«{evidenza.titolo}» è prevista per {il_giorno(evidenza.data)}."
                yield Passo(
                    f"Vedi {quando}", self._di("evidenza", evidenza), f": {evidenza.titolo}", premessa
                )

    def registra(self, codice: str, regola: Regola) -> Iterator[Passo]:
        """The new evidence opens with its type and its line already chosen."""
        if not self._sguardo.registra:
            return
        indirizzo = reverse("evidenza-nuova", args=self._dove)
        cosa = f" per la riga {codice}"
        if len(regola.evidenze) > TIPI_IN_VISTA:
            yield Passo("Registra un'evidenza", f"{indirizzo}?riga={codice}", cosa)
            return
        for tipo in regola.evidenze:
            yield Passo(
                f"Registra {un_tipo(tipo)}", indirizzo, cosa, invio=(("tipo", tipo.value), ("riga", codice))
            )

    def verifica(self, codice: str) -> Iterator[Passo]:
        if self._sguardo.verifica:
            indirizzo = reverse("verifica", args=self._dove)
            yield Passo("Verifica", f"{indirizzo}?riga={codice}", f" la riga {codice}")

    def completa(self, codice: str, regola: Regola) -> Iterator[Passo]:
        """What the act left to the authority: said by who may, asked by the others."""
        che_cosa = "la percentuale" if isinstance(regola, RegolaManuale) else "le ore previste"
        if self._sguardo.completa:
            verbo = "Assegna" if isinstance(regola, RegolaManuale) else "Indica"
            indirizzo = reverse("riga-completa", args=(*self._dove, codice))
            yield Passo(f"{verbo} {che_cosa}", indirizzo, f" della riga {codice}")
        elif self._sguardo.mail_agenzia:
            oggetto = quote(f"{self._programma}: {che_cosa} della riga {codice}")
            indirizzo = f"mailto:{self._sguardo.mail_agenzia}?subject={oggetto}"
            yield Passo(f"Chiedi all'Agenzia {che_cosa}", indirizzo, f" della riga {codice}")

    def _di(self, nome: str, evidenza: Evidenza) -> str:
        return reverse(nome, args=(*self._dove, self._sguardo.chiavi[evidenza.codice]))


def _nome(evidenza: Evidenza) -> str:
    return f"«{evidenza.titolo}» {del_giorno(evidenza.data)}"


def _conta(voce: Rimediabile) -> str:
    return "conterebbe" if voce.scartata.pianificata else "conta"


def ultimo_giorno(valutazione: Valutazione, codice: str, regola: Regola) -> date:
    """The last day on which something done counts for the line."""
    riga, scheda = valutazione.scheda.righe[codice], valutazione.scheda
    return min(giorno for giorno in (scheda.al, riga.al, regola.entro) if giorno is not None)

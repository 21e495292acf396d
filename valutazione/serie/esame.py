"""What a table of evidence would give: row by row what is wrong, what would not count, and the effect."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from distretti.basi.italiano import elenco
from valutazione.effetto import Effetto, effetto_di_voci
from valutazione.forms.campi import nome_misura
from valutazione.kernel import Esito
from valutazione.letture import Valutazione
from valutazione.serie.celle import Celle, voci
from valutazione.serie.doppioni import Registrate
from valutazione.serie.intervalli import in_intervalli
from valutazione.serie.registro import nomi_per, suggerimenti
from valutazione.serie.riga import Scelte, leggi_riga
from valutazione.services.controllo import errori_delle_voci
from valutazione.services.serie import con_codici

Errori = dict[str, str]
Avviso = tuple[str, str]
"""A line, and why the evidence of a row would bring nothing to it."""


@dataclass(frozen=True, slots=True)
class RigaEsaminata:
    """A row of the table: ``numero`` from 1. ``errori`` by key of the column ("" = of the whole row).

    ``avvisi``: where it would bring nothing, and why (code of the line, reason); ``doppione``: where the same
    is already.
    """

    numero: int
    celle: Celle
    voce: Mapping[str, Any]
    errori: Mapping[str, str]
    avvisi: tuple[Avviso, ...] = ()
    doppione: str = ""

    @property
    def buona(self) -> bool:
        return not self.errori

    @property
    def nuova(self) -> bool:
        """Right, and nowhere else yet."""
        return self.buona and not self.doppione


@dataclass(frozen=True, slots=True)
class Esame:
    """All the rows, and what recording the new ones would change (all the good ones, when none is new)."""

    righe: Sequence[RigaEsaminata]
    effetto: Effetto | None = None

    @property
    def buone(self) -> list[RigaEsaminata]:
        return [riga for riga in self.righe if riga.buona]

    @property
    def errate(self) -> list[RigaEsaminata]:
        return [riga for riga in self.righe if not riga.buona]

    @property
    def motivi(self) -> dict[Avviso, str]:
        """The warnings, each once, with the rows it is about: "evidenza 3", "evidenze 6–12"."""
        trovati: dict[Avviso, list[int]] = {}
        for riga in self.righe:
            for avviso in riga.avvisi:
                trovati.setdefault(avviso, []).append(riga.numero)
        return {
            avviso: f"{'evidenza' if len(numeri) == 1 else 'evidenze'} {in_intervalli(numeri)}"
            for avviso, numeri in trovati.items()
        }

    @property
    def nuove(self) -> list[RigaEsaminata]:
        return [riga for riga in self.righe if riga.nuova]

    @property
    def doppie(self) -> list[RigaEsaminata]:
        """Right, but perhaps there already: recorded only by who says so."""
        return [riga for riga in self.righe if riga.buona and riga.doppione]


def esamina(valutazione: Valutazione, scelte: Scelte, celle: Sequence[Celle]) -> Esame:
    """Read ``celle`` and look at what they would do. The number of queries does not depend on how many."""
    if not celle:
        return Esame(())
    nomi = nomi_per(valutazione.scheda, celle)
    lette = [leggi_riga(riga, scelte, nomi) for riga in celle]
    codificate = con_codici(valutazione.programma, [letta.voce for letta in lette])
    errori = [dict(letta.errori) for letta in lette]
    integre = [voce for voce, sbagli in zip(codificate, errori, strict=True) if not sbagli]
    della_scheda = errori_delle_voci(valutazione.documento, integre)
    for voce, sbagli in zip(codificate, errori, strict=True):
        sbagli |= _per_colonna(della_scheda.get(voce["codice"], {}), scelte, celle)
    _suggerisci(celle, errori, nomi.sconosciuti)
    registrate = Registrate(valutazione.documento["evidenze"])
    righe = []
    for numero, (riga, voce, sbagli) in enumerate(zip(celle, codificate, errori, strict=True), start=1):
        doppione = registrate.uguale_a(voce)
        registrate.aggiungi(voce, f"la riga {numero}")
        righe.append(RigaEsaminata(numero, riga, voce, sbagli, doppione=doppione))
    return _con_effetto(valutazione, scelte, Esame(righe))


def _con_effetto(valutazione: Valutazione, scelte: Scelte, esame: Esame) -> Esame:
    da_registrare = esame.nuove or esame.buone
    if not da_registrare:
        return esame
    effetto = effetto_di_voci(valutazione, [dict(riga.voce) for riga in da_registrare])
    avvisi = _avvisi(effetto.esito, scelte)
    righe = [replace(riga, avvisi=tuple(avvisi.get(riga.voce["codice"], ()))) for riga in esame.righe]
    return Esame(righe, replace(effetto, avvisi=()))


def senza_codice(riga: RigaEsaminata) -> dict[str, Any]:
    """The evidence of a row, ready to be recorded."""
    return {chiave: valore for chiave, valore in riga.voce.items() if chiave != "codice"}


def _per_colonna(campi: Mapping[str, str], scelte: Scelte, celle: Sequence[Celle]) -> Errori:
    """What the reader of files found, beside the cells it is about."""
    errori: Errori = {}
    for percorso, messaggio in campi.items():
        testa = percorso.partition(".")[0].partition("[")
        colonna = testa[0]
        if colonna == "imputazioni" and testa[2]:
            colonna = nome_misura(scelte.righe[int(testa[2].rstrip("]"))])
        nota = any(colonna in riga for riga in celle) or colonna in ("data", "titolo")
        errori.setdefault(colonna if nota else "", f"{messaggio[:1].upper()}{messaggio[1:].rstrip('.')}.")
    return errori


def _suggerisci(celle: Sequence[Celle], errori: Sequence[Errori], sconosciuti: Any) -> None:
    """Add to what nobody is called the name that looks like it."""
    ignoti = [sconosciuti(voci(riga.get("organizzazioni", ""))) for riga in celle]
    simili = suggerimenti(list(dict.fromkeys(nome for nomi in ignoti for nome in nomi)))
    for nomi, sbagli in zip(ignoti, errori, strict=True):
        forse = [f"«{simili[nome]}»" for nome in nomi if nome in simili]
        if forse and "organizzazioni" in sbagli:
            sbagli["organizzazioni"] += f" Forse {elenco(forse, 'o')}?"


def _avvisi(esito: Esito, scelte: Scelte) -> Mapping[str, list[Avviso]]:
    """By code of the evidence: on which of the chosen lines it would bring nothing, and why."""
    avvisi: dict[str, list[Avviso]] = defaultdict(list)
    for scelta in scelte.righe:
        riga = esito.righe[scelta.codice]
        for scartata in riga.scartate:
            motivo = f"{scartata.motivo.etichetta[:1].lower()}{scartata.motivo.etichetta[1:]}"
            avvisi[scartata.evidenza].append((riga.codice, f"non conta: {motivo} ({scartata.dettaglio})"))
        for oltre in riga.oltre_il_massimo:
            avvisi[oltre.evidenza].append((riga.codice, "conta, ma la riga è già al massimo"))
    return avvisi

"""Writing the evidence of a programme as a document says it: built first, faults noted, then saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from distretti.basi.lettore import Errore
from distretti.controlli import controlla_campi
from distretti.models import Organizzazione
from programmi.models import Indicatore, Programma
from programmi.services.trascrizione import voci_di, voci_note
from valutazione.models import (
    Allegato,
    Evidenza,
    Imputazione,
    MotivoVerifica,
    OrganizzazioneCoinvolta,
    StatoEvidenza,
)

Dati = Mapping[str, Any]

_TESTI = ("argomento", "descrizione", "luogo", "url", "titolo_pubblico")


@dataclass
class Evidenze:
    """The rows of the evidence of a programme, not yet written."""

    evidenze: list[Evidenza] = field(default_factory=list)
    coinvolte: list[OrganizzazioneCoinvolta] = field(default_factory=list)
    allegati: list[Allegato] = field(default_factory=list)
    imputazioni: list[Imputazione] = field(default_factory=list)

    def salva(self) -> None:
        """Write them; raises ``IntegrityError`` on what nobody noted."""
        Evidenza.objects.bulk_create(self.evidenze)
        OrganizzazioneCoinvolta.objects.bulk_create(self.coinvolte)
        Allegato.objects.bulk_create(self.allegati)
        Imputazione.objects.bulk_create(self.imputazioni)


def svuota_evidenze(programma: Programma) -> None:
    """Take away the evidence of a draft that is being replaced, once ``toccata_da_persone`` said no."""
    Evidenza.objects.filter(programma=programma).delete()


def toccata_da_persone(programma: Programma) -> bool:
    """Did anyone record, withdraw or verify evidence here? What people did is never replaced by a file."""
    evidenze = Evidenza.objects.filter(programma=programma)
    return (
        evidenze.exclude(stato=StatoEvidenza.REGISTRATA).exists()
        or evidenze.filter(registrata_da__isnull=False).exists()
        or Allegato.objects.filter(evidenza__programma=programma)
        .exclude(file="", cancellato_alle__isnull=True)
        .exists()
        or Imputazione.objects.filter(evidenza__programma=programma, verificata_da__isnull=False).exists()
    )


def trascrivi_evidenze(
    elenco: Sequence[Dati], programma: Programma, righe: Mapping[str, Indicatore], errori: list[Errore]
) -> Evidenze:
    """Build the rows; ``righe`` are the lines by code, ``errori`` gets what the database does not admit."""
    codici = {codice for dati in elenco for codice in dati.get("organizzazioni", [])}
    organizzazioni = {o.codice: o for o in Organizzazione.objects.filter(codice__in=codici)}
    _controlla_progetti(elenco, errori)
    motivi = _motivi(elenco, programma, errori)
    tutte = Evidenze()
    for indice, dati in enumerate(elenco):
        percorso = f"$.evidenze[{indice}]"
        evidenza = _evidenza(dati, programma)
        controlla_campi(evidenza, percorso, errori)
        tutte.evidenze.append(evidenza)
        tutte.coinvolte += [
            OrganizzazioneCoinvolta(
                evidenza=evidenza, organizzazione=organizzazioni[codice], ordine=posizione
            )
            for posizione, codice in enumerate(dati.get("organizzazioni", []))
            if codice in organizzazioni
        ]
        for posizione, voce in enumerate(dati.get("allegati", [])):
            allegato = Allegato(evidenza=evidenza, ordine=posizione, **voce)
            controlla_campi(allegato, f"{percorso}.allegati[{posizione}]", errori)
            tutte.allegati.append(allegato)
        tutte.imputazioni += _imputazioni(dati["imputazioni"], evidenza, righe, motivi)
    return tutte


def _controlla_progetti(elenco: Sequence[Dati], errori: list[Errore]) -> None:
    """The classification codes of a project outside the programme exist, as those of a progettualità."""
    progetti = {
        f"$.evidenze[{indice}].progetto": dati["progetto"].get("classificazioni", [])
        for indice, dati in enumerate(elenco)
        if dati.get("progetto")
    }
    voci = voci_note(codice for codici in progetti.values() for codice in codici)
    for percorso, codici in progetti.items():
        voci_di(codici, voci, percorso, errori)


def _motivi(elenco: Sequence[Dati], programma: Programma, errori: list[Errore]) -> dict[str, MotivoVerifica]:
    """The reasons of the decisions, by code; a code that the authority has not is noted."""
    usati = {
        f"$.evidenze[{indice}].imputazioni[{posto}].motivo": voce["motivo"]
        for indice, dati in enumerate(elenco)
        for posto, voce in enumerate(dati["imputazioni"])
        if voce.get("motivo")
    }
    if not usati:
        return {}
    autorita = programma.distretto.autorita_id
    noti = MotivoVerifica.objects.filter(autorita=autorita, codice__in=set(usati.values()))
    motivi = {motivo.codice: motivo for motivo in noti}
    errori += [
        Errore(percorso, f"l'autorità non ha un motivo di verifica «{codice}»")
        for percorso, codice in usati.items()
        if codice not in motivi
    ]
    return motivi


def _evidenza(dati: Dati, programma: Programma) -> Evidenza:
    return Evidenza(
        programma=programma,
        stato=StatoEvidenza.REGISTRATA,
        codice=dati["codice"],
        tipo=dati["tipo"],
        data=date.fromisoformat(dati["data"]),
        data_fine=date.fromisoformat(dati["data_fine"]) if dati.get("data_fine") else None,
        titolo=dati["titolo"],
        persone=dati.get("persone", []),
        presenze=dati.get("presenze", []),
        pianificata=dati.get("pianificata", False),
        progetto=dati.get("progetto"),
        **{chiave: dati.get(chiave, "") for chiave in _TESTI},
    )


def _imputazioni(
    elenco: Sequence[Dati],
    evidenza: Evidenza,
    righe: Mapping[str, Indicatore],
    motivi: Mapping[str, MotivoVerifica],
) -> list[Imputazione]:
    return [
        Imputazione(
            evidenza=evidenza,
            indicatore=righe[dati["indicatore"]],
            ordine=posizione,
            stato=dati["stato"],
            misura=dati.get("misura"),
            misura_riconosciuta=dati.get("misura_riconosciuta"),
            motivazione=dati.get("motivazione", ""),
            motivo=motivi.get(dati.get("motivo", "")),
        )
        for posizione, dati in enumerate(elenco)
    ]

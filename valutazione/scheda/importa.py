"""Reading schede into the database: all or nothing, never silently lossy.

One mechanism guards every loss: inside the transaction the programme just written is read back with
``documento_di`` and compared with the document. What the register says otherwise (members, names, acts)
is then a difference, told with its JSON path and both values, and nothing stays written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import DatabaseError, transaction

from distretti.basi.lettore import Errore
from distretti.models import Atto, Autorita, Distretto, Installazione
from distretti.registro import registra_aderenti, registra_atti, registra_distretto, registra_organizzazioni
from programmi.models import Programma, StatoProgramma
from programmi.services.trascrizione import Promessa, svuota_promessa, trascrivi_promessa
from valutazione.installazione import installazione_vuota
from valutazione.scheda.da_database import documento_di
from valutazione.scheda.differenze import differenze
from valutazione.scheda.nel_database import (
    Evidenze,
    svuota_evidenze,
    toccata_da_persone,
    trascrivi_evidenze,
)

Documento = Mapping[str, Any]

DATI_INVENTATI = (
    "la scheda contiene dati inventati: si importa solo in un'installazione dimostrativa oppure vuota"
)
FORMA_PUBBLICA = "la forma pubblica non contiene tutti i dati: occorre la scheda completa"


class EsitoImportazione(StrEnum):
    CREATO = "creato"
    SOSTITUITO = "sostituito"
    INVARIATO = "invariato"


@dataclass(frozen=True)
class Importato:
    """What an import did with one document, for the person who asked."""

    nome: str
    riferimento: str
    esito: EsitoImportazione
    distretto_nuovo: str = ""
    organizzazioni_nuove: tuple[str, ...] = ()


class ImportazioneRifiutata(Exception):
    """Nothing was written. ``errori``: name of the document, and what is wrong in it."""

    def __init__(self, errori: Sequence[tuple[str, Errore]]) -> None:
        self.errori = list(errori)
        super().__init__("\n".join(f"{nome}: {errore}" for nome, errore in self.errori))


@dataclass
class _Ingresso:
    """One document on its way in: already valid by itself (``leggi_scheda``)."""

    nome: str
    scheda: Documento
    errori: list[Errore] = field(default_factory=list)
    distretto: Distretto | None = None
    distretto_nuovo: bool = False
    organizzazioni_nuove: list[str] = field(default_factory=list)
    esito: EsitoImportazione = EsitoImportazione.INVARIATO

    @property
    def riferimento(self) -> str:
        return f"{self.scheda['distretto']['codice']}/{int(self.scheda['dal'][:4])}"

    def rifiuta(self, percorso: str, messaggio: str) -> None:
        self.errori.append(Errore(percorso, messaggio))


@transaction.atomic
def importa_documenti(
    documenti: Sequence[tuple[str, Documento]], *, sostituisci: bool = False
) -> list[Importato]:
    """Write the documents (name, scheda already valid by itself), all of them or none.

    Raises ``ImportazioneRifiutata`` with every error of every document. ``sostituisci``: a draft that
    exists and differs is written again, unless people recorded evidence in it.
    """
    ingressi = [_Ingresso(nome, scheda) for nome, scheda in documenti]
    autorita = _autorita_bloccate()
    _controlla_forma(ingressi)
    for ingresso in sorted(ingressi, key=lambda i: str(i.scheda["al"]), reverse=True):
        # The latest year first: it lists every member that the earlier ones list.
        _prepara_distretto(ingresso, autorita)
    for ingresso in ingressi:
        _importa(ingresso, sostituisci)
    errori = [(ingresso.nome, errore) for ingresso in ingressi for errore in ingresso.errori]
    if errori:
        raise ImportazioneRifiutata(errori)
    return [
        Importato(
            ingresso.nome,
            ingresso.riferimento,
            ingresso.esito,
            ingresso.scheda["distretto"]["codice"] if ingresso.distretto_nuovo else "",
            tuple(ingresso.organizzazioni_nuove),
        )
        for ingresso in ingressi
    ]


def _autorita_bloccate() -> dict[str, Autorita]:
    """All the authorities, locked until the end: two imports at once wait for each other."""
    return {a.codice: a for a in Autorita.objects.select_for_update(no_key=True).order_by("pk")}


def _controlla_forma(ingressi: Sequence[_Ingresso]) -> None:
    """Refuse the public form, organisations nobody refers to, invented data among real ones."""
    dimostrativi = [ingresso for ingresso in ingressi if ingresso.scheda.get("dimostrazione")]
    if dimostrativi and not Installazione.objects.dimostrazione():
        if installazione_vuota():
            Installazione.objects.update_or_create(id=1, defaults={"dimostrazione": True})
        else:
            for ingresso in dimostrativi:
                ingresso.rifiuta("$.dimostrazione", DATI_INVENTATI)
    for ingresso in ingressi:
        if ingresso.scheda.get("forma") == "pubblica":
            ingresso.rifiuta("$.forma", FORMA_PUBBLICA)
        _controlla_richiami(ingresso)


def _controlla_richiami(ingresso: _Ingresso) -> None:
    scheda = ingresso.scheda
    richiamate = {aderente["organizzazione"] for aderente in scheda["aderenti"]}
    for progettualita in scheda["progettualita"]:
        richiamate |= {referente.get("organizzazione") for referente in progettualita["referenti"]}
    for evidenza in scheda["evidenze"]:
        richiamate.update(evidenza.get("organizzazioni", []))
    for indice, organizzazione in enumerate(scheda["organizzazioni"]):
        if organizzazione["codice"] not in richiamate:
            ingresso.rifiuta(
                f"$.organizzazioni[{indice}].codice",
                f"«{organizzazione['codice']}» non è richiamata in nessun punto della scheda: va tolta",
            )


def _prepara_distretto(ingresso: _Ingresso, autorita: Mapping[str, Autorita]) -> None:
    """The organisations, and the district with its members when it is not in the register."""
    scheda, errori = ingresso.scheda, ingresso.errori
    if scheda.get("forma") == "pubblica":
        return  # refused already: there is nothing whole to check
    sua = autorita.get(scheda["autorita"])
    if sua is None:
        ingresso.rifiuta("$.autorita", f"l'autorità «{scheda['autorita']}» non esiste")
        return
    ingresso.organizzazioni_nuove = registra_organizzazioni(
        scheda["organizzazioni"], "$.organizzazioni", errori
    )
    codice = scheda["distretto"]["codice"]
    ingresso.distretto = Distretto.objects.select_for_update(no_key=True).filter(codice=codice).first()
    if ingresso.distretto is None:
        prima = len(errori)
        ingresso.distretto = registra_distretto(sua, scheda["distretto"], "$.distretto", errori)
        ingresso.distretto_nuovo = len(errori) == prima
        if ingresso.distretto_nuovo:
            registra_aderenti(ingresso.distretto, scheda["aderenti"], "$.aderenti", errori)


def _importa(ingresso: _Ingresso, sostituisci: bool) -> None:
    if ingresso.distretto is None:
        return
    esistente = (
        Programma.objects.select_for_update(no_key=True, of=("self",))
        .filter(distretto__codice=ingresso.distretto.codice, anno=int(ingresso.scheda["dal"][:4]))
        .first()
    )
    if esistente is None:
        ingresso.esito = EsitoImportazione.CREATO
        _scrivi(ingresso, Programma(distretto=ingresso.distretto))
        return
    diverse = differenze(dict(ingresso.scheda), documento_di(esistente))
    if not diverse:
        ingresso.esito = EsitoImportazione.INVARIATO
    elif sostituisci and _sostituibile(ingresso, esistente):
        ingresso.esito = EsitoImportazione.SOSTITUITO
        svuota_evidenze(esistente)
        svuota_promessa(esistente)
        _scrivi(ingresso, esistente)
    elif not (sostituisci and ingresso.errori):
        ingresso.rifiuta("$", _gia_presente(ingresso, esistente, sostituisci))
        ingresso.errori += diverse


def _gia_presente(ingresso: _Ingresso, esistente: Programma, sostituisci: bool) -> str:
    testo = f"il programma {ingresso.riferimento} esiste già ed è diverso"
    if esistente.stato == StatoProgramma.BOZZA:
        return f"{testo}: è una bozza, con --sostituisci la si riscrive"
    perche = ": non si sostituisce" if sostituisci else ""
    return f"{testo} ({esistente.get_stato_display()}){perche}"


def _sostituibile(ingresso: _Ingresso, esistente: Programma) -> bool:
    if esistente.stato != StatoProgramma.BOZZA:
        return False
    if toccata_da_persone(esistente):
        ingresso.rifiuta(
            "$.evidenze", f"la bozza {ingresso.riferimento} ha evidenze registrate qui: non si sostituisce"
        )
        return False
    return True


def _scrivi(ingresso: _Ingresso, programma: Programma) -> None:
    """Build the rows, write them if nothing is wrong, read them back and compare."""
    scheda, errori = ingresso.scheda, ingresso.errori
    atti: Mapping[str, Atto] = registra_atti(scheda.get("atti", []), "$.atti", errori)
    promessa = trascrivi_promessa(scheda, programma, atti, errori)
    evidenze = trascrivi_evidenze(scheda["evidenze"], programma, promessa.righe, errori)
    if errori:
        return
    try:
        with transaction.atomic():
            _salva(promessa, evidenze)
    except DatabaseError as errore:
        vincolo = str(errore).splitlines()[0]
        ingresso.rifiuta("$", f"il database non ammette questi dati ({vincolo})")
        return
    ingresso.errori += differenze(dict(scheda), documento_di(programma))


def _salva(promessa: Promessa, evidenze: Evidenze) -> None:
    promessa.salva()
    evidenze.salva()

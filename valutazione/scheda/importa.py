"""Reading schede into the database: all or nothing, never silently lossy.

First everything is checked and nothing written, so that every error of every document is told at once;
then the documents are written in one transaction. What the register of a known district or organisation
says otherwise stays as it is, and the programme keeps what its scheda prints (:mod:`.registro`). One
mechanism guards every other loss: the programme just written is read back with ``documento_di`` and
compared with the document.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace

from django.apps import apps
from django.db import DatabaseError, transaction
from django.utils.text import capfirst

from distretti.basi.italiano import data_estesa
from distretti.eventi import annota
from distretti.models import Adesione, Autorita, Distretto, Installazione, codici_attuali
from distretti.registro import (
    distretto_da_completare,
    distretto_nuovo,
    registra_aderenti,
    registra_atti,
    registra_organizzazioni,
)
from programmi.contenuto.citate import referenti
from programmi.contenuto.unioni import codici_di, con_codici_attuali
from programmi.models import Passaggio, Programma
from programmi.services.trascrizione import svuota_promessa, trascrivi_promessa
from programmi.versioni_congelate import congela_mancanti
from valutazione.scheda.controlli import controlla_tutti
from valutazione.scheda.da_database import documento_di
from valutazione.scheda.differenze import differenze
from valutazione.scheda.ingresso import (
    Documento,
    EsitoImportazione,
    Importato,
    ImportazioneRifiutata,
    Ingresso,
)
from valutazione.scheda.nel_database import svuota_evidenze, trascrivi_evidenze
from valutazione.scheda.registro import da_conservare, provvisorio

__all__ = ["EsitoImportazione", "Importato", "ImportazioneRifiutata", "importa_documenti"]


@transaction.atomic
def importa_documenti(
    documenti: Sequence[tuple[str, Documento]], *, sostituisci: bool = False
) -> list[Importato]:
    """Check the documents (name, document) and write them, all of them or none.

    Raises ``ImportazioneRifiutata`` with every error of every document, of the format first of all.
    ``sostituisci``: a draft that exists and differs is written again, unless people recorded evidence in it.
    """
    ingressi = [Ingresso(nome, scheda) for nome, scheda in _con_codici_attuali(documenti)]
    autorita = {a.codice: a for a in Autorita.objects.select_for_update(no_key=True).order_by("pk")}
    segna = controlla_tutti(ingressi, autorita, sostituisci=sostituisci)
    _rifiuta_se_serve(ingressi)
    if segna:
        Installazione.objects.update_or_create(id=1, defaults={"dimostrazione": True})
    da_scrivere = [i for i in ingressi if i.esito is not EsitoImportazione.INVARIATO]
    _scrivi_registro(da_scrivere, autorita)
    for ingresso in da_scrivere:
        _scrivi(ingresso)
    _rifiuta_se_serve(ingressi)
    _conserva(da_scrivere)
    importati = [ingresso.importato for ingresso in ingressi]
    return [replace(importato, installazione_segnata=segna) for importato in importati]


def _conserva(ingressi: Sequence[Ingresso]) -> None:
    """Freeze what was written where its steps say that it was approved, and note it: last of all."""
    scritti = [ingresso.esistente for ingresso in ingressi if ingresso.esistente is not None]
    congela_mancanti(scritti)
    for ingresso, programma in zip(ingressi, scritti, strict=True):
        annota(
            azione="programma.importazione",
            oggetti=[programma, programma.distretto],
            dopo={
                "Scheda importata": ingresso.nome,
                "Esito": ingresso.esito.value,
                **_passaggi_in_parole(programma),
            },
        )


def _passaggi_in_parole(programma: Programma) -> dict[str, str]:
    """The path that the act tells, as it happened: the history of the programme begins with it."""
    return {
        f"Passaggio {passaggio.ordine}": "\n".join(_in_parole(passaggio))
        for passaggio in programma.passaggi.select_related("atto").order_by("ordine")
    }


def _in_parole(passaggio: Passaggio) -> Iterator[str]:
    yield f"{capfirst(passaggio.get_azione_display())}, {data_estesa(passaggio.il)}"
    if passaggio.atto is not None:
        yield str(passaggio.atto)
    if passaggio.protocollo_mittente:
        yield f"protocollo del mittente {passaggio.protocollo_mittente}"
    if passaggio.protocollo_ricevente:
        yield f"protocollo dell'Agenzia {passaggio.protocollo_ricevente}"
    if passaggio.nota:
        yield passaggio.nota


def _con_codici_attuali(documenti: Sequence[tuple[str, Documento]]) -> Iterator[tuple[str, Documento]]:
    """Documents exported before two records were merged name the one that is in the register now."""
    for nome, documento in documenti:
        attuale = documento
        with suppress(AttributeError, KeyError, TypeError):  # it is not a scheda: refused further on
            if unite := codici_attuali({str(codice) for codice in codici_di(documento)}):
                attuale = con_codici_attuali(deepcopy(dict(documento)), unite)
        yield nome, attuale


def _rifiuta_se_serve(ingressi: Sequence[Ingresso]) -> None:
    errori = [(ingresso.nome, errore) for ingresso in ingressi for errore in ingresso.errori]
    if errori:
        raise ImportazioneRifiutata(errori)


def _scrivi_registro(ingressi: Sequence[Ingresso], autorita: Mapping[str, Autorita]) -> None:
    """What the register does not know yet: organisations, districts with their members, districts cited."""
    for ingresso in sorted(ingressi, key=lambda i: str(i.scheda["al"]), reverse=True):
        # The latest year first: it lists every member that the earlier ones list.
        scheda = ingresso.scheda
        nuove = registra_organizzazioni(scheda["organizzazioni"], "$.organizzazioni", ingresso.errori)
        ingresso.organizzazioni_nuove = nuove
        if not Distretto.objects.filter(codice=scheda["distretto"]["codice"]).exists():
            nuovo = distretto_nuovo(autorita[scheda["autorita"]], scheda["distretto"], "$.distretto", [])
            nuovo.save(force_insert=True)
            registra_aderenti(nuovo, scheda["aderenti"], nuove)
            ingresso.distretto_nuovo = True
    for ingresso in ingressi:
        for percorso, referente in referenti(ingresso.scheda):
            codice = referente.get("distretto")
            if codice and not Distretto.objects.filter(codice=codice).exists():
                sua = autorita[ingresso.scheda["autorita"]]
                distretto_da_completare(sua, codice, referente["testo"], percorso, []).save(force_insert=True)
                ingresso.distretti_da_completare.append(codice)


def _scrivi(ingresso: Ingresso) -> None:
    """Write the programme, keep what its scheda says otherwise than the register, read it back."""
    scheda, errori = ingresso.scheda, ingresso.errori
    programma = ingresso.esistente
    if programma is None:
        programma = Programma(distretto=Distretto.objects.get(codice=scheda["distretto"]["codice"]))
    else:
        svuota_evidenze(programma)
        svuota_promessa(programma)
    ingresso.esistente = programma
    atti = registra_atti(scheda.get("atti", []), ingresso.ambito)
    altri_codici = {atto.codice: codice for codice, atto in atti.items() if atto.codice != codice}
    programma.registro_scheda = provvisorio(scheda, altri_codici)
    promessa = trascrivi_promessa(scheda, programma, atti, errori)
    evidenze = trascrivi_evidenze(scheda["evidenze"], programma, promessa.righe, errori)
    if errori:
        return
    try:
        with transaction.atomic():
            promessa.salva()
            evidenze.salva()
    except DatabaseError as errore:
        ingresso.rifiuta("$", f"il database non ammette questi dati: {_in_italiano(errore)}")
        return
    programma.registro_scheda, ingresso.conservato = da_conservare(
        dict(scheda), documento_di(programma), altri_codici, _adesioni_future(programma)
    )
    programma.save(update_fields=["registro_scheda"])
    errori += differenze(dict(scheda), documento_di(programma))


def _adesioni_future(programma: Programma) -> set[tuple[str, str, str | None]]:
    adesioni = Adesione.objects.filter(distretto=programma.distretto_id, dal__gt=programma.al)
    return {
        (organizzazione, dal.isoformat(), al.isoformat() if al else None)
        for organizzazione, dal, al in adesioni.values_list("organizzazione__codice", "dal", "al")
    }


def _in_italiano(errore: DatabaseError) -> str:
    """The message of the constraint the database names."""
    for modello in apps.get_models():
        for vincolo in modello._meta.constraints:
            if vincolo.name in str(errore):
                return str(vincolo.violation_error_message or vincolo.name)
    return "un valore non rispetta i limiti delle tabelle"

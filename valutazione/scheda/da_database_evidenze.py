"""The registered evidence of many programmes, read in bulk and put in the shape of the exchange format."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from valutazione.models import Allegato, Evidenza, Imputazione, OrganizzazioneCoinvolta, StatoEvidenza

Oggetto = dict[str, Any]
PerProgramma = dict[int, list[Oggetto]]


def leggi_evidenze(evidenze: PerProgramma, chiavi: Sequence[int]) -> set[int]:
    """Fill ``evidenze`` in order of recording; give the primary keys of the organisations involved."""
    registrate = {"evidenza__programma__in": chiavi, "evidenza__stato": StatoEvidenza.REGISTRATA}
    coinvolte: dict[int, list[str]] = defaultdict(list)
    organizzazioni: set[int] = set()
    righe = OrganizzazioneCoinvolta.objects.filter(**registrate).order_by("ordine")
    for evidenza, organizzazione, codice in righe.values_list(
        "evidenza_id", "organizzazione_id", "organizzazione__codice"
    ):
        coinvolte[evidenza].append(codice)
        organizzazioni.add(organizzazione)
    allegati: dict[int, list[Oggetto]] = defaultdict(list)
    for allegato in Allegato.objects.filter(**registrate).order_by("ordine", "pk"):
        allegati[allegato.evidenza_id].append(_allegato(allegato))
    imputazioni: dict[int, list[Oggetto]] = defaultdict(list)
    crediti = Imputazione.objects.filter(**registrate).select_related("indicatore__progettualita", "motivo")
    for imputazione in crediti.order_by("ordine", "pk"):
        imputazioni[imputazione.evidenza_id].append(_imputazione(imputazione))
    for riga in Evidenza.objects.registrate().filter(programma__in=chiavi).order_by("pk"):
        evidenze[riga.programma_id].append(
            _evidenza(riga, coinvolte[riga.pk], allegati[riga.pk], imputazioni[riga.pk])
        )
    return organizzazioni


def _evidenza(
    evidenza: Evidenza, organizzazioni: list[str], allegati: list[Oggetto], imputazioni: list[Oggetto]
) -> Oggetto:
    """Optional keys are left out when they say nothing."""
    assert evidenza.data is not None
    facoltativi: Oggetto = {
        "data_fine": evidenza.data_fine.isoformat() if evidenza.data_fine else None,
        "argomento": evidenza.argomento,
        "descrizione": evidenza.descrizione,
        "luogo": evidenza.luogo,
        "persone": evidenza.persone,
        "organizzazioni": organizzazioni,
        "presenze": evidenza.presenze,
        "url": evidenza.url,
        "allegati": allegati,
        "titolo_pubblico": evidenza.titolo_pubblico,
        "pianificata": evidenza.pianificata,
        "progetto": evidenza.progetto,
    }
    return {
        "codice": evidenza.codice,
        "tipo": evidenza.tipo,
        "data": evidenza.data.isoformat(),
        "titolo": evidenza.titolo,
        **{chiave: valore for chiave, valore in facoltativi.items() if valore},
        "imputazioni": imputazioni,
    }


def _allegato(allegato: Allegato) -> Oggetto:
    return {
        "nome": allegato.nome,
        "tipo": allegato.tipo,
        "dimensione": allegato.dimensione,
        "sha256": allegato.sha256,
    }


def _imputazione(imputazione: Imputazione) -> Oggetto:
    return {
        "indicatore": imputazione.indicatore.codice,
        "stato": imputazione.stato,
        **({"misura": imputazione.misura} if imputazione.misura else {}),
        **(
            {"misura_riconosciuta": imputazione.misura_riconosciuta}
            if imputazione.misura_riconosciuta
            else {}
        ),
        **({"motivazione": imputazione.motivazione} if imputazione.motivazione else {}),
        **({"motivo": imputazione.motivo.codice} if imputazione.motivo else {}),
    }

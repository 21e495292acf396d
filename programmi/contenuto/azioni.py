"""The lines and the progettualità of many programmes, read in bulk in the shape of the exchange format."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from programmi.models import ClassificazioneProgettualita, Indicatore, Progettualita, Referente

Oggetto = dict[str, Any]
PerProgramma = dict[int, list[Oggetto]]


def leggi_azioni(obbligatorie: PerProgramma, progettualita: PerProgramma, chiavi: Sequence[int]) -> set[int]:
    """Put the compulsory lines, and the progettualità with all that hangs from them, into the two lists.

    Four queries. Returns the primary keys of the organisations that they name.
    """
    citate: set[int] = set()
    righe: dict[int, list[Oggetto]] = defaultdict(list)
    for riga in Indicatore.objects.filter(programma__in=chiavi).in_ordine():
        if riga.progettualita_id is None:
            obbligatorie[riga.programma_id].append(_riga(riga))
        else:
            righe[riga.progettualita_id].append(_riga(riga))
    referenti: dict[int, list[Oggetto]] = defaultdict(list)
    nomi = Referente.objects.filter(progettualita__programma__in=chiavi)
    for referente in nomi.select_related("organizzazione", "distretto").order_by("ordine"):
        referenti[referente.progettualita_id].append(_referente(referente))
        if referente.organizzazione_id is not None:
            citate.add(referente.organizzazione_id)
    codici: dict[int, list[Oggetto]] = defaultdict(list)
    usi = ClassificazioneProgettualita.objects.filter(progettualita__programma__in=chiavi)
    for uso in usi.select_related("voce__schema").order_by("ordine"):
        codici[uso.progettualita_id].append({"schema": uso.voce.schema.codice, "codice": uso.voce.codice})
    for p in Progettualita.objects.filter(programma__in=chiavi).order_by("numero"):
        progettualita[p.programma_id].append(_progettualita(p, referenti[p.pk], codici[p.pk], righe[p.pk]))
    return citate


def _riga(riga: Indicatore) -> Oggetto:
    return {
        "codice": riga.codice,
        **({"sezione": riga.sezione} if riga.progettualita_id is None else {}),
        "testo": riga.testo,
        "testo_regola": riga.testo_regola,
        **({"testo_evidenze": riga.testo_evidenze} if riga.testo_evidenze else {}),
        **_peso(riga.peso),
        **({"dal": riga.dal.isoformat()} if riga.dal else {}),
        **({"al": riga.al.isoformat()} if riga.al else {}),
        "regola": riga.regola_json,
    }


def _peso(peso: str) -> Oggetto:
    return {} if peso == "1" else {"peso": peso}


def _referente(referente: Referente) -> Oggetto:
    if referente.organizzazione is not None:
        return {"testo": referente.testo, "organizzazione": referente.organizzazione.codice}
    if referente.distretto is not None:
        return {"testo": referente.testo, "distretto": referente.distretto.codice}
    return {"testo": referente.testo}


def _progettualita(
    p: Progettualita, referenti: list[Oggetto], classificazioni: list[Oggetto], righe: list[Oggetto]
) -> Oggetto:
    return {
        "numero": p.numero,
        "tipo_azione": p.tipo_azione,
        "ambito": p.ambito,
        "obiettivo_generale": p.obiettivo_generale,
        "obiettivo_specifico": p.obiettivo_specifico,
        "titolo": p.titolo,
        "azioni": p.azioni,
        "referenti": referenti,
        "altre_organizzazioni": p.altre_organizzazioni,
        "tempi": p.tempi,
        "indicatori_testo": p.indicatori_testo,
        "classificazioni": classificazioni,
        **_peso(p.peso),
        "indicatori": righe,
    }

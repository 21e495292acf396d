"""Fingerprints of the parts of a programme, so that whoever saves second is told, and loses nothing.

A part (data, premessa, one progettualità, one line …) is read as label → text, in the words of its page;
the fingerprint of that is the hidden ``versione`` of the form.
"""

from collections.abc import Iterable
from datetime import date

from distretti.basi.italiano import data_estesa
from distretti.versioni import Istantanea, controlla_versione, versione_di
from programmi.models import Attore, Canale, Indicatore, Progettualita, Programma
from programmi.regola import frase, leggi_regola

__all__ = [
    "Istantanea",
    "controlla_versione",
    "istantanea_attori",
    "istantanea_canali",
    "istantanea_dati",
    "istantanea_premessa",
    "istantanea_progettualita",
    "istantanea_regola",
    "istantanea_riga",
    "versione_di",
]


def istantanea_dati(programma: Programma) -> Istantanea:
    return {
        "Titolo": programma.titolo,
        "Primo giorno": _giorno(programma.dal),
        "Ultimo giorno": _giorno(programma.al),
        "Richiede il contributo": "sì" if programma.richiede_contributo else "no",
        "Riuso delle evidenze": programma.get_riuso_display(),
        "Anno di nascita del distretto": str(programma.anno_nascita or ""),
        "Approvazione del distretto": programma.approvazione_distretto,
        "Sottoscrizione dell'accordo": programma.sottoscrizione_accordo,
        "Organizzazioni aderenti al": _giorno(programma.aderenti_al),
        "Testo delle azioni obbligatorie": programma.testo_obbligatorie,
    }


def istantanea_premessa(programma: Programma) -> Istantanea:
    return {"Premessa": programma.premessa}


def istantanea_attori(attori: Iterable[Attore]) -> Istantanea:
    return {
        f"Attore {numero}": "\n".join([a.get_ruolo_display(), a.nome, a.qualifica, a.mail, a.telefono])
        for numero, a in enumerate(attori, start=1)
    }


def istantanea_canali(canali: Iterable[Canale]) -> Istantanea:
    return {
        f"Canale {numero}": "\n".join([c.get_tipo_display(), c.etichetta, c.valore])
        for numero, c in enumerate(canali, start=1)
    }


def istantanea_progettualita(progettualita: Progettualita) -> Istantanea:
    referenti = progettualita.referenti.select_related("organizzazione", "distretto").order_by("ordine")
    voci = progettualita.classificazioni_in_ordine.select_related("voce__schema").order_by("ordine")
    return {
        "Tipo di azione": progettualita.tipo_azione,
        "Ambito": progettualita.ambito,
        "Obiettivo generale": progettualita.obiettivo_generale,
        "Obiettivo specifico": progettualita.obiettivo_specifico,
        "Titolo": progettualita.titolo,
        "Azioni": progettualita.azioni,
        "Organizzazioni referenti": "\n".join(
            f"{r.testo} ({r.organizzazione or r.distretto or 'non collegata al registro'})" for r in referenti
        ),
        "Altre organizzazioni coinvolte": progettualita.altre_organizzazioni,
        "Tempi": progettualita.tempi,
        "Indicatori di valutazione": "\n".join(progettualita.indicatori_testo),
        "Classificazione": "\n".join(f"{c.voce} ({c.voce.schema})" for c in voci),
    }


def istantanea_riga(riga: Indicatore) -> dict[str, str]:
    return {
        "Sezione": riga.sezione,
        "Indicatore": riga.testo,
        "Percentuale di realizzazione": riga.testo_regola,
        "Evidenze": riga.testo_evidenze,
        "In vigore dal": _giorno(riga.dal),
        "In vigore fino al": _giorno(riga.al),
    }


def istantanea_regola(riga: Indicatore) -> dict[str, str]:
    regola = None if riga.regola is None else leggi_regola(riga.regola, "$", [])
    return {"Regola": "non valutata" if regola is None else frase(regola)}


def _giorno(giorno: date | None) -> str:
    return "" if giorno is None else data_estesa(giorno)

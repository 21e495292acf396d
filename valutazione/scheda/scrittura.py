"""From a :class:`Scheda` back to the document: one normal form, so that what is exported can be compared.

Keys of the contract's table are always there; optional ones only when they differ from their default.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from programmi.regola import numero_testo, regola_json
from valutazione.scheda.misure import misura_json
from valutazione.scheda.modello import (
    FORMATO,
    UNO,
    Aderente,
    Allegato,
    Atto,
    Attore,
    Evidenza,
    Imputazione,
    Organizzazione,
    Passaggio,
    ProgettoFuoriProgramma,
    Progettualita,
    Referente,
    Riga,
    Scheda,
)

Json = dict[str, Any]


def scheda_json(scheda: Scheda) -> Json:
    """The document of a scheda, in normal form. ``leggi_scheda(scheda_json(s)) == s``."""
    return {
        "formato": FORMATO,
        **({"forma": "pubblica"} if scheda.pubblica else {}),
        **({"dimostrazione": True} if scheda.dimostrazione else {}),
        "autorita": scheda.autorita,
        "distretto": {
            "codice": scheda.distretto.codice,
            "denominazione": scheda.distretto.denominazione,
            "tipo": scheda.distretto.tipo.value,
        },
        "dal": scheda.dal.isoformat(),
        "al": scheda.al.isoformat(),
        "richiede_contributo": scheda.richiede_contributo,
        "riuso": scheda.riuso.value,
        **_atto_json(scheda),
        "organizzazioni": [_organizzazione_json(o) for o in scheda.organizzazioni],
        "aderenti": [_aderente_json(a) for a in scheda.aderenti],
        "obbligatorie": [_riga_json(r, scheda.pubblica, obbligatoria=True) for r in scheda.obbligatorie],
        "progettualita": [_progettualita_json(p, scheda.pubblica) for p in scheda.progettualita],
        "evidenze": [_evidenza_json(e, scheda.pubblica) for e in scheda.evidenze],
    }


def _pieni(coppie: Iterable[tuple[str, object]]) -> Json:
    """Only the keys whose value says something: no empty text, list, false or null (0 stays)."""
    return {
        chiave: valore
        for chiave, valore in coppie
        if valore is not None and valore is not False and valore != "" and valore != []
    }


def _iso(giorno: date | None) -> str | None:
    return None if giorno is None else giorno.isoformat()


def _atto_json(scheda: Scheda) -> Json:
    fonte, dati = scheda.fonte, scheda.dati
    return _pieni(
        {
            "fonte": fonte
            and {
                "ente": fonte.ente,
                "atto": fonte.atto,
                "numero": fonte.numero,
                "data": fonte.data.isoformat(),
                "nota": fonte.nota,
            },
            "titolo": scheda.titolo,
            "premessa": scheda.premessa,
            "dati": dati
            and {
                "anno_nascita": dati.anno_nascita,
                "approvazione": dati.approvazione,
                "accordo": dati.accordo,
            },
            "attori": [_attore_json(attore, scheda.pubblica) for attore in scheda.attori],
            "canali": [
                {"tipo": c.tipo.value, "etichetta": c.etichetta, "valore": c.valore} for c in scheda.canali
            ],
            "testo_obbligatorie": scheda.testo_obbligatorie,
            "aderenti_al": _iso(scheda.aderenti_al),
            "atti": [_un_atto_json(atto) for atto in scheda.atti],
            "passaggi": [_passaggio_json(passaggio) for passaggio in scheda.passaggi],
        }.items()
    )


def _attore_json(attore: Attore, pubblica: bool) -> Json:
    dato = {
        "ruolo": attore.ruolo.value,
        "nome": attore.nome,
        "qualifica": attore.qualifica,
        "mail": attore.mail,
    }
    return dato if pubblica else {**dato, "telefono": attore.telefono}


def _un_atto_json(atto: Atto) -> Json:
    return {
        "codice": atto.codice,
        "tipo": atto.tipo.value,
        "ente": atto.ente,
        "numero": atto.numero,
        "data": _iso(atto.data),
        "oggetto": atto.oggetto,
        "riferimento": atto.riferimento,
    }


def _passaggio_json(passaggio: Passaggio) -> Json:
    return {
        "azione": passaggio.azione.value,
        "il": passaggio.il.isoformat(),
        "atto": passaggio.atto,
        "protocollo_mittente": passaggio.protocollo_mittente,
        "protocollo_ricevente": passaggio.protocollo_ricevente,
        "nota": passaggio.nota,
    }


def _organizzazione_json(organizzazione: Organizzazione) -> Json:
    dato: Json = {
        "codice": organizzazione.codice,
        "denominazione": organizzazione.denominazione,
        "alias": list(organizzazione.alias),
    }
    return dato if organizzazione.natura is None else {**dato, "natura": organizzazione.natura.value}


def _aderente_json(aderente: Aderente) -> Json:
    return {
        "organizzazione": aderente.organizzazione,
        "dal": aderente.dal.isoformat(),
        "al": _iso(aderente.al),
        "marchi": list(aderente.marchi),
    }


def _riga_json(riga: Riga, pubblica: bool, *, obbligatoria: bool) -> Json:
    return {
        "codice": riga.codice,
        **({"sezione": riga.sezione} if obbligatoria else {}),
        "testo": riga.testo,
        "testo_regola": riga.testo_regola,
        "regola": None if riga.regola is None else regola_json(riga.regola, pubblica=pubblica),
        **_pieni(
            {
                "testo_evidenze": riga.testo_evidenze,
                "peso": None if riga.peso == UNO else numero_testo(riga.peso),
                "dal": _iso(riga.dal),
                "al": _iso(riga.al),
            }.items()
        ),
    }


def _progettualita_json(progettualita: Progettualita, pubblica: bool) -> Json:
    return {
        "numero": progettualita.numero,
        "tipo_azione": progettualita.tipo_azione,
        "ambito": progettualita.ambito,
        "obiettivo_generale": progettualita.obiettivo_generale,
        "obiettivo_specifico": progettualita.obiettivo_specifico,
        "titolo": progettualita.titolo,
        "azioni": progettualita.azioni,
        "referenti": [_referente_json(referente) for referente in progettualita.referenti],
        "altre_organizzazioni": progettualita.altre_organizzazioni,
        "tempi": progettualita.tempi,
        "indicatori_testo": list(progettualita.indicatori_testo),
        "classificazioni": [{"schema": c.schema, "codice": c.codice} for c in progettualita.classificazioni],
        "indicatori": [_riga_json(riga, pubblica, obbligatoria=False) for riga in progettualita.indicatori],
        **({} if progettualita.peso == UNO else {"peso": numero_testo(progettualita.peso)}),
    }


def _referente_json(referente: Referente) -> Json:
    codici = {"organizzazione": referente.organizzazione, "distretto": referente.distretto}
    return {"testo": referente.testo, **_pieni(codici.items())}


def _evidenza_json(evidenza: Evidenza, pubblica: bool) -> Json:
    persone, allegati = evidenza.persone, evidenza.allegati
    return {
        "codice": evidenza.codice,
        "tipo": evidenza.tipo.value,
        "data": evidenza.data.isoformat(),
        "titolo": evidenza.titolo,
        **_pieni(
            {
                "data_fine": _iso(evidenza.data_fine),
                "argomento": evidenza.argomento,
                "descrizione": evidenza.descrizione,
                "luogo": evidenza.luogo,
                "persone": persone if isinstance(persone, int) else list(persone),
                "organizzazioni": list(evidenza.organizzazioni),
                "presenze": [ufficio.value for ufficio in evidenza.presenze],
                "url": evidenza.url,
                "allegati": allegati if isinstance(allegati, int) else [_allegato_json(a) for a in allegati],
                "titolo_pubblico": evidenza.titolo_pubblico,
                "pianificata": evidenza.pianificata,
                "progetto": None if evidenza.progetto is None else _progetto_json(evidenza.progetto),
            }.items()
        ),
        "imputazioni": [_imputazione_json(imputazione, pubblica) for imputazione in evidenza.imputazioni],
    }


def _allegato_json(allegato: Allegato) -> Json:
    return {
        "nome": allegato.nome,
        "tipo": allegato.tipo,
        "dimensione": allegato.dimensione,
        "sha256": allegato.sha256,
    }


def _progetto_json(progetto: ProgettoFuoriProgramma) -> Json:
    return _pieni(
        {
            "numero": progetto.numero,
            "tipo_azione": progetto.tipo_azione,
            "ambito": progetto.ambito,
            "obiettivo_generale": progetto.obiettivo_generale,
            "obiettivo_specifico": progetto.obiettivo_specifico,
            "titolo": progetto.titolo,
            "azioni": progetto.azioni,
            "referenti": [_referente_json(referente) for referente in progetto.referenti],
            "altre_organizzazioni": progetto.altre_organizzazioni,
            "tempi": progetto.tempi,
            "indicatori_testo": list(progetto.indicatori_testo),
            "classificazioni": [{"schema": c.schema, "codice": c.codice} for c in progetto.classificazioni],
            "indicatori": [_riga_json(riga, False, obbligatoria=False) for riga in progetto.indicatori],
            "peso": None if progetto.peso == UNO else numero_testo(progetto.peso),
            "percentuali": progetto.percentuali,
        }.items()
    )


def _imputazione_json(imputazione: Imputazione, pubblica: bool) -> Json:
    return {
        "indicatore": imputazione.indicatore,
        "stato": imputazione.stato.value,
        **_pieni(
            {
                "misura": misura_json(imputazione.misura),
                "misura_riconosciuta": misura_json(imputazione.misura_riconosciuta),
                "motivazione": None if pubblica else imputazione.motivazione,
                "motivo": None if pubblica else imputazione.motivo,
            }.items()
        ),
    }

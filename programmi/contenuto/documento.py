"""A programme as a document in the exchange format, from the database, in a constant number of queries.

Here is the promise; the evidence, which is part of the same document, is read by the floor above. Every extra
key is omitted when there is nothing to say. Where the programme keeps what its scheda says otherwise than the
register, it is the scheda that is given.
"""

from collections.abc import Iterable
from typing import Any

from programmi.contenuto.citate import codici_citati
from programmi.contenuto.formato import FORMATO
from programmi.contenuto.letture import LeggiEvidenze, Letture, leggi_righe
from programmi.contenuto.unioni import con_codici_attuali
from programmi.models import Programma

Documento = dict[str, Any]


def promessa_di(programma: Programma) -> Documento:
    """The promise of one programme: its document without evidence (``evidenze`` is empty).

    Raises ``Programma.DoesNotExist`` when the programme is no longer there.
    """
    documenti = documenti_di([programma])
    if not documenti:
        raise Programma.DoesNotExist(f"Il programma {programma.pk} non esiste più.")
    return documenti[0]


def documenti_di(
    programmi: Iterable[Programma], evidenze: LeggiEvidenze | None = None, *, registro: bool = False
) -> list[Documento]:
    """The documents of many programmes, in their order, with the queries of one.

    ``registro``: members, marks and names as the register has them now, whatever the act printed.
    """
    letture = leggi_righe([programma.pk for programma in programmi], evidenze)
    if registro:
        for programma in letture.programmi:  # objects of this reading alone: nothing is saved
            stampato = programma.registro_scheda or {}
            programma.registro_scheda = {"atti": stampato["atti"]} if "atti" in stampato else None
    return [_documento(programma, letture) for programma in letture.programmi]


def _documento(programma: Programma, letture: Letture) -> Documento:
    distretto = programma.distretto
    stampato = (programma.registro_scheda or {}).get("distretto", {})
    documento = {
        "formato": FORMATO,
        **({"dimostrazione": True} if letture.dimostrazione else {}),
        "autorita": distretto.autorita.codice,
        "distretto": {
            "codice": distretto.codice,
            "denominazione": distretto.denominazione,
            "tipo": distretto.tipo,
            **stampato,
        },
        "dal": programma.dal.isoformat(),
        "al": programma.al.isoformat(),
        "richiede_contributo": programma.richiede_contributo,
        "riuso": programma.riuso,
        **_testata(programma, letture),
        "organizzazioni": [],
        **({"aderenti_al": programma.aderenti_al.isoformat()} if programma.aderenti_al else {}),
        "aderenti": letture.aderenti(programma),
        **_se_pieni(testo_obbligatorie=programma.testo_obbligatorie),
        "obbligatorie": letture.obbligatorie[programma.pk],
        "progettualita": letture.progettualita[programma.pk],
        "evidenze": letture.evidenze[programma.pk],
    }
    documento["organizzazioni"] = letture.organizzazioni_di(programma, codici_citati(documento))
    return con_codici_attuali(documento, letture.unite)


def _testata(programma: Programma, letture: Letture) -> Documento:
    """The extra keys: what the act prints around the actions, and the procedure."""
    dati = {
        "anno_nascita": programma.anno_nascita,
        "approvazione": programma.approvazione_distretto,
        "accordo": programma.sottoscrizione_accordo,
    }
    return _se_pieni(
        fonte=programma.fonte,
        titolo=programma.titolo,
        premessa=programma.premessa,
        dati=dati if dati["anno_nascita"] is not None or dati["approvazione"] or dati["accordo"] else None,
        attori=letture.attori[programma.pk],
        canali=letture.canali[programma.pk],
        atti=letture.atti(programma),
        passaggi=letture.passaggi[programma.pk],
    )


def _se_pieni(**valori: Any) -> Documento:
    """The keys whose value is neither null nor empty."""
    return {chiave: valore for chiave, valore in valori.items() if valore not in (None, "", [], {})}

"""The whole scheda of a programme from the database, in a constant number of queries.

``documento_di`` gives the exchange format (contract): only registered evidence, members of the district
up to the last day of the esercizio, every extra key omitted when there is nothing to say. Where the
programme keeps what its scheda says otherwise than the register, it is the scheda that is given.
"""

from collections.abc import Iterable
from typing import Any

from programmi.models import Programma
from valutazione.scheda.da_database_programmi import Letture, leggi_righe
from valutazione.scheda.modello import FORMATO
from valutazione.scheda.registro import codici_citati

Documento = dict[str, Any]


def documento_di(programma: Programma, *, solo_promessa: bool = False) -> Documento:
    """The scheda of one programme. ``solo_promessa``: without evidence (``evidenze`` is then empty).

    Raises ``Programma.DoesNotExist`` when the programme is no longer there.
    """
    documenti = documenti_di([programma], solo_promessa=solo_promessa)
    if not documenti:
        raise Programma.DoesNotExist(f"Il programma {programma.pk} non esiste più.")
    return documenti[0]


def documenti_di(programmi: Iterable[Programma], *, solo_promessa: bool = False) -> list[Documento]:
    """The schede of many programmes, in their order, with the queries of one."""
    letture = leggi_righe([programma.pk for programma in programmi], solo_promessa=solo_promessa)
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
    return documento


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

"""What everyone may read of an approved programme: the promise (docs/dati-pubblici.md)."""

from collections.abc import Iterable
from typing import Any

from programmi.parole import PUBBLICI, RITORNI
from valutazione.scheda.pubblica import forma_pubblica

Documento = dict[str, Any]


def promessa_pubblica(documento: Documento) -> Documento:
    """The public form without evidence, and without what the authority judged or wrote along the way.

    The public form alone keeps every percentage recomputable; the promise must not say any: the
    percentages assigned by hand go, the steps of the examination and those that a step back closed go
    with their notes and acts, and the organisations that only evidence named go.
    """
    pubblica: Documento = forma_pubblica({**documento, "evidenze": []})
    pubblica["obbligatorie"] = [_senza_giudizio(riga) for riga in pubblica["obbligatorie"]]
    pubblica["progettualita"] = [
        {**azione, "indicatori": [_senza_giudizio(riga) for riga in azione["indicatori"]]}
        for azione in pubblica["progettualita"]
    ]
    if "passaggi" in pubblica:
        senza_esame(pubblica)
    citate = set(_organizzazioni_citate(pubblica))
    pubblica["organizzazioni"] = [voce for voce in pubblica["organizzazioni"] if voce["codice"] in citate]
    return pubblica


def regola_pubblica(regola: Documento | None) -> Documento | None:
    """The rule as everyone reads it: the percentage that the authority assigns by hand is a judgement."""
    if regola is None or regola["tipo"] != "manuale":
        return regola
    promessa = {chiave: valore for chiave, valore in regola.items() if chiave != "motivazione"}
    return {**promessa, "assegnata": None}


def _senza_giudizio(riga: Documento) -> Documento:
    return {**riga, "regola": regola_pubblica(riga["regola"])}


def senza_esame(pubblica: Documento) -> None:
    """Keep the steps that everyone reads, of those after the last that turned back; and their acts."""
    passaggi: list[Documento] = pubblica["passaggi"]
    ritorni = [i for i, passaggio in enumerate(passaggi) if passaggio["azione"] in RITORNI]
    ultimo = ritorni[-1] + 1 if ritorni else 0
    rimasti = [passaggio for passaggio in passaggi[ultimo:] if passaggio["azione"] in PUBBLICI]
    chiusi = {passaggio["atto"] for passaggio in passaggi if passaggio.get("atto")}
    chiusi -= {passaggio.get("atto") for passaggio in rimasti}
    pubblica["passaggi"] = rimasti
    if "atti" in pubblica:
        pubblica["atti"] = [atto for atto in pubblica["atti"] if atto["codice"] not in chiusi]


def _organizzazioni_citate(pubblica: Documento) -> Iterable[str]:
    for aderente in pubblica["aderenti"]:
        yield aderente["organizzazione"]
    for azione in pubblica["progettualita"]:
        for referente in azione["referenti"]:
            if "organizzazione" in referente:
                yield referente["organizzazione"]

"""What a programme keeps of its scheda where the register says otherwise (``Programma.registro_scheda``).

Names are for reading, and the register of a known district is never changed: so what an act prints
otherwise stays with its programme. Keys, each only when there is something to keep:

- ``distretto``: ``denominazione`` and ``tipo``;
- ``organizzazioni``: all of them in the order of the scheda; one that the register says in the same words
  is only its ``codice``, and follows the register;
- ``aderenti``: the whole list with dates and marks: then it is this list that counts;
- ``atti``: the code of the register → the code of the scheda, where that code is of another act.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from distretti.basi.lettore import Errore
from programmi.contenuto.citate import codici_citati
from valutazione.scheda.differenze import differenze, normale

Json = dict[str, Any]

_SUL_DISTRETTO = ("denominazione", "tipo")


def provvisorio(scheda: Mapping[str, Any], atti: Mapping[str, str]) -> Json:
    """With this the programme, read back, says what the register says of everything the scheda names."""
    codici = [{"codice": voce["codice"]} for voce in scheda["organizzazioni"]]
    return {"organizzazioni": codici, **({"atti": dict(atti)} if atti else {})}


def da_conservare(
    scheda: Json, registro: Json, atti: Mapping[str, str], future: Collection[tuple[str, str, str | None]]
) -> tuple[Json | None, list[Errore]]:
    """What to keep (``None``: the register says the same), and what of it differs, to be told.

    ``registro``: the programme as read back with :func:`provvisorio`; ``future``: the memberships
    (organisation, first and last day) of the register that begin after the esercizio. A scheda that lists
    them says what the register says, though no programme of the register would.
    """
    detta, nota = normale(scheda), normale(registro)
    diverse: Json = {}
    distretto = {chiave: detta["distretto"][chiave] for chiave in _SUL_DISTRETTO}
    if distretto != {chiave: nota["distretto"][chiave] for chiave in _SUL_DISTRETTO}:
        diverse["distretto"] = distretto
    note = {voce["codice"]: voce for voce in nota["organizzazioni"]}
    if any(note[voce["codice"]] != voce for voce in detta["organizzazioni"]):
        nota["organizzazioni"] = [note[voce["codice"]] for voce in detta["organizzazioni"]]
        diverse["organizzazioni"] = _abbreviate(detta["organizzazioni"], note)
    elif [voce["codice"] for voce in detta["organizzazioni"]] != list(dict.fromkeys(codici_citati(detta))):
        diverse["organizzazioni"] = _abbreviate(detta["organizzazioni"], note)
    if list(map(_adesione, detta["aderenti"])) != list(map(_adesione, nota["aderenti"])):
        diverse["aderenti"] = detta["aderenti"]
    da_dire = {"distretto", "organizzazioni", "aderenti"} & diverse.keys()
    adesioni = [a for a in detta["aderenti"] if (a["organizzazione"], a["dal"], a["al"]) not in future]
    dette = differenze(
        _solo(detta | {"aderenti": adesioni}, da_dire), _solo(nota, da_dire), altrove="nel registro"
    )
    if atti:
        diverse["atti"] = dict(atti)
    return diverse or None, dette


def _abbreviate(organizzazioni: Sequence[Json], note: Mapping[str, Json]) -> list[Json]:
    return [{"codice": v["codice"]} if note[v["codice"]] == v else v for v in organizzazioni]


def _adesione(aderente: Json) -> Json:
    return aderente | {"marchi": sorted(aderente["marchi"])}


def _solo(documento: Json, chiavi: set[str]) -> Json:
    scelte = {chiave: documento[chiave] for chiave in documento if chiave in chiavi}
    if "distretto" in scelte:
        scelte["distretto"] = {chiave: scelte["distretto"][chiave] for chiave in _SUL_DISTRETTO}
    return scelte

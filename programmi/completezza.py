"""What a programme still lacks before it can be transmitted, and what is worth a second look."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from programmi.models import Indicatore, ModelloAnnuale, Programma, RigaModello
from programmi.regola import leggi_regola, regola_json
from programmi.services.bozza import regola_dell_anno
from programmi.variazione.impedimenti import impedimenti


@dataclass(frozen=True, slots=True)
class Completezza:
    """``mancanze`` stop the transmission; ``avvertenze`` do not. Sentences for who writes."""

    mancanze: tuple[str, ...]
    avvertenze: tuple[str, ...]


def completezza(programma: Programma) -> Completezza:
    """Read the programme and compare its compulsory lines with the authority's template of the year."""
    progettualita = list(programma.progettualita.order_by("numero"))
    righe = list(programma.indicatori.in_ordine())
    mancanze = impedimenti(programma)
    avvertenze: list[str] = []
    if not progettualita:
        mancanze.append("Non c'è ancora nessuna progettualità.")
    if programma.richiede_contributo:
        del_modello, differenze = _confronto(programma, [r for r in righe if r.progettualita_id is None])
        mancanze += del_modello
        avvertenze += differenze
    if not programma.premessa.strip():
        avvertenze.append("La premessa è vuota.")
    valutate = {riga.progettualita_id for riga in righe if riga.regola is not None}
    avvertenze += [
        f"La progettualità {p.numero} «{p.titolo}» non ha indicatori con una percentuale: "
        "resterà non valutata."
        for p in progettualita
        if p.pk not in valutate
    ]
    return Completezza(tuple(mancanze), tuple(avvertenze))


def prescritte(programma: Programma, righe: Iterable[Indicatore]) -> set[int]:
    """Primary keys of the lines, among ``righe``, that the authority's template of the year prescribes."""
    obbligatorie = [riga for riga in righe if riga.progettualita_id is None]
    if not obbligatorie:
        return set()
    modello = ModelloAnnuale.objects.per_anno(programma.distretto.autorita, programma.anno)
    chiavi = set() if modello is None else {_chiave(attesa) for attesa in modello.righe.all()}
    return {riga.pk for riga in obbligatorie if _chiave(riga) in chiavi}


def _confronto(programma: Programma, obbligatorie: list[Indicatore]) -> tuple[list[str], list[str]]:
    """What is missing of the template, and what was changed of it."""
    modello = ModelloAnnuale.objects.per_anno(programma.distretto.autorita, programma.anno)
    if modello is None:
        return [], []
    presenti = {_chiave(riga): riga for riga in obbligatorie}
    mancanze: list[str] = []
    differenze: list[str] = []
    for attesa in modello.righe.order_by("ordine"):
        riga = presenti.get(_chiave(attesa))
        regola = regola_dell_anno(attesa, programma.anno - modello.anno)
        if riga is None:
            mancanze.append(f"Manca l'azione obbligatoria «{attesa.testo}» ({attesa.sezione}).")
        elif riga.regola is None and regola is not None:
            mancanze.append(f"L'azione obbligatoria «{attesa.testo}» è senza regola.")
        elif _normale(riga.regola) != _normale(regola):
            differenze.append(f"L'azione obbligatoria «{attesa.testo}» ha una regola diversa dal modello.")
    return mancanze, differenze


def _normale(regola: dict[str, Any] | None) -> dict[str, Any] | None:
    """Without the keys that only repeat a default."""
    letta = None if regola is None else leggi_regola(regola, "$", [])
    return regola if letta is None else regola_json(letta)


def _chiave(riga: Indicatore | RigaModello) -> tuple[str, str]:
    """Section and text, whatever the spaces and the capitals."""
    return " ".join(riga.sezione.casefold().split()), " ".join(riga.testo.casefold().split())

"""What a programme still lacks before it can be transmitted, and what is worth a second look."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from programmi.models import Indicatore, ModelloAnnuale, Progettualita, Programma, RigaModello
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
        modello = ModelloAnnuale.objects.per_anno(programma.distretto.autorita, programma.anno)
        obbligatorie = [r for r in righe if r.progettualita_id is None]
        del_modello, differenze = _confronto(modello, programma.anno, obbligatorie)
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


def quante_mancanze(programmi: Iterable[Programma]) -> dict[int, int]:
    """How many things each of ``programmi`` lacks, by primary key, in a constant number of queries.

    Only those of the year: what stops a variazione depends on what is recorded, and its page says it.
    """
    annuali = [programma for programma in programmi if not programma.variazione]
    con_azioni = set(
        Progettualita.objects.filter(programma__in=annuali).order_by().values_list("programma", flat=True)
    )
    obbligatorie: dict[int, list[Indicatore]] = {programma.pk: [] for programma in annuali}
    for riga in Indicatore.objects.filter(programma__in=annuali).obbligatori():
        obbligatorie[riga.programma_id].append(riga)
    modelli: dict[int, list[ModelloAnnuale]] = {p.distretto.autorita_id: [] for p in annuali}
    for modello in (
        ModelloAnnuale.objects.filter(autorita__in=modelli).order_by("-anno").prefetch_related("righe")
    ):
        modelli[modello.autorita_id].append(modello)
    quante = {}
    for p in annuali:
        quante[p.pk] = 0 if p.pk in con_azioni else 1
        if p.richiede_contributo:
            dell_anno = next((m for m in modelli[p.distretto.autorita_id] if m.anno <= p.anno), None)
            quante[p.pk] += len(_confronto(dell_anno, p.anno, obbligatorie[p.pk])[0])
    return quante


def prescritte(programma: Programma, righe: Iterable[Indicatore]) -> set[int]:
    """Primary keys of the lines, among ``righe``, that the authority's template of the year prescribes."""
    obbligatorie = [riga for riga in righe if riga.progettualita_id is None]
    if not obbligatorie:
        return set()
    modello = ModelloAnnuale.objects.per_anno(programma.distretto.autorita, programma.anno)
    chiavi = set() if modello is None else {_chiave(attesa) for attesa in modello.righe.all()}
    return {riga.pk for riga in obbligatorie if _chiave(riga) in chiavi}


def _confronto(
    modello: ModelloAnnuale | None, anno: int, obbligatorie: list[Indicatore]
) -> tuple[list[str], list[str]]:
    """What is missing of the template, and what was changed of it."""
    if modello is None:
        return [], []
    presenti = {_chiave(riga): riga for riga in obbligatorie}
    mancanze: list[str] = []
    differenze: list[str] = []
    for attesa in modello.righe.all():  # in the order of the template
        riga = presenti.get(_chiave(attesa))
        regola = regola_dell_anno(attesa, anno - modello.anno)
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

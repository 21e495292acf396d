"""Are the frozen versions what was frozen, and do the approved programmes still say what was approved?"""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from distretti.models import OggettoEvento
from programmi.contenuto.documento import Documento, documenti_di
from programmi.models import STATI_APPROVATI, Passaggio, Programma, StatoProgramma, Versione

BLOCCO = 50
PREFISSO = "versione/"

FUORI_DALLA_PROMESSA = frozenset(
    {"organizzazioni", "aderenti", "atti", "distretto", "autorita", "dimostrazione", "passaggi"}
)
"""What a document takes from the register, which goes on living, and the steps, which go on too."""


def alterazioni_delle_versioni() -> Iterator[str]:
    """Versions whose content is not that of their hash, or whose hash is not that of the events."""
    nella_catena = OggettoEvento.objects.filter(riferimento__startswith=PREFISSO)
    note = {_chiave(r): r for r in nella_catena.values_list("riferimento", flat=True).iterator()}
    righe = Versione.objects.select_related("programma__distretto", "passaggio").order_by("pk")
    for versione in righe.iterator(chunk_size=BLOCCO):
        quale = f"La versione {versione.numero} del programma {versione.programma.riferimento}"
        if sha256(versione.contenuto.encode()).hexdigest() != versione.sha256:
            yield f"{quale} è stata alterata: il contenuto non corrisponde all'impronta."
        noto = note.pop(_chiave(versione.riferimento_evento), None)
        if noto is None:
            yield f"{quale} non è tra quelle che il registro degli eventi ha visto congelare."
        elif noto != versione.riferimento_evento:
            yield f"{quale} è stata alterata: il registro degli eventi ne conserva un'altra impronta."
    for chiave in sorted(note):
        _, codice, edizione, numero = chiave
        yield f"Manca la versione {numero} del programma {codice}/{edizione}, che era stata congelata."


def alterazioni_dei_programmi() -> Iterator[str]:
    """Approved programmes that were never frozen, or that no longer say what their last version says."""
    approvati = Programma.objects.filter(stato__in=STATI_APPROVATI).order_by("pk")
    chiavi = list(approvati.values_list("pk", flat=True))
    for inizio in range(0, len(chiavi), BLOCCO):
        blocco = list(approvati.filter(pk__in=chiavi[inizio : inizio + BLOCCO]).select_related("distretto"))
        vivi = dict(zip((p.pk for p in blocco), documenti_di(blocco), strict=True))
        congelati = {
            versione.programma_id: versione
            for versione in Versione.objects.approvate().filter(programma__in=blocco).order_by("numero")
        }
        for programma in blocco:
            versione = congelati.get(programma.pk)
            if versione is None:
                yield f"Il programma {programma.riferimento} è approvato, ma nessuna versione ne è congelata."
            elif _promessa_congelata(versione) != promessa_nuda(vivi[programma.pk]):
                yield (
                    f"Il programma {programma.riferimento} non dice più ciò che dice la sua versione "
                    f"{versione.numero}, l'ultima approvata."
                )
            else:
                for che_cosa in _altro_diverso(versione, vivi[programma.pk]):
                    yield (
                        f"{che_cosa} del programma {programma.riferimento} non sono più quelli che la "
                        f"versione {versione.numero} riporta."
                    )


def alterazioni_dei_passaggi() -> Iterator[str]:
    """Programmes that are not in the state to which their last step led: every change of state is a step."""
    passi = Passaggio.objects.filter(programma=OuterRef("pk")).order_by("-ordine")
    arrivo = Coalesce(Subquery(passi.values("a_stato")[:1]), Value(StatoProgramma.BOZZA.value))
    righe = Programma.objects.annotate(arrivo=arrivo).exclude(stato=F("arrivo")).select_related("distretto")
    for programma in righe.order_by("pk"):
        yield (
            f"Il programma {programma.riferimento} è nello stato «{programma.get_stato_display()}», ma il "
            "suo ultimo passaggio non porta lì."
        )


def promessa_nuda(documento: Documento) -> Documento:
    """The promise by itself: without what the register says of it, and without the steps.

    A referent keeps its printed name: which organisation of the register it is may change (records that
    are merged). The percentages assigned by hand, with their reasons, belong to the evaluation.
    """
    nuda = {chiave: valore for chiave, valore in documento.items() if chiave not in FUORI_DALLA_PROMESSA}
    nuda["obbligatorie"] = [_senza_giudizio(riga) for riga in documento["obbligatorie"]]
    nuda["progettualita"] = [
        {
            **azione,
            "referenti": [referente["testo"] for referente in azione["referenti"]],
            "indicatori": [_senza_giudizio(riga) for riga in azione["indicatori"]],
        }
        for azione in documento["progettualita"]
    ]
    return nuda


def _promessa_congelata(versione: Versione) -> Documento | None:
    """``None`` when the content was altered so much that it is not a document any more."""
    try:
        return promessa_nuda(json.loads(versione.contenuto))
    except (ValueError, KeyError, TypeError):
        return None


def _altro_diverso(versione: Versione, vivo: Documento) -> Iterator[str]:
    """Steps and acts are only added: those of then are still as they were."""
    allora = json.loads(versione.contenuto)
    passaggi = allora.get("passaggi", [])
    if vivo.get("passaggi", [])[: len(passaggi)] != passaggi:
        yield "I passaggi"
    atti = {atto["codice"]: atto for atto in vivo.get("atti", [])}
    if any(atti.get(atto["codice"]) != atto for atto in allora.get("atti", [])):
        yield "Gli atti"


def _senza_giudizio(riga: dict[str, Any]) -> dict[str, Any]:
    regola = riga["regola"]
    if regola is None or regola["tipo"] != "manuale":
        return riga
    return {**riga, "regola": {k: v for k, v in regola.items() if k not in ("assegnata", "motivazione")}}


def _chiave(riferimento: str) -> tuple[str, ...]:
    """Which version, without its hash: ``versione``, district, edition, number."""
    return tuple(riferimento.split("/")[:4])

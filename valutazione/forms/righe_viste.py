"""Which lines a form of evidence was opened on: a variazione may have renumbered them since.

A tick is named by the code of its line. What was ticked on the lines of before must not be credited to
those that have the same codes now.
"""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from distretti.basi.canonico import sha256_di
from programmi.models import AzionePassaggio, Programma
from valutazione.forms.digitato import iniziali
from valutazione.models import Evidenza
from valutazione.scheda.modello import Scheda

CAMPO = "righe_viste"
DELLE_RIGHE = ("riga-", "misura-")
RIGHE_CAMBIATE = (
    "Nel frattempo il programma è stato variato e le sue righe sono cambiate: indica di nuovo a quali conta."
)


def righe_viste(programma: Programma) -> str:
    """The fingerprint of the lines of a programme: which line has which code."""
    righe = programma.indicatori.select_related("progettualita").order_by("pk")
    return sha256_di([[riga.pk, riga.codice] for riga in righe])[:20]


def riprese(digitato: QueryDict, evidenza: Evidenza, scheda: Scheda, attuali: str) -> tuple[QueryDict, bool]:
    """What was typed, as it can be taken up on the lines of now (``attuali``); did they change?

    If they did, the lines and the measures are those that are recorded, not those that were typed.
    """
    if not _superate(digitato, evidenza.programma, attuali):
        return digitato, False
    dati = digitato.copy()
    for nome in [nome for nome in dati if nome.startswith(DELLE_RIGHE)]:
        del dati[nome]
    for nome, valore in iniziali(evidenza, scheda).items():
        if nome.startswith(DELLE_RIGHE):
            dati.setlist(nome, valore if isinstance(valore, list) else ["on" if valore is True else valore])
    dati[CAMPO] = attuali
    return dati, True


def _superate(dati: Mapping[str, Any], programma: Programma, attuali: str) -> bool:
    """Were the lines of ``dati`` others? Where it has no fingerprint (an older release) the steps say it."""
    if not any(nome.startswith(DELLE_RIGHE) for nome in dati):
        return False
    viste = dati.get(CAMPO)
    if viste:
        return bool(viste != attuali)
    return programma.passaggi.filter(azione=AzionePassaggio.VARIAZIONE).exists()

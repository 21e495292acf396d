"""Ogni persona, ogni azione, ogni stato: come dice la tavola scritta a mano (matrice.md), e niente di più."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from programmi.models import Programma, StatoProgramma
from programmi.parole import AltraAzione, AzionePassaggio
from tests.conftest import Persone
from tests.indirizzi.fotografia import cambiate, fotografia
from tests.matrice.attesa import ENTRI, NON_ESISTE, NON_ORA, NON_SUO, PUO, REST, STATI, Righe, colonne, tavole
from tests.matrice.azioni import PROVE, Prova
from tests.matrice.scena import Scena, crea_scena, e_poi_come_prima, file_conservati, righe_toccate

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.matrice.urls")]

DI_UNA_VARIAZIONE = {
    "manager",
    "referente",
    "coordinatore",
    "agenzia",
    "dirigente",
    "dirigente_autore",
    "auditor",
    "manager_altro",
    "ex_manager",
    "anonimo",
}
"""One for each way of standing before a variazione: the others stand there as before its programme."""


def test_la_tavola_dice_tutte_le_azioni_e_tutti_gli_stati() -> None:
    """Un'azione nuova, o uno stato nuovo, vuole la sua tavola o la sua colonna."""
    passaggi = {azione.value for azione in AzionePassaggio} - {"variazione"}  # a trace, nobody does it
    assert passaggi | {azione.value for azione in AltraAzione} <= set(tavole())
    assert {azione for azione in tavole() if not azione.startswith(REST)} == set(PROVE)
    assert {STATI[colonna] for colonna in colonne() if colonna.isupper()} == set(StatoProgramma)


@pytest.mark.parametrize("colonna", colonne())
def test_ogni_casella(bozza: Programma, persone: Persone, colonna: str) -> None:
    scena, errori = crea_scena(colonna, bozza, persone), []
    prima = fotografia()
    for azione, prepara in PROVE.items():
        with e_poi_come_prima():
            provate = _provata(scena, prepara(scena), tavole()[azione], colonna)
            errori += [f"{azione}, {errore}" for errore in provate]
    # The rows are back; a file that went up with what was allowed stays.
    errori += [tabella for tabella in cambiate(prima, fotografia()) if tabella != "file"]
    assert not errori, "\n".join(errori)


def _provata(scena: Scena, prova: Prova, righe: Righe, colonna: str) -> Iterator[str]:
    """The POST in every box; the GET of a form where it may be opened or where its state is wrong, and
    for those whom it is refused in two of the columns: no state changes what a refusal looks at."""
    prima = fotografia()
    for persona, caselle in righe.items():
        if colonna.islower() and persona not in DI_UNA_VARIAZIONE:
            continue
        attesa = caselle[colonna]
        for metodo in _metodi(prova, attesa, colonna):
            with e_poi_come_prima():
                difetti = _difetti(scena.gruppo.clienti[persona], metodo, prova, attesa)
                if metodo == "GET" or attesa != PUO:
                    difetti += [f"cambia {tabella}" for tabella in cambiate(prima, fotografia())]
            if metodo == "POST" and attesa == PUO:
                prima = fotografia()  # the rows are back; a file that went up stays
            yield from (f"{persona}, {metodo} {prova.indirizzo}: {difetto}" for difetto in difetti)


def _metodi(prova: Prova, attesa: str, colonna: str) -> tuple[str, ...]:
    if prova.corpo is None:
        return ("GET",)
    return ("GET", "POST") if attesa in (PUO, NON_ORA) or colonna in "EA" else ("POST",)


def _difetti(client: Client, metodo: str, prova: Prova, attesa: str) -> list[str]:
    """What is not as the table says, of the answer and of what was written."""
    for valore in (prova.corpo or {}).values():
        if hasattr(valore, "seek"):
            valore.seek(0)  # the same file, sent by everyone
    toccate, conservati = righe_toccate(), file_conservati()
    risposta: Any = (
        client.get(prova.indirizzo) if metodo == "GET" else client.post(prova.indirizzo, prova.corpo)
    )
    scritte = righe_toccate() - toccate
    difetti = []
    if (avuta := _casella(risposta, metodo)) != attesa:
        difetti.append(f"«{avuta}» ({risposta.status_code}), non «{attesa}»")
    if bool(scritte) != (metodo == "POST" and attesa == PUO):
        difetti.append(f"{scritte} righe scritte")
    if attesa != PUO and file_conservati() != conservati:
        difetti.append("un file conservato")
    return difetti


def _casella(risposta: Any, metodo: str) -> str:
    """How the table writes this answer."""
    if risposta.status_code == 302:
        if risposta["Location"].startswith("/accesso/"):
            return ENTRI
        return PUO if metodo == "POST" and not _rifiutata(risposta) else NON_ORA
    altre = {200: PUO if metodo == "GET" else "?", 403: NON_SUO, 404: NON_ESISTE, 409: NON_ORA}
    return altre.get(risposta.status_code, "?")


def _rifiutata(risposta: Any) -> bool:
    """Does this answer leave an error to say? (Those of the answers before may still be there too.)"""
    return any("error" in messaggio.tags for messaggio in risposta.wsgi_request._messages._queued_messages)

"""La procedura di un programma per chi la segue: passaggi, giorni, e ciò che chi chiede può fare."""

from collections.abc import Callable

from django.test import Client

from programmi.models import Programma, StatoProgramma
from programmi.services.osservazioni import osserva
from tests.api.conftest import API, leggi
from tests.conftest import Persone
from tests.programmi.passi import porta


def procedura(programma: Programma) -> str:
    return f"{API}/programmi/{programma.distretto.codice}/{programma.edizione}/procedura"


def azioni(client: Client, programma: Programma) -> list[str]:
    return [azione["codice"] for azione in leggi(client, procedura(programma))["azioni"]]


def test_il_percorso_vero_del_2025(
    programma: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    dati = leggi(accedi(persone.auditor), procedura(programma))
    assert (dati["stato"], dati["stato_dal"]) == ("approvato", "2025-06-19")
    assert (dati["trasmesso_il"], dati["approvato_il"]) == ("2025-04-23", "2025-06-19")
    assert dati["giorni_dalla_trasmissione"] == 57
    assert dati["in_attesa_di"] == []  # the esercizio is over: its publication is not waited for any more
    trasmissione, approvazione = dati["passaggi"]
    assert (trasmissione["giorni"], trasmissione["compiuto_da"]) == (57, "")
    assert (trasmissione["atto"]["numero"], trasmissione["atto"]["data"]) == ("99", "2025-04-22")
    assert trasmissione["protocollo_ricevente"] == "324973"
    assert (approvazione["atto"]["numero"], approvazione["il"]) == ("6607", "2025-06-19")
    assert (approvazione["da"], approvazione["a"]) == ("trasmesso", "approvato")
    assert dati["azioni"] == []


def test_dice_a_ognuno_ciò_che_può_fare(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    manager, referente, agenzia, dirigente = (
        accedi(p) for p in (persone.manager, persone.referente, persone.agenzia, persone.dirigente)
    )
    assert azioni(manager, bozza) == ["scrittura"]
    assert azioni(referente, bozza) == ["trasmissione", "scrittura"]
    assert azioni(agenzia, bozza) == azioni(dirigente, bozza) == []
    porta(bozza, persone, StatoProgramma.IN_ESAME)
    assert azioni(agenzia, bozza) == ["proposta", "rinvio", "integrazione", "osservazione"]
    assert azioni(dirigente, bozza) == ["osservazione"], "none is open: nothing to close"
    osserva(programma=bozza, utente=persone.agenzia, oggetto="P1", testo="Manca il referente.")
    assert azioni(dirigente, bozza) == ["osservazione", "chiusura"]
    assert azioni(referente, bozza) == ["ritiro"]
    prima = leggi(agenzia, procedura(bozza))["azioni"][0]
    assert prima["etichetta"] == "Proponi al dirigente"
    assert agenzia.get(prima["indirizzo"], secure=True).status_code == 200


def test_la_legge_solo_chi_segue_il_programma(
    programma: Programma, bozza: Programma, persone: Persone, accedi: Callable[..., Client], client: Client
) -> None:
    assert client.get(procedura(programma)).status_code == 401
    assert client.get(procedura(bozza)).status_code == 404
    for persona in (persone.manager_altro, persone.manager_scaduto, persone.estraneo):
        assert accedi(persona).get(procedura(programma)).status_code == 403
        assert accedi(persona).get(procedura(bozza)).status_code == 404

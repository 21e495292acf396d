"""Le osservazioni di un programma: le legge chi lo segue, e nessun altro."""

from collections.abc import Callable

import pytest
from django.test import Client

from distretti.models import Utente
from programmi.models import AzionePassaggio, Programma
from programmi.procedura import compi
from programmi.services.osservazioni import osserva, replica
from tests.api.conftest import API, leggi
from tests.conftest import CODICE, Persone
from tests.programmi.ingressi import con_progettualita
from tests.programmi.passi import RINVIATO_IL, porta

pytestmark = pytest.mark.django_db

INDIRIZZO = f"{API}/programmi/{CODICE}/2026/osservazioni"


def test_chi_segue_legge_osservazioni_e_repliche(
    bozza: Programma, persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    con_progettualita(bozza)
    porta(bozza, persone, "in_esame")
    scritta = osserva(programma=bozza, utente=persone.agenzia, oggetto="1.1.regola", testo="Non torna.")
    compi(AzionePassaggio.RINVIO, programma=bozza, utente=persone.agenzia, il=RINVIATO_IL)
    replica(osservazione=scritta, utente=persone.manager, testo="Corretta.")
    dati = leggi(accedi(persone.auditor), INDIRIZZO)
    assert dati["aperte"] == 1
    (osservazione,) = dati["osservazioni"]
    assert osservazione["oggetto"] == "1.1.regola"
    assert osservazione["etichetta"] == "Progettualità 1, riga 1.1: regola"
    assert (osservazione["stato"], osservazione["ruolo"]) == ("replicata", "referente_attivita")
    assert [(r["testo"], r["scritta_da"]) for r in osservazione["repliche"]] == [("Corretta.", "manager")]
    assert osservazione["chiusa_alle"] is None


def test_gli_altri_no(
    bozza: Programma, programma: Programma, persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    pubblico = INDIRIZZO.replace("2026", "2025")
    for client in (Client(), accedi(persone.estraneo), accedi(persone.manager_altro)):
        assert client.get(INDIRIZZO).status_code == 404
    assert Client().get(pubblico).status_code == 401
    assert accedi(persone.estraneo).get(pubblico).status_code == 403
    assert leggi(accedi(persone.manager), pubblico) == {"aperte": 0, "osservazioni": []}

"""L'autovalutazione: i commenti, l'insieme, ciò che si conserva quando è trasmessa."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from distretti.basi.canonico import forma_canonica
from distretti.errori import StatoNonAmmesso
from distretti.models import Incarico, Ruolo, Utente
from distretti.models.congelata import RigaCongelata
from programmi.models import Programma
from programmi.procedura.frattempo import SuperatoNelFrattempo
from tests.conftest import Persone, crea_persone
from tests.congelate import altera
from tests.programmi.ingressi import in_due
from tests.valutazione.chiusura_pronta import NON_VALUTATE, commenta, trasmessa
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.autovalutazione.azioni import commenti_di
from valutazione.autovalutazione.congelamento import (
    AutovalutazioneAlterata,
    alterazioni_delle_autovalutazioni,
    leggi,
)
from valutazione.chiusura import compi
from valutazione.kernel import valuta_documento
from valutazione.models import Autovalutazione, AzioneChiusura, CommentoAzione, PassaggioChiusura

_A = AzioneChiusura


def modulo(client: Client, programma: Programma) -> dict[str, Any]:
    """The form as it was served, ready to be sent back unchanged."""
    form = client.get(indirizzo("autovalutazione", programma)).context["form"]
    return {nome: form[nome].value() for nome in form.fields}


@pytest.mark.django_db
def test_i_commenti_si_salvano_uno_per_uno(
    programma: Programma, manager: Client, persone: Persone, registra: Registra
) -> None:
    registra("mail", ["1.3"])
    pagina = indirizzo("autovalutazione", programma)
    dati = modulo(manager, programma)
    assert manager.post(pagina, dati | {"commento-P1": "Tre incontri.\r\nBene."}).status_code == 302
    assert commenti_di(programma) == {"P1": "Tre incontri.\nBene."}
    # A page opened before keeps what it says of the others, and touches only what changed there.
    assert manager.post(pagina, dati | {"commento-P2": "Rinviata."}).status_code == 302
    assert commenti_di(programma) == {"P1": "Tre incontri.\nBene.", "P2": "Rinviata."}
    assert manager.post(pagina, {"commento-P7": ""}).status_code == 302
    vuotato = modulo(manager, programma) | {"commento-P2": " ", "azione": "rivedi"}
    risposta = manager.post(pagina, vuotato)
    assert risposta["Location"] == indirizzo("chiusura-passo", programma, "trasmissione_autovalutazione")
    assert commenti_di(programma) == {"P1": "Tre incontri.\nBene."}
    assert CommentoAzione.objects.get().scritto_da == persone.manager


@pytest.mark.django_db
def test_due_manager_insieme_non_si_cancellano_i_commenti(
    programma: Programma, manager: Client, persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    collega = Utente.objects.create_user(username="collega", password="x", nome_esteso="Collega")
    Incarico.objects.create(
        utente=collega, ruolo=Ruolo.MANAGER, distretto=programma.distretto, dal="2022-01-01"
    )
    altra = accedi(collega)
    pagina = indirizzo("autovalutazione", programma)
    mio, suo = modulo(manager, programma), modulo(altra, programma)
    assert altra.post(pagina, suo | {"commento-P1": "Il testo del collega."}).status_code == 302
    risposta = manager.post(pagina, mio | {"commento-P1": "Il mio testo.", "commento-P2": "Anche questo."})
    assert risposta.status_code == 409
    testo = risposta.content.decode()
    assert "Il mio testo." in testo
    assert "Il testo del collega." in testo
    assert commenti_di(programma) == {"P1": "Il testo del collega.", "P2": "Anche questo."}
    form = risposta.context["form"]
    ancora = {nome: form[nome].value() for nome in form.fields}
    assert manager.post(pagina, ancora).status_code == 302
    assert commenti_di(programma)["P1"] == "Il mio testo."


@pytest.mark.django_db
def test_la_pagina_e_di_chi_dichiara(
    programma: Programma,
    manager: Client,
    agenzia: Client,
    persone: Persone,
    accedi: Callable[[Utente], Client],
) -> None:
    pagina = indirizzo("autovalutazione", programma)
    assert agenzia.get(pagina).status_code == 403
    assert accedi(persone.estraneo).get(pagina).status_code == 403
    assert manager.post(pagina, {"commento-P1": "x" * 20_001, "versione-P1": ""}).status_code == 422
    trasmessa(programma, persone)
    assert manager.get(pagina)["Location"] == indirizzo("chiusura", programma)
    tardi = manager.post(pagina, {"commento-P1": "Un testo arrivato troppo tardi."})
    assert tardi.status_code == 409
    assert "Un testo arrivato troppo tardi." in tardi.content.decode()
    with pytest.raises(StatoNonAmmesso):
        commenta(programma, persone.manager, "P1")


@pytest.mark.django_db
def test_la_trasmissione_conserva_tutto_e_nessun_nome_di_chi_c_era(
    programma: Programma, persone: Persone, registra: Registra, agenzia: Client
) -> None:
    registra("incontro", ["obb.2"], persone=["Una persona presente"], presenze=["manager", "coordinatore"])
    trasmessa(programma, persone)
    riga = Autovalutazione.objects.get()
    documento = leggi(riga).documento
    assert "Una persona presente" not in riga.contenuto
    assert {c["azione"] for c in documento["commenti"]} == set(NON_VALUTATE)
    assert documento["sha256_scheda"] == sha256(forma_canonica(documento["scheda"])).hexdigest()
    assert documento["esito"] == valuta_documento(documento["scheda"])
    pagina = agenzia.get(indirizzo("autovalutazione-trasmessa", programma, 1))
    assert "Un anno pieno." in pagina.content.decode()
    assert riga.sha256 in pagina.content.decode()
    file = agenzia.get(indirizzo("autovalutazione-json", programma, 1))
    assert sha256(file.content).hexdigest() == riga.sha256
    assert json.loads(file.content)["formato"] == "autovalutazione/1"
    assert agenzia.get(indirizzo("autovalutazione-trasmessa", programma, 2)).status_code == 404


@pytest.mark.django_db
def test_restituita_se_ne_trasmette_un_altra_e_la_prima_resta(
    programma: Programma, persone: Persone, manager: Client
) -> None:
    trasmessa(programma, persone)
    compi(_A.RESTITUZIONE_AUTOVALUTAZIONE, programma=programma, utente=persone.agenzia, nota="Manca maggio.")
    pagina = manager.get(indirizzo("autovalutazione", programma)).content.decode()
    assert "Manca maggio." in pagina
    assert "ha restituito l'autovalutazione</strong> il " in pagina.replace("> l'", "> il ")
    dati = modulo(manager, programma) | {"commento-P8": "Con il mese di maggio."}
    manager.post(indirizzo("autovalutazione", programma), dati)
    compi(_A.TRASMISSIONE_AUTOVALUTAZIONE, programma=programma, utente=persone.manager, dopo=2)
    prima, seconda = Autovalutazione.objects.order_by("numero")
    assert leggi(prima).commenti["P8"] == "Un anno pieno."
    assert leggi(seconda).commenti["P8"] == "Con il mese di maggio."
    assert seconda.numero == 2


@pytest.mark.django_db
def test_una_autovalutazione_non_si_cambia_e_se_alterata_non_si_mostra(
    programma: Programma, persone: Persone, manager: Client
) -> None:
    trasmessa(programma, persone)
    riga = Autovalutazione.objects.get()
    with pytest.raises(RigaCongelata):
        riga.save()
    with pytest.raises(RigaCongelata):
        Autovalutazione.objects.all().delete()
    assert list(alterazioni_delle_autovalutazioni()) == []
    altera(riga, contenuto=riga.contenuto.replace("Un anno pieno.", "Un anno pessimo."))
    with pytest.raises(AutovalutazioneAlterata):
        leggi(Autovalutazione.objects.select_related("passaggio").get())
    manager.raise_request_exception = False
    risposta = manager.get(indirizzo("autovalutazione-trasmessa", programma, 1))
    assert risposta.status_code == 500
    assert "Un anno pessimo." not in risposta.content.decode()
    assert any("è stata alterata" in frase for frase in alterazioni_delle_autovalutazioni())


@pytest.mark.django_db(transaction=True)
def test_due_trasmissioni_insieme_ne_lasciano_una() -> None:
    persone = crea_persone()
    programma = Programma.objects.select_related("distretto__autorita").get(
        distretto__codice="dfa-alta-valsugana", anno=2025
    )
    commenta(programma, persone.manager)

    def trasmetti() -> PassaggioChiusura:
        return compi(_A.TRASMISSIONE_AUTOVALUTAZIONE, programma=programma, utente=persone.manager, dopo=0)

    esiti = in_due(trasmetti, trasmetti)
    assert sum(isinstance(esito, PassaggioChiusura) for esito in esiti) == 1
    assert sum(isinstance(esito, SuperatoNelFrattempo) for esito in esiti) == 1
    assert Autovalutazione.objects.count() == 1

"""Two at once on the same evidence: nobody loses text, nobody decides on what they did not see."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client

from distretti.models import Incarico, Ruolo, Utente
from programmi.models import Programma
from programmi.regola import TipoEvidenza
from tests.conftest import CODICE, Persone, crea_persone
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.models import Evidenza, StatoEvidenza, StatoImputazione
from valutazione.services import crea_evidenza


def modulo(client: Client, evidenza: Evidenza) -> dict[str, Any]:
    """The form of an evidence as it was served, ready to be sent back unchanged."""
    pagina = client.get(indirizzo("evidenza-modifica", evidenza.programma, evidenza.pk))
    form = pagina.context["form"]
    dati = {nome: form[nome].value() for nome in form.fields}
    dati = {nome: valore for nome, valore in dati.items() if valore not in (None, "", False, [])}
    return {nome: "on" if valore is True else valore for nome, valore in dati.items()}


def conferma(client: Client, evidenza: Evidenza, dati: dict[str, Any]) -> Any:
    nome = indirizzo("evidenza-modifica", evidenza.programma, evidenza.pk)
    return client.post(nome, dati | {"azione": "registra"})


@pytest.mark.django_db
def test_chi_salva_per_secondo_vede_che_cosa_e_cambiato(manager: Client, registra: Registra) -> None:
    evidenza = registra(titolo="Titolo di partenza")
    prima, seconda = modulo(manager, evidenza), modulo(manager, evidenza)
    assert conferma(manager, evidenza, prima | {"titolo": "Titolo della prima"}).status_code == 302
    risposta = conferma(manager, evidenza, seconda | {"titolo": "Titolo della seconda"})
    assert risposta.status_code == 409
    testo = risposta.content.decode()
    assert "Titolo della prima" in testo
    assert "Titolo della seconda" in testo
    evidenza.refresh_from_db()
    assert evidenza.titolo == "Titolo della prima"
    # Once it has been seen, the second text may take its place.
    ancora = dict(seconda, titolo="Titolo della seconda", versione=risposta.context["form"].data["versione"])
    assert conferma(manager, evidenza, ancora).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("prima", ["", "carica", "bozza", "anteprima"])
def test_un_proprio_file_non_e_la_modifica_di_un_altro(
    manager: Client, registra: Registra, prima: str
) -> None:
    evidenza = registra(titolo="Titolo di partenza")
    nome = indirizzo("evidenza-modifica", evidenza.programma, evidenza.pk)
    dati = modulo(manager, evidenza) | {"titolo": "Con il verbale"}
    file = SimpleUploadedFile("presenze.csv", b"nome;ore\nuno;2\n", content_type="text/csv")
    if prima:
        risposta = manager.post(nome, dati | {"azione": prima, "file": [file]})
        if prima == "anteprima":
            dati["versione"] = risposta.context["form"]["versione"].value()
        else:
            dati = modulo(manager, evidenza)
        risposta = conferma(manager, evidenza, dati)
    else:
        risposta = conferma(manager, evidenza, dati | {"file": [file]})
    assert risposta.status_code == 302
    evidenza.refresh_from_db()
    assert evidenza.titolo == "Con il verbale"
    assert [a.nome for a in evidenza.allegati.all()] == ["presenze.csv"]


@pytest.mark.django_db
def test_con_un_proprio_file_la_modifica_di_un_altro_si_vede_ancora(
    manager: Client, registra: Registra
) -> None:
    evidenza = registra(titolo="Titolo di partenza")
    prima, seconda = modulo(manager, evidenza), modulo(manager, evidenza)
    assert conferma(manager, evidenza, prima | {"titolo": "Titolo della prima"}).status_code == 302
    file = SimpleUploadedFile("presenze.csv", b"nome;ore\nuno;2\n", content_type="text/csv")
    risposta = conferma(manager, evidenza, seconda | {"titolo": "Della seconda", "file": [file]})
    assert risposta.status_code == 409
    assert "Titolo della prima" in risposta.content.decode()


@pytest.mark.django_db
def test_l_agenzia_non_decide_su_un_evidenza_cambiata_mentre_la_leggeva(
    agenzia: Client, manager: Client, registra: Registra
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    imputazione = evidenza.imputazioni.get()
    nome = indirizzo("imputazione-verifica", evidenza.programma, evidenza.pk, imputazione.pk)
    versione = agenzia.get(nome).context["form"]["versione"].value()
    conferma(manager, evidenza, modulo(manager, evidenza) | {"titolo": "Tutta altra cosa"})
    risposta = agenzia.post(nome, {"decisione": "accolta", "versione": versione})
    assert risposta.status_code == 409
    assert "Tutta altra cosa" in risposta.content.decode()
    imputazione.refresh_from_db()
    assert imputazione.stato == StatoImputazione.IN_ATTESA
    nuova = risposta.context["form"].data["versione"]
    assert agenzia.post(nome, {"decisione": "accolta", "versione": nuova}).status_code == 302


@pytest.mark.django_db
def test_due_verifiche_insieme_la_seconda_lo_sa(
    agenzia: Client, accedi: Callable[[Utente], Client], persone: Persone, registra: Registra
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    nome = indirizzo("imputazione-verifica", evidenza.programma, evidenza.pk, evidenza.imputazioni.get().pk)
    altra = accedi(persone.verificatore)
    versioni = [c.get(nome).context["form"]["versione"].value() for c in (agenzia, altra)]
    assert agenzia.post(nome, {"decisione": "accolta", "versione": versioni[0]}).status_code == 302
    dati = {"decisione": "respinta", "motivazione": "Non vale", "versione": versioni[1]}
    assert altra.post(nome, dati).status_code == 409
    assert evidenza.imputazioni.get().stato == StatoImputazione.ACCOLTA


@pytest.mark.django_db
def test_ogni_evidenza_riaperta_e_confermata_resta_com_era(
    accedi: Callable[[Utente], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening the form and pressing "Conferma" loses no field, no measure, no decision."""
    from valutazione.scheda.da_database import documento_di

    monkeypatch.setenv("DISTRETTI_DEMO_PASSWORD", "parola-di-prova")
    call_command("carica_dimostrazione", verbosity=0)
    manager = Utente.objects.get(username="manager")
    for programma in Programma.objects.filter(evidenze__isnull=False).distinct():
        Incarico.objects.get_or_create(
            utente=manager, ruolo=Ruolo.MANAGER, distretto=programma.distretto, dal="2022-01-01"
        )
        client = accedi(manager)
        prima = documento_di(programma)
        for evidenza in programma.evidenze.registrate():
            risposta = conferma(client, evidenza, modulo(client, evidenza))
            assert risposta.status_code == 302, (evidenza, risposta.context["form"].errors)
        for voce, dopo in zip(prima["evidenze"], documento_di(programma)["evidenze"], strict=True):
            assert dopo == voce


@pytest.mark.django_db
def test_un_campo_riempito_non_si_nasconde_mai(manager: Client, registra: Registra) -> None:
    """A mail with a place and attendees: the form of a mail asks for neither, but keeps both."""
    evidenza = registra("mail", luogo="Pergine", persone=["Una persona"], organizzazioni=["cs4"])
    assert conferma(manager, evidenza, modulo(manager, evidenza)).status_code == 302
    evidenza.refresh_from_db()
    assert (evidenza.luogo, evidenza.persone) == ("Pergine", ["Una persona"])
    assert [c.organizzazione.codice for c in evidenza.coinvolte.all()] == ["cs4"]


@pytest.mark.django_db
@pytest.mark.parametrize("modo", ["imputa", "corregge"])
def test_chi_ha_messo_mano_all_evidenza_non_la_verifica(
    accedi: Callable[[Utente], Client], persone: Persone, registra: Registra, modo: str
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    due_ruoli = persone.verificatore
    Incarico.objects.create(
        utente=due_ruoli, ruolo=Ruolo.MANAGER, distretto=evidenza.programma.distretto, dal="2022-01-01"
    )
    client = accedi(due_ruoli)
    cambio = {"misura-obb-6": "4"} if modo == "imputa" else {"titolo": "Corretto"}
    assert conferma(client, evidenza, modulo(client, evidenza) | cambio).status_code == 302
    if modo == "corregge":
        # A later change by somebody else does not wash it away.
        altro = accedi(persone.manager)
        conferma(altro, evidenza, modulo(altro, evidenza) | {"titolo": "Ricorretto"})
    nome = indirizzo("imputazione-verifica", evidenza.programma, evidenza.pk, evidenza.imputazioni.get().pk)
    assert client.post(nome, {"decisione": "accolta"}).status_code == 403


@pytest.mark.django_db
def test_accolgo_con_una_misura_parziale_si_chiarisce(agenzia: Client, registra: Registra) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"], misure={"obb.6": {"unita": 3}})
    nome = indirizzo("imputazione-verifica", evidenza.programma, evidenza.pk, evidenza.imputazioni.get().pk)
    risposta = agenzia.post(nome, {"decisione": "accolta", "misura": "1", "motivazione": "Due non valgono"})
    assert risposta.status_code == 422
    assert "Accogli in parte" in risposta.content.decode()
    assert evidenza.imputazioni.get().stato == StatoImputazione.IN_ATTESA


@pytest.mark.django_db
def test_accolgo_in_parte_tutto_si_chiarisce(agenzia: Client, registra: Registra) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"], misure={"obb.6": {"unita": 3}})
    nome = indirizzo("imputazione-verifica", evidenza.programma, evidenza.pk, evidenza.imputazioni.get().pk)
    risposta = agenzia.post(nome, {"decisione": "in_parte", "misura": "3", "motivazione": "Tutto"})
    assert risposta.status_code == 422
    assert "la decisione è «Accogli»" in risposta.content.decode()


@pytest.mark.django_db
def test_la_decisione_riaperta_parte_da_quella_in_vigore(agenzia: Client, registra: Registra) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    nome = indirizzo("imputazione-verifica", evidenza.programma, evidenza.pk, evidenza.imputazioni.get().pk)
    versione = agenzia.get(nome).context["form"]["versione"].value()
    dati = {"decisione": "respinta", "motivazione": "È una mail", "versione": versione}
    assert agenzia.post(nome, dati).status_code == 302
    form = agenzia.get(nome).context["form"]
    assert (form["decisione"].value(), form["motivazione"].value()) == ("respinta", "È una mail")


@pytest.mark.django_db
def test_la_bozza_non_sta_sulla_scrivania_degli_altri(
    accedi: Callable[[Utente], Client], persone: Persone, programma: Programma
) -> None:
    bozza = crea_evidenza(programma=programma, tipo=TipoEvidenza.MAIL, utente=persone.manager)
    Evidenza.objects.filter(pk=bozza.pk).update(titolo="Titolo della bozza")
    assert "Titolo della bozza" in accedi(persone.manager).get("/scrivania/").content.decode()
    assert "Titolo della bozza" not in accedi(persone.coordinatore).get("/scrivania/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_ritirare_e_registrare_insieme_non_da_errore_del_server() -> None:
    """Whoever comes second gets a sentence, never a 500; the evidence ends in one of the two states."""
    call_command("carica_base", verbosity=0)
    persone = crea_persone()
    programma = Programma.objects.get(distretto__codice=CODICE, anno=2025)
    evidenza = crea_evidenza(programma=programma, tipo=TipoEvidenza.MAIL, utente=persone.manager)
    clienti = [Client(), Client()]
    for client in clienti:
        client.force_login(persone.manager)
    conferma(clienti[0], evidenza, {"data": "2025-03-10", "titolo": "Prova"})
    stati: list[int] = []

    def prova(azione: Callable[[], Any]) -> None:
        try:
            stati.append(azione().status_code)
        finally:
            connection.close()

    ritira = indirizzo("evidenza-ritira", programma, evidenza.pk)
    fili = [
        threading.Thread(target=prova, args=(lambda: clienti[0].post(ritira, {"motivo": "doppia"}),)),
        threading.Thread(
            target=prova,
            args=(lambda: conferma(clienti[1], evidenza, {"data": "2025-03-11", "titolo": "Altra"}),),
        ),
    ]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    assert set(stati) <= {302, 409}
    evidenza.refresh_from_db()
    assert evidenza.stato == StatoEvidenza.RITIRATA

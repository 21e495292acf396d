"""The decision of the Agenzia: works; refuses strangers, the unentitled, the wrong state; queue constant."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from distretti.models import Evento, Incarico, Ruolo, Utente
from tests.conftest import Persone
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.decisioni import Decisione, istantanea
from valutazione.letture import valutazione_di
from valutazione.models import Evidenza, Imputazione, StatoImputazione
from valutazione.services import verifica_imputazione
from valutazione.services.verifica import VerificaDiSe

pytestmark = pytest.mark.django_db


def decidi(client: Client, evidenza: Evidenza, **dati: Any) -> Any:
    imputazione = evidenza.imputazioni.get()
    nome = indirizzo("imputazione-verifica", evidenza.programma, evidenza.pk, imputazione.pk)
    pagina = client.get(nome)
    if pagina.status_code == 200:
        dati = {"versione": pagina.context["form"]["versione"].value()} | dati
    return client.post(nome, dati)


def test_accolta_entra_nel_riconosciuto(agenzia: Client, registra: Registra, persone: Persone) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    assert decidi(agenzia, evidenza, decisione="accolta").status_code == 302
    imputazione = evidenza.imputazioni.get()
    assert imputazione.stato == StatoImputazione.ACCOLTA
    assert imputazione.verificata_da == persone.agenzia
    assert valutazione_di(evidenza.programma).esito.righe["obb.6"].valori.riconosciuto == 25


def test_respinta_vuole_un_motivo_che_il_manager_legge(
    agenzia: Client, manager: Client, registra: Registra
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    senza = decidi(agenzia, evidenza, decisione="respinta")
    assert senza.status_code == 422
    assert "Scrivi il motivo" in senza.content.decode()
    assert decidi(agenzia, evidenza, decisione="respinta", motivazione="È una mail").status_code == 302
    assert valutazione_di(evidenza.programma).esito.righe["obb.6"].valori.dichiarato == 0
    pagina = manager.get(indirizzo("evidenza", evidenza.programma, evidenza.pk)).content.decode()
    assert "È una mail" in pagina


def test_accolta_in_parte(agenzia: Client, registra: Registra) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"], misure={"obb.6": {"unita": 3}})
    risposta = decidi(agenzia, evidenza, decisione="in_parte", misura="2", motivazione="Uno è doppio")
    assert risposta.status_code == 302
    valori = valutazione_di(evidenza.programma).esito.righe["obb.6"].valori
    assert [valori.dichiarato, valori.riconosciuto] == [Fraction(75), Fraction(50)]
    storia = agenzia.get(f"{evidenza.get_absolute_url()}storia/").content.decode()
    assert "accolta in parte (2)" in storia


@pytest.mark.parametrize(
    ("dati", "messaggio"),
    [
        ({}, "Scegli una decisione"),
        ({"decisione": "forse"}, "non esiste"),
        ({"decisione": "in_parte", "misura": "4", "motivazione": "m"}, "misura"),
        ({"decisione": "in_parte", "misura": "", "motivazione": "m"}, "Indica che cosa riconosci"),
        ({"decisione": "in_parte", "misura": "2"}, "Scrivi il motivo"),
        ({"decisione": "in_parte", "misura": "due", "motivazione": "m"}, "intero"),
    ],
)
def test_una_decisione_sbagliata_non_scrive_niente(
    agenzia: Client, registra: Registra, dati: dict[str, str], messaggio: str
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"], misure={"obb.6": {"unita": 3}})
    risposta = decidi(agenzia, evidenza, **dati)
    assert risposta.status_code == 422
    assert messaggio in risposta.content.decode()
    assert evidenza.imputazioni.get().stato == StatoImputazione.IN_ATTESA


@pytest.mark.parametrize(
    "dati",
    [
        {"decisione": "accolta", "motivazione": "Bene così."},
        {"decisione": "in_parte", "misura": "2", "motivazione": "Uno è doppio"},
        {"decisione": "respinta", "motivazione": "È una mail"},
    ],
)
def test_la_stessa_decisione_non_e_un_altra(
    agenzia: Client, registra: Registra, dati: dict[str, str]
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"], misure={"obb.6": {"unita": 3}})
    decidi(agenzia, evidenza, **dati)
    prima, eventi = istantanea(evidenza.imputazioni.get()), Evento.objects.count()
    imputazione = evidenza.imputazioni.get()
    nome = indirizzo("imputazione-verifica", evidenza.programma, evidenza.pk, imputazione.pk)
    form = agenzia.get(nome).context["form"]
    presenti = {campo: form[campo].value() or "" for campo in form.fields}
    assert {campo: str(presenti[campo]) for campo in dati} == dati
    risposta = agenzia.post(nome, presenti | {"decisione": dati["decisione"]}, follow=True)
    assert "La decisione era già questa: nulla è cambiato." in risposta.content.decode()
    assert (istantanea(evidenza.imputazioni.get()), Evento.objects.count()) == (prima, eventi)


def test_parti_riconosciute(agenzia: Client, registra: Registra) -> None:
    parti = valutazione_di(registra().programma).scheda.righe["obb.7"].regola.parti  # type: ignore[union-attr]
    misura = {"parti": [parte.nome for parte in parti]}
    evidenza = registra("piano_editoriale", ["obb.7"], misure={"obb.7": misura})
    risposta = decidi(
        agenzia, evidenza, decisione="in_parte", misura=[parti[0].nome], motivazione="Manca il calendario"
    )
    assert risposta.status_code == 302
    valori = valutazione_di(evidenza.programma).esito.righe["obb.7"].valori
    assert [valori.dichiarato, valori.riconosciuto] == [Fraction(100), Fraction(0)]


@pytest.mark.parametrize(
    "chi",
    [
        "estraneo",
        "manager_altro",
        "manager_scaduto",
        "manager",
        "referente",
        "coordinatore",
        "dirigente",
        "auditor",
        "amministratore",
    ],
)
def test_verifica_solo_l_agenzia(
    accedi: Callable[[Utente], Client], persone: Persone, registra: Registra, chi: str
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    client = accedi(getattr(persone, chi))
    assert decidi(client, evidenza, decisione="accolta").status_code == 403
    assert client.get(indirizzo("verifica", evidenza.programma)).status_code == 403
    assert evidenza.imputazioni.get().stato == StatoImputazione.IN_ATTESA


def test_nessuno_verifica_cio_che_ha_registrato(
    accedi: Callable[[Utente], Client], persone: Persone, registra: Registra
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"])
    autorita = evidenza.programma.distretto.autorita
    Incarico.objects.create(
        utente=persone.manager, ruolo=Ruolo.VERIFICATORE, autorita=autorita, dal="2022-01-01"
    )
    assert decidi(accedi(persone.manager), evidenza, decisione="accolta").status_code == 403
    with pytest.raises(VerificaDiSe):
        verifica_imputazione(
            imputazione=evidenza.imputazioni.get(),
            decisione=Decisione(StatoImputazione.ACCOLTA),
            utente=persone.manager,
        )


def test_una_pianificata_o_ritirata_non_si_verifica(
    agenzia: Client, manager: Client, registra: Registra
) -> None:
    pianificata = registra("comunicato_stampa", ["obb.6"], pianificata=True)
    assert decidi(agenzia, pianificata, decisione="accolta").status_code == 302
    assert pianificata.imputazioni.get().stato == StatoImputazione.IN_ATTESA
    ritirata = registra("comunicato_stampa", ["obb.6"])
    manager.post(indirizzo("evidenza-ritira", ritirata.programma, ritirata.pk), {"motivo": "m"})
    assert decidi(agenzia, ritirata, decisione="accolta").status_code == 302
    assert ritirata.imputazioni.get().stato == StatoImputazione.IN_ATTESA


def test_l_imputazione_di_un_altra_evidenza_da_404(agenzia: Client, registra: Registra) -> None:
    una, altra = registra("comunicato_stampa", ["obb.6"]), registra("comunicato_stampa", ["obb.6"])
    nome = indirizzo("imputazione-verifica", una.programma, una.pk, altra.imputazioni.get().pk)
    assert agenzia.post(nome, {"decisione": "accolta"}).status_code == 404


def test_dopo_una_decisione_si_passa_alla_successiva(agenzia: Client, registra: Registra) -> None:
    prima = registra("comunicato_stampa", ["obb.6"], data="2025-01-10")
    dopo = registra("comunicato_stampa", ["obb.6"], data="2025-02-10")
    risposta = decidi(agenzia, prima, decisione="accolta")
    imputazione = dopo.imputazioni.get()
    attesa = indirizzo("imputazione-verifica", dopo.programma, dopo.pk, imputazione.pk)
    assert risposta["Location"] == attesa
    coda = indirizzo("verifica", dopo.programma)
    assert decidi(agenzia, dopo, decisione="accolta")["Location"] == coda
    vuota = agenzia.get(coda).content.decode()
    assert "Niente da verificare" in vuota
    assert "Vai alle evidenze" in vuota


def test_la_coda_ha_sempre_le_stesse_query(
    agenzia: Client, registra: Registra, django_assert_max_num_queries: Any
) -> None:
    coda = indirizzo("verifica", registra("comunicato_stampa", ["obb.6"]).programma)
    agenzia.get(coda)
    with django_assert_max_num_queries(60) as una:
        agenzia.get(coda)
    for _ in range(50):
        registra("comunicato_stampa", ["obb.6"])
    with django_assert_max_num_queries(len(una.captured_queries)):
        agenzia.get(coda)


@pytest.mark.parametrize(
    ("vincolo", "valori"),
    [
        ("imputazione_respinta_motivata", {"stato": "respinta", "motivazione": ""}),
        ("imputazione_misura_riconosciuta_se_accolta", {"misura_riconosciuta": {"unita": 1}}),
        ("imputazione_stato_ammesso", {"stato": "boh"}),
        (
            "imputazione_verificata_da_chi_e_quando",
            {"stato": "accolta", "verificata_alle": "2025-01-01T00:00Z"},
        ),
    ],
)
def test_il_database_rifiuta(registra: Registra, vincolo: str, valori: dict[str, Any]) -> None:
    imputazione = registra("comunicato_stampa", ["obb.6"]).imputazioni.get()
    with pytest.raises(IntegrityError, match=vincolo), transaction.atomic():
        Imputazione.objects.filter(pk=imputazione.pk).update(**valori)

"""Recording an evidence in the browser: works; refuses strangers, the unentitled, the wrong state, GET."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from distretti.models import Adesione, Distretto, Organizzazione, Utente
from programmi.models import Programma
from programmi.regola import TipoEvidenza
from tests.conftest import Persone
from tests.valutazione.conftest import INCONTRO, Registra, indirizzo
from valutazione.decisioni import Decisione
from valutazione.letture import valutazione_di
from valutazione.models import Evidenza, StatoEvidenza, StatoImputazione
from valutazione.services import verifica_imputazione

pytestmark = pytest.mark.django_db


def nuova(client: Client, programma: Programma, tipo: str = "incontro") -> Evidenza:
    risposta = client.post(indirizzo("evidenza-nuova", programma), {"tipo": tipo})
    assert risposta.status_code == 302
    return Evidenza.objects.latest("pk")


def invia(client: Client, evidenza: Evidenza, azione: str = "registra", **dati: Any) -> Any:
    nome = indirizzo("evidenza-modifica", evidenza.programma, evidenza.pk)
    pagina = client.get(nome)
    if pagina.status_code == 200:
        dati = {"versione": pagina.context["form"]["versione"].value()} | dati
    return client.post(nome, dati | {"azione": azione})


def test_un_incontro_registrato_muove_la_sua_percentuale(manager: Client, programma: Programma) -> None:
    evidenza = nuova(manager, programma)
    assert evidenza.stato == StatoEvidenza.BOZZA
    risposta = invia(manager, evidenza, **INCONTRO, **{"riga-obb-2": "on", "riga-obb-3": "on"})
    assert risposta.status_code == 302
    evidenza.refresh_from_db()
    assert evidenza.stato == StatoEvidenza.REGISTRATA
    assert evidenza.persone == ["Coordinatrice istituzionale", "Referente amministrativo"]
    esito = valutazione_di(programma).esito
    assert esito.righe["obb.2"].valori.dichiarato == 20
    assert esito.righe["obb.3"].valori.dichiarato == 20
    pagina = manager.get(risposta["Location"]).content.decode()
    assert "20,00%" in pagina
    assert "Evidenza registrata" in pagina


@pytest.mark.parametrize("tipo", list(TipoEvidenza))
def test_ogni_tipo_chiede_i_suoi_campi_e_si_registra(
    manager: Client, programma: Programma, tipo: TipoEvidenza
) -> None:
    evidenza = nuova(manager, programma, tipo.value)
    pagina = manager.get(indirizzo("evidenza-modifica", programma, evidenza.pk))
    form = pagina.context["form"]
    dati: dict[str, Any] = {"data": "2025-04-01", "titolo": f"Prova {tipo.value}"}
    dati |= {nome: "testo" for nome in form.fields if nome.startswith("progetto_")}
    dati |= {nome: "on" for nome in form.fields if nome.startswith("riga-")}
    for nome, campo in form.fields.items():
        if nome.startswith("misura-") and nome != "misura-obb-5":
            dati[nome] = [v for v, _ in campo.choices] if hasattr(campo, "choices") else "2"
    risposta = invia(manager, evidenza, **dati)
    assert risposta.status_code == 302, risposta.context["form"].errors
    evidenza.refresh_from_db()
    assert evidenza.stato == StatoEvidenza.REGISTRATA
    assert manager.get(risposta["Location"]).status_code == 200


def test_solo_l_incontro_chiede_le_presenze(manager: Client, programma: Programma) -> None:
    post = nuova(manager, programma, "post")
    assert (
        "presenze"
        not in manager.get(indirizzo("evidenza-modifica", programma, post.pk)).context["form"].fields
    )


def test_una_bozza_intatta_si_riprende(manager: Client, programma: Programma) -> None:
    assert nuova(manager, programma) == nuova(manager, programma)
    assert Evidenza.objects.count() == 1


def test_cio_che_e_scritto_resta_nella_bozza(manager: Client, programma: Programma) -> None:
    evidenza = nuova(manager, programma)
    invia(manager, evidenza, "bozza", data="2025-03-10", titolo="Incontro a metà", persone="Una persona")
    evidenza.refresh_from_db()
    assert evidenza.stato == StatoEvidenza.BOZZA
    pagina = manager.get(indirizzo("evidenza-modifica", programma, evidenza.pk)).content.decode()
    assert "Incontro a metà" in pagina
    assert "Una persona" in pagina
    assert "Errore" not in pagina
    assert "Incontro a metà" in manager.get(indirizzo("evidenza-nuova", programma)).content.decode()


@pytest.mark.parametrize(
    ("dati", "messaggio"),
    [
        ({"data": ""}, "obbligatoria"),
        ({"titolo": ""}, "obbligatorio"),
        ({"data": "31/02/2025"}, "data che esiste"),
        ({"data_fine": "2025-03-01"}, ""),
        ({"presenze": ["sindaco"]}, "sindaco"),
        ({"aderenti": ["comune-di-esempio"]}, "comune-di-esempio"),
        ({"altre": "Ditta che non c'è"}, "non è nel registro"),
    ],
)
def test_un_errore_si_spiega_e_non_perde_niente(
    manager: Client, programma: Programma, dati: dict[str, Any], messaggio: str
) -> None:
    evidenza = nuova(manager, programma, "evento")
    risposta = invia(manager, evidenza, **(INCONTRO | dati))
    assert risposta.status_code == 422
    testo = risposta.content.decode().replace("&#x27;", "'")
    assert messaggio in testo
    assert "Errore: " in testo
    evidenza.refresh_from_db()
    assert evidenza.stato == StatoEvidenza.BOZZA
    assert evidenza.dati_modulo is not None
    assert evidenza.dati_modulo["argomento"] == ["Avvio delle attività"]
    assert evidenza.imputazioni.count() == 0


@pytest.mark.parametrize("giorno", ["2024-12-31", "2026-01-01", "0001-01-01", "9999-12-31"])
def test_una_data_fuori_dall_esercizio_si_rifiuta(manager: Client, programma: Programma, giorno: str) -> None:
    evidenza = nuova(manager, programma)
    risposta = invia(manager, evidenza, **(INCONTRO | {"data": giorno, "pianificata": "on"}))
    assert risposta.status_code == 422
    assert "fuori dall" in risposta.content.decode()
    evidenza.refresh_from_db()
    assert evidenza.in_bozza


@pytest.mark.parametrize("url", ["non-un-url", "javascript:alert(1)", "http://", "ftp://esempio.it/x"])
def test_un_indirizzo_web_sbagliato_si_rifiuta(manager: Client, programma: Programma, url: str) -> None:
    evidenza = nuova(manager, programma, "post")
    risposta = invia(manager, evidenza, data="2025-03-10", titolo="Post", url=url)
    assert risposta.status_code == 422
    assert "https://www.esempio.it" in risposta.content.decode()


def test_un_azione_sconosciuta_si_rifiuta(manager: Client, programma: Programma) -> None:
    assert invia(manager, nuova(manager, programma), "zzz").status_code == 400


def test_una_data_futura_vuole_pianificata(manager: Client, bozza: Programma) -> None:
    oggi = timezone.localdate()
    domani = (oggi + timedelta(days=1)).isoformat()
    Programma.objects.filter(pk=bozza.pk).update(dal=oggi, al=oggi + timedelta(days=9))
    evidenza = nuova(manager, bozza)
    rifiutata = invia(manager, evidenza, **(INCONTRO | {"data": domani}))
    assert rifiutata.status_code == 422
    assert "deve ancora venire" in rifiutata.content.decode()
    accolta = invia(manager, evidenza, **(INCONTRO | {"data": domani, "pianificata": "on"}))
    assert accolta.status_code == 302


def test_la_riga_di_un_altro_programma_non_esiste(
    manager: Client, programma: Programma, bozza: Programma
) -> None:
    evidenza = nuova(manager, programma)
    risposta = invia(manager, evidenza, **INCONTRO, **{"riga-99-1": "on"})
    assert risposta.status_code == 422
    assert "La riga «99.1» non esiste" in risposta.content.decode()
    evidenza.refresh_from_db()
    assert evidenza.in_bozza
    assert evidenza.imputazioni.count() == 0


def test_l_evidenza_di_un_altro_programma_da_404(
    manager: Client, programma: Programma, bozza: Programma
) -> None:
    altrove = nuova(manager, bozza)
    risposta = manager.post(indirizzo("evidenza-modifica", programma, altrove.pk), {"azione": "registra"})
    assert risposta.status_code == 404


def test_un_altra_organizzazione_del_registro_si_indica_per_nome(
    manager: Client, programma: Programma
) -> None:
    Organizzazione.objects.create(codice="camera", denominazione="Camera di commercio")
    evidenza = nuova(manager, programma)
    risposta = invia(manager, evidenza, **INCONTRO, altre="camera di COMMERCIO")
    assert risposta.status_code == 302
    assert [c.organizzazione.codice for c in evidenza.coinvolte.all()] == ["camera"]


def test_cambiare_un_evidenza_accolta_la_rimette_in_attesa_e_lo_dice(
    manager: Client, registra: Registra, persone: Persone
) -> None:
    evidenza = registra(righe=["obb.3"], presenze=["manager"], argomento="a", persone=["b"])
    imputazione = evidenza.imputazioni.get()
    accolta = Decisione(StatoImputazione.ACCOLTA)
    verifica_imputazione(imputazione=imputazione, decisione=accolta, utente=persone.agenzia)
    dati = {"data": "2025-03-10", "titolo": "Titolo nuovo", "argomento": "a", "persone": "b"}
    risposta = invia(manager, evidenza, **dati, presenze=["manager"], **{"riga-obb-3": "on"})
    assert risposta.status_code == 302
    imputazione.refresh_from_db()
    assert imputazione.stato == StatoImputazione.IN_ATTESA
    assert imputazione.verificata_da is None
    pagina = manager.get(risposta["Location"]).content.decode()
    assert "1 riga già verificata torna in attesa" in pagina


def test_confermare_senza_cambiare_niente_lascia_la_decisione(
    manager: Client, registra: Registra, persone: Persone
) -> None:
    evidenza = registra(righe=["obb.3"], presenze=["manager"], argomento="a", persone=["b"])
    imputazione = evidenza.imputazioni.get()
    accolta = Decisione(StatoImputazione.ACCOLTA)
    verifica_imputazione(imputazione=imputazione, decisione=accolta, utente=persone.agenzia)
    dati = {"data": "2025-03-10", "titolo": "Prova", "argomento": "a", "persone": "b"}
    invia(manager, evidenza, **dati, presenze=["manager"], **{"riga-obb-3": "on"})
    imputazione.refresh_from_db()
    assert imputazione.stato == StatoImputazione.ACCOLTA


@pytest.mark.parametrize("chi", ["estraneo", "manager_altro", "manager_scaduto"])
def test_bozza_di_programma_sconosciuta_a_chi_non_c_entra(
    accedi: Callable[[Utente], Client], persone: Persone, bozza: Programma, chi: str
) -> None:
    client = accedi(getattr(persone, chi))
    assert client.get(indirizzo("evidenza-nuova", bozza)).status_code == 404
    assert client.post(indirizzo("evidenza-nuova", bozza), {"tipo": "incontro"}).status_code == 404


@pytest.mark.parametrize(
    "chi",
    [
        "estraneo",
        "manager_altro",
        "manager_scaduto",
        "coordinatore",
        "referente",
        "agenzia",
        "dirigente",
        "auditor",
    ],
)
def test_registra_solo_il_manager(
    accedi: Callable[[Utente], Client], persone: Persone, programma: Programma, registra: Registra, chi: str
) -> None:
    client = accedi(getattr(persone, chi))
    prima = Evidenza.objects.count()
    assert client.post(indirizzo("evidenza-nuova", programma), {"tipo": "incontro"}).status_code == 403
    assert Evidenza.objects.count() == prima
    evidenza = registra()
    assert invia(client, evidenza, **INCONTRO).status_code == 403
    evidenza.refresh_from_db()
    assert evidenza.dati_modulo is None


def test_un_anonimo_va_ad_accedere(client: Client, programma: Programma) -> None:
    risposta = client.post(indirizzo("evidenza-nuova", programma), {"tipo": "incontro"})
    assert risposta.status_code == 302
    assert risposta["Location"].startswith("/accesso/")
    assert Evidenza.objects.count() == 0


def test_un_evidenza_ritirata_non_si_cambia(manager: Client, registra: Registra) -> None:
    evidenza = registra()
    manager.post(indirizzo("evidenza-ritira", evidenza.programma, evidenza.pk), {"motivo": "doppia"})
    risposta = invia(manager, evidenza, **INCONTRO)
    assert risposta.status_code == 302
    assert "ritirata" in manager.get(risposta["Location"]).content.decode()
    evidenza.refresh_from_db()
    assert evidenza.titolo == "Prova"


def test_il_tipo_sconosciuto_si_rifiuta(manager: Client, programma: Programma) -> None:
    risposta = manager.post(indirizzo("evidenza-nuova", programma), {"tipo": "cena"})
    assert risposta.status_code == 422
    assert "non esiste" in risposta.content.decode()
    assert Evidenza.objects.count() == 0


def test_un_aderente_si_sceglie_tra_quelli_del_distretto(manager: Client, programma: Programma) -> None:
    altro = Distretto.objects.get(codice="df-val-di-non")
    fuori = Organizzazione.objects.create(codice="fuori", denominazione="Fuori distretto")
    Adesione.objects.create(distretto=altro, organizzazione=fuori, dal="2022-01-01")
    evidenza = nuova(manager, programma)
    assert invia(manager, evidenza, **INCONTRO, aderenti=["fuori"]).status_code == 422

"""L'accesso di una persona: incarichi che finiscono, sospensione, dati corretti e cancellati, sessioni."""

import csv
import json
import time
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from distretti.basi.italiano import il_giorno
from distretti.errori import DatiNonValidi
from distretti.incarichi import affida_a
from distretti.models import Autorita, Distretto, Evento, Incarico, Ruolo, TokenLettura, Utente
from distretti.persone import account, inviti
from distretti.persone import dati as dati_personali
from distretti.token_lettura import crea_token
from programmi.models import Programma
from tests.conftest import CODICE, Persone
from tests.distretti.app_di_codici import con_app
from tests.indirizzi.rifiuti_persone import in_sessione

pytestmark = pytest.mark.django_db
EVIDENZE = reverse("evidenze", args=[CODICE, 2025])
Accedi = Callable[[Utente], Client]


@pytest.fixture
def amministra(persone: Persone, accedi: Accedi) -> Client:
    return accedi(persone.amministratore)


def di(nome: str, persona: Utente) -> str:
    return reverse(nome, args=["pat-acs", persona.pk])


def test_un_incarico_chiuso_non_da_piu_niente_dal_giorno_dopo(
    amministra: Client, persone: Persone, accedi: Accedi, programma: Programma
) -> None:
    incarico = persone.manager.incarichi.get()
    token, segreto = crea_token(incarico=incarico, nome="Prova", durata=90, utente=persone.manager)
    client, bearer = accedi(persone.manager), {"Authorization": f"Bearer {segreto}"}
    valutazione = f"/api/v1/programmi/{CODICE}/2025/valutazione"
    oggi = timezone.localdate()
    fine = reverse("incarico-fine", args=[incarico.pk])
    chiuso = amministra.post(fine, {"al": oggi.isoformat(), "motivo": "Altro ufficio"}, follow=True)
    assert f"finisce {il_giorno(oggi)}." in unescape(chiuso.content.decode())
    assert client.get(EVIDENZE).status_code == 200, "the last day is included"
    assert Client().get(valutazione, headers=bearer).status_code == 200
    Incarico.objects.update(dal=date(2022, 1, 1))
    Incarico.objects.filter(pk=incarico.pk).update(al=oggi - timedelta(days=1))
    assert client.get(EVIDENZE).status_code == 403
    assert Client().get(valutazione, headers=bearer).status_code == 401
    assert token.pk
    assert client.get(reverse("scrivania")).status_code == 200
    assert "Nessun incarico in corso" in client.get(reverse("profilo")).content.decode()
    evento = Evento.objects.get(azione="persona.incarico_finito")
    assert evento.dati.letti["motivo"] == "Altro ufficio"
    storia = amministra.get(di("persona", persone.manager)).content.decode()
    assert "Persona: incarico finito" in storia
    assert "Motivo: Altro ufficio" in storia
    altri = accedi(persone.auditor).get(di("persona", persone.manager)).content.decode()
    assert "Altro ufficio" not in altri


@pytest.mark.parametrize(
    ("inviati", "parole"),
    [
        ({"al": "2021-12-31", "motivo": "Sì"}, "non può finire prima di cominciare"),
        ({"al": "2026-01-01", "motivo": ""}, "è obbligatorio"),
        ({"al": "ieri", "motivo": "Sì"}, "Scrivi una data che esiste"),
    ],
)
def test_chiudere_un_incarico_senza_giorno_o_motivo_si_rifiuta(
    amministra: Client, persone: Persone, inviati: dict[str, str], parole: str
) -> None:
    incarico = persone.manager.incarichi.get()
    risposta = amministra.post(reverse("incarico-fine", args=[incarico.pk]), inviati)
    assert risposta.status_code == 422
    assert parole in risposta.content.decode()
    incarico.refresh_from_db()
    assert incarico.al is None


def test_un_incarico_finito_non_si_allunga(amministra: Client, persone: Persone) -> None:
    incarico = persone.manager_scaduto.incarichi.get()
    invio = {"al": timezone.localdate().isoformat(), "motivo": "Ripensamento"}
    risposta = amministra.post(reverse("incarico-fine", args=[incarico.pk]), invio)
    assert risposta.status_code == 422
    assert "L&#x27;incarico finisce già" in risposta.content.decode()


def test_due_incarichi_uguali_non_si_sovrappongono(persone: Persone) -> None:
    distretto = Distretto.objects.get(codice=CODICE)
    dal, oggi = date(2022, 1, 1), timezone.localdate()

    def affida(inizio: date, fine: date | None = None) -> Incarico:
        return affida_a(
            utente=persone.manager_scaduto,
            ruolo=Ruolo.MANAGER,
            dove=distretto,
            dal=inizio,
            al=fine,
            da=persone.amministratore,
        )

    for inizio, fine in (
        (dal, dal),
        (dal + timedelta(days=1), dal + timedelta(days=9)),
        (date(2020, 1, 1), None),
        (oggi - timedelta(days=1), None),
    ):
        with pytest.raises(DatiNonValidi, match=r"già questo incarico|incarico esiste già"):
            affida(inizio, fine)
    assert affida(oggi).pk
    assert affida(date(2021, 1, 1), date(2021, 12, 31)).pk


def test_chi_e_sospeso_esce_subito_e_per_sempre(amministra: Client, persone: Persone, accedi: Accedi) -> None:
    manager = persone.manager
    token, segreto = crea_token(incarico=manager.incarichi.get(), nome="Prova", durata=90, utente=manager)
    client = accedi(manager)
    sospendi = di("persona-sospendi", manager)
    assert amministra.post(sospendi, {"motivo": ""}).status_code == 422
    assert amministra.post(sospendi, {"motivo": "Telefono rubato"}).status_code == 302
    assert client.get(EVIDENZE).status_code == 302
    token.refresh_from_db()
    assert token.stato == "revocato"
    assert "Accesso sospeso" in amministra.get(di("persona", manager)).content.decode()
    accesso = {"username": "manager", "password": "parola-di-prova"}
    assert Client().post(reverse("accesso"), accesso).status_code == 422

    assert amministra.post(di("persona-riattiva", manager)).status_code == 302
    assert client.get(EVIDENZE).status_code == 302, "the sessions of before do not come back"
    assert Client().post(reverse("accesso"), accesso).status_code == 302
    bearer = {"Authorization": f"Bearer {segreto}"}
    valutazione = f"/api/v1/programmi/{CODICE}/2025/valutazione"
    assert Client().get(valutazione, headers=bearer).status_code == 401
    azioni = set(Evento.objects.values_list("azione", flat=True))
    assert {"persona.sospesa", "persona.riattivata"} <= azioni


@pytest.mark.parametrize("nome", ["persona-modifica", "persona-senza-secondo-fattore"])
def test_una_sessione_aperta_non_basta_a_fare_proprio_un_accesso(
    amministra: Client, persone: Persone, nome: str
) -> None:
    con_app(persone.amministratore)
    invio = {"nome": "Io", "mail": "altrove@example.org", "motivo": "Provo"}
    risposta = amministra.post(di(nome, persone.amministratore), invio)
    assert risposta.status_code == 422
    assert "lo chiede a un altro amministratore" in risposta.content.decode()


def test_nessuno_sospende_o_cancella_se_stesso(amministra: Client, persone: Persone) -> None:
    chi = persone.amministratore
    for nome, corpo in (
        ("persona-sospendi", {"motivo": "Sì"}),
        ("persona-cancella", {"motivo": "Sì", "certo": "on"}),
    ):
        risposta = amministra.post(di(nome, chi), corpo)
        assert risposta.status_code == 422
        assert "lo chiede a un altro amministratore" in risposta.content.decode()
    chi.refresh_from_db()
    assert chi.is_active


def test_chi_lavora_anche_per_altri_non_si_tocca(amministra: Client, persone: Persone) -> None:
    altra = Autorita.objects.create(codice="altra", denominazione="Altra autorità")
    Incarico.objects.create(utente=persone.manager, ruolo=Ruolo.AUDITOR, autorita=altra, dal=date(2022, 1, 1))
    for nome in ("persona-sospendi", "persona-modifica", "persona-cancella"):
        assert amministra.post(di(nome, persone.manager), {"motivo": "Sì"}).status_code == 403
    pagina = amministra.get(di("persona", persone.manager)).content.decode()
    assert "anche presso altre autorità" in pagina
    incarico = persone.manager.incarichi.get(ruolo=Ruolo.AUDITOR)
    assert amministra.get(reverse("incarico-fine", args=[incarico.pk])).status_code == 404


def test_i_dati_si_correggono_e_chi_entra_con_la_posta_entra_con_quella_nuova(
    amministra: Client, persone: Persone
) -> None:
    manager = persone.manager
    Utente.objects.filter(pk=manager.pk).update(username="vecchia@example.org", email="vecchia@example.org")
    invio = {"nome": "Nuovo nome", "mail": "Nuova@Example.org", "codice_fiscale": "RSSMRA85T10A562S"}
    assert amministra.post(di("persona-modifica", manager), invio).status_code == 302
    manager.refresh_from_db()
    assert (manager.username, manager.email, str(manager)) == (
        "nuova@example.org",
        "nuova@example.org",
        "Nuovo nome",
    )
    prima = Evento.objects.get(azione="persona.dati_corretti").dati.letti["prima"]
    assert prima["posta"] == "vecchia@example.org"
    persone.referente.email = "occupata@example.org"
    persone.referente.save()
    risposta = amministra.post(di("persona-modifica", manager), invio | {"mail": "OCCUPATA@example.org"})
    assert risposta.status_code == 422
    assert "ha già questo indirizzo di posta" in risposta.content.decode()


def test_con_un_altra_posta_i_collegamenti_di_prima_non_valgono(
    amministra: Client, persone: Persone, client: Client
) -> None:
    """Chi legge l'indirizzo sbagliato non sceglie la password di un altro."""
    persona = persone.estraneo
    Utente.objects.filter(pk=persona.pk).update(email="vecchia@example.org", password="!")
    persona.refresh_from_db()
    Incarico.objects.create(
        utente=persona, ruolo="auditor", autorita=Autorita.objects.get(codice="pat-acs"), dal=date(2022, 1, 1)
    )
    _, segreto = inviti.manda(utente=persona, da=persone.amministratore)
    invio = {"nome": "Nome", "mail": "nuova@example.org"}
    assert amministra.post(di("persona-modifica", persona), invio).status_code == 302
    assert client.get(reverse("invito", args=[segreto])).status_code == 404
    (messaggio,) = mail.outbox
    assert messaggio.to == ["vecchia@example.org"]
    assert "indirizzo di posta" in messaggio.body


def test_il_secondo_fattore_perso_lo_toglie_l_amministratore(
    amministra: Client, persone: Persone, accedi: Accedi
) -> None:
    con_app(persone.manager)
    client = accedi(persone.manager)
    togli = di("persona-senza-secondo-fattore", persone.manager)
    assert amministra.post(togli, {"motivo": "Riconosciuto di persona"}).status_code == 302
    assert client.get(EVIDENZE).status_code == 302
    accesso = {"username": "manager", "password": "parola-di-prova"}
    assert Client().post(reverse("accesso"), accesso)["Location"] == reverse("scrivania")
    assert amministra.post(togli, {"motivo": "Ancora"}).status_code == 422


def test_i_dati_di_una_persona_si_cancellano_e_cio_che_ha_fatto_resta(
    amministra: Client, persone: Persone
) -> None:
    persona = persone.manager_scaduto
    account.correggi(
        utente=persona,
        nome="Nome Cognome",
        mail="nome.cognome@example.org",
        codice_fiscale="RSSMRA85T10A562S",
        da=persone.amministratore,
    )
    con_app(persona)
    cancella = di("persona-cancella", persona)
    assert amministra.post(cancella, {"motivo": "Richiesta"}).status_code == 422
    assert amministra.post(cancella, {"motivo": "Richiesta", "certo": "on"}).status_code == 302
    persona.refresh_from_db()
    assert str(persona) == "Persona cancellata"
    rimasto = json.dumps([*Utente.objects.filter(pk=persona.pk).values()], default=str)
    rimasto += "".join(e.dati.contenuto for e in Evento.objects.select_related("dati"))
    for dato in ("Nome Cognome", "nome.cognome", "RSSMRA85T10A562S", "manager_scaduto"):
        assert dato not in rimasto
    assert persona.incarichi.count() == 1
    assert not persona.is_active

    for nome in ("persona-riattiva", "persona-modifica"):
        amministra.post(di(nome, persona), {"nome": "Un altro", "mail": "un.altro@example.org"})
    persona.refresh_from_db()
    assert (str(persona), persona.is_active) == ("Persona cancellata", False), "it is nobody else's"
    assert "l'accesso non si riusa" in amministra.get(di("persona", persona)).content.decode()


def test_a_chi_e_sospeso_non_si_affidano_incarichi(amministra: Client, persone: Persone) -> None:
    Utente.objects.filter(pk=persone.manager.pk).update(is_active=False)
    invio = {"ruolo": "auditor", "dal": "2026-01-01"}
    risposta = amministra.post(di("incarico-nuovo", persone.manager), invio)
    assert risposta.status_code == 422
    assert "prima va riattivata" in risposta.content.decode()
    assert persone.manager.incarichi.count() == 1
    assert di("incarico-nuovo", persone.manager) not in (
        amministra.get(di("persona", persone.manager)).content.decode()
    )


def test_un_amministratore_non_si_affida_incarichi(amministra: Client, persone: Persone) -> None:
    """Who administers would otherwise also approve, and verify, by their own hand."""
    risposta = amministra.post(
        di("incarico-nuovo", persone.amministratore), {"ruolo": "dirigente", "dal": "2026-01-01"}
    )
    assert risposta.status_code == 422
    assert "non si affida a sé stessi" in risposta.content.decode()
    assert [i.ruolo for i in persone.amministratore.incarichi.all()] == ["amministratore"]


def test_con_un_incarico_in_corso_i_dati_non_si_cancellano(amministra: Client, persone: Persone) -> None:
    invio = {"motivo": "Richiesta", "certo": "on"}
    risposta = amministra.post(di("persona-cancella", persone.manager), invio)
    assert risposta.status_code == 422
    assert "Ha ancora incarichi non finiti" in risposta.content.decode()


def test_ognuno_scarica_i_suoi_dati_e_nessun_segreto(persone: Persone, accedi: Accedi) -> None:
    app = con_app(persone.manager)
    client = accedi(persone.manager)
    risposta = client.get(reverse("profilo-dati"))
    documento = json.loads(risposta.content)
    assert documento["persona"]["nome_utente"] == "manager"
    assert [i["incarico"] for i in documento["incarichi"]]
    assert app.segreto not in risposta.content.decode()
    assert persone.manager.password not in risposta.content.decode()
    assert dati_personali.in_json(persone.estraneo)


# --- sessions ----------------------------------------------------------------------------------


def test_cambiare_la_password_chiude_le_altre_sessioni(persone: Persone, accedi: Accedi) -> None:
    qui, altrove = accedi(persone.manager), accedi(persone.manager)
    cambia = reverse("password-cambia")
    nuova = "una-frase-lunga-e-nuova-7"
    invio = {"attuale": "parola-di-prova", "password": nuova, "ripetuta": nuova}
    assert qui.post(cambia, invio | {"attuale": "no"}).status_code == 422
    assert qui.post(cambia, invio)["Location"] == reverse("profilo")
    assert qui.get(EVIDENZE).status_code == 200
    assert altrove.get(EVIDENZE).status_code == 302
    assert Client().post(reverse("accesso"), {"username": "manager", "password": nuova}).status_code == 302


def test_si_puo_uscire_dagli_altri_dispositivi(persone: Persone, accedi: Accedi) -> None:
    qui, altrove = accedi(persone.manager), accedi(persone.manager)
    assert qui.get(reverse("esci-ovunque")).status_code == 405
    assert qui.post(reverse("esci-ovunque")).status_code == 302
    assert qui.get(EVIDENZE).status_code == 200
    assert altrove.get(EVIDENZE).status_code == 302


def test_una_sessione_non_dura_piu_di_tanto_e_cio_che_si_scriveva_resta(
    persone: Persone, client: Client, settings: Any, programma: Programma
) -> None:
    accesso = {"username": "manager", "password": "parola-di-prova"}
    nuova = reverse("evidenza-nuova", args=[CODICE, 2025])
    client.post(reverse("accesso"), accesso)
    in_sessione(client, entrato_alle=time.time() - settings.SESSIONE_MASSIMA - 1)
    assert client.post(nuova, {"tipo": "incontro"}).status_code == 302
    assert "_auth_user_id" not in client.session
    client.post(reverse("accesso"), accesso)
    assert '<input type="hidden" name="tipo" value="incontro">' in client.get(nuova).content.decode()


# --- the list ----------------------------------------------------------------------------------


def test_l_elenco_dice_chi_puo_che_cosa_e_si_filtra(amministra: Client, persone: Persone) -> None:
    con_app(persone.dirigente)
    persone_di = reverse("persone", args=["pat-acs"])

    def nomi(**filtro: Any) -> set[str]:
        return {str(p) for p in amministra.get(persone_di, filtro).context["pagina"]}

    assert {"manager", "dirigente", "manager_scaduto", "manager_altro"} <= nomi()
    assert "estraneo" not in nomi()
    assert nomi(ruolo="dirigente") == {"dirigente"}
    assert nomi(testo="AUDIT") == {"auditor"}
    distretto = Distretto.objects.get(codice="df-val-di-non")
    assert nomi(distretto=distretto.pk) == {"manager_altro"}
    oggi = timezone.localdate().isoformat()
    assert "manager_scaduto" not in nomi(giorno=oggi)
    assert nomi(giorno="2021-01-01") == set()
    assert amministra.get(persone_di, {"giorno": "ieri"}).status_code == 422


def test_il_csv_ha_una_riga_per_incarico_e_nessuna_formula(amministra: Client, persone: Persone) -> None:
    con_app(persone.dirigente)
    Utente.objects.filter(pk=persone.manager.pk).update(nome_esteso="=1+1", codice_fiscale="RSSMRA85T10A562S")
    risposta: Any = amministra.get(reverse("persone-csv", args=["pat-acs"]))
    testo = b"".join(risposta).decode("utf-8-sig")
    righe = list(csv.DictReader(StringIO(testo)))
    assert len(righe) == Incarico.objects.count()
    per_utente = {riga["nome utente"]: riga for riga in righe}
    assert per_utente["manager"]["nome"] == "'=1+1"
    assert per_utente["dirigente"]["secondo fattore"] == "sì"
    assert per_utente["manager_scaduto"]["stato dell'incarico"] == "finito"
    assert "RSSMRA85T10A562S" not in testo


def test_le_applicazioni_non_sono_persone(amministra: Client, persone: Persone) -> None:
    app = Utente(username="app-sito", applicazione=True)
    app.set_unusable_password()
    app.save()
    autorita = persone.amministratore.incarichi.get().autorita
    Incarico.objects.create(utente=app, ruolo=Ruolo.LETTORE, autorita=autorita, dal=date(2022, 1, 1))
    assert "app-sito" not in amministra.get(reverse("persone", args=["pat-acs"])).content.decode()
    assert amministra.get(di("persona", app)).status_code == 404
    assert TokenLettura.objects.count() == 0

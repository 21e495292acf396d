"""Inviti e password perdute: un collegamento per posta, che vale una volta e scade."""

import re
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from distretti.errori import StatoNonAmmesso
from distretti.models import Autorita, Evento, Incarico, Invito, Utente
from distretti.persone import inviti
from distretti.persone.posta import MUTA
from tests.conftest import CODICE, Persone
from tests.distretti.app_di_codici import con_app

pytestmark = pytest.mark.django_db

INVITA = reverse("persona-invita", args=["pat-acs"])
DIMENTICATA = reverse("password-dimenticata")
NUOVA = "una-frase-lunga-e-nuova-7"
BUONA = {"password": NUOVA, "ripetuta": NUOVA}
MAIL = "nome.cognome@example.org"


@pytest.fixture
def amministra(persone: Persone, accedi: Callable[[Utente], Client]) -> Client:
    return accedi(persone.amministratore)


def dati(**altro: Any) -> dict[str, Any]:
    return {
        "nome": "Nome Cognome",
        "mail": MAIL,
        "ruolo": "verificatore",
        "dal": "2026-01-01",
        **altro,
    }


def collegamento(posto: int = -1) -> str:
    """The path of the link in a message that was sent."""
    trovato = re.search(r"http://testserver(/invito/\S+/)", str(mail.outbox[posto].body))
    assert trovato, mail.outbox[posto].body
    return trovato[1]


def test_dall_invito_alla_scrivania(amministra: Client, client: Client) -> None:
    risposta = amministra.post(INVITA, dati(codice_fiscale="rss mra 85t10 a562s"))
    persona = Utente.objects.get(email=MAIL)
    assert risposta["Location"] == reverse("persona", args=["pat-acs", persona.pk])
    assert persona.codice_fiscale == "RSSMRA85T10A562S"
    assert not persona.has_usable_password()
    (messaggio,) = mail.outbox
    assert (messaggio.to, persona.username) == ([MAIL], MAIL)
    assert "Incaricato/a della verifica" in messaggio.body
    assert "RSSMRA85T10A562S" not in messaggio.body

    pagina = client.get(collegamento())
    assert "Nome Cognome" in pagina.content.decode()
    assert "no-store" in pagina["Cache-Control"]
    assert client.post(collegamento(), BUONA)["Location"] == reverse("scrivania")
    assert client.session["_auth_user_id"] == str(persona.pk)
    assert client.get(reverse("verifica", args=[CODICE, 2025])).status_code == 200
    assert Client().post(reverse("accesso"), {"username": MAIL, "password": NUOVA}).status_code == 302
    azioni = list(Evento.objects.values_list("azione", flat=True))
    assert {"persona.incarico_affidato", "persona.invito_mandato", "persona.invito_accettato"} <= set(azioni)


def test_un_collegamento_vale_una_volta_sola(amministra: Client, client: Client) -> None:
    amministra.post(INVITA, dati())
    client.post(collegamento(), BUONA)
    risposta = Client().get(collegamento())
    assert risposta.status_code == 404
    assert "È già stato usato" in risposta.content.decode()
    assert "Nome Cognome" not in risposta.content.decode()
    assert Client().post(collegamento(), BUONA).status_code == 404


@pytest.mark.parametrize("giorni", [6, 8])
def test_un_collegamento_scade(amministra: Client, client: Client, settings: Any, giorni: int) -> None:
    amministra.post(INVITA, dati())
    dopo = timezone.now() + timedelta(days=giorni)
    with patch("distretti.models.invito.timezone.now", return_value=dopo):
        risposta = client.get(collegamento())
    assert risposta.status_code == (200 if giorni < settings.GIORNI_DI_INVITO else 404)
    if giorni > settings.GIORNI_DI_INVITO:
        assert "È scaduto" in risposta.content.decode()
        assert DIMENTICATA in risposta.content.decode()


def test_un_altro_invito_o_la_revoca_spengono_il_primo(amministra: Client, client: Client) -> None:
    amministra.post(INVITA, dati())
    primo, persona = collegamento(), Utente.objects.get(email=MAIL)
    amministra.post(reverse("invito-manda", args=["pat-acs", persona.pk]))
    assert client.get(primo).status_code == 404
    secondo = collegamento()
    assert client.get(secondo).status_code == 200
    amministra.post(reverse("invito-revoca", args=["pat-acs", persona.pk]))
    assert client.get(secondo).status_code == 404
    pagina = amministra.post(reverse("invito-revoca", args=["pat-acs", persona.pk]), follow=True)
    assert "Non c&#x27;è nessun invito in attesa" in pagina.content.decode()


def test_chi_ha_gia_scelto_la_password_non_si_invita_di_nuovo(amministra: Client, persone: Persone) -> None:
    pagina = amministra.post(reverse("invito-manda", args=["pat-acs", persone.manager.pk]), follow=True)
    assert "ha già scelto la sua password" in pagina.content.decode()
    assert not Invito.objects.exists()


def test_a_chi_c_e_gia_si_dice_solo_del_nuovo_incarico(amministra: Client, persone: Persone) -> None:
    persone.manager.email = MAIL
    persone.manager.save()
    amministra.post(INVITA, dati(mail=MAIL.upper(), nome="Un altro nome"))
    (messaggio,) = mail.outbox
    assert "hai un altro incarico" in messaggio.body
    assert "/invito/" not in messaggio.body
    persone.manager.refresh_from_db()
    assert persone.manager.nome_esteso == "manager"
    assert persone.manager.incarichi.count() == 2


@pytest.mark.parametrize(
    ("sbagliati", "parole"),
    [
        ({"mail": "non è una posta"}, "Scrivi un indirizzo di posta"),
        ({"codice_fiscale": "RSSMRA85T10A562X"}, "Il codice fiscale non è giusto"),
        ({"ruolo": "manager"}, "questo ruolo si esercita su un distretto"),
        ({"al": "2025-12-31"}, "non può finire prima di cominciare"),
        ({"ruolo": ""}, "Scegli una voce"),
    ],
)
def test_cio_che_non_va_si_dice_e_non_resta_niente(
    amministra: Client, sbagliati: dict[str, str], parole: str
) -> None:
    prima = Utente.objects.count()
    risposta = amministra.post(INVITA, dati(**sbagliati))
    assert risposta.status_code == 422
    assert parole in risposta.content.decode()
    assert (Utente.objects.count(), len(mail.outbox)) == (prima, 0)


def test_un_codice_fiscale_e_di_una_persona_sola(amministra: Client) -> None:
    amministra.post(INVITA, dati(codice_fiscale="RSSMRA85T10A562S"))
    risposta = amministra.post(INVITA, dati(mail="altra@example.org", codice_fiscale="RSSMRA85T10A562S"))
    assert risposta.status_code == 422
    assert "è di una persona con un&#x27;altra posta" in risposta.content.decode()


def test_il_codice_fiscale_di_chi_lavora_per_altri_non_si_scrive_con_un_invito(
    amministra: Client, persone: Persone
) -> None:
    """Chi lo scrivesse entrerebbe con il proprio SPID al posto di un altro."""
    altra = Autorita.objects.create(codice="altra", denominazione="Altra autorità")
    persona = Utente.objects.create_user("di-altri", MAIL, "parola-di-prova")
    Incarico.objects.create(utente=persona, ruolo="dirigente", autorita=altra, dal="2022-01-01")
    risposta = amministra.post(INVITA, dati(codice_fiscale="RSSMRA85T10A562S"))
    assert risposta.status_code == 422
    assert "incarichi anche presso altre autorità" in risposta.content.decode()
    persona.refresh_from_db()
    assert (persona.codice_fiscale, persona.incarichi.count()) == ("", 1)
    assert amministra.post(INVITA, dati()).status_code == 302


def test_il_codice_fiscale_di_chi_c_e_gia_si_annota(amministra: Client, persone: Persone) -> None:
    Utente.objects.filter(pk=persone.manager.pk).update(email=MAIL)
    amministra.post(INVITA, dati(codice_fiscale="RSSMRA85T10A562S"))
    evento = Evento.objects.get(azione="persona.dati_corretti")
    assert evento.dati.letti["dopo"] == {"codice fiscale": "RSSMRA85T10A562S"}
    persone.manager.refresh_from_db()
    assert persone.manager.codice_fiscale == "RSSMRA85T10A562S"


def test_lo_stesso_incarico_non_si_da_due_volte(amministra: Client) -> None:
    amministra.post(INVITA, dati())
    risposta = amministra.post(INVITA, dati(dal="2026-03-01"))
    assert risposta.status_code == 422
    assert "Ha già questo incarico dal 1º gennaio 2026" in risposta.content.decode()
    assert Incarico.objects.filter(utente__email=MAIL).count() == 1


def test_un_messaggio_che_non_parte_si_dice_e_si_rimanda(amministra: Client) -> None:
    with patch("django.core.mail.EmailMessage.send", side_effect=SMTPServerDisconnected("spento")):
        pagina = amministra.post(INVITA, dati(), follow=True).content.decode()
    assert "non è partito" in pagina
    assert Incarico.objects.filter(utente__email=MAIL).exists()
    amministra.post(reverse("invito-manda", args=["pat-acs", Utente.objects.get(email=MAIL).pk]))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("password", "ripetuta", "parole"),
    [
        (NUOVA, "un'altra", "non sono uguali"),
        ("corta", "corta", "almeno 10 caratteri"),
        ("1234567890123", "1234567890123", "solo di cifre"),
        ("nome.cognome1", "nome.cognome1", "somiglia troppo"),
        ("password1234", "password1234", "si provano per prime"),
        ("", "", "è obbligatorio"),
    ],
)
def test_una_password_che_non_va_si_dice(
    amministra: Client, client: Client, password: str, ripetuta: str, parole: str
) -> None:
    amministra.post(INVITA, dati())
    risposta = client.post(collegamento(), {"password": password, "ripetuta": ripetuta})
    assert risposta.status_code == 422
    assert parole in risposta.content.decode()
    assert client.get(collegamento()).status_code == 200, "the link is still good"


def test_chi_ha_scelto_la_password_mostra_anche_il_secondo_fattore(client: Client, persone: Persone) -> None:
    """Chi legge la posta di un altro non entra al suo posto."""
    app = con_app(persone.manager)
    _, segreto = inviti.manda(utente=persone.manager, da=None, genere=_recupero())
    risposta = client.post(reverse("invito", args=[segreto]), BUONA)
    assert risposta["Location"] == reverse("secondo-fattore")
    assert "_auth_user_id" not in client.session
    assert client.post(reverse("secondo-fattore"), {"codice": app.codice()}).status_code == 302


def _recupero() -> Any:
    from distretti.models import GenereInvito

    return GenereInvito.RECUPERO


def test_il_segreto_non_e_nella_base_dati(persone: Persone) -> None:
    invito, segreto = inviti.manda(utente=persone.estraneo, da=None, genere=_recupero())
    assert segreto not in str(vars(invito))
    assert inviti.trova(segreto) == invito
    assert inviti.trova(segreto[:-1] + "x") is None


def test_due_insieme_non_usano_lo_stesso_collegamento(persone: Persone) -> None:
    invito, _ = inviti.manda(utente=persone.manager, da=None, genere=_recupero())
    vecchio = Invito.objects.get(pk=invito.pk)
    inviti.scegli_password(invito=invito, password=NUOVA)
    with pytest.raises(StatoNonAmmesso):
        inviti.scegli_password(invito=vecchio, password="un-altra-frase-lunga-8")


# --- a lost password ---------------------------------------------------------------------------


@pytest.fixture
def manager(persone: Persone) -> Utente:
    persone.manager.email = MAIL
    persone.manager.save()
    return persone.manager


def test_la_risposta_e_la_stessa_che_ci_sia_o_no(client: Client, manager: Utente) -> None:
    pagine = []
    for cercato in (MAIL, "nessuno@example.org", "estraneo"):
        risposta = client.post(DIMENTICATA, {"mail": cercato})
        assert risposta.status_code == 200
        senza = re.sub(r"csrfmiddlewaretoken[^>]*", "", risposta.content.decode())
        pagine.append(senza.replace(cercato, "…"))
    assert len(set(pagine)) == 1
    assert [messaggio.to for messaggio in mail.outbox] == [[MAIL]]


@pytest.mark.parametrize("cercato", [MAIL, MAIL.upper(), "manager"])
def test_la_password_nuova_spegne_le_sessioni_di_prima(
    client: Client, manager: Utente, accedi: Callable[[Utente], Client], cercato: str
) -> None:
    altrove = accedi(manager)
    client.post(DIMENTICATA, {"mail": cercato})
    assert client.post(collegamento(), BUONA).status_code == 302
    assert altrove.get(reverse("scrivania")).status_code == 302
    assert Evento.objects.filter(azione="persona.password_reimpostata").count() == 1
    assert Client().post(reverse("accesso"), {"username": "manager", "password": NUOVA}).status_code == 302


def test_non_si_mandano_messaggi_a_raffica(client: Client, manager: Utente) -> None:
    for _ in range(6):
        assert client.post(DIMENTICATA, {"mail": MAIL}).status_code == 200
    assert len(mail.outbox) == 3


def test_chi_era_fermo_dopo_la_password_nuova_entra(client: Client, manager: Utente) -> None:
    for _ in range(10):
        client.post(reverse("accesso"), {"username": "manager", "password": "no"})
    assert client.post(reverse("accesso"), {"username": "manager", "password": "no"}).status_code == 429
    client.post(DIMENTICATA, {"mail": MAIL})
    Client().post(collegamento(), BUONA)
    assert client.post(reverse("accesso"), {"username": "manager", "password": NUOVA}).status_code == 302


def test_a_chi_e_sospeso_non_si_manda_niente(client: Client, manager: Utente) -> None:
    manager.is_active = False
    manager.save()
    assert client.post(DIMENTICATA, {"mail": MAIL}).status_code == 200
    assert mail.outbox == []


def test_chiedere_la_password_di_un_invitato_non_spegne_il_suo_invito(
    amministra: Client, client: Client
) -> None:
    amministra.post(INVITA, dati())
    client.post(DIMENTICATA, {"mail": MAIL})
    assert len(mail.outbox) == 1
    assert client.get(collegamento()).status_code == 200


def test_un_invito_revocato_non_si_riprende_da_soli(amministra: Client, client: Client) -> None:
    amministra.post(INVITA, dati())
    persona = Utente.objects.get(email=MAIL)
    amministra.post(reverse("invito-revoca", args=["pat-acs", persona.pk]))
    client.post(DIMENTICATA, {"mail": MAIL})
    assert len(mail.outbox) == 1
    amministra.post(reverse("invito-manda", args=["pat-acs", persona.pk]))
    Invito.objects.update(mandato_alle=timezone.now() - timedelta(days=9), scade_alle=timezone.now())
    for quanti in (3, 4):
        client.post(DIMENTICATA, {"mail": MAIL})
        assert len(mail.outbox) == quanti, "once expired one asks for another, and for one more"
    assert client.post(collegamento(), BUONA).status_code == 302


def test_il_messaggio_parte_quando_la_risposta_e_gia_partita(client: Client, manager: Utente) -> None:
    """Dal tempo della risposta non si capisce se la persona c'è."""
    with patch("django.http.HttpResponse.close", autospec=True):
        assert client.post(DIMENTICATA, {"mail": MAIL}).status_code == 200
    assert (mail.outbox, Invito.objects.count()) == ([], 0)


def test_chi_e_dentro_al_posto_di_un_altro_esce_prima_del_secondo_fattore(
    persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    app, client = con_app(persone.manager), accedi(persone.referente)
    _, segreto = inviti.manda(utente=persone.manager, da=None, genere=_recupero())
    client.post(reverse("invito", args=[segreto]), BUONA)
    assert client.get(reverse("secondo-fattore")).status_code == 200
    client.post(reverse("secondo-fattore"), {"codice": app.codice()})
    assert client.session["_auth_user_id"] == str(persone.manager.pk)


def test_in_produzione_chi_chiede_non_sceglie_dove_porta_il_collegamento(
    client: Client, manager: Utente, settings: Any
) -> None:
    settings.PRODUZIONE, settings.ALLOWED_HOSTS = True, [".example.org"]
    risposta = client.post(DIMENTICATA, {"mail": MAIL}, headers={"Host": "altrui.example.org"})
    assert risposta.status_code == 200
    assert "https://example.org/invito/" in mail.outbox[0].body


def test_l_indirizzo_dei_messaggi_puo_essere_un_altro(client: Client, manager: Utente, settings: Any) -> None:
    settings.INDIRIZZO_DEL_SITO = "https://distretti.example.org"
    client.post(DIMENTICATA, {"mail": MAIL})
    assert "https://distretti.example.org/invito/" in mail.outbox[0].body


@override_settings(EMAIL_BACKEND=MUTA)
def test_senza_un_server_di_posta_non_si_dice_che_il_messaggio_e_partito(amministra: Client) -> None:
    pagina = amministra.post(INVITA, dati(), follow=True).content.decode()
    assert "non è partito" in pagina

"""I token di lettura: chi li crea, chi li vede, chi li revoca; il segreto si vede una volta sola."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.forms import AccessoForm
from distretti.models import Autorita, Distretto, Incarico, Ruolo, TokenLettura, Utente
from distretti.models.token import impronta_di
from distretti.token_lettura import (
    OGNI_QUANTO,
    crea_token,
    crea_token_applicazione,
    revoca_token,
    token_valido,
)
from tests.conftest import Persone

SEGRETO = re.compile(r"dst_[A-Za-z0-9_-]{43}")
MODULO = {"nome": "Foglio di calcolo", "durata": "90"}
ELENCO = reverse("token")
OGGI = timezone.localdate


def incarico_di(utente: Utente) -> Incarico:
    return utente.incarichi.get()


def nuovo(utente: Utente, durata: int = 90) -> tuple[TokenLettura, str]:
    return crea_token(incarico=incarico_di(utente), nome="Prova", durata=durata, utente=utente)


@pytest.fixture
def altra(persone: Persone) -> Utente:
    """The administrator of another authority, which has a district of its own."""
    autorita = Autorita.objects.create(codice="altra", denominazione="Altra autorità")
    Distretto.objects.create(
        codice="altro-distretto", denominazione="Altro", tipo="territoriale", autorita=autorita
    )
    utente = Utente.objects.create_user(username="altra", password="parola-di-prova")
    Incarico.objects.create(
        utente=utente, ruolo=Ruolo.AMMINISTRATORE, autorita=autorita, dal=date(2022, 1, 1)
    )
    return utente


def test_si_crea_e_il_segreto_si_vede_una_volta_sola(persone: Persone, accedi: Callable[..., Client]) -> None:
    client = accedi(persone.manager)
    incarico = incarico_di(persone.manager)
    pagina = reverse("token-nuovo", args=[incarico.pk])
    assert pagina in client.get(ELENCO).content.decode()
    assert client.get(pagina).status_code == 200
    risposta = client.post(pagina, MODULO)
    assert risposta.status_code == 201
    assert "no-store" in risposta["Cache-Control"]
    (segreto,) = set(SEGRETO.findall(risposta.content.decode()))
    token = TokenLettura.objects.get()
    assert token.impronta == impronta_di(segreto)
    assert segreto.startswith(token.prefisso)
    assert (token.incarico, token.creato_da, token.durata) == (incarico, persone.manager, 90)
    assert token_valido(segreto) == token
    tenuto = " ".join(str(valore) for valore in TokenLettura.objects.values_list().get())
    assert segreto not in tenuto
    dopo = client.get(ELENCO).content.decode()
    assert "Foglio di calcolo" in dopo
    assert token.prefisso in dopo
    assert segreto not in dopo


@pytest.mark.parametrize("chi", ["manager", "amministratore"])
def test_ricaricare_la_pagina_non_ne_crea_un_altro(
    persone: Persone, accedi: Callable[..., Client], chi: str
) -> None:
    client = accedi(getattr(persone, chi))
    propria = reverse("token-nuovo", args=[incarico_di(persone.manager).pk])
    pagina, altro = {
        "manager": (propria, {}),
        "amministratore": (
            reverse("token-applicazione", args=["pat-acs"]),
            {"applicazione": "Portale", "distretto": "tutta"},
        ),
    }[chi]
    modulo = client.get(pagina).context["form"]["modulo"].value()
    dati = MODULO | altro | {"modulo": modulo}
    assert client.post(pagina, dati | {"nome": ""}).status_code == 422  # a refused form was not carried out
    assert client.post(pagina, dati).status_code == 201
    di_nuovo = client.post(pagina, dati, follow=True)
    assert "già stato creato" in di_nuovo.content.decode()
    assert not SEGRETO.search(di_nuovo.content.decode())
    assert TokenLettura.objects.count() == 1
    altro_modulo = client.get(pagina).context["form"]["modulo"].value()
    assert client.post(pagina, dati | {"modulo": altro_modulo}).status_code == 201
    assert TokenLettura.objects.count() == 2


@pytest.mark.parametrize("chi", ["referente", "agenzia", "amministratore", "manager_altro", "estraneo"])
def test_l_incarico_di_un_altro_non_si_presta(
    persone: Persone, accedi: Callable[..., Client], chi: str
) -> None:
    client = accedi(getattr(persone, chi))
    pagina = reverse("token-nuovo", args=[incarico_di(persone.manager).pk])
    assert client.get(pagina).status_code == 404
    assert client.post(pagina, MODULO).status_code == 404
    assert not TokenLettura.objects.exists()


def test_un_incarico_finito_non_si_presta(persone: Persone, accedi: Callable[..., Client]) -> None:
    incarico = incarico_di(persone.manager_scaduto)
    client = accedi(persone.manager_scaduto)
    assert "Nessun incarico in corso" in client.get(ELENCO).content.decode()
    assert client.post(reverse("token-nuovo", args=[incarico.pk]), MODULO).status_code == 404
    with pytest.raises(StatoNonAmmesso):
        nuovo(persone.manager_scaduto)


@pytest.mark.parametrize("durata", ["", "0", "366", "1000", "novanta"])
def test_la_durata_e_obbligatoria_e_al_massimo_un_anno(
    persone: Persone, accedi: Callable[..., Client], durata: str
) -> None:
    pagina = reverse("token-nuovo", args=[incarico_di(persone.manager).pk])
    assert accedi(persone.manager).post(pagina, MODULO | {"durata": durata}).status_code == 422
    assert not TokenLettura.objects.exists()


@pytest.mark.parametrize(
    ("campi", "vincolo"),
    [
        ({"durata": 0}, "token_durata_ammessa"),
        ({"durata": 366}, "token_durata_ammessa"),
        ({"nome": ""}, "token_nome_non_vuoto"),
        ({"revocato_alle": timezone.now()}, "token_revoca_con_autore"),
    ],
)
def test_la_base_dati_lo_dice_da_sola(persone: Persone, campi: dict[str, Any], vincolo: str) -> None:
    token, _ = nuovo(persone.manager)
    with pytest.raises(IntegrityError, match=vincolo), transaction.atomic():
        TokenLettura.objects.filter(pk=token.pk).update(**campi)


def test_il_servizio_dice_che_cosa_non_va(persone: Persone) -> None:
    with pytest.raises(DatiNonValidi) as errore:
        nuovo(persone.manager, durata=366)
    assert set(errore.value.campi) == {"durata"}


def test_ognuno_vede_i_suoi_e_l_amministratore_tutti(
    persone: Persone, accedi: Callable[..., Client], altra: Utente
) -> None:
    token, _ = nuovo(persone.manager)
    estraneo, _ = nuovo(altra)
    tutti = reverse("token-autorita", args=[token.autorita.codice])
    assert token.prefisso in accedi(persone.manager).get(ELENCO).content.decode()
    assert token.prefisso not in accedi(persone.referente).get(ELENCO).content.decode()
    pagina = accedi(persone.amministratore).get(tutti).content.decode()
    assert token.prefisso in pagina
    assert "mai usato" in pagina
    assert estraneo.prefisso not in pagina
    for chi in ("manager", "agenzia", "auditor", "manager_altro", "estraneo"):
        assert accedi(getattr(persone, chi)).get(tutti).status_code == 403
    assert accedi(altra).get(tutti).status_code == 403
    assert accedi(altra).get(reverse("token-autorita", args=["nessuna"])).status_code == 404


@pytest.mark.parametrize(
    ("chi", "stato"),
    [
        ("manager", 302),
        ("amministratore", 302),
        ("referente", 404),
        ("agenzia", 404),
        ("manager_altro", 404),
        ("estraneo", 404),
        ("altra", 404),
    ],
)
def test_revoca(persone: Persone, accedi: Callable[..., Client], altra: Utente, chi: str, stato: int) -> None:
    token, segreto = nuovo(persone.manager)
    client = accedi(altra if chi == "altra" else getattr(persone, chi))
    indirizzo = reverse("token-revoca", args=[token.pk])
    assert client.get(indirizzo).status_code == 405
    assert client.post(indirizzo).status_code == stato
    token.refresh_from_db()
    assert (token.revocato_alle is not None) == (stato == 302)
    assert (token_valido(segreto) is None) == (stato == 302)


def test_un_token_revocato_resta_revocato(persone: Persone, accedi: Callable[..., Client]) -> None:
    token, _ = nuovo(persone.manager)
    revoca_token(token=token, utente=persone.amministratore)
    risposta = accedi(persone.manager).post(reverse("token-revoca", args=[token.pk]), follow=True)
    assert "è già stato revocato" in risposta.content.decode()
    token.refresh_from_db()
    assert token.revocato_da == persone.amministratore


def test_un_token_vale_fino_all_ultimo_giorno_compreso(persone: Persone) -> None:
    token, segreto = nuovo(persone.manager, durata=30)
    giorno = token.creato_il
    assert token.scade_il == giorno + timedelta(days=30)
    assert token.stato_il(token.scade_il) == "valido"
    assert token.stato_il(token.scade_il + timedelta(days=1)) == "scaduto"
    TokenLettura.objects.filter(pk=token.pk).update(creato_alle=timezone.now() - timedelta(days=30))
    assert token_valido(segreto) == token
    TokenLettura.objects.filter(pk=token.pk).update(creato_alle=timezone.now() - timedelta(days=31))
    assert token_valido(segreto) is None


@pytest.mark.parametrize(("giorni", "vale"), [(0, True), (-1, False)])
def test_un_token_finisce_con_l_incarico(persone: Persone, giorni: int, vale: bool) -> None:
    _, segreto = nuovo(persone.manager)
    persone.manager.incarichi.update(al=OGGI() + timedelta(days=giorni))
    assert (token_valido(segreto) is not None) == vale


def test_un_account_spento_non_legge(persone: Persone) -> None:
    token, segreto = nuovo(persone.manager)
    Utente.objects.filter(pk=persone.manager.pk).update(is_active=False)
    assert token_valido(segreto) is None
    assert TokenLettura.objects.per_elenco().get(pk=token.pk).stato == "account spento"


@pytest.mark.parametrize("segreto", ["", "dst_", "dst_" + "a" * 43, "dst_" + "à" * 43, "x" * 10_000])
def test_un_segreto_inventato_non_vale(db: None, segreto: str) -> None:
    assert token_valido(segreto) is None


def test_l_ultimo_uso_si_scrive_ogni_tanto(persone: Persone, django_assert_num_queries: Any) -> None:
    token, segreto = nuovo(persone.manager)
    with django_assert_num_queries(2):
        token_valido(segreto)
    with django_assert_num_queries(1):
        token_valido(segreto)
    token.refresh_from_db()
    primo = token.ultimo_uso_alle
    assert primo is not None
    TokenLettura.objects.update(ultimo_uso_alle=primo - OGNI_QUANTO)
    token_valido(segreto)
    token.refresh_from_db()
    assert token.ultimo_uso_alle is not None
    assert token.ultimo_uso_alle >= primo


def test_un_applicazione_ha_il_suo_ruolo_e_non_accede(
    persone: Persone, accedi: Callable[..., Client], client: Client
) -> None:
    distretto = Distretto.objects.get(codice="dfa-alta-valsugana")
    pagina = reverse("token-applicazione", args=[distretto.autorita.codice])
    dati = MODULO | {"applicazione": "Sito del Distretto", "distretto": str(distretto.pk)}
    amministra = accedi(persone.amministratore)
    assert amministra.get(pagina).status_code == 200
    for _ in range(2):
        assert amministra.post(pagina, dati).status_code == 201
    applicazione = Utente.objects.get(applicazione=True)
    incarico = incarico_di(applicazione)
    assert (incarico.ruolo, incarico.distretto, incarico.autorita) == (Ruolo.LETTORE, distretto, None)
    assert incarico.token.count() == 2
    assert not applicazione.has_usable_password()
    for parola in ("", applicazione.password, "!"):
        assert authenticate(username=applicazione.username, password=parola) is None
    applicazione.set_password("parola-di-prova")
    with pytest.raises(IntegrityError, match="utente_applicazione_senza_password"), transaction.atomic():
        applicazione.save()


def test_tutta_l_autorita_si_presta_solo_a_chi_lo_dice(
    persone: Persone, accedi: Callable[..., Client]
) -> None:
    autorita = incarico_di(persone.amministratore).autorita
    assert autorita is not None
    pagina = reverse("token-applicazione", args=[autorita.codice])
    amministra = accedi(persone.amministratore)
    dati = MODULO | {"applicazione": "Portale della Provincia"}
    for taciuto in (dati, dati | {"distretto": ""}):
        assert amministra.post(pagina, taciuto).status_code == 422
    assert not Utente.objects.filter(applicazione=True).exists()
    assert amministra.post(pagina, dati | {"distretto": "tutta"}).status_code == 201
    incarico = incarico_di(Utente.objects.get(applicazione=True))
    assert (incarico.autorita, incarico.distretto) == (autorita, None)


def test_il_modulo_di_accesso_non_fa_entrare_un_applicazione() -> None:
    with pytest.raises(ValidationError):
        AccessoForm().confirm_login_allowed(Utente(username="app", applicazione=True))
    AccessoForm().confirm_login_allowed(Utente(username="persona"))


@pytest.mark.parametrize("chi", ["manager", "referente", "agenzia", "dirigente", "manager_altro", "estraneo"])
def test_le_applicazioni_le_crea_l_amministratore(
    persone: Persone, accedi: Callable[..., Client], altra: Utente, chi: str
) -> None:
    codice = incarico_di(persone.amministratore).autorita
    assert codice is not None
    pagina = reverse("token-applicazione", args=[codice.codice])
    for client in (accedi(getattr(persone, chi)), accedi(altra)):
        assert client.get(pagina).status_code == 403
        assert client.post(pagina, MODULO | {"applicazione": "Portale"}).status_code == 403
    assert not Utente.objects.filter(applicazione=True).exists()


def test_un_distretto_di_un_altra_autorita_non_si_sceglie(
    persone: Persone, accedi: Callable[..., Client], altra: Utente
) -> None:
    autorita = incarico_di(persone.amministratore).autorita
    altro = Distretto.objects.get(codice="altro-distretto")
    assert autorita is not None
    pagina = reverse("token-applicazione", args=[autorita.codice])
    dati = MODULO | {"applicazione": "Portale", "distretto": str(altro.pk)}
    assert accedi(persone.amministratore).post(pagina, dati).status_code == 422
    with pytest.raises(DatiNonValidi, match="non è di questa autorità"):
        crea_token_applicazione(
            autorita=autorita,
            distretto=altro,
            applicazione="Portale",
            nome="Prova",
            durata=30,
            utente=persone.amministratore,
        )
    assert not Utente.objects.filter(applicazione=True).exists()


def test_senza_accesso_si_va_all_accesso(db: None, client: Client) -> None:
    assert client.get(ELENCO)["Location"].startswith(reverse("accesso"))

"""``incarico``: in un'installazione appena fatta qualcuno può cominciare a lavorare."""

import re
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from distretti.models import Incarico, Ruolo, Utente
from distretti.token_lettura import crea_token_applicazione
from tests.conftest import CODICE, Persone
from valutazione.management.comando import Rifiuto

pytestmark = pytest.mark.django_db


def incarico(*argomenti: str, **opzioni: Any) -> str:
    uscita = StringIO()
    call_command("incarico", *argomenti, stdout=uscita, **opzioni)
    return uscita.getvalue()


def test_il_primo_amministratore_comincia_da_qui(client: Client) -> None:
    detto = incarico("nome.cognome", "amministratore", "pat-acs", nome="Nome Cognome")
    assert detto.startswith("Nome Cognome: Amministratore/trice: ")
    collegamento = re.search(r"^http://\S+(/invito/\S+/)$", detto, flags=re.MULTILINE)
    assert collegamento, detto

    utente = Utente.objects.get(username="nome.cognome")
    assert not utente.has_usable_password()
    nuova = "una-frase-lunga-e-nuova-7"
    assert client.post(collegamento[1], {"password": nuova, "ripetuta": nuova}).status_code == 302
    assert client.get(reverse("scrivania")).context["incarichi_da_guardare"] is not None


def test_un_secondo_incarico_va_allo_stesso_utente() -> None:
    incarico("nome.cognome", "manager", CODICE, dal=date(2025, 1, 1), al=date(2025, 12, 31))
    detto = incarico("nome.cognome", "coordinatore", CODICE)
    assert "/invito/" in detto, "nobody used the first link: here is another"
    Utente.objects.filter(username="nome.cognome").update(password="scelta")
    assert "/invito/" not in incarico("nome.cognome", "referente_amministrativo", CODICE)

    trovati = Incarico.objects.filter(utente__username="nome.cognome").order_by("dal", "pk")
    assert [(i.ruolo, i.dal, i.al) for i in trovati] == [
        (Ruolo.MANAGER, date(2025, 1, 1), date(2025, 12, 31)),
        (Ruolo.COORDINATORE, timezone.localdate(), None),
        (Ruolo.REFERENTE_AMMINISTRATIVO, timezone.localdate(), None),
    ]


@pytest.mark.parametrize(
    ("argomenti", "opzioni", "parole"),
    [
        (("u", "manager", "pat-acs"), {}, "«pat-acs» non è il codice di un distretto"),
        (("u", "dirigente", CODICE), {}, f"«{CODICE}» non è il codice di un'autorità"),
        (("due parole", "manager", CODICE), {}, "nome utente"),
        (
            ("u", "manager", CODICE),
            {"dal": date(2025, 2, 1), "al": date(2025, 1, 1)},
            "non può finire prima di cominciare",
        ),
    ],
)
def test_ciò_che_non_va_si_dice_e_non_resta_niente(
    argomenti: tuple[str, ...], opzioni: dict[str, Any], parole: str
) -> None:
    with pytest.raises(Rifiuto, match=parole):
        incarico(*argomenti, **opzioni)
    assert not Utente.objects.exists()


def test_due_volte_lo_stesso_e_rifiutato() -> None:
    incarico("nome.cognome", "manager", CODICE)
    with pytest.raises(Rifiuto, match="esiste già"):
        incarico("nome.cognome", "manager", CODICE)


def test_un_applicazione_non_ha_altri_incarichi(persone: Persone) -> None:
    autorita = Incarico.objects.exclude(autorita=None).select_related("autorita").first()
    assert autorita is not None
    assert autorita.autorita is not None
    token, _ = crea_token_applicazione(
        autorita=autorita.autorita,
        distretto=None,
        applicazione="Portale",
        nome="Lettura",
        durata=30,
        utente=persone.manager,
    )
    with pytest.raises(Rifiuto, match="applicazione"):
        incarico(token.incarico.utente.username, "manager", CODICE)

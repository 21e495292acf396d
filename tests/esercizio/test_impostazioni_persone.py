"""Le variabili che dicono come entrano le persone: severe in produzione, e ciò che non va si dice."""

from pathlib import Path

import pytest

from distretti.basi.codice_fiscale import normalizza, valido
from tests.esercizio.test_impostazioni import PRODUZIONE, Ambiente

OIDC = {
    "DISTRETTI_OIDC_ISSUER": "https://gateway.example.org/",
    "DISTRETTI_OIDC_CLIENT_ID": "distretti",
    "DISTRETTI_OIDC_CLIENT_SECRET": "segreto",
}


@pytest.fixture
def ambiente(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ambiente:
    return Ambiente(monkeypatch, tmp_path / "var")


def test_in_produzione_il_secondo_fattore_è_sempre_obbligatorio(ambiente: Ambiente) -> None:
    assert ambiente.leggi()["SECONDO_FATTORE_OBBLIGATORIO"] is False
    assert ambiente.leggi(**PRODUZIONE)["SECONDO_FATTORE_OBBLIGATORIO"] is True
    detto = ambiente.rifiuto(**PRODUZIONE, DISTRETTI_SECONDO_FATTORE="facoltativo")
    assert detto == "DISTRETTI_SECONDO_FATTORE: in produzione è sempre obbligatorio."


def test_si_può_chiedere_anche_fuori_dalla_produzione(ambiente: Ambiente) -> None:
    assert ambiente.leggi(DISTRETTI_SECONDO_FATTORE="obbligatorio")["SECONDO_FATTORE_OBBLIGATORIO"] is True


def test_il_gateway_si_configura_dall_ambiente(ambiente: Ambiente) -> None:
    lette = ambiente.leggi(**PRODUZIONE, **OIDC, DISTRETTI_OIDC_NOME="SPID")
    assert lette["GATEWAY"] == {
        "emittente": "https://gateway.example.org",
        "nome": "SPID",
        "attributo": "fiscal_number",
    }
    (app,) = lette["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]
    assert (app["client_id"], app["secret"]) == ("distretti", "segreto")
    assert app["settings"]["oauth_pkce_enabled"] is True
    assert lette["ACCOUNT_RATE_LIMITS"] is False, "one brake only"


@pytest.mark.parametrize(
    ("variabili", "nome"),
    [
        ({"DISTRETTI_OIDC_ISSUER": "http://gateway.example.org"}, "DISTRETTI_OIDC_ISSUER"),
        ({"DISTRETTI_OIDC_ISSUER": "https:///gateway"}, "DISTRETTI_OIDC_ISSUER"),
        ({"DISTRETTI_OIDC_CLIENT_SECRET": ""}, "DISTRETTI_OIDC_CLIENT_SECRET"),
        ({"DISTRETTI_GIORNI_INVITO": "0"}, "DISTRETTI_GIORNI_INVITO"),
        ({"DISTRETTI_SESSIONE_ORE": "molte"}, "DISTRETTI_SESSIONE_ORE"),
        ({"DISTRETTI_INDIRIZZO": "http://distretti.example.org"}, "DISTRETTI_INDIRIZZO"),
        ({"DISTRETTI_INDIRIZZO": "https://distretti.example.org/?a=1"}, "DISTRETTI_INDIRIZZO"),
    ],
)
def test_ciò_che_non_va_ferma_e_dice_quale(ambiente: Ambiente, variabili: dict[str, str], nome: str) -> None:
    detto = ambiente.rifiuto(**PRODUZIONE, **{**OIDC, **variabili})
    assert detto.startswith(f"{nome}: ")
    assert "segreto" not in detto


def test_senza_gateway_non_si_chiede_altro(ambiente: Ambiente) -> None:
    lette = ambiente.leggi(**PRODUZIONE)
    assert lette["GATEWAY"] is None
    assert lette["SOCIALACCOUNT_PROVIDERS"] == {}


def test_in_sviluppo_l_indirizzo_può_essere_senza_https(ambiente: Ambiente) -> None:
    letto = ambiente.leggi(DISTRETTI_INDIRIZZO="http://127.0.0.1:8000/")["INDIRIZZO_DEL_SITO"]
    assert letto == "http://127.0.0.1:8000"


@pytest.mark.parametrize("codice", ["RSSMRA85T10A562S", "tinit-rssmra85t10a562s", " rss mra 85t10 a562s "])
def test_un_codice_fiscale_giusto(codice: str) -> None:
    assert valido(normalizza(codice))


@pytest.mark.parametrize("codice", ["", "RSSMRA85T10A562X", "RSSMRA85T10A562", "RSSMRA85K10A562S", "1" * 16])
def test_un_codice_fiscale_sbagliato(codice: str) -> None:
    assert not valido(normalizza(codice))


def test_anche_con_le_cifre_sostituite_da_lettere() -> None:
    """Two people with the same code: some digits of one become letters, and the last letter follows."""
    assert valido("RSSMRA85T10A56NH")

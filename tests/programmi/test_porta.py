"""La porta di ogni pagina che scrive la promessa: chi, quale programma, in quale stato."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from programmi.models import Indicatore, Programma, StatoProgramma
from tests.conftest import Persone
from tests.programmi.ingressi import con_progettualita, indirizzo, trasmesso

PAGINE = [
    "programma-modifica",
    "programma-dati",
    "programma-premessa",
    "programma-attori",
    "programma-canali",
    "progettualita-nuova",
    "progettualita-modifica",
    "indicatore-nuovo",
    "obbligatoria-nuova",
    "indicatore-modifica",
    "indicatore-regola",
]
SOLO_POST = ["progettualita-elimina", "progettualita-sposta", "indicatore-elimina", "indicatore-sposta"]


def di(nome: str, programma: Programma) -> str:
    """L'indirizzo, con la prima progettualità o la prima riga dove serve."""
    altro: dict[str, Any] = {}
    if (nome.startswith("progettualita-") and nome != "progettualita-nuova") or nome == "indicatore-nuovo":
        altro = {"pk": programma.progettualita.earliest("numero").pk}
    elif nome.startswith("indicatore-"):
        altro = {"pk": programma.indicatori.obbligatori().earliest("ordine").pk}
    return indirizzo(nome, programma, **altro)


def invia(client: Client, nome: str, programma: Programma) -> Any:
    """La richiesta che scrive; la pagina che raccoglie le sezioni si legge soltanto."""
    metodo = client.get if nome == "programma-modifica" else client.post
    return metodo(di(nome, programma))


def fotografia(programma: Programma) -> list[Any]:
    righe = programma.indicatori.order_by("pk").values_list("pk", "ordine", "testo", "regola")
    azioni = programma.progettualita.order_by("pk").values_list("pk", "numero", "titolo")
    programma.refresh_from_db()
    return [list(righe), list(azioni), programma.premessa, programma.titolo, programma.attori.count()]


@pytest.mark.parametrize("nome", PAGINE)
def test_chi_scrive_la_apre(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], nome: str
) -> None:
    con_progettualita(bozza)
    for persona in (persone.manager, persone.referente):
        assert accedi(persona).get(di(nome, bozza)).status_code == 200


@pytest.mark.parametrize("nome", PAGINE + SOLO_POST)
@pytest.mark.parametrize("chi", ["manager_altro", "manager_scaduto", "estraneo"])
def test_a_un_estraneo_la_bozza_non_esiste(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], nome: str, chi: str
) -> None:
    con_progettualita(bozza)
    prima = fotografia(bozza)
    assert invia(accedi(getattr(persone, chi)), nome, bozza).status_code == 404
    assert fotografia(bozza) == prima


@pytest.mark.parametrize("nome", PAGINE + SOLO_POST)
def test_chi_non_ha_fatto_accesso_va_all_accesso(bozza: Programma, client: Client, nome: str) -> None:
    con_progettualita(bozza)
    risposta = invia(client, nome, bozza)
    assert risposta.status_code == 302
    assert risposta["Location"].startswith(reverse("accesso"))


@pytest.mark.parametrize("nome", PAGINE + SOLO_POST)
@pytest.mark.parametrize("chi", ["coordinatore", "agenzia", "dirigente", "auditor", "amministratore"])
def test_chi_legge_soltanto_non_scrive(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], nome: str, chi: str
) -> None:
    con_progettualita(bozza)
    prima = fotografia(bozza)
    assert invia(accedi(getattr(persone, chi)), nome, bozza).status_code == 403
    assert fotografia(bozza) == prima


@pytest.mark.parametrize("nome", PAGINE + SOLO_POST)
def test_un_programma_trasmesso_non_si_modifica(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], nome: str
) -> None:
    trasmesso(bozza, persone.referente)
    prima = fotografia(bozza)
    risposta = invia(accedi(persone.manager), nome, bozza)
    assert risposta.status_code == 302
    assert risposta["Location"] == bozza.get_absolute_url()
    assert fotografia(bozza) == prima


@pytest.mark.parametrize("nome", PAGINE + SOLO_POST)
def test_un_programma_approvato_non_si_modifica(
    programma: Programma, persone: Persone, accedi: Callable[..., Client], nome: str
) -> None:
    prima = fotografia(programma)
    assert invia(accedi(persone.manager), nome, programma).status_code == 302
    assert fotografia(programma) == prima
    assert programma.stato == StatoProgramma.APPROVATO


@pytest.mark.parametrize("nome", SOLO_POST)
def test_con_get_non_si_scrive(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], nome: str
) -> None:
    con_progettualita(bozza)
    prima = fotografia(bozza)
    assert accedi(persone.manager).get(di(nome, bozza)).status_code == 405
    assert fotografia(bozza) == prima


@pytest.mark.parametrize(
    "nome",
    ["progettualita-modifica", "progettualita-elimina", "indicatore-modifica", "indicatore-regola"],
)
def test_il_numero_di_un_altro_programma_qui_non_esiste(
    bozza: Programma,
    altra_bozza: Programma,
    persone: Persone,
    accedi: Callable[..., Client],
    nome: str,
) -> None:
    con_progettualita(altra_bozza)
    pk = altra_bozza.progettualita.get().pk
    if nome.startswith("indicatore"):
        pk = Indicatore.objects.filter(programma=altra_bozza).earliest("pk").pk
    prima = fotografia(altra_bozza)
    assert accedi(persone.manager).post(indirizzo(nome, bozza, pk=pk)).status_code == 404
    assert fotografia(altra_bozza) == prima


@pytest.mark.parametrize("nome", ["programma-premessa", "programma-attori", "progettualita-nuova"])
def test_cio_che_si_scriveva_mentre_il_programma_partiva_si_legge_ancora(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], nome: str
) -> None:
    """Il manager scrive, intanto il referente trasmette: niente si salva e niente si perde."""
    trasmesso(bozza, persone.referente)
    prima = fotografia(bozza)
    testo = "Tre ore di lavoro.\n\nE un altro paragrafo."
    risposta = accedi(persone.manager).post(di(nome, bozza), {"premessa": testo, "tipo": "x"})
    assert risposta.status_code == 409
    pagina = risposta.content.decode()
    assert "Tre ore di lavoro." in pagina
    assert "E un altro paragrafo." in pagina
    assert "non si può più modificare" in pagina
    assert fotografia(bozza) == prima

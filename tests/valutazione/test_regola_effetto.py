"""La regola di una riga, prima di salvarla: quanto cambierebbero le percentuali."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from distretti.models import Utente
from programmi.models import Indicatore, Programma, StatoProgramma
from programmi.regola import TipoEvidenza
from programmi.versioni import istantanea_regola, versione_di
from tests.conftest import Persone
from tests.programmi.ingressi import con_progettualita, indirizzo
from valutazione.services import crea_evidenza, registra_evidenza

pytestmark = pytest.mark.django_db


@pytest.fixture
def riga(bozza: Programma, persone: Persone) -> Indicatore:
    """A line of a draft, 50% for each post, with a post already recorded."""
    prima: Indicatore = con_progettualita(bozza)[0].indicatori.get()
    regola = {"tipo": "per_unita", "percentuale": "50", "evidenze": ["post"]}
    Indicatore.objects.filter(pk=prima.pk).update(regola=regola)
    evidenza = crea_evidenza(programma=bozza, tipo=TipoEvidenza.POST, utente=persone.manager)
    voce = {
        "codice": evidenza.codice,
        "tipo": "post",
        "data": "2026-01-15",
        "titolo": "Post",
        "imputazioni": [{"indicatore": prima.codice, "stato": "in_attesa"}],
    }
    registra_evidenza(evidenza=evidenza, voce=voce, utente=persone.manager)
    return Indicatore.objects.select_related("programma__distretto").get(pk=prima.pk)


def chiedi(client: Client, riga: Indicatore, **campi: Any) -> Any:
    versione = versione_di(istantanea_regola(riga))
    modulo = {"tipo": "per_unita", "percentuale": "20", "evidenze": ["post"], "versione": versione}
    return client.post(indirizzo("regola-effetto", riga.programma, pk=riga.pk), modulo | campi)


@pytest.fixture
def manager(accedi: Callable[[Utente], Client], persone: Persone) -> Client:
    return accedi(persone.manager)


def test_si_vede_l_effetto_e_non_si_salva(riga: Indicatore, manager: Client) -> None:
    pagina = manager.get(indirizzo("indicatore-regola", riga.programma, pk=riga.pk), {"tipo": "per_unita"})
    assert indirizzo("regola-effetto", riga.programma, pk=riga.pk) in pagina.content.decode()
    risposta = chiedi(manager, riga)
    assert risposta.status_code == 200
    della_riga = next(v for v in risposta.context["effetto"].voci if v.nome.startswith(f"{riga.codice} "))
    assert (della_riga.prima, della_riga.dopo) == (50, 20)
    testo = risposta.content.decode()
    assert "50,00%" in testo
    assert "20,00%" in testo
    dopo = Indicatore.objects.get(pk=riga.pk)
    assert dopo.regola == riga.regola


def test_da_li_si_salva_o_si_torna_a_modificare_con_cio_che_si_e_scritto(
    riga: Indicatore, manager: Client
) -> None:
    digitato = chiedi(manager, riga).context["digitato"]
    modulo: dict[str, Any] = {}
    for nome, valore in digitato:
        modulo.setdefault(nome, []).append(valore)
    regola = indirizzo("indicatore-regola", riga.programma, pk=riga.pk)
    torna = manager.post(regola, modulo | {"anteprima": "1"})
    assert torna.context["form"]["percentuale"].value() == "20"
    assert Indicatore.objects.get(pk=riga.pk).regola == riga.regola
    assert manager.post(regola, modulo).status_code == 302
    salvata = Indicatore.objects.get(pk=riga.pk).regola
    assert salvata is not None
    assert salvata["percentuale"] == "20"


def test_anche_di_togliere_la_regola(riga: Indicatore, manager: Client) -> None:
    risposta = chiedi(manager, riga, tipo="nessuna")
    della_riga = next(v for v in risposta.context["effetto"].voci if v.nome.startswith(f"{riga.codice} "))
    assert (della_riga.prima, della_riga.dopo) == (50, None)
    assert "non valutata" in risposta.content.decode()
    assert Indicatore.objects.get(pk=riga.pk).regola == riga.regola


def test_una_regola_sbagliata_torna_al_modulo(riga: Indicatore, manager: Client) -> None:
    risposta = chiedi(manager, riga, percentuale="150")
    assert risposta.status_code == 422
    assert risposta.context["form"]["percentuale"].value() == "150"
    assert 'value="150"' in risposta.content.decode()
    assert chiedi(manager, riga, tipo="inventata").status_code == 400


def test_chi_puo_e_quando(
    riga: Indicatore, manager: Client, accedi: Callable[[Utente], Client], persone: Persone
) -> None:
    assert chiedi(accedi(persone.referente), riga).status_code == 200
    assert chiedi(accedi(persone.agenzia), riga).status_code == 403
    assert chiedi(accedi(persone.manager_altro), riga).status_code == 404
    assert manager.get(indirizzo("regola-effetto", riga.programma, pk=riga.pk)).status_code == 405
    assert manager.post(indirizzo("regola-effetto", riga.programma, pk=999_999)).status_code == 409
    trasmesso = {"stato": StatoProgramma.TRASMESSO, "trasmesso_il": date(2026, 4, 1)}
    Programma.objects.filter(pk=riga.programma_id).update(**trasmesso)
    assert chiedi(manager, riga).status_code == 302, "nulla di lungo era scritto: si torna al programma"
    assert Indicatore.objects.get(pk=riga.pk).regola == riga.regola

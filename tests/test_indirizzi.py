"""Every address of the urlconf: closed to strangers unless it is listed here as public."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from distretti.models import Utente
from programmi.models import Indicatore, Programma
from programmi.regola import TipoEvidenza
from tests.conftest import Persone
from tests.valutazione.test_allegati import png
from valutazione.models import Evidenza
from valutazione.services import aggiungi_allegato, crea_evidenza, registra_evidenza

pytestmark = pytest.mark.django_db

PUBBLICI = {
    "inizio", "accesso", "privacy", "accessibilita", "dati-pubblici", "stato",
    "distretti", "distretto", "organizzazione", "programmi", "programma", "progettualita", "atto-file",
    "api-radice", "api-openapi", "api-schema-scheda", "api-distretti", "api-distretto",
    "api-organizzazioni", "api-organizzazione", "api-programmi", "api-programma", "api-scheda",
    "api-non-trovata",
}  # fmt: skip
"""What anyone may open, on the floor of ``docs/dati-pubblici.md``."""

API_RISERVATI = {"api-valutazione"}
"""REST answers, not pages: a stranger gets 403 in problem+json instead of the sign-in page."""


def percorsi(voci: Any = None, prefisso: str = "") -> Iterator[tuple[str, URLPattern, str]]:
    for voce in voci if voci is not None else get_resolver().url_patterns:
        if isinstance(voce, URLResolver):
            yield from percorsi(voce.url_patterns, prefisso + str(voce.pattern))
        else:
            yield voce.name or str(voce.pattern), voce, prefisso + str(voce.pattern)


TUTTI = list(percorsi())


@pytest.fixture
def argomenti(programma: Programma, persone: Persone) -> dict[str, Any]:
    """One object of each kind, to fill the parameters of the addresses."""
    evidenza = crea_evidenza(programma=programma, tipo=TipoEvidenza.MAIL, utente=persone.manager)
    voce = {
        "codice": evidenza.codice,
        "tipo": "mail",
        "data": "2025-05-05",
        "titolo": "Titolo riservato",
        "imputazioni": [{"indicatore": "1.3", "stato": "in_attesa"}],
    }
    registra_evidenza(evidenza=evidenza, voce=voce, utente=persone.manager)
    allegato, _ = aggiungi_allegato(evidenza=evidenza, file=png(), utente=persone.manager)
    return {
        "codice": programma.distretto.codice,
        "anno": programma.anno,
        "numero": 1,
        "azione": "P1",
        "pk": evidenza.pk,
        "allegato_pk": allegato.pk,
        "imputazione_pk": evidenza.imputazioni.get().pk,
        "progettualita": programma.progettualita.get(numero=1).pk,
        "riga": Indicatore.objects.filter(programma=programma).first().pk,  # type: ignore[union-attr]
    }


def indirizzo(modello: str, nome: str, argomenti: dict[str, Any]) -> str:
    valori = dict(argomenti)
    if "/modifica/progettualita/" in modello:
        valori["pk"] = argomenti["progettualita"]
    elif "/modifica/righe/" in modello:
        valori["pk"] = argomenti["riga"]
    if modello.startswith("organizzazioni/") or nome == "api-organizzazione":
        valori["codice"] = "asif-chimelli"
    pieno = re.sub(r"<(?:\w+:)?(\w+)>", lambda trovato: str(valori.get(trovato[1], "x")), modello)
    return "/" + pieno.replace("^", "").replace("$", "").replace("\\Z", "")


@pytest.mark.parametrize(("nome", "modello"), [(nome, modello) for nome, _, modello in TUTTI])
def test_un_anonimo_entra_solo_dove_e_pubblico(
    client: Client, argomenti: dict[str, Any], nome: str, modello: str
) -> None:
    pagina = indirizzo(modello, nome, argomenti)
    for metodo in (client.get, client.post):
        risposta = metodo(pagina)
        if nome in PUBBLICI:
            assert not risposta.get("Location", "").startswith("/accesso/")
        elif nome in API_RISERVATI:
            assert risposta.status_code in (401, 403, 405)
        else:
            assert risposta.status_code == 302
            assert risposta["Location"].startswith("/accesso/")
        assert b"Titolo riservato" not in risposta.content
    assert Utente.objects.filter(username="x").count() == 0
    assert Evidenza.objects.count() == 1


@pytest.mark.parametrize(
    ("nome", "modello"),
    [(nome, modello) for nome, _, modello in TUTTI if nome not in PUBBLICI | API_RISERVATI | {"uscita"}],
)
@pytest.mark.parametrize("chi", ["manager_altro", "manager_scaduto"])
def test_chi_non_c_entra_non_passa_da_nessuna_porta(
    accedi: Any, persone: Persone, argomenti: dict[str, Any], nome: str, modello: str, chi: str
) -> None:
    if nome == "scrivania":
        assert b"Alta Valsugana" not in accedi(getattr(persone, chi)).get("/scrivania/").content
        return
    pagina = indirizzo(modello, nome, argomenti)
    client = accedi(getattr(persone, chi))
    for metodo in (client.get, client.post):
        risposta = metodo(pagina)
        assert risposta.status_code in (403, 404, 405), pagina
        assert b"Titolo riservato" not in risposta.content


def test_ogni_pubblico_esiste() -> None:
    assert {nome for nome, _, _ in TUTTI} >= PUBBLICI | API_RISERVATI

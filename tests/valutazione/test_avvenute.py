"""È avvenuta? Le evidenze pianificate quando arriva il loro giorno, e la registrazione in breve."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from distretti.models import Utente
from programmi.models import Programma
from tests.conftest import Persone
from tests.valutazione.conftest import Registra, indirizzo
from tests.valutazione.test_allegati import png
from valutazione.letture import valutazione_di
from valutazione.models import Evidenza, StatoEvidenza

pytestmark = pytest.mark.django_db


@pytest.fixture
def prevista(registra: Registra) -> Evidenza:
    return registra("newsletter", ["obb.8"], titolo="Newsletter", pianificata=True)


def rispondi(client: Client, evidenza: Evidenza, **dati: Any) -> Any:
    dove = indirizzo("evidenza-avvenuta", evidenza.programma, evidenza.pk)
    versione = client.get(dove).context["form"]["versione"].value()
    return client.post(dove, {"versione": versione} | dati)


def test_confermata_conta(manager: Client, prevista: Evidenza, programma: Programma) -> None:
    pagina = manager.get(indirizzo("evidenza-avvenuta", programma, prevista.pk))
    assert ("Programma", True) in {(v.nome, v.dopo > v.prima) for v in pagina.context["effetto"].voci}
    assert rispondi(manager, prevista, esito="avvenuta", data="2025-03-11").status_code == 302
    prevista.refresh_from_db()
    assert (prevista.pianificata, prevista.data.isoformat()) == (False, "2025-03-11")  # type: ignore[union-attr]
    assert valutazione_di(programma).esito.righe["obb.8"].valori.dichiarato == 50


def test_rinviata_resta_pianificata(manager: Client, bozza: Programma, persone: Persone) -> None:
    oggi = timezone.localdate()
    Programma.objects.filter(pk=bozza.pk).update(dal=oggi - timedelta(9), al=oggi + timedelta(9))
    bozza.refresh_from_db()
    evidenza = _pianificata(bozza, persone.manager, oggi - timedelta(3))
    passata = rispondi(manager, evidenza, esito="rinviata", data=(oggi - timedelta(1)).isoformat())
    assert passata.status_code == 422
    domani = (oggi + timedelta(1)).isoformat()
    assert rispondi(manager, evidenza, esito="rinviata", data=domani).status_code == 302
    evidenza.refresh_from_db()
    assert (evidenza.pianificata, str(evidenza.data)) == (True, domani)
    prima_del_giorno = rispondi(manager, evidenza, esito="avvenuta", data=domani)
    assert prima_del_giorno.status_code == 422
    assert "deve ancora venire" in prima_del_giorno.content.decode()


def _pianificata(programma: Programma, utente: Utente, giorno: Any) -> Evidenza:
    from valutazione.services.serie import registra_voci

    voce = {"tipo": "mail", "data": giorno.isoformat(), "titolo": "M", "pianificata": True, "imputazioni": []}
    return registra_voci(programma=programma, voci=[voce], utente=utente)[0]


def test_non_si_fara_vuole_il_motivo(manager: Client, prevista: Evidenza) -> None:
    assert rispondi(manager, prevista, esito="non_si_fara").status_code == 422
    assert rispondi(manager, prevista, esito="non_si_fara", motivo="Annullata").status_code == 302
    prevista.refresh_from_db()
    assert (prevista.stato, prevista.motivo_ritiro) == (StatoEvidenza.RITIRATA, "Annullata")


def test_molte_insieme_dall_elenco(manager: Client, registra: Registra, programma: Programma) -> None:
    tre = [registra("mail", titolo=f"M{n}", pianificata=True) for n in range(3)]
    assert "3 evidenze pianificate" in manager.get(indirizzo("evidenze", programma)).content.decode()
    dove = indirizzo("evidenze-avvenute", programma)
    pagina = manager.get(dove)
    assert len(pagina.context["passate"]) == 3
    assert " checked" not in pagina.content.decode(), "nessuna è dichiarata avvenuta prima che lo si dica"
    assert manager.post(dove, {}).status_code == 422
    assert manager.post(dove, {"evidenze": [tre[0].pk, 999_999]}).status_code == 422
    assert manager.post(dove, {"evidenze": [tre[0].pk, tre[2].pk]}).status_code == 302
    assert list(programma.evidenze.filter(pianificata=True)) == [tre[1]]
    assert manager.post(dove, {"evidenze": [tre[0].pk]}).status_code == 422


def test_qualcun_altro_l_ha_cambiata(manager: Client, prevista: Evidenza) -> None:
    dove = indirizzo("evidenza-avvenuta", prevista.programma, prevista.pk)
    risposta = manager.post(dove, {"esito": "avvenuta", "data": "2025-03-11", "versione": "di prima"})
    assert risposta.status_code == 409
    prevista.refresh_from_db()
    assert prevista.pianificata


def test_cio_che_si_stava_scrivendo_resta(manager: Client, prevista: Evidenza) -> None:
    Evidenza.objects.filter(pk=prevista.pk).update(dati_modulo={"titolo": ["A metà"]})
    rispondi(manager, prevista, esito="avvenuta")
    prevista.refresh_from_db()
    assert (prevista.pianificata, prevista.dati_modulo) == (False, {"titolo": ["A metà"]})


def test_una_che_non_e_pianificata_non_si_conferma(manager: Client, registra: Registra) -> None:
    evidenza = registra("mail")
    dove = indirizzo("evidenza-avvenuta", evidenza.programma, evidenza.pk)
    assert manager.get(dove).status_code == 302
    assert manager.post(dove, {"esito": "avvenuta"}).status_code == 302


@pytest.mark.parametrize("chi", ["estraneo", "manager_altro", "referente", "agenzia", "auditor"])
def test_conferma_solo_il_manager(
    accedi: Callable[[Utente], Client], persone: Persone, prevista: Evidenza, chi: str
) -> None:
    dove = indirizzo("evidenza-avvenuta", prevista.programma, prevista.pk)
    assert accedi(getattr(persone, chi)).post(dove, {"esito": "avvenuta"}).status_code == 403
    prevista.refresh_from_db()
    assert prevista.pianificata


def test_in_breve_con_una_fotografia(manager: Client, programma: Programma) -> None:
    dove = indirizzo("evidenza-breve", programma)
    form = manager.get(dove).context["form"]
    assert form["presenze"].value() == ["manager"]
    dati = {
        "modulo": form["modulo"].value(),
        "proposta": "incontro:obb.3",
        "data": "2025-03-10",
        "argomento": "Avvio",
        "presenze": ["manager"],
        "persone": "A; B",
    }
    risposta = manager.post(dove, dati | {"file": png()})
    assert risposta.status_code == 302
    evidenza = programma.evidenze.get()
    assert (evidenza.registrata, evidenza.argomento, evidenza.persone) == (True, "Avvio", ["A", "B"])
    assert evidenza.titolo == "Incontro del 10 marzo 2025: Avvio"
    assert evidenza.allegati.count() == 1
    assert valutazione_di(programma).esito.righe["obb.3"].valori.dichiarato == 20
    assert manager.post(dove, dati).status_code == 302
    assert programma.evidenze.count() == 1


def test_in_breve_chi_preme_di_nuovo_mentre_la_foto_si_controlla_non_registra_due_volte(
    manager: Client, programma: Programma, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scan of a file may take half a minute: by then the evidence is there, and the session knows it."""
    dove = indirizzo("evidenza-breve", programma)
    modulo = manager.get(dove).context["form"]["modulo"].value()
    dati = {"modulo": modulo, "proposta": "incontro:obb.3", "data": "2025-03-10", "argomento": "Avvio"}
    intanto: list[bool] = []

    def lenta(*_: object) -> tuple[int, int]:
        intanto.append(modulo in manager.session.get("moduli_usati", []))
        return 0, 0

    monkeypatch.setattr("valutazione.views.breve.carica_file", lenta)
    assert manager.post(dove, dati).status_code == 302
    assert intanto == [True]


def test_in_breve_la_fotografia_si_scatta_o_si_sceglie(manager: Client, programma: Programma) -> None:
    pagina = manager.get(indirizzo("evidenza-breve", programma)).content.decode()
    assert 'accept="image/*"' in pagina
    assert " capture" not in pagina  # with it a telephone opens the camera, and nothing else


def test_in_breve_una_sola_altra_possibilita_si_dice_al_singolare(
    manager: Client, programma: Programma, monkeypatch: pytest.MonkeyPatch
) -> None:
    dove = indirizzo("evidenza-breve", programma)
    quante = len(manager.get(dove).context["form"].fields["proposta"].choices)
    monkeypatch.setattr("valutazione.views.breve.IN_VISTA", quante - 1)
    assert "<summary>Un'altra possibilità</summary>" in manager.get(dove).content.decode()


def test_in_breve_gli_errori_sono_accanto_ai_campi(manager: Client, programma: Programma) -> None:
    dove = indirizzo("evidenza-breve", programma)
    risposta = manager.post(dove, {"proposta": "incontro:obb.99", "data": "2024-01-01", "argomento": ""})
    assert risposta.status_code == 422
    assert set(risposta.context["form"].errors) == {"proposta", "argomento"}
    fuori = manager.post(dove, {"proposta": "incontro:obb.3", "data": "2024-01-01", "argomento": "A"})
    assert fuori.status_code == 422
    assert "fuori dall'esercizio" in fuori.context["form"].errors["data"][0]
    assert programma.evidenze.count() == 0

"""La rinuncia a tutte le repliche rimaste: una riga e un evento per decisione, una volta sola."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from distretti.errori import StatoNonAmmesso
from distretti.models import Evento, Utente
from programmi.models import Programma
from tests.conftest import Persone
from tests.valutazione.chiusura_pronta import GIORNI, il_giorno, trasmessa, verificata
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.chiusura import compi
from valutazione.models import AzioneChiusura, Imputazione, ReplicaVerifica, StatoImputazione
from valutazione.services.repliche import replica, rinuncia_a_tutte

pytestmark = pytest.mark.django_db

RINUNCE = Evento.objects.filter(azione="evidenza.rinuncia_alla_replica")


@pytest.fixture
def respinte(registra: Registra, programma: Programma, persone: Persone) -> list[Imputazione]:
    """Three rejected, one accepted; the verification is concluded."""
    registra("comunicato_stampa", ["obb.6"])
    evidenze = [registra("mail", ["1.3"]) for _ in range(3)]
    verificata(programma, persone)
    righe = Imputazione.objects.filter(evidenza__in=evidenze)
    righe.update(stato=StatoImputazione.RESPINTA, motivazione="Non dice a chi.")
    return list(righe.select_related("evidenza__programma").order_by("pk"))


def test_rinuncia_a_quelle_rimaste_e_due_volte_e_come_una(
    respinte: list[Imputazione], programma: Programma, persone: Persone, manager: Client
) -> None:
    replica(imputazione=respinte[0], utente=persone.manager, testo="Ai soci.")
    elenco, nome = indirizzo("repliche", programma), indirizzo("repliche-rinuncia", programma)
    assert "Rinuncio a replicare alle 2 decisioni rimaste" in manager.get(elenco).content.decode()
    prima = manager.post(nome, {"giro": "1"}, follow=True).content.decode()
    assert "Hai rinunciato a replicare a 2 decisioni." in prima
    assert "Rinuncio a replicare" not in prima
    assert "Non resta nessuna decisione" in manager.post(nome, {"giro": "1"}, follow=True).content.decode()
    rinunce = ReplicaVerifica.objects.filter(rinuncia=True)
    assert set(rinunce.values_list("imputazione", flat=True)) == {i.pk for i in respinte[1:]}
    assert {(r.giro, r.testo, r.ruolo, r.su_decisione) for r in rinunce} == {
        (1, "", "manager", "respinta. Non dice a chi.")
    }
    assert RINUNCE.count() == 2
    assert ReplicaVerifica.objects.get(rinuncia=False).testo == "Ai soci."


def test_dopo_la_rinuncia_il_risultato_si_definisce(
    respinte: list[Imputazione], programma: Programma, persone: Persone
) -> None:
    assert len(rinuncia_a_tutte(programma=programma, utente=persone.manager, giro=1)) == len(respinte)
    compi(AzioneChiusura.DEFINIZIONE_RISULTATO, programma=programma, utente=persone.agenzia)


def test_chi_non_e_il_manager_non_rinuncia(
    respinte: list[Imputazione],
    programma: Programma,
    persone: Persone,
    agenzia: Client,
    manager: Client,
    accedi: Callable[[Utente], Client],
) -> None:
    nome = indirizzo("repliche-rinuncia", programma)
    assert "Rinuncio a replicare" not in agenzia.get(indirizzo("repliche", programma)).content.decode()
    assert agenzia.post(nome, {"giro": "1"}).status_code == 403
    with pytest.raises(PermissionDenied):
        rinuncia_a_tutte(programma=programma, utente=persone.agenzia, giro=1)
    estraneo = Utente.objects.create_user(username="nessuno", password="parola-di-prova", nome_esteso="n")
    assert accedi(estraneo).post(nome, {"giro": "1"}).status_code == 403
    assert manager.post(nome.replace(str(programma.anno), "2031"), {"giro": "1"}).status_code == 404
    assert manager.get(nome).status_code == 405
    assert not ReplicaVerifica.objects.exists()


def test_a_una_bozza_che_non_si_vede_404(
    programma: Programma, persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    Programma.objects.filter(pk=programma.pk).update(
        stato="bozza", trasmesso_il=None, approvato_il=None, stato_dal=None
    )
    estraneo = Utente.objects.create_user(username="nessuno", password="parola-di-prova", nome_esteso="n")
    risposta = accedi(estraneo).post(indirizzo("repliche-rinuncia", programma), {"giro": "1"})
    assert risposta.status_code == 404


@pytest.mark.parametrize("giro", ["", "2", "uno", "9" * 40])
def test_si_rinuncia_solo_al_giro_che_si_e_letto(
    respinte: list[Imputazione], programma: Programma, manager: Client, giro: str
) -> None:
    nome = indirizzo("repliche-rinuncia", programma)
    pagina = manager.post(nome, {"giro": giro}, follow=True).content.decode()
    assert "Nel frattempo le decisioni sono cambiate" in pagina
    assert not ReplicaVerifica.objects.exists()


def test_passato_il_termine_non_si_rinuncia(
    respinte: list[Imputazione], programma: Programma, persone: Persone, manager: Client
) -> None:
    with il_giorno(timezone.localdate() + timedelta(days=GIORNI + 1)):
        assert "Rinuncio a replicare" not in manager.get(indirizzo("repliche", programma)).content.decode()
        with pytest.raises(StatoNonAmmesso, match="termine è passato"):
            rinuncia_a_tutte(programma=programma, utente=persone.manager, giro=1)


def test_prima_della_conclusione_non_si_rinuncia(
    registra: Registra, programma: Programma, persone: Persone, manager: Client
) -> None:
    registra("mail", ["1.3"]).imputazioni.update(stato=StatoImputazione.RESPINTA, motivazione="No.")
    trasmessa(programma, persone)
    assert manager.post(indirizzo("repliche-rinuncia", programma), {"giro": "0"}).status_code == 302
    assert not ReplicaVerifica.objects.exists()


def test_con_tre_le_interrogazioni_di_una(
    respinte: list[Imputazione],
    programma: Programma,
    persone: Persone,
    django_assert_max_num_queries: Any,
) -> None:
    replica(imputazione=respinte[0], utente=persone.manager, rinuncia=True)
    replica(imputazione=respinte[1], utente=persone.manager, rinuncia=True)
    with django_assert_max_num_queries(100) as di_una:
        rinuncia_a_tutte(programma=programma, utente=persone.manager, giro=1)
    ReplicaVerifica.objects.all().delete()
    with django_assert_max_num_queries(len(di_una.captured_queries)):
        assert len(rinuncia_a_tutte(programma=programma, utente=persone.manager, giro=1)) == 3

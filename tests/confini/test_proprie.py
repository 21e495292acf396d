"""Nessuno verifica ciò che è suo: una porta per riga, per chi ieri era manager e oggi verifica."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from distretti.models import Incarico, Ruolo, Utente
from programmi.models import Programma
from programmi.regola import TipoEvidenza
from tests.conftest import Persone
from tests.risultati.ingressi import passo
from tests.valutazione.chiusura_pronta import commenta, verificata
from tests.valutazione.conftest import Registra, indirizzo
from tests.valutazione.test_allegati import png
from valutazione.chiusura import compi
from valutazione.decisioni import Decisione, Presa, istantanea
from valutazione.models import (
    AzioneChiusura,
    Chiusura,
    Evidenza,
    Imputazione,
    ReplicaVerifica,
    StatoChiusura,
    StatoImputazione,
)
from valutazione.permissions import dichiarati_da, puo_decidere, ruolo_per
from valutazione.services import aggiungi_allegato, crea_evidenza, registra_evidenza, salva_dati_modulo
from valutazione.services.completamento import Detto, salva_completamento
from valutazione.services.in_blocco import BloccoRifiutato, verifica_in_blocco
from valutazione.services.pianificate import conferma_avvenuta
from valutazione.services.repliche import replica, rispondi
from valutazione.services.serie import registra_voci
from valutazione.services.verifica import VerificaDiSe, annulla_decisioni, verifica_imputazione
from valutazione.tabella import COMPLETAMENTO, DEFINIZIONE_RISULTATO, TRASMISSIONE_AUTOVALUTAZIONE

pytestmark = pytest.mark.django_db

ACCOLTA = Decisione(StatoImputazione.ACCOLTA)
RESPINTA = Decisione(StatoImputazione.RESPINTA, nota="Manca a chi.")
VOCE: dict[str, Any] = {
    "tipo": "mail",
    "data": "2025-03-10",
    "titolo": "Sua",
    "imputazioni": [{"indicatore": "1.3", "stato": "in_attesa"}],
}

Accedi = Callable[[Utente], Client]


@pytest.fixture
def passata(programma: Programma) -> Utente:
    """Manager until yesterday; today a verifier, and an officer who defines results."""
    utente = Utente.objects.create_user(username="passata", password="x", nome_esteso="Passata di là")
    oggi = timezone.localdate()
    ieri = oggi - timedelta(days=1)
    Incarico.objects.create(
        utente=utente, ruolo=Ruolo.MANAGER, distretto=programma.distretto, dal=date(2022, 1, 1), al=ieri
    )
    for ruolo in (Ruolo.VERIFICATORE, Ruolo.DIRIGENTE):
        Incarico.objects.create(utente=utente, ruolo=ruolo, autorita=programma.distretto.autorita, dal=oggi)
    return utente


def registrata(registra: Registra, programma: Programma, utente: Utente) -> Evidenza:
    return registra_voci(programma=programma, voci=[VOCE], utente=utente)[0]


def cambiata(registra: Registra, programma: Programma, utente: Utente) -> Evidenza:
    evidenza = registra("mail", ["1.3"])
    return registra_evidenza(evidenza=evidenza, voce=VOCE | {"codice": evidenza.codice}, utente=utente)[0]


def col_suo_file(registra: Registra, programma: Programma, utente: Utente) -> Evidenza:
    evidenza = registra("mail", ["1.3"])
    aggiungi_allegato(evidenza=evidenza, file=png(), utente=utente)
    return evidenza


def col_suo_file_e_nient_altro(registra: Registra, programma: Programma, utente: Utente) -> Evidenza:
    """As of before the authors were kept: only the row of the file says whose it is."""
    evidenza = col_suo_file(registra, programma, utente)
    evidenza.autori.remove(utente)
    return evidenza


def confermata(registra: Registra, programma: Programma, utente: Utente) -> Evidenza:
    evidenza = registra("mail", ["1.3"], pianificata=True)
    return conferma_avvenuta(evidenza=evidenza, utente=utente)


def digitata(registra: Registra, programma: Programma, utente: Utente) -> Evidenza:
    """What they typed in the draft of somebody else, who recorded it as it was."""
    altri = Utente.objects.get(username="manager")
    bozza = crea_evidenza(programma=programma, tipo=TipoEvidenza.MAIL, utente=altri)
    salva_dati_modulo(evidenza=bozza, dati={"titolo": ["Sua"], "riga-1-3": ["on"]}, utente=utente)
    return registra_evidenza(evidenza=bozza, voce=VOCE | {"codice": bozza.codice}, utente=altri)[0]


def imputazione_di(evidenza: Evidenza) -> Imputazione:
    return Imputazione.objects.select_related("evidenza__programma").get(evidenza=evidenza)


MODI = [registrata, cambiata, col_suo_file, col_suo_file_e_nient_altro, confermata, digitata]


@pytest.mark.parametrize("modo", MODI, ids=lambda modo: modo.__name__)
def test_ogni_porta_della_verifica_e_chiusa_a_chi_ci_ha_messo_mano(
    modo: Any, registra: Registra, programma: Programma, persone: Persone, passata: Utente, accedi: Accedi
) -> None:
    evidenza = modo(registra, programma, passata)
    altrui = registra("mail", ["1.3"])
    sua, libera = imputazione_di(evidenza), imputazione_di(altrui)
    client = accedi(passata)
    pagina = indirizzo("imputazione-verifica", programma, evidenza.pk, sua.pk)
    assert client.get(pagina).status_code == 403
    for decisione in ("accolta", "respinta"):
        assert client.post(pagina, {"decisione": decisione, "motivazione": "Sì"}).status_code == 403
    with pytest.raises(VerificaDiSe):
        verifica_imputazione(imputazione=sua, decisione=ACCOLTA, utente=passata)
    # Together with one that is not theirs: none of the two.
    insieme = indirizzo("verifica-in-blocco", programma)
    scelte = {"scelte": [sua.pk, libera.pk]}
    versione = client.get(insieme, scelte).context["form"]["versione"].value()
    client.post(insieme, scelte | {"decisione": "accolta", "versione": versione})
    with pytest.raises(BloccoRifiutato) as rifiuto:
        verifica_in_blocco(programma=programma, chiavi=[sua.pk, libera.pk], decisione=ACCOLTA, utente=passata)
    assert list(rifiuto.value.errori) == [sua.pk]
    assert not Imputazione.objects.exclude(stato=StatoImputazione.IN_ATTESA).exists()
    # To undo is to decide: also what one would have decided oneself, by another door.
    presa = verifica_imputazione(imputazione=sua, decisione=RESPINTA, utente=persone.agenzia)
    Imputazione.objects.filter(pk=sua.pk).update(verificata_da=passata)
    sua = Imputazione.objects.get(pk=sua.pk)
    forgiata = Presa(sua.pk, presa.prima, istantanea(sua))
    with pytest.raises(VerificaDiSe):
        annulla_decisioni(programma=programma, prese=[forgiata], utente=passata)
    # What the year was worth, and what the act leaves to the authority.
    for azione in (DEFINIZIONE_RISULTATO, COMPLETAMENTO):
        assert ruolo_per(azione, passata, programma) is None
    # The one that is not theirs is theirs to verify.
    verifica_imputazione(imputazione=libera, decisione=ACCOLTA, utente=passata)


def test_a_una_replica_non_risponde_chi_ha_registrato_ne_chi_ha_replicato(
    registra: Registra, programma: Programma, persone: Persone, passata: Utente, accedi: Accedi
) -> None:
    evidenze = [registrata(registra, programma, passata), registra("mail", ["1.3"])]
    verificata(programma, persone)
    for evidenza in evidenze:
        evidenza.imputazioni.update(stato=StatoImputazione.RESPINTA, motivazione="Manca a chi.")
    sue = [imputazione_di(evidenza) for evidenza in evidenze]
    scritte = [replica(imputazione=sue[0], utente=persone.manager, testo="Ecco.")]
    # The other one they did not record: they were manager on the last day, and replied.
    scritte.append(replica(imputazione=sue[1], utente=passata, testo="Ecco."))
    client = accedi(passata)
    for imputazione, scritta in zip(sue, scritte, strict=True):
        with pytest.raises(VerificaDiSe):
            rispondi(replica=scritta, utente=passata, risposta="Va bene.", decisione=ACCOLTA)
        corpo = {"azione": "risposta", "decisione": "accolta", "risposta": "Va bene.", "versione": ""}
        assert client.post(indirizzo("replica", programma, imputazione.pk), corpo).status_code == 403
    assert not ReplicaVerifica.objects.exclude(esito="").exists()
    assert set(Imputazione.objects.values_list("stato", flat=True)) == {StatoImputazione.RESPINTA}


def test_chi_ha_replicato_per_il_distretto_non_definisce_il_risultato(
    registra: Registra, programma: Programma, persone: Persone, passata: Utente, accedi: Accedi
) -> None:
    """They recorded nothing, and were manager until yesterday: what they contested they do not judge."""
    evidenza = registra("mail", ["1.3"])
    verificata(programma, persone)
    evidenza.imputazioni.update(stato=StatoImputazione.RESPINTA, motivazione="Manca a chi.")
    assert ruolo_per(DEFINIZIONE_RISULTATO, passata, programma) is not None
    scritta = replica(imputazione=imputazione_di(evidenza), utente=passata, testo="Ecco.")
    rispondi(replica=scritta, utente=persone.verificatore, risposta="No.")
    with pytest.raises(PermissionDenied, match="Nessuno definisce"):
        compi(AzioneChiusura.DEFINIZIONE_RISULTATO, programma=programma, utente=passata)
    passo_definizione = indirizzo("chiusura-passo", programma, DEFINIZIONE_RISULTATO.codice.value)
    assert accedi(passata).post(passo_definizione, {"nota": "", "dopo": ""}).status_code == 403
    compi(AzioneChiusura.DEFINIZIONE_RISULTATO, programma=programma, utente=persone.agenzia)


def test_un_commento_non_fa_proprio_nulla_e_trasmettere_fa_proprio_l_anno(
    registra: Registra, programma: Programma, persone: Persone, passata: Utente, accedi: Accedi
) -> None:
    """A comment is words, and nobody judges it; who transmitted declared the whole: they still verify one by
    one what others recorded, but neither define what the year was worth nor complete its rules."""
    imputazione = imputazione_di(registra("mail", ["1.3"]))
    ieri_era = Incarico.objects.filter(utente=passata, ruolo=Ruolo.MANAGER)
    ieri_era.update(al=None)
    commenta(programma, passata)
    assert dichiarati_da(passata, [programma]) == set()
    for azione in (DEFINIZIONE_RISULTATO, COMPLETAMENTO):
        assert ruolo_per(azione, passata, programma) is not None
    passo(TRASMISSIONE_AUTOVALUTAZIONE, programma, passata, Ruolo.MANAGER)
    ieri_era.update(al=timezone.localdate() - timedelta(days=1))
    passata = Utente.objects.get(pk=passata.pk)  # tomorrow, in another request
    assert puo_decidere(passata, imputazione)
    client = accedi(passata)
    ore = programma.indicatori.obbligatori().select_related("programma").get(ordine=9)
    completa = indirizzo("riga-completa", programma, "obb.9")
    assert client.post(completa, {"ore_previste": "8"}).status_code == 403
    with pytest.raises(PermissionDenied, match="Nessuno completa"):
        salva_completamento(riga=ore, detto=Detto(ore_previste="8"), utente=passata)
    assert completa not in client.get(indirizzo("verifica", programma)).content.decode()
    assert completa not in client.get(indirizzo("cosa-manca", programma)).content.decode()
    Chiusura.objects.filter(programma=programma).update(
        stato=StatoChiusura.VERIFICATA, giro=1, repliche_entro=timezone.localdate() - timedelta(days=1)
    )
    with pytest.raises(PermissionDenied, match="Nessuno definisce"):
        compi(AzioneChiusura.DEFINIZIONE_RISULTATO, programma=programma, utente=passata)
    assert accedi(persone.agenzia).get(completa).status_code == 200

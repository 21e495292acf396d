"""Le repliche: una per giro, entro i giorni, anche a incarico finito; poi l'Agenzia risponde."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Evento, Incarico, Ruolo, Utente
from programmi.models import Avviso, Programma
from tests.conftest import Persone
from tests.valutazione.chiusura_pronta import GIORNI, il_giorno, trasmessa, verificata
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.chiusura import ChiusuraIncompleta, azioni_ammesse, compi
from valutazione.decisioni import Decisione, istantanea
from valutazione.models import AzioneChiusura, EsitoReplica, Imputazione, ReplicaVerifica, StatoImputazione
from valutazione.services.repliche import replica, rispondi
from valutazione.services.verifica import DecisioneInvariata, VerificaDiSe, verifica_imputazione

pytestmark = pytest.mark.django_db

ACCOLTA, RESPINTA = StatoImputazione.ACCOLTA, StatoImputazione.RESPINTA


@pytest.fixture
def respinta(registra: Registra, programma: Programma, persone: Persone) -> Imputazione:
    """The verification is concluded: one accepted, this one rejected."""
    registra("comunicato_stampa", ["obb.6"])
    evidenza = registra("mail", ["1.3"])
    verificata(programma, persone)
    evidenza.imputazioni.update(stato=RESPINTA, motivazione="Non dice a chi.")
    return evidenza.imputazioni.select_related("evidenza__programma").get()


def _definisci(programma: Programma, persone: Persone) -> Any:
    return compi(AzioneChiusura.DEFINIZIONE_RISULTATO, programma=programma, utente=persone.agenzia)


def test_replica_risposta_e_storia(
    respinta: Imputazione, programma: Programma, manager: Client, agenzia: Client
) -> None:
    nome = indirizzo("replica", programma, respinta.pk)
    assert "Non dice a chi." in manager.get(indirizzo("repliche", programma)).content.decode()
    vuota = manager.post(nome, {"azione": "replica"})
    assert vuota.status_code == 422
    assert manager.post(nome, {"azione": "replica", "testo": "Ai soci."}).status_code == 302
    scritta = ReplicaVerifica.objects.get()
    assert scritta.su_decisione == "respinta. Non dice a chi."
    di_nuovo = manager.post(nome, {"azione": "replica", "testo": "Ancora."})
    assert di_nuovo.status_code == 409
    assert "Ancora." in di_nuovo.content.decode()
    # The Agenzia finds it in its queue.
    coda = agenzia.get(indirizzo("verifica", programma) + "?repliche=si").content.decode()
    assert "Con replica" in coda
    pagina = agenzia.get(nome)
    versione = pagina.context["form"]["versione"].value()
    detto = {"azione": "risposta", "decisione": "accolta", "versione": versione}
    assert agenzia.post(nome, detto).status_code == 422
    assert agenzia.post(nome, detto | {"risposta": "È vero."}).status_code == 302
    respinta.refresh_from_db()
    scritta.refresh_from_db()
    assert (respinta.stato, respinta.motivazione) == (ACCOLTA, "")
    assert scritta.esito == EsitoReplica.CAMBIATA
    storia = manager.get(indirizzo("evidenza", programma, respinta.evidenza_id)).content.decode()
    assert "Ai soci." in storia
    assert "È vero." in storia
    azioni = set(Evento.objects.filter(azione__startswith="evidenza.").values_list("azione", flat=True))
    assert {"evidenza.replica", "evidenza.verifica_dopo_replica", "evidenza.risposta_alla_replica"} <= azioni
    assert Avviso.objects.filter(chiave=f"risposta-replica/{scritta.pk}").count() == 1


@pytest.mark.parametrize(("passati", "si_puo"), [(GIORNI, True), (GIORNI + 1, False)])
def test_l_ultimo_giorno_si_replica_e_il_giorno_dopo_no(
    respinta: Imputazione, persone: Persone, passati: int, si_puo: bool
) -> None:
    with il_giorno(timezone.localdate() + timedelta(days=passati)):
        if si_puo:
            assert replica(imputazione=respinta, utente=persone.manager, testo="Ecco.").giro == 1
        else:
            with pytest.raises(StatoNonAmmesso, match="termine è passato"):
                replica(imputazione=respinta, utente=persone.manager, testo="Ecco.")


@pytest.mark.parametrize(
    ("passati", "frase"),
    [(0, f"ancora {GIORNI} giorni"), (GIORNI - 1, "ancora 1 giorno"), (GIORNI, "è l'ultimo giorno")],
)
def test_i_giorni_che_restano_sono_quelli_dell_autorita(
    respinta: Imputazione, programma: Programma, manager: Client, passati: int, frase: str
) -> None:
    with il_giorno(timezone.localdate() + timedelta(days=passati)):
        pagina = manager.get(indirizzo("chiusura", programma)).content.decode()
    assert f"({frase})" in unescape(pagina)


def test_dall_elenco_si_va_a_replicare(respinta: Imputazione, programma: Programma, manager: Client) -> None:
    pagina = manager.get(indirizzo("repliche", programma)).content.decode()
    assert pagina.count(f'<a href="{indirizzo("replica", programma, respinta.pk)}">Replica<') == 1


def test_il_risultato_aspetta_le_repliche_o_la_rinuncia(
    respinta: Imputazione, programma: Programma, persone: Persone, manager: Client
) -> None:
    with pytest.raises(ChiusuraIncompleta, match="può ancora replicare a 1 decisione"):
        _definisci(programma, persone)
    chiusura = manager.get(indirizzo("chiusura", programma)).content.decode()
    assert "Le decisioni contrarie e le loro repliche" in chiusura
    assert (
        manager.post(indirizzo("replica", programma, respinta.pk), {"azione": "rinuncia"}).status_code == 302
    )
    assert ReplicaVerifica.objects.get().rinuncia
    _definisci(programma, persone)


def test_il_risultato_aspetta_ogni_risposta(
    respinta: Imputazione, programma: Programma, persone: Persone
) -> None:
    scritta = replica(imputazione=respinta, utente=persone.manager, testo="Ecco.")
    with il_giorno(timezone.localdate() + timedelta(days=GIORNI + 1)):
        with pytest.raises(ChiusuraIncompleta, match="Aspetta risposta 1 replica"):
            _definisci(programma, persone)
        rispondi(replica=scritta, utente=persone.agenzia, risposta="Resta respinta.")
        _definisci(programma, persone)
    respinta.refresh_from_db()
    assert respinta.stato == RESPINTA
    with pytest.raises(StatoNonAmmesso):
        rispondi(replica=scritta, utente=persone.agenzia, risposta="Di nuovo.")


def test_si_replica_solo_a_cio_che_non_e_accolto_per_intero(
    respinta: Imputazione, programma: Programma, persone: Persone, registra: Registra
) -> None:
    accolta = Imputazione.objects.exclude(pk=respinta.pk).get(evidenza__programma=programma)
    with pytest.raises(StatoNonAmmesso, match="accolta per intero"):
        replica(imputazione=accolta, utente=persone.manager, testo="Ecco.")
    with pytest.raises(StatoNonAmmesso):
        verifica_imputazione(imputazione=respinta, decisione=Decisione(ACCOLTA), utente=persone.agenzia)
    replica(imputazione=respinta, utente=persone.manager, testo="Ecco.")
    with pytest.raises(StatoNonAmmesso, match="rispondendo alla replica"):
        verifica_imputazione(imputazione=respinta, decisione=Decisione(ACCOLTA), utente=persone.agenzia)


def test_prima_della_conclusione_non_si_replica(
    registra: Registra, programma: Programma, persone: Persone
) -> None:
    evidenza = registra("mail", ["1.3"])
    trasmessa(programma, persone)
    evidenza.imputazioni.update(stato=RESPINTA, motivazione="No.")
    with pytest.raises(StatoNonAmmesso):
        replica(imputazione=evidenza.imputazioni.get(), utente=persone.manager, testo="Ecco.")


@pytest.mark.parametrize(
    ("al", "entra"), [(date(2025, 12, 31), True), (date(2025, 12, 30), False), (date(2026, 1, 1), True)]
)
def test_chi_era_manager_l_ultimo_giorno_replica_dalla_sua_scrivania(
    respinta: Imputazione,
    programma: Programma,
    accedi: Callable[[Utente], Client],
    al: date,
    entra: bool,
) -> None:
    ex = Utente.objects.create_user(username="ex", password="parola-di-prova", nome_esteso="ex")
    Incarico.objects.create(
        utente=ex, ruolo=Ruolo.MANAGER, distretto=programma.distretto, dal="2022-01-01", al=al
    )
    client, nome = accedi(ex), indirizzo("replica", programma, respinta.pk)
    assert (nome.rpartition("repliche")[0] in client.get("/scrivania/").content.decode()) is entra
    assert client.get(nome).status_code == (200 if entra else 403)
    risposta = client.post(nome, {"azione": "replica", "testo": "Ero io."})
    assert risposta.status_code == (302 if entra else 403)
    assert ReplicaVerifica.objects.filter(utente=ex, ruolo="manager").exists() is entra
    # Nothing else of the programme comes with it.
    assert client.get(indirizzo("evidenza", programma, respinta.evidenza_id)).status_code == 403


def _riapri(programma: Programma, persone: Persone) -> None:
    compi(AzioneChiusura.RIAPERTURA_VERIFICA, programma=programma, utente=persone.dirigente, nota="Errore.")


def _concludi(programma: Programma, persone: Persone) -> Any:
    return compi(AzioneChiusura.CONCLUSIONE_VERIFICA, programma=programma, utente=persone.verificatore)


def _correggi_il_risultato(programma: Programma, persone: Persone) -> Any:
    azione = AzioneChiusura.DEFINIZIONE_RISULTATO
    return compi(azione, programma=programma, utente=persone.agenzia, nota="Corretto.")


def test_anche_in_una_correzione_a_ogni_respinta_una_replica(
    respinta: Imputazione, programma: Programma, persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    scritta = replica(imputazione=respinta, utente=persone.manager, testo="Ecco.")
    rispondi(replica=scritta, utente=persone.agenzia, risposta="Resta respinta.")
    _definisci(programma, persone)
    _riapri(programma, persone)
    altra = Imputazione.objects.exclude(pk=respinta.pk).get(evidenza__programma=programma)
    verifica_imputazione(
        imputazione=altra, decisione=Decisione(RESPINTA, nota="Manca."), utente=persone.verificatore
    )
    with pytest.raises(StatoNonAmmesso):
        replica(imputazione=altra, utente=persone.manager, testo="Ecco.")
    _concludi(programma, persone)
    with pytest.raises(ChiusuraIncompleta, match="può ancora replicare a 1 decisione"):
        _correggi_il_risultato(programma, persone)
    client = accedi(persone.manager)
    assert client.get(indirizzo("repliche", programma)).context["replicabili"] == {altra.pk}
    assert indirizzo("repliche", programma) in client.get("/scrivania/").content.decode()
    assert client.get(indirizzo("replica", programma, altra.pk)).context["puo_replicare"]
    assert not client.get(indirizzo("replica", programma, respinta.pk)).context["puo_replicare"]
    with pytest.raises(StatoNonAmmesso, match="di prima della riapertura"):
        replica(imputazione=respinta, utente=persone.manager, testo="Di nuovo.")
    nuova = replica(imputazione=altra, utente=persone.manager, testo="Non manca.")
    assert nuova.giro == 2
    rispondi(replica=nuova, utente=persone.agenzia, risposta="Vero.", decisione=Decisione(ACCOLTA))
    _correggi_il_risultato(programma, persone)


def test_in_una_correzione_la_stessa_decisione_non_e_nuova_e_non_lascia_replicare(
    respinta: Imputazione, programma: Programma, persone: Persone, agenzia: Client
) -> None:
    replica(imputazione=respinta, utente=persone.manager, rinuncia=True)
    _definisci(programma, persone)
    _riapri(programma, persone)
    prima, eventi = istantanea(Imputazione.objects.get(pk=respinta.pk)), Evento.objects.count()
    nome = indirizzo("imputazione-verifica", programma, respinta.evidenza_id, respinta.pk)
    form = agenzia.get(nome).context["form"]
    ancora = {"decisione": "respinta", **{c: form[c].value() for c in ("versione", "motivazione")}}
    assert "La decisione era già questa: nulla è cambiato." in _letta(agenzia.post(nome, ancora, follow=True))
    insieme = indirizzo("verifica-in-blocco", programma)
    versione = agenzia.get(insieme, {"scelte": respinta.pk}).context["form"]["versione"].value()
    dati = {"scelte": respinta.pk, "decisione": "respinta", "motivazione": "Non dice a chi."}
    assert "È già respinta: si rivede da sola." in _letta(
        agenzia.post(insieme, dati | {"versione": versione})
    )
    assert istantanea(Imputazione.objects.get(pk=respinta.pk)) == prima
    assert Evento.objects.count() == eventi
    assert agenzia.get(indirizzo("verifica", programma)).context["ultima"] is None
    _concludi(programma, persone)
    assert not Imputazione.objects.da_replicare().exists()
    _correggi_il_risultato(programma, persone)


def _letta(risposta: Any) -> str:
    testo: str = risposta.content.decode()
    return testo


def test_una_risposta_non_dice_cambiata_la_decisione_che_resta(
    respinta: Imputazione, persone: Persone
) -> None:
    scritta = replica(imputazione=respinta, utente=persone.manager, testo="Ecco.")
    stessa = Decisione(RESPINTA, nota="Non dice a chi.")
    with pytest.raises(DecisioneInvariata):
        rispondi(replica=scritta, utente=persone.agenzia, risposta="Resta.", decisione=stessa)
    scritta.refresh_from_db()
    assert scritta.in_attesa


def test_una_correzione_senza_nuove_contrarie_si_definisce_subito(
    respinta: Imputazione, programma: Programma, persone: Persone, manager: Client
) -> None:
    replica(imputazione=respinta, utente=persone.manager, rinuncia=True)
    _definisci(programma, persone)
    _riapri(programma, persone)
    with pytest.raises(ChiusuraIncompleta, match="non si restituisce più"):
        compi(
            AzioneChiusura.RESTITUZIONE_AUTOVALUTAZIONE,
            programma=programma,
            utente=persone.agenzia,
            nota="Aggiungi.",
        )
    codici = [azione.codice for azione in azioni_ammesse(persone.agenzia, programma)]
    assert AzioneChiusura.RESTITUZIONE_AUTOVALUTAZIONE not in codici
    _concludi(programma, persone)
    pagina = manager.get(indirizzo("chiusura", programma)).content.decode()
    assert "Agenzia risponde alle repliche e definisce il risultato." in pagina
    assert indirizzo("chiusura", programma) not in manager.get("/scrivania/").content.decode()
    _correggi_il_risultato(programma, persone)


@pytest.mark.parametrize("chi", ["estraneo", "manager_altro", "referente", "coordinatore", "dirigente"])
def test_replica_solo_il_manager(
    respinta: Imputazione, programma: Programma, persone: Persone, accedi: Any, chi: str
) -> None:
    nome = indirizzo("replica", programma, respinta.pk)
    assert accedi(getattr(persone, chi)).post(nome, {"azione": "replica", "testo": "x"}).status_code == 403
    with pytest.raises(PermissionDenied):
        replica(imputazione=respinta, utente=getattr(persone, chi), testo="x")


def test_chi_ha_replicato_non_risponde(respinta: Imputazione, programma: Programma, persone: Persone) -> None:
    scritta = replica(imputazione=respinta, utente=persone.manager, testo="Ecco.")
    ReplicaVerifica.objects.update(utente=persone.verificatore)
    with pytest.raises(VerificaDiSe):
        rispondi(replica=scritta, utente=persone.verificatore, risposta="Sì.", decisione=Decisione(ACCOLTA))
    with pytest.raises(DatiNonValidi):
        rispondi(replica=scritta, utente=persone.agenzia, risposta="Sì.", decisione=Decisione(RESPINTA))
    respinta.refresh_from_db()
    assert respinta.motivazione == "Non dice a chi."


@pytest.mark.parametrize(
    ("vincolo", "valori"),
    [
        ("replica_verifica_testo_o_rinuncia", {"testo": ""}),
        ("replica_verifica_testo_o_rinuncia", {"rinuncia": True}),
        ("replica_verifica_decisa_da_qualcuno", {"esito": "confermata"}),
        (
            "replica_verifica_esito_ammesso",
            {"esito": "forse", "risposta": "Mah.", "decisa_ruolo": "verificatore"},
        ),
    ],
)
def test_il_database_rifiuta(
    respinta: Imputazione, persone: Persone, vincolo: str, valori: dict[str, Any]
) -> None:
    scritta = replica(imputazione=respinta, utente=persone.manager, testo="Ecco.")
    if "risposta" in valori:
        valori |= {"decisa_da": persone.verificatore, "decisa_alle": timezone.now()}
    with pytest.raises(IntegrityError, match=vincolo), transaction.atomic():
        ReplicaVerifica.objects.filter(pk=scritta.pk).update(**valori)

"""La chiusura dell'anno: chi compie i suoi passi, da quale stato, in quali giorni; che cosa ferma."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Evento, Incarico, Ruolo, Utente
from distretti.parole_eventi import azione_in_parole
from programmi.models import Avviso, Programma
from programmi.procedura.frattempo import SuperatoNelFrattempo
from programmi.regola import TipoEvidenza
from tests.conftest import Persone
from tests.valutazione.chiusura_pronta import GIORNI, commenta, il_giorno, trasmessa, verificata
from tests.valutazione.conftest import Registra, indirizzo
from tests.valutazione.test_allegati import png
from valutazione.chiusura import (
    ChiusuraIncompleta,
    azioni_ammesse,
    chiusura_di,
    compi,
    controlla_completabile,
    controlla_decidibile,
    puo_ora,
    stato_di,
)
from valutazione.chiusura.verifica import alterazioni_delle_chiusure
from valutazione.models import (
    AzioneChiusura,
    Chiusura,
    Imputazione,
    PassaggioChiusura,
    Risultato,
    StatoChiusura,
)
from valutazione.permissions import ruolo_di_replica, ruolo_per
from valutazione.services import aggiungi_allegato, crea_evidenza, registra_evidenza, ritira_evidenza
from valutazione.tabella import (
    DEFINIZIONE_RISULTATO,
    PER_CODICE,
    REPLICA,
    RESTITUZIONE_AUTOVALUTAZIONE,
    TRASMISSIONE_AUTOVALUTAZIONE,
)

pytestmark = pytest.mark.django_db

_A, _S = AzioneChiusura, StatoChiusura
FINE = date(2025, 12, 31)


def test_il_cammino_intero_lascia_i_suoi_passi(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    registra("comunicato_stampa", ["obb.6"])
    verificata(programma, persone)
    chiusura = chiusura_di(programma)
    oggi = timezone.localdate()
    assert (chiusura.giro, chiusura.repliche_entro) == (1, oggi + timedelta(days=GIORNI))
    with il_giorno(oggi + timedelta(days=GIORNI + 1)):
        compi(_A.DEFINIZIONE_RISULTATO, programma=programma, utente=persone.agenzia)
        assert stato_di(programma) == _S.DEFINITA
        compi(_A.PUBBLICAZIONE_RISULTATO, programma=programma, utente=persone.dirigente)
        compi(_A.RIAPERTURA_VERIFICA, programma=programma, utente=persone.dirigente, nota="Un errore.")
    assert stato_di(programma) == _S.AUTOVALUTATA
    assert chiusura_di(programma).riaperta
    passi = list(PassaggioChiusura.objects.order_by("ordine").values_list("azione", "ruolo", "utente"))
    assert passi == [
        (_A.TRASMISSIONE_AUTOVALUTAZIONE, Ruolo.MANAGER, persone.manager.pk),
        (_A.CONCLUSIONE_VERIFICA, Ruolo.VERIFICATORE, persone.verificatore.pk),
        (_A.DEFINIZIONE_RISULTATO, Ruolo.REFERENTE_ATTIVITA, persone.agenzia.pk),
        (_A.PUBBLICAZIONE_RISULTATO, Ruolo.DIRIGENTE, persone.dirigente.pk),
        (_A.RIAPERTURA_VERIFICA, Ruolo.DIRIGENTE, persone.dirigente.pk),
    ]
    assert Evento.objects.filter(azione="chiusura.riapertura_verifica", ruolo="dirigente").exists()
    del_termine = Evento.objects.filter(dati__contenuto__contains="Repliche entro")
    assert [evento.azione for evento in del_termine] == ["chiusura.conclusione_verifica"]


def test_la_storia_chiama_i_passi_con_il_loro_nome() -> None:
    for azione in _A:
        assert azione_in_parole(f"chiusura.{azione}") == f"Chiusura dell'anno: {azione.etichetta}"


@pytest.mark.parametrize(("giorno", "si_puo"), [(date(2025, 12, 30), False), (FINE, True)])
def test_si_trasmette_dall_ultimo_giorno_dell_esercizio(
    programma: Programma, persone: Persone, giorno: date, si_puo: bool
) -> None:
    commenta(programma, persone.manager)
    with il_giorno(giorno):
        if si_puo:
            passaggio = compi(_A.TRASMISSIONE_AUTOVALUTAZIONE, programma=programma, utente=persone.manager)
            assert passaggio.il == giorno
            return
        with pytest.raises(ChiusuraIncompleta, match="dal 31 dicembre 2025, ultimo giorno"):
            compi(_A.TRASMISSIONE_AUTOVALUTAZIONE, programma=programma, utente=persone.manager)
    assert stato_di(programma) == _S.IN_CORSO
    assert not PassaggioChiusura.objects.exists()


def test_una_pianificata_passata_e_un_commento_mancante_fermano_la_trasmissione(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    evidenza = registra("incontro", ["obb.2"])
    type(evidenza).objects.filter(pk=evidenza.pk).update(pianificata=True)
    with pytest.raises(ChiusuraIncompleta) as rifiuto:
        compi(_A.TRASMISSIONE_AUTOVALUTAZIONE, programma=programma, utente=persone.manager)
    assert rifiuto.value.mancanze == [
        "C'è 1 evidenza pianificata il cui giorno è arrivato: indica se è avvenuta, oppure ritirala.",
        "Manca il commento alle azioni non valutate obb.9, P8, P9 e P10.",
    ]


def test_dopo_la_trasmissione_le_evidenze_non_si_toccano(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    evidenza = registra("mail", ["1.3"])
    bozza = crea_evidenza(programma=programma, tipo=TipoEvidenza.MAIL, utente=persone.manager)
    trasmessa(programma, persone)
    voce = {
        "codice": evidenza.codice,
        "tipo": "mail",
        "data": "2025-05-05",
        "titolo": "Altro",
        "imputazioni": [],
    }
    prove: list[Callable[[], object]] = [
        lambda: crea_evidenza(programma=programma, tipo=TipoEvidenza.INCONTRO, utente=persone.manager),
        lambda: registra_evidenza(evidenza=evidenza, voce=voce, utente=persone.manager),
        lambda: ritira_evidenza(evidenza=evidenza, motivo="Doppione", utente=persone.manager),
        lambda: aggiungi_allegato(evidenza=bozza, file=png(), utente=persone.manager),
    ]
    for prova in prove:
        with pytest.raises(StatoNonAmmesso, match="autovalutazione trasmessa"):
            prova()
    compi(
        _A.RESTITUZIONE_AUTOVALUTAZIONE,
        programma=programma,
        utente=persone.verificatore,
        nota="Manca maggio.",
    )
    ritira_evidenza(evidenza=evidenza, motivo="Doppione", utente=persone.manager)


def test_dalle_pagine_una_registrazione_fuori_tempo_non_perde_il_testo(
    programma: Programma, persone: Persone, registra: Registra, manager: Client
) -> None:
    evidenza = registra("mail", ["1.3"])
    trasmessa(programma, persone)
    scritto = {"azione": "registra", "data": "2025-05-06", "titolo": "Un titolo tutto nuovo"}
    risposta = manager.post(indirizzo("evidenza-modifica", programma, evidenza.pk), scritto, follow=True)
    assert "non si può registrare, cambiare o ritirare evidenze" in risposta.content.decode()
    evidenza.refresh_from_db()
    assert evidenza.titolo == "Prova"
    assert evidenza.dati_modulo is not None
    assert evidenza.dati_modulo["titolo"] == ["Un titolo tutto nuovo"]
    nuova = manager.post(indirizzo("evidenza-nuova", programma), {"tipo": "incontro"}, follow=True)
    assert "autovalutazione trasmessa" in nuova.content.decode()
    assert manager.get(indirizzo("evidenza-nuova", programma)).status_code == 302
    for pagina in (indirizzo("programma", programma), indirizzo("evidenze", programma)):
        assert indirizzo("evidenza-nuova", programma) not in manager.get(pagina).content.decode()


def test_la_restituzione_dice_perche_e_la_verifica_non_si_conclude_a_meta(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    registra("comunicato_stampa", ["obb.6"])
    trasmessa(programma, persone)
    with pytest.raises(DatiNonValidi):
        compi(_A.RESTITUZIONE_AUTOVALUTAZIONE, programma=programma, utente=persone.agenzia, nota=" ")
    with pytest.raises(ChiusuraIncompleta) as rifiuto:
        compi(_A.CONCLUSIONE_VERIFICA, programma=programma, utente=persone.agenzia)
    assert len(rifiuto.value.mancanze) == 2
    assert "i giorni per le repliche del 2025" in rifiuto.value.mancanze[1]


def test_prima_di_concludere_si_vede_quanto_vale_e_che_cosa_si_lascia_incompleto(
    programma: Programma, persone: Persone, agenzia: Client
) -> None:
    trasmessa(programma, persone)
    pagina = agenzia.get(indirizzo("chiusura-passo", programma, "conclusione_verifica")).content.decode()
    assert "La riga obb.9 aspetta ciò che l'Agenzia deve ancora stabilire." in unescape(pagina)
    assert "Le percentuali dell" in pagina
    restituzione = agenzia.get(indirizzo("chiusura-passo", programma, "restituzione_autovalutazione"))
    assert restituzione.context["esito"] is None


def test_prima_di_definire_e_di_pubblicare_si_vede_che_cosa_si_congela_e_che_cosa_si_mostra(
    programma: Programma, persone: Persone, agenzia: Client, registra: Registra
) -> None:
    registra("comunicato_stampa", ["obb.6"])
    verificata(programma, persone)
    definizione, pubblicazione = (
        indirizzo("chiusura-passo", programma, passo)
        for passo in ("definizione_risultato", "pubblicazione_risultato")
    )
    with il_giorno(timezone.localdate() + timedelta(days=GIORNI + 1)):
        prima = agenzia.get(definizione)
        pagina = unescape(prima.content.decode())
        compi(_A.DEFINIZIONE_RISULTATO, programma=programma, utente=persone.agenzia)
    assert "La riga obb.9 aspetta ciò che l'Agenzia deve ancora stabilire." in pagina
    for parte in ("Programma", "Azioni obbligatorie", "Progettualità"):
        assert f'data-label="Che cosa">{parte}</th>' in pagina
    # What is published is what was frozen, whatever the lines would be worth now.
    Imputazione.objects.filter(evidenza__programma=programma).update(
        stato="in_attesa", verificata_da=None, verificata_alle=None
    )
    dopo = agenzia.get(pubblicazione)
    congelato = Risultato.objects.get(programma=programma)
    mostrato = dopo.context["esito"].programma.valori.riconosciuto
    assert congelato.riconosciuto
    assert mostrato == Fraction(congelato.riconosciuto)
    assert mostrato == round(prima.context["esito"].programma.valori.riconosciuto, 2)
    assert dopo.context["avvertenze"] == []
    assert "Le percentuali dell'anno" in unescape(dopo.content.decode())


def test_chi_non_ha_il_ruolo_e_chi_ha_registrato_non_possono(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    registra("comunicato_stampa", ["obb.6"])
    for azione in _A:
        for chi in (persone.auditor, persone.estraneo, persone.manager_altro, persone.manager_scaduto):
            with pytest.raises(PermissionDenied):
                compi(azione, programma=programma, utente=chi)
    with pytest.raises(PermissionDenied):
        compi(_A.TRASMISSIONE_AUTOVALUTAZIONE, programma=programma, utente=persone.referente)
    Incarico.objects.create(
        utente=persone.manager,
        ruolo=Ruolo.REFERENTE_ATTIVITA,
        autorita=programma.distretto.autorita,
        dal="2022-01-01",
    )
    due_ruoli = Utente.objects.get(pk=persone.manager.pk)
    assert ruolo_per(DEFINIZIONE_RISULTATO, due_ruoli, programma) is None
    assert ruolo_per(RESTITUZIONE_AUTOVALUTAZIONE, due_ruoli, programma) is not None


def test_lo_stato_sbagliato_si_dice_a_parole(programma: Programma, persone: Persone) -> None:
    with pytest.raises(StatoNonAmmesso, match="«anno in corso»: non si può concludere la verifica"):
        compi(_A.CONCLUSIONE_VERIFICA, programma=programma, utente=persone.agenzia)
    trasmessa(programma, persone)
    with pytest.raises(StatoNonAmmesso, match="«autovalutazione trasmessa»"):
        compi(_A.TRASMISSIONE_AUTOVALUTAZIONE, programma=programma, utente=persone.manager)
    assert puo_ora(TRASMISSIONE_AUTOVALUTAZIONE, persone.manager, programma) is None
    assert puo_ora(RESTITUZIONE_AUTOVALUTAZIONE, persone.agenzia, programma) == Ruolo.REFERENTE_ATTIVITA


def test_di_un_programma_non_approvato_si_registra_ma_non_si_chiude(
    bozza: Programma, persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    assert accedi(persone.estraneo).get(indirizzo("chiusura", bozza)).status_code == 404
    assert accedi(persone.auditor).get(indirizzo("chiusura", bozza)).status_code == 200
    crea_evidenza(programma=bozza, tipo=TipoEvidenza.MAIL, utente=persone.manager)
    with pytest.raises(StatoNonAmmesso, match="non è approvato"):
        compi(_A.TRASMISSIONE_AUTOVALUTAZIONE, programma=bozza, utente=persone.manager)
    ammesse = {azione.codice.value for azione in azioni_ammesse(persone.manager, bozza)}
    assert ammesse == {"registrazione", "commento"}


def test_chi_arriva_dopo_lo_sa_e_non_scrive_nulla(programma: Programma, persone: Persone) -> None:
    trasmessa(programma, persone)
    compi(
        _A.RESTITUZIONE_AUTOVALUTAZIONE,
        programma=programma,
        utente=persone.agenzia,
        nota="Manca maggio.",
        dopo=1,
    )
    with pytest.raises(SuperatoNelFrattempo, match="L'anno 2025 è ora nello stato «anno in corso»"):
        compi(
            _A.RESTITUZIONE_AUTOVALUTAZIONE,
            programma=programma,
            utente=persone.verificatore,
            nota="Anche giugno.",
            dopo=1,
        )
    assert PassaggioChiusura.objects.count() == 2


def test_a_verifica_conclusa_non_si_decide_ne_si_completa(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    registra("comunicato_stampa", ["obb.6"])
    imputazione = Imputazione.objects.get()
    controlla_decidibile(imputazione)
    verificata(programma, persone)
    with pytest.raises(StatoNonAmmesso, match="La verifica è conclusa"):
        controlla_decidibile(imputazione)
    with pytest.raises(StatoNonAmmesso, match="verifica conclusa"):
        controlla_completabile(programma)
    with il_giorno(timezone.localdate() + timedelta(days=GIORNI + 1)):
        compi(_A.DEFINIZIONE_RISULTATO, programma=programma, utente=persone.agenzia)
    with pytest.raises(StatoNonAmmesso, match="risultato definito"):
        controlla_decidibile(imputazione)
    compi(_A.RIAPERTURA_VERIFICA, programma=programma, utente=persone.dirigente, nota="Un errore.")
    controlla_decidibile(imputazione)
    controlla_completabile(programma)
    Imputazione.objects.update(stato="in_attesa", verificata_da=None, verificata_alle=None)
    with pytest.raises(ChiusuraIncompleta, match="Da decidere: 1 riga di evidenza"):
        compi(_A.CONCLUSIONE_VERIFICA, programma=programma, utente=persone.agenzia)


def test_l_ultimo_giorno_dell_incarico_chi_e_manager_replica_ancora(
    programma: Programma, persone: Persone
) -> None:
    distretto = programma.distretto

    def ha_finito(al: date, nome: str) -> Utente:
        utente = Utente.objects.create_user(username=nome, password="x", nome_esteso=nome)
        Incarico.objects.create(
            utente=utente, ruolo=Ruolo.MANAGER, distretto=distretto, dal="2022-01-01", al=al
        )
        return utente

    ultimo, prima = ha_finito(FINE, "ultimo"), ha_finito(FINE - timedelta(days=1), "prima")
    assert ruolo_di_replica(ultimo, programma) == Ruolo.MANAGER
    assert ruolo_di_replica(prima, programma) is None
    alla_trasmissione = ha_finito(date(2026, 1, 20), "trasmissione")
    commenta(programma, persone.manager)
    with il_giorno(date(2026, 1, 20)):
        compi(_A.TRASMISSIONE_AUTOVALUTAZIONE, programma=programma, utente=persone.manager)
    assert ruolo_per(REPLICA, alla_trasmissione, programma) == Ruolo.MANAGER
    assert ruolo_per(REPLICA, persone.estraneo, programma) is None


def test_uno_stato_che_i_passi_non_spiegano_si_trova(programma: Programma, persone: Persone) -> None:
    trasmessa(programma, persone)
    assert list(alterazioni_delle_chiusure()) == []
    Chiusura.objects.update(stato=_S.IN_CORSO)
    (frase,) = alterazioni_delle_chiusure()
    assert "è nello stato «anno in corso», ma il suo ultimo passaggio non porta lì" in frase


def test_ogni_passo_avvisa_chi_viene_dopo(programma: Programma, persone: Persone) -> None:
    trasmessa(programma, persone)
    avvisati = set(Avviso.objects.filter(chiave__startswith="chiusura/").values_list("utente", flat=True))
    assert avvisati == {persone.agenzia.pk, persone.verificatore.pk}
    compi(_A.RESTITUZIONE_AUTOVALUTAZIONE, programma=programma, utente=persone.agenzia, nota="Manca maggio.")
    avviso = Avviso.objects.filter(utente=persone.manager).latest("pk")
    assert "l'Agenzia restituisce l'autovalutazione" in avviso.testo
    assert avviso.percorso == indirizzo("chiusura", programma)


def test_l_avviso_dice_il_giorno_come_si_dice(programma: Programma, persone: Persone) -> None:
    with il_giorno(date(2026, 1, 24)):
        verificata(programma, persone)
    avviso = Avviso.objects.filter(utente=persone.manager).latest("pk")
    assert avviso.testo.endswith("si può replicare fino all'8 febbraio 2026.")


def test_la_pagina_di_un_passo_lo_compie(
    programma: Programma, persone: Persone, manager: Client, agenzia: Client
) -> None:
    passo = indirizzo("chiusura-passo", programma, "trasmissione_autovalutazione")
    assert "Manca il commento" in manager.get(passo).content.decode()
    assert manager.post(passo, {"dopo": "0"}).status_code == 422
    commenta(programma, persone.manager)
    assert agenzia.get(passo).status_code == 403
    assert manager.post(passo, {"dopo": "0"}).status_code == 302
    restituzione = indirizzo("chiusura-passo", programma, "restituzione_autovalutazione")
    assert agenzia.get(restituzione).status_code == 200
    assert agenzia.post(restituzione, {"dopo": "1", "nota": ""}).status_code == 422
    superato = agenzia.post(restituzione, {"dopo": "0", "nota": "Un testo da non perdere."})
    assert superato.status_code == 409
    assert "Un testo da non perdere." in superato.content.decode()
    assert agenzia.post(restituzione, {"dopo": "1", "nota": "Manca maggio."}).status_code == 302
    assert agenzia.get(restituzione).status_code == 302
    pagina = manager.get(indirizzo("chiusura", programma)).content.decode()
    assert "Manca maggio." in pagina
    assert "Autovalutazione 1" in pagina
    assert manager.get(indirizzo("chiusura-passo", programma, "inventato")).status_code == 404


def test_la_pubblicazione_con_un_atto_nuovo_o_gia_inserito(
    programma: Programma, persone: Persone, registra: Registra, agenzia: Client
) -> None:
    registra("comunicato_stampa", ["obb.6"])
    verificata(programma, persone)
    with il_giorno(timezone.localdate() + timedelta(days=GIORNI + 1)):
        compi(_A.DEFINIZIONE_RISULTATO, programma=programma, utente=persone.agenzia)
    passo = indirizzo("chiusura-passo", programma, "pubblicazione_risultato")
    dati = {"dopo": "3", "nuovo_tipo": "determinazione", "nuovo_ente": "Provincia autonoma di Trento"}
    assert agenzia.post(passo, dati).status_code == 422
    dati |= {"nuovo_numero": "7", "nuovo_data": "2026-04-30"}
    assert agenzia.post(passo, dati).status_code == 302
    atto = PassaggioChiusura.objects.get(azione=_A.PUBBLICAZIONE_RISULTATO).atto
    assert atto is not None
    assert atto.numero == "7"
    il_risultato = indirizzo("risultato", programma)
    assert f'href="{il_risultato}"' in agenzia.get(indirizzo("chiusura", programma)).content.decode()
    compi(_A.RIAPERTURA_VERIFICA, programma=programma, utente=persone.dirigente, nota="Un errore.")
    compi(_A.CONCLUSIONE_VERIFICA, programma=programma, utente=persone.agenzia)
    compi(_A.DEFINIZIONE_RISULTATO, programma=programma, utente=persone.agenzia, nota="Una relazione in più.")
    ripubblica = {"dopo": "7", "atto_gia": atto.pk}
    assert agenzia.post(passo, ripubblica | dati | {"dopo": "7"}).status_code == 422
    assert agenzia.post(passo, ripubblica).status_code == 302


def test_l_api_dice_la_chiusura_a_chi_segue_il_programma(
    programma: Programma, persone: Persone, manager: Client, agenzia: Client, client: Client
) -> None:
    percorso = f"/api/v1/programmi/{programma.distretto.codice}/2025/chiusura"
    assert client.get(percorso).status_code == 401
    dati = manager.get(percorso).json()
    assert (dati["stato"], dati["passaggi"], dati["in_attesa_di"]) == ("in_corso", [], ["manager"])
    codici = [azione["codice"] for azione in dati["azioni"]]
    assert codici == ["trasmissione_autovalutazione", "registrazione", "commento"]
    trasmessa(programma, persone)
    dati = agenzia.get(percorso).json()
    assert dati["stato"] == "autovalutata"
    assert [p["azione"] for p in dati["passaggi"]] == ["trasmissione_autovalutazione"]
    assert {azione["codice"] for azione in dati["azioni"]} <= set(PER_CODICE)

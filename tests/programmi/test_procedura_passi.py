"""Il percorso intero, passaggio per passaggio: chi, da dove, a quali condizioni, e in due insieme."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Evento, Incarico, Ruolo, Utente
from programmi.forms.procedura import PresaInCaricoForm
from programmi.models import AzionePassaggio, Osservazione, Passaggio, Programma, StatoProgramma
from programmi.permissions import NON_APPROVA_IL_PROPRIO, puo, ruolo_di_replica
from programmi.procedura import SuperatoNelFrattempo, approva, compi, trasmetti
from programmi.services import salva_premessa
from programmi.tabella import APPROVAZIONE, PRESA_IN_CARICO
from tests.conftest import CODICE, Persone
from tests.programmi.ingressi import con_progettualita, delibera, in_due, indirizzo, trasmesso
from tests.programmi.passi import APPROVATO_IL, bozza_completa, estremi, porta

_S, _P = StatoProgramma, AzionePassaggio


def pagina(programma: Programma, azione: AzionePassaggio | str) -> str:
    return indirizzo("programma-passaggio", programma, azione=str(azione))


def osservazione(programma: Programma, utente: Utente) -> Osservazione:
    return Osservazione.objects.create(
        programma=programma,
        numero=1,
        campo="premessa",
        oggetto_scritto="premessa",
        testo="La premessa è troppo breve.",
        utente=utente,
        ruolo=Ruolo.REFERENTE_ATTIVITA,
    )


# Il percorso


def test_il_percorso_intero(bozza: Programma, persone: Persone) -> None:
    porta(bozza, persone, _S.IN_ATTUAZIONE)
    storia = list(bozza.passaggi.order_by("ordine").values_list("azione", "utente__username", "ruolo"))
    assert storia == [
        ("trasmissione", "referente", "referente_amministrativo"),
        ("presa_in_carico", "agenzia", "referente_attivita"),
        ("proposta", "agenzia", "referente_attivita"),
        ("messa_alla_firma", "dirigente", "dirigente"),
        ("approvazione", "dirigente", "dirigente"),
        ("pubblicazione", "agenzia", "referente_attivita"),
    ]
    assert bozza.approvato
    assert bozza.pubblico
    eventi = Evento.objects.che_riguardano(bozza.riferimento_evento).order_by("numero")
    azioni = [azione for azione in eventi.values_list("azione", flat=True) if "versione" not in azione]
    assert [f"programma.{passo[0]}" for passo in storia] == [
        azione for azione in azioni if azione.removeprefix("programma.") in list(_P)
    ]


def test_dopo_un_rinvio_il_distretto_corregge_e_ritrasmette(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    porta(bozza, persone, _S.IN_ESAME)
    dati = {"nota": "Mancano i tempi.", "il": "2026-01-25"}
    risposta = accedi(persone.agenzia).post(pagina(bozza, _P.RINVIO), dati)
    assert risposta["Location"] == bozza.get_absolute_url()
    bozza.refresh_from_db()
    assert bozza.stato == _S.INTEGRAZIONI_RICHIESTE
    rinvio = bozza.passaggi.get(azione=_P.RINVIO)
    assert (rinvio.nota, rinvio.ruolo) == ("Mancano i tempi.", Ruolo.REFERENTE_ATTIVITA)
    scrive = accedi(persone.manager).get(indirizzo("programma-modifica", bozza)).content.decode()
    assert "Mancano i tempi." in scrive
    salva_premessa(programma=bozza, premessa="Corretta")
    with pytest.raises(DatiNonValidi, match="25 gennaio 2026"):
        trasmesso(bozza, persone.referente)
    trasmetti(
        programma=bozza,
        utente=persone.referente,
        il=date(2026, 1, 28),
        delibera=delibera(numero="13"),
        protocollo_mittente="101",
    )
    bozza.refresh_from_db()
    assert (bozza.stato, bozza.trasmesso_il) == (_S.TRASMESSO, date(2026, 1, 28))


@pytest.mark.parametrize("stato", [_S.PROPOSTO, _S.ALLA_FIRMA])
def test_il_dirigente_restituisce_dicendo_perche(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], stato: StatoProgramma
) -> None:
    porta(bozza, persone, stato)
    client = accedi(persone.dirigente)
    assert client.post(pagina(bozza, _P.RESTITUZIONE), {"il": "2026-02-05"}).status_code == 422
    dati = {"il": "2026-02-05", "nota": "Manca un dato."}
    assert client.post(pagina(bozza, _P.RESTITUZIONE), dati).status_code == 302
    bozza.refresh_from_db()
    assert (bozza.stato, bozza.stato_dal) == (_S.IN_ESAME, date(2026, 2, 5))


@pytest.mark.parametrize("stato", [_S.RITIRATO, _S.RESPINTO])
def test_si_riapre_la_bozza_e_i_passaggi_restano(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], stato: StatoProgramma
) -> None:
    porta(bozza, persone, stato)
    quanti = bozza.passaggi.count()
    risposta = accedi(persone.manager).post(pagina(bozza, _P.RIAPERTURA), {"il": "2026-03-01"})
    assert risposta.status_code == 302
    bozza.refresh_from_db()
    assert (bozza.stato, bozza.trasmesso_il, bozza.stato_dal) == (_S.BOZZA, None, date(2026, 3, 1))
    assert bozza.passaggi.count() == quanti + 1


def test_un_respingimento_ha_il_suo_atto_e_il_motivo(
    bozza: Programma, persone: Persone, client: Client
) -> None:
    porta(bozza, persone, _S.RESPINTO)
    passaggio = bozza.passaggi.get(azione=_P.RESPINGIMENTO)
    assert passaggio.atto is not None
    assert passaggio.nota == "Non ammissibile."
    assert client.get(bozza.get_absolute_url()).status_code == 404
    client.force_login(persone.manager)
    sopra = client.get(bozza.get_absolute_url()).content.decode().partition('id="procedura"')[0]
    assert "Il programma è respinto" in sopra
    assert "Non ammissibile." in sopra


# Le condizioni


def test_la_presa_in_carico_vuole_il_protocollo_dell_agenzia(bozza: Programma, persone: Persone) -> None:
    con_progettualita(bozza)
    trasmetti(
        programma=bozza,
        utente=persone.referente,
        il=date(2026, 1, 22),
        delibera=delibera(),
        protocollo_mittente="100",
    )
    assert PresaInCaricoForm(programma=bozza).fields["protocollo_ricevente"].required
    with pytest.raises(DatiNonValidi) as errore:
        compi(_P.PRESA_IN_CARICO, programma=bozza, utente=persone.agenzia)
    assert "protocollo_ricevente" in errore.value.campi
    passaggio = compi(
        _P.PRESA_IN_CARICO, programma=bozza, utente=persone.agenzia, protocollo_ricevente=" 4711 "
    )
    assert passaggio.protocollo_ricevente == "4711"


def test_un_rinvio_dice_che_cosa_correggere(bozza: Programma, persone: Persone) -> None:
    porta(bozza, persone, _S.IN_ESAME)
    with pytest.raises(DatiNonValidi, match="integrato o corretto"):
        compi(_P.RINVIO, programma=bozza, utente=persone.agenzia, nota=" ")
    osservazione(bozza, persone.agenzia)
    assert compi(_P.RINVIO, programma=bozza, utente=persone.agenzia).nota == "Si veda l'osservazione n. 1."


def test_non_si_propone_con_un_osservazione_aperta(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    porta(bozza, persone, _S.IN_ESAME)
    osservazione(bozza, persone.agenzia)
    client, proposta = accedi(persone.agenzia), pagina(bozza, _P.PROPOSTA)
    assert "Osservazioni aperte" in client.get(proposta).content.decode()
    risposta = client.post(proposta, {"il": "2026-02-01", "nota": "Una nota scritta prima."})
    assert risposta.status_code == 422
    assert "Il programma ha 1 osservazione aperta" in risposta.content.decode()
    assert "Una nota scritta prima." in risposta.content.decode()
    with pytest.raises(StatoNonAmmesso):
        compi(_P.PROPOSTA, programma=bozza, utente=persone.agenzia)


@pytest.mark.parametrize("giorno", [date(2026, 1, 1), date(2999, 1, 1)])
def test_un_passaggio_non_e_nel_futuro_ne_prima_del_precedente(
    bozza: Programma, persone: Persone, giorno: date
) -> None:
    porta(bozza, persone, _S.TRASMESSO)
    with pytest.raises(DatiNonValidi) as errore:
        compi(_P.PRESA_IN_CARICO, programma=bozza, utente=persone.agenzia, il=giorno)
    assert "il" in errore.value.campi


def test_lo_stato_che_non_lo_permette_si_spiega(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    for azione in (_P.PRESA_IN_CARICO, _P.RINVIO, _P.PROPOSTA):
        risposta = accedi(persone.agenzia).get(pagina(bozza, azione), follow=True)
        assert "Il programma è nello stato «bozza»: non si può" in risposta.content.decode()
        with pytest.raises(StatoNonAmmesso):
            compi(azione, programma=bozza, utente=persone.agenzia, nota="x")
    assert accedi(persone.agenzia).get(pagina(bozza, "volo")).status_code == 404
    assert not bozza.passaggi.exists()


# Chi


@pytest.mark.parametrize("come", ["scritto", "proposto", "trasmesso"])
def test_nessuno_approva_il_proprio(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], come: str
) -> None:
    """Il dirigente che è anche manager, referente per l'attività o referente amministrativo."""
    porta(bozza, persone, _S.ALLA_FIRMA)
    assert puo(APPROVAZIONE, persone.dirigente, bozza) == Ruolo.DIRIGENTE
    if come == "scritto":
        bozza.autori.add(persone.dirigente)
    else:
        azione = _P.PROPOSTA if come == "proposto" else _P.TRASMISSIONE
        bozza.passaggi.filter(azione=azione).update(utente=persone.dirigente)
    assert puo(APPROVAZIONE, persone.dirigente, bozza) is None
    risposta = accedi(persone.dirigente).get(pagina(bozza, _P.APPROVAZIONE))
    assert risposta.status_code == 403
    assert NON_APPROVA_IL_PROPRIO in risposta.content.decode()
    with pytest.raises(PermissionDenied, match="Nessuno approva"):
        approva(programma=bozza, utente=persone.dirigente, **estremi())


def test_chi_scrive_e_tra_gli_autori(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    pagina_premessa = indirizzo("programma-premessa", bozza)
    versione = accedi(persone.manager).get(pagina_premessa).context["form"]["versione"].value()
    accedi(persone.manager).post(pagina_premessa, {"premessa": "Nuova", "versione": versione})
    assert list(bozza.autori.all()) == [persone.manager]
    accedi(persone.referente).post(reverse("programma-nuovo", args=[CODICE]), {"anno": "2027"})
    nuovo = Programma.objects.get(distretto__codice=CODICE, anno=2027)
    assert list(nuovo.autori.all()) == [persone.referente]


def test_il_sostituto_puo_nei_suoi_giorni_cio_che_puo_il_dirigente(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    oggi, autorita = timezone.localdate(), bozza.distretto.autorita
    porta(bozza, persone, _S.PROPOSTO)
    sostituto = persone.estraneo
    incarico = Incarico.objects.create(
        utente=sostituto, ruolo=Ruolo.SOSTITUTO, autorita=autorita, dal=oggi - timedelta(5), al=oggi
    )
    passaggio = compi(_P.MESSA_ALLA_FIRMA, programma=bozza, utente=sostituto)
    assert passaggio.ruolo == Ruolo.SOSTITUTO
    assert accedi(sostituto).get(pagina(bozza, _P.APPROVAZIONE)).status_code == 200
    incarico.al = oggi - timedelta(1)
    incarico.save()
    da_ieri = Utente.objects.get(pk=sostituto.pk)
    assert accedi(da_ieri).get(pagina(bozza, _P.APPROVAZIONE)).status_code == 404
    with pytest.raises(PermissionDenied):
        approva(programma=bozza, utente=da_ieri, **estremi(data=oggi))


def test_a_chi_aveva_l_incarico_alla_trasmissione_resta_la_replica(
    bozza: Programma, persone: Persone
) -> None:
    porta(bozza, persone, _S.INTEGRAZIONI_RICHIESTE)
    assert ruolo_di_replica(persone.manager, bozza) == Ruolo.MANAGER
    assert ruolo_di_replica(persone.manager_scaduto, bozza) == Ruolo.MANAGER
    assert ruolo_di_replica(persone.manager_altro, bozza) is None
    assert ruolo_di_replica(persone.agenzia, bozza) is None
    persone.manager_scaduto.incarichi.update(al=date(2026, 1, 1))
    assert ruolo_di_replica(persone.manager_scaduto, bozza) is None


# In due insieme


def test_chi_arriva_secondo_sa_chi_ha_fatto_che_cosa(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    porta(bozza, persone, _S.IN_ESAME)
    client = accedi(persone.agenzia)
    dopo = client.get(pagina(bozza, _P.RINVIO)).context["form"]["dopo"].value()
    compi(_P.PROPOSTA, programma=bozza, utente=persone.agenzia, il=date(2026, 2, 2))
    dati = {"dopo": dopo, "nota": "Mancano i tempi.", "il": "2026-02-03"}
    risposta = client.post(pagina(bozza, _P.RINVIO), dati)
    assert risposta.status_code == 409
    testo = risposta.content.decode()
    assert "Nel frattempo è stato registrato un altro passaggio da agenzia" in testo
    assert "proposta di approvazione, in data 2 febbraio 2026" in testo
    assert "Mancano i tempi." in testo
    assert "non si può più fare" in testo
    assert bozza.passaggi.count() == 3
    with pytest.raises(SuperatoNelFrattempo):
        compi(_P.RINVIO, programma=bozza, utente=persone.agenzia, nota="x", dopo=dopo)


def test_se_si_puo_ancora_lo_si_rimanda(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    """Restituito, rivisto e riproposto mentre la pagina della firma era aperta."""
    porta(bozza, persone, _S.PROPOSTO)
    client = accedi(persone.dirigente)
    dopo = client.get(pagina(bozza, _P.MESSA_ALLA_FIRMA)).context["form"]["dopo"].value()
    giorno = date(2026, 2, 3)
    compi(_P.RESTITUZIONE, programma=bozza, utente=persone.dirigente, il=giorno, nota="Da rivedere.")
    compi(_P.PROPOSTA, programma=bozza, utente=persone.agenzia, il=giorno)
    dati = {"dopo": dopo, "il": "2026-02-04", "nota": "Va bene."}
    secondo = client.post(pagina(bozza, _P.MESSA_ALLA_FIRMA), dati)
    assert secondo.status_code == 409
    nuovo = secondo.context["form"]["dopo"].value()
    assert str(nuovo) == "5"
    assert client.post(pagina(bozza, _P.MESSA_ALLA_FIRMA), dati | {"dopo": nuovo}).status_code == 302


def test_in_due_insieme_uno_solo_trasmette(a_due_mani: Persone) -> None:
    bozza = bozza_completa()
    esiti = in_due(*[lambda: trasmesso(bozza, a_due_mani.referente)] * 2)
    assert sorted(type(esito).__name__ for esito in esiti) == ["Programma", "StatoNonAmmesso"]
    assert Passaggio.objects.filter(programma=bozza).count() == 1


def test_approvare_e_restituire_insieme_non_si_puo(a_due_mani: Persone) -> None:
    bozza = porta(bozza_completa(), a_due_mani, _S.ALLA_FIRMA)
    dopo = bozza.passaggi.count()
    chi: dict[str, Any] = {"programma": bozza, "utente": a_due_mani.dirigente, "dopo": dopo}
    esiti = in_due(
        lambda: approva(**chi, **estremi()),
        lambda: compi(_P.RESTITUZIONE, **chi, nota="x", il=APPROVATO_IL),
    )
    assert sorted(type(esito).__name__ for esito in esiti) == ["Passaggio", "SuperatoNelFrattempo"]
    assert Passaggio.objects.filter(programma=bozza).count() == dopo + 1


def test_scrivere_mentre_si_trasmette_non_cambia_cio_che_e_trasmesso(a_due_mani: Persone) -> None:
    bozza = bozza_completa()
    in_due(
        lambda: trasmesso(bozza, a_due_mani.referente),
        lambda: salva_premessa(programma=bozza, premessa="Nuova"),
    )
    with pytest.raises(StatoNonAmmesso):
        salva_premessa(programma=bozza, premessa="Troppo tardi")
    assert Programma.objects.get(pk=bozza.pk).premessa != "Troppo tardi"


def test_chi_puo_un_passaggio_lo_puo_in_un_ruolo(bozza: Programma, persone: Persone) -> None:
    for nome, persona in vars(persone).items():
        ruolo = puo(PRESA_IN_CARICO, persona, bozza)
        assert (ruolo is not None) is (nome == "agenzia"), nome

"""Gli avvisi: a chi, una volta sola, nel sito e per posta; un messaggio per raffica, mai due volte."""

import smtplib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from distretti.models import Autorita, Distretto, Incarico, Ruolo, Utente
from programmi.avvisi import avvisa, persone_con, salva_preferenze
from programmi.models import Avviso, GenereAvviso, PreferenzaAvvisi, Programma, Scadenza
from programmi.posta_avvisi import spedisci
from programmi.promemoria import scrivi_promemoria
from tests.conftest import Persone
from tests.programmi.passi import porta

pytestmark = pytest.mark.django_db

Accedi = Callable[[Utente], Client]


def oggi() -> date:
    """Asked each time: the tests may go on after midnight."""
    return timezone.localdate()


def adesso(**dopo: float) -> datetime:
    return timezone.now() + timedelta(**dopo)


def con_posta(*persone: Utente) -> None:
    for persona in persone:
        persona.email = f"{persona.username}@example.org"
        persona.save(update_fields=["email"])


def di(utente: Utente) -> list[tuple[str, str]]:
    """I generi e la fine del testo degli avvisi di una persona, dal primo."""
    righe = Avviso.objects.filter(utente=utente).order_by("pk")
    return [(a.genere, a.testo.rpartition(": ")[2]) for a in righe]


def prova(utente: Utente, chiave: str = "prova/1", **altro: Any) -> None:
    dati: dict[str, Any] = {"genere": GenereAvviso.DA_FARE, "programma": None, "percorso": "/scrivania/"}
    avvisa(a=[utente], testo=f"Prova {chiave}.", chiave=chiave, **dati | altro)


def test_ogni_passaggio_dice_a_chi_tocca(persone: Persone, bozza: Programma) -> None:
    porta(bozza, persone, "in_attuazione")
    assert di(persone.agenzia) == [
        ("da_fare", "è trasmesso e aspetta la presa in carico."),
        ("da_fare", "è approvato e aspetta la pubblicazione."),
    ]
    assert di(persone.dirigente) == [("da_fare", "è proposto per l'approvazione.")]
    for chi in (persone.manager, persone.referente, persone.coordinatore):
        assert di(chi) == [("esito", "è approvato."), ("esito", "è pubblicato e in attuazione.")]
    for chi in (persone.auditor, persone.verificatore, persone.manager_altro, persone.manager_scaduto):
        assert not di(chi)


def test_ciò_che_torna_e_ciò_che_e_respinto(persone: Persone, bozza: Programma) -> None:
    porta(bozza, persone, "integrazioni_richieste")
    for chi in (persone.manager, persone.referente):
        assert di(chi) == [("restituzione", "l'Agenzia chiede integrazioni.")]
    assert not di(persone.coordinatore)


def test_non_contiene_nomi_di_persone_ne_percentuali(persone: Persone, bozza: Programma) -> None:
    porta(bozza, persone, "respinto")
    nomi = list(Utente.objects.values_list("nome_esteso", flat=True))
    testi = list(Avviso.objects.values_list("testo", flat=True))
    assert testi
    assert not [t for t in testi if "%" in t or any(nome in t.split() for nome in nomi)]


def test_il_sostituto_riceve_nei_suoi_giorni(persone: Persone, bozza: Programma) -> None:
    autorita = bozza.distretto.autorita
    for utente, al in ((persone.estraneo, None), (persone.verificatore, oggi() - timedelta(days=1))):
        Incarico.objects.create(
            utente=utente, ruolo=Ruolo.SOSTITUTO, autorita=autorita, dal=oggi() - timedelta(days=9), al=al
        )
    assert set(persone_con(bozza, (Ruolo.SOSTITUTO,))) == {persone.estraneo.pk}


def test_la_stessa_cosa_non_si_dice_due_volte(persone: Persone) -> None:
    for _ in range(2):
        prova(persone.manager)
    prova(persone.manager, "prova/2", autore=persone.manager)
    assert Avviso.objects.filter(utente=persone.manager).count() == 1


def test_si_leggono_nel_sito_e_si_segnano_letti(persone: Persone, bozza: Programma, accedi: Accedi) -> None:
    for n in range(3):
        prova(persone.manager, f"prova/{n}", programma=bozza, percorso="")
    client = accedi(persone.manager)
    pagina = client.get("/avvisi/").content.decode()
    assert "3<span" in pagina
    assert "Prova prova/2." in pagina
    primo = Avviso.objects.filter(utente=persone.manager).order_by("pk")[0]
    assert client.post(f"/avvisi/{primo.pk}/letto/", {"vai": "1"})["Location"] == bozza.get_absolute_url()
    assert client.post(f"/avvisi/{primo.pk}/letto/")["Location"] == "/avvisi/"
    assert "Prova prova/0." not in client.get("/avvisi/").content.decode()
    assert "Prova prova/0." in client.get("/avvisi/?tutti=1").content.decode()
    prova(persone.manager, "prova/dopo")
    ultimo = Avviso.objects.filter(chiave="prova/2").get().pk
    assert client.post("/avvisi/letti/", {"fino": ultimo})["Location"] == "/avvisi/"
    assert [a.chiave for a in Avviso.objects.filter(utente=persone.manager).da_leggere()] == ["prova/dopo"]
    for mal_scritto in ({"fino": "9" * 400}, {"fino": "tutti"}, {}):
        client.post("/avvisi/letti/", mal_scritto)
        assert Avviso.objects.filter(utente=persone.manager).da_leggere().count() == 1
    client.post("/avvisi/letti/", {"fino": "9" * 18})
    assert not Avviso.objects.filter(utente=persone.manager).da_leggere().exists()


def test_quelli_degli_altri_non_esistono(persone: Persone, accedi: Accedi) -> None:
    prova(persone.manager)
    suo = Avviso.objects.get()
    for chi in (persone.referente, persone.agenzia, persone.estraneo):
        assert accedi(chi).post(f"/avvisi/{suo.pk}/letto/").status_code == 404
        accedi(chi).post("/avvisi/letti/", {"fino": "9" * 18})
        assert "Prova prova/1" not in accedi(chi).get("/avvisi/?tutti=1").content.decode()
    for indirizzo in (f"/avvisi/{suo.pk}/letto/", "/avvisi/letti/", "/avvisi/preferenze/salva/"):
        assert accedi(persone.manager).get(indirizzo).status_code == 405
        assert Client().post(indirizzo)["Location"].startswith("/accesso/")
    suo.refresh_from_db()
    assert suo.letto_alle is None


def test_finito_l_incarico_gli_avvisi_dei_programmi_non_si_leggono_piu(
    persone: Persone, bozza: Programma, accedi: Accedi
) -> None:
    con_posta(persone.manager)
    prova(persone.manager, programma=bozza, percorso="")
    Incarico.objects.filter(utente=persone.manager).update(al=oggi() - timedelta(days=1))
    assert "Prova prova/1" not in accedi(persone.manager).get("/avvisi/?tutti=1").content.decode()
    assert spedisci(adesso(hours=2)).spediti == 0
    assert not mail.outbox


def test_una_raffica_un_messaggio(persone: Persone, bozza: Programma, settings: Any) -> None:
    settings.INDIRIZZO_DEL_SITO = "https://distretti.example.org"
    con_posta(persone.manager, persone.referente)
    for n in range(3):
        prova(persone.manager, f"prova/{n}", programma=bozza, percorso="")
    prova(persone.agenzia)
    assert spedisci(adesso(minutes=9)).spediti == 0
    assert spedisci(adesso(minutes=10)).spediti == 1
    (messaggio,) = mail.outbox
    assert messaggio.to == ["manager@example.org"]
    assert messaggio.subject == "Distretti famiglia: 3 novità da leggere"
    assert messaggio.body.count(f"https://distretti.example.org{bozza.get_absolute_url()}\n") == 3
    assert "https://distretti.example.org/avvisi/preferenze/" in messaggio.body
    assert spedisci(adesso(hours=5)).spediti == 0
    assert len(mail.outbox) == 1


def test_una_raffica_che_non_finisce_non_rimanda_per_sempre(persone: Persone) -> None:
    con_posta(persone.manager)
    prova(persone.manager)
    Avviso.objects.update(creato_alle=adesso(hours=-2))
    prova(persone.manager, "prova/2")
    assert spedisci(adesso()).spediti == 1
    assert mail.outbox[0].body.count("- Prova") == 2


def test_cio_che_si_e_letto_o_non_si_vuole_non_parte(persone: Persone, accedi: Accedi) -> None:
    con_posta(persone.manager, persone.referente)
    prova(persone.manager)
    accedi(persone.manager).post("/avvisi/letti/", {"fino": "9" * 18})
    salva_preferenze(PreferenzaAvvisi(utente=persone.referente, esito=False))
    prova(persone.referente, "prova/esito", genere=GenereAvviso.ESITO)
    prova(persone.referente, "prova/fare")
    accedi(persone.referente).post("/avvisi/preferenze/salva/", {"scadenza": "on"})
    assert spedisci(adesso(hours=2)).spediti == 0
    assert [a.per_posta for a in Avviso.objects.filter(utente=persone.referente)] == [False, False]
    assert len(Avviso.objects.filter(utente=persone.referente).da_leggere()) == 2


def test_le_scelte_si_vedono_e_si_salvano(persone: Persone, accedi: Accedi) -> None:
    con_posta(persone.manager)
    client = accedi(persone.manager)
    assert "manager@example.org" in client.get("/avvisi/preferenze/").content.decode()
    assert client.post("/avvisi/preferenze/salva/", {"esito": "on", "giornaliero": "on"}).status_code == 302
    scelte = PreferenzaAvvisi.objects.get(utente=persone.manager)
    assert (scelte.esito, scelte.da_fare, scelte.giornaliero) == (True, False, True)
    assert "non ha un indirizzo" in accedi(persone.auditor).get("/avvisi/preferenze/").content.decode()


def test_il_riassunto_parte_una_volta_al_giorno_dalle_sette(persone: Persone) -> None:
    con_posta(persone.manager)
    salva_preferenze(PreferenzaAvvisi(utente=persone.manager, giornaliero=True))
    prova(persone.manager)
    sei, otto = (timezone.localtime().replace(hour=ora, minute=0) for ora in (6, 8))
    assert spedisci(sei).spediti == 0
    assert spedisci(otto).spediti == 1
    prova(persone.manager, "prova/2")
    assert spedisci(otto + timedelta(hours=5)).spediti == 0
    assert spedisci(otto + timedelta(days=1)).spediti == 1


@pytest.mark.parametrize("come", ["ucciso", "connessione persa"])
def test_se_si_ferma_tra_la_spedizione_e_il_segno_non_parte_due_volte(persone: Persone, come: str) -> None:
    """Al massimo una volta: l'avviso resta da leggere nel sito."""
    con_posta(persone.manager)
    prova(persone.manager)
    guasto = KeyboardInterrupt if come == "ucciso" else smtplib.SMTPServerDisconnected
    with mock.patch("programmi.posta_avvisi.EmailMessage.send", side_effect=guasto("giù")):
        if come == "ucciso":
            with pytest.raises(KeyboardInterrupt):
                spedisci(adesso(hours=2))
        else:
            assert spedisci(adesso(hours=2)).incerti == 1
    assert spedisci(adesso(hours=3)).spediti == 0
    assert not mail.outbox
    assert Avviso.objects.filter(utente=persone.manager).da_leggere().count() == 1


def test_cio_che_il_server_rifiuta_si_ritenta_ma_non_per_sempre(persone: Persone) -> None:
    con_posta(persone.manager)
    prova(persone.manager)
    no = smtplib.SMTPRecipientsRefused({"manager@example.org": (550, b"no")})
    with mock.patch("programmi.posta_avvisi.EmailMessage.send", side_effect=no):
        esiti = [spedisci(adesso(hours=ora)).rifiutati for ora in range(1, 8)]
    assert esiti == [1, 1, 1, 1, 1, 0, 0]


def test_senza_il_server_di_posta_nulla_e_preso(persone: Persone) -> None:
    con_posta(persone.manager)
    prova(persone.manager)
    Avviso.objects.update(creato_alle=adesso(hours=-2))
    giu = mock.patch("django.core.mail.backends.locmem.EmailBackend.open", side_effect=OSError("giù"))
    with giu, pytest.raises(CommandError, match="non risponde"):
        call_command("avvisi")
    call_command("avvisi")
    assert len(mail.outbox) == 1


def test_due_insieme_non_prendono_gli_stessi_avvisi(persone: Persone) -> None:
    """Mentre uno spedisce, l'altro non trova più nulla da prendere."""
    con_posta(persone.manager)
    prova(persone.manager)
    vera, altri = mail.EmailMessage.send, []

    def intanto(messaggio: mail.EmailMessage, *altro: Any) -> int:
        with mock.patch("programmi.posta_avvisi.EmailMessage.send", vera):
            altri.append(spedisci(adesso(hours=2)).spediti)
        return vera(messaggio, *altro)

    with mock.patch("programmi.posta_avvisi.EmailMessage.send", intanto):
        assert spedisci(adesso(hours=2)).spediti == 1
    assert altri == [0]
    assert len(mail.outbox) == 1


def scadenza(autorita: Autorita, **valori: Any) -> Scadenza:
    dati = {"anno": 2026, "azione": "trasmissione", "fonte": "Atto", "preavviso": 10, "sollecito": 3}
    return Scadenza.objects.create(autorita=autorita, **dati | valori)


def test_i_promemoria_prima_e_dopo_una_volta_ciascuno(persone: Persone, bozza: Programma) -> None:
    riga = scadenza(bozza.distretto.autorita, giorno=oggi())
    attesi = {-11: 0, -10: 1, -5: 1, 0: 1, 2: 1, 3: 2, 30: 2}
    for giorni, quanti in attesi.items():
        scrivi_promemoria(oggi() + timedelta(days=giorni))
        assert len(di(persone.manager)) == len(di(persone.referente)) == quanti, giorni
    riga.giorno = oggi() + timedelta(days=60)
    riga.save()
    scrivi_promemoria(oggi() + timedelta(days=55))
    assert len(di(persone.manager)) == 3
    assert not di(persone.agenzia)
    assert {a.programma for a in Avviso.objects.filter(utente=persone.manager)} == {bozza}


def test_il_promemoria_va_a_chi_tocca_ora(persone: Persone, bozza: Programma) -> None:
    porta(bozza, persone, "in_esame")
    Avviso.objects.all().delete()
    scadenza(bozza.distretto.autorita, giorno=oggi())
    scadenza(bozza.distretto.autorita, azione="approvazione", giorno=oggi())
    scadenza(bozza.distretto.autorita, azione="", stato="in_esame", giorni=5, giorno=None)
    scrivi_promemoria(oggi())
    assert {g for g, _ in di(persone.agenzia)} == {"scadenza"}
    assert len(di(persone.agenzia)) == 2
    assert not di(persone.manager)


def test_anche_chi_non_ha_ancora_cominciato_e_avvisato(persone: Persone, accedi: Accedi) -> None:
    distretto = Distretto.objects.get(codice="dfa-alta-valsugana")
    scadenza(distretto.autorita, anno=2027, giorno=oggi())
    scrivi_promemoria(oggi())
    (avviso,) = Avviso.objects.filter(utente=persone.manager)
    assert "programma 2027 non ancora cominciato" in avviso.testo
    assert accedi(persone.manager).get(avviso.percorso).status_code == 200


def test_chi_ha_un_incarico_che_finisce_lo_sa_una_volta(persone: Persone) -> None:
    Incarico.objects.filter(utente=persone.manager).update(al=oggi() + timedelta(days=30))
    Incarico.objects.filter(utente=persone.auditor).update(al=oggi() + timedelta(days=31))
    rinnovato = Incarico.objects.get(utente=persone.referente)
    Incarico.objects.filter(pk=rinnovato.pk).update(al=oggi() + timedelta(days=3))
    Incarico.objects.create(
        utente=persone.referente,
        ruolo=rinnovato.ruolo,
        distretto=rinnovato.distretto,
        dal=oggi() + timedelta(days=4),
    )
    for _ in range(2):
        scrivi_promemoria(oggi())
    assert [a.utente for a in Avviso.objects.all()] == [persone.manager]


def test_il_comando_fa_tutto_e_si_puo_ripetere(
    persone: Persone, bozza: Programma, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.AVVISI_QUIETE = 0
    con_posta(persone.manager)
    scadenza(bozza.distretto.autorita, giorno=oggi())
    for atteso in ("1 messaggio spedito.", "0 messaggi spediti."):
        call_command("avvisi")
        assert capsys.readouterr().out.strip() == atteso
    assert "il termine scade" in mail.outbox[0].subject
    assert "\n" not in mail.outbox[0].subject

"""Le osservazioni: chi le scrive, chi replica, chi le chiude; le aperte sono ciò che c'è da correggere."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Evento, Incarico, Ruolo, Utente
from programmi.models import Avviso, AzionePassaggio, Indicatore, Osservazione, Programma, Replica
from programmi.oggetti import leggi_oggetto
from programmi.osservazioni import aperte
from programmi.procedura import compi
from programmi.services import elimina_progettualita
from programmi.services.osservazioni import OsservazioneChiusa, chiudi, osserva, replica
from tests.conftest import CODICE, Persone
from tests.programmi.ingressi import con_progettualita, in_due
from tests.programmi.passi import porta

Accedi = Callable[[Utente], Client]


def url(nome: str, *altro: int, anno: int = 2026) -> str:
    return reverse(nome, args=[CODICE, anno, *altro])


@pytest.fixture
def in_esame(bozza: Programma, persone: Persone) -> Programma:
    con_progettualita(bozza, 2)
    return porta(bozza, persone, "in_esame")


@pytest.fixture
def osservazione(in_esame: Programma, persone: Persone) -> Osservazione:
    return osserva(
        programma=in_esame, utente=persone.agenzia, oggetto="2.1.regola", testo="La percentuale non torna."
    )


@pytest.fixture
def rinviato(osservazione: Osservazione, persone: Persone) -> Programma:
    compi(
        AzionePassaggio.RINVIO,
        programma=osservazione.programma,
        utente=persone.agenzia,
        il=timezone.localdate(),
    )
    osservazione.programma.refresh_from_db()
    return osservazione.programma


@pytest.mark.parametrize(
    ("codice", "etichetta"),
    [
        ("", "Programma nel suo insieme"),
        ("premessa", "Premessa"),
        ("P4", "Progettualità 4"),
        ("P4.titolo", "Progettualità 4: titolo"),
        ("4.2.regola", "Progettualità 4, riga 4.2: regola"),
        ("obb.3", "Riga obbligatoria obb.3"),
    ],
)
def test_ogni_oggetto_si_scrive_e_si_legge(codice: str, etichetta: str) -> None:
    oggetto = leggi_oggetto(codice)
    assert (oggetto.codice, oggetto.etichetta) == (codice, etichetta)


@pytest.mark.parametrize("codice", ["P0", "P4.regola", "4.2.titolo", "obb", "altro", "P4.", "4.2.3", "P4\n"])
def test_cio_che_non_e_una_parte_del_programma_non_e_un_oggetto(codice: str) -> None:
    with pytest.raises(ValueError, match="non è una parte"):
        leggi_oggetto(codice)


class TestServizi:
    def test_dall_osservazione_alla_chiusura(
        self, osservazione: Osservazione, rinviato: Programma, persone: Persone
    ) -> None:
        assert [o.numero for o in aperte(rinviato)] == [1]
        replica(osservazione=osservazione, utente=persone.manager, testo="Corretta.")
        replica(osservazione=osservazione, utente=persone.referente, testo="Anche il testo.")
        osservazione.refresh_from_db()
        assert osservazione.stato == "replicata"
        assert [(r.ordine, r.ruolo) for r in osservazione.repliche.all()] == [
            (1, "manager"),
            (2, "referente_amministrativo"),
        ]
        assert aperte(rinviato).count() == 1
        Programma.objects.filter(pk=rinviato.pk).update(stato="in_esame")
        chiusa = chiudi(osservazione=osservazione, utente=persone.dirigente, nota="Va bene.")
        assert (chiusa.chiusa_da, chiusa.chiusa_ruolo) == (persone.dirigente, "dirigente")
        assert not aperte(rinviato).exists()
        azioni = [evento.azione for evento in Evento.objects.order_by("-numero")[:4]]
        assert azioni == [
            "osservazione.chiusa",
            "osservazione.replica",
            "osservazione.replica",
            "programma.rinvio",
        ]

    def test_chi_ha_osservato_riceve_l_avviso_della_replica(
        self, osservazione: Osservazione, rinviato: Programma, persone: Persone
    ) -> None:
        replica(osservazione=osservazione, utente=persone.manager, testo="Corretta.")
        avviso = Avviso.objects.get(genere="risposta", utente=persone.agenzia)
        assert avviso.percorso == url("osservazioni")

    def test_con_un_osservazione_aperta_il_programma_non_si_propone(
        self, osservazione: Osservazione, persone: Persone
    ) -> None:
        programma = osservazione.programma
        oggi = timezone.localdate()
        with pytest.raises((StatoNonAmmesso, DatiNonValidi)):
            compi(AzionePassaggio.PROPOSTA, programma=programma, utente=persone.agenzia, il=oggi)
        chiudi(osservazione=osservazione, utente=persone.agenzia)
        compi(AzionePassaggio.PROPOSTA, programma=programma, utente=persone.agenzia, il=oggi)

    def test_l_osservazione_segue_la_riga_e_resta_quando_la_riga_se_ne_va(
        self, osservazione: Osservazione, rinviato: Programma, persone: Persone
    ) -> None:
        prima, seconda = rinviato.progettualita.order_by("numero")
        elimina_progettualita(progettualita=prima)
        osservazione = Osservazione.objects.get()
        assert osservazione.etichetta == "Progettualità 1, riga 1.1: regola"
        elimina_progettualita(progettualita=seconda)
        osservazione = Osservazione.objects.get()
        assert osservazione.etichetta == "Progettualità 2, riga 2.1: regola (non c'è più)"

    @pytest.mark.parametrize("oggetto", ["P9", "2.9", "obb.99", "niente"])
    def test_si_osserva_soltanto_cio_che_c_e(
        self, in_esame: Programma, persone: Persone, oggetto: str
    ) -> None:
        with pytest.raises(DatiNonValidi) as errore:
            osserva(programma=in_esame, utente=persone.agenzia, oggetto=oggetto, testo="Testo")
        assert list(errore.value.campi) == ["oggetto"]

    def test_un_testo_di_soli_spazi_non_e_un_osservazione(
        self, in_esame: Programma, persone: Persone
    ) -> None:
        with pytest.raises(DatiNonValidi):
            osserva(programma=in_esame, utente=persone.agenzia, oggetto="", testo=" \n ")

    @pytest.mark.parametrize("chi", ["manager", "referente", "auditor", "verificatore", "manager_altro"])
    def test_osserva_e_chiude_chi_esamina(
        self, osservazione: Osservazione, persone: Persone, chi: str
    ) -> None:
        utente = getattr(persone, chi)
        with pytest.raises(PermissionDenied):
            osserva(programma=osservazione.programma, utente=utente, oggetto="", testo="Testo")
        with pytest.raises(PermissionDenied):
            chiudi(osservazione=osservazione, utente=utente)

    def test_replica_il_distretto_e_soltanto_quando_gli_e_chiesto(
        self, osservazione: Osservazione, persone: Persone
    ) -> None:
        with pytest.raises(StatoNonAmmesso):
            replica(osservazione=osservazione, utente=persone.manager, testo="Presto")
        compi(
            AzionePassaggio.RINVIO,
            programma=osservazione.programma,
            utente=persone.agenzia,
            il=timezone.localdate(),
        )
        for chi in (persone.agenzia, persone.coordinatore, persone.estraneo):
            with pytest.raises(PermissionDenied):
                replica(osservazione=osservazione, utente=chi, testo="Testo")
        with pytest.raises(StatoNonAmmesso):
            chiudi(osservazione=osservazione, utente=persone.agenzia)

    @pytest.mark.django_db(transaction=True)
    def test_due_che_chiudono_insieme(self, osservazione: Osservazione, persone: Persone) -> None:
        esiti = in_due(
            lambda: chiudi(osservazione=osservazione, utente=persone.agenzia),
            lambda: chiudi(osservazione=osservazione, utente=persone.dirigente),
        )
        assert sorted(type(esito).__name__ for esito in esiti) == ["Osservazione", "OsservazioneChiusa"]
        (rifiuto,) = [esito for esito in esiti if isinstance(esito, OsservazioneChiusa)]
        assert "Nel frattempo" in rifiuto.messaggio


@pytest.mark.parametrize(
    ("vincolo", "campi"),
    [
        ("osservazione_con_testo", {"testo": ""}),
        ("osservazione_in_un_ruolo", {"ruolo": ""}),
        ("osservazione_campo_ammesso", {"campo": "inventato"}),
        ("osservazione_stato_ammesso", {"stato": "sospesa"}),
        ("osservazione_chiusa_da_qualcuno", {"stato": "chiusa"}),
        ("osservazione_chiusa_da_qualcuno", {"chiusa_nota": "Una nota"}),
    ],
)
def test_il_database_rifiuta_cio_che_non_sta_insieme(
    osservazione: Osservazione, vincolo: str, campi: dict[str, str]
) -> None:
    with pytest.raises(IntegrityError, match=vincolo), transaction.atomic():
        Osservazione.objects.filter(pk=osservazione.pk).update(**campi)


def test_progettualita_oppure_riga(osservazione: Osservazione) -> None:
    azione = osservazione.programma.progettualita.earliest("numero")
    with pytest.raises(IntegrityError, match="osservazione_oggetto_uno_solo"), transaction.atomic():
        Osservazione.objects.filter(pk=osservazione.pk).update(progettualita=azione)


class TestPagine:
    def test_l_agenzia_scrive_e_chiude(self, in_esame: Programma, persone: Persone, accedi: Accedi) -> None:
        agenzia = accedi(persone.agenzia)
        nuova = agenzia.get(url("osservazione-nuova") + "?oggetto=2.1.regola")
        assert nuova.context["form"].initial == {"parte": "2.1", "campo": "regola"}
        corpo = {"parte": "2.1", "campo": "regola", "testo": "La percentuale non torna."}
        assert agenzia.post(url("osservazione-nuova"), corpo).status_code == 302
        pagina = agenzia.get(url("osservazioni")).content.decode()
        assert "Progettualità 2, riga 2.1: regola" in pagina
        assert "La percentuale non torna." in pagina
        assert agenzia.post(url("osservazione-chiudi", 1), {"nota": ""}).status_code == 302
        assert Osservazione.objects.get().stato == "chiusa"

    @pytest.mark.parametrize(
        "corpo",
        [
            {"parte": "tutto", "campo": "titolo", "testo": "x"},
            {"parte": "P1", "campo": "regola", "testo": "x"},
            {"parte": "", "testo": "x"},
            {"parte": "P1", "testo": ""},
        ],
    )
    def test_un_modulo_sbagliato_torna_com_era(
        self, in_esame: Programma, persone: Persone, accedi: Accedi, corpo: dict[str, str]
    ) -> None:
        assert accedi(persone.agenzia).post(url("osservazione-nuova"), corpo).status_code == 422
        assert not Osservazione.objects.exists()

    def test_il_distretto_trova_che_cosa_correggere_dove_lo_scrive(
        self, osservazione: Osservazione, rinviato: Programma, persone: Persone, accedi: Accedi
    ) -> None:
        manager = accedi(persone.manager)
        assert osservazione.indicatore_id is not None
        riga = Indicatore.objects.get(pk=osservazione.indicatore_id)
        for nome, pk in (
            ("indicatore-regola", riga.pk),
            ("indicatore-modifica", riga.pk),
            ("progettualita-modifica", riga.progettualita_id),
        ):
            assert pk is not None
            pagina = manager.get(url(nome, pk)).content.decode()
            assert "1 osservazione aperta" in pagina, nome
            assert "La percentuale non torna." in pagina
        assert "1 osservazione aperta" in manager.get(url("programma-modifica")).content.decode()
        assert "osservazione aperta" not in manager.get(url("programma-premessa")).content.decode()
        elenco = manager.get(url("osservazioni")).content.decode()
        assert url("indicatore-regola", riga.pk) in elenco

    def test_l_osservazione_sul_campo_sta_accanto_al_campo(
        self, in_esame: Programma, persone: Persone, accedi: Accedi
    ) -> None:
        osserva(programma=in_esame, utente=persone.agenzia, oggetto="P1.tempi", testo="Da quando a quando?")
        compi(AzionePassaggio.RINVIO, programma=in_esame, utente=persone.agenzia, il=timezone.localdate())
        azione = in_esame.progettualita.get(numero=1)
        risposta = accedi(persone.manager).get(url("progettualita-modifica", azione.pk))
        (accanto,) = risposta.context["form"]["tempi"].osservazioni
        assert accanto.testo == "Da quando a quando?"
        campo, detta = "id_tempi", f"id_tempi_osservazione_{accanto.numero}"
        pagina = risposta.content.decode()
        assert f'id="{detta}"' in pagina
        assert detta in str(re.findall(rf'<[^>]*id="{campo}"[^>]*>', pagina))
        assert risposta.content.decode().count("Da quando a quando?") == 2

    def test_chi_replica_mentre_un_altro_chiude_non_perde_il_testo(
        self, osservazione: Osservazione, rinviato: Programma, persone: Persone, accedi: Accedi
    ) -> None:
        Programma.objects.filter(pk=rinviato.pk).update(stato="in_esame")
        chiudi(osservazione=osservazione, utente=persone.agenzia)
        Programma.objects.filter(pk=rinviato.pk).update(stato="integrazioni_richieste")
        corpo = {"testo": "Avevo scritto questo."}
        risposta = accedi(persone.manager).post(url("osservazione-replica", 1), corpo)
        assert risposta.status_code == 409
        assert "agenzia ha chiuso" in risposta.content.decode()
        assert "Avevo scritto questo." in risposta.content.decode()
        assert not Replica.objects.exists()

    def test_fuori_dallo_stato_si_torna_all_elenco(
        self, osservazione: Osservazione, persone: Persone, accedi: Accedi
    ) -> None:
        risposta = accedi(persone.manager).post(url("osservazione-replica", 1), {"testo": "x"})
        assert (risposta.status_code, risposta["Location"]) == (302, url("osservazioni"))
        assert not Replica.objects.exists()

    def test_chi_ha_finito_l_incarico_replica_e_non_vede_altro(
        self, osservazione: Osservazione, rinviato: Programma, persone: Persone, accedi: Accedi
    ) -> None:
        incarico = Incarico.objects.get(utente=persone.manager)
        incarico.al = timezone.localdate() - timedelta(days=1)
        incarico.save()
        assert rinviato.trasmesso_il is not None
        assert incarico.dal <= rinviato.trasmesso_il <= incarico.al
        manager = accedi(persone.manager)
        assert manager.get(url("programma")).status_code == 404
        pagina = manager.get(url("osservazioni"))
        assert "Il tuo incarico è finito" in pagina.content.decode()
        assert url("programma-modifica") not in pagina.content.decode()
        assert manager.post(url("osservazione-replica", 1), {"testo": "Rispondo io."}).status_code == 302
        assert Replica.objects.get().ruolo == Ruolo.MANAGER
        assert manager.get(url("osservazione-nuova")).status_code == 403

    def test_chi_non_era_in_carica_alla_trasmissione_e_un_estraneo(
        self, osservazione: Osservazione, rinviato: Programma, persone: Persone, accedi: Accedi
    ) -> None:
        Incarico.objects.filter(utente=persone.manager).update(al=date(2025, 12, 31))
        assert accedi(persone.manager).get(url("osservazioni")).status_code == 404
        assert accedi(persone.estraneo).get(url("osservazioni")).status_code == 404

    def test_del_programma_approvato_nessun_altro_le_legge(
        self, programma: Programma, persone: Persone, accedi: Accedi
    ) -> None:
        assert accedi(persone.estraneo).get(url("osservazioni", anno=2025)).status_code == 403
        assert accedi(persone.auditor).get(url("osservazioni", anno=2025)).status_code == 200

"""``carica_dimostrazione``: dati inventati solo dove si può, mai sopra quello che le persone hanno fatto."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from distretti.models import Incarico, Installazione, Ruolo, Utente
from programmi.completezza import completezza
from programmi.models import Programma, StatoProgramma
from tests.scheda.ingressi import contenuto
from valutazione.models import Evidenza, Imputazione, StatoEvidenza, StatoImputazione

pytestmark = pytest.mark.django_db

ACCOUNT = ["agenzia", "amministratore", "auditor", "coordinatore", "dirigente", "manager", "referente"]
PASSWORD = "parola-dimostrativa"


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISTRETTI_DEMO_PASSWORD", PASSWORD)


def carica() -> str:
    uscita = StringIO()
    call_command("carica_dimostrazione", stdout=uscita)
    return uscita.getvalue()


def rifiuta() -> str:
    prima = contenuto()
    with pytest.raises(CommandError) as rifiuto:
        carica()
    assert rifiuto.value.returncode == 2
    assert contenuto() == prima
    return str(rifiuto.value)


def test_su_un_installazione_vuota_carica_tutto_e_la_segna() -> None:
    detto = carica()
    assert Installazione.objects.dimostrazione()
    assert sorted(Utente.objects.values_list("username", flat=True)) == ACCOUNT
    assert "Evidenze inventate: 35." in detto
    assert PASSWORD not in detto
    assert Programma.objects.filter(distretto__codice="distretto-dimostrativo", anno=2025).exists()
    bozza = Programma.objects.get(distretto__codice="dfa-alta-valsugana", anno=2026)
    assert bozza.stato == StatoProgramma.BOZZA
    assert completezza(bozza).mancanze == ()


def test_gli_account_hanno_un_ufficio_per_nome_e_un_incarico() -> None:
    carica()
    for utente in Utente.objects.all():
        incarico = Incarico.objects.get(utente=utente)
        assert utente.nome_esteso == f"{Ruolo(incarico.ruolo).label} (dimostrazione)"
        assert utente.check_password(PASSWORD)
        assert not utente.is_superuser
        assert str(incarico.dal) == "2022-01-01"
        assert incarico.al is None
    di_distretto = Incarico.objects.filter(distretto__codice="dfa-alta-valsugana")
    assert sorted(i.utente.username for i in di_distretto) == ["coordinatore", "manager", "referente"]
    di_autorita = Incarico.objects.filter(autorita__codice="pat-acs")
    assert sorted(i.utente.username for i in di_autorita) == [
        "agenzia",
        "amministratore",
        "auditor",
        "dirigente",
    ]


def test_le_evidenze_le_ha_registrate_il_manager_e_verificate_l_agenzia() -> None:
    carica()
    evidenze = Evidenza.objects.filter(programma__distretto__codice="dfa-alta-valsugana")
    assert {e.registrata_da.username for e in evidenze if e.registrata_da} == {"manager"}
    assert not evidenze.filter(registrata_da__isnull=True).exists()
    for imputazione in Imputazione.objects.filter(evidenza__in=evidenze):
        if imputazione.stato == StatoImputazione.IN_ATTESA:
            assert imputazione.verificata_da is None
        else:
            assert imputazione.verificata_da is not None
            assert imputazione.verificata_da.username == "agenzia"


def test_la_seconda_volta_non_cambia_niente_e_lo_dice() -> None:
    carica()
    prima = contenuto()
    assert carica() == "Dimostrazione: c'era già tutto, niente da fare.\n"
    assert contenuto() == prima


def test_non_tocca_quello_che_le_persone_hanno_fatto() -> None:
    carica()
    manager = Utente.objects.get(username="manager")
    manager.set_password("un'altra password")
    manager.nome_esteso = "Un altro nome"
    manager.save()
    Incarico.objects.filter(utente__username="auditor").update(al="2025-01-31")
    Evidenza.objects.filter(codice="dim-03").update(
        stato=StatoEvidenza.RITIRATA, ritirata_da=manager, ritirata_alle="2025-06-01T10:00Z"
    )
    Evidenza.objects.filter(codice="dim-04").update(titolo="Titolo cambiato")
    Programma.objects.filter(anno=2026).update(premessa="Cominciata")
    Programma.objects.filter(distretto__codice="distretto-dimostrativo").update(premessa="Cambiata")
    prima = contenuto()
    assert "niente da fare" in carica()
    assert contenuto() == prima


def test_una_password_a_caso_si_mostra_una_volta_sola(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISTRETTI_DEMO_PASSWORD")
    detto = carica()
    inizio = "Password degli account creati ora (non sarà più mostrata): "
    (riga,) = [riga for riga in detto.splitlines() if riga.startswith(inizio)]
    assert Utente.objects.get(username="agenzia").check_password(riga.removeprefix(inizio))
    assert inizio not in carica()


def test_rifiutata_dove_qualcuno_ha_gia_un_account() -> None:
    Utente.objects.create_user(username="una.persona")
    assert "non è segnata come dimostrazione" in rifiuta()
    assert not Installazione.objects.dimostrazione()


def test_rifiutata_dove_c_e_un_altro_programma() -> None:
    Programma.objects.filter(anno=2025).update(anno=2024, dal="2024-01-01", al="2024-12-31")
    assert "non è segnata come dimostrazione" in rifiuta()


def test_rifiutata_dove_c_e_un_evidenza() -> None:
    Evidenza.objects.create(programma=Programma.objects.get(), codice="e1", tipo="post")
    assert "non è segnata come dimostrazione" in rifiuta()


def test_dove_la_dimostrazione_e_gia_segnata_altri_dati_non_contano() -> None:
    Installazione.objects.create(dimostrazione=True)
    Utente.objects.create_user(username="una.persona")
    assert "Account dimostrativi" in carica()
    assert Utente.objects.count() == len(ACCOUNT) + 1


def test_un_account_che_si_chiama_gia_cosi_resta_com_e() -> None:
    Installazione.objects.create(dimostrazione=True)
    Utente.objects.create_user(username="auditor", password="la mia", nome_esteso="Io")
    assert "auditor" not in carica()
    auditor = Utente.objects.get(username="auditor")
    assert auditor.check_password("la mia")
    assert auditor.nome_esteso == "Io"
    assert not Incarico.objects.filter(utente=auditor).exists()

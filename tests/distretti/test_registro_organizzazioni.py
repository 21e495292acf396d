"""Adesioni, cancellazioni, nomi e marchi delle organizzazioni; e la tabella degli aderenti dell'atto."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from distretti.basi.italiano import MESI
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.letture import aderenti_alla_data
from distretti.models import Adesione, Certificazione, Distretto, Evento, Marchio, Organizzazione
from distretti.services import DatiCertificazione, cancella_adesione, registra_certificazione
from distretti.somiglianza import conosciute, doppioni, parole_del_nome, simili_a
from tests.conftest import CODICE, Persone
from tests.indirizzi.tavole.registro import atto

IERI = timezone.localdate() - timedelta(days=1)
FRASI = Path(settings.BASE_DIR) / "fixtures/fonti/programma-2025-frasi.txt"
NUOVA = reverse("adesione-nuova", args=[CODICE])


@pytest.fixture
def cs4(db: None) -> Organizzazione:
    return Organizzazione.objects.get(codice="cs4")


def test_la_tabella_degli_aderenti_dell_atto_si_rifa_dal_registro(db: None) -> None:
    """Numero, nome, data di adesione, marchi: ciò che l'atto 6607 del 2025 stampa «al 31 marzo 2025»."""
    distretto = Distretto.objects.get(codice=CODICE)
    rifatta = [
        (str(posto), a.organizzazione.denominazione, _in_breve(a.dal), *_marchi(a))
        for posto, a in enumerate(aderenti_alla_data(distretto, date(2025, 3, 31)), start=1)
    ]
    stampata = [
        tuple(cella.strip() for cella in riga.removeprefix("aderenti\t").split("|"))
        for riga in FRASI.read_text("utf-8").splitlines()
        if re.match(r"aderenti\t\d", riga)
    ]
    assert len(stampata) == 6
    assert rifatta == stampata


def _marchi(adesione: Any) -> tuple[str, str]:
    """The two columns of the act: it writes «Family» in the one of each mark that is held."""
    tenuti = {certificazione.marchio.codice for certificazione in adesione.organizzazione.marchi_validi}
    return ("Family" if "family_in_trentino" in tenuti else "", "Family" if "family_audit" in tenuti else "")


def _in_breve(giorno: date) -> str:
    return f"{giorno.day}-{MESI[giorno.month - 1][:3]}-{giorno:%y}"


@pytest.mark.parametrize(
    ("uno", "altro"),
    [
        ("CS4 Soc. Coop. Sociale", "Cooperativa CS4"),
        ("Comune di Pergine", "COMUNE DI PERGINE VALSUGANA"),
        ("Società Cooperativa Kaleidoscopio S.c.s.", "kaleidoscòpio"),
        ("Comune di Pergine Valsugana", "Commune di Pergine Valsugana"),
    ],
)
def test_nomi_che_si_somigliano(db: None, uno: str, altro: str) -> None:
    Organizzazione.objects.create(codice="una", denominazione=uno)
    assert "una" in [simile.codice for simile in simili_a(altro)]


@pytest.mark.parametrize("altro", ["Comune di Levico Terme", "Cooperativa sociale", "Croce Rossa", "CS5"])
def test_nomi_che_non_si_somigliano(db: None, altro: str) -> None:
    Organizzazione.objects.create(codice="una", denominazione="Comune di Pergine Valsugana")
    assert simili_a(altro) == []
    assert parole_del_nome("Cooperativa sociale") == {"cooperativa", "sociale"}


def test_i_doppioni_si_vedono_nel_registro(
    persone: Persone, accedi: Callable[..., Client], cs4: Organizzazione
) -> None:
    doppia = Organizzazione.objects.create(codice="cs4-bis", denominazione="C.S.4 soc. coop.")
    assert {nota.codice for gruppo in doppioni(conosciute()) for nota in gruppo} == {"cs4", "cs4-bis"}
    pagina = accedi(persone.agenzia).get(reverse("registro", args=["pat-acs"])).content.decode()
    assert doppia.denominazione in pagina


def test_un_nome_nuovo_che_somiglia_si_chiede_se_e_la_stessa(
    persone: Persone, accedi: Callable[..., Client], cs4: Organizzazione
) -> None:
    client = accedi(persone.agenzia)
    Adesione.objects.filter(organizzazione=cs4).update(al=IERI)
    dati = {"denominazione": "Coop CS4", "dal": timezone.localdate().isoformat(), "natura": "privata"}
    chiede = client.post(NUOVA, dati)
    assert chiede.status_code == 422
    assert "è la stessa?" in chiede.content.decode()
    assert not Organizzazione.objects.filter(denominazione="Coop CS4").exists()
    assert client.post(NUOVA, dati | {"stessa": str(cs4.pk)}).status_code == 302
    assert cs4.adesioni.count() == 2
    assert client.post(NUOVA, dati | {"stessa": "altra"}).status_code == 302
    nuova = Organizzazione.objects.get(denominazione="Coop CS4")
    assert (nuova.codice, nuova.natura, nuova.adesioni.count()) == ("coop-cs4", "privata", 1)


def test_un_adesione_rifiutata_non_lascia_l_organizzazione(
    persone: Persone, accedi: Callable[..., Client]
) -> None:
    domani = (timezone.localdate() + timedelta(days=1)).isoformat()
    risposta = accedi(persone.agenzia).post(NUOVA, {"denominazione": "Del tutto nuova", "dal": domani})
    assert risposta.status_code == 422
    assert not Organizzazione.objects.filter(denominazione="Del tutto nuova").exists()


def test_l_adesione_ha_il_suo_atto(persone: Persone, accedi: Callable[..., Client]) -> None:
    dati = {"denominazione": "Con un atto", "dal": "2024-01-01"}
    senza_data = atto(tipo="determinazione") | {"atto_data": ""}
    risposta = accedi(persone.agenzia).post(NUOVA, dati | senza_data)
    assert "atto_data" in risposta.context["form"].errors
    accedi(persone.agenzia).post(NUOVA, dati | atto(tipo="determinazione"))
    adesione = Adesione.objects.get(organizzazione__denominazione="Con un atto")
    assert adesione.atto is not None
    assert (adesione.atto.numero, adesione.atto.file_nome) == ("7", "atto.pdf")


def test_la_cancellazione_dice_quando_e_perche(
    persone: Persone, accedi: Callable[..., Client], cs4: Organizzazione
) -> None:
    adesione = cs4.adesioni.get()
    pagina = reverse("adesione-cancella", args=[adesione.pk])
    client = accedi(persone.agenzia)
    assert "motivo" in client.post(pagina, {"al": "2025-12-31"}).context["form"].errors
    assert "al" in client.post(pagina, {"al": "2022-01-01", "motivo": "x"}).context["form"].errors
    fatta = client.post(pagina, {"al": "2025-12-31", "motivo": "Recesso."} | atto(tipo="altro"))
    assert fatta["Location"] == reverse("distretto", args=[CODICE])
    adesione.refresh_from_db()
    assert (adesione.al, adesione.motivo_cancellazione) == (date(2025, 12, 31), "Recesso.")
    assert adesione.atto_cancellazione is not None
    (evento,) = Evento.objects.filter(azione="adesione.cancellazione")
    assert evento.dati.letti["dopo"]["Fino al"] == "31 dicembre 2025"
    assert client.get(pagina).status_code == 302
    with pytest.raises(StatoNonAmmesso, match="già finita al 31 dicembre 2025"):
        cancella_adesione(adesione=adesione, al=IERI, motivo="Di nuovo.")
    elenco = Client().get(reverse("organizzazioni"), {"distretto": CODICE, "alla_data": "2026-01-01"})
    assert "cs4" not in [o.codice for o in elenco.context["pagina"]]


def test_il_nome_di_prima_resta_tra_gli_altri(
    persone: Persone, accedi: Callable[..., Client], cs4: Organizzazione
) -> None:
    pagina = reverse("organizzazione-modifica", args=["cs4"])
    client, prima = accedi(persone.agenzia), cs4.denominazione
    versione = client.get(pagina).context["form"]["versione"].value()
    dati = {"denominazione": "CS4 Impresa sociale", "alias": "Cooperativa CS4\n", "versione": versione}
    assert client.post(pagina, dati | {"conserva_nome": "on"}).status_code == 302
    cs4.refresh_from_db()
    assert cs4.denominazione == "CS4 Impresa sociale"
    assert [alias.testo for alias in cs4.alias.all()] == ["Cooperativa CS4", prima]
    # Who had the page open is told, and loses nothing.
    tardi = client.post(pagina, dati | {"denominazione": "Un altro nome ancora"})
    assert tardi.status_code == 409
    assert "Un altro nome ancora" in tardi.content.decode()
    assert "CS4 Impresa sociale" in tardi.content.decode()


def test_un_marchio_si_rilascia_si_completa_si_rinnova_si_revoca(
    persone: Persone, accedi: Callable[..., Client], cs4: Organizzazione
) -> None:
    client, marchio = accedi(persone.amministratore), Marchio.objects.get(codice="family_audit")
    certificazione = cs4.certificazioni.get(marchio=marchio)  # the act says neither number nor dates
    completa = reverse("certificazione-modifica", args=[certificazione.pk])
    versione = client.get(completa).context["form"]["versione"].value()
    client.post(completa, {"numero": "5", "dal": "2021-01-01", "versione": versione})
    rinnovo = reverse("certificazione-rinnova", args=[certificazione.pk])
    assert client.post(rinnovo, {"dal": "2020-01-01"}).status_code == 422
    client.post(rinnovo, {"dal": "2024-01-01", "livello": "executive", "numero": "5"} | atto(tipo="altro"))
    assert list(cs4.certificazioni.filter(marchio=marchio).order_by("dal").values_list("dal", "al")) == [
        (date(2021, 1, 1), date(2023, 12, 31)),
        (date(2024, 1, 1), None),
    ]
    nuova = cs4.certificazioni.get(dal=date(2024, 1, 1))
    revoca = reverse("certificazione-revoca", args=[nuova.pk])
    assert "motivo" in client.post(revoca, {"il": "2025-01-01"}).context["form"].errors
    client.post(revoca, {"il": "2025-01-01", "motivo": "Rinuncia."})
    validi = Certificazione.objects.filter(organizzazione=cs4, marchio=marchio)
    assert [validi.alla_data(date(a, m, g)).count() for a, m, g in ((2024, 12, 31), (2025, 1, 1))] == [1, 0]
    for nome in ("certificazione-revoca", "certificazione-rinnova"):  # there is nothing left to open
        assert client.get(reverse(nome, args=[nuova.pk])).status_code == 302


def test_lo_stesso_marchio_negli_stessi_giorni_si_rifiuta(cs4: Organizzazione) -> None:
    marchio = Marchio.objects.get(codice="family_audit")
    with pytest.raises(DatiNonValidi, match="ha già questo marchio"):
        registra_certificazione(
            organizzazione=cs4, marchio=marchio, dati=DatiCertificazione(dal=date(2024, 1, 1))
        )


@pytest.mark.parametrize("chi", ["manager", "referente", "dirigente", "verificatore", "auditor", "estraneo"])
def test_chi_non_tiene_il_registro_non_vi_scrive(
    persone: Persone, accedi: Callable[..., Client], cs4: Organizzazione, chi: str
) -> None:
    client = accedi(getattr(persone, chi))
    for nome, chiave in (
        ("adesione-cancella", cs4.adesioni.get().pk),
        ("organizzazione-modifica", "cs4"),
        ("certificazione-revoca", cs4.certificazioni.all()[0].pk),
        ("distretto-chiudi", CODICE),
        ("registro-importa", "pat-acs"),
    ):
        assert client.get(reverse(nome, args=[chiave])).status_code == 403
        assert client.post(reverse(nome, args=[chiave]), {"al": "2025-01-01"}).status_code == 403
    assert client.get(reverse("organizzazione", args=["cs4"])).status_code == 200

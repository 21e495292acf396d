"""Ciò che l'Agenzia integra mentre esamina: dati, cifre e testi suoi, mai quelli del distretto."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Autorita, DatoDichiarato, Evento
from programmi.models import Programma, StatoProgramma
from programmi.services.integrazione import Cifra, dichiara, integra
from tests.conftest import Persone
from tests.programmi.ingressi import indirizzo
from tests.programmi.passi import porta

CIFRA = {
    "di": "distretto",
    "voce": "organizzazioni aderenti",
    "valore": "31",
    "al": "2026-01-31",
    "fonte": "Registro dell'Agenzia",
}


@pytest.fixture
def in_esame(bozza: Programma, persone: Persone) -> Programma:
    return porta(bozza, persone, StatoProgramma.IN_ESAME)


def _ultimo_evento(programma: Programma) -> Evento:
    evento = Evento.objects.che_riguardano(programma.riferimento_evento).order_by("-numero").first()
    assert evento is not None
    return evento


def test_integra_e_la_storia_dice_prima_e_dopo(
    in_esame: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    client, pagina = accedi(persone.agenzia), indirizzo("programma-integrazione", in_esame)
    letta = client.get(pagina)
    assert "Registra un'adesione" in letta.content.decode()
    versione = letta.context["form"]["versione"].value()
    titolo = in_esame.titolo
    dati = {
        "aderenti_al": "2026-01-31",
        "approvazione_distretto": "delibera 1273",
        "sottoscrizione_accordo": "28 ottobre 2022",
        "testo_obbligatorie": "Azioni obbligatorie",
        "titolo": "Un altro titolo",
        "versione": versione,
    }
    assert client.post(pagina, dati)["Location"] == in_esame.get_absolute_url()
    in_esame.refresh_from_db()
    assert (in_esame.aderenti_al, in_esame.approvazione_distretto) == (date(2026, 1, 31), "delibera 1273")
    assert in_esame.titolo == titolo
    assert persone.agenzia in in_esame.autori.all()
    evento = _ultimo_evento(in_esame)
    assert (evento.azione, evento.ruolo) == ("programma.integrazione", "referente_attivita")
    assert "31 gennaio 2026" in evento.dati.contenuto


def test_integrare_senza_cambiare_nulla_non_lascia_traccia(in_esame: Programma, persone: Persone) -> None:
    prima = Evento.objects.count()
    integra(programma=in_esame, utente=persone.agenzia, dati={})
    assert Evento.objects.count() == prima
    assert persone.agenzia not in in_esame.autori.all()


def test_in_due_sugli_stessi_dati_il_secondo_lo_sa(
    in_esame: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    client, pagina = accedi(persone.agenzia), indirizzo("programma-integrazione", in_esame)
    versione = client.get(pagina).context["form"]["versione"].value()
    integra(programma=in_esame, utente=persone.agenzia, dati={"sottoscrizione_accordo": "di un altro"})
    risposta = client.post(pagina, {"sottoscrizione_accordo": "il mio", "versione": versione})
    assert risposta.status_code == 409
    assert "di un altro" in risposta.content.decode()
    assert "il mio" in risposta.content.decode()
    in_esame.refresh_from_db()
    assert in_esame.sottoscrizione_accordo == "di un altro"


def test_un_dato_dichiarato_si_aggiunge_e_si_corregge(
    in_esame: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    client, pagina = accedi(persone.agenzia), indirizzo("programma-cifra", in_esame)
    assert client.get(pagina).status_code == 200
    assert client.post(pagina, CIFRA).status_code == 302
    assert client.post(pagina, CIFRA | {"valore": "32", "almeno": "on"}).status_code == 302
    dato = DatoDichiarato.objects.get(distretto=in_esame.distretto, voce=CIFRA["voce"], al=CIFRA["al"])
    assert (dato.valore, dato.almeno) == (32, True)
    contenuto = _ultimo_evento(in_esame).dati.contenuto
    assert '"31"' in contenuto
    assert '"oltre 32"' in contenuto


@pytest.mark.parametrize(
    ("campo", "valore"), [("al", "2026-13"), ("al", "ieri"), ("al", "2999"), ("fonte", " "), ("valore", "-1")]
)
def test_un_dato_dichiarato_ha_data_e_fonte(
    in_esame: Programma, persone: Persone, accedi: Callable[..., Client], campo: str, valore: str
) -> None:
    prima = DatoDichiarato.objects.count()
    risposta = accedi(persone.agenzia).post(indirizzo("programma-cifra", in_esame), CIFRA | {campo: valore})
    assert risposta.status_code == 422
    assert DatoDichiarato.objects.count() == prima


def test_una_cifra_e_del_distretto_o_della_sua_autorita(in_esame: Programma, persone: Persone) -> None:
    altra = Autorita.objects.exclude(pk=in_esame.distretto.autorita_id)[0]
    cifra = Cifra("organizzazioni", 1, "2026", "Fonte")
    with pytest.raises(PermissionDenied):
        dichiara(programma=in_esame, utente=persone.agenzia, di=altra, cifra=cifra)
    sua = in_esame.distretto.autorita
    assert dichiara(programma=in_esame, utente=persone.agenzia, di=sua, cifra=cifra).autorita == sua
    with pytest.raises(DatiNonValidi):
        dichiara(programma=in_esame, utente=persone.agenzia, di=sua, cifra=Cifra("x", 1, "2026", " "))


@pytest.mark.parametrize(
    "chi", ["manager", "referente", "dirigente", "verificatore", "auditor", "amministratore"]
)
def test_integra_solo_il_referente_per_l_attivita(
    in_esame: Programma, persone: Persone, accedi: Callable[..., Client], chi: str
) -> None:
    utente = getattr(persone, chi)
    for nome in ("programma-integrazione", "programma-cifra"):
        assert accedi(utente).post(indirizzo(nome, in_esame), CIFRA).status_code == 403
        assert accedi(persone.estraneo).get(indirizzo(nome, in_esame)).status_code == 404
    with pytest.raises(PermissionDenied):
        integra(programma=in_esame, utente=utente, dati={"testo_obbligatorie": "x"})


@pytest.mark.parametrize(
    "stato", ["trasmesso", "integrazioni_richieste", "proposto", "alla_firma", "approvato"]
)
def test_si_integra_solo_in_esame(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client], stato: str
) -> None:
    porta(bozza, persone, stato)
    risposta = accedi(persone.agenzia).post(indirizzo("programma-integrazione", bozza), {}, follow=True)
    assert "non si può integrare" in risposta.content.decode()
    with pytest.raises(StatoNonAmmesso):
        integra(programma=bozza, utente=persone.agenzia, dati={"testo_obbligatorie": "x"})
    scritto = {"testo_obbligatorie": "Un testo lungo"}
    risposta = accedi(persone.agenzia).post(indirizzo("programma-integrazione", bozza), scritto)
    assert risposta.status_code == 409
    assert "Un testo lungo" in risposta.content.decode()


def test_integrare_la_data_non_cambia_i_testi(
    in_esame: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    """Il browser chiude le righe con CR LF: la storia dice solo ciò che è cambiato davvero."""
    client, pagina = accedi(persone.agenzia), indirizzo("programma-integrazione", in_esame)
    form = client.get(pagina).context["form"]
    dati = {nome: form[nome].value() or "" for nome in form.fields}
    assert "\n" in dati["testo_obbligatorie"]
    dati = {nome: str(valore).replace("\n", "\r\n") for nome, valore in dati.items()}
    client.post(pagina, dati | {"aderenti_al": "2026-01-31"})
    dati_evento = _ultimo_evento(in_esame).dati.contenuto
    assert "Organizzazioni aderenti al" in dati_evento
    assert "Testo delle azioni" not in dati_evento

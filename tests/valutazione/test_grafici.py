"""I grafici delle scrivanie dicono i numeri della valutazione e delle tabelle, e niente di più."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from distretti.models import Autorita, Distretto, Incarico, Utente
from programmi.models import Programma, StatoProgramma
from tests.conftest import Persone
from valutazione.grafici import anello_di, mesi_di
from valutazione.kernel.esito import NON_VALUTATA, Valori
from valutazione.letture import valutazione_di
from valutazione.models import Evidenza, Imputazione
from valutazione.quadro_autorita import quadro_di

pytestmark = pytest.mark.django_db

OGGI = date(2025, 11, 15)


def evidenza(programma: Programma, codice: str, giorno: date, *stati: str, pianificata: bool = False) -> None:
    scritta = Evidenza.objects.create(
        programma=programma,
        codice=codice,
        tipo="mail",
        data=giorno,
        titolo=codice,
        stato="registrata",
        pianificata=pianificata,
    )
    for posto, (riga, stato) in enumerate(zip(programma.indicatori.order_by("pk"), stati, strict=False), 1):
        motivo = "Non basta." if stato == "respinta" else ""
        Imputazione.objects.create(
            evidenza=scritta, indicatore=riga, ordine=posto, stato=stato, motivazione=motivo
        )


def valori(*tre: int) -> Valori:
    dichiarato, riconosciuto, prospettico = map(Fraction, tre)
    return Valori(dichiarato, riconosciuto, prospettico)


def test_cio_che_non_si_valuta_non_ha_anello() -> None:
    assert anello_di(NON_VALUTATA) is None


def test_zero_e_un_anello_vuoto_e_cento_uno_pieno() -> None:
    vuoto, pieno = anello_di(valori(0, 0, 0)), anello_di(valori(100, 100, 100))
    assert vuoto is not None
    assert pieno is not None
    assert (vuoto.testo, [v.percorso for v in vuoto.voci]) == ("0,00%", ["", "", ""])
    assert pieno.testo == "100,00%"
    assert [bool(v.percorso) for v in pieno.voci] == [True, False, False]


def test_ogni_evidenza_sta_in_una_serie_sola(programma: Programma) -> None:
    evidenza(programma, "a", date(2025, 1, 31), "accolta", "in_attesa")
    evidenza(programma, "b", date(2025, 1, 1), "in_attesa", "respinta")
    evidenza(programma, "c", date(2025, 12, 31), "in_attesa", pianificata=True)
    evidenza(programma, "d", date(2025, 3, 1), "respinta")
    evidenza(programma, "e", date(2025, 3, 2))
    evidenza(programma, "f", date(2024, 12, 31), "in_attesa")
    mesi = mesi_di(valutazione_di(programma).scheda, OGGI)
    assert len(mesi.mesi) == 12
    assert {m.nome: m.quanti for m in mesi.mesi if m.totale} == {
        "gennaio": (1, 1, 0, 0),
        "marzo": (0, 0, 0, 2),
        "dicembre": (0, 0, 1, 0),
    }
    assert (mesi.totali, mesi.totale, mesi.fuori_esercizio) == ((1, 1, 1, 2), 5, 1)
    assert [m.nome for m in mesi.mesi if m.in_corso] == ["novembre"]
    assert mesi.descrizione == "gennaio 2 evidenze, marzo 2 evidenze e dicembre 1 evidenza"


def test_un_esercizio_di_due_anni_ha_ventiquattro_mesi_con_l_anno(programma: Programma) -> None:
    programma.al = date(2026, 12, 31)
    programma.save()
    mesi = mesi_di(valutazione_di(programma).scheda, OGGI)
    assert [mesi.mesi[0].nome, mesi.mesi[-1].nome, len(mesi.mesi)] == ["gennaio 2025", "dicembre 2026", 24]
    assert mesi.descrizione == "nessuna evidenza nell'esercizio"


def test_la_scrivania_del_manager_ha_i_due_grafici(
    persone: Persone, programma: Programma, accedi: Callable[[Utente], Client]
) -> None:
    evidenza(programma, "a", date(2025, 1, 31), "in_attesa")
    risposta: Any = accedi(persone.manager).get("/scrivania/")
    pagina = risposta.content.decode()
    quadro = next(q for q in risposta.context["quadri"] if q["programma"] == programma)
    assert quadro["anello"].testo in pagina
    assert "<desc" in pagina
    assert "Gennaio 1 evidenza." in pagina
    assert pagina.count('role="img"') == 2
    nomi = [riga.split('"')[0] for riga in pagina.split(' id="')[1:]]
    assert len(nomi) == len(set(nomi))


def test_senza_evidenze_l_anno_non_si_disegna(
    persone: Persone, programma: Programma, accedi: Callable[[Utente], Client]
) -> None:
    pagina = accedi(persone.manager).get("/scrivania/").content.decode()
    assert "mese per mese" not in pagina
    assert "0,00%" in pagina


def test_il_quadro_dell_autorita_conta_ogni_distretto_attivo(programma: Programma, bozza: Programma) -> None:
    autorita = programma.distretto.autorita_id
    attivi = Distretto.objects.filter(autorita=autorita, stato="attivo").count()
    quadro = quadro_di([autorita], anno=2026, oggi=OGGI)
    assert quadro.anni == [2026, 2025]
    assert {voce.nome: voce.quanti for voce in quadro.stati} == {
        **{str(stato.label).capitalize(): 0 for stato in StatoProgramma},
        "Nessun programma": attivi - 1,
        "Bozza": 1,
    }
    indirizzi = [voce.indirizzo for voce in quadro.stati]
    assert indirizzi[:2] == ["", "/programmi/?anno=2026&stato=bozza&autorita=pat-acs"]


def test_ogni_barra_porta_ai_programmi_che_conta(
    persone: Persone, programma: Programma, accedi: Callable[[Utente], Client]
) -> None:
    """Non a quelli, approvati, di un'altra autorità."""
    altra = Autorita.objects.create(codice="altra", denominazione="Altra")
    suo = Distretto.objects.create(codice="suo", denominazione="Suo", tipo="territoriale", autorita=altra)
    Programma.objects.create(
        distretto=suo,
        anno=2025,
        dal=date(2025, 1, 1),
        al=date(2025, 12, 31),
        titolo="Suo",
        stato=StatoProgramma.APPROVATO,
        trasmesso_il=date(2025, 1, 1),
        approvato_il=date(2025, 1, 1),
    )
    client = accedi(persone.agenzia)
    for voce in quadro_di([programma.distretto.autorita_id], anno=2025, oggi=OGGI).stati:
        if voce.indirizzo:
            risposta: Any = client.get(voce.indirizzo)
            assert risposta.context["pagina"].paginator.count == voce.quanti, voce.nome


@pytest.mark.parametrize(("chiesto", "dato"), [(None, 2025), (2025, 2025), (1999, 2025), (2026, 2026)])
def test_l_anno_del_quadro(programma: Programma, bozza: Programma, chiesto: int | None, dato: int) -> None:
    assert quadro_di([programma.distretto.autorita_id], anno=chiesto, oggi=OGGI).anno == dato


@pytest.mark.parametrize("anno", ["x", "99999", "-1", "²", ""])
def test_un_anno_impossibile_e_come_nessun_anno(
    persone: Persone, accedi: Callable[[Utente], Client], anno: str
) -> None:
    assert accedi(persone.agenzia).get("/scrivania/", {"anno": anno}).status_code == 200


def test_la_verifica_si_offre_a_chi_verifica(
    persone: Persone, programma: Programma, accedi: Callable[[Utente], Client]
) -> None:
    evidenza(programma, "a", date(2025, 1, 31), "in_attesa")
    for chi, offerta in (
        (persone.verificatore, True),
        (persone.amministratore, False),
        (persone.auditor, False),
    ):
        pagina = accedi(chi).get("/scrivania/").content.decode()
        assert ("/2025/verifica/" in pagina) is offerta


def test_l_amministratore_vede_gli_incarichi_da_guardare(
    persone: Persone, programma: Programma, accedi: Callable[[Utente], Client]
) -> None:
    presto = timezone.localdate() + timedelta(days=10)
    Incarico.objects.filter(utente=persone.coordinatore).update(al=presto)
    risposta: Any = accedi(persone.amministratore).get("/scrivania/")
    da_guardare = risposta.context["incarichi_da_guardare"]
    assert [incarico.utente for incarico in da_guardare.in_scadenza] == [persone.coordinatore]
    assert programma.distretto not in da_guardare.senza_manager
    assert da_guardare.quanti_senza_manager > len(da_guardare.senza_manager) == 10
    assert "Distretti attivi senza manager" in risposta.content.decode()
    assert accedi(persone.agenzia).get("/scrivania/").context["incarichi_da_guardare"] is None

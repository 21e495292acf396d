"""I giorni di confine: il primo e l'ultimo di ogni cosa che ha un inizio e una fine, e la mezzanotte."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Adesione, Incarico, Ruolo, Utente
from programmi.models import Indicatore, Programma
from programmi.regola import TipoEvidenza
from tests.confini.letture import contate, esito_concorde, scartate
from tests.confini.orologio import alle
from tests.conftest import Persone
from tests.valutazione.chiusura_pronta import GIORNI, commenta, il_giorno, verificata
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.chiusura import ChiusuraIncompleta, compi, stato_di
from valutazione.models import AzioneChiusura, Chiusura, Evidenza, StatoChiusura, StatoImputazione
from valutazione.services import registra_evidenza
from valutazione.services.pianificate import conferma_avvenuta
from valutazione.services.repliche import replica
from valutazione.services.serie import registra_voci

pytestmark = pytest.mark.django_db

TRASMISSIONE = AzioneChiusura.TRASMISSIONE_AUTOVALUTAZIONE


def mail(giorno: str, riga: str = "1.3", **altro: Any) -> dict[str, Any]:
    """A mail of that day, in the exchange format, for one line."""
    imputazioni = [{"indicatore": riga, "stato": "in_attesa"}]
    return {"tipo": "mail", "data": giorno, "titolo": "Prova", "imputazioni": imputazioni} | altro


def registra_mail(programma: Programma, utente: Utente, giorno: str, **altro: Any) -> Evidenza:
    return registra_voci(programma=programma, voci=[mail(giorno, **altro)], utente=utente)[0]


# --- the esercizio --------------------------------------------------------------------------------------


def test_il_primo_e_l_ultimo_giorno_dell_esercizio_contano(
    programma: Programma, registra: Registra, manager: Client
) -> None:
    for giorno in ("2025-01-01", "2025-12-31"):
        registra("mail", ["1.3"], data=giorno)
    riga = esito_concorde(programma, manager)["1.3"]
    assert (riga["dichiarato"], riga["scartate"]) == ("100.00", [])


@pytest.mark.parametrize("giorno", ["2024-12-31", "2026-01-01"])
def test_il_giorno_prima_e_il_giorno_dopo_si_rifiutano_da_ogni_porta(
    programma: Programma, persone: Persone, registra: Registra, manager: Client, giorno: str
) -> None:
    evidenza = registra("mail", ["1.3"], data="2025-12-31")
    prevista = registra("mail", ["1.3"], data="2025-12-31", pianificata=True)
    porte: list[Callable[[], Any]] = [
        lambda: registra_evidenza(
            evidenza=evidenza, voce=mail(giorno) | {"codice": evidenza.codice}, utente=persone.manager
        ),
        lambda: registra_mail(programma, persone.manager, giorno),
        lambda: conferma_avvenuta(evidenza=prevista, utente=persone.manager, il=date.fromisoformat(giorno)),
    ]
    for porta in porte:
        with pytest.raises(DatiNonValidi) as rifiuto:
            porta()
        assert "fuori dall'esercizio" in rifiuto.value.campi["data"]
    # One that came with a file stands there, and counts for nothing: everybody says why.
    Evidenza.objects.filter(pk=evidenza.pk).update(data=giorno)
    riga = esito_concorde(programma, manager)["1.3"]
    assert (riga["dichiarato"], scartate(riga)) == ("0.00", {evidenza.codice: "fuori_periodo"})


# --- memberships, lines, terms ------------------------------------------------------------------------------


def test_il_primo_e_l_ultimo_giorno_di_un_adesione(
    programma: Programma, registra: Registra, manager: Client
) -> None:
    """The register is changed, and every reading sees the same members on the same day."""
    adesioni = Adesione.objects.filter(distretto=programma.distretto)
    adesioni.filter(organizzazione__codice="cs4").update(al=date(2025, 6, 30))
    adesioni.filter(organizzazione__codice="soste").update(dal=date(2025, 7, 1))
    codici = {}
    for chi in ("cs4", "soste"):
        for giorno in ("2025-06-30", "2025-07-01"):
            evidenza = registra(
                "incontro",
                ["obb.5"],
                data=giorno,
                argomento="Insieme",
                presenze=["manager"],
                organizzazioni=[chi],
            )
            codici[evidenza.codice] = (chi, giorno)
    riga = esito_concorde(programma, manager)["obb.5"]
    assert {codici[codice] for codice in contate(riga)} == {("cs4", "2025-06-30"), ("soste", "2025-07-01")}
    assert set(scartate(riga).values()) == {"non_aderente"}
    assert riga["dichiarato"] == "100.00"


def test_il_primo_e_l_ultimo_giorno_di_una_riga_e_il_termine(
    programma: Programma, registra: Registra, manager: Client
) -> None:
    righe = {r.codice: r for r in Indicatore.objects.filter(programma=programma).in_ordine()}
    Indicatore.objects.filter(pk=righe["1.3"].pk).update(dal=date(2025, 3, 1), al=date(2025, 9, 30))
    entro = {**(righe["4.2"].regola or {}), "entro": "2025-06-30"}
    Indicatore.objects.filter(pk=righe["4.2"].pk).update(regola=entro)
    giorni = {}
    for riga, suoi in {
        "1.3": ("2025-02-28", "2025-03-01", "2025-09-30", "2025-10-01"),
        "4.2": ("2025-06-30", "2025-07-01"),
    }.items():
        for giorno in suoi:
            giorni[registra("mail", [riga], data=giorno).codice] = giorno
    esito = esito_concorde(programma, manager)
    assert [giorni[codice] for codice in contate(esito["1.3"])] == ["2025-03-01", "2025-09-30"]
    assert {giorni[c]: m for c, m in scartate(esito["1.3"]).items()} == {
        "2025-02-28": "riga_non_in_vigore",
        "2025-10-01": "riga_non_in_vigore",
    }
    assert [giorni[codice] for codice in contate(esito["4.2"])] == ["2025-06-30"]
    assert {giorni[c]: m for c, m in scartate(esito["4.2"]).items()} == {"2025-07-01": "fuori_termine"}


# --- who may, on which day ------------------------------------------------------------------------------


def manager_dal_al(programma: Programma, nome: str, dal: str, al: str | None) -> Utente:
    utente = Utente.objects.create_user(username=nome, password="x", nome_esteso=nome)
    Incarico.objects.create(utente=utente, ruolo=Ruolo.MANAGER, distretto=programma.distretto, dal=dal, al=al)
    return utente


@pytest.mark.parametrize(
    ("giorno", "ora", "chi_finisce", "chi_comincia"),
    [("2025-09-30", "23:30", True, False), ("2025-10-01", "00:30", False, True)],
)
def test_l_ultimo_giorno_di_un_incarico_e_il_primo_di_un_altro(
    programma: Programma,
    accedi: Callable[[Utente], Client],
    giorno: str,
    ora: str,
    chi_finisce: bool,
    chi_comincia: bool,
) -> None:
    """In Italy it is half an hour before, or after, midnight; in Greenwich it is the same day both times."""
    finisce = manager_dal_al(programma, "finisce", "2022-01-01", "2025-09-30")
    comincia = manager_dal_al(programma, "comincia", "2025-10-01", None)
    with alle(giorno, ora):
        for chi, puo in ((finisce, chi_finisce), (comincia, chi_comincia)):
            client = accedi(chi)
            prima = programma.evidenze.count()
            risposta = client.post(indirizzo("evidenza-nuova", programma), {"tipo": "mail"})
            assert risposta.status_code == (302 if puo else 403)
            assert programma.evidenze.count() == prima + puo
            assert client.get(indirizzo("evidenze", programma)).status_code == (200 if puo else 403)


# --- midnight is that of Italy ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("giorno", "ora", "si_puo"),
    [
        ("2025-12-30", "23:30", False),
        ("2025-12-31", "00:30", True),  # in Greenwich it is still the 30th
        ("2025-12-31", "23:30", True),
        ("2026-01-01", "00:30", True),
    ],
)
def test_si_trasmette_dalla_mezzanotte_italiana_dell_ultimo_giorno(
    programma: Programma, persone: Persone, giorno: str, ora: str, si_puo: bool
) -> None:
    commenta(programma, persone.manager)
    with alle(giorno, ora):
        if not si_puo:
            with pytest.raises(ChiusuraIncompleta, match="dal 31 dicembre 2025"):
                compi(TRASMISSIONE, programma=programma, utente=persone.manager)
            return
        passaggio = compi(TRASMISSIONE, programma=programma, utente=persone.manager)
    assert passaggio.il.isoformat() == giorno


def test_oggi_e_il_giorno_che_e_in_italia(programma: Programma, persone: Persone) -> None:
    with alle("2025-06-10", "00:30"):  # in Greenwich it is the 9th
        registra_mail(programma, persone.manager, "2025-06-10")
        prevista = registra_mail(programma, persone.manager, "2025-06-11", pianificata=True)
    with alle("2025-06-10", "23:30"):
        porte: list[Callable[[], Any]] = [
            lambda: registra_mail(programma, persone.manager, "2025-06-11"),
            lambda: conferma_avvenuta(evidenza=prevista, utente=persone.manager),
        ]
        for porta in porte:
            with pytest.raises(DatiNonValidi, match="deve ancora venire"):
                porta()
    with alle("2025-06-11", "00:30"):
        assert not conferma_avvenuta(evidenza=prevista, utente=persone.manager).pianificata


def test_di_cio_che_e_previsto_per_l_ultimo_giorno_si_dice_prima_di_trasmettere(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    """On 31 December as on 1 January it stops the transmission, until it is said what became of it."""
    commenta(programma, persone.manager)
    prevista = registra("mail", ["1.3"], data="2025-12-31", pianificata=True)
    for giorno, ora in (("2026-01-01", "00:30"), ("2025-12-31", "23:30")):
        with alle(giorno, ora), pytest.raises(ChiusuraIncompleta, match="il cui giorno è arrivato"):
            compi(TRASMISSIONE, programma=programma, utente=persone.manager)
    with alle("2025-12-31", "23:30"):
        assert not conferma_avvenuta(evidenza=prevista, utente=persone.manager).pianificata
        compi(TRASMISSIONE, programma=programma, utente=persone.manager)
    assert stato_di(programma) == StatoChiusura.AUTOVALUTATA


def test_si_replica_fino_alla_mezzanotte_italiana_dell_ultimo_giorno(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    una, altra = registra("mail", ["1.3"]), registra("mail", ["1.3"])
    concluso = date(2026, 1, 10)
    with il_giorno(concluso):
        verificata(programma, persone)
    for evidenza in (una, altra):
        evidenza.imputazioni.update(stato=StatoImputazione.RESPINTA, motivazione="Manca a chi.")
    entro = Chiusura.objects.get(programma=programma).repliche_entro
    assert entro == concluso + timedelta(days=GIORNI)
    assert entro is not None
    dopo = (entro + timedelta(days=1)).isoformat()
    respinte = [evidenza.imputazioni.select_related("evidenza__programma").get() for evidenza in (una, altra)]
    with alle(entro.isoformat(), "23:30"):
        replica(imputazione=respinte[0], utente=persone.manager, testo="A tutti.")
        with pytest.raises(ChiusuraIncompleta, match="può ancora replicare a 1 decisione"):
            compi(AzioneChiusura.DEFINIZIONE_RISULTATO, programma=programma, utente=persone.agenzia)
    with alle(dopo, "00:30"):  # in Greenwich it is still the last day
        with pytest.raises(StatoNonAmmesso, match="il termine è passato"):
            replica(imputazione=respinte[1], utente=persone.manager, testo="A tutti.")
        with pytest.raises(ChiusuraIncompleta, match="Aspetta risposta 1 replica"):
            compi(AzioneChiusura.DEFINIZIONE_RISULTATO, programma=programma, utente=persone.agenzia)


def test_il_primo_giorno_dell_anno_si_registra_sull_anno_nuovo(
    programma: Programma, bozza: Programma, persone: Persone
) -> None:
    """Half an hour after midnight: a meeting of today is of the new year, and no longer of the old one."""
    with alle("2026-01-01", "00:30"):
        registra_mail(bozza, persone.manager, "2026-01-01", imputazioni=[])
        with pytest.raises(DatiNonValidi, match="fuori dall'esercizio"):
            registra_mail(programma, persone.manager, "2026-01-01")
        registra_mail(programma, persone.manager, "2025-12-31")
    with alle("2025-12-31", "23:30"), pytest.raises(DatiNonValidi, match="deve ancora venire"):
        registra_mail(bozza, persone.manager, "2026-01-01", imputazioni=[])
    assert {e.tipo for e in programma.evidenze.all()} == {TipoEvidenza.MAIL}

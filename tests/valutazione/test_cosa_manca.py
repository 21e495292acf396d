"""Che cosa manca: frasi, quanto porterebbe, che cosa si può fare; e fare quello porta proprio lì."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from distretti.models import Distretto
from programmi.models import Programma
from tests.conftest import Persone
from tests.kernel.costruzione import Json, scheda_con
from tests.kernel.strategie import schede
from tests.kernel.test_proprieta import evidenze_mancanti
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.kernel import valuta
from valutazione.kernel.ipotesi import Arrivo
from valutazione.letture import Valutazione, valuta_documento_di, valutazione_di
from valutazione.manca import CosaManca, Genere, Sguardo, Voce, cosa_manca, cosa_manca_di
from valutazione.manca.rimedi import completati, rimediabili
from valutazione.models import Chiusura, StatoChiusura
from valutazione.scheda import leggi_scheda

_POCHE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
OGGI = date(2025, 5, 20)
INCONTRI = {
    "tipo": "per_unita",
    "percentuale": "20",
    "evidenze": ["incontro"],
    "presenze": ["coordinatore", "referente_amministrativo"],
    "campi": ["argomento", "persone|organizzazioni"],
}
IN_PRESENZA = {"presenze": ["coordinatore", "referente_amministrativo"], "argomento": "A", "persone": ["x"]}


def valutata(regole: dict[str, Json | None], evidenze: list[Json], **altro: Any) -> Valutazione:
    """Senza database: gli indirizzi vogliono solo i codici del programma."""
    programma = Programma(distretto=Distretto(codice="esempio"), anno=2025)
    return valuta_documento_di(programma, scheda_con(regole, evidenze, **altro))


def di(valutazione: Valutazione, **sguardo: Any) -> CosaManca:
    chiavi = {e.codice: n for n, e in enumerate(valutazione.scheda.evidenze, 1)}
    dati: dict[str, Any] = {"oggi": OGGI, "registra": True, "chiavi": chiavi}
    return cosa_manca(valutazione, Sguardo(**dati | sguardo))


def voce(valutazione: Valutazione, codice: str, **sguardo: Any) -> Voce:
    return next(v for v in di(valutazione, **sguardo).voci if v.codice == codice)


def incontro(codice: str, **campi: Any) -> Json:
    return {"codice": codice, "tipo": "incontro", "riga": "1.1"} | IN_PRESENZA | campi


def test_la_frase_e_intera_e_dice_dove_porta() -> None:
    valutazione = valutata(
        {"1.1": INCONTRI, "1.2": {"tipo": "unica", "percentuale": "100", "evidenze": ["mail"]}},
        [incontro("e1"), incontro("e2"), incontro("e3")],
    )
    trovata = voce(valutazione, "1.1")
    assert trovata.frase == (
        "Mancano 2 incontri con la presenza del Coordinatore istituzionale e del Referente amministrativo: "
        "ora 60%, poi 100%."
    )
    assert trovata.arrivo is not None
    assert trovata.arrivo == Arrivo(Fraction(100), Fraction(50), Fraction(50))
    assert trovata.guadagno == 20
    assert [(p.testo, p.invio) for p in trovata.passi] == [
        ("Registra un incontro", (("tipo", "incontro"), ("riga", "1.1")))
    ]
    assert "Ogni evidenza si registra indicando l'argomento e le persone o le organizzazioni." in trovata.note


def test_prima_cio_che_porta_di_piu_e_il_totale() -> None:
    regole: dict[str, Json | None] = {
        "1.1": INCONTRI,
        "2.1": {"tipo": "unica", "percentuale": "60", "evidenze": ["mail"]},
    }
    manca = di(valutata(regole, [incontro("e1"), incontro("e2"), incontro("e3")]))
    assert [v.codice for v in manca.voci] == ["2.1", "1.1"]
    assert [v.guadagno for v in manca.voci] == [Fraction(30), Fraction(20)]
    assert (manca.adesso, manca.poi) == (Fraction(30), Fraction(80))
    assert [v.codice for v in manca.scelte(azione="P1")] == ["1.1"]
    assert [v.codice for v in manca.scelte(riga="2.1")] == ["2.1"]


def test_spesso_basta_completare_cio_che_c_e() -> None:
    evidenze = [
        incontro("e1", argomento="", titolo="Avvio"),
        incontro("e2", presenze=["coordinatore"]),
        incontro("e3"),
    ]
    trovata = voce(valutata({"1.1": INCONTRI}, evidenze), "1.1")
    assert trovata.note[0] == (
        "Completando 2 evidenze che oggi non contano, la riga arriva al 60%; poi mancano 2 incontri."
    )
    assert [p.testo for p in trovata.passi] == [
        "Completa i campi",
        "Indica chi era presente",
        "Registra un incontro",
    ]
    assert trovata.passi[0].premessa == "«Avvio» del 10 marzo 2025 non conta: manca l'argomento."
    assert trovata.passi[0].indirizzo == "/programmi/esempio/2025/evidenze/1/modifica/"


def test_l_allegato_che_manca_porta_agli_allegati() -> None:
    regola = {"tipo": "unica", "percentuale": "100", "evidenze": ["relazione"], "campi": ["allegati"]}
    valutazione = valutata({"1.1": regola}, [{"codice": "e1", "tipo": "relazione", "riga": "1.1"}])
    passo = voce(valutazione, "1.1").passi[0]
    assert passo.testo == "Allega il file che manca"
    assert passo.indirizzo.endswith("/evidenze/1/modifica/#allegati")


def test_cio_che_e_pianificato_si_conferma_quando_e_il_suo_giorno() -> None:
    evidenze = [
        incontro("e1", data="2025-05-03", pianificata=True),
        incontro("e2", data="2025-12-01", pianificata=True, titolo="Festa"),
    ]
    trovata = voce(valutata({"1.1": INCONTRI}, evidenze), "1.1")
    assert "Se le 2 evidenze pianificate avvengono, la riga arriva al 40%." in trovata.note
    assert [p.testo for p in trovata.passi] == [
        "Conferma l'evidenza pianificata del 3 maggio 2025",
        "Vedi l'evidenza pianificata del 1º dicembre 2025",
        "Registra un incontro",
    ]
    assert trovata.passi[1].premessa == "«Festa» è prevista per il 1º dicembre 2025."


def test_il_termine_passato_e_l_anno_finito_si_dicono() -> None:
    regole: dict[str, Json | None] = {
        "1.1": INCONTRI | {"entro": "2025-04-30"},
        "2.1": {
            "tipo": "per_distinti",
            "percentuale": "10",
            "evidenze": ["incontro"],
            "distinti": "organizzazione_aderente",
        },
    }
    valutazione = valutata(regole, [])
    passata = voce(valutazione, "1.1")
    assert passata.genere is Genere.GIA_AVVENUTO
    assert passata.note[0] == "Il termine era il 30 aprile 2025."
    assert "entro il 30 aprile 2025: ora 0%, poi 100%." in passata.frase
    mai = voce(valutazione, "2.1")
    assert mai.genere is Genere.MAI_PIU
    assert mai.frase.startswith(
        "Mancano 10 organizzazioni aderenti, ma il 31 dicembre 2025 ne restano solo 4"
    )
    assert mai.arrivo is None
    assert mai.passi == ()
    dopo = di(valutazione, oggi=date(2026, 1, 1))
    assert {v.genere for v in dopo.voci} == {Genere.GIA_AVVENUTO, Genere.MAI_PIU}
    assert dopo.poi == 50
    chiusa = di(valutazione, aperta=False, registra=False)
    assert {v.genere for v in chiusa.voci} == {Genere.MAI_PIU}
    assert chiusa.poi == chiusa.adesso == 0


def test_cio_che_aspetta_l_agenzia() -> None:
    ore = {"tipo": "quota_ore", "ore_previste": None, "soglia": "50", "evidenze": ["formazione"]}
    manuale = {"tipo": "manuale", "assegnata": None}
    regole: dict[str, Json | None] = {
        "obb.1": ore,
        "obb.2": manuale,
        "1.1": {"tipo": "unica", "percentuale": "100", "evidenze": ["incontro"]},
        "1.2": None,
    }
    manca = di(valutata(regole, [incontro("e1")]), verifica=True)
    assert {v.codice: v.frase for v in manca.voci} == {
        "obb.1": "L'Agenzia non ha ancora comunicato le ore di attività di formazione previste: "
        "la riga non è valutata e non entra nelle medie.",
        "obb.2": "L'Agenzia non ha ancora assegnato la percentuale: "
        "la riga non è valutata e non entra nelle medie.",
        "1.1": "1 evidenza aspetta la verifica dell'Agenzia: riconosciuto finora 0%, dichiarato 100%.",
    }
    assert {v.genere for v in manca.voci} == {Genere.AGENZIA}
    assert manca.voci[2].passo is not None
    assert manca.voci[2].passo.testo == "Verifica"


def test_chi_non_registra_legge_e_basta() -> None:
    valutazione = valutata({"1.1": INCONTRI}, [incontro("e1", argomento="")])
    assert voce(valutazione, "1.1", registra=False).passi == ()


def test_niente_di_valutato_niente_che_manca() -> None:
    manca = di(valutata({"1.1": None}, []))
    assert (manca.voci, manca.adesso, manca.poi) == ((), None, None)


@_POCHE
@given(schede(), st.integers(0, 4))
def test_fare_quello_che_manca_porta_dove_dice(documento: Json, quale: int) -> None:
    """La riga, la sua azione e il programma, per ogni forma, peso, periodo e scheda."""
    programma = Programma(distretto=Distretto(codice="esempio"), anno=2025)
    valutazione = valuta_documento_di(programma, documento)
    voci = [v for v in di(valutazione).voci if v.arrivo is not None]
    assume(len(voci) > quale)
    scelta = voci[quale]
    assert scelta.arrivo is not None
    mancano = evidenze_mancanti(documento, valutazione.esito.righe[scelta.codice])
    dopo = valuta(leggi_scheda(documento | {"evidenze": documento["evidenze"] + mancano}))
    assert dopo.righe[scelta.codice].valori.dichiarato == scelta.arrivo.riga
    assert dopo.azione(scelta.azione).valori.dichiarato == scelta.arrivo.azione
    assert dopo.programma.valori.dichiarato == scelta.arrivo.programma
    prima = valutazione.esito.programma.valori.dichiarato
    assert prima is not None
    assert scelta.arrivo.programma - prima == scelta.guadagno > 0


@_POCHE
@given(schede())
def test_completare_non_toglie_mai_niente(documento: Json) -> None:
    from distretti.models import Distretto

    valutazione = valuta_documento_di(
        Programma(distretto=Distretto(codice="esempio"), anno=2025), documento | {"riuso": "ammesso"}
    )
    dopo = completati(valutazione, rimediabili(valutazione))
    for codice, riga in valutazione.esito.righe.items():
        prima, poi = riga.valori.dichiarato, dopo.righe[codice].valori.dichiarato
        assert (prima is None) == (poi is None)
        assert prima is None or (poi is not None and poi >= prima)


@pytest.mark.django_db
def test_un_pulsante_apre_l_evidenza_con_tipo_e_riga_gia_scelti(
    manager: Client, programma: Programma
) -> None:
    pagina = manager.get(indirizzo("cosa-manca", programma)).content.decode()
    assert 'name="riga" value="obb.6"' in pagina
    nuova = indirizzo("evidenza-nuova", programma)
    scelta = manager.get(nuova, {"tipo": "comunicato_stampa", "riga": "obb.6"}).content.decode()
    assert scelta.count("checked") == 1
    assert 'name="riga" value="obb.6"' in scelta
    risposta = manager.post(nuova, {"tipo": "comunicato_stampa", "riga": "obb.6"}, follow=True)
    form: Any = risposta.context["form"]
    assert form["riga-obb-6"].value() is True
    # Una riga che non c'è non rompe niente.
    assert manager.post(nuova, {"tipo": "mail", "riga": "9.9"}, follow=True).status_code == 200


@pytest.mark.django_db
def test_registrare_cio_che_la_pagina_dice_porta_dove_dice(
    programma: Programma, registra: Registra, persone: Persone
) -> None:
    registra("comunicato_stampa", ["obb.6"])
    prima = next(
        v
        for v in cosa_manca_di(persone.manager, [valutazione_di(programma)], OGGI)[0].voci
        if v.codice == "obb.6"
    )
    assert prima.frase == "Mancano 3 comunicati stampa: ora 25%, poi 100%."
    registra("comunicato_stampa", ["obb.6"], misure={"obb.6": {"unita": 3}})
    esito = valutazione_di(programma).esito
    assert prima.arrivo is not None
    assert esito.righe["obb.6"].valori.dichiarato == prima.arrivo.riga == Fraction(100)
    assert esito.programma.valori.dichiarato == prima.arrivo.programma


@pytest.mark.django_db
def test_a_ognuno_i_passi_che_puo_fare(
    manager: Client, agenzia: Client, programma: Programma, registra: Registra
) -> None:
    """Il manager chiede le ore che l'atto non dice, l'Agenzia le scrive; a verificare è l'Agenzia."""
    registra("comunicato_stampa", ["obb.6"])
    nome = indirizzo("cosa-manca", programma)
    completa, verifica = (
        indirizzo(n, programma, *a) for n, a in (("riga-completa", ["obb.9"]), ("verifica", []))
    )
    del_distretto, dell_agenzia = (client.get(nome).content.decode() for client in (manager, agenzia))
    assert 'href="mailto:' in del_distretto
    assert "Chiedi all&#x27;Agenzia le ore previste" in del_distretto
    assert completa not in del_distretto
    assert f'href="{completa}"' in dell_agenzia
    assert f'href="{verifica}?riga=obb.6"' in dell_agenzia
    assert 'name="riga"' in del_distretto
    assert 'name="riga"' not in dell_agenzia


@pytest.mark.django_db
def test_filtri_della_pagina(manager: Client, programma: Programma) -> None:
    nome = indirizzo("cosa-manca", programma)
    assert manager.get(nome, {"azione": "P1"}).status_code == 200
    solo = manager.get(nome, {"riga": "obb.6"}).content.decode()
    assert 'id="manca-obb.6"' in solo
    assert 'id="manca-1.1"' not in solo
    assert manager.get(nome, {"azione": "P99"}).status_code == 404
    assert manager.get(nome, {"riga": "9.9"}).status_code == 404


@pytest.mark.django_db
def test_trasmessa_l_autovalutazione_non_si_offre_piu_niente(manager: Client, programma: Programma) -> None:
    Chiusura.objects.create(programma=programma, stato=StatoChiusura.AUTOVALUTATA, stato_dal=date(2026, 1, 7))
    pagina = manager.get(indirizzo("cosa-manca", programma)).content.decode()
    assert "L&#x27;autovalutazione è trasmessa: non si registra più." in pagina
    assert 'name="riga"' not in pagina

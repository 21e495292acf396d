"""Dati, premessa, attori e canali di un programma che si sta scrivendo."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from programmi.errori import ModificatoNelFrattempo
from programmi.models import Programma
from programmi.services import salva_attori, salva_canali, salva_dati, salva_premessa, salva_regola
from programmi.versioni import istantanea_dati, istantanea_premessa, versione_di
from tests.conftest import Persone
from tests.programmi.ingressi import MEZZO, indirizzo


@pytest.fixture
def manager(accedi: Callable[..., Client], persone: Persone) -> Client:
    return accedi(persone.manager)


def dati(programma: Programma, **altro: Any) -> dict[str, Any]:
    return {
        "versione": versione_di(istantanea_dati(programma)),
        "titolo": "Programma 2026",
        "dal": "2026-01-01",
        "al": "2026-12-31",
        "richiede_contributo": "on",
        "riuso": "una_volta",
        "anno_nascita": "2022",
        "aderenti_al": "2026-03-31",
        **altro,
    }


def test_salva_i_dati(bozza: Programma, manager: Client) -> None:
    risposta = manager.post(indirizzo("programma-dati", bozza), dati(bozza))
    assert risposta["Location"] == indirizzo("programma-modifica", bozza) + "#dati"
    bozza.refresh_from_db()
    assert (bozza.titolo, bozza.riuso, bozza.aderenti_al) == (
        "Programma 2026",
        "una_volta",
        date(2026, 3, 31),
    )


def test_salvare_senza_toccare_un_testo_non_lo_cambia(bozza: Programma, manager: Client) -> None:
    """Il browser chiude le righe con CR LF."""
    testo = "AZIONI OBBLIGATORIE\n\nin caso di contributo"
    salva_dati(programma=bozza, dati={"testo_obbligatorie": testo})
    bozza.refresh_from_db()
    manager.post(
        indirizzo("programma-dati", bozza), dati(bozza, testo_obbligatorie=testo.replace("\n", "\r\n"))
    )
    bozza.refresh_from_db()
    assert bozza.testo_obbligatorie == testo


@pytest.mark.parametrize(
    ("campo", "valore", "parola"),
    [
        ("dal", "2025-01-01", "comincia nel 2026"),
        ("al", "2027-01-01", "finisce nel 2026"),
        ("al", "2026-13-40", "data che esiste"),
        ("riuso", "sempre", "Scegli"),
        ("anno_nascita", "duemila", "numero intero"),
        ("titolo", "x" * 251, "250"),
    ],
)
def test_spiega_un_dato_sbagliato(
    bozza: Programma, manager: Client, campo: str, valore: str, parola: str
) -> None:
    risposta = manager.post(indirizzo("programma-dati", bozza), dati(bozza, **{campo: valore}))
    assert risposta.status_code == 422
    assert parola in risposta.content.decode()
    prima = bozza.titolo
    bozza.refresh_from_db()
    assert bozza.titolo == prima


def test_l_esercizio_non_finisce_prima_di_cominciare(bozza: Programma) -> None:
    with pytest.raises(DatiNonValidi, match="finire prima"):
        salva_dati(programma=bozza, dati={"dal": date(2026, 6, 1), "al": date(2026, 5, 1)})


def test_l_esercizio_contiene_i_giorni_che_le_regole_citano(bozza: Programma) -> None:
    riga = bozza.indicatori.get(ordine=1)
    salva_regola(riga=riga, regola={**MEZZO, "entro": "2026-11-30"})
    with pytest.raises(DatiNonValidi, match=r"obb\.1 cita il 30 novembre 2026"):
        salva_dati(programma=bozza, dati={"al": date(2026, 10, 31)})


def test_anteprima_della_premessa_senza_salvare(bozza: Programma, manager: Client) -> None:
    testo = "# Titolo\n\nUn **punto** <script>alert(1)</script>"
    risposta = manager.post(
        indirizzo("programma-premessa", bozza), {"premessa": testo, "anteprima": "1", "versione": "x"}
    )
    pagina = risposta.content.decode()
    assert risposta.status_code == 200
    assert "<h3>Titolo</h3>" in pagina
    assert "<strong>punto</strong>" in pagina
    assert "<script>alert" not in pagina
    bozza.refresh_from_db()
    assert bozza.premessa != testo


def test_salva_la_premessa(bozza: Programma, manager: Client) -> None:
    versione = versione_di(istantanea_premessa(bozza))
    manager.post(
        indirizzo("programma-premessa", bozza), {"premessa": "# Nuova\r\n\r\nTesto", "versione": versione}
    )
    bozza.refresh_from_db()
    assert bozza.premessa == "# Nuova\n\nTesto"


def test_chi_salva_per_secondo_vede_i_due_testi_e_non_perde_nulla(
    bozza: Programma, manager: Client, accedi: Callable[..., Client], persone: Persone
) -> None:
    pagina = indirizzo("programma-premessa", bozza)
    versione = versione_di(istantanea_premessa(bozza))
    altro = accedi(persone.referente)
    altro.post(pagina, {"premessa": "Testo del referente", "versione": versione})
    risposta = manager.post(pagina, {"premessa": "Testo del manager", "versione": versione})
    corpo = risposta.content.decode()
    assert risposta.status_code == 409
    assert "Testo del referente" in corpo
    assert "Testo del manager</textarea>" in corpo
    bozza.refresh_from_db()
    assert bozza.premessa == "Testo del referente"
    nuova = versione_di(istantanea_premessa(bozza))
    assert f'value="{nuova}"' in corpo
    assert manager.post(pagina, {"premessa": "I due testi", "versione": nuova}).status_code == 302
    bozza.refresh_from_db()
    assert bozza.premessa == "I due testi"


def test_nel_conflitto_sui_dati_si_vede_solo_cio_che_differisce(bozza: Programma, manager: Client) -> None:
    vecchi = dati(bozza)
    salva_dati(programma=bozza, dati={"titolo": "Scritto da altri"})
    risposta = manager.post(indirizzo("programma-dati", bozza), vecchi)
    assert risposta.status_code == 409
    etichette = [etichetta for etichetta, _ in risposta.context["conflitto"]]
    assert "Titolo" in etichette
    assert "Primo giorno" not in etichette
    assert "Richiede il contributo" not in etichette


def righe(prefisso: str, esistenti: int, *voci: dict[str, str]) -> dict[str, str]:
    dati = {f"{prefisso}-TOTAL_FORMS": str(len(voci)), f"{prefisso}-INITIAL_FORMS": str(esistenti)}
    for numero, voce in enumerate(voci):
        dati |= {f"{prefisso}-{numero}-{campo}": valore for campo, valore in voce.items()}
    return dati


def test_salva_gli_attori(bozza: Programma, manager: Client) -> None:
    pagina = indirizzo("programma-attori", bozza)
    versione = manager.get(pagina).context["form"]["versione"].value()
    inviati = righe(
        "attori",
        4,
        {"ruolo": "capofila", "nome": "Comune"},
        {"ruolo": "manager", "nome": "Ufficio", "DELETE": "on"},
        {},
        {"ruolo": "coordinatore", "nome": "Assessorato", "mail": "a@b.it", "telefono": "0461"},
    )
    assert manager.post(pagina, inviati | {"versione": versione}).status_code == 302
    assert list(bozza.attori.order_by("ordine").values_list("ruolo", "nome")) == [
        ("capofila", "Comune"),
        ("coordinatore", "Assessorato"),
    ]


@pytest.mark.parametrize(
    ("voce", "parola"),
    [
        ({"nome": "Senza ruolo"}, "Scegli il ruolo"),
        ({"ruolo": "re", "nome": "x"}, "Scegli"),
        ({"ruolo": "manager", "nome": "x" * 201}, "200"),
    ],
)
def test_un_attore_sbagliato_non_si_salva(
    bozza: Programma, manager: Client, voce: dict[str, str], parola: str
) -> None:
    risposta = manager.post(indirizzo("programma-attori", bozza), righe("attori", 0, voce))
    assert risposta.status_code == 422
    assert parola in risposta.content.decode()
    assert bozza.attori.count() == 4


def test_un_modulo_di_righe_manomesso_non_rompe_la_pagina(bozza: Programma, manager: Client) -> None:
    assert manager.post(indirizzo("programma-attori", bozza), {"attori-TOTAL_FORMS": "x"}).status_code == 422
    assert bozza.attori.count() == 4


def test_salva_i_canali_anche_tbd(bozza: Programma, manager: Client) -> None:
    pagina = indirizzo("programma-canali", bozza)
    versione = manager.get(pagina).context["form"]["versione"].value()
    inviati = righe("canali", 0, {"tipo": "sito", "etichetta": "SITO", "valore": "TBD"})
    assert manager.post(pagina, inviati | {"versione": versione}).status_code == 302
    assert list(bozza.canali.values_list("tipo", "valore")) == [("sito", "TBD")]


def test_ogni_servizio_rifiuta_un_programma_approvato(programma: Programma) -> None:
    for chiamata in (
        lambda: salva_dati(programma=programma, dati={"titolo": "x"}),
        lambda: salva_premessa(programma=programma, premessa="x"),
        lambda: salva_attori(programma=programma, attori=[]),
        lambda: salva_canali(programma=programma, canali=[]),
    ):
        with pytest.raises(StatoNonAmmesso):
            chiamata()
    assert programma.attori.count() == 4


def test_il_servizio_senza_versione_non_chiede_e_con_una_vecchia_rifiuta(bozza: Programma) -> None:
    versione = versione_di(istantanea_premessa(bozza))
    salva_premessa(programma=bozza, premessa="Prima")
    with pytest.raises(ModificatoNelFrattempo) as errore:
        salva_premessa(programma=bozza, premessa="Seconda", versione=versione)
    assert errore.value.attuale == {"Premessa": "Prima"}

"""Dove un'evidenza conta su più righe: nei registri, in elenco, con la regola del programma in parole."""

from typing import Any

import pytest
from django.test import Client

from programmi.models import Programma
from tests.conftest import Persone
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.decisioni import Decisione
from valutazione.letture import valutazione_di
from valutazione.models import Imputazione, StatoImputazione
from valutazione.pagine import azioni_in_pagina, su_piu_righe
from valutazione.services import verifica_imputazione

pytestmark = pytest.mark.django_db


def anche(programma: Programma) -> dict[tuple[str, str], list[str]]:
    """Riga ed evidenza → le altre righe su cui conta."""
    obbligatorie, progettualita = azioni_in_pagina(valutazione_di(programma))
    return {
        (riga.riga.codice, voce.codice): [altra.codice for altra in voce.anche]
        for azione in [*obbligatorie, *progettualita]
        for riga in azione.righe
        for voce in riga.voci
    }


def test_ogni_registro_dice_dove_altro_conta(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    due = registra("post", ["1.3", "3.3", "4.2"])
    sola = registra("post", ["1.3"])
    terza = Imputazione.objects.get(evidenza=due, indicatore__progettualita__numero=4)
    verifica_imputazione(
        imputazione=terza,
        decisione=Decisione(StatoImputazione.RESPINTA, nota="Altro"),
        utente=persone.agenzia,
    )
    assert anche(programma) == {
        ("1.3", due.codice): ["3.3"],
        ("3.3", due.codice): ["1.3"],
        ("4.2", due.codice): [],
        ("1.3", sola.codice): [],
    }


def test_l_elenco_ha_solo_cio_che_conta_due_volte(programma: Programma, registra: Registra) -> None:
    evidenza = registra("post", ["1.3", "3.3"], titolo="Due volte")
    registra("post", ["1.3"], titolo="Una volta")
    elenco = su_piu_righe(valutazione_di(programma), {evidenza.codice: evidenza.pk})
    assert [(v.titolo, v.pk, [r.codice for r in v.righe]) for v in elenco.voci] == [
        ("Due volte", evidenza.pk, ["1.3", "3.3"])
    ]
    assert elenco.voci[0].righe[1].indirizzo == indirizzo("perche-azione", programma, "P3") + "#riga-3.3"
    assert elenco.regola.startswith("In questo programma la stessa evidenza può contare su più righe")


def test_dove_si_conta_una_volta_sola_non_c_e_nessun_elenco(
    manager: Client, programma: Programma, registra: Registra
) -> None:
    registra("post", ["1.3", "3.3"])
    programma.riuso = "una_volta"
    programma.save()
    assert su_piu_righe(valutazione_di(programma), {}).voci == ()
    pagina = manager.get(indirizzo("perche", programma)).content.decode()
    assert "un&#x27;evidenza conta su una riga sola" in pagina
    assert "Nessuna, finora." in pagina


def test_le_pagine_lo_dicono(manager: Client, programma: Programma, registra: Registra) -> None:
    evidenza = registra("post", ["1.3", "3.3"])
    pagina = manager.get(indirizzo("perche-azione", programma, "P1")).content.decode()
    assert "Conta anche su" in pagina
    sua = manager.get(indirizzo("evidenza", programma, evidenza.pk)).content.decode()
    assert "È imputata a 2 righe. In questo programma la stessa evidenza può contare su più righe" in sua


def test_i_tre_valori_stanno_insieme(manager: Client, programma: Programma, registra: Registra) -> None:
    registra("comunicato_stampa", ["obb.6"])
    registra("post", ["1.3"], data="2025-11-30", pianificata=True)
    dette = "Riconosciuto dall'Agenzia", "Se avviene ciò che è previsto"
    for nome, altro in (("programma", ()), ("progettualita", (1,))):
        pagina = manager.get(indirizzo(nome, programma, *altro)).content.decode()
        assert all(parola in pagina for parola in dette), nome
    risposta: Any = manager.get(indirizzo("progettualita", programma, 1))
    [(_, valori)] = risposta.context["tre_valori"]
    assert valori == valutazione_di(programma).esito.azione("P1").valori
    assert valori.prospettico > valori.dichiarato == valori.riconosciuto == 0
    assert {voce.azione for voce in risposta.context["manca"]} == {"P1"}

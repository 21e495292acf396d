"""Le pagine di una variazione: si apre, si scrive come ogni programma, la vede solo chi lo segue."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from distretti.models import Utente
from programmi.models import Programma, StatoProgramma
from programmi.services import elimina_riga, salva_premessa
from tests.conftest import CODICE, Persone
from tests.programmi.variazioni import MOTIVO, aperta, approvata, riga, trasmessa

Accedi = Callable[[Utente], Client]


@pytest.fixture
def pagina(programma: Programma) -> str:
    return reverse("variazione-nuova", args=[CODICE, 2025])


def test_si_apre_dalla_pagina_del_programma(
    programma: Programma, persone: Persone, accedi: Accedi, pagina: str
) -> None:
    manager = accedi(persone.manager)
    assert f'href="{pagina}"' in manager.get(programma.get_absolute_url()).content.decode()
    risposta = manager.post(pagina, {"motivo": MOTIVO})
    variazione = programma.variazioni.get()
    assert risposta["Location"] == reverse("programma-modifica", args=[CODICE, variazione.edizione])
    scrittura = manager.get(risposta["Location"]).content.decode()
    assert "Distretto Family Audit Alta Valsugana, 2025, variazione n. 1" in scrittura
    assert "Finché non è approvata, vale il programma com" in scrittura
    # Il pulsante non c'è più: al suo posto, la variazione in corso con il suo orologio.
    del_programma = manager.get(programma.get_absolute_url()).content.decode()
    assert f'href="{pagina}"' not in del_programma
    assert "Variazione n. 1</a> in corso" in del_programma
    assert "da oggi · in attesa del distretto" in del_programma
    assert reverse("confronto", args=[CODICE, variazione.edizione]) in del_programma


def test_senza_motivo_non_si_apre(
    programma: Programma, persone: Persone, accedi: Accedi, pagina: str
) -> None:
    risposta = accedi(persone.referente).post(pagina, {"motivo": " "})
    assert risposta.status_code == 422
    assert not programma.variazioni.exists()


@pytest.mark.parametrize("chi", ["coordinatore", "agenzia", "dirigente", "auditor", "estraneo"])
def test_non_la_apre_chi_non_scrive(
    programma: Programma, persone: Persone, accedi: Accedi, pagina: str, chi: str
) -> None:
    client = accedi(getattr(persone, chi))
    assert client.get(pagina).status_code == 403
    assert client.post(pagina, {"motivo": MOTIVO}).status_code == 403
    assert f'href="{pagina}"' not in client.get(programma.get_absolute_url()).content.decode()
    assert not programma.variazioni.exists()


def test_una_bozza_non_si_varia(bozza: Programma, persone: Persone, accedi: Accedi) -> None:
    pagina = reverse("variazione-nuova", args=[CODICE, bozza.edizione])
    assert accedi(persone.manager_altro).get(pagina).status_code == 404
    risposta = accedi(persone.manager).get(pagina, follow=True)
    assert "si varia un programma approvato" in risposta.content.decode()


def test_una_gia_in_corso_lo_si_dice(
    programma: Programma, persone: Persone, accedi: Accedi, pagina: str
) -> None:
    aperta(programma, persone)
    risposta = accedi(persone.referente).post(pagina, {"motivo": MOTIVO}, follow=True)
    assert "La variazione n. 1 è in corso (bozza)" in risposta.content.decode()
    assert programma.variazioni.count() == 1


def test_la_sua_pagina_e_di_chi_segue_il_programma(
    programma: Programma, persone: Persone, accedi: Accedi, client: Client
) -> None:
    variazione = aperta(programma, persone)
    for chi in (persone.estraneo, persone.manager_altro, persone.manager_scaduto):
        assert accedi(chi).get(variazione.get_absolute_url()).status_code == 404
    assert client.get(variazione.get_absolute_url()).status_code == 404
    for chi in (persone.manager, persone.coordinatore, persone.agenzia, persone.auditor):
        letta = accedi(chi).get(variazione.get_absolute_url()).content.decode()
        assert "Variazione n. 1 del 2025" in letta
        assert "non ancora approvata" in letta
        assert "Realizzazione</h2>" not in letta
    azione = reverse("progettualita", args=[CODICE, variazione.edizione, 1])
    assert accedi(persone.manager).get(azione).status_code == 200
    assert accedi(persone.estraneo).get(azione).status_code == 404


SCRITTURA = ("modifica/", "modifica/dati/", "modifica/premessa/", "modifica/attori/", "modifica/canali/")


def test_si_scrive_con_le_stesse_pagine(programma: Programma, persone: Persone, accedi: Accedi) -> None:
    variazione = aperta(programma, persone)
    manager, inizio = accedi(persone.manager), variazione.get_absolute_url()
    azione = variazione.progettualita.get(numero=4)
    pagine = [*SCRITTURA, f"modifica/progettualita/{azione.pk}/", "modifica/progettualita/nuova/"]
    for coda in pagine:
        risposta = manager.get(f"{inizio}{coda}")
        assert risposta.status_code == 200, coda
        # Nessun collegamento porta a scrivere il programma in vigore.
        assert f"/{CODICE}/2025/modifica/" not in risposta.content.decode(), coda
    # Il programma in vigore non si scrive, e le sue righe non sono di questa variazione.
    sua = programma.progettualita.get(numero=4)
    assert manager.get(f"{inizio}modifica/progettualita/{sua.pk}/").status_code == 404
    assert manager.get(f"{programma.get_absolute_url()}modifica/").status_code == 302


def test_i_giorni_di_una_riga_si_chiedono_solo_in_una_variazione(
    programma: Programma, bozza: Programma, persone: Persone, accedi: Accedi
) -> None:
    variazione, manager = aperta(programma, persone), accedi(persone.manager)
    pagina = reverse("indicatore-modifica", args=[CODICE, variazione.edizione, riga(variazione, "4.2").pk])
    form = manager.get(pagina).context["form"]
    scritto = {nome: form[nome].value() or "" for nome in form.fields}

    def salva(**giorni: str) -> Any:
        return manager.post(pagina, scritto | giorni)

    fuori = salva(al="2026-06-30")
    assert fuori.status_code == 422
    assert "Il giorno è fuori dall&#x27;esercizio" in fuori.content.decode()
    assert "prima del primo" in salva(dal="2025-07-01", al="2025-06-30").content.decode()
    assert salva(al="2025-06-30").status_code == 302
    azione = reverse(
        "progettualita-modifica",
        args=[CODICE, variazione.edizione, variazione.progettualita.get(numero=4).pk],
    )
    assert "Vale fino al 30 giugno 2025." in manager.get(azione).content.decode()
    obbligatoria = bozza.indicatori.order_by("ordine")[0]
    annuale = reverse("indicatore-modifica", args=[CODICE, bozza.edizione, obbligatoria.pk])
    assert "dal" not in manager.get(annuale).context["form"].fields


def test_le_mancanze_dicono_che_cosa_non_si_puo_togliere(
    programma: Programma, persone: Persone, accedi: Accedi
) -> None:
    from programmi.regola import TipoEvidenza
    from valutazione.services import crea_evidenza, registra_evidenza

    evidenza = crea_evidenza(programma=programma, tipo=TipoEvidenza.MAIL, utente=persone.manager)
    voce = {
        "codice": evidenza.codice,
        "tipo": "mail",
        "data": "2025-03-10",
        "titolo": "Mail",
        "imputazioni": [{"indicatore": "4.2", "stato": "in_attesa"}],
    }
    registra_evidenza(evidenza=evidenza, voce=voce, utente=persone.manager)
    variazione = aperta(programma, persone)
    elimina_riga(riga=riga(variazione, "4.2"))
    pagina = accedi(persone.manager).get(f"{variazione.get_absolute_url()}modifica/").content.decode()
    assert (
        escape("ha evidenze, o dati completati dall'Agenzia: non si può togliere. Si può chiudere") in pagina
    )


def test_approvata_resta_nella_storia(
    programma: Programma, persone: Persone, accedi: Accedi, client: Client
) -> None:
    variazione = aperta(programma, persone)
    salva_premessa(programma=variazione, premessa="Variata.")
    variazione = approvata(variazione, persone)
    manager = accedi(persone.manager)
    sua = manager.get(variazione.get_absolute_url()).content.decode()
    assert "Variazione approvata" in sua
    pagina = manager.get(programma.get_absolute_url()).content.decode()
    assert "variato con determinazione del dirigente n. 701 del 2 marzo 2026" in pagina
    assert f"{reverse('confronto', args=[CODICE, 2025])}?prima=1&amp;dopo=2" in pagina
    pubblica = client.get(programma.get_absolute_url()).content.decode()
    assert "variato con determinazione del dirigente n. 701" in pubblica
    assert "Variazione n. 1</a>" not in pubblica
    assert variazione.stato == StatoProgramma.APPROVATO


def test_ritirata_lascia_il_programma_com_e(programma: Programma, persone: Persone, accedi: Accedi) -> None:
    variazione = trasmessa(aperta(programma, persone), persone)
    pagina = reverse("programma-passaggio", args=[CODICE, variazione.edizione, "ritiro"])
    referente = accedi(persone.referente)
    dopo = referente.get(pagina).context["form"]["dopo"].value()
    fatto = referente.post(pagina, {"dopo": dopo, "il": "2026-03-02", "nota": "Non serve."})
    assert fatto.status_code == 302
    sua = referente.get(variazione.get_absolute_url()).content.decode()
    assert "Variazione non approvata" in sua
    assert (
        reverse("variazione-nuova", args=[CODICE, 2025])
        in referente.get(programma.get_absolute_url()).content.decode()
    )

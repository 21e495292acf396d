"""Le progettualità: tutti i campi dell'atto, i referenti, la classificazione, l'ordine."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Distretto, Organizzazione
from programmi.models import Progettualita, Programma, VoceClassificazione
from programmi.services import (
    DatiProgettualita,
    DatiReferente,
    Direzione,
    crea_progettualita,
    elimina_progettualita,
    salva_progettualita,
    sposta_progettualita,
)
from programmi.versioni import istantanea_progettualita, versione_di
from tests.conftest import Persone
from tests.programmi.ingressi import con_progettualita, in_due, indirizzo


@pytest.fixture
def manager(accedi: Callable[..., Client], persone: Persone) -> Client:
    return accedi(persone.manager)


def voce(codice: str) -> VoceClassificazione:
    return VoceClassificazione.objects.get(schema__codice="distretti-2025", codice=codice)


def modulo(**altro: str) -> dict[str, str]:
    organizzazione = Organizzazione.objects.get(codice="asif-chimelli")
    distretto = Distretto.objects.get(codice="df-val-di-non")
    return {
        "titolo": "L'impresa di mettersi in proprio",
        "tipo_azione": "ATTIVITA' INTERDISTRETTUALI",
        "ambito": "GOVERNANCE",
        "obiettivo_generale": "Generale",
        "obiettivo_specifico": "Specifico",
        "azioni": "Prima riga\r\nseconda riga",
        "altre_organizzazioni": "Camera di Commercio",
        "tempi": "Entro 31 dicembre 2026",
        "indicatori_testo": "Uno\r\n\r\n Due \r\n",
        "referenti-TOTAL_FORMS": "3",
        "referenti-INITIAL_FORMS": "0",
        "referenti-0-testo": "Chimelli",
        "referenti-0-riferimento": f"o:{organizzazione.pk}",
        "referenti-1-testo": "Distretto Val di Non",
        "referenti-1-riferimento": f"d:{distretto.pk}",
        "referenti-2-testo": "",
        "referenti-2-riferimento": "",
        "classificazioni-TOTAL_FORMS": "2",
        "classificazioni-INITIAL_FORMS": "0",
        "classificazioni-0-voce": str(voce("E0310").pk),
        "classificazioni-1-voce": str(voce("A0206").pk),
        **altro,
    }


def numeri(programma: Programma) -> list[tuple[int, str]]:
    return list(programma.progettualita.order_by("numero").values_list("numero", "titolo"))


def test_crea_con_tutti_i_campi(bozza: Programma, manager: Client) -> None:
    risposta = manager.post(indirizzo("progettualita-nuova", bozza), modulo())
    nuova = bozza.progettualita.get()
    assert risposta["Location"] == indirizzo("progettualita-modifica", bozza, pk=nuova.pk)
    assert nuova.numero == 1
    assert nuova.azioni == "Prima riga\nseconda riga"
    assert nuova.indicatori_testo == ["Uno", "Due"]
    referenti = nuova.referenti.order_by("ordine")
    assert [(r.testo, r.organizzazione_id is None, r.distretto_id is None) for r in referenti] == [
        ("Chimelli", False, True),
        ("Distretto Val di Non", True, False),
    ]
    classi = nuova.classificazioni_in_ordine.order_by("ordine").values_list("voce__codice", flat=True)
    assert list(classi) == ["E0310", "A0206"]
    pagina = manager.get(risposta["Location"]).content.decode()
    assert "Camera di Commercio" in pagina
    assert "Uno\nDue</textarea>" in pagina


def test_modifica(bozza: Programma, azione: Progettualita, manager: Client) -> None:
    versione = versione_di(istantanea_progettualita(azione))
    pagina = indirizzo("progettualita-modifica", bozza, pk=azione.pk)
    assert manager.post(pagina, modulo(titolo="Nuovo", versione=versione)).status_code == 302
    azione.refresh_from_db()
    assert azione.titolo == "Nuovo"
    assert azione.indicatori.count() == 1


def test_chi_salva_per_secondo_lo_sa(bozza: Programma, azione: Progettualita, manager: Client) -> None:
    versione = versione_di(istantanea_progettualita(azione))
    salva_progettualita(progettualita=azione, dati=DatiProgettualita(titolo="Altri", tempi="Sempre"))
    pagina = indirizzo("progettualita-modifica", bozza, pk=azione.pk)
    risposta = manager.post(pagina, modulo(titolo="Mio", versione=versione))
    assert risposta.status_code == 409
    assert ("Titolo", "Altri") in risposta.context["conflitto"]
    assert 'value="Mio"' in risposta.content.decode()
    azione.refresh_from_db()
    assert azione.titolo == "Altri"


def test_cio_che_si_scriveva_su_una_progettualita_eliminata_non_si_perde(
    bozza: Programma, azione: Progettualita, manager: Client
) -> None:
    pagina = indirizzo("progettualita-modifica", bozza, pk=azione.pk)
    elimina_progettualita(progettualita=azione)
    risposta = manager.post(pagina, modulo(titolo="Scritto con cura"))
    assert risposta.status_code == 409
    corpo = risposta.content.decode()
    assert "Eliminata nel frattempo" in corpo
    assert 'value="Scritto con cura"' in corpo
    assert f'action="{indirizzo("progettualita-nuova", bozza)}"' in corpo
    assert manager.get(pagina).status_code == 404


@pytest.mark.parametrize(
    ("campo", "valore"),
    [
        ("titolo", ""),
        ("titolo", "x" * 301),
        ("referenti-0-riferimento", "o:999999"),
        ("referenti-0-riferimento", "zzz"),
        ("referenti-0-testo", ""),
        ("classificazioni-0-voce", "999999"),
        ("referenti-TOTAL_FORMS", "molti"),
    ],
)
def test_spiega_un_campo_sbagliato(bozza: Programma, manager: Client, campo: str, valore: str) -> None:
    risposta = manager.post(indirizzo("progettualita-nuova", bozza), modulo(**{campo: valore}))
    assert risposta.status_code == 422
    assert "Controlla i dati inseriti" in risposta.content.decode()
    assert not bozza.progettualita.exists()


def test_un_organizzazione_che_non_aderisce_non_si_sceglie(bozza: Programma, manager: Client) -> None:
    altra = Organizzazione.objects.create(codice="altra", denominazione="Altra")
    dati = modulo(**{"referenti-0-riferimento": f"o:{altra.pk}"})
    assert manager.post(indirizzo("progettualita-nuova", bozza), dati).status_code == 422


def test_la_stessa_classificazione_due_volte_non_si_salva(bozza: Programma, manager: Client) -> None:
    dati = modulo(**{"classificazioni-1-voce": str(voce("E0310").pk)})
    risposta = manager.post(indirizzo("progettualita-nuova", bozza), dati)
    assert risposta.status_code == 422
    assert "due volte" in risposta.content.decode()
    assert not bozza.progettualita.exists()


def test_si_riordinano_senza_buchi(bozza: Programma, manager: Client) -> None:
    prima, seconda, terza = con_progettualita(bozza, 3)
    manager.post(indirizzo("progettualita-sposta", bozza, pk=terza.pk), {"direzione": "su"})
    assert numeri(bozza) == [(1, "Azione 1"), (2, "Azione 3"), (3, "Azione 2")]
    sposta_progettualita(progettualita=prima, direzione=Direzione.SU)
    assert numeri(bozza)[0] == (1, "Azione 1")
    manager.post(indirizzo("progettualita-elimina", bozza, pk=prima.pk))
    assert numeri(bozza) == [(1, "Azione 3"), (2, "Azione 2")]
    sposta_progettualita(progettualita=seconda, direzione=Direzione.GIU)
    assert numeri(bozza)[1] == (2, "Azione 2")


def test_una_direzione_inventata_e_404(bozza: Programma, azione: Progettualita, manager: Client) -> None:
    pagina = indirizzo("progettualita-sposta", bozza, pk=azione.pk)
    assert manager.post(pagina, {"direzione": "destra"}).status_code == 404


def test_ogni_servizio_rifiuta_un_programma_approvato(programma: Programma) -> None:
    scelta = programma.progettualita.get(numero=1)
    chiamate: list[Callable[[], Any]] = [
        lambda: crea_progettualita(programma=programma, dati=DatiProgettualita(titolo="x")),
        lambda: salva_progettualita(progettualita=scelta, dati=DatiProgettualita(titolo="x")),
        lambda: elimina_progettualita(progettualita=scelta),
        lambda: sposta_progettualita(progettualita=scelta, direzione=Direzione.GIU),
    ]
    for chiamata in chiamate:
        with pytest.raises(StatoNonAmmesso):
            chiamata()
    assert programma.progettualita.count() == 10


def test_un_referente_e_un_organizzazione_oppure_un_distretto(bozza: Programma) -> None:
    chi = DatiReferente(
        "x", Organizzazione.objects.get(codice="asif-chimelli"), Distretto.objects.get(codice="df-val-di-non")
    )
    with pytest.raises(DatiNonValidi, match="oppure un distretto"):
        crea_progettualita(programma=bozza, dati=DatiProgettualita(titolo="x", referenti=[chi]))
    assert not bozza.progettualita.exists()


def test_in_due_insieme_i_numeri_restano_senza_buchi(a_due_mani: Persone) -> None:
    from tests.programmi.passi import bozza_completa

    bozza = bozza_completa()
    esiti = in_due(
        lambda: crea_progettualita(programma=bozza, dati=DatiProgettualita(titolo="A")),
        lambda: crea_progettualita(programma=bozza, dati=DatiProgettualita(titolo="B")),
    )
    assert all(isinstance(esito, Progettualita) for esito in esiti)
    assert [numero for numero, _ in numeri(bozza)] == [1, 2, 3]


def test_il_numero_di_interrogazioni_non_cresce(bozza: Programma, manager: Client) -> None:
    con_progettualita(bozza, 1)
    pagina = indirizzo("programma-modifica", bozza)
    manager.get(pagina)
    with CaptureQueriesContext(connection) as una:
        manager.get(pagina)
    con_progettualita(bozza, 50)
    with CaptureQueriesContext(connection) as molte:
        manager.get(pagina)
    assert len(molte) == len(una)


def test_il_riepilogo_elenca_gli_errori_di_ogni_parte(bozza: Programma, manager: Client) -> None:
    campi = {"titolo": "", "referenti-0-testo": "", "classificazioni-0-voce": "999999"}
    corpo = manager.post(indirizzo("progettualita-nuova", bozza), modulo(**campi)).content.decode()
    riepilogo = corpo[corpo.index("data-riepilogo-errori") :].split("</ul>")[0]
    assert corpo.count("data-riepilogo-errori") == 1
    assert "Titolo:" in riepilogo
    assert "#id_referenti-0-testo" in riepilogo
    assert "#id_classificazioni-0-voce" in riepilogo


def test_ogni_pulsante_dice_su_che_cosa_agisce(bozza: Programma, manager: Client) -> None:
    con_progettualita(bozza, 2)
    corpo = manager.get(indirizzo("programma-modifica", bozza)).content.decode()
    sezione = corpo[corpo.index('id="obbligatorie"') :]
    nomi = [
        " ".join(re.sub(r"<[^>]+>", "", nome).split())
        for nome in re.findall(r"<(?:button|summary)[^>]*>(.*?)</(?:button|summary)>", sezione, re.DOTALL)
    ]
    assert "Sposta giù la riga obb.1" in nomi
    assert "Elimina la progettualità P2" in nomi
    assert len(nomi) == len(set(nomi))


def referenti_offerti(manager: Client, programma: Programma) -> set[str]:
    """The codes of the organisations that the form of a new progettualità offers as referents."""
    pagina = manager.get(indirizzo("progettualita-nuova", programma)).content.decode()
    chiavi = set(re.findall(r'<option value="o:(\d+)"', pagina))
    return set(Organizzazione.objects.filter(pk__in=chiavi).values_list("codice", flat=True))


def test_i_referenti_si_scelgono_tra_gli_aderenti_del_registro(bozza: Programma, manager: Client) -> None:
    aderenti = bozza.distretto.adesioni.nel_periodo(bozza.dal, bozza.al)
    assert referenti_offerti(manager, bozza) == set(aderenti.values_list("organizzazione__codice", flat=True))


def test_o_dall_elenco_che_il_programma_tiene_per_se(bozza: Programma, manager: Client) -> None:
    """È l'elenco che conta per le percentuali: chi ne era uscito prima dell'anno non c'è."""
    Organizzazione.objects.create(codice="fuori-registro", denominazione="Fuori registro", natura="privata")
    stampati = [("asif-chimelli", None), ("fuori-registro", "2026-01-01"), ("cs4", "2025-12-31")]
    bozza.registro_scheda = {
        "aderenti": [
            {"organizzazione": codice, "dal": "2022-07-15", "al": al, "marchi": []} for codice, al in stampati
        ]
    }
    bozza.save(update_fields=["registro_scheda"])

    assert referenti_offerti(manager, bozza) == {"asif-chimelli", "fuori-registro"}

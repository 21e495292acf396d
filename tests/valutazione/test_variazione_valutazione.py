"""Le percentuali prima e dopo una variazione: le evidenze restano alla loro riga."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from distretti.errori import StatoNonAmmesso
from distretti.models import Utente
from programmi.completezza import completezza
from programmi.errori import ProgrammaIncompleto
from programmi.models import Programma, StatoProgramma
from programmi.regola import TipoEvidenza
from programmi.services import (
    DatiRiga,
    crea_riga,
    elimina_progettualita,
    elimina_riga,
    salva_regola,
    salva_riga,
)
from programmi.variazione.impedimenti import ancora_leggibile
from tests.conftest import Persone
from tests.programmi.variazioni import alla_firma, aperta, approvata, firmata, riga, trasmessa
from tests.valutazione.conftest import Registra, indirizzo
from valutazione.letture import valutazione_di
from valutazione.scheda.errori import SchedaNonValida
from valutazione.scheda.lettura import leggi_scheda
from valutazione.services import crea_evidenza
from valutazione.services.completamento import Detto, salva_completamento

META = {"tipo": "per_unita", "percentuale": "25", "evidenze": ["incontro", "mail", "post"]}
UNICA = {"tipo": "unica", "percentuale": "100", "evidenze": ["mail", "post"]}


def dichiarato(programma: Programma, codice: str) -> Fraction:
    valore = valutazione_di(programma).esito.righe[codice].valori.dichiarato
    assert valore is not None
    return valore


def test_cambiata_la_regola_la_percentuale_segue(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    for giorno in ("2025-02-03", "2025-09-10"):
        registra("mail", righe=["4.2"], data=giorno)
    assert dichiarato(programma, "4.2") == 100
    variazione = aperta(programma, persone)
    salva_regola(riga=riga(variazione, "4.2"), regola=META)
    pronta = alla_firma(variazione, persone)
    assert dichiarato(programma, "4.2") == 100  # fino all'atto vale il programma com'era
    # L'ultima versione approvata vale per tutto l'esercizio, anche per ciò che era già registrato.
    firmata(pronta, persone)
    assert dichiarato(programma, "4.2") == 50


def test_rinumerata_la_riga_l_evidenza_resta_alla_sua(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    evidenza = registra("mail", righe=["4.2"])
    variazione = aperta(programma, persone)
    elimina_progettualita(progettualita=variazione.progettualita.get(numero=3))
    elimina_riga(riga=riga(variazione, "3.1"))  # era la 4.1
    approvata(variazione, persone)
    assert [i.indicatore.codice for i in evidenza.imputazioni.all()] == ["3.1"]
    assert dichiarato(programma, "3.1") == 50


def test_rinumerata_la_riga_cio_che_ne_disse_l_agenzia_resta_alla_sua(
    programma: Programma, persone: Persone
) -> None:
    lasciata = riga(programma, "4.1")
    programma.indicatori.filter(pk=lasciata.pk).update(regola={"tipo": "manuale", "assegnata": None})
    detto = Detto(assegnata="60", motivazione="Fatto a metà.")
    salva_completamento(riga=riga(programma, "4.1"), detto=detto, utente=persone.agenzia)
    assert dichiarato(programma, "4.1") == 60
    variazione = aperta(programma, persone)
    elimina_progettualita(progettualita=variazione.progettualita.get(numero=3))
    approvata(variazione, persone)
    assert dichiarato(programma, "3.1") == 60


def test_una_riga_con_evidenze_non_si_toglie(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    registra("mail", righe=["4.2"])
    variazione = aperta(programma, persone)
    elimina_riga(riga=riga(variazione, "4.2"))
    (frase,) = completezza(variazione).mancanze
    assert frase.startswith("La riga 4.2 «")
    assert frase.endswith(
        "ha evidenze, o dati completati dall'Agenzia: non si può togliere. "
        "Si può chiudere indicando l'ultimo giorno in cui vale."
    )
    with pytest.raises(ProgrammaIncompleto, match="non si può togliere"):
        trasmessa(variazione, persone)


def test_nemmeno_la_sua_progettualita(programma: Programma, persone: Persone, registra: Registra) -> None:
    registra("mail", righe=["4.2"])
    variazione = aperta(programma, persone)
    elimina_progettualita(progettualita=variazione.progettualita.get(numero=4))
    assert [frase[:12] for frase in completezza(variazione).mancanze] == ["La riga 4.2 "]


def test_la_forma_cambia_finche_le_misure_si_leggono(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    registra("post", righe=["4.2"], misure={"4.2": {"unita": 2}})
    variazione = aperta(programma, persone)
    salva_regola(riga=riga(variazione, "4.2"), regola=UNICA)
    (frase,) = completezza(variazione).mancanze
    assert "una misura che la nuova regola non prevede" in frase
    fasce = [{"da": 1, "percentuale": "20"}, {"da": 2, "percentuale": "60"}]
    salva_regola(riga=riga(variazione, "4.2"), regola={"tipo": "fasce", "fasce": fasce, "evidenze": ["post"]})
    assert not completezza(variazione).mancanze
    approvata(variazione, persone)
    assert dichiarato(programma, "4.2") == 60


def test_una_riga_si_chiude_e_ne_comincia_un_altra(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    prima = registra("mail", righe=["4.2"], data="2025-05-30")
    dopo = registra("mail", righe=["4.2"], data="2025-07-01")
    variazione = aperta(programma, persone)
    vecchia = riga(variazione, "4.2")
    fino = (None, date(2025, 6, 30))
    salva_riga(riga=vecchia, dati=DatiRiga(vecchia.testo, vecchia.testo_regola, giorni=fino))
    dal = (date(2025, 7, 1), None)
    nuova = crea_riga(
        programma=variazione,
        progettualita=vecchia.progettualita,
        dati=DatiRiga("Post del secondo semestre", giorni=dal),
    )
    salva_regola(riga=nuova, regola=META)
    approvata(variazione, persone)
    esito = valutazione_di(programma).esito.righe["4.2"]
    assert [voce.evidenza for voce in esito.conteggiate] == [prima.codice]
    assert [(voce.evidenza, voce.motivo.value) for voce in esito.scartate] == [
        (dopo.codice, "riga_non_in_vigore")
    ]
    assert dichiarato(programma, "4.3") == 0


def test_un_evidenza_registrata_dopo_la_trasmissione_ferma_l_approvazione(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    variazione = aperta(programma, persone)
    elimina_riga(riga=riga(variazione, "4.2"))
    pronta = alla_firma(variazione, persone)
    registra("mail", righe=["4.2"])
    with pytest.raises(StatoNonAmmesso, match=r"La riga 4\.2 «.*» ha evidenze"):
        firmata(pronta, persone)
    variazione.refresh_from_db()
    assert variazione.stato == StatoProgramma.ALLA_FIRMA
    assert dichiarato(programma, "4.2") == 50


REGOLE: dict[str, dict[str, Any] | None] = {
    "nessuna": None,
    "manuale": {"tipo": "manuale", "assegnata": None},
    "unica": {"tipo": "unica", "percentuale": "100", "evidenze": ["post"]},
    "per_unita": {"tipo": "per_unita", "percentuale": "50", "evidenze": ["post"]},
    "fasce": {"tipo": "fasce", "fasce": [{"da": 1, "percentuale": "50"}], "evidenze": ["post"]},
    "per_distinti": {
        "tipo": "per_distinti",
        "percentuale": "50",
        "distinti": "organizzazione",
        "evidenze": ["post"],
    },
    "composta": {
        "tipo": "composta",
        "parti": [{"nome": "a", "percentuale": "50"}, {"nome": "b", "percentuale": "50"}],
        "evidenze": ["post"],
    },
    "composta_ridotta": {
        "tipo": "composta",
        "parti": [{"nome": "b", "percentuale": "50"}],
        "evidenze": ["post"],
    },
    "quota_ore": {"tipo": "quota_ore", "ore_previste": "10", "soglia": "50", "evidenze": ["post"]},
}
MISURE: dict[str, dict[str, Any]] = {
    "per_unita": {"unita": 2},
    "fasce": {"unita": 2},
    "per_distinti": {"organizzazioni": ["cs4"]},
    "composta": {"parti": ["a"]},
    "composta_ridotta": {"parti": ["b"]},
    "quota_ore": {"ore": "3"},
}


@pytest.mark.parametrize(("prima", "dopo"), list(product(REGOLE, REGOLE)))
def test_cio_che_si_lascia_passare_si_legge_ancora(prima: str, dopo: str) -> None:
    """Per ogni coppia di forme: se la misura piena resta, il lettore della scheda la accetta."""
    if prima == "nessuna" and dopo != "nessuna":
        assert ancora_leggibile(REGOLE[prima], REGOLE[dopo])
    scheda = _scheda(REGOLE[dopo], MISURE.get(prima))
    try:
        leggi_scheda(scheda)
    except SchedaNonValida:
        assert not ancora_leggibile(REGOLE[prima], REGOLE[dopo])
    else:
        assert ancora_leggibile(REGOLE[prima], REGOLE[dopo])


def _scheda(regola: dict[str, Any] | None, misura: dict[str, Any] | None) -> dict[str, Any]:
    """La scheda più piccola con una riga e un'evidenza che le è imputata."""
    imputazione = {"indicatore": "obb.1", "stato": "in_attesa"} | ({"misura": misura} if misura else {})
    return {
        "formato": "scheda-programma/1",
        "autorita": "pat-acs",
        "distretto": {"codice": "d", "denominazione": "D", "tipo": "territoriale"},
        "dal": "2025-01-01",
        "al": "2025-12-31",
        "richiede_contributo": True,
        "organizzazioni": [{"codice": "cs4", "denominazione": "CS4", "alias": []}],
        "aderenti": [],
        "obbligatorie": [
            {"codice": "obb.1", "sezione": "S", "testo": "T", "testo_regola": "", "regola": regola}
        ],
        "progettualita": [],
        "evidenze": [
            {
                "codice": "e1",
                "tipo": "post",
                "data": "2025-03-03",
                "titolo": "Post",
                "organizzazioni": ["cs4"],
                "imputazioni": [imputazione],
            }
        ],
    }


def test_le_pagine_delle_evidenze_non_esistono_per_una_variazione(
    programma: Programma, persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    variazione = aperta(programma, persone)
    manager = accedi(persone.manager)
    inizio = variazione.get_absolute_url()
    for coda in ("evidenze/", "evidenze/nuova/", "verifica/", "perche/", "relazione.pdf", "relazione/"):
        assert manager.get(f"{inizio}{coda}").status_code == 404
    assert manager.get(inizio).status_code == 200
    assert manager.get(reverse("evidenze", args=["dfa-alta-valsugana", 2025])).status_code == 200


def test_cio_che_si_stava_scrivendo_non_va_a_un_altra_riga(
    programma: Programma, persone: Persone, manager: Client
) -> None:
    """La spunta porta il codice della riga: rinumerata, quel codice è di un'altra."""
    evidenza = crea_evidenza(programma=programma, tipo=TipoEvidenza.MAIL, utente=persone.manager)
    pagina = indirizzo("evidenza-modifica", programma, evidenza.pk)
    viste = manager.get(pagina).context["form"]["righe_viste"].value()
    scritto = {"data": "2025-05-06", "titolo": "Mail", "riga-4-2": "on", "righe_viste": viste}
    manager.post(pagina, scritto | {"azione": "bozza"})
    assert manager.get(pagina).context["form"]["riga-4-2"].value()
    variazione = aperta(programma, persone)
    elimina_riga(riga=riga(variazione, "4.1"))
    crea_riga(
        programma=variazione,
        progettualita=riga(variazione, "4.1").progettualita,
        dati=DatiRiga("Un'altra riga"),
    )
    salva_regola(riga=riga(variazione, "4.2"), regola=META)
    approvata(variazione, persone)
    # La bozza conservata: le parole restano, le righe si chiedono di nuovo.
    ripresa = manager.get(pagina)
    assert ripresa.context["form"]["titolo"].value() == "Mail"
    assert not ripresa.context["form"]["riga-4-2"].value()
    assert "Il programma è stato variato" in ripresa.content.decode()
    # La pagina che era rimasta aperta: non si registra nulla, e si dice perché.
    inviata = manager.post(pagina, scritto | {"azione": "registra"})
    assert inviata.status_code == 422
    assert "indica di nuovo a quali conta" in inviata.content.decode()
    assert not inviata.context["form"]["riga-4-2"].value()
    assert not evidenza.imputazioni.exists()
    nuove = inviata.context["form"]["righe_viste"].value()
    fatta = manager.post(pagina, scritto | {"azione": "registra", "righe_viste": nuove, "riga-4-1": "on"})
    assert fatta.status_code == 302
    assert {i.indicatore.codice for i in evidenza.imputazioni.all()} == {"4.1", "4.2"}

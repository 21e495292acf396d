"""``documento_di``: le stesse interrogazioni con 1 e con 50 di tutto, per uno e per molti programmi."""

import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from distretti.models import Distretto
from programmi.models import Programma, Versione
from programmi.services import crea_bozza
from tests.congelate import togli
from tests.scheda.ingressi import Documento, Porta, esempio
from valutazione.scheda.da_database import documenti_di, documento_di


def con_evidenze(quante: int) -> Documento:
    """The example with so many evidences, organisations and referents, each with everything."""
    documento = esempio()
    modello = documento["evidenze"][0] | {
        "allegati": [{"nome": "a.pdf", "tipo": "application/pdf", "dimensione": 1, "sha256": "0" * 64}]
    }
    nuove = [f"org-{n}" for n in range(quante)]
    documento["organizzazioni"] = documento["organizzazioni"][:2] + [
        {"codice": codice, "denominazione": codice, "alias": [f"alias {codice}"]} for codice in nuove
    ]
    documento["progettualita"][1]["referenti"] = [{"testo": c, "organizzazione": c} for c in nuove]
    documento["evidenze"] = [
        copy.deepcopy(modello) | {"codice": f"e{n}", "organizzazioni": ["comune", "coop", nuove[n]]}
        for n in range(quante)
    ]
    return documento


def interrogazioni(programmi: list[Programma]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as lette:
        documenti_di(programmi)
    return len(lette)


def test_le_interrogazioni_non_dipendono_da_quanto_c_e(porta: Porta) -> None:
    conteggi = []
    for quante in (1, 50):
        documento = con_evidenze(quante)
        documento["distretto"]["codice"] = f"esempio-{quante}"
        if quante > 1:  # the register knows these from the first district
            documento["organizzazioni"][0]["alias"] = []
        porta.importa(documento)
        programma = Programma.objects.get(distretto__codice=f"esempio-{quante}")
        assert len(documento_di(programma)["evidenze"]) == quante
        conteggi.append(interrogazioni([programma]))
    assert conteggi[0] == conteggi[1]


def test_molti_programmi_costano_come_uno(porta: Porta) -> None:
    porta.importa(esempio())
    for codice in ("df-val-di-non", "df-val-di-sole", "df-paganella"):
        crea_bozza(distretto=Distretto.objects.get(codice=codice), anno=2025)
    programmi = list(Programma.objects.order_by("pk"))
    assert len(programmi) == 5
    con_evidenza = Programma.objects.get(distretto__codice="esempio")
    assert interrogazioni(programmi) == interrogazioni([con_evidenza])


def test_molti_programmi_danno_ciascuno_il_suo_documento(porta: Porta) -> None:
    porta.importa(esempio())
    programmi = list(Programma.objects.order_by("-pk"))
    assert documenti_di(programmi) == [documento_di(programma) for programma in programmi]


def test_la_sola_promessa_non_legge_evidenze(porta: Porta) -> None:
    porta.importa(esempio())
    programma = Programma.objects.get(distretto__codice="esempio")
    with CaptureQueriesContext(connection) as lette:
        promessa = documento_di(programma, solo_promessa=True)
    assert promessa["evidenze"] == []
    assert [o["codice"] for o in promessa["organizzazioni"]] == ["comune", "coop"]
    assert not any("valutazione_" in query["sql"] for query in lette)


def test_un_programma_che_non_c_e_piu(porta: Porta) -> None:
    porta.importa(esempio())
    programma = Programma.objects.get(distretto__codice="esempio")
    chiave = programma.pk
    programma.evidenze.all().delete()
    togli(Versione)
    programma.delete()
    programma.pk = chiave
    assert documenti_di([programma]) == []
    with pytest.raises(Programma.DoesNotExist):
        documento_di(programma)

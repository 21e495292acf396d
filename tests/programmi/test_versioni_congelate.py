"""Ciò che il programma dice quando è trasmesso e approvato si conserva, e nessuna porta lo cambia."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from distretti.models import Atto, Evento, RigaCongelata, Utente
from programmi.errori import VersioneAlterata
from programmi.models import GenereVersione, Programma, Versione
from programmi.verifica_versioni import (
    alterazioni_dei_passaggi,
    alterazioni_dei_programmi,
    alterazioni_delle_versioni,
)
from programmi.versioni_congelate import congela, congela_mancanti, contenuto_di, leggi, versioni_di
from tests.conftest import CODICE, Persone
from tests.congelate import altera, togli
from tests.programmi.ingressi import con_progettualita, trasmesso


@pytest.fixture
def versione(programma: Programma) -> Versione:
    """The one frozen when the published programme was imported."""
    return programma.versioni.get()


def test_l_importazione_conserva_cio_che_l_atto_ha_approvato(
    programma: Programma, versione: Versione
) -> None:
    assert (versione.numero, versione.genere) == (1, GenereVersione.APPROVAZIONE)
    assert versione.congelata_da is None
    assert versione.passaggio.azione == "approvazione"
    assert hashlib.sha256(versione.contenuto.encode()).hexdigest() == versione.sha256
    documento = leggi(versione)
    assert documento == contenuto_di(programma)
    assert documento["evidenze"] == []
    assert "dimostrazione" not in documento
    evento = Evento.objects.che_riguardano(versione.riferimento_evento).get()
    assert evento.azione == "programma.versione"
    assert evento.dati.letti["dopo"]["Impronta SHA-256"] == versione.sha256


def test_la_trasmissione_conserva_chi_e_quando(bozza: Programma, persone: Persone) -> None:
    con_progettualita(bozza, 2)
    inviato = trasmesso(bozza, persone.referente)
    versione = inviato.versioni.get()
    assert versione.genere == GenereVersione.TRASMISSIONE
    assert versione.congelata_da == persone.referente
    inviato.progettualita.filter(numero=1).update(titolo="Cambiato dopo")
    assert "Cambiato dopo" not in versione.contenuto
    assert [v.numero for v in versioni_di(inviato)] == [1]


PORTE: dict[str, Callable[[Versione], Any]] = {
    "save": lambda v: v.save(),
    "delete": lambda v: v.delete(),
    "update": lambda v: Versione.objects.filter(pk=v.pk).update(contenuto="{}"),
    "update dal programma": lambda v: v.programma.versioni.update(contenuto="{}"),
    "update del base manager": lambda v: Versione._base_manager.filter(pk=v.pk).update(contenuto="{}"),
    "delete di tutte": lambda v: Versione.objects.all().delete(),
    "bulk_update": lambda v: Versione.objects.bulk_update([v], ["contenuto"]),
    "bulk_create che aggiorna": lambda v: Versione.objects.bulk_create(
        [v], update_conflicts=True, unique_fields=["id"], update_fields=["contenuto"]
    ),
    "update_or_create": lambda v: Versione.objects.update_or_create(pk=v.pk, defaults={"contenuto": "{}"}),
}


@pytest.mark.parametrize("porta", PORTE)
def test_nessuna_porta_cambia_una_versione(versione: Versione, porta: str) -> None:
    prima = versione.contenuto
    versione.contenuto = "{}"
    with pytest.raises(RigaCongelata):
        PORTE[porta](versione)
    assert Versione.objects.get(pk=versione.pk).contenuto == prima


def test_cio_a_cui_una_versione_si_riferisce_non_si_cancella(versione: Versione) -> None:
    with pytest.raises(ProtectedError):
        versione.programma.delete()
    with pytest.raises(ProtectedError):
        versione.passaggio.delete()


@pytest.mark.parametrize(
    "comando", ["UPDATE programmi_versione SET contenuto = '{}'", "DELETE FROM programmi_versione"]
)
def test_il_solo_sql(versione: Versione, comando: str) -> None:
    """PostgreSQL refuses it; on SQLite it goes through and is found."""

    def prova() -> None:
        with transaction.atomic(), connection.cursor() as cursore:
            cursore.execute(comando)

    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="si scrivono una volta sola"):
            prova()
        assert list(alterazioni_delle_versioni()) == []
    else:
        prova()
        assert list(alterazioni_delle_versioni()) != []


@pytest.mark.parametrize("anche_l_impronta", [False, True])
def test_una_versione_alterata_si_trova_e_non_si_mostra(
    versione: Versione, anche_l_impronta: bool, accedi: Callable[[Utente], Client], persone: Persone
) -> None:
    """Also when whoever altered it wrote the new hash beside it: the chain keeps the old one."""
    falso = versione.contenuto.replace("Family", "Famly")
    impronta = hashlib.sha256(falso.encode()).hexdigest() if anche_l_impronta else versione.sha256
    altera(versione, contenuto=falso, sha256=impronta)
    assert any("stata alterata" in detto for detto in alterazioni_delle_versioni())
    with pytest.raises(VersioneAlterata):
        leggi(Versione.objects.get(pk=versione.pk))
    for client in (Client(), accedi(persone.auditor)):
        for nome in ("versione", "versione-json"):
            risposta = client.get(reverse(nome, args=[CODICE, 2025, 1]))
            assert risposta.status_code == 500
            testo = risposta.content.decode()
            assert "Questa versione è stata alterata" in testo
            assert "Famly" not in testo
    with pytest.raises(SystemExit) as uscita:
        call_command("verifica_registro")
    assert uscita.value.code == 1


ALTRI_DATI: dict[str, Callable[[Persone], Any]] = {
    "genere": lambda _: "trasmissione",
    "congelata_alle": lambda _: "2025-04-01 10:00:00+00:00",
    "congelata_da_id": lambda persone: persone.dirigente.pk,
}


@pytest.mark.parametrize("colonna", ALTRI_DATI)
def test_anche_chi_quando_e_perche_fanno_parte_di_cio_che_e_conservato(
    versione: Versione, persone: Persone, colonna: str
) -> None:
    altera(versione, **{colonna: ALTRI_DATI[colonna](persone)})
    assert ["stata alterata" in detto for detto in alterazioni_delle_versioni()] == [True]
    with pytest.raises(VersioneAlterata):
        leggi(Versione.objects.get(pk=versione.pk))


def test_una_pagina_di_versione_alterata_lascia_un_allarme(
    versione: Versione, caplog: pytest.LogCaptureFixture
) -> None:
    altera(versione, contenuto="{}")
    Client().get(reverse("versione", args=[CODICE, 2025, 1]))
    assert any(riga.levelname == "CRITICAL" for riga in caplog.records)


def test_un_programma_cambiato_dopo_l_approvazione_si_trova(programma: Programma) -> None:
    assert list(alterazioni_dei_programmi()) == []
    programma.progettualita.filter(numero=4).update(titolo="Altro titolo")
    assert ["non dice più" in detto for detto in alterazioni_dei_programmi()] == [True]


def test_un_passaggio_cambiato_dopo_l_approvazione_si_trova(programma: Programma) -> None:
    programma.passaggi.filter(azione="trasmissione").update(il="2025-04-01")
    assert ["I passaggi" in detto for detto in alterazioni_dei_programmi()] == [True]


def test_un_atto_cambiato_dopo_l_approvazione_si_trova(programma: Programma) -> None:
    Atto.objects.filter(codice="determinazione-6607-2025").update(numero="6608")
    assert ["Gli atti" in detto for detto in alterazioni_dei_programmi()] == [True]


def test_uno_stato_senza_il_suo_passaggio_si_trova(programma: Programma, bozza: Programma) -> None:
    assert list(alterazioni_dei_passaggi()) == []
    with connection.cursor() as cursore:
        cursore.execute(
            "UPDATE programmi_programma SET stato = 'bozza', trasmesso_il = NULL, approvato_il = NULL"
            " WHERE id = %s",
            [programma.pk],
        )
    assert [programma.riferimento in detto for detto in alterazioni_dei_passaggi()] == [True]


def test_il_registro_puo_cambiare_senza_che_la_promessa_sia_alterata(programma: Programma) -> None:
    programma.distretto.adesioni.update(al="2025-12-01")
    programma.distretto.denominazione = "Altro nome"
    programma.distretto.save()
    assert list(alterazioni_dei_programmi()) == []


def test_congela_cio_che_era_approvato_prima_e_si_puo_ripetere(programma: Programma) -> None:
    togli(Versione)
    assert ["nessuna versione" in detto for detto in alterazioni_dei_programmi()] == [True]
    call_command("congela", verbosity=0)
    versione = programma.versioni.get()
    assert versione.congelata_da is None
    assert leggi(versione) == contenuto_di(programma)
    assert congela_mancanti() == []


def test_si_congela_solo_cio_che_il_passaggio_prevede(programma: Programma) -> None:
    passaggio = programma.passaggi.exclude(versione__isnull=False).first()
    assert passaggio is not None
    passaggio.azione = "rinvio"
    with pytest.raises(KeyError):
        congela(programma, passaggio, None)


def test_una_bozza_gia_trasmessa_non_si_sostituisce(
    bozza: Programma, persone: Persone, tmp_path: Any
) -> None:
    con_progettualita(bozza, 1)
    inviato = trasmesso(bozza, persone.referente)
    scheda = contenuto_di(inviato) | {"passaggi": [], "titolo": "Un altro titolo"}
    Programma.objects.filter(pk=inviato.pk).update(stato="bozza", trasmesso_il=None)
    file = tmp_path / "scheda.json"
    file.write_text(json.dumps(scheda), encoding="utf-8")
    with pytest.raises(CommandError, match="è già stata trasmessa o approvata"):
        call_command("importa", str(file), sostituisci=True)

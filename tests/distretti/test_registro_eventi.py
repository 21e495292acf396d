"""La catena degli eventi si ricalcola: ciò che è alterato, troncato o riscritto si trova."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from distretti import registro_eventi
from distretti.congelamento import CAMBIA, CANCELLA, congela_tabelle, mancanti, tabelle_congelate
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import DatiEvento, Distretto, Evento, OggettoEvento, TestaRegistro
from distretti.registro_eventi import (
    Anello,
    alterazioni_dalla_testa,
    alterazioni_della_catena,
    cancella_dati,
    ultimo_anello,
)
from tests.conftest import CODICE
from tests.congelate import altera, senza_trigger


@pytest.fixture
def catena(db: None) -> list[Evento]:
    distretto = Distretto.objects.get(codice=CODICE)
    return [
        annota(azione="prova", oggetti=[distretto], dopo={"Numero": str(numero)}, motivo="Una prova")
        for numero in range(4)
    ]


def togli(evento: Evento) -> None:
    with connection.cursor() as cursore:
        for modello in (DatiEvento, OggettoEvento, Evento):
            tabella = modello._meta.db_table
            chiave = "numero" if modello is Evento else "evento_id"
            senza_trigger(tabella, "DISABLE")
            cursore.execute(f'DELETE FROM "{tabella}" WHERE "{chiave}" = %s', [evento.numero])  # noqa: S608
            senza_trigger(tabella, "ENABLE")


def test_una_catena_intera_non_ha_alterazioni(catena: list[Evento], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registro_eventi, "BLOCCO", 2)
    assert list(alterazioni_della_catena()) == []


ALTERAZIONI: dict[str, tuple[Callable[[Evento], None], str]] = {
    "l'azione": (lambda e: altera(e, azione="altra"), "è stato alterato"),
    "il ruolo": (lambda e: altera(e, ruolo="dirigente"), "è stato alterato"),
    "la richiesta": (lambda e: altera(e, richiesta="r"), "è stato alterato"),
    "l'istante": (lambda e: altera(e, alle=e.alle + timedelta(microseconds=1)), "è stato alterato"),
    "l'impegno": (lambda e: altera(e, impegno="0" * 64), "sono stati alterati"),
    "il precedente": (lambda e: altera(e, precedente="f" * 64), "non segue più quello che lo precede"),
    "l'oggetto": (lambda e: altera(e.oggetti.get(), riferimento="distretto/altro"), "è stato alterato"),
    "i dati": (lambda e: altera(e.dati, contenuto='{"motivo": "altro"}'), "sono stati alterati"),
    "i dati cancellati in silenzio": (
        lambda e: altera(e.dati, contenuto="", sale="", cancellati_alle=e.alle),
        "senza che il registro lo dica",
    ),
    "un evento tolto": (togli, "Manca l'evento n."),
}


@pytest.mark.parametrize("come", ALTERAZIONI)
def test_ogni_alterazione_si_trova(catena: list[Evento], come: str) -> None:
    altera_evento, detto = ALTERAZIONI[come]
    altera_evento(catena[1])
    trovate = list(alterazioni_della_catena())
    assert any(detto in alterazione for alterazione in trovate), trovate
    assert any(f"n. {catena[1].numero}" in alterazione for alterazione in trovate)


def test_una_riga_sbagliata_non_accusa_tutte_le_seguenti(catena: list[Evento]) -> None:
    altera(catena[0], azione="altra")
    assert len(list(alterazioni_della_catena())) == 1


def test_una_catena_troncata_si_trova(catena: list[Evento]) -> None:
    togli(catena[3])
    assert list(alterazioni_della_catena()) == [f"Manca l'evento n. {catena[3].numero}."]
    TestaRegistro.objects.update(numero=catena[2].numero, impronta=catena[2].impronta)
    assert list(alterazioni_della_catena()) == []  # by itself it looks whole: that is what the export is for
    esportata = Anello(catena[3].numero, catena[3].impronta, catena[3].alle)
    assert [a for a in alterazioni_dalla_testa(esportata) if "troncato" in a]


def test_una_testa_tirata_indietro_si_trova(catena: list[Evento]) -> None:
    TestaRegistro.objects.update(numero=catena[2].numero, impronta=catena[2].impronta)
    assert "oltre la testa" in " ".join(alterazioni_della_catena())


def test_una_catena_riscritta_da_capo_si_trova_con_la_testa_esportata(catena: list[Evento]) -> None:
    esportata = ultimo_anello()
    assert esportata is not None
    assert Anello.da_json(esportata.in_json()) == esportata
    assert list(alterazioni_dalla_testa(esportata)) == []
    ultimo = catena[3]
    togli(ultimo)
    TestaRegistro.objects.update(numero=catena[2].numero, impronta=catena[2].impronta)
    annota(azione="riscritto", oggetti=[Distretto.objects.get(codice=CODICE)])
    assert list(alterazioni_della_catena()) == []
    assert [a for a in alterazioni_dalla_testa(esportata) if "riscritto" in a]


@pytest.mark.parametrize(
    "testo",
    [
        "",
        "[]",
        "{}",
        '{"numero": "x", "impronta": "", "alle": ""}',
        '{"numero": 1, "impronta": "a", "alle": "2025-06-19T10:00:00"}',
        "non json",
    ],
)
def test_un_file_che_non_e_una_testa(testo: str) -> None:
    with pytest.raises(DatiNonValidi):
        Anello.da_json(testo)


def test_i_dati_cancellati_non_ci_sono_piu_e_la_catena_regge(catena: list[Evento]) -> None:
    evento = catena[1]
    cancellazione = cancella_dati(evento=evento, motivo="Richiesta dell'interessato")
    dati = DatiEvento.objects.get(evento=evento)
    assert (dati.sale, dati.contenuto) == ("", "")
    assert dati.letti == {"chi": "", "prima": {}, "dopo": {}, "motivo": ""}
    assert dati.cancellati_alle is not None
    assert list(alterazioni_della_catena()) == []
    riferimenti = [o.riferimento for o in cancellazione.oggetti.order_by("ordine")]
    assert riferimenti == [f"evento/{evento.numero}", f"distretto/{CODICE}"]
    with pytest.raises(StatoNonAmmesso):
        cancella_dati(evento=evento, motivo="Di nuovo")
    with pytest.raises(DatiNonValidi):
        cancella_dati(evento=catena[2], motivo=" ")


@pytest.mark.parametrize("modello", [Evento, OggettoEvento, DatiEvento])
@pytest.mark.parametrize("comando", ["UPDATE", "DELETE"])
def test_il_solo_sql(catena: list[Evento], modello: type[Evento], comando: str) -> None:
    """PostgreSQL refuses it; SQLite, which has no lasting triggers, lets it through and it is found."""
    su_postgresql = connection.vendor == "postgresql"
    tabella = modello._meta.db_table
    chiave = "numero" if modello is Evento else "evento_id"
    colonna = {Evento: "azione", OggettoEvento: "riferimento", DatiEvento: "contenuto"}[modello]
    cambia, cancella = f"UPDATE \"{tabella}\" SET {colonna} = 'x'", f'DELETE FROM "{tabella}"'  # noqa: S608
    inizio = cambia if comando == "UPDATE" else cancella

    def prova() -> None:
        if modello is Evento and comando == "DELETE" and not su_postgresql:
            togli(catena[1])
            return
        with transaction.atomic(), connection.cursor() as cursore:
            cursore.execute(f'{inizio} WHERE "{chiave}" = %s', [catena[1].numero])

    if su_postgresql:
        with pytest.raises(DatabaseError, match="si scrivono una volta sola"):
            prova()
        assert list(alterazioni_della_catena()) == []
    else:
        prova()
        assert list(alterazioni_della_catena()) != []


def test_un_trigger_tolto_si_vede_e_si_rimette(db: None) -> None:
    assert tabelle_congelate(databases=["default"]) == []
    if connection.vendor != "postgresql":
        assert mancanti(connection) == []
        return
    with connection.cursor() as cursore:
        cursore.execute(f'DROP TRIGGER {CAMBIA} ON "{Evento._meta.db_table}"')
        cursore.execute(f'ALTER TABLE "{DatiEvento._meta.db_table}" DISABLE TRIGGER {CANCELLA}')
    assert [avviso.id for avviso in tabelle_congelate(databases=["default"])] == ["distretti.W005"] * 2
    from django.apps import apps

    congela_tabelle(apps.get_app_config("distretti"), "default")
    assert mancanti(connection) == []

"""Ciò che è congelato nessuno lo cambia; alterato alle spalle del prodotto, nessuna porta lo mostra."""

import json
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.core.serializers import deserialize, serialize
from django.db import DatabaseError, connection, models, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from distretti.basi.canonico import sha256_di
from distretti.models import Distretto, RigaCongelata, Utente
from programmi.models import Programma
from tests.conftest import CODICE, Persone
from tests.congelate import altera
from tests.indirizzi.chiuso_del_mondo import ANNO, chiuso
from valutazione.autovalutazione.congelamento import alterazioni_delle_autovalutazioni
from valutazione.autovalutazione.congelamento import leggi as leggi_autovalutazione
from valutazione.models import Autovalutazione, CostoManager, Risultato
from valutazione.risultati.verifica import alterazioni_dei_risultati
from valutazione.scheda.da_database import documento_di
from valutazione.scheda.importa import ImportazioneRifiutata, importa_documenti
from valutazione.stampa.autovalutazione import autovalutazione_pdf
from valutazione.stampa.modello import in_html

pytestmark = pytest.mark.django_db

FALSO = "98.76"
DEL_PROGRAMMA = (
    *("programma", "perche", "andamento", "cosa-manca", "chiusura", "autovalutazione", "risultato"),
    *("pacchetto", "contributo", "relazione", "relazione-estremi"),
    *("api-programma", "api-risultato", "api-pacchetto", "api-contributo", "api-valutazione", "api-chiusura"),
)
ELENCHI, DOMANDA = ("risultati", "valutazioni"), f"?autorita=pat-acs&anno={ANNO}&limit=100"
Accedi = Callable[[Utente], Client]


@pytest.fixture
def programma(persone: Persone) -> Programma:
    """Of 2024: result 1 is published, result 2 corrects it and is not."""
    distretto = Distretto.objects.select_related("autorita").get(codice=CODICE)
    return chiuso(distretto, persone, "Titolo riservato")


PORTE: dict[str, Callable[[Any], Any]] = {
    "save": lambda r: r.save(),
    "save di un campo": lambda r: r.save(update_fields=["sha256"]),
    "delete": lambda r: r.delete(),
    "update": lambda r: type(r).objects.filter(pk=r.pk).update(sha256="0" * 64),
    "update del base manager": lambda r: type(r)._base_manager.filter(pk=r.pk).update(sha256="0" * 64),
    "update dal programma": lambda r: getattr(r.programma, _dal_programma(r)).update(sha256="0" * 64),
    "update dalla persona": lambda r: getattr(_chi(r), _dalla_persona(r)).update(sha256="0" * 64),
    "delete di tutti": lambda r: type(r).objects.all().delete(),
    "bulk_update": lambda r: type(r).objects.bulk_update([r], ["sha256"]),
    "bulk_create che sostituisce": lambda r: type(r).objects.bulk_create(
        [r], update_conflicts=True, update_fields=["sha256"], unique_fields=["id"]
    ),
    "update_or_create": lambda r: type(r).objects.update_or_create(pk=r.pk, defaults={"sha256": "0" * 64}),
    "save_base": lambda r: _falsata(r).save_base(raw=True),
    "loaddata": lambda r: _ricarica(_falsata(r)),
}


def _falsata(riga: Any) -> Any:
    riga.sha256 = "0" * 64
    return riga


def _ricarica(riga: models.Model) -> None:
    for letta in deserialize("json", serialize("json", [riga])):
        letta.save()


def _dal_programma(riga: models.Model) -> str:
    return "risultati" if isinstance(riga, Risultato) else "autovalutazioni"


def _dalla_persona(riga: models.Model) -> str:
    return "risultati_congelati" if isinstance(riga, Risultato) else "autovalutazioni_congelate"


def _chi(riga: models.Model) -> Utente:
    chi: Utente = getattr(riga, "congelato_da", None) or getattr(riga, "congelata_da")  # noqa: B009
    return chi


@pytest.mark.parametrize("modello", [Autovalutazione, Risultato])
def test_nessuna_porta_di_django_li_cambia(programma: Programma, modello: Any) -> None:
    riga = modello.objects.get(programma=programma, numero=1)
    prima = modello.objects.filter(programma=programma).values_list()
    com_erano = list(prima.order_by("pk"))
    for nome, porta in PORTE.items():
        with pytest.raises(RigaCongelata), transaction.atomic():
            porta(modello.objects.get(pk=riga.pk))
        assert list(prima.order_by("pk")) == com_erano, nome
    for altro in (riga.passaggio, riga.programma, _chi(riga)):
        with pytest.raises((ProtectedError, RigaCongelata)):
            altro.delete()


@pytest.mark.parametrize(
    ("tabella", "cambio"),
    [
        ("valutazione_risultato", "riconosciuto = 99"),
        ("valutazione_risultato", "motivo = 'Un altro motivo' WHERE numero = 2"),
        ("valutazione_risultato", "congelato_alle = '2020-01-01 00:00:00+00:00'"),
        ("valutazione_autovalutazione", "contenuto = '{}'"),
        ("valutazione_autovalutazione", "congelata_alle = '2020-01-01 00:00:00+00:00'"),
    ],
)
def test_col_solo_sql_postgresql_rifiuta_e_sqlite_lo_scopre(
    programma: Programma, tabella: str, cambio: str
) -> None:
    def alterazioni() -> list[str]:
        return [*alterazioni_dei_risultati(), *alterazioni_delle_autovalutazioni()]

    assert alterazioni() == []
    try:
        with transaction.atomic(), connection.cursor() as cursore:
            cursore.execute(f"UPDATE {tabella} SET {cambio}")  # noqa: S608
    except DatabaseError:
        assert connection.vendor == "postgresql"
        assert alterazioni() == []
    else:
        assert connection.vendor != "postgresql"
        assert alterazioni() != []


def falsa(risultato: Risultato) -> None:
    """By one who knows how: the false esito, its hash and its values agree with each other."""
    esito = json.loads(risultato.esito)
    esito["programma"]["riconosciuto"] = FALSO
    testo = json.dumps(esito, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    altera(risultato, esito=testo, sha256=sha256_di(esito), riconosciuto=FALSO)


def detto_da(client: Client, indirizzo: str) -> bytes:
    """What an address says; of a spreadsheet what is in it."""
    risposta: Any = client.get(indirizzo)
    byte = b"".join(risposta) if risposta.streaming else risposta.content
    if not byte.startswith(b"PK"):
        return bytes(byte)
    with ZipFile(BytesIO(byte)) as foglio:
        return b"".join(foglio.read(nome) for nome in foglio.namelist())


def test_un_risultato_falsificato_non_esce_da_nessuna_porta(
    programma: Programma, persone: Persone, accedi: Accedi, tmp_path: Path
) -> None:
    CostoManager.objects.create(
        programma=programma, importo=Decimal(10000), fonte="Rendiconto", scritto_da=persone.referente
    )
    for risultato in Risultato.objects.filter(programma=programma):
        falsa(risultato)
    chi = {nome: accedi(getattr(persone, nome)) for nome in ("manager", "agenzia")} | {"tutti": Client()}
    indirizzi = [reverse(nome, args=[CODICE, ANNO]) for nome in DEL_PROGRAMMA]
    indirizzi += [reverse(n, args=[CODICE, ANNO, 1]) for n in ("risultato-numero", "risultato-pacchetto")]
    quadro = [programma.distretto.autorita.codice, ANNO]
    indirizzi += [reverse(nome, args=quadro) for nome in ("quadro", "quadro-csv", "quadro-xlsx")]
    indirizzi += [reverse("api-programmi"), reverse("scrivania"), reverse("distretto", args=[CODICE])]
    indirizzi += [f"/api/v1/{elenco}{DOMANDA}{f}" for elenco in ELENCHI for f in ("", "&formato=csv")]
    for nome, client in chi.items():
        client.raise_request_exception = False
        for indirizzo in indirizzi:
            testo = detto_da(client, indirizzo)
            for falso in (FALSO.encode(), FALSO.replace(".", ",").encode(), b"7.901,", b"7901."):
                assert falso not in testo, (nome, indirizzo)
    for comando in ("relazione", "pacchetto"):
        file = tmp_path / comando
        with pytest.raises(CommandError, match="non corrisponde"):
            call_command(comando, f"{CODICE}/{ANNO}", output=str(file))
        assert not file.exists()
    with pytest.raises(SystemExit) as uscita:
        call_command("verifica_registro", stdout=StringIO(), stderr=StringIO())
    assert uscita.value.code == 1


def test_una_autovalutazione_falsificata_non_esce_da_nessuna_porta(
    programma: Programma, persone: Persone, accedi: Accedi
) -> None:
    riga = Autovalutazione.objects.get(programma=programma)
    documento = json.loads(riga.contenuto)
    documento["esito"]["programma"]["dichiarato"] = FALSO
    documento["commenti"] = [{"azione": "P1", "testo": "Parole messe in bocca"}]
    testo = json.dumps(documento, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    altera(riga, contenuto=testo, sha256=sha256_di(documento))
    nomi = ("trasmessa", "json", "pdf")
    for chi in (persone.manager, persone.agenzia, persone.auditor):
        client = accedi(chi)
        client.raise_request_exception = False
        for nome in nomi:
            risposta = client.get(reverse(f"autovalutazione-{nome}", args=[CODICE, ANNO, 1]))
            assert risposta.status_code == 500, nome
            for falso in (FALSO, "98,76", "Parole messe in bocca"):
                assert falso not in risposta.content.decode()
        for nome in ("autovalutazione", "chiusura", "api-chiusura"):
            risposta = client.get(reverse(nome, args=[CODICE, ANNO]))
            assert "Parole messe in bocca" not in risposta.content.decode()
    assert list(alterazioni_delle_autovalutazioni()) != []


def test_un_autovalutazione_si_legge_come_fu_scritta_qualunque_cosa_sia_diventato_il_calcolo(
    programma: Programma, persone: Persone, accedi: Accedi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page, the print and the file tell the same numbers for ever: none is computed again."""
    riga = Autovalutazione.objects.get(programma=programma)
    scritto = json.loads(riga.contenuto)["esito"]["programma"]["dichiarato"].replace(".", ",") + "%"

    def un_altro(scheda: object) -> Any:
        raise AssertionError("computed again")

    monkeypatch.setattr("valutazione.letture.valuta", un_altro)
    monkeypatch.setattr("valutazione.stampa.autovalutazione.in_pdf", in_html)
    pagina = accedi(persone.agenzia).get(reverse("autovalutazione-trasmessa", args=[CODICE, ANNO, 1]))
    assert scritto in pagina.content.decode()
    assert scritto in str(autovalutazione_pdf(leggi_autovalutazione(riga)))


def test_un_file_non_riscrive_un_anno_chiuso(programma: Programma) -> None:
    prima = list(Risultato.objects.order_by("pk").values_list())
    diversa = documento_di(programma) | {"evidenze": []}
    for sostituisci in (False, True):
        with pytest.raises(ImportazioneRifiutata):
            importa_documenti([("altra.json", diversa)], sostituisci=sostituisci)
    assert list(Risultato.objects.order_by("pk").values_list()) == prima
    assert documento_di(programma)["evidenze"] != []

"""Il risultato si congela quando è definito, nessuno lo cambia, e lo legge chi può."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from distretti.basi.canonico import sha256_di
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Distretto, Evento, RigaCongelata, Utente
from programmi.models import Programma
from tests.conftest import CODICE, Persone
from tests.congelate import altera, togli
from tests.indirizzi.chiuso_del_mondo import ANNO, TITOLO_PUBBLICO, chiuso
from tests.programmi.ingressi import pdf
from tests.risultati.ingressi import PERCHE, pubblica, riapri
from valutazione.kernel import VERSIONE
from valutazione.models import Autovalutazione, Evidenza, Imputazione, PassaggioChiusura, Risultato
from valutazione.relazione.documento import relazione_di, relazione_html
from valutazione.risultati import RisultatoAlterato, congela_risultato, e_correzione, risultato_da_pubblicare
from valutazione.risultati.correzioni import correzioni_di
from valutazione.risultati.lettura import leggi, ultimi_pubblicati
from valutazione.risultati.verifica import alterazioni_dei_risultati

pytestmark = pytest.mark.django_db

SEGRETO = "Nome Riservato"
Accedi = Callable[[Utente], Client]


@pytest.fixture
def programma(persone: Persone) -> Programma:
    """Of 2024: result 1 is published, result 2 corrects it and is not."""
    distretto = Distretto.objects.select_related("autorita").get(codice=CODICE)
    return chiuso(distretto, persone, SEGRETO)


@pytest.fixture
def primo(programma: Programma) -> Risultato:
    return Risultato.objects.get(programma=programma, numero=1)


def pagina(nome: str, *altro: object, client: Client | None = None, query: str = "") -> Any:
    return (client or Client()).get(reverse(nome, args=[CODICE, ANNO, *altro]) + query)


def test_conserva_il_pacchetto_le_impronte_e_chi(programma: Programma, primo: Risultato) -> None:
    pacchetto = leggi(primo)
    assert sha256_di(pacchetto.scheda) == primo.sha256_scheda == pacchetto.esito["sha256_scheda"]
    assert sha256_di(pacchetto.esito) == primo.sha256
    assert (primo.versione_kernel, primo.motivo, primo.differenze) == (VERSIONE, "", [])
    assert (str(primo.dichiarato), str(primo.riconosciuto)) == ("25.00", "25.00")
    assert SEGRETO not in primo.scheda + primo.esito
    assert primo.autovalutazione is not None
    evento = Evento.objects.che_riguardano(primo.riferimento_evento).get()
    assert evento.azione == "risultato.definizione"


def test_la_correzione_dice_che_cosa_cambia_e_perche(programma: Programma, persone: Persone) -> None:
    secondo = Risultato.objects.get(programma=programma, numero=2)
    assert secondo.motivo == PERCHE
    cambiata = {"voce": "P2", "voce_prima": "P2", "lettura": "riconosciuto", "prima": "0.00", "dopo": "50.00"}
    assert cambiata in secondo.differenze
    assert e_correzione(programma)
    riapri(programma, persone)
    passaggio = PassaggioChiusura.objects.order_by("pk").last()
    assert passaggio is not None
    with pytest.raises(DatiNonValidi) as senza:
        congela_risultato(programma=programma, passaggio=passaggio, utente=persone.agenzia, motivo="  ")
    assert list(senza.value.campi) == ["nota"]
    assert Risultato.objects.filter(programma=programma).count() == 2


def test_si_pubblica_l_ultimo_e_una_volta_sola(programma: Programma, persone: Persone) -> None:
    prima = Programma.objects.get(pk=programma.pk).modificato_alle
    assert pubblica(programma, persone).numero == 2
    assert Programma.objects.get(pk=programma.pk).modificato_alle > prima
    with pytest.raises(StatoNonAmmesso, match="già pubblicato"):
        risultato_da_pubblicare(programma)
    Programma.objects.filter(pk=programma.pk).update(anno=2020)
    altro = Programma.objects.exclude(pk=programma.pk).first()
    assert altro is not None
    with pytest.raises(StatoNonAmmesso, match="non ha ancora un risultato"):
        risultato_da_pubblicare(altro)


def test_il_file_dell_atto_di_pubblicazione_lo_scarica_chi_segue(
    programma: Programma, persone: Persone, accedi: Accedi
) -> None:
    """Everybody reads its number and its date: its file may hold reasons."""
    agenzia = accedi(persone.agenzia)
    passo = reverse("chiusura-passo", args=[CODICE, ANNO, "pubblicazione_risultato"])
    dati = {"nuovo_tipo": "determinazione", "nuovo_ente": "Provincia", "nuovo_numero": "7"}
    dati |= {"nuovo_data": "2025-04-30", "dopo": agenzia.get(passo).context["form"]["dopo"].value()}
    assert agenzia.post(passo, {**dati, "nuovo_file": pdf()}).status_code == 302
    file = reverse("risultato-atto", args=[CODICE, ANNO, 2])
    for client, stato in ((agenzia, 200), (accedi(persone.manager), 200), (accedi(persone.estraneo), 403)):
        risposta = client.get(file)
        risposta.getvalue()
        assert risposta.status_code == stato
        testo = pagina("risultato", client=client).content.decode()
        assert str(PassaggioChiusura.objects.exclude(atto=None).get().atto) in testo
        assert (file in testo) is (stato == 200)
    assert Client().get(file).status_code == 302


PORTE: dict[str, Callable[[Risultato], Any]] = {
    "save": lambda r: r.save(),
    "delete": lambda r: r.delete(),
    "update": lambda r: Risultato.objects.filter(pk=r.pk).update(esito="{}"),
    "update dal programma": lambda r: r.programma.risultati.update(esito="{}"),
    "update del base manager": lambda r: Risultato._base_manager.filter(pk=r.pk).update(esito="{}"),
    "delete di tutti": lambda r: Risultato.objects.all().delete(),
    "bulk_update": lambda r: Risultato.objects.bulk_update([r], ["esito"]),
}


def test_nessuna_porta_lo_cambia(primo: Risultato) -> None:
    prima = primo.esito
    for nome, porta in PORTE.items():
        with pytest.raises(RigaCongelata):
            porta(primo)
        assert Risultato.objects.get(pk=primo.pk).esito == prima, nome
    for altro in (primo.passaggio, primo.programma):
        with pytest.raises(ProtectedError):
            altro.delete()


@pytest.mark.parametrize(
    "comando", ["UPDATE valutazione_risultato SET riconosciuto = 99", "DELETE FROM valutazione_risultato"]
)
def test_il_solo_sql(primo: Risultato, comando: str) -> None:
    """PostgreSQL refuses it; on SQLite it goes through, unless something points there, and is found."""
    try:
        with transaction.atomic(), connection.cursor() as cursore:
            cursore.execute(comando)
            connection.check_constraints()
    except DatabaseError:
        assert connection.vendor == "postgresql" or comando.startswith("DELETE")
        assert list(alterazioni_dei_risultati()) == []
    else:
        assert connection.vendor != "postgresql"
        assert list(alterazioni_dei_risultati()) != []


def test_alterato_si_trova_e_non_si_mostra_da_nessuna_porta(
    primo: Risultato, persone: Persone, accedi: Accedi
) -> None:
    """Also by who writes the right hashes beside the false texts: the chain keeps the old ones."""
    esito = json.loads(primo.esito)
    esito["programma"]["riconosciuto"] = "98.76"
    altera(
        primo,
        esito=json.dumps(esito, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        sha256=sha256_di(esito),
        riconosciuto="98.76",
    )
    with pytest.raises(RisultatoAlterato):
        leggi(Risultato.objects.get(pk=primo.pk))
    for client in (Client(), accedi(persone.manager)):
        client.raise_request_exception = False
        for nome in ("risultato-numero", "risultato-pacchetto"):
            risposta = pagina(nome, 1, client=client)
            assert risposta.status_code == 500
            assert "Questo risultato è stato alterato" in risposta.content.decode()
            assert "98.76" not in risposta.content.decode()
        for nome in ("api-risultato", "api-pacchetto"):
            risposta = pagina(nome, client=client, query="?numero=1")
            assert risposta.status_code == 500
            assert "98.76" not in risposta.content.decode()
    for nome in ("programma", "api-programma"):
        testo = pagina(nome).content.decode()
        assert "98.76" not in testo
        assert "98,76" not in testo
    assert ultimi_pubblicati([primo.programma_id]) == {}
    with pytest.raises(SystemExit) as uscita:
        call_command("verifica_registro")
    assert uscita.value.code == 1


def test_verifica_registro_trova_numeri_mancanti_e_valori_che_non_tornano(
    programma: Programma, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(alterazioni_dei_risultati()) == []
    with monkeypatch.context() as m:
        m.setattr("valutazione.risultati.verifica.ricalcolato", lambda pacchetto: False)
        assert [a for a in alterazioni_dei_risultati() if "non dà più gli stessi valori" in a] != []
    secondo = Risultato.objects.get(programma=programma, numero=2)
    altera(secondo, numero=7)
    trovate = " ".join(alterazioni_dei_risultati())
    assert "non sono di seguito" in trovate
    assert "Manca il risultato 2" in trovate
    togli(Risultato, PassaggioChiusura, Autovalutazione)
    assert len([a for a in alterazioni_dei_risultati() if a.startswith("Manca il risultato")]) == 2


def test_il_pubblico_legge_solo_cio_che_e_pubblicato(
    programma: Programma, persone: Persone, accedi: Accedi
) -> None:
    manager, altrove = accedi(persone.manager), accedi(persone.manager_altro)
    for client in (Client(), altrove):
        assert "25,00%" in pagina("risultato", client=client).content.decode()
        assert pagina("risultato-numero", 2, client=client).status_code == 404
        assert pagina("api-risultato", client=client).json()["numero"] == 1
        assert pagina("api-pacchetto", client=client, query="?numero=2").status_code == 404
        assert pagina("api-programma", client=client).json()["risultato"]["riconosciuto"] == "25.00"
    assert "Anteprima" in pagina("risultato", client=manager).content.decode()
    assert pagina("api-risultato", client=manager).json()["pubblicato_il"] is None
    pubblica(programma, persone)
    letta = pagina("risultato").content.decode()
    assert "50,00%" in letta
    assert "Il risultato è stato corretto" in letta
    assert PERCHE in letta
    assert "Nota interna riservata" not in letta
    assert pagina("risultato-numero", 1).status_code == 200
    assert pagina("api-programma").json()["risultato"]["numero"] == 2
    (correzione,) = correzioni_di(programma, Risultato.objects.get(programma=programma, numero=2))
    assert correzione.motivi == (PERCHE,)


def test_la_pagina_dice_che_cosa_e_stato_fatto_e_niente_di_riservato(programma: Programma) -> None:
    for nome, altro in (("risultato", ()), ("risultato-pacchetto", (1,)), ("api-pacchetto", ())):
        testo = pagina(nome, *altro).content.decode()
        assert SEGRETO not in testo
        assert TITOLO_PUBBLICO in testo
    testo = pagina("risultato").content.decode()
    assert "1 incontro." in testo
    assert "Non è stata riconosciuta nessuna attività." in testo


def test_prima_della_definizione_l_anteprima_e_di_chi_segue(persone: Persone, accedi: Accedi) -> None:
    dove = [CODICE, 2025]
    for client in (Client(), accedi(persone.estraneo)):
        for nome in ("risultato", "api-risultato", "api-pacchetto"):
            assert client.get(reverse(nome, args=dove)).status_code == 404
    manager = accedi(persone.manager)
    assert "Anteprima con i dati di oggi" in manager.get(reverse("risultato", args=dove)).content.decode()
    assert manager.get(reverse("api-pacchetto", args=dove)).json()["formato"] == "pacchetto-valutazione/1"
    assert manager.get(reverse("api-risultato", args=dove)).status_code == 404
    assert manager.get(reverse("api-risultato", args=dove) + "?numero=uno").status_code == 400


def test_da_quando_e_definito_la_relazione_non_si_muove_piu(programma: Programma) -> None:
    prima = relazione_html(relazione_di(programma))
    assert "risultato n. 2, definito" in prima
    Imputazione.objects.filter(evidenza__programma=programma).update(
        stato="respinta", motivazione="Dopo", verificata_alle=timezone.now()
    )
    Evidenza.objects.filter(programma=programma).update(titolo_pubblico="Cambiato dopo")
    assert relazione_html(relazione_di(programma)) == prima
    assert relazione_di(programma).dati.impronta == Risultato.objects.get(numero=2).sha256_scheda


def test_il_comando_pacchetto(programma: Programma, tmp_path: Any, capsys: Any) -> None:
    quale, file = f"{CODICE}/{ANNO}", tmp_path / "p.json"
    call_command("pacchetto", quale, output=str(file))
    assert "risultato n. 2" in capsys.readouterr().err
    assert json.loads(file.read_text())["esito"]["programma"]["riconosciuto"] == "50.00"
    call_command("pacchetto", quale, risultato="1")
    uscita = capsys.readouterr()
    assert json.loads(uscita.out) == pagina("risultato-pacchetto", 1).json()
    call_command("pacchetto", quale, oggi=True)
    assert "pacchetto di oggi" in capsys.readouterr().err
    rifiutati: list[dict[str, Any]] = [
        {"risultato": "3"},
        {"risultato": "0"},
        {"risultato": "due"},
        {"risultato": "1", "oggi": True},
        {"output": str(tmp_path / "non" / "c'è")},
    ]
    for opzioni in rifiutati:
        with pytest.raises(CommandError) as rifiuto:
            call_command("pacchetto", quale, **opzioni)
        assert rifiuto.value.returncode == 2

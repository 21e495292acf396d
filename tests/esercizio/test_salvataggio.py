"""Salvare, distruggere, ripristinare: si ritrova ogni riga e ogni file; ciò che non va è rifiutato intero."""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from distretti.models import Atto, Distretto, Utente
from distretti.salvataggio import salva as modulo_salva
from distretti.salvataggio import su_postgresql, su_sqlite
from distretti.salvataggio.archivio import Scrittura
from distretti.salvataggio.salva import base_dati
from distretti.salvataggio.tabelle import campi_file, colonna_impronta, impronte
from programmi.models import Programma
from programmi.regola import TipoEvidenza
from tests.conftest import CODICE, Persone, crea_persone
from tests.esercizio.installazione import Installazione
from tests.indirizzi.chiuso_del_mondo import chiuso
from tests.programmi.ingressi import pdf
from tests.valutazione.test_allegati import png
from valutazione.autovalutazione.congelamento import alterazioni_delle_autovalutazioni
from valutazione.management.comando import Rifiuto
from valutazione.models import Allegato, Evidenza, Risultato
from valutazione.risultati.lettura import leggi
from valutazione.risultati.verifica import alterazioni_dei_risultati
from valutazione.services import aggiungi_allegato, crea_evidenza, elimina_bozza

pytestmark = pytest.mark.django_db

FILE = 4


@pytest.fixture
def piena(deposito: str, installazione: Installazione) -> Installazione:
    """With people, evidences, attachments and a signed act."""
    riempi()
    return installazione


@pytest.fixture
def su_disco(installazione: Installazione) -> Installazione:
    riempi()
    return installazione


def riempi() -> None:
    persone = crea_persone()
    programma = Programma.objects.get(distretto__codice=CODICE, anno=2025)
    for numero in range(3):
        evidenza = crea_evidenza(programma=programma, tipo=TipoEvidenza.INCONTRO, utente=persone.manager)
        foto = png(f"foto-{numero}.png", coda=b"x" * numero * 100_000)
        aggiungi_allegato(evidenza=evidenza, file=foto, utente=persone.manager)
    atto = Atto.objects.get(codice="determinazione-6607-2025")
    documento = pdf()
    atto.file_nome, atto.file_sha256 = "atto.pdf", sha256(documento.read()).hexdigest()
    documento.seek(0)
    atto.file.save("atto.pdf", documento, save=False)
    atto.save()


def nomi() -> list[str]:
    atti = Atto.objects.exclude(file="").values_list("file", flat=True)
    return sorted([*Allegato.objects.exclude(file="").values_list("file", flat=True), *atti])


def contenuti() -> dict[str, str]:
    """The hash of every stored file that a row names."""
    trovati = {}
    for nome in nomi():
        with default_storage.open(nome, "rb") as file:
            trovati[nome] = sha256(file.read()).hexdigest()
    return trovati


def svuota_deposito(secchio: Any = None) -> None:
    if secchio is not None:
        secchio.objects.all().delete()
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def salva(destinazione: Path, **opzioni: Any) -> str:
    uscita = io.StringIO()
    call_command("salva", destinazione, stdout=uscita, stderr=uscita, **opzioni)
    return uscita.getvalue()


def ripristina(archivio: Path, **opzioni: Any) -> str:
    uscita = io.StringIO()
    call_command("ripristina", archivio, stdout=uscita, stderr=uscita, **opzioni)
    return uscita.getvalue()


def rifiutato(archivio: Path, **opzioni: Any) -> str:
    with pytest.raises(Rifiuto) as rifiuto:
        ripristina(archivio, **opzioni)
    assert rifiuto.value.returncode == 2
    return str(rifiuto.value)


def con_manifesto(
    archivio: Path,
    cambia: Callable[[dict[str, Any]], None],
    membro_cambiato: Callable[[tarfile.TarInfo], None] = lambda membro: None,
) -> Path:
    """The same archive with another manifest, hashes included, and other members."""
    nuovo = archivio.with_name(f"cambiato-{archivio.name}")
    with tarfile.open(archivio) as da, tarfile.open(nuovo, "w") as a:
        for membro in da.getmembers():
            flusso = da.extractfile(membro)
            assert flusso is not None
            contenuto = flusso.read()
            if membro.name == "manifesto.json":
                dati = json.loads(contenuto)
                cambia(dati)
                contenuto = testo = json.dumps(dati).encode()
            elif membro.name == "manifesto.sha256":
                contenuto = sha256(testo).hexdigest().encode()
            membro.size = len(contenuto)
            membro_cambiato(membro)
            a.addfile(membro, io.BytesIO(contenuto))
    return nuovo


def test_si_salva_si_distrugge_si_ripristina_e_si_ritrova_tutto(
    piena: Installazione, deposito: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    righe, file = piena.impronte(), contenuti()
    detto = salva(tmp_path / "archivio.tar")
    assert f"{FILE} file" in detto
    assert sha256((tmp_path / "archivio.tar").read_bytes()).hexdigest() in detto
    assert (tmp_path / "archivio.tar").stat().st_mode & 0o077 == 0

    piena.distruggi()
    svuota_deposito(request.getfixturevalue("secchio") if deposito == "s3" else None)
    assert "File scritti: 4" in ripristina(tmp_path / "archivio.tar")

    assert piena.impronte() == righe
    assert sum(impronta.righe for impronta in righe.values()) > 400
    assert contenuti() == file
    assert len(file) == FILE
    uscita = io.StringIO()
    call_command("controlla_file", stdout=uscita)
    assert uscita.getvalue() == "File controllati: 4; guasti: 0.\n"


def test_dopo_il_ripristino_il_database_continua_a_contare(su_disco: Installazione, tmp_path: Path) -> None:
    """Keys go on from where they were: the next row does not take the place of one that is there.

    What was frozen of a closed year is what it was, for the chain of events too.
    """
    persone = Persone(**{nome.name: Utente.objects.get(username=nome.name) for nome in fields(Persone)})
    chiuso(Distretto.objects.get(codice=CODICE), persone, "Riservato")
    salva(tmp_path / "archivio.tar")
    su_disco.distruggi()
    svuota_deposito()
    ripristina(tmp_path / "archivio.tar")

    risultati = Risultato.objects.select_related("programma__distretto", "passaggio")
    assert {leggi(r).esito["programma"]["riconosciuto"] for r in risultati} == {"25.00", "50.00"}
    assert [*alterazioni_dei_risultati(), *alterazioni_delle_autovalutazioni()] == []

    ultimo = Utente.objects.order_by("-pk").values_list("pk", flat=True)[0]
    assert Utente.objects.create_user(username="nuovo").pk > ultimo


def test_dove_ci_sono_dati_si_rifiuta_e_con_sostituisci_torna_com_era(
    su_disco: Installazione, tmp_path: Path
) -> None:
    salva(tmp_path / "archivio.tar")
    righe = su_disco.impronte()
    Utente.objects.create_user(username="venuto-dopo")
    perduto = nomi()[0]
    default_storage.delete(perduto)

    assert "Qui ci sono già dati" in rifiutato(tmp_path / "archivio.tar")
    assert Utente.objects.filter(username="venuto-dopo").exists()
    assert not default_storage.exists(perduto)

    detto = ripristina(tmp_path / "archivio.tar", sostituisci=True)
    assert "File scritti: 1; già al loro posto: 3" in detto
    assert su_disco.impronte() == righe
    assert not Utente.objects.filter(username="venuto-dopo").exists()


@pytest.mark.parametrize("dove", ["database", "file", "manifesto", "coda", "testa", "tronco"])
def test_un_archivio_guasto_è_rifiutato_e_nulla_è_toccato(
    su_disco: Installazione, tmp_path: Path, dove: str
) -> None:
    archivio = tmp_path / "archivio.tar"
    salva(archivio)
    with tarfile.open(archivio) as aperto:
        posti = {membro.name: membro.offset_data + membro.size // 2 for membro in aperto.getmembers()}
    dati = bytearray(archivio.read_bytes())
    in_archivio = next(nome for nome in posti if nome.startswith("file/") and nome.endswith(".png"))
    posto = {
        "database": posti[base_dati().NOME],
        "file": posti[in_archivio],
        "manifesto": posti["manifesto.json"],
        "coda": posti["manifesto.sha256"],
        "testa": 20,
        "tronco": 0,
    }[dove]
    if dove == "tronco":
        dati = dati[: len(dati) * 2 // 3]
    else:
        dati[posto] ^= 1
    archivio.write_bytes(dati)
    righe, file = su_disco.impronte(), contenuti()

    rifiutato(archivio, sostituisci=True)
    rifiutato(archivio, prova=True)

    assert su_disco.impronte() == righe
    assert contenuti() == file


def test_un_archivio_che_non_è_per_qui_è_rifiutato_dicendo_perché(
    su_disco: Installazione, tmp_path: Path
) -> None:
    archivio = tmp_path / "archivio.tar"
    salva(archivio)
    assert "L'archivio è intero" in ripristina(archivio, prova=True)
    altro = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    for cambia, parole in (
        ({"versione": "99.0.0"}, "è della versione 99.0.0, più nuova di questa"),
        ({"versione": "ultima"}, "una versione che non esiste"),
        ({"formato": 2}, "formato 2; questa versione legge il formato 1"),
        ({"database": altro}, f"è di un database {altro}"),
        ({"migrazioni": [["distretti", "0999_futura"]]}, "distretti.0999_futura"),
        ({"tabelle": []}, "Il manifesto dell'archivio non si legge"),
    ):
        cambiato = con_manifesto(archivio, lambda dati, cambia=cambia: dati.update(cambia))  # type: ignore[misc]
        assert parole in rifiutato(cambiato, sostituisci=True)
        cambiato.unlink()
    assert "non c'è" in rifiutato(tmp_path / "assente.tar")
    (tmp_path / "testo.tar").write_text("non sono un archivio")
    assert "non è un archivio leggibile" in rifiutato(tmp_path / "testo.tar")


def test_un_nome_che_esce_dal_deposito_non_si_scrive(piena: Installazione, tmp_path: Path) -> None:
    salva(tmp_path / "archivio.tar")
    buono, uscito = f"file/{nomi()[0]}", "file/../../../uscito.png"

    def manifesto(dati: dict[str, Any]) -> None:
        next(voce for voce in dati["file"] if voce["nome"] == buono)["nome"] = uscito

    def membro(intestazione: tarfile.TarInfo) -> None:
        intestazione.name = uscito if intestazione.name == buono else intestazione.name

    cattivo = con_manifesto(tmp_path / "archivio.tar", manifesto, membro)
    righe, file = piena.impronte(), contenuti()

    with pytest.raises(CommandError, match="nulla è cambiato: Suspicious"):
        ripristina(cattivo, sostituisci=True)
    assert (piena.impronte(), contenuti()) == (righe, file)
    assert list(tmp_path.rglob("uscito.png")) == []
    assert not any(padre.joinpath("uscito.png").exists() for padre in Path(settings.MEDIA_ROOT).parents)


@pytest.mark.parametrize("specie", [tarfile.DIRTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE])
def test_in_un_archivio_ci_sono_soltanto_file(su_disco: Installazione, tmp_path: Path, specie: bytes) -> None:
    salva(tmp_path / "archivio.tar")
    cambiato = f"file/{nomi()[0]}"

    def membro(intestazione: tarfile.TarInfo) -> None:
        if intestazione.name == cambiato:
            intestazione.type, intestazione.size, intestazione.linkname = specie, 0, "manifesto.json"

    cattivo = con_manifesto(tmp_path / "archivio.tar", lambda dati: None, membro)
    assert "qualcosa che non è un file" in rifiutato(cattivo, prova=True)


def test_se_non_si_può_rileggere_non_si_dice_che_nulla_è_cambiato(
    su_disco: Installazione, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    salva(tmp_path / "archivio.tar")
    Utente.objects.create(username="venuto-dopo")
    rimetti = base_dati().rimetti

    def e_poi_cade(file: Path) -> None:
        rimetti(file)
        monkeypatch.setattr(base_dati(), "presente", cade)

    def cade() -> None:
        raise OSError("il server non risponde")

    with monkeypatch.context() as caduto:
        caduto.setattr(base_dati(), "rimetti", e_poi_cade)
        detto = rifiutato(tmp_path / "archivio.tar", sostituisci=True)

    assert not Utente.objects.filter(username="venuto-dopo").exists()
    assert detto.startswith("Il database è stato ripristinato, ma non si è potuto rileggere")


def test_un_file_perduto_o_alterato_si_nota_e_non_impedisce_di_salvare_il_resto(
    su_disco: Installazione, tmp_path: Path
) -> None:
    perduto, alterato = nomi()[:2]
    default_storage.delete(perduto)
    (Path(settings.MEDIA_ROOT) / alterato).write_bytes(b"altro")
    archivio = tmp_path / "archivio.tar"

    with pytest.raises(Rifiuto) as rifiuto:
        salva(archivio)
    assert perduto in str(rifiuto.value)
    assert alterato in str(rifiuto.value)
    assert list(tmp_path.glob("*.tar")) == []
    with pytest.raises(SystemExit) as uscita:
        call_command("controlla_file", stdout=io.StringIO(), stderr=io.StringIO())
    assert uscita.value.code == 2

    with pytest.raises(SystemExit) as uscita:
        salva(archivio, anche_incompleto=True)
    assert uscita.value.code == 3
    su_disco.distruggi()
    svuota_deposito()
    detto = ripristina(archivio)
    assert f"già nel salvataggio: {perduto}" in detto
    assert not default_storage.exists(perduto)


def test_ciò_che_si_elimina_mentre_si_salva_fa_ricominciare(
    su_disco: Installazione, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vere, volte = impronte, []

    def e_intanto_si_elimina(lettore: Any) -> Any:
        volte.append(1)
        if len(volte) == 1:
            elimina_bozza(evidenza=Evidenza.objects.filter(allegati__isnull=False)[0])
        return vere(lettore)

    monkeypatch.setattr(modulo_salva, "impronte", e_intanto_si_elimina)
    detto = salva(tmp_path / "archivio.tar")

    assert len(volte) == 2
    assert f"{FILE - 1} file" in detto
    su_disco.distruggi()
    svuota_deposito()
    ripristina(tmp_path / "archivio.tar")
    assert len(contenuti()) == FILE - 1


def test_se_il_database_non_si_può_rimettere_anche_i_file_tornano_com_erano(
    piena: Installazione, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody holds the database: the refusal comes after the files were written."""
    archivio = tmp_path / "archivio.tar"
    salva(archivio)
    perduto, alterato = nomi()[:2]
    default_storage.delete(perduto)
    default_storage.delete(alterato)
    default_storage.save(alterato, io.BytesIO(b"altro"))
    for modulo in (su_sqlite, su_postgresql):
        monkeypatch.setattr(modulo, "ATTESA", 1)
    righe = piena.impronte()

    altro = connection.copy()
    altro.set_autocommit(False)
    try:
        with altro.cursor() as cursore:
            cursore.execute("UPDATE distretti_distretto SET denominazione = denominazione")
        assert "fermare il servizio e riprovare" in rifiutato(archivio, sostituisci=True)
    finally:
        altro.rollback()
        altro.close()

    assert piena.impronte() == righe
    assert not default_storage.exists(perduto)
    with default_storage.open(alterato, "rb") as file:
        assert file.read() == b"altro"


def test_un_salvataggio_non_ne_sostituisce_un_altro(su_disco: Installazione, tmp_path: Path) -> None:
    salva(tmp_path / "archivio.tar")
    for destinazione, parole in (
        (tmp_path / "archivio.tar", "c'è già"),
        (tmp_path / "assente/archivio.tar", "non c'è"),
    ):
        with pytest.raises(Rifiuto, match=parole):
            salva(destinazione)
    salva(tmp_path)
    assert len(list(tmp_path.glob("distretti-*.tar"))) == 1


def test_senza_i_programmi_di_postgresql_si_dice_che_cosa_installare(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(su_postgresql, "_CARTELLE", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Exception, match="postgresql-client-15"):
        su_postgresql._programma("pg_dump", 15)

    for numero in ("14", "16", "17"):
        (tmp_path / numero / "bin").mkdir(parents=True)
        (tmp_path / numero / "bin/pg_dump").touch()
    assert su_postgresql._programma("pg_dump", 15) == str(tmp_path / "16/bin/pg_dump")


def test_ogni_file_conservato_ha_accanto_la_sua_impronta() -> None:
    assert len(campi_file()) >= 2
    for modello, campo in campi_file():
        assert colonna_impronta(campo) in {vicino.column for vicino in modello._meta.concrete_fields}


def test_ciò_che_non_dipende_da_noi_si_dice_in_una_riga(
    su_disco: Installazione, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disco_pieno(*altro: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Scrittura, "aggiungi", disco_pieno)
    with pytest.raises(CommandError, match="Salvataggio non riuscito: OSError"):
        salva(tmp_path / "archivio.tar")
    assert list(tmp_path.glob("*.tar")) == []
    assert list(tmp_path.glob(".salvataggio-*")) == []


def test_i_comandi_di_script_partono_da_dove_si_è(su_disco: Installazione, tmp_path: Path) -> None:
    """A path is relative to the folder of who calls, and the exit status is that of the command."""
    ambiente = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DATABASE_URL": su_disco.indirizzo(),
        "DISTRETTI_VAR": str(tmp_path / "var"),
        "DISTRETTI_ALLEGATI": str(settings.MEDIA_ROOT),
    }

    def esegui(*comando: str) -> subprocess.CompletedProcess[str]:
        script = settings.BASE_DIR / "script" / comando[0]
        return subprocess.run(
            [script, *comando[1:]], cwd=tmp_path, env=ambiente, capture_output=True, text=True, check=False
        )

    salvato = esegui("salva", "archivio.tar")
    assert salvato.returncode == 0, salvato.stderr
    assert f"{FILE} file" in salvato.stdout
    rifiuto = esegui("ripristina", "archivio.tar")
    assert rifiuto.returncode == 2
    assert rifiuto.stderr.startswith("Qui ci sono già dati")

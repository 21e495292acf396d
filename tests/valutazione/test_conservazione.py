"""I file scaduti si cancellano, e resta che cosa furono; le foto di prima si ripuliscono."""

import hashlib
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client

from distretti.models import DatiEvento, Evento, Utente
from distretti.salvataggio.deposito import impronta
from programmi.models import Programma
from tests.conftest import Persone
from tests.valutazione.conftest import Registra, indirizzo
from tests.valutazione.test_allegati import carica, foto, png, scarica
from valutazione.letture import valutazione_di
from valutazione.models import Allegato, Chiusura, Evidenza, ParametriConservazione, StatoChiusura
from valutazione.services.conservazione import cancella, scaduti, togli_resti
from valutazione.services.parametri_anno import stabilisci

pytestmark = pytest.mark.django_db

TERMINE = {"mesi": 6, "fonte": "Massimario di scarto"}


@pytest.fixture
def termine(programma: Programma, persone: Persone) -> ParametriConservazione:
    return stabilisci(
        ParametriConservazione,
        autorita=programma.distretto.autorita,
        anno=programma.anno,
        dati=TERMINE,
        utente=persone.agenzia,
    )


@pytest.fixture
def evidenza(registra: Registra, manager: Client) -> Evidenza:
    """With a photograph, and a table of nobody."""
    evidenza = registra("incontro", righe=["obb.2"])
    carica(manager, evidenza, foto("Mario Rossi.jpg"), png("logo.png"))
    evidenza.allegati.filter(nome="logo.png").update(dati_personali=False)
    return evidenza


def guasti() -> tuple[int, list[str]]:
    """As ``manage.py controlla_file`` counts them: the files rows name, and which are not as they say."""
    nominati = Allegato.objects.exclude(file="")
    return len(nominati), [a.nome for a in nominati if impronta(a.file.name or "") != a.sha256]


def esegui(*scelte: str) -> str:
    uscita = StringIO()
    call_command("conservazione", *scelte, stdout=uscita)
    return uscita.getvalue()


@pytest.mark.parametrize(
    ("mesi", "fine", "ultimo"),
    [
        (1, date(2025, 12, 31), date(2026, 1, 31)),
        (2, date(2025, 12, 31), date(2026, 2, 28)),
        (26, date(2025, 12, 31), date(2028, 2, 29)),
        (120, date(2025, 12, 31), date(2035, 12, 31)),
        (1, date(2025, 6, 30), date(2025, 7, 30)),
    ],
)
def test_l_ultimo_giorno_in_cui_si_conserva(mesi: int, fine: date, ultimo: date) -> None:
    assert ParametriConservazione(mesi=mesi).ultimo_giorno(fine) == ultimo


def test_senza_un_termine_dell_autorita_niente_scade(evidenza: Evidenza) -> None:
    assert scaduti(date(2100, 1, 1)) == []
    assert esegui() == "Nessun file da cancellare.\n"
    assert esegui("--esegui") == "0 file cancellati.\n"
    assert all(a.file for a in evidenza.allegati.all())


def test_si_scade_il_giorno_dopo_l_ultimo(evidenza: Evidenza, termine: ParametriConservazione) -> None:
    assert scaduti(date(2026, 6, 30)) == []
    assert [s.allegato.evidenza for s in scaduti(date(2026, 7, 1))] == [evidenza, evidenza]


def test_si_elenca_e_poi_si_cancella_e_resta_che_cosa_fu(
    evidenza: Evidenza, termine: ParametriConservazione, manager: Client
) -> None:
    percorsi = [Path(a.file.path) for a in evidenza.allegati.all()]
    prima = {a.pk: (a.sha256, a.dimensione, a.sha256_originale) for a in evidenza.allegati.all()}
    elenco = esegui()
    assert "2 file da cancellare" in elenco
    assert "da conservare fino al 30 giugno 2026" in elenco
    assert "Mario Rossi" not in elenco
    assert all(percorso.exists() for percorso in percorsi)

    assert "2 file cancellati." in esegui("--esegui")
    assert not any(percorso.exists() for percorso in percorsi)
    rimasti = list(evidenza.allegati.order_by("ordine"))
    assert [a.nome for a in rimasti] == ["file cancellato", "logo.png"]
    assert {a.pk: (a.sha256, a.dimensione, a.sha256_originale) for a in rimasti} == prima
    assert all("6 mesi dopo la fine dell'esercizio" in a.cancellato_perche for a in rimasti)
    assert all(not a.da_togliere for a in rimasti)

    pagina = manager.get(indirizzo("evidenza", evidenza.programma, evidenza.pk)).content.decode()
    assert "Il contenuto è stato cancellato" in pagina
    assert "Mario Rossi" not in pagina
    assert scarica(manager, rimasti[0]).status_code == 404
    assert "0 file cancellati." in esegui("--esegui")
    assert guasti() == (0, [])


def test_il_registro_lo_racconta_senza_il_nome_di_nessuno(
    evidenza: Evidenza, termine: ParametriConservazione
) -> None:
    esegui("--esegui")
    eventi = Evento.objects.filter(azione="evidenza.file_cancellato")
    assert eventi.count() == 2
    racconti = [d.contenuto for d in DatiEvento.objects.filter(evento__in=eventi)]
    assert any("logo.png" in racconto for racconto in racconti)
    assert not [d for d in DatiEvento.objects.all() if "Mario Rossi" in d.contenuto]


def test_le_percentuali_non_cambiano_anche_dove_la_regola_vuole_un_allegato(
    evidenza: Evidenza, termine: ParametriConservazione, programma: Programma
) -> None:
    riga = next(riga for riga in programma.indicatori.all() if riga.codice == "obb.2")
    assert riga.regola is not None
    riga.regola = riga.regola | {"campi": ["allegati"]}
    riga.save()
    prima = valutazione_di(programma).esito
    assert prima.righe["obb.2"].valori.dichiarato == 20
    esegui("--esegui")
    assert valutazione_di(programma).esito == prima


def test_durante_la_verifica_si_aspetta(
    evidenza: Evidenza, termine: ParametriConservazione, programma: Programma
) -> None:
    chiusura, _ = Chiusura.objects.get_or_create(programma=programma)
    Chiusura.objects.filter(pk=chiusura.pk).update(
        stato=StatoChiusura.AUTOVALUTATA, stato_dal=date(2026, 1, 10)
    )
    assert "aspetta che la chiusura dell'anno finisca" in esegui("--esegui")
    assert all(a.file for a in evidenza.allegati.all())


def test_trasmessa_dopo_averli_elencati_si_aspetta(
    evidenza: Evidenza, termine: ParametriConservazione
) -> None:
    """While the command goes through its list the manager transmits: what is left waits."""
    primo, secondo = scaduti(date(2026, 7, 1))
    assert cancella(primo)
    Chiusura.objects.create(
        programma=evidenza.programma, stato=StatoChiusura.AUTOVALUTATA, stato_dal=date(2026, 7, 1)
    )
    assert not cancella(secondo)
    assert evidenza.allegati.exclude(file="").get().pk == secondo.allegato.pk


def test_interrotta_a_meta_non_perde_il_filo(
    evidenza: Evidenza, termine: ParametriConservazione, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row says it first: what was stopped between row and storage is finished by the next time."""
    scaduto = scaduti(date(2026, 12, 1))[0]
    percorso = Path(scaduto.allegato.file.path)

    def muore(nome: str) -> None:
        raise OSError("il deposito non risponde")

    with monkeypatch.context() as guasto:
        guasto.setattr(default_storage, "delete", muore)
        with pytest.raises(OSError, match="deposito"):
            cancella(scaduto)
    assert percorso.exists()
    rimasto = Allegato.objects.get(pk=scaduto.allegato.pk)
    assert (rimasto.nome, bool(rimasto.file)) == ("file cancellato", False)
    assert guasti() == (1, []), "database e deposito dicono la stessa cosa anche adesso"
    assert not cancella(scaduto)
    assert togli_resti() == 1
    assert not percorso.exists()


def test_cio_che_e_cancellato_non_si_ricarica(
    evidenza: Evidenza, termine: ParametriConservazione, manager: Client
) -> None:
    esegui("--esegui")
    risposta = manager.post(
        indirizzo("evidenza-modifica", evidenza.programma, evidenza.pk),
        {"azione": "carica", "file": [foto("Mario Rossi.jpg")]},
    )
    pagina = manager.get(risposta["Location"]).content.decode()
    assert "era già qui" in pagina
    assert not any(a.file for a in evidenza.allegati.all())


# The photographs of before


def di_prima(evidenza: Evidenza, nome: str, contenuto: bytes) -> Allegato:
    """As an earlier release left it."""
    impronta = hashlib.sha256(contenuto).hexdigest()
    allegato = Allegato(
        evidenza=evidenza,
        ordine=evidenza.allegati.count(),
        nome=nome,
        tipo="image/jpeg",
        dimensione=len(contenuto),
        sha256=impronta,
        sha256_originale=impronta,
    )
    allegato.save()
    allegato.file.save(f"{impronta[:32]}.jpg", ContentFile(contenuto))
    return allegato


def test_le_foto_di_prima_si_ripuliscono_una_volta(registra: Registra) -> None:
    evidenza = registra()
    originale = foto().read()
    sporca, rotta = di_prima(evidenza, "a.jpg", originale), di_prima(evidenza, "b.jpg", originale[:-30])
    vecchio = Path(sporca.file.path)
    uscita, errori = StringIO(), StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("ripulisci_foto", stdout=uscita, stderr=errori)
    assert "1 foto ripulita, 0 erano già a posto, 1 non riuscita" in uscita.getvalue()
    assert "allegato 2: «allegato 2»: è un'immagine danneggiata" in errori.getvalue()
    sporca.refresh_from_db()
    assert sporca.ripulito
    assert sporca.sha256 != sporca.sha256_originale
    assert b"ACME" not in sporca.file.read()
    sporca.file.close()
    assert not vecchio.exists()
    assert guasti() == (2, [])
    rotta.delete()
    uscita = StringIO()
    call_command("ripulisci_foto", stdout=uscita)
    assert "0 foto ripulite" in uscita.getvalue()
    assert default_storage.exists(sporca.file.name or "")


# The page of the authority


@pytest.fixture
def entra(accedi: Callable[[Utente], Client], persone: Persone) -> Callable[[str], Client]:
    return lambda chi: accedi(getattr(persone, chi))


def modulo(programma: Programma, anno: int = 2025) -> str:
    return f"/autorita/{programma.distretto.autorita.codice}/parametri/{anno}/conservazione/"


def test_l_autorita_stabilisce_e_cambia_il_termine(
    entra: Callable[[str], Client], programma: Programma
) -> None:
    agenzia = entra("agenzia")
    elenco = f"/autorita/{programma.distretto.autorita.codice}/conservazione/"
    assert "non stabilito" in agenzia.get(elenco).content.decode()
    versione = agenzia.get(modulo(programma)).context["form"]["versione"].value()
    dati = {"mesi": "120", "fonte": "Massimario", "versione": versione}
    assert agenzia.post(modulo(programma), dati).status_code == 302
    pagina = agenzia.get(elenco).content.decode()
    assert "10 anni" in pagina
    assert "Massimario" in pagina
    # Somebody else's page was opened before: nothing is lost, nothing is overwritten unknowingly.
    risposta = agenzia.post(modulo(programma), dati | {"mesi": "12"})
    assert risposta.status_code == 409
    assert "120" in risposta.content.decode()
    nuova = risposta.context["form"]["versione"].value()
    assert agenzia.post(modulo(programma), dati | {"mesi": "12", "versione": nuova}).status_code == 302
    assert ParametriConservazione.objects.get().mesi == 12
    azioni = Evento.objects.filter(azione__startswith="conservazione.").values_list("azione", flat=True)
    assert list(azioni) == ["conservazione.stabilita", "conservazione.modifica"]


@pytest.mark.parametrize(
    "dati", [{}, {"mesi": "0", "fonte": "x"}, {"mesi": "601", "fonte": "x"}, {"mesi": "12"}]
)
def test_un_termine_senza_mesi_o_senza_fonte_si_rifiuta(
    entra: Callable[[str], Client], programma: Programma, dati: dict[str, str]
) -> None:
    assert entra("agenzia").post(modulo(programma), dati).status_code == 422
    assert not ParametriConservazione.objects.exists()


@pytest.mark.parametrize(("chi", "stato"), [("manager", 403), ("estraneo", 403), ("auditor", 403)])
def test_il_termine_lo_stabilisce_chi_tiene_i_parametri(
    entra: Callable[[str], Client], programma: Programma, chi: str, stato: int
) -> None:
    assert entra(chi).get(modulo(programma)).status_code == stato
    assert entra(chi).post(modulo(programma), TERMINE).status_code == stato

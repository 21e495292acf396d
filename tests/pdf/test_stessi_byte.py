"""The same data make the same bytes: in two processes, on two days, in two time zones."""

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from distretti.basi.italiano import data_estesa
from distretti.errori import StatoNonAmmesso
from programmi.models import Programma
from tests.conftest import Persone
from tests.pdf.lettura import leggi_pdf
from tests.valutazione.test_comandi_processi import Terminale, database_vuoto  # noqa: F401  # a fixture
from valutazione.letture import valutazione_di
from valutazione.models import Evidenza, Imputazione, StatoEvidenza, StatoImputazione
from valutazione.relazione import Estremi, relazione_di
from valutazione.relazione.momento import giorno_dei_dati
from valutazione.scheda.da_database import documento_di
from valutazione.scheda.nel_database import trascrivi_evidenze

RIFERIMENTO = "dfa-alta-valsugana/2025"
OROLOGIO = Path(__file__).parent / "orologio"
APPROVATO = date(2025, 6, 19)

PROCESSI = [
    {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "GIORNI_DOPO": "400", "LC_ALL": "C"},
    {"TZ": "America/Adak", "PYTHONHASHSEED": "2", "GIORNI_DOPO": "-3", "LC_ALL": "C.UTF-8"},
]


def test_due_processi_due_giorni_due_fusi(tmp_path: Path, database_vuoto: Path) -> None:  # noqa: F811
    shutil.copy(database_vuoto, tmp_path / "prova.sqlite3")
    terminale = Terminale(tmp_path)
    terminale.riesce("carica_dimostrazione")
    impronte = set()
    for numero, ambiente in enumerate(PROCESSI):
        file = tmp_path / f"{numero}.pdf"
        processo = terminale.lancia(
            "relazione", RIFERIMENTO, "-o", str(file), ambiente={**ambiente, "PYTHONPATH": str(OROLOGIO)}
        )
        assert processo.returncode == 0, processo.stderr.decode()
        impronte.add(hashlib.sha256(file.read_bytes()).hexdigest())
    assert len(impronte) == 1
    # The demonstration is verified as it is loaded: today, in Italy, whatever the other clocks say.
    oggi = {timezone.localdate(), timezone.localdate(timezone.now() - timedelta(minutes=5))}
    stampato = leggi_pdf((tmp_path / "0.pdf").read_bytes())
    assert any(f"{data_estesa(giorno)}, ultima modifica dei dati" in stampato for giorno in oggi)


def test_l_orologio_finto_e_davvero_un_altro_giorno() -> None:
    """Or the test above would prove nothing."""
    programma = "import django.utils.timezone as t, datetime as d; print(t.now().date(), d.date.today())"
    giorni = subprocess.run(
        [sys.executable, "-c", programma],
        env={**os.environ, "PYTHONPATH": str(OROLOGIO), "GIORNI_DOPO": "400", "TZ": "UTC"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    atteso = datetime.now(UTC).date() + timedelta(days=400)
    assert all(abs(date.fromisoformat(giorno) - atteso) <= timedelta(days=1) for giorno in giorni)


def giorno(programma: Programma) -> date:
    return giorno_dei_dati(programma, valutazione_di(programma).scheda)


def evidenza(programma: Programma, **campi: object) -> Evidenza:
    """An imported evidence of the first compulsory line."""
    riga = documento_di(programma)["obbligatorie"][0]["codice"]
    voce = {
        "codice": "x1",
        "tipo": "elenco_aderenti",
        "data": "2025-07-15",
        "titolo": "Elenco",
        "imputazioni": [{"indicatore": riga, "stato": "in_attesa"}],
    }
    righe = {indicatore.codice: indicatore for indicatore in programma.indicatori.in_ordine()}
    trascritte = trascrivi_evidenze([voce | campi], programma, righe, [])
    trascritte.salva()
    return trascritte.evidenze[0]


def test_senza_evidenze_il_giorno_e_quello_dell_ultimo_passaggio(programma: Programma) -> None:
    assert giorno(programma) == APPROVATO
    assert relazione_di(programma).giorno == APPROVATO


def test_una_bozza_senza_fatti_ha_il_primo_giorno_dell_esercizio(bozza: Programma) -> None:
    assert giorno(bozza) == date(2026, 1, 1)


def test_cio_che_e_importato_ha_il_giorno_dei_suoi_fatti(programma: Programma) -> None:
    evidenza(programma)
    assert giorno(programma) == date(2025, 7, 15)
    evidenza(programma, codice="x2", data="2025-12-01", pianificata=True)
    assert giorno(programma) == date(2025, 7, 15)


def test_cio_che_le_persone_fanno_ha_il_giorno_in_cui_lo_fanno(
    programma: Programma, persone: Persone
) -> None:
    """In Italy: half past eleven in the evening in Greenwich is already the day after."""
    trovata = evidenza(programma)
    Evidenza.objects.filter(pk=trovata.pk).update(
        registrata_da=persone.manager, modificata_alle=datetime(2025, 9, 1, 23, 30, tzinfo=UTC)
    )
    assert giorno(programma) == date(2025, 9, 2)
    Imputazione.objects.filter(evidenza=trovata).update(
        stato=StatoImputazione.ACCOLTA,
        verificata_da=persone.agenzia,
        verificata_alle=datetime(2025, 10, 3, 8, tzinfo=UTC),
    )
    assert giorno(programma) == date(2025, 10, 3)
    Evidenza.objects.filter(pk=trovata.pk).update(
        stato=StatoEvidenza.RITIRATA,
        ritirata_da=persone.manager,
        ritirata_alle=datetime(2025, 11, 4, 8, tzinfo=UTC),
    )
    assert giorno(programma) == date(2025, 11, 4)
    Evidenza.objects.create(programma=programma, codice="b1", tipo="incontro", registrata_da=persone.manager)
    assert giorno(programma) == date(2025, 11, 4)  # a bozza is printed nowhere


def test_con_l_atto_il_giorno_e_quello_dell_atto(programma: Programma) -> None:
    atto = Estremi("7", date(2026, 1, 20), "RIF")
    assert relazione_di(programma, estremi=atto).giorno == date(2026, 1, 20)


def test_un_atto_non_riporta_cio_che_e_avvenuto_dopo(programma: Programma) -> None:
    with pytest.raises(StatoNonAmmesso, match=r"18 giugno 2025.*19 giugno 2025"):
        relazione_di(programma, estremi=Estremi("7", date(2025, 6, 18), "RIF"))

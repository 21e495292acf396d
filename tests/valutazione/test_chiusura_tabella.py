"""La tabella della chiusura: quella che la documentazione mostra, e quella che i vincoli conoscono."""

import os
from pathlib import Path

from django.conf import settings

from distretti.models import Ruolo
from valutazione.diagramma import con_la_tabella
from valutazione.models.chiusura import ARRIVI
from valutazione.parole import MOTIVATE, AzioneChiusura, StatoChiusura
from valutazione.tabella import AZIONI, PER_CODICE, TRANSIZIONI

DOCUMENTO = Path(settings.BASE_DIR) / "docs" / "chiusura.md"


def test_il_documento_e_quello_che_la_tabella_da() -> None:
    scritto = DOCUMENTO.read_text(encoding="utf-8")
    atteso = con_la_tabella(scritto)
    if os.environ.get("DISTRETTI_RIGENERA_CHIUSURA"):
        DOCUMENTO.write_text(atteso, encoding="utf-8")
        return
    assert scritto == atteso
    assert "autovalutata --> verificata: conclusione della verifica" in scritto


def test_ogni_passo_e_nella_tabella_una_volta_sola_e_arriva_dove_dice() -> None:
    assert len(PER_CODICE) == len(AZIONI)
    assert AZIONI[: len(TRANSIZIONI)] == TRANSIZIONI
    assert {azione.codice: azione.a for azione in TRANSIZIONI} == ARRIVI
    assert {azione.codice for azione in TRANSIZIONI if azione.motivata} == set(MOTIVATE)


def test_da_ogni_stato_si_esce_e_a_ognuno_si_arriva() -> None:
    assert {stato for azione in TRANSIZIONI for stato in azione.da} == set(StatoChiusura)
    assert {azione.a for azione in TRANSIZIONI} == set(StatoChiusura)
    assert {AzioneChiusura(azione.codice) for azione in TRANSIZIONI} == set(AzioneChiusura)


def test_chi_legge_soltanto_non_e_nella_tabella() -> None:
    attori = {ruolo for azione in AZIONI for ruolo in azione.ruoli}
    assert attori.isdisjoint({Ruolo.COORDINATORE, Ruolo.AUDITOR, Ruolo.AMMINISTRATORE, Ruolo.LETTORE})

"""La tabella della procedura: quella che la documentazione mostra, e quella che le trascrizioni seguono."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from distretti.models import Ruolo
from programmi.diagramma import con_la_tabella
from programmi.models import AzionePassaggio, StatoProgramma
from programmi.models.passaggio import ARRIVI
from programmi.tabella import AZIONI, PER_CODICE, TRANSIZIONI, da_trascrivere

_S, _P = StatoProgramma, AzionePassaggio
DOCUMENTO = Path(settings.BASE_DIR) / "docs" / "procedura.md"


def test_il_documento_e_quello_che_la_tabella_da() -> None:
    scritto = DOCUMENTO.read_text(encoding="utf-8")
    atteso = con_la_tabella(scritto)
    if os.environ.get("DISTRETTI_RIGENERA_PROCEDURA"):
        DOCUMENTO.write_text(atteso, encoding="utf-8")
        return
    assert scritto == atteso
    assert "in_esame --> proposto: proposta di approvazione" in scritto
    assert "| approvazione | alla firma | approvato | Dirigente, Sostituto/a del dirigente |" in scritto


def test_ogni_passaggio_e_nella_tabella_una_volta_sola() -> None:
    assert len(PER_CODICE) == len(AZIONI)
    assert {azione.codice for azione in TRANSIZIONI} == set(_P) - {_P.VARIAZIONE}
    assert all(ARRIVI[_P(azione.codice)] == (azione.a,) for azione in TRANSIZIONI)


def test_da_ogni_stato_si_esce_tranne_dall_attuazione() -> None:
    uscite = {stato for azione in TRANSIZIONI for stato in azione.da}
    assert set(_S) - uscite == {_S.IN_ATTUAZIONE}
    assert set(_S) - {azione.a for azione in TRANSIZIONI} == set()


def test_chi_legge_soltanto_non_e_nella_tabella() -> None:
    attori = {ruolo for azione in AZIONI for ruolo in azione.ruoli}
    soli_lettori = (
        Ruolo.COORDINATORE,
        Ruolo.VERIFICATORE,
        Ruolo.AUDITOR,
        Ruolo.AMMINISTRATORE,
        Ruolo.LETTORE,
    )
    assert attori.isdisjoint(soli_lettori)


@pytest.mark.parametrize(
    ("azione", "stati"),
    [
        (_P.APPROVAZIONE, (_S.TRASMESSO, _S.IN_ESAME, _S.PROPOSTO, _S.ALLA_FIRMA)),
        (_P.RINVIO, (_S.TRASMESSO, _S.IN_ESAME)),
        (_P.RESTITUZIONE, (_S.PROPOSTO, _S.ALLA_FIRMA)),
        (_P.PUBBLICAZIONE, (_S.APPROVATO,)),
        (_P.VARIAZIONE, (_S.APPROVATO, _S.IN_ATTUAZIONE)),
    ],
)
def test_una_trascrizione_salta_solo_i_passaggi_dell_esame(
    azione: AzionePassaggio, stati: tuple[StatoProgramma, ...]
) -> None:
    assert da_trascrivere(azione) == stati

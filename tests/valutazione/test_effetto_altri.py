"""L'effetto di ciò che non è una registrazione sola: tante insieme, il ritiro, la decisione dell'Agenzia."""

from typing import Any

import pytest

from programmi.models import Programma
from tests.conftest import Persone
from tests.valutazione.conftest import INCONTRO, Registra
from tests.valutazione.test_effetto import percentuali
from valutazione.decisioni import Decisione
from valutazione.effetto import (
    Effetto,
    effetto_del_ritiro,
    effetto_della_decisione,
    effetto_di_voci,
)
from valutazione.letture import valutazione_di
from valutazione.models import Imputazione, StatoImputazione
from valutazione.services import ritira_evidenza, verifica_imputazione

pytestmark = pytest.mark.django_db


def cambi(effetto: Effetto, riga: str) -> dict[str, Any]:
    """Ciò che cambia su una riga, valore per valore."""
    return {v.valore: (v.prima, v.dopo) for v in effetto.voci if v.nome.startswith(f"{riga} ")}


def imputata(evidenza: Any) -> Imputazione:
    return Imputazione.objects.select_related("indicatore__progettualita", "evidenza").get(evidenza=evidenza)


def test_il_ritiro_dice_cio_che_varra_dopo(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"], misure={"obb.6": {"unita": 3}})
    registra("comunicato_stampa", ["obb.6"])
    verifica_imputazione(
        imputazione=imputata(evidenza), decisione=Decisione(StatoImputazione.ACCOLTA), utente=persone.agenzia
    )
    effetto = effetto_del_ritiro(valutazione_di(programma), evidenza)
    assert cambi(effetto, "obb.6") == {"dichiarato": (100, 25), "riconosciuto": (75, 0)}
    assert [nome for nome, _ in effetto.parti] == ["Dichiarato", "Riconosciuto dall'Agenzia"]
    ritira_evidenza(evidenza=evidenza, motivo="Sbagliata", utente=persone.manager)
    assert percentuali(effetto.esito) == percentuali(valutazione_di(programma).esito)


def test_il_ritiro_di_una_pianificata_cambia_solo_la_previsione(
    programma: Programma, registra: Registra
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"], data="2025-11-30", pianificata=True)
    effetto = effetto_del_ritiro(valutazione_di(programma), evidenza)
    assert effetto.pianificata
    assert cambi(effetto, "obb.6") == {"prospettico": (25, 0)}


def test_la_decisione_dice_cio_che_varra_dopo(
    programma: Programma, persone: Persone, registra: Registra
) -> None:
    evidenza = registra("comunicato_stampa", ["obb.6"], misure={"obb.6": {"unita": 3}})
    imputazione = imputata(evidenza)
    casi: list[tuple[StatoImputazione, dict[str, Any] | None, str, dict[str, Any]]] = [
        (StatoImputazione.ACCOLTA, None, "", {"riconosciuto": (0, 75)}),
        (StatoImputazione.ACCOLTA, {"unita": 1}, "Uno solo", {"riconosciuto": (75, 25)}),
        (StatoImputazione.RESPINTA, None, "Nessuno", {"dichiarato": (75, 0), "riconosciuto": (25, 0)}),
        (StatoImputazione.IN_ATTESA, None, "", {"dichiarato": (0, 75)}),
    ]
    for stato, misura, motivo, atteso in casi:
        effetto = effetto_della_decisione(valutazione_di(programma), imputazione, stato, misura)
        assert cambi(effetto, "obb.6") == atteso
        verifica_imputazione(
            imputazione=imputazione,
            decisione=Decisione(stato, misura, motivo),
            utente=persone.agenzia,
        )
        assert percentuali(effetto.esito) == percentuali(valutazione_di(programma).esito)
        imputazione = imputata(evidenza)


def test_la_decisione_avvisa_se_accogliere_non_basta(programma: Programma, registra: Registra) -> None:
    evidenza = registra("incontro", ["obb.3"], argomento="Avvio", persone=["Una persona"])
    effetto = effetto_della_decisione(valutazione_di(programma), imputata(evidenza), StatoImputazione.ACCOLTA)
    assert effetto.voci == ()
    assert effetto.avvisi[0].startswith("Riga obb.3: non conta. Manca una presenza richiesta")
    respinta = effetto_della_decisione(
        valutazione_di(programma), imputata(evidenza), StatoImputazione.RESPINTA
    )
    assert respinta.avvisi == ()


def test_tante_insieme_valgono_come_una_dopo_l_altra(programma: Programma, registra: Registra) -> None:
    def voce(codice: str, riga: str, **campi: Any) -> dict[str, Any]:
        dati = INCONTRO | {"persone": INCONTRO["persone"].splitlines()} | campi
        imputazioni = [{"indicatore": riga, "stato": "in_attesa"}]
        return dati | {"codice": codice, "tipo": "incontro", "imputazioni": imputazioni}

    registra("comunicato_stampa", ["obb.6"])
    prima = valutazione_di(programma)
    voci = [voce("n1", "obb.3"), voce("n2", "obb.3", data="2025-04-01"), voce("n3", "obb.3", presenze=[])]
    effetto = effetto_di_voci(prima, voci)
    registra("incontro", ["obb.3"], **_campi(voci[0]))
    registra("incontro", ["obb.3"], **_campi(voci[1]))
    registra("incontro", ["obb.3"], **_campi(voci[2]))
    assert percentuali(effetto.esito) == percentuali(valutazione_di(programma).esito)
    assert any(
        "Incontro con il Coordinatore» del 10 marzo 2025, riga obb.3: non conta" in a for a in effetto.avvisi
    )


def _campi(voce: dict[str, Any]) -> dict[str, Any]:
    return {c: v for c, v in voce.items() if c not in {"codice", "tipo", "imputazioni"}}

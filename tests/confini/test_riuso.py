"""Le tre regole sul riuso di un'evidenza: le stesse percentuali da ogni porta, anche congelate."""

from typing import Any

import pytest
from django.test import Client

from programmi.models import Indicatore, Programma
from programmi.parole import Riuso
from tests.confini.letture import esito_concorde, scartate
from tests.conftest import Persone
from tests.risultati.ingressi import definisci
from tests.valutazione.chiusura_pronta import accogli_tutto
from tests.valutazione.conftest import Registra, indirizzo
from tests.verificatore.modulo import verifica as verificatore
from valutazione.letture import valutazione_di
from valutazione.pagine import su_piu_righe
from valutazione.risultati.lettura import leggi

pytestmark = pytest.mark.django_db

RIGHE = ("1.2", "1.3", "2.3")
"""Two lines of one action, and one of another, all of which admit a post."""
ATTESE = {
    Riuso.AMMESSO: ("100.00", "50.00", "50.00"),
    Riuso.UNA_VOLTA_PER_AZIONE: ("100.00", "0.00", "50.00"),
    Riuso.UNA_VOLTA: ("100.00", "0.00", "0.00"),
}


@pytest.mark.parametrize("riuso", list(Riuso))
def test_ogni_porta_conta_lo_stesso(
    programma: Programma, persone: Persone, registra: Registra, manager: Client, riuso: Riuso
) -> None:
    Programma.objects.filter(pk=programma.pk).update(riuso=riuso)
    programma.refresh_from_db()
    unica: dict[str, Any] = {"tipo": "unica", "percentuale": "100", "evidenze": ["post"]}
    Indicatore.objects.filter(programma=programma, progettualita__numero=1, ordine=2).update(regola=unica)
    evidenza = registra("post", list(reversed(RIGHE)))
    accogli_tutto(programma, persone)
    esito = esito_concorde(programma, manager)
    for lettura in ("dichiarato", "riconosciuto", "prospettico"):
        assert tuple(esito[riga][lettura] for riga in RIGHE) == ATTESE[riuso]
    gia = {riga for riga in RIGHE if scartate(esito[riga]) == {evidenza.codice: "gia_imputata"}}
    assert gia == {riga for riga, valore in zip(RIGHE, ATTESE[riuso], strict=True) if valore == "0.00"}
    # The pages say where it counts already, and where it counts again.
    pagina = manager.get(indirizzo("evidenza", programma, evidenza.pk)).content.decode()
    assert ("conta già sulla riga 1.2" in pagina) == bool(gia)
    if riuso is Riuso.UNA_VOLTA:
        assert su_piu_righe(valutazione_di(programma), {}).voci == ()
    # What is frozen holds the policy, and says the same for ever.
    risultato = definisci(programma, persone)
    Programma.objects.filter(pk=programma.pk).update(riuso=Riuso.AMMESSO)
    congelato = leggi(risultato)
    assert congelato.scheda["riuso"] == riuso.value
    assert verificatore.verifica(congelato.documento)[0] == []
    righe = {r["codice"]: r for azione in congelato.esito["azioni"] for r in azione["righe"]}
    assert tuple(righe[riga]["riconosciuto"] for riga in RIGHE) == ATTESE[riuso]

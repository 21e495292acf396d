"""Un programma variato si esporta e si importa com'è; una variazione da sola no."""

import pytest

from distretti.models import Atto
from programmi.models import AzionePassaggio, GenereVersione, Programma, Versione
from programmi.services import elimina_progettualita, salva_premessa, salva_regola
from tests.conftest import Persone
from tests.congelate import togli
from tests.programmi.variazioni import aperta, approvata, riga
from tests.scheda.ingressi import Porta
from tests.valutazione.conftest import (
    Registra,
    registra,  # noqa: F401  (la usa la prova)
)
from valutazione.management.comando import Rifiuto
from valutazione.models import Evidenza
from valutazione.scheda.da_database import documento_di

RIFERIMENTO = "dfa-alta-valsugana/2025"


@pytest.fixture
def variato(programma: Programma, persone: Persone, registra: Registra) -> Programma:  # noqa: F811
    """Il programma 2025 con un'evidenza, una progettualità in meno, una regola cambiata."""
    registra("mail", righe=["4.2"])
    variazione = aperta(programma, persone)
    elimina_progettualita(progettualita=variazione.progettualita.get(numero=2))
    regola = {"tipo": "per_unita", "percentuale": "25", "evidenze": ["mail", "post"]}
    salva_regola(riga=riga(variazione, "3.2"), regola=regola)
    salva_premessa(programma=variazione, premessa="Variata.")
    approvata(variazione, persone)
    return Programma.objects.get(pk=programma.pk)


def test_esportato_e_importato_e_lo_stesso(variato: Programma, porta: Porta) -> None:
    documento = documento_di(variato)
    assert [p["azione"] for p in documento["passaggi"]][-1] == "variazione"
    assert documento["passaggi"][-1]["atto"] in [atto["codice"] for atto in documento["atti"]]
    assert documento["evidenze"][0]["imputazioni"][0]["indicatore"] == "3.2"
    assert "già presente" in porta.importa(documento)
    _vuota()
    porta.importa(documento)
    tornato = Programma.objects.get(distretto__codice="dfa-alta-valsugana", anno=2025)
    assert documento_di(tornato) == documento
    assert tornato.approvato
    ultimo = tornato.passaggi.order_by("ordine").last()
    assert ultimo is not None
    assert (ultimo.azione, ultimo.a_stato) == (AzionePassaggio.VARIAZIONE, tornato.stato)
    assert tornato.versioni.get().genere == GenereVersione.APPROVAZIONE


def _vuota() -> None:
    togli(Versione)
    Evidenza.objects.all().delete()
    Programma.objects.filter(variazione__gt=0).delete()
    Programma.objects.all().delete()
    Atto.objects.all().delete()


def test_la_variazione_da_sola_non_si_esporta(programma: Programma, persone: Persone, porta: Porta) -> None:
    aperta(programma, persone)
    with pytest.raises(Rifiuto, match="è una variazione"):
        porta.esporta(f"{RIFERIMENTO}-v1")
    assert porta.esporta(RIFERIMENTO)["passaggi"][-1]["azione"] == "approvazione"

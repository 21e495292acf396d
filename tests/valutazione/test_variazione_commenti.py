"""I commenti alle azioni dopo una variazione: ognuno resta alla sua azione, e nessuno si perde."""

import pytest
from django.test import Client

from distretti.models import Evento
from programmi.models import Programma
from programmi.services import Direzione, elimina_progettualita, sposta_progettualita, sposta_riga
from tests.conftest import Persone
from tests.programmi.variazioni import aperta, approvata, riga
from tests.valutazione.conftest import indirizzo
from tests.valutazione.test_autovalutazione import modulo
from valutazione.autovalutazione.azioni import commenti_di
from valutazione.chiusura.condizioni import senza_commento
from valutazione.letture import valutazione_di
from valutazione.models import CommentoAzione

pytestmark = pytest.mark.django_db


def commentate(manager: Client, programma: Programma, **testi: str) -> None:
    """``P2="…"``, ``obb_2="…"``: written on the page."""
    scritti = {f"commento-{azione.replace('_', '-')}": testo for azione, testo in testi.items()}
    risposta = manager.post(indirizzo("autovalutazione", programma), modulo(manager, programma) | scritti)
    assert risposta.status_code == 302


def senza_la_prima(programma: Programma, persone: Persone) -> None:
    """A variazione that takes P1 away: each of the others moves up."""
    variazione = aperta(programma, persone)
    elimina_progettualita(progettualita=variazione.progettualita.get(numero=1))
    approvata(variazione, persone)


def test_tolta_la_prima_il_commento_segue_la_sua_azione(
    programma: Programma, persone: Persone, manager: Client
) -> None:
    commentate(manager, programma, P2="Della seconda.", P9="Della nona.")
    senza_la_prima(programma, persone)
    assert commenti_di(programma) == {"P1": "Della seconda.", "P8": "Della nona."}
    # La nona, non valutata, è ora l'ottava e ha già il suo commento.
    assert senza_commento(programma, valutazione_di(programma).esito) == ["obb.9", "P7", "P9"]
    commentate(manager, programma, P1="Riscritto.", P2="Di quella che era la terza.")
    assert commenti_di(programma) == {
        "P1": "Riscritto.",
        "P2": "Di quella che era la terza.",
        "P8": "Della nona.",
    }


def test_scambiate_di_posto_i_commenti_si_scambiano(
    programma: Programma, persone: Persone, manager: Client
) -> None:
    commentate(manager, programma, P1="Della prima.", P2="Della seconda.", obb_2="Dell'obbligatoria.")
    variazione = aperta(programma, persone)
    sposta_progettualita(progettualita=variazione.progettualita.get(numero=2), direzione=Direzione.SU)
    sposta_riga(riga=riga(variazione, "obb.2"), direzione=Direzione.GIU)
    approvata(variazione, persone)
    assert commenti_di(programma) == {
        "P1": "Della seconda.",
        "P2": "Della prima.",
        "obb.3": "Dell'obbligatoria.",
    }


def test_il_commento_di_un_azione_tolta_resta_da_leggere(
    programma: Programma, persone: Persone, manager: Client
) -> None:
    titolo = programma.progettualita.get(numero=1).titolo
    commentate(manager, programma, P1="Della prima,\nche si toglie.")
    senza_la_prima(programma, persone)
    assert commenti_di(programma) == {}
    pagina = manager.get(indirizzo("autovalutazione", programma))
    assert pagina.context["form"]["commento-P1"].value() == ""
    testo = pagina.content.decode()
    assert "Commento a un'azione che non è più nel programma" in testo
    assert titolo not in testo
    assert "Era l'azione P1" in testo
    assert "<p>Della prima,<br>che si toglie.</p>" in testo
    # La nuova prima ha il suo; l'altro resta dov'è, anche quando una seconda variazione ne toglie ancora.
    commentate(manager, programma, P1="Della nuova prima.")
    senza_la_prima(programma, persone)
    assert commenti_di(programma) == {}
    tolti = CommentoAzione.objects.senza_azione().filter(programma=programma)
    assert [c.testo for c in tolti] == ["Della prima,\nche si toglie.", "Della nuova prima."]
    testo = manager.get(indirizzo("autovalutazione", programma)).content.decode()
    assert "Commenti ad azioni che non sono più nel programma" in testo


def test_cio_che_si_stava_scrivendo_non_va_a_un_altra_azione(
    programma: Programma, persone: Persone, manager: Client
) -> None:
    """Il campo porta il codice dell'azione: rinumerata, quel codice è di un'altra."""
    aperta_prima = modulo(manager, programma)
    senza_la_prima(programma, persone)
    eventi = Evento.objects.count()
    scritto = aperta_prima | {"commento-P2": "Della seconda, di prima.", "commento-P10": "Della decima."}
    tardi = manager.post(indirizzo("autovalutazione", programma), scritto)
    assert tardi.status_code == 409
    testo = tardi.content.decode()
    assert "il programma è stato variato" in testo
    assert "Della seconda, di prima." in testo
    assert "Della decima." in testo
    assert commenti_di(programma) == {}
    assert Evento.objects.count() == eventi
    commentate(manager, programma, P1="Della seconda, di prima.")
    assert commenti_di(programma) == {"P1": "Della seconda, di prima."}

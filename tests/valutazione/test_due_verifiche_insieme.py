"""Due connessioni insieme: il blocco due volte, la stessa replica due volte, la stessa risposta due volte."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from distretti.errori import ErroreDominio
from distretti.models import Evento
from programmi.models import Programma
from programmi.regola import TipoEvidenza
from tests.conftest import CODICE, crea_persone
from tests.valutazione.chiusura_pronta import verificata
from valutazione.decisioni import Decisione
from valutazione.models import Imputazione, ReplicaVerifica, StatoImputazione
from valutazione.services import crea_evidenza, registra_evidenza
from valutazione.services.in_blocco import BloccoRifiutato, verifica_in_blocco
from valutazione.services.repliche import replica, rispondi

_S = StatoImputazione


def insieme(*azioni: Callable[[], Any]) -> list[str]:
    """Run them at once, each on its own connection: "" for what went through, else the name of the error."""
    esiti: list[str] = []
    via = threading.Barrier(len(azioni))

    def prova(azione: Callable[[], Any]) -> None:
        try:
            via.wait(timeout=10)
            azione()
            esiti.append("")
        except ErroreDominio as errore:
            esiti.append(type(errore).__name__)
        except Exception as errore:
            esiti.append(f"! {errore!r}")
        finally:
            connection.close()

    fili = [threading.Thread(target=prova, args=(azione,)) for azione in azioni]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    return sorted(esiti)


@pytest.mark.django_db(transaction=True)
def test_chi_arriva_secondo_non_scrive_due_volte() -> None:
    call_command("carica_base", verbosity=0)
    persone = crea_persone()
    programma = Programma.objects.select_related("distretto__autorita").get(
        distretto__codice=CODICE, anno=2025
    )
    for _ in range(2):
        evidenza = crea_evidenza(programma=programma, tipo=TipoEvidenza.MAIL, utente=persone.manager)
        voce = {"codice": evidenza.codice, "tipo": "mail", "data": "2025-03-10", "titolo": "Invito"}
        voce["imputazioni"] = [{"indicatore": "1.3", "stato": "in_attesa"}]  # type: ignore[assignment]
        registra_evidenza(evidenza=evidenza, voce=voce, utente=persone.manager)
    chiavi = list(Imputazione.objects.values_list("pk", flat=True))

    def decide(utente: Any, stato: StatoImputazione) -> Callable[[], Any]:
        decisione = Decisione(stato, nota="Manca." if stato == _S.RESPINTA else "")
        return lambda: verifica_in_blocco(
            programma=programma, chiavi=chiavi, decisione=decisione, utente=utente
        )

    esiti = insieme(decide(persone.agenzia, _S.ACCOLTA), decide(persone.verificatore, _S.RESPINTA))
    assert esiti == ["", BloccoRifiutato.__name__]
    assert Imputazione.objects.values_list("stato", "verificata_da").distinct().count() == 1
    assert Evento.objects.filter(azione="evidenza.verifica").count() == len(chiavi)

    verificata(programma, persone)
    Imputazione.objects.filter(pk=chiavi[0]).update(stato=_S.RESPINTA, motivazione="Manca.")
    respinta = Imputazione.objects.select_related("evidenza__programma").get(pk=chiavi[0])
    scrivi = [
        lambda testo=testo: replica(imputazione=respinta, utente=persone.manager, testo=testo)
        for testo in ("Una.", "Due.")
    ]
    assert insieme(*scrivi) == ["", "StatoNonAmmesso"]
    scritta = ReplicaVerifica.objects.select_related("imputazione__evidenza__programma").get()
    rispondono = [
        lambda: rispondi(replica=scritta, utente=persone.agenzia, risposta="Resta."),
        lambda: rispondi(
            replica=scritta, utente=persone.verificatore, risposta="Vero.", decisione=Decisione(_S.ACCOLTA)
        ),
    ]
    assert insieme(*rispondono) == ["", "StatoNonAmmesso"]
    scritta.refresh_from_db()
    respinta.refresh_from_db()
    assert (scritta.esito == "cambiata") is (respinta.stato == _S.ACCOLTA)
    assert Evento.objects.filter(azione="evidenza.risposta_alla_replica").count() == 1

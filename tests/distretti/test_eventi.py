"""Il registro degli eventi: una catena che cresce soltanto, e racconta chi ha cambiato che cosa."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.test import RequestFactory
from django.utils import timezone

from distretti.eventi import INIZIO, annota, impronta_di
from distretti.log import richiesta_corrente
from distretti.models import DatiEvento, Distretto, Evento, OggettoEvento, TestaRegistro, Utente
from distretti.models.congelata import RigaCongelata
from distretti.persona import PersonaMiddleware, utente_corrente
from distretti.persone.account import sospendi
from tests.conftest import CODICE, Persone


@pytest.fixture
def distretto(db: None) -> Distretto:
    return Distretto.objects.get(codice=CODICE)


def dell_evento(evento: Evento) -> list[str]:
    return list(evento.oggetti.order_by("ordine").values_list("riferimento", flat=True))


def test_un_evento_dice_chi_che_cosa_prima_e_dopo(distretto: Distretto, persone: Persone) -> None:
    evento = annota(
        azione="distretto.denominazione",
        oggetti=[distretto, distretto.autorita, distretto],
        utente=persone.agenzia,
        ruolo="referente_attivita",
        prima={"Denominazione": "Destra Adige", "Altro": "resta in quest'ordine"},
        dopo={"Denominazione": "Vallagarina"},
        motivo=" Delibera della Giunta ",
    )
    letto = Evento.objects.per_elenco().get(numero=evento.numero)
    assert letto.utente == persone.agenzia
    assert letto.ruolo_esteso == "Referente per l'attività"
    assert letto.dati.letti == {
        "chi": "agenzia",
        "prima": {"Denominazione": "Destra Adige", "Altro": "resta in quest'ordine"},
        "dopo": {"Denominazione": "Vallagarina"},
        "motivo": "Delibera della Giunta",
    }
    assert list(letto.dati.letti["prima"]) == ["Denominazione", "Altro"]
    assert dell_evento(letto) == [f"distretto/{CODICE}", "autorita/pat-acs"]
    assert Evento.objects.che_riguardano(f"distretto/{CODICE}").latest("numero") == evento


def test_ogni_evento_tiene_l_impronta_di_quello_prima(distretto: Distretto) -> None:
    primo, secondo = (annota(azione="prova", oggetti=[distretto]) for _ in range(2))
    assert secondo.numero == primo.numero + 1
    assert secondo.precedente == primo.impronta
    assert primo.precedente == INIZIO or primo.numero > 1
    testa = TestaRegistro.objects.get()
    assert (testa.numero, testa.impronta) == (secondo.numero, secondo.impronta)
    letto = Evento.objects.get(numero=secondo.numero)
    assert impronta_di(letto, dell_evento(letto)) == secondo.impronta


def test_senza_una_persona_e_un_comando(distretto: Distretto) -> None:
    evento = annota(azione="prova", oggetti=[distretto])
    assert (evento.utente, evento.ruolo, evento.richiesta) == (None, "", "")
    assert evento.dati.letti["chi"] == "comando"


def test_la_persona_e_la_richiesta_sono_quelle_in_corso(distretto: Distretto, persone: Persone) -> None:
    scritti: list[Evento] = []

    def pagina(richiesta: Any) -> Any:
        scritti.append(annota(azione="prova", oggetti=[distretto]))
        return None

    richiesta = RequestFactory().get("/")
    richiesta.user = persone.manager
    gettone = richiesta_corrente.set("r-123")
    try:
        PersonaMiddleware(pagina)(richiesta)
    finally:
        richiesta_corrente.reset(gettone)
    assert (scritti[0].utente, scritti[0].richiesta) == (persone.manager, "r-123")
    assert utente_corrente() is None


def test_un_cambiamento_annullato_non_lascia_eventi(distretto: Distretto) -> None:
    annota(azione="prova", oggetti=[distretto])
    prima = TestaRegistro.objects.get().numero
    with transaction.atomic():
        annota(azione="prova", oggetti=[distretto])
        transaction.set_rollback(True)
    assert annota(azione="prova", oggetti=[distretto]).numero == prima + 1


PORTE: dict[str, Callable[[Any], Any]] = {
    "save": lambda riga: riga.save(),
    "save di un campo": lambda riga: riga.save(update_fields=[]),
    "delete": lambda riga: riga.delete(),
    "update": lambda riga: type(riga).objects.filter(pk=riga.pk).update(pk=riga.pk),
    "update del base manager": lambda riga: type(riga)._base_manager.filter(pk=riga.pk).update(pk=riga.pk),
    "delete di tutte": lambda riga: type(riga).objects.all().delete(),
    "bulk_update": lambda riga: type(riga).objects.bulk_update([riga], [type(riga)._meta.fields[-1].name]),
    "bulk_create che aggiorna": lambda riga: type(riga).objects.bulk_create(
        [riga], update_conflicts=True, unique_fields=["pk"], update_fields=["pk"]
    ),
}


@pytest.mark.parametrize("porta", PORTE)
@pytest.mark.parametrize("modello", [Evento, OggettoEvento, DatiEvento])
def test_nessuna_porta_cambia_un_evento(distretto: Distretto, modello: Any, porta: str) -> None:
    evento = annota(azione="prova", oggetti=[distretto])
    riga = modello.objects.get(**({"numero" if modello is Evento else "evento": evento.numero}))
    with pytest.raises(RigaCongelata, match="si scrive una volta sola"):
        PORTE[porta](riga)


def test_un_evento_con_un_numero_gia_dato_non_prende_il_suo_posto(distretto: Distretto) -> None:
    evento = annota(azione="prova", oggetti=[distretto])
    doppio = Evento(
        numero=evento.numero, alle=timezone.now(), azione="altra", impegno="a", precedente="b", impronta="c"
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        doppio.save()


def test_chi_e_nel_registro_non_si_cancella(distretto: Distretto, persone: Persone) -> None:
    annota(azione="prova", oggetti=[distretto], utente=persone.estraneo)
    with pytest.raises(ProtectedError):
        Utente.objects.filter(pk=persone.estraneo.pk).delete()


@pytest.mark.django_db(transaction=True)
def test_due_insieme_una_catena_sola() -> None:
    """Many append at once, from two connections: no number is missing, none is given twice."""
    autore = Utente.objects.create_user(username="autore", password="parola-di-prova")
    prima = Evento.objects.count()
    errori: list[Exception] = []
    via = threading.Barrier(2)

    def scrive() -> None:
        try:
            via.wait(timeout=20)
            for _ in range(5):
                annota(azione="prova", oggetti=[autore], utente=autore)
        except Exception as errore:
            errori.append(errore)
        finally:
            connection.close()

    fili = [threading.Thread(target=scrive) for _ in range(2)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    assert errori == []
    catena = list(Evento.objects.order_by("numero"))
    assert [e.numero for e in catena] == list(range(1, prima + 11))
    assert [e.precedente for e in catena] == [INIZIO, *(e.impronta for e in catena[:-1])]
    assert TestaRegistro.objects.get().impronta == catena[-1].impronta


@pytest.mark.django_db(transaction=True)
def test_chi_annota_e_chi_cambia_la_sua_persona_non_si_aspettano_a_vicenda() -> None:
    """At the end of the transaction PostgreSQL looks at who did it, with the head of the chain still locked;
    who is changing that person waits for the head. (On SQLite the second begins when the first has ended.)
    """
    autore = Utente.objects.create_user(username="autore", password="parola-di-prova")
    altro = Utente.objects.create_user(username="altro", password="parola-di-prova")
    errori: list[Exception] = []
    annotato, tutto_scritto = threading.Event(), threading.Event()

    def annota_e_aspetta() -> None:
        with transaction.atomic():
            annota(azione="prova", oggetti=[autore], utente=autore)
            annotato.set()
            tutto_scritto.wait(timeout=0.7)

    def cambia_la_persona() -> None:
        annotato.wait(timeout=20)
        sospendi(utente=autore, motivo="Prova", da=altro)
        tutto_scritto.set()

    def prova(passo: Callable[[], None]) -> None:
        try:
            passo()
        except Exception as errore:
            errori.append(errore)
        finally:
            connection.close()

    fili = [threading.Thread(target=prova, args=[passo]) for passo in (annota_e_aspetta, cambia_la_persona)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    assert errori == []
    autore.refresh_from_db()
    assert not autore.is_active

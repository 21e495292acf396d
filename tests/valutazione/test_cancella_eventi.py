"""`manage.py cancella_eventi`: ciò che gli eventi raccontano di una persona si cancella, la catena regge."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from distretti.eventi import annota
from distretti.models import DatiEvento, Evento
from distretti.registro_eventi import CANCELLAZIONE, alterazioni_della_catena


@pytest.fixture
def eventi(db: None) -> list[Evento]:
    return [annota(azione="prova", oggetti=[], dopo={"Persone coinvolte": nome}) for nome in ("A", "B")]


def test_i_dati_non_ci_sono_piu_e_la_catena_regge(eventi: list[Evento]) -> None:
    uscita = StringIO()
    call_command("cancella_eventi", eventi[0].numero, motivo="Richiesta", stdout=uscita)
    assert uscita.getvalue().startswith("Cancellati i dati di 1 evento;")
    assert [
        dati.contenuto == "" for dati in DatiEvento.objects.filter(evento__in=eventi).order_by("evento")
    ] == [
        True,
        False,
    ]
    assert Evento.objects.latest("numero").azione == CANCELLAZIONE
    assert list(alterazioni_della_catena()) == []


@pytest.mark.parametrize("altro", [0, 999_999])
def test_tutti_o_nessuno(eventi: list[Evento], altro: int) -> None:
    prima = Evento.objects.count()
    numeri = [eventi[0].numero, eventi[1].numero, altro]
    with pytest.raises(CommandError, match="non esiste: nulla è cancellato"):
        call_command("cancella_eventi", *numeri, motivo="Richiesta")
    assert Evento.objects.count() == prima
    assert not DatiEvento.objects.filter(contenuto="").exists()


def test_due_volte_o_senza_motivo_no(eventi: list[Evento]) -> None:
    with pytest.raises(CommandError, match="Nulla è cancellato"):
        call_command("cancella_eventi", eventi[0].numero, motivo=" ")
    call_command("cancella_eventi", eventi[0].numero, motivo="Richiesta", stdout=StringIO())
    with pytest.raises(CommandError, match="già stati cancellati"):
        call_command("cancella_eventi", eventi[0].numero, motivo="Richiesta")

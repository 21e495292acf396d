"""L'interrogazione scritta una volta dà le stesse righe di quella che Django scriverebbe ogni volta."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from distretti.basi.pronta import Pronta
from distretti.models import Adesione, Distretto, Organizzazione

pytestmark = pytest.mark.django_db


def _organizzazioni(distretti: Any) -> Any:
    return (
        Adesione.objects.filter(distretto__una_di=distretti).order_by("pk").values_list("organizzazione_id")
    )


def test_le_stesse_righe_per_nessuna_una_e_molte_chiavi() -> None:
    pronta = Pronta(_organizzazioni)
    tutti = list(Distretto.objects.values_list("pk", flat=True))
    assert Adesione.objects.exists()
    for chiavi in ([], tutti[:1], tutti, [*tutti, *range(100_000, 101_000)]):
        attese = Adesione.objects.filter(distretto__in=chiavi).order_by("pk").values_list("organizzazione_id")
        assert pronta(chiavi) == list(attese)


def test_i_valori_non_diventano_mai_istruzioni() -> None:
    pronta = Pronta(lambda codice: Organizzazione.objects.filter(codice=codice).values_list("codice"))
    vero = Organizzazione.objects.values_list("codice", flat=True).first() or ""
    assert pronta(vero) == [(vero,)]
    for falso in ("", "' OR '1'='1", "%s", "%", "\x01", "\x010", "x'; DROP TABLE distretti_distretto; --"):
        assert pronta(falso) == []


def test_due_valori_restano_ognuno_al_suo_posto() -> None:
    pronta = Pronta(
        lambda codice, tipo: Distretto.objects.filter(tipo=tipo, codice=codice).values_list("codice"), 2
    )
    distretto = Distretto.objects.earliest("pk")
    assert pronta(distretto.codice, distretto.tipo) == [(distretto.codice,)]
    assert pronta(distretto.tipo, distretto.codice) == []
    with pytest.raises(ValueError, match="argument"):
        pronta(distretto.codice)


def test_django_la_scrive_una_volta_sola_e_il_database_la_esegue_ogni_volta() -> None:
    scritte = []

    def scrivi(codice: str) -> Any:
        scritte.append(codice)
        return Distretto.objects.filter(codice=codice).values_list("denominazione")

    pronta = Pronta(scrivi)
    distretto = Distretto.objects.earliest("pk")
    with CaptureQueriesContext(connection) as eseguite:
        prima = pronta(distretto.codice)
        Distretto.objects.filter(pk=distretto.pk).update(denominazione="Altro nome")
        assert pronta(distretto.codice) == [("Altro nome",)] != prima
    assert len(scritte) == 1
    assert sum("SELECT" in q["sql"] and "denominazione" in q["sql"] for q in eseguite) == 2

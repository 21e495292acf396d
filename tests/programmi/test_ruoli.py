"""La pagina che dice a parole che cosa può fare ogni ruolo."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from distretti.models import Ruolo, Utente
from programmi.tabella import AZIONI
from programmi.views.ruoli import OLTRE_LA_PROCEDURA
from tests.conftest import Persone


def test_ogni_ruolo_di_persone_ha_le_sue_parole() -> None:
    assert set(OLTRE_LA_PROCEDURA) == set(Ruolo) - {Ruolo.LETTORE}


@pytest.mark.django_db
def test_ogni_azione_della_tabella_e_del_suo_ruolo(
    persone: Persone, accedi: Callable[[Utente], Client]
) -> None:
    risposta = accedi(persone.coordinatore).get(reverse("ruoli"))
    for voce in risposta.context["ruoli"]:
        azioni = {azione.codice for azione in voce["azioni"]}
        assert azioni == {azione.codice for azione in AZIONI if voce["ruolo"] in azione.ruoli}
    pagina = risposta.content.decode()
    assert "nessuno approva ciò che ha scritto, integrato, trasmesso o proposto" in pagina
    solo_letti = {v["ruolo"] for v in risposta.context["ruoli"] if not v["azioni"]}
    assert solo_letti == {Ruolo.COORDINATORE, Ruolo.VERIFICATORE, Ruolo.AUDITOR, Ruolo.AMMINISTRATORE}
    assert Client().get(reverse("ruoli")).status_code == 302

"""Un manager che cambia durante l'anno: le evidenze restano, e le tiene chi è venuto dopo."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from distretti.incarichi import affida_a, chiudi_incarico
from distretti.models import Ruolo, Utente
from programmi.models import Programma
from tests.conftest import Persone
from tests.valutazione.conftest import Registra
from valutazione.letture import valutazione_di


def test_il_nuovo_manager_trova_le_evidenze_e_il_vecchio_non_ha_piu_niente(
    programma: Programma, persone: Persone, accedi: Callable[[Utente], Client], registra: Registra
) -> None:
    evidenza = registra("mail", righe=["1.3"])
    prima = valutazione_di(programma).esito
    ieri = timezone.localdate() - timedelta(days=1)
    chiudi_incarico(
        incarico=persone.manager.incarichi.get(), al=ieri, motivo="Altro ufficio", da=persone.amministratore
    )
    affida_a(
        utente=persone.estraneo,
        ruolo=Ruolo.MANAGER,
        dove=programma.distretto,
        dal=ieri + timedelta(days=1),
        al=None,
        da=persone.amministratore,
    )

    assert valutazione_di(programma).esito == prima
    evidenza.refresh_from_db()
    assert evidenza.registrata_da == persone.manager
    chiave = [programma.distretto.codice, programma.anno, evidenza.pk]
    modifica, ritira = reverse("evidenza-modifica", args=chiave), reverse("evidenza-ritira", args=chiave)
    vecchio, nuovo = accedi(Utente.objects.get(pk=persone.manager.pk)), accedi(persone.estraneo)
    assert vecchio.get(modifica).status_code == 403
    assert vecchio.post(ritira, {"motivo": "Mia"}).status_code == 403
    assert vecchio.get(reverse("evidenze", args=chiave[:2])).status_code == 403
    assert nuovo.get(modifica).status_code == 200
    assert nuovo.post(ritira, {"motivo": "Doppione"}).status_code == 302
    evidenza.refresh_from_db()
    assert (evidenza.registrata_da, evidenza.ritirata_da) == (persone.manager, persone.estraneo)

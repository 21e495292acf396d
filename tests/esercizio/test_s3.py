"""I file su un servizio S3: salgono e scendono dalle pagine, con gli stessi diritti che dal disco."""

from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from programmi.models import Programma
from programmi.regola import TipoEvidenza
from tests.conftest import Persone
from tests.indirizzi.mondo import crea_mondo
from tests.valutazione.conftest import indirizzo
from tests.valutazione.test_allegati import png, scarica
from valutazione.models import Allegato, Evidenza
from valutazione.services import aggiungi_allegato, crea_evidenza, elimina_bozza

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("su_s3")]


@pytest.fixture
def bozza_evidenza(programma: Programma, persone: Persone) -> Evidenza:
    return crea_evidenza(programma=programma, tipo=TipoEvidenza.INCONTRO, utente=persone.manager)


@pytest.fixture
def allegato(bozza_evidenza: Evidenza, persone: Persone) -> Allegato:
    return aggiungi_allegato(evidenza=bozza_evidenza, file=png(), utente=persone.manager)[0]


def test_un_file_sale_dalla_pagina_e_scende_uguale(
    bozza_evidenza: Evidenza, persone: Persone, secchio: Any, accedi: Any
) -> None:
    manager = accedi(persone.manager)
    foto = png()
    dati = {"azione": "carica", "file": [foto]}
    pagina = indirizzo("evidenza-modifica", bozza_evidenza.programma, bozza_evidenza.pk)
    assert manager.post(pagina, dati).status_code == 302

    allegato = bozza_evidenza.allegati.get()
    (oggetto,) = secchio.objects.all()
    assert oggetto.key == f"allegati-del-sito/{allegato.file.name}"
    risposta = scarica(manager, allegato)
    assert risposta.status_code == 200
    assert sha256(risposta.content_letto).hexdigest() == allegato.sha256
    assert risposta["Content-Disposition"] == 'attachment; filename="foto.png"'
    assert int(risposta["Content-Length"]) == allegato.dimensione


def test_chi_non_può_non_scarica_e_nessuna_pagina_dice_l_indirizzo_del_file(
    allegato: Allegato, persone: Persone, secchio: Any, accedi: Any, server_s3: str
) -> None:
    assert scarica(accedi(persone.estraneo), allegato).status_code == 403
    assert scarica(accedi(persone.manager_altro), allegato).status_code == 403
    assert scarica(Client(), allegato).status_code == 302

    pagina = indirizzo("evidenza-modifica", allegato.evidenza.programma, allegato.evidenza.pk)
    testo = accedi(persone.manager).get(pagina).content.decode()
    assert allegato.nome in testo
    for nascosto in (secchio.name, server_s3, "X-Amz", allegato.file.name):
        assert nascosto not in testo
    (permesso,) = secchio.Object(f"allegati-del-sito/{allegato.file.name}").Acl().grants
    assert permesso["Grantee"]["Type"] == "CanonicalUser"


def test_un_file_perduto_si_dice_a_parole(
    allegato: Allegato, persone: Persone, secchio: Any, accedi: Any, caplog: pytest.LogCaptureFixture
) -> None:
    secchio.objects.all().delete()
    manager = accedi(persone.manager)

    risposta = scarica(manager, allegato)

    assert risposta.status_code == 302
    pagina = manager.get(risposta["Location"], follow=True).content.decode()
    assert "«foto.png» non si trova più nel deposito" in pagina
    assert f"Manca dal deposito il file {allegato.file.name}" in caplog.text


def test_il_file_di_un_atto_scende_per_tutti_e_perduto_si_dice(
    persone: Persone, secchio: Any, client: Client
) -> None:
    atto = crea_mondo(persone).atto_pubblico
    pagina = reverse("atto-file", args=[atto.codice])
    risposta: Any = client.get(pagina)
    assert b"".join(risposta).startswith(b"%PDF")

    secchio.objects.all().delete()

    assert "non si trova più nel deposito" in client.get(pagina, follow=True).content.decode()


def test_eliminare_una_bozza_toglie_anche_i_suoi_file(
    allegato: Allegato, secchio: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        elimina_bozza(evidenza=allegato.evidenza)

    assert list(secchio.objects.all()) == []

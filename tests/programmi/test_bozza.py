"""Una nuova bozza: dal modello dell'anno e da quello che il distretto ha già detto di sé."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Distretto, StatoDistretto
from programmi.models import ModelloAnnuale, Programma, RigaModello, StatoProgramma
from programmi.services import crea_bozza
from tests.conftest import CODICE, Persone
from tests.programmi.ingressi import in_due

NUOVO = reverse("programma-nuovo", args=[CODICE])


def test_la_bozza_ha_le_righe_del_modello_e_i_testi_dell_anno_prima(
    bozza: Programma, programma: Programma
) -> None:
    modello = ModelloAnnuale.objects.get(anno=2025)
    attese = [(r.sezione, r.testo, r.regola) for r in modello.righe.order_by("ordine")]
    assert [(r.sezione, r.testo, r.regola) for r in bozza.indicatori.order_by("ordine")] == attese
    assert bozza.stato == StatoProgramma.BOZZA
    assert (bozza.dal, bozza.al) == (date(2026, 1, 1), date(2026, 12, 31))
    assert bozza.titolo == programma.titolo.replace("2025", "2026")
    assert bozza.premessa == programma.premessa
    assert list(bozza.attori.values_list("nome")) == list(programma.attori.values_list("nome"))
    assert list(bozza.canali.values_list("valore")) == list(programma.canali.values_list("valore"))
    citati = bozza.atti_citati.order_by("ordine").values_list("atto__codice", flat=True)
    assert "lp-1-2011" in citati
    assert "determinazione-6607-2025" not in citati
    assert not bozza.progettualita.exists()


def test_senza_un_programma_precedente_la_bozza_ha_il_suo_titolo(altra_bozza: Programma) -> None:
    assert altra_bozza.titolo.endswith("2026")
    assert altra_bozza.indicatori.count() == 9


def test_l_ultimo_giorno_di_una_regola_si_sposta_nell_anno_della_bozza(db: None) -> None:
    riga = RigaModello.objects.get(modello__anno=2025, ordine=1)
    riga.regola = (riga.regola or {}) | {"entro": "2025-11-30"}
    riga.save()
    bozza = crea_bozza(distretto=Distretto.objects.get(codice=CODICE), anno=2028)
    regola = bozza.indicatori.get(ordine=1).regola_json
    assert regola is not None
    assert regola["entro"] == "2028-11-30"


@pytest.mark.parametrize("anno", [1999, 2010, 2101])
def test_rifiuta_un_anno_impossibile(db: None, anno: int) -> None:
    with pytest.raises(DatiNonValidi):
        crea_bozza(distretto=Distretto.objects.get(codice=CODICE), anno=anno)


def test_rifiuta_un_anno_senza_modello(db: None) -> None:
    with pytest.raises(DatiNonValidi, match="modello"):
        crea_bozza(distretto=Distretto.objects.get(codice=CODICE), anno=2020)


def test_rifiuta_un_distretto_revocato(db: None) -> None:
    distretto = Distretto.objects.get(codice=CODICE)
    distretto.stato = StatoDistretto.REVOCATO
    distretto.save()
    with pytest.raises(StatoNonAmmesso, match="revocato"):
        crea_bozza(distretto=distretto, anno=2026)


def test_rifiuta_un_secondo_programma_per_l_anno(bozza: Programma) -> None:
    with pytest.raises(StatoNonAmmesso, match="2026"):
        crea_bozza(distretto=bozza.distretto, anno=2026)


def test_in_due_insieme_uno_solo_la_crea(a_due_mani: Persone) -> None:
    distretto = Distretto.objects.get(codice=CODICE)
    esiti = in_due(*[lambda: crea_bozza(distretto=distretto, anno=2026)] * 2)
    assert sorted(type(esito).__name__ for esito in esiti) == ["Programma", "StatoNonAmmesso"]
    assert Programma.objects.filter(distretto=distretto, anno=2026).count() == 1


def test_la_pagina_crea_la_bozza(persone: Persone, accedi: Callable[..., Client]) -> None:
    client = accedi(persone.manager)
    assert b'value="2026"' in client.get(NUOVO).content
    risposta = client.post(NUOVO, {"anno": 2026})
    assert risposta.status_code == 302
    assert risposta["Location"] == reverse("programma-modifica", args=[CODICE, 2026])
    assert client.get(risposta["Location"]).status_code == 200


@pytest.mark.parametrize("chi", ["coordinatore", "auditor", "agenzia", "manager_altro", "manager_scaduto"])
def test_la_pagina_e_solo_di_chi_scrive(persone: Persone, accedi: Callable[..., Client], chi: str) -> None:
    client = accedi(getattr(persone, chi))
    assert client.get(NUOVO).status_code == 403
    assert client.post(NUOVO, {"anno": 2026}).status_code == 403
    assert not Programma.objects.filter(anno=2026).exists()


@pytest.mark.parametrize("anno", ["", "abc", "1900", "2025", "99999"])
def test_la_pagina_spiega_un_anno_sbagliato(
    persone: Persone, accedi: Callable[..., Client], anno: str
) -> None:
    risposta = accedi(persone.referente).post(NUOVO, {"anno": anno})
    assert risposta.status_code == 422
    assert "Controlla i dati inseriti" in risposta.content.decode()
    assert Programma.objects.filter(distretto__codice=CODICE).count() == 1


def test_un_distretto_che_non_esiste_e_404(persone: Persone, accedi: Callable[..., Client]) -> None:
    assert accedi(persone.manager).get(reverse("programma-nuovo", args=["inventato"])).status_code == 404

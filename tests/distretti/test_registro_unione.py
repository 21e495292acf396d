"""Due schede della stessa organizzazione diventano una, e nulla di ciò che le citava si perde."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import reverse

from distretti.errori import DatiNonValidi, ModificatoNelFrattempo, StatoNonAmmesso
from distretti.models import (
    Adesione,
    Certificazione,
    CodicePrecedente,
    Distretto,
    Evento,
    Marchio,
    Organizzazione,
    codici_attuali,
)
from distretti.services import SceltaAdesioni, crea_organizzazione, unisci_organizzazioni
from distretti.services.unione import istantanea_unione, relazioni
from distretti.versioni import versione_di
from programmi.models import Programma, Referente
from programmi.regola import TipoEvidenza
from tests.conftest import CODICE, Persone
from tests.programmi.ingressi import in_due
from valutazione.confronti import confronto_di, lati_di, predefiniti
from valutazione.letture import valutazione_di
from valutazione.models import OrganizzazioneCoinvolta
from valutazione.scheda.da_database import documento_di
from valutazione.scheda.importa import importa_documenti
from valutazione.scheda.ingresso import EsitoImportazione
from valutazione.services import crea_evidenza, registra_evidenza

VECCHIO = "asif"


@pytest.fixture
def asif(db: None) -> Organizzazione:
    return Organizzazione.objects.get(codice="asif-chimelli")


@pytest.fixture
def doppia(db: None) -> Organizzazione:
    """The same body, entered twice."""
    return crea_organizzazione(
        denominazione="Asif Chimelli di Pergine", codice=VECCHIO, natura="pubblica", anche_se_simile=True
    )


def unisci(superstite: Organizzazione, perdente: Organizzazione, **scelte: SceltaAdesioni) -> Organizzazione:
    per_codice = {codice.replace("_", "-"): scelta for codice, scelta in scelte.items()}
    return unisci_organizzazioni(superstite=superstite, perdente=perdente, scelte=per_codice)


def test_ogni_relazione_con_un_organizzazione_si_trova_da_sola() -> None:
    """Scritto a mano: una relazione nuova chiede di pensare a che cosa vuol dire unire."""
    trovate = {f"{r.related_model._meta.label}.{r.field.name}" for r in relazioni()}
    assert trovate == {
        "distretti.Adesione.organizzazione",
        "distretti.AliasOrganizzazione.organizzazione",
        "distretti.Certificazione.organizzazione",
        "distretti.CodicePrecedente.organizzazione",
        "programmi.Referente.organizzazione",
        "valutazione.OrganizzazioneCoinvolta.organizzazione",
    }
    in_forma_di_testo = {
        f"{modello._meta.label}.{campo.name}"
        for modello in _modelli()
        for campo in modello._meta.concrete_fields
        if isinstance(campo, models.JSONField)
    }
    # Those that hold codes of organisations are read through programmi.contenuto.unioni.
    assert in_forma_di_testo >= {
        "programmi.Programma.registro_scheda",
        "valutazione.Evidenza.progetto",
        "valutazione.Imputazione.misura",
        "valutazione.Imputazione.misura_riconosciuta",
    }


def _modelli() -> list[Any]:
    return [
        m
        for piano in ("distretti", "programmi", "valutazione")
        for m in apps.get_app_config(piano).get_models()
    ]


@pytest.fixture
def con_tutto(
    programma: Programma, persone: Persone, asif: Organizzazione, doppia: Organizzazione
) -> Programma:
    """Ciò che cita le due schede: evidenza con la sua misura, referente, adesioni, marchio, altri nomi."""
    evidenza = crea_evidenza(programma=programma, tipo=TipoEvidenza.INCONTRO, utente=persone.manager)
    Adesione.objects.create(
        distretto=programma.distretto,
        organizzazione=doppia,
        dal=date(2020, 1, 1),
        al=date(2022, 7, 14),
        ordine=90,
    )
    misura = {"organizzazioni": ["asif-chimelli", "cs4"]}
    voce = {
        "codice": evidenza.codice,
        "tipo": "incontro",
        "data": "2025-05-05",
        "titolo": "Coprogettazione",
        "presenze": ["manager"],
        "organizzazioni": ["cs4", "asif-chimelli"],
        "imputazioni": [{"indicatore": "obb.5", "stato": "in_attesa", "misura": misura}],
    }
    registra_evidenza(evidenza=evidenza, voce=voce, utente=persone.manager)
    prima = programma.progettualita.get(numero=1)
    Referente.objects.create(progettualita=prima, ordine=77, testo="ASIF", organizzazione=doppia)
    marchio = Marchio.objects.get(codice="family_in_trentino")
    Certificazione.objects.create(organizzazione=doppia, marchio=marchio, numero="12")
    Adesione.objects.create(
        distretto=Distretto.objects.get(codice="df-val-di-non"), organizzazione=doppia, dal=date(2021, 1, 1)
    )
    doppia.alias.create(testo="ASIF", ordine=0)
    return programma


def test_tutto_cio_che_la_citava_cita_quella_che_resta(
    con_tutto: Programma, asif: Organizzazione, doppia: Organizzazione
) -> None:
    # The old record is the one that stays: what the evidence measured was written with the other code.
    prima = valutazione_di(con_tutto).esito
    Adesione.objects.filter(organizzazione=doppia, distretto=con_tutto.distretto).update(al=date(2022, 7, 10))
    unita = unisci(doppia, asif)
    con_tutto = Programma.objects.get(pk=con_tutto.pk)
    dopo = valutazione_di(con_tutto).esito
    assert not Organizzazione.objects.filter(codice="asif-chimelli").exists()
    assert codici_attuali(["asif-chimelli", "cs4"]) == {"asif-chimelli": VECCHIO}
    assert Referente.objects.filter(organizzazione=unita, testo="ASIF").exists()
    assert OrganizzazioneCoinvolta.objects.filter(organizzazione=unita).count() == 1
    assert unita.adesioni.filter(distretto=con_tutto.distretto).count() == 2
    assert unita.certificazioni.filter(numero="12").exists()
    assert {a.testo for a in unita.alias.all()} >= {"ASIF", "ASIF Chimelli"}
    assert dopo.programma.valori == prima.programma.valori
    # What was frozen before is compared, and scored, as if it had been written today.
    lati = lati_di(con_tutto, tutti=True)
    confronto = confronto_di(con_tutto, *predefiniti(lati), tutti=True)
    assert not confronto.cambiate
    misura = documento_di(con_tutto)["evidenze"][-1]["imputazioni"][0]["misura"]
    assert misura == {"organizzazioni": [VECCHIO, "cs4"]}


def test_le_percentuali_non_cambiano(
    con_tutto: Programma, asif: Organizzazione, doppia: Organizzazione
) -> None:
    prima = valutazione_di(con_tutto).esito.programma.valori
    unisci(asif, doppia)
    assert valutazione_di(Programma.objects.get(pk=con_tutto.pk)).esito.programma.valori == prima


def test_una_scheda_esportata_prima_si_importa_dopo(
    con_tutto: Programma, asif: Organizzazione, doppia: Organizzazione
) -> None:
    esportata = deepcopy(documento_di(con_tutto))
    tolte = ("passaggi", "atti", "fonte", "aderenti_al")
    vecchia = {chiave: valore for chiave, valore in esportata.items() if chiave not in tolte}
    vecchia |= {"dal": "2024-01-01", "al": "2024-12-31", "evidenze": []}
    unisci(doppia, asif, dfa_alta_valsugana=SceltaAdesioni.UNITE)
    (importato,) = importa_documenti([("vecchia", vecchia)])
    assert importato.esito is EsitoImportazione.CREATO
    assert not Organizzazione.objects.filter(codice="asif-chimelli").exists()
    documento = documento_di(Programma.objects.get(anno=2024, distretto=con_tutto.distretto))
    assert "asif-chimelli" not in json.dumps(documento)
    assert VECCHIO in {
        referente["organizzazione"] for referente in documento["progettualita"][0]["referenti"]
    }


@pytest.mark.parametrize(
    ("scelta", "attese"),
    [
        (SceltaAdesioni.UNITE, [(date(2020, 1, 1), None)]),
        (SceltaAdesioni.SUPERSTITE, [(date(2022, 7, 15), None)]),
        (SceltaAdesioni.PERDENTE, [(date(2020, 1, 1), date(2024, 1, 1))]),
    ],
)
def test_adesioni_negli_stessi_giorni_si_scelgono(
    asif: Organizzazione, doppia: Organizzazione, scelta: SceltaAdesioni, attese: list[Any]
) -> None:
    distretto = Distretto.objects.get(codice=CODICE)
    Adesione.objects.create(
        distretto=distretto, organizzazione=doppia, dal=date(2020, 1, 1), al=date(2024, 1, 1), ordine=9
    )
    with pytest.raises(DatiNonValidi, match="quale adesione"):
        unisci(asif, doppia)
    unita = unisci(asif, doppia, dfa_alta_valsugana=scelta)
    assert list(unita.adesioni.values_list("dal", "al")) == attese


def test_due_marchi_che_si_contraddicono_si_correggono_prima(
    asif: Organizzazione, doppia: Organizzazione
) -> None:
    marchio = Marchio.objects.get(codice="family_audit")
    asif.certificazioni.all().delete()
    for organizzazione, numero in ((asif, "1"), (doppia, "2")):
        Certificazione.objects.create(organizzazione=organizzazione, marchio=marchio, numero=numero)
    with pytest.raises(DatiNonValidi, match="correggi prima"):
        unisci(asif, doppia)
    Certificazione.objects.filter(organizzazione=doppia).update(numero="", livello="executive")
    certificazione = unisci(asif, doppia).certificazioni.get()
    assert (certificazione.numero, certificazione.livello) == ("1", "executive")


def test_lo_stesso_marchio_non_resta_due_volte_negli_stessi_giorni(
    asif: Organizzazione, doppia: Organizzazione
) -> None:
    marchio = Marchio.objects.get(codice="family_audit")
    asif.certificazioni.all().delete()
    for organizzazione, numero, anno in ((asif, "1", 2020), (doppia, "2", 2021)):
        Certificazione.objects.create(
            organizzazione=organizzazione, marchio=marchio, numero=numero, dal=date(anno, 1, 1)
        )
    with pytest.raises(DatiNonValidi, match="correggi prima"):
        unisci(asif, doppia)
    Certificazione.objects.filter(organizzazione=asif).update(al=date(2020, 12, 31))
    assert list(unisci(asif, doppia).certificazioni.values_list("numero", flat=True)) == ["1", "2"]


def test_la_storia_dice_chi_si_e_unita_a_chi(
    persone: Persone, accedi: Callable[..., Client], asif: Organizzazione, doppia: Organizzazione
) -> None:
    unisci(asif, doppia)
    evento = Evento.objects.get(azione="organizzazione.unione")
    assert {o.riferimento for o in evento.oggetti.all()} == {
        "organizzazione/asif-chimelli",
        f"organizzazione/{VECCHIO}",
    }
    assert "Asif Chimelli di Pergine" in evento.dati.letti["motivo"]
    # What the other record went through is told where it went.
    storia = accedi(persone.agenzia).get(reverse("storia-organizzazione", args=["asif-chimelli"]))
    azioni = [evento.azione for evento in storia.context["pagina"]]
    assert azioni[:2] == ["organizzazione.unione", "organizzazione.creazione"]


def test_il_codice_di_prima_porta_a_quella_che_resta_e_nessuno_lo_prende(
    client: Client,
    persone: Persone,
    accedi: Callable[..., Client],
    asif: Organizzazione,
    doppia: Organizzazione,
) -> None:
    unisci(asif, doppia)
    pagina = client.get(reverse("organizzazione", args=[VECCHIO]))
    assert (pagina.status_code, pagina["Location"]) == (
        301,
        reverse("organizzazione", args=["asif-chimelli"]),
    )
    storia = accedi(persone.agenzia).get(reverse("storia-organizzazione", args=[VECCHIO]))
    assert (storia.status_code, storia["Location"]) == (
        301,
        reverse("storia-organizzazione", args=["asif-chimelli"]),
    )
    api = client.get(f"/api/v1/organizzazioni/{VECCHIO}")
    assert api.status_code == 301
    assert api["Location"].endswith("/api/v1/organizzazioni/asif-chimelli")
    assert client.get("/api/v1/adesioni", {"organizzazione": VECCHIO}).status_code == 200
    with pytest.raises(DatiNonValidi, match="già a un'altra"):
        crea_organizzazione(denominazione="Tutt'altra cosa", codice=VECCHIO)
    assert crea_organizzazione(denominazione="Asif", anche_se_simile=True).codice == f"{VECCHIO}-2"


def test_unire_ancora_porta_alla_stessa(asif: Organizzazione, doppia: Organizzazione) -> None:
    unita = unisci(asif, doppia)
    terza = crea_organizzazione(denominazione="Azienda servizi", codice="azienda", anche_se_simile=True)
    unisci(terza, unita)
    assert codici_attuali([VECCHIO, "asif-chimelli"]) == {VECCHIO: "azienda", "asif-chimelli": "azienda"}


def pagina_di(*codici: str) -> str:
    return reverse("organizzazione-unisci", args=codici)


def test_dalla_pagina(
    persone: Persone, accedi: Callable[..., Client], asif: Organizzazione, doppia: Organizzazione
) -> None:
    client = accedi(persone.agenzia)
    scelta = client.get(reverse("organizzazione-doppia", args=["asif-chimelli"]))
    assert [s.codice for s in scelta.context["simili"]] == [VECCHIO]
    vai = client.get(reverse("organizzazione-doppia", args=["asif-chimelli"]), {"con": VECCHIO})
    assert vai["Location"] == pagina_di("asif-chimelli", VECCHIO)
    versione = client.get(vai["Location"]).context["form"]["versione"].value()
    assert client.post(vai["Location"], {"versione": versione}).status_code == 422
    fatta = client.post(vai["Location"], {"versione": versione, "conferma": "on"})
    assert fatta["Location"] == reverse("organizzazione", args=["asif-chimelli"])
    # Somebody else who had the page open is led where it is.
    tardi = client.post(vai["Location"], {"versione": versione, "conferma": "on"}, follow=True)
    assert "è stata unita a «" in tardi.content.decode()


def test_se_una_cambia_nel_frattempo_si_confronta_di_nuovo(
    persone: Persone, accedi: Callable[..., Client], asif: Organizzazione, doppia: Organizzazione
) -> None:
    client = accedi(persone.agenzia)
    versione = client.get(pagina_di("asif-chimelli", VECCHIO)).context["form"]["versione"].value()
    doppia.alias.create(testo="Scritto da un'altra", ordine=0)
    risposta = client.post(pagina_di("asif-chimelli", VECCHIO), {"versione": versione, "conferma": "on"})
    assert risposta.status_code == 409
    assert "Scritto da un&#x27;altra" in risposta.content.decode()
    assert Organizzazione.objects.filter(codice=VECCHIO).exists()
    with pytest.raises(ModificatoNelFrattempo):
        unisci_organizzazioni(superstite=asif, perdente=doppia, scelte={}, versione=versione)
    attuale = versione_di(istantanea_unione(asif, doppia))
    unisci_organizzazioni(superstite=asif, perdente=doppia, scelte={}, versione=attuale)


def test_non_unisce_chi_non_tiene_tutti_i_registri_interessati(
    persone: Persone, accedi: Callable[..., Client], asif: Organizzazione, doppia: Organizzazione
) -> None:
    from distretti.models import Autorita

    altra = Autorita.objects.create(codice="altra", denominazione="Altra autorità")
    distretto = Distretto.objects.create(
        codice="altrove", denominazione="Altrove", tipo="territoriale", autorita=altra
    )
    Adesione.objects.create(distretto=distretto, organizzazione=doppia, dal=date(2024, 1, 1))
    client = accedi(persone.agenzia)
    assert client.get(pagina_di("asif-chimelli", VECCHIO)).status_code == 403
    assert client.post(pagina_di("asif-chimelli", VECCHIO), {"conferma": "on"}).status_code == 403
    assert client.get(pagina_di("asif-chimelli", "asif-chimelli")).status_code == 403
    assert client.get(pagina_di("asif-chimelli", "nessuna")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_in_due_insieme_una_sola_unisce() -> None:
    call_command("carica_base", verbosity=0)
    asif = Organizzazione.objects.get(codice="asif-chimelli")
    doppia = Organizzazione.objects.create(codice=VECCHIO, denominazione="Asif")
    esiti = in_due(lambda: unisci(asif, doppia), lambda: unisci(asif, doppia))
    assert sorted(type(esito).__name__ for esito in esiti) == ["Organizzazione", "StatoNonAmmesso"]
    assert [c.codice for c in CodicePrecedente.objects.all()] == [VECCHIO]
    with pytest.raises(StatoNonAmmesso, match="unita a un'altra"):
        unisci(asif, doppia)

"""Chi segue un elenco vede ogni cambiamento di ciò che mostra; di ciò che sparisce, i codici soltanto."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from unittest import mock

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from distretti.models import (
    Adesione,
    AliasOrganizzazione,
    Atto,
    Autorita,
    Certificazione,
    DatoDichiarato,
    Distretto,
    Marchio,
    Organizzazione,
    Ritiro,
    Struttura,
)
from distretti.services import registra_adesione
from programmi.models import (
    Attore,
    Canale,
    ClassificazioneProgettualita,
    Indicatore,
    Progettualita,
    Programma,
    Referente,
    SchemaClassificazione,
    Versione,
    VoceClassificazione,
)
from programmi.procedura import approva
from programmi.services import Direzione, elimina_progettualita, sposta_progettualita
from tests.api.cambiamenti import (
    P1,
    PROGRAMMA,
    RISORSE,
    SITO,
    del_2025,
    distretto,
    org,
    pagine,
    prima_azione,
    pubblico,
    rinomina,
    seguite,
)
from tests.api.conftest import API, leggi, registra
from tests.conftest import CODICE, Persone
from tests.congelate import togli
from tests.programmi.ingressi import con_progettualita, pdf, trasmesso
from tests.programmi.passi import porta_alla_firma
from tests.scheda.ingressi import con, contenuto, esempio, reale
from valutazione.api import seguito
from valutazione.scheda.importa import importa_documenti

pytestmark = pytest.mark.django_db


def _bulk_update() -> None:
    organizzazione = org()
    organizzazione.denominazione = "Altro"
    Organizzazione.objects.bulk_update([organizzazione], ["denominazione"])


def _cambia_riga(riga: Indicatore) -> None:
    riga.testo = "Altro"
    riga.save()


CAMBIAMENTI: dict[str, tuple[Callable[[], object], set[str]]] = {
    "autorita": (lambda: Autorita.objects.filter(codice="pat-acs").update(ente="x"), {"autorita/pat-acs"}),
    "struttura": (lambda: rinomina(Struttura.objects.earliest("pk"), "sito"), {"autorita/pat-acs"}),
    "dato dell'autorità": (
        lambda: DatoDichiarato.objects.filter(autorita__isnull=False).update(almeno=True),
        {"autorita/pat-acs"},
    ),
    "dato del distretto": (
        lambda: DatoDichiarato.objects.create(distretto=distretto(), voce="v", valore=1, al="2025"),
        {f"distretti/{CODICE}"},
    ),
    "distretto": (lambda: rinomina(distretto(), "denominazione"), {f"distretti/{CODICE}"}),
    "organizzazione": (_bulk_update, {"organizzazioni/cs4"}),
    "alias": (
        lambda: AliasOrganizzazione.objects.bulk_create(
            [AliasOrganizzazione(organizzazione=org(), ordine=9, testo="Nuovo nome")]
        ),
        {"organizzazioni/cs4"},
    ),
    "alias tolto": (
        lambda: AliasOrganizzazione.objects.filter(organizzazione=org()).delete(),
        {"organizzazioni/cs4"},
    ),
    "adesione nuova": (
        lambda: registra_adesione(
            distretto=distretto("df-val-di-non"), organizzazione=org(), dal=date(2024, 1, 1)
        ),
        {"adesioni/df-val-di-non/cs4/2024-01-01", "distretti/df-val-di-non", "organizzazioni/cs4"},
    ),
    "adesione finita": (
        lambda: Adesione.objects.filter(organizzazione=org()).update(al=date(2025, 1, 1)),
        {f"adesioni/{CODICE}/cs4/2022-07-15", f"distretti/{CODICE}", "organizzazioni/cs4"},
    ),
    "marchio": (
        lambda: rinomina(Marchio.objects.get(codice="family_audit"), "denominazione"),
        {"marchi/pat-acs/family_audit"},
    ),
    "certificazione": (
        lambda: rinomina(Certificazione.objects.get(organizzazione=org()), "livello"),
        {"certificazioni/cs4/pat-acs/family_audit/-", "organizzazioni/cs4"},
    ),
    "schema": (
        lambda: rinomina(SchemaClassificazione.objects.get(codice="distretti-2025"), "fonte"),
        {"schemi-classificazione/distretti-2025"},
    ),
    "voce": (
        lambda: VoceClassificazione.objects.filter(schema__codice="distretti-2025", codice="A0206").update(
            voce="x"
        ),
        {"voci-classificazione/distretti-2025/A0206"},
    ),
    "atto": (
        lambda: rinomina(Atto.objects.get(codice="determinazione-6607-2025"), "oggetto"),
        {"atti/determinazione-6607-2025"},
    ),
    "programma": (lambda: rinomina(del_2025(), "titolo"), {PROGRAMMA}),
    "attore": (lambda: Attore.objects.filter(programma=del_2025()).update(nome="x"), {PROGRAMMA}),
    "canale": (lambda: Canale.objects.filter(programma=del_2025()).delete(), {PROGRAMMA}),
    "progettualità": (lambda: rinomina(prima_azione(), "titolo"), {P1, PROGRAMMA}),
    "referente": (
        lambda: Referente.objects.filter(progettualita=prima_azione()).update(testo="x"),
        {P1, PROGRAMMA},
    ),
    "classificazione": (
        lambda: ClassificazioneProgettualita.objects.filter(progettualita=prima_azione()).first().delete(),  # type: ignore[union-attr]
        {P1, PROGRAMMA},
    ),
    "riga": (
        lambda: _cambia_riga(Indicatore.objects.get(progettualita=prima_azione(), ordine=1)),
        {f"{PROGRAMMA}/indicatori/1.1", P1, PROGRAMMA},
    ),
    "riga obbligatoria": (
        lambda: Indicatore.objects.obbligatori().filter(programma=del_2025(), ordine=2).update(testo="x"),
        {f"{PROGRAMMA}/indicatori/obb.2", PROGRAMMA},
    ),
    "evidenza": (
        lambda: registra(
            del_2025(), Indicatore.objects.get(progettualita=prima_azione(), ordine=1), "e-nuova"
        ),
        set(),
    ),
}
"""What is written, and every address whose answer is another from then on."""


@pytest.mark.parametrize("quale", CAMBIAMENTI)
def test_cambia_cio_che_si_vede_diverso_e_nulla_di_piu(quale: str, inizio: datetime) -> None:
    cambia, attese = CAMBIAMENTI[quale]
    cambia()
    assert seguite(inizio) == (attese, set())


def test_ogni_risorsa_e_provata() -> None:
    attese = {indirizzo for _, insieme in CAMBIAMENTI.values() for indirizzo in insieme}
    annidate = {"progettualita": f"{PROGRAMMA}/progettualita/", "indicatori": f"{PROGRAMMA}/indicatori/"}
    for risorsa in RISORSE:
        inizia = annidate.get(risorsa, f"{risorsa}/")
        assert any(indirizzo.startswith(inizia) for indirizzo in attese), risorsa


def test_i_dati_di_base_di_nuovo_non_cambiano_nulla(inizio: datetime) -> None:
    prima = contenuto()
    call_command("carica_base", verbosity=0)
    assert contenuto() == prima
    assert seguite(inizio) == (set(), set())


def test_cio_che_i_dati_di_base_aggiornano_si_vede(inizio: datetime) -> None:
    VoceClassificazione.objects.filter(codice="A0206", schema__codice="distretti-2025").update(voce="vecchia")
    poi = timezone.now()
    call_command("carica_base", verbosity=0)
    assert seguite(poi) == ({"voci-classificazione/distretti-2025/A0206"}, set())


def test_l_approvazione_si_vede_tutta(bozza: Programma, persone: Persone) -> None:
    """Anche ciò che era scritto da prima: dall'approvazione esiste, per chi segue."""
    azione, _ = con_progettualita(bozza, 2)
    fuori = Organizzazione.objects.create(codice="referente-esterno", denominazione="Referente esterno")
    Referente.objects.create(progettualita=azione, testo="Referente esterno", organizzazione=fuori)
    trasmesso(bozza, persone.referente)
    prima = timezone.now()
    assert seguite(prima) == (set(), set())
    porta_alla_firma(bozza, persone)
    assert seguite(prima) == (set(), set())
    struttura = Struttura.objects.filter(autorita=bozza.distretto.autorita).earliest("pk")
    dati = {"numero": "77", "data": date(2026, 2, 1), "file": pdf()}
    approva(programma=bozza, utente=persone.dirigente, struttura=struttura, **dati)  # type: ignore[arg-type]
    cambiate, ritirate = seguite(prima)
    atti = {indirizzo for indirizzo in cambiate if indirizzo.startswith("atti/")}
    assert len(atti) >= 2  # that of the approval, that of the transmission, those cited
    assert cambiate - atti == pubblico(2026) | {f"distretti/{CODICE}", "organizzazioni/referente-esterno"}
    assert ritirate == set()


def test_una_bozza_la_segue_chi_ha_un_ruolo(
    bozza: Programma, inizio: datetime, persone: Persone, accedi: Callable[..., Client]
) -> None:
    con_progettualita(bozza)
    assert seguite(inizio) == (set(), set())
    cambiate, _ = seguite(inizio, accedi(persone.manager))
    assert cambiate >= {f"programmi/{CODICE}/2026", f"programmi/{CODICE}/2026/progettualita/1"}
    elimina_progettualita(progettualita=bozza.progettualita.get())
    assert not Ritiro.objects.exists()


def test_chi_sposta_una_progettualita_cambia_il_codice_delle_sue_righe(
    bozza: Programma, persone: Persone, accedi: Callable[..., Client]
) -> None:
    prima, _ = con_progettualita(bozza, 2)
    inizio = timezone.now()
    sposta_progettualita(progettualita=prima, direzione=Direzione.GIU)
    qui = f"programmi/{CODICE}/2026"
    cambiate, ritirate = seguite(inizio, accedi(persone.manager))
    assert cambiate == {
        qui,
        *(f"{qui}/{che}" for che in ("progettualita/1", "progettualita/2")),
        *(f"{qui}/{che}" for che in ("indicatori/1.1", "indicatori/2.1")),
    }
    assert ritirate == set()


def test_di_una_bozza_importata_si_vede_solo_il_registro(inizio: datetime) -> None:
    importa_documenti([("bozza", esempio())])
    cambiate, ritirate = seguite(inizio)
    assert {"distretti/esempio", "organizzazioni/coop"} <= cambiate
    assert not any(indirizzo.startswith(("programmi/", "atti/")) for indirizzo in cambiate)
    assert ritirate == set()


def test_l_importazione_di_un_programma_approvato_si_vede_tutta() -> None:
    scheda = reale()
    togli(Versione)
    Programma.objects.all().delete()
    inizio = timezone.now()
    importa_documenti([("reale", scheda)])
    cambiate, ritirate = seguite(inizio)
    assert cambiate >= pubblico(2025)
    assert {f"distretti/{CODICE}", "atti/determinazione-6607-2025", "organizzazioni/cs4"} <= cambiate
    assert ritirate == set(), "ciò che è tornato non è ritirato"


def test_una_bozza_sostituita_non_lascia_ritiri(inizio: datetime) -> None:
    importa_documenti([("uno", esempio())])
    diversa = con(esempio(), lambda s: s["progettualita"].pop())
    poi = timezone.now()
    importa_documenti([("due", diversa)], sostituisci=True)
    assert not Ritiro.objects.exists()
    assert seguite(poi) == (set(), set())
    poi = timezone.now()
    importa_documenti([("due", diversa)], sostituisci=True)
    assert seguite(poi) == (set(), set())


def test_righe_e_ritiri_in_un_ordine_solo(inizio: datetime) -> None:
    """Una alla volta o tutti insieme, lo stesso elenco, in ordine di istante."""
    for numero in range(2, 10):
        azione = Progettualita.objects.get(programma=del_2025(), numero=numero)
        azione.delete() if numero % 2 else rinomina(azione, "titolo")
    uno = [v for pagina in pagine("progettualita", inizio, limite=1) for v in pagina["items"]]
    tutti = [v for pagina in pagine("progettualita", inizio, limite=100) for v in pagina["items"]]
    assert uno == tutti
    istanti = [voce.get("ritirato_alle") or voce["modificato_alle"] for voce in uno]
    assert istanti == sorted(istanti)
    assert ["ritirato" in voce for voce in uno] == [bool(numero % 2) for numero in range(2, 10)]


def test_la_volta_seguente_si_chiede_da_prima_dell_ultimo_istante(inizio: datetime) -> None:
    """Chi scriveva mentre si leggeva finisce dopo: la volta seguente si riguarda un tratto."""
    rinomina(org(), "denominazione")

    def prossimo(adesso: datetime, da: datetime) -> datetime:
        with mock.patch("valutazione.api.seguito.timezone.now", return_value=adesso):
            pagina = leggi(Client(), f"{API}/organizzazioni", modificato_da=da.isoformat())
        return datetime.fromisoformat(pagina["prossimo_modificato_da"])

    cambiata = org().modificato_alle
    prima = inizio - timedelta(hours=1)
    assert prossimo(cambiata, prima) == cambiata - seguito.MARGINE
    assert prossimo(cambiata + timedelta(days=1), prima) == cambiata
    assert prossimo(cambiata, cambiata) == cambiata, "mai prima di dove si era"
    dopo = cambiata + timedelta(hours=1)
    assert prossimo(dopo + timedelta(days=1), dopo) == dopo, "senza cambiamenti resta fermo"


def test_un_ritiro_di_cio_che_e_tornato_fa_avanzare_lo_stesso(inizio: datetime) -> None:
    """Una pagina senza voci, perché tutto si legge di nuovo, non si rilegge per sempre."""
    Ritiro.objects.registra([("organizzazioni", "cs4")])
    ritirata = Ritiro.objects.get().ritirato_alle
    domani = mock.patch("valutazione.api.seguito.timezone.now", return_value=inizio + timedelta(days=1))
    with domani:
        pagina = leggi(Client(), f"{API}/organizzazioni", modificato_da=inizio.isoformat())
    assert pagina["items"] == []
    assert datetime.fromisoformat(pagina["prossimo_modificato_da"]) == ritirata


def test_il_margine_si_conta_dalla_prima_pagina(inizio: datetime) -> None:
    da = inizio - timedelta(hours=1)
    prima = leggi(Client(), f"{API}/organizzazioni", modificato_da=da.isoformat(), limit=1)
    with mock.patch("valutazione.api.seguito.timezone.now", return_value=inizio + timedelta(hours=2)):
        seconda = leggi(Client(), prima["successivo"])
    prossimo = datetime.fromisoformat(seconda["prossimo_modificato_da"])
    assert prossimo <= timezone.now() - seguito.MARGINE


@pytest.mark.parametrize(
    ("valore", "buono"),
    [
        ("2026-01-31", True),
        ("2026-01-31T12:00:00Z", True),
        ("2026-01-31t12:00:00.123456z", True),
        ("2026-01-31T12:00:00+01:00", True),
        ("0001-01-01T00:00:00Z", True),
        ("9999-12-31T23:59:59-12:00", True),
        ("2026-01-31T12:00:00", False),
        ("2026-01-31T12:00:00 01:00", False),
        ("2026-13-01", False),
        ("ieri", False),
    ],
)
def test_l_istante_si_scrive_in_un_modo_solo(valore: str, buono: bool) -> None:
    for risorsa in RISORSE:
        leggi(Client(), f"{API}/{risorsa}", atteso=200 if buono else 400, modificato_da=valore)


def test_con_i_cambiamenti_l_ordine_non_si_sceglie() -> None:
    problema = leggi(Client(), f"{API}/distretti", atteso=400, modificato_da="2026-01-01", sort="codice")
    assert [errore["parameter"] for errore in problema["errors"]] == ["sort"]


def test_i_filtri_valgono_per_le_righe_i_ritiri_ci_sono_tutti(inizio: datetime) -> None:
    rinomina(org(), "denominazione")
    prima_azione().delete()
    Distretto.objects.get(codice="df-val-di-non").delete()
    Distretto.objects.filter(codice="df-primiero").update(capofila="x")
    voci = leggi(Client(), f"{API}/distretti", modificato_da=inizio.isoformat(), tipo="family_audit")["items"]
    assert [voce["href"].removeprefix(SITO) for voce in voci] == ["distretti/df-val-di-non"]

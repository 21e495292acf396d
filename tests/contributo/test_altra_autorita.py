"""Un'altra autorità, con azioni, marchi e contributo suoi: soltanto dati, dall'inizio al contributo."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from distretti.dati_base import carica_registro
from distretti.models import Autorita, Distretto, Incarico, Ruolo, Utente
from distretti.versioni import versione_di
from programmi.dati_base import carica_modelli
from programmi.models import Programma
from programmi.regola import TipoEvidenza
from programmi.services import crea_bozza
from tests.valutazione.chiusura_pronta import il_giorno
from valutazione.chiusura import compi
from valutazione.contributi import contributo_di
from valutazione.dati_base import carica_contributi
from valutazione.decisioni import Decisione
from valutazione.models import AzioneChiusura, ParametriChiusura, ParametriContributo, StatoImputazione
from valutazione.scheda.importa import importa_documenti
from valutazione.services import crea_evidenza, registra_evidenza, verifica_imputazione
from valutazione.services.contributo import scrivi_costo
from valutazione.services.parametri_anno import stabilisci

pytestmark = pytest.mark.django_db

DATI = Path(__file__).parent / "altra_autorita"
CODICE = "regione-di-prova"
RADICE = Path(__file__).parents[2]
_A = AzioneChiusura


@pytest.fixture
def regione() -> Autorita:
    """The other authority, loaded from its files."""
    carica_registro(DATI / "registro")
    carica_modelli(DATI / "modelli")
    carica_contributi(DATI / "contributi")
    return Autorita.objects.get(codice=CODICE)


def _persona(nome: str, ruolo: Ruolo, **dove: Autorita | Distretto) -> Utente:
    utente = Utente.objects.create_user(username=nome, nome_esteso=nome)
    Incarico.objects.create(utente=utente, ruolo=ruolo, dal=date(2023, 1, 1), **dove)
    return utente


def _programma() -> Programma:
    scheda = json.loads((DATI / "scheda.json").read_text(encoding="utf-8"))
    importa_documenti([("scheda.json", scheda)])
    return Programma.objects.select_related("distretto__autorita").get(distretto__codice="valle-di-prova")


def test_una_bozza_nasce_dalle_sue_azioni(regione: Autorita) -> None:
    bozza = crea_bozza(distretto=Distretto.objects.get(codice="valle-di-prova"), anno=2026)
    righe = bozza.indicatori.order_by("ordine").values_list("testo_regola", flat=True)
    assert list(righe) == ["25% per ogni tavolo", "100% per il piano"]


def test_dall_evidenza_al_contributo(regione: Autorita) -> None:
    programma = _programma()
    distretto = programma.distretto
    manager = _persona("m", Ruolo.MANAGER, distretto=distretto)
    referente = _persona("r", Ruolo.REFERENTE_AMMINISTRATIVO, distretto=distretto)
    verifica = _persona("v", Ruolo.VERIFICATORE, autorita=regione)
    attivita = _persona("a", Ruolo.REFERENTE_ATTIVITA, autorita=regione)
    _registra(programma, manager, verifica)
    scrivi_costo(
        programma=programma,
        dati={"importo": Decimal(40000), "cofinanziamento": Decimal(5000), "fonte": "Rendiconto"},
        utente=referente,
        versione=versione_di({}),
    )
    giorni = {"giorni_replica": 10, "fonte": "Bando"}
    stabilisci(ParametriChiusura, autorita=regione, anno=2025, dati=giorni, utente=attivita)
    compi(_A.TRASMISSIONE_AUTOVALUTAZIONE, programma=programma, utente=manager)
    with il_giorno(date(2026, 2, 1)):
        compi(_A.CONCLUSIONE_VERIFICA, programma=programma, utente=verifica)
    compi(_A.DEFINIZIONE_RISULTATO, programma=programma, utente=attivita)
    trovato = contributo_di(programma)
    # Tre tavoli su quattro e il piano: (75 + 100) / 2.
    assert trovato.realizzazione == Decimal("87.50")
    assert trovato.contributo is not None
    assert [(p.frase, p.importo) for p in trovato.contributo.passi] == [
        ("Il 100% del costo di 40.000,00 €", Decimal("40000.00")),
        ("A carico dell'ente 5.000,00 €", Decimal("35000.00")),
        ("Non oltre il massimo di 27.500,00 €", Decimal("27500.00")),
        ("Realizzazione riconosciuta 87,5%, fascia da 75%: 100%", Decimal("27500.00")),
    ]
    assert trovato.nome == "simulazione del contributo", "finché la Regione non adotta i parametri"


def _registra(programma: Programma, manager: Utente, verifica: Utente) -> None:
    """Three meetings and the plan, recorded and accepted."""
    voci = [("incontro", "obb.1", giorno) for giorno in ("2025-03-10", "2025-05-12", "2025-12-31")]
    for tipo, riga, giorno in [*voci, ("documento", "obb.2", "2025-06-01")]:
        evidenza = crea_evidenza(programma=programma, tipo=TipoEvidenza(tipo), utente=manager)
        voce = {
            "codice": evidenza.codice,
            "tipo": tipo,
            "data": giorno,
            "titolo": "Prova",
            "argomento": "Servizi",
            "imputazioni": [{"indicatore": riga, "stato": "in_attesa"}],
        }
        registrata, _ = registra_evidenza(evidenza=evidenza, voce=voce, utente=manager)
        verifica_imputazione(
            imputazione=registrata.imputazioni.get(),
            decisione=Decisione(StatoImputazione.ACCOLTA),
            utente=verifica,
        )


def test_nessuna_riga_di_codice_nomina_un_autorita() -> None:
    """What tells an authority from another is in its data."""
    codici = {*Autorita.objects.values_list("codice", flat=True), CODICE} - {""}
    trovati = [
        f"{file.relative_to(RADICE)}: {codice}"
        for cartella in ("distretti", "programmi", "valutazione", "config", "templates")
        for file in sorted((RADICE / cartella).rglob("*"))
        if file.suffix in (".py", ".html")
        for riga in file.read_text(encoding="utf-8").splitlines()
        for codice in codici
        if codice in riga and '"""' not in riga
    ]
    assert trovati == []


def test_i_parametri_di_un_autorita_non_sono_quelli_di_un_altra(regione: Autorita) -> None:
    trento = Autorita.objects.get(codice="pat-acs")
    loro = [ParametriContributo.objects.per_anno(a, 2025) for a in (regione, trento)]
    assert [p.massimo for p in loro if p is not None] == [Decimal(27500), Decimal(10000)]
    assert ParametriContributo.objects.per_anno(regione, 2024) is None

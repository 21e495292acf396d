"""Le percentuali di molti programmi insieme sono quelle di ciascuno, comunque siano scritte le righe."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from distretti.models import Organizzazione
from programmi.models import Indicatore, Programma
from tests.bench.genera import genera
from tests.bench.misure import Misure
from tests.bench.registro import PREFISSO
from tests.bench.somme import somme_di
from tests.conftest import Persone
from valutazione.kernel import ValoriScheda
from valutazione.letture import valutazioni_di
from valutazione.models import Allegato, Completamento, Evidenza, Imputazione, OrganizzazioneCoinvolta
from valutazione.provincia import valori_di
from valutazione.provincia.righe import BIANCHI

MISURE = Misure(distretti=6, anni=2, progettualita=4, aderenti=4, evidenze=40)
CHIUSO = MISURE.anno_di_chiusura


def del_bench() -> Any:
    return Programma.objects.annuali().filter(distretto__codice__startswith=PREFISSO, anno=CHIUSO)


def in_breve(azioni: Any) -> object:
    return [
        (a.codice, a.valori, a.incompleta, [(r.codice, r.valori, r.incompleta) for r in a.righe])
        for a in azioni
    ]


def controlla(programmi: Any) -> dict[int, ValoriScheda | None]:
    """Every programme of ``programmi`` as the whole evaluation has it; gives the values."""
    trovati = dict(valori_di(programmi))
    intere = valutazioni_di(programmi)
    assert sorted(trovati) == sorted(programma.pk for programma, _ in intere)
    for programma, intera in intere:
        valori = trovati[programma.pk]
        assert (valori is None) == (intera is None)
        if valori is not None and intera is not None:
            assert in_breve(valori.azioni) == in_breve(intera.esito.azioni)
            assert valori.programma == intera.esito.programma
    return trovati


@pytest.mark.django_db
def test_uguali_a_quelli_di_ciascuno() -> None:
    genera(MISURE)
    for riuso in ("ammesso", "una_volta_per_azione", "una_volta"):
        del_bench().update(riuso=riuso)
        controlla(del_bench())
    del_bench().update(richiede_contributo=False)
    trovati = controlla(del_bench())
    assert len(trovati) == 6
    tutti = [valori.programma.valori for valori in trovati.values() if valori]
    assert len(set(tutti)) > 3
    assert any(v.dichiarato != v.prospettico for v in tutti)


@pytest.mark.django_db
def test_uguali_alle_somme_dove_tutto_si_somma() -> None:
    genera(MISURE, semplici=True)
    trovati, somme = dict(valori_di(del_bench())), somme_di(CHIUSO)
    assert len(trovati) == len(somme) == 6
    for pk, valori in trovati.items():
        assert valori is not None
        tre = valori.programma.valori
        for nostro, loro in zip((tre.dichiarato, tre.riconosciuto, tre.prospettico), somme[pk], strict=True):
            assert nostro is not None
            assert abs(float(nostro) - float(loro)) < 1e-6


@pytest.mark.django_db
def test_le_interrogazioni_non_crescono() -> None:
    genera(MISURE)
    quante = set()
    for programmi in (del_bench().filter(pk=del_bench()[0].pk), del_bench()):
        with CaptureQueriesContext(connection) as fatte:
            assert sum(1 for _ in valori_di(programmi))
        quante.add(len(fatte))
    assert len(quante) == 1
    assert quante.pop() <= 9


@pytest.mark.django_db
def test_della_dimostrazione(programma: Programma) -> None:
    assert None not in controlla(Programma.objects.annuali()).values()


@pytest.mark.parametrize("regola", [{"tipo": "unica"}, {"tipo": "inventata"}, {}])
def test_una_regola_guasta_non_ferma_le_altre(programma: Programma, regola: dict[str, Any]) -> None:
    genera(Misure(distretti=2, anni=1, progettualita=1, aderenti=1, evidenze=2))
    primo = del_bench().model.objects.filter(distretto__codice__startswith=PREFISSO).order_by("pk")[0]
    Indicatore.objects.filter(programma=primo, progettualita=None, ordine=1).update(regola=regola)
    trovati = controlla(Programma.objects.annuali())
    assert [pk for pk, valori in trovati.items() if valori is None] == [primo.pk]


def test_una_misura_che_la_regola_non_ammette_piu(programma: Programma) -> None:
    regola = {"tipo": "per_unita", "percentuale": "10", "evidenze": ["incontro"]}
    nuova(programma, riga(programma, regola), misura={"inventata": 1})
    assert controlla(Programma.objects.filter(pk=programma.pk)) == {programma.pk: None}


def riga(programma: Programma, regola: dict[str, Any]) -> Indicatore:
    """A compulsory line of the programme, by another rule and without evidence."""
    scelta = Indicatore.objects.get(programma=programma, progettualita=None, ordine=2)
    Indicatore.objects.filter(pk=scelta.pk).update(regola=regola)
    Imputazione.objects.filter(indicatore=scelta).delete()
    return scelta


def nuova(programma: Programma, scelta: Indicatore, codice: str = "x", **campi: Any) -> Evidenza:
    dati = {"tipo": "incontro", "stato": "registrata", "data": "2025-03-01", "titolo": "Una", **campi}
    misura = dati.pop("misura", None)
    evidenza = Evidenza.objects.create(programma=programma, codice=codice, **dati)
    Imputazione.objects.create(evidenza=evidenza, indicatore=scelta, stato="accolta", misura=misura)
    return evidenza


@pytest.mark.parametrize("campo", ["argomento", "descrizione", "luogo", "url"])
def test_un_testo_di_soli_spazi_e_vuoto(programma: Programma, campo: str) -> None:
    regola = {"tipo": "per_unita", "percentuale": "1", "evidenze": ["incontro"], "campi": [campo]}
    scelta = riga(programma, regola)
    for numero, testo in enumerate((" ", BIANCHI, "\u00a0a", "è", "\n.", "", "~", "\u200b", "\u3000")):
        nuova(programma, scelta, f"x{numero}", **{campo: testo})
    valori = controlla(Programma.objects.filter(pk=programma.pk))[programma.pk]
    assert valori is not None
    # Five are filled in: a space of no width is not one that Python takes away.
    assert valori.azioni[1].valori.riconosciuto == 5


def test_persone_e_allegati(programma: Programma) -> None:
    regola = {
        "tipo": "per_unita", "percentuale": "10", "evidenze": ["incontro"], "campi": ["persone|allegati"],
    }  # fmt: skip
    scelta = riga(programma, regola)
    nuova(programma, scelta, "con", persone=["Qualcuno"])
    nuova(programma, scelta, "senza")
    con_file = nuova(programma, scelta, "file")
    for ordine in range(2):
        Allegato.objects.create(
            evidenza=con_file,
            ordine=ordine,
            nome="a.pdf",
            tipo="application/pdf",
            dimensione=1,
            sha256="0" * 64,
        )
    valori = controlla(Programma.objects.filter(pk=programma.pk))[programma.pk]
    assert valori is not None
    assert valori.azioni[1].valori.riconosciuto == 20


def test_cio_che_dice_l_autorita_conta(programma: Programma, persone: Persone) -> None:
    scelta = riga(programma, {"tipo": "manuale", "assegnata": None})
    prima = controlla(Programma.objects.filter(pk=programma.pk))[programma.pk]
    Completamento.objects.create(
        indicatore=scelta, assegnata="37.5", motivazione="Relazione", detto_da=persone.agenzia
    )
    dopo = controlla(Programma.objects.filter(pk=programma.pk))[programma.pk]
    assert prima is not None
    assert prima.azioni[1].incompleta
    assert dopo is not None
    assert dopo.azioni[1].valori.dichiarato == 37.5


def test_le_organizzazioni_aderenti_del_registro_o_della_scheda(programma: Programma) -> None:
    regola = {
        "tipo": "per_distinti", "percentuale": "10", "evidenze": ["incontro"],
        "distinti": "organizzazione_aderente",
    }  # fmt: skip
    scelta = riga(programma, regola)
    estranea = Organizzazione.objects.create(codice="estranea", denominazione="Estranea")
    aderente = programma.distretto.adesioni.select_related("organizzazione")[0].organizzazione
    evidenza = nuova(programma, scelta, misura={"organizzazioni": [aderente.codice]})
    for ordine, chi in enumerate((estranea, aderente)):
        OrganizzazioneCoinvolta.objects.create(evidenza=evidenza, organizzazione=chi, ordine=ordine)
    nuova(programma, scelta, "y", misura={"organizzazioni": [aderente.codice]}, stato="bozza")
    suo = Programma.objects.filter(pk=programma.pk)
    stampati: list[dict[str, Any]] = [
        {"organizzazione": "estranea", "dal": "2025-01-01", "al": None, "marchi": []}
    ]
    attesi: dict[str | None, int] = {None: 10, "estranea": 0}
    for chiave, atteso in attesi.items():
        registro = None if chiave is None else {"aderenti": stampati}
        suo.update(registro_scheda=registro)
        valori = controlla(suo)[programma.pk]
        assert valori is not None
        assert valori.azioni[1].valori.riconosciuto == atteso


def test_tra_evidenze_scritte_uguali_contano_quelle_con_un_organizzazione(programma: Programma) -> None:
    regola = {
        "tipo": "per_unita", "percentuale": "10", "evidenze": ["incontro"], "campi": ["organizzazioni"],
    }  # fmt: skip
    scelta = riga(programma, regola)
    chi = programma.distretto.adesioni.select_related("organizzazione")[0].organizzazione
    for codice, con in (("a", False), ("b", True), ("c", False), ("d", True)):
        evidenza = nuova(programma, scelta, codice)
        if con:
            OrganizzazioneCoinvolta.objects.create(evidenza=evidenza, organizzazione=chi, ordine=0)
    valori = controlla(Programma.objects.filter(pk=programma.pk))[programma.pk]
    assert valori is not None
    assert valori.azioni[1].valori.riconosciuto == 20

"""The evidence of the last year in bulk: every form of rule, every state, and some that does not count."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from distretti.models import Adesione
from programmi.models import Indicatore, Programma
from tests.bench import testi
from tests.bench.misure import Misure
from tests.bench.scrittura import scrivi
from valutazione.models import Evidenza, Imputazione, OrganizzazioneCoinvolta, StatoEvidenza
from valutazione.parole import StatoImputazione

SEMPLICE: dict[str, Any] = {"tipo": "per_unita", "percentuale": "12.5", "evidenze": ["incontro", "post"]}
_A_UNITA = ("post", "mail", "newsletter", "comunicato_stampa")
_STATI = (StatoImputazione.ACCOLTA, StatoImputazione.IN_ATTESA, StatoImputazione.RESPINTA)


def crea_evidenze(misure: Misure, programmi: Sequence[Programma], *, semplici: bool = False) -> None:
    """``misure.evidenze`` for each of ``programmi``, one in ten credited to two lines.

    ``semplici``: every line counts units, every evidence counts and is accolta: plain sums are right too.
    """
    chiavi = [programma.pk for programma in programmi]
    if semplici:
        Indicatore.objects.filter(programma__in=chiavi).update(regola=SEMPLICE)
    righe: dict[int, list[Indicatore]] = {}
    for riga in Indicatore.objects.filter(programma__in=chiavi).in_ordine():
        righe.setdefault(riga.programma_id, []).append(riga)
    aderenti: dict[int, list[int]] = {}
    for distretto, chi in Adesione.objects.order_by("ordine").values_list("distretto", "organizzazione"):
        aderenti.setdefault(distretto, []).append(chi)
    evidenze, crediti = [], []
    for programma in programmi:
        caso = Random(f"{misure.seme}/evidenze/{programma.distretto.codice}/{programma.anno}")  # noqa: S311
        for numero in range(1, misure.evidenze + 1):
            evidenza, imputazioni = _evidenza(programma, numero, righe[programma.pk], caso, semplici)
            evidenze.append(evidenza)
            crediti += imputazioni
    scrivi(evidenze)
    scrivi(crediti)
    scrivi(_coinvolte(misure, evidenze, aderenti))


def _evidenza(
    programma: Programma, numero: int, righe: Sequence[Indicatore], caso: Random, semplici: bool
) -> tuple[Evidenza, list[Imputazione]]:
    scelte = caso.sample(righe, 2 if numero % 10 == 0 else 1)
    ammessi = (scelte[0].regola or {}).get("evidenze") or ["altro"]
    giusta = semplici or caso.random() > 0.04
    giorni = (programma.al - programma.dal).days + (0 if semplici else 5)
    pianificata = not semplici and caso.random() < 0.05
    evidenza = Evidenza(
        programma=programma,
        codice=f"e{numero:04d}",
        stato=StatoEvidenza.REGISTRATA,
        tipo=caso.choice(ammessi) if giusta else "materiale",
        data=programma.dal + timedelta(days=caso.randint(0, giorni)),
        titolo=f"{testi.titolo(caso, numero)}",
        argomento=testi.frasi(caso, 1) if giusta else "",
        descrizione=testi.frasi(caso, 2),
        luogo=caso.choice(testi.LUOGHI),
        persone=["Coordinatore istituzionale", "Referente"] if giusta else [],
        presenze=["manager"] if giusta else [],
        pianificata=pianificata,
    )
    return evidenza, [
        _imputazione(evidenza, riga, ordine, caso, semplici) for ordine, riga in enumerate(scelte)
    ]


def _imputazione(
    evidenza: Evidenza, riga: Indicatore, ordine: int, caso: Random, semplici: bool
) -> Imputazione:
    stato = StatoImputazione.IN_ATTESA
    if not evidenza.pianificata:
        stato = StatoImputazione.ACCOLTA if semplici else caso.choices(_STATI, weights=(60, 30, 10))[0]
    return Imputazione(
        evidenza=evidenza,
        indicatore=riga,
        ordine=ordine,
        stato=stato,
        misura=_misura(riga.regola_json or {}, evidenza.tipo, caso),
        motivazione="Non risulta." if stato == StatoImputazione.RESPINTA else "",
    )


def _misura(regola: dict[str, Any], tipo: str, caso: Random) -> dict[str, Any] | None:
    """What the form of the rule asks for; the organisations are those of the evidence."""
    match regola.get("tipo"):
        case "per_unita" | "fasce" if tipo in _A_UNITA:
            return {"unita": caso.randint(1, 3)}
        case "composta":
            return {"parti": [caso.choice(regola["parti"])["nome"]]}
        case "quota_ore":
            return {"ore": caso.choice(("1.5", "2", "4"))}
    return None


def _coinvolte(
    misure: Misure, evidenze: Iterable[Evidenza], aderenti: dict[int, list[int]]
) -> Iterable[OrganizzazioneCoinvolta]:
    """Two members of the district for each evidence that gathers people."""
    for evidenza in evidenze:
        caso = Random(f"{misure.seme}/coinvolte/{evidenza.programma_id}/{evidenza.codice}")  # noqa: S311
        del_distretto = aderenti.get(evidenza.programma.distretto_id, [])
        if evidenza.tipo == "incontro" and len(del_distretto) > 1:
            for ordine, chi in enumerate(caso.sample(del_distretto, 2)):
                yield OrganizzazioneCoinvolta(evidenza=evidenza, organizzazione_id=chi, ordine=ordine)

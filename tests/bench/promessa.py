"""The programmes in bulk, with what they promise and the steps of their approval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from distretti.models import Atto, Distretto, Organizzazione, TipoAtto
from programmi.models import (
    AttoCitato,
    Attore,
    AzionePassaggio,
    Canale,
    ClassificazioneProgettualita,
    Indicatore,
    ModelloAnnuale,
    Passaggio,
    Progettualita,
    Programma,
    Referente,
    RigaModello,
    RuoloAttore,
    StatoProgramma,
    TipoCanale,
    VoceClassificazione,
)
from programmi.services.bozza import regola_dell_anno
from tests.bench import testi
from tests.bench.misure import Misure
from tests.bench.scrittura import scrivi

REGOLE: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "Numero di incontri",
        "50% per la partecipazione ad ogni incontro",
        {"tipo": "per_unita", "percentuale": "50", "evidenze": ["incontro"], "presenze": ["manager"]},
    ),
    (
        "Relazione finale",
        "100% per la relazione",
        {"tipo": "unica", "percentuale": "100", "evidenze": ["relazione"]},
    ),
    (
        "Mail e post condivisi",
        "25% per ogni mail o post condivisi",
        {"tipo": "per_unita", "percentuale": "25", "evidenze": ["mail", "post"]},
    ),
)
"""Lines of a progettualità: what is counted, how it is printed, the rule in the exchange format."""

_UFFICI = (RuoloAttore.CAPOFILA, RuoloAttore.COORDINATORE, RuoloAttore.MANAGER)
_STATI = (
    StatoProgramma.APPROVATO,
    StatoProgramma.TRASMESSO,
    StatoProgramma.INTEGRAZIONI_RICHIESTE,
    StatoProgramma.BOZZA,
)


@dataclass(frozen=True, slots=True)
class Basi:
    """What programmes are made from, read once."""

    modello: ModelloAnnuale
    righe: list[RigaModello]
    voci: list[VoceClassificazione]


def leggi_basi() -> Basi:
    """The latest yearly template and its classification scheme, as ``carica_base`` leaves them."""
    modello = ModelloAnnuale.objects.select_related("autorita").order_by("-anno", "pk")[0]
    righe = list(modello.righe.order_by("ordine"))
    voci = list(VoceClassificazione.objects.filter(schema__codice="distretti-2025").order_by("codice"))
    return Basi(modello, righe, voci)


def crea_programmi(misure: Misure, distretti: Sequence[Distretto]) -> list[Programma]:
    """One a year for each district; those of the last year are not all approved yet."""
    righe = []
    for distretto in distretti:
        caso = Random(f"{misure.seme}/programmi/{distretto.codice}")  # noqa: S311
        for anno in range(misure.primo_anno, misure.ultimo_anno + 1):
            ultimo = anno == misure.ultimo_anno
            stato = caso.choices(_STATI, weights=(80, 10, 5, 5))[0] if ultimo else StatoProgramma.APPROVATO
            trasmesso = date(anno, 3, 1) + timedelta(days=caso.randint(0, 60))
            righe.append(
                Programma(
                    distretto=distretto,
                    anno=anno,
                    dal=date(anno, 1, 1),
                    al=date(anno, 12, 31),
                    titolo=f"PROGRAMMA DI LAVORO {distretto.denominazione.upper()} {anno}",
                    stato=stato,
                    trasmesso_il=None if stato == StatoProgramma.BOZZA else trasmesso,
                    approvato_il=trasmesso + timedelta(days=57)
                    if stato == StatoProgramma.APPROVATO
                    else None,
                    premessa=testi.frasi(caso, 6),
                    anno_nascita=distretto.anno_nascita,
                    aderenti_al=date(anno, 3, 1),
                )
            )
    return scrivi(righe)


def crea_promesse(
    misure: Misure,
    basi: Basi,
    programmi: Sequence[Programma],
    aderenti: Mapping[int, Sequence[Organizzazione]],
) -> None:
    """The actors, channels, compulsory lines and progettualità of these programmes."""
    scrivi(
        Attore(programma=p, ordine=n, ruolo=ruolo, nome=f"Ufficio distretto {p.distretto.codice}")
        for p in programmi
        for n, ruolo in enumerate(_UFFICI)
    )
    scrivi(
        Canale(programma=p, ordine=n, tipo=tipo, valore="TBD")
        for p in programmi
        for n, tipo in enumerate((TipoCanale.SITO, TipoCanale.FACEBOOK))
    )
    scrivi(
        Indicatore(
            programma=p,
            ordine=n,
            sezione=riga.sezione,
            testo=riga.testo,
            testo_regola=riga.testo_regola,
            testo_evidenze=riga.testo_evidenze,
            regola=regola_dell_anno(riga, p.anno - basi.modello.anno),
        )
        for p in programmi
        for n, riga in enumerate(basi.righe, start=1)
    )
    _crea_progettualita(misure, basi, programmi, aderenti)


def _crea_progettualita(
    misure: Misure,
    basi: Basi,
    programmi: Sequence[Programma],
    aderenti: Mapping[int, Sequence[Organizzazione]],
) -> None:
    casi = {p.pk: Random(f"{misure.seme}/promessa/{p.distretto.codice}/{p.anno}") for p in programmi}  # noqa: S311
    progettualita = scrivi(
        _progettualita(p, numero, casi[p.pk])
        for p in programmi
        for numero in range(1, misure.progettualita + 1)
    )
    classificazioni, referenti, righe = [], [], []
    for azione in progettualita:
        caso = casi[azione.programma_id]
        for n, voce in enumerate(caso.sample(basi.voci, caso.randint(1, 3))):
            classificazioni.append(ClassificazioneProgettualita(progettualita=azione, voce=voce, ordine=n))
        scelti = caso.sample(
            aderenti[azione.programma.distretto_id], min(misure.aderenti, caso.randint(1, 2))
        )
        for n, chi in enumerate(scelti):
            referenti.append(
                Referente(progettualita=azione, ordine=n, testo=chi.denominazione, organizzazione=chi)
            )
        for n, (testo, stampata, regola) in enumerate(caso.sample(REGOLE, caso.randint(1, 2)), start=1):
            righe.append(
                Indicatore(
                    programma=azione.programma,
                    progettualita=azione,
                    ordine=n,
                    testo=testo,
                    testo_regola=stampata,
                    regola=regola,
                )
            )
    scrivi(classificazioni)
    scrivi(referenti)
    scrivi(righe)


def _progettualita(programma: Programma, numero: int, caso: Random) -> Progettualita:
    return Progettualita(
        programma=programma,
        numero=numero,
        tipo_azione=caso.choice(testi.TIPI_AZIONE),
        ambito=caso.choice(testi.AMBITI),
        obiettivo_generale=testi.frasi(caso, 2),
        obiettivo_specifico=testi.frasi(caso, 2),
        titolo=testi.titolo(caso, numero),
        azioni=testi.frasi(caso, 5),
        altre_organizzazioni=testi.organizzazione(caso, numero),
        tempi=caso.choice(testi.TEMPI),
        indicatori_testo=[testi.frasi(caso, 1)],
    )


def crea_passaggi(programmi: Sequence[Programma]) -> None:
    """The steps that led each programme to its state, with the determinazione of the approved ones."""
    approvati = [p for p in programmi if p.stato == StatoProgramma.APPROVATO]
    atti = scrivi(
        Atto(
            codice=f"{p.distretto.codice}-{p.anno}-approvazione",
            tipo=TipoAtto.DETERMINAZIONE,
            ente="Ente di prova",
            numero=p.distretto.codice.rpartition("-")[2],
            data=p.approvato_il,
            oggetto=f"Approvazione del programma {p.anno}",
        )
        for p in approvati
    )
    atto_di = {p.pk: atto for p, atto in zip(approvati, atti, strict=True)}
    scrivi(AttoCitato(programma=p, atto=atto_di[p.pk], ordine=0) for p in approvati)
    scrivi(passo for p in programmi for passo in _passaggi(p, atto_di.get(p.pk)))


def _passaggi(programma: Programma, atto: Atto | None) -> list[Passaggio]:
    if programma.trasmesso_il is None:
        return []
    passi = [
        Passaggio(
            azione=AzionePassaggio.TRASMISSIONE,
            da_stato=StatoProgramma.BOZZA,
            a_stato=StatoProgramma.TRASMESSO,
            il=programma.trasmesso_il,
            protocollo_mittente="1",
            protocollo_ricevente="1",
        )
    ]
    if programma.stato == StatoProgramma.INTEGRAZIONI_RICHIESTE:
        passi.append(
            Passaggio(
                azione=AzionePassaggio.RINVIO,
                da_stato=StatoProgramma.TRASMESSO,
                a_stato=StatoProgramma.INTEGRAZIONI_RICHIESTE,
                il=programma.trasmesso_il,
                nota="Manca il sito del distretto.",
            )
        )
    if programma.approvato_il is not None:
        passi.append(
            Passaggio(
                azione=AzionePassaggio.APPROVAZIONE,
                da_stato=StatoProgramma.TRASMESSO,
                a_stato=StatoProgramma.APPROVATO,
                il=programma.approvato_il,
                atto=atto,
            )
        )
    for ordine, passo in enumerate(passi, start=1):
        passo.programma, passo.ordine = programma, ordine
    return passi

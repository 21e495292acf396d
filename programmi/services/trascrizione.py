"""Writing a programme as a document says it: the promise, its procedure, its acts.

The document is in the exchange format and has been read already (``valutazione.scheda``): here only what
the database alone knows is checked. First everything is built in memory and every fault noted with its
JSON path; then, if there is none, ``salva`` writes. The transaction and the locks are the caller's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from distretti.basi.lettore import Errore
from distretti.controlli import controlla_campi
from distretti.models import Atto, Distretto, Organizzazione
from programmi.models import (
    AttoCitato,
    Attore,
    Canale,
    ClassificazioneProgettualita,
    Indicatore,
    Passaggio,
    Progettualita,
    Programma,
    Referente,
    VoceClassificazione,
)
from programmi.models.pubblicazione import pubblica
from programmi.services.trascrizione_passaggi import trascrivi_passaggi

Dati = Mapping[str, Any]


@dataclass
class Promessa:
    """The rows of a programme, not yet written. ``righe``: every line by its code."""

    programma: Programma
    attori: list[Attore] = field(default_factory=list)
    canali: list[Canale] = field(default_factory=list)
    atti: list[AttoCitato] = field(default_factory=list)
    passaggi: list[Passaggio] = field(default_factory=list)
    progettualita: list[Progettualita] = field(default_factory=list)
    referenti: list[Referente] = field(default_factory=list)
    classificazioni: list[ClassificazioneProgettualita] = field(default_factory=list)
    righe: dict[str, Indicatore] = field(default_factory=dict)

    def salva(self) -> None:
        """Write the programme and everything below it; raises ``IntegrityError`` on what nobody noted."""
        self.programma.save()
        Attore.objects.bulk_create(self.attori)
        Canale.objects.bulk_create(self.canali)
        AttoCitato.objects.bulk_create(self.atti)
        Passaggio.objects.bulk_create(self.passaggi)
        Progettualita.objects.bulk_create(self.progettualita)
        Referente.objects.bulk_create(self.referenti)
        ClassificazioneProgettualita.objects.bulk_create(self.classificazioni)
        Indicatore.objects.bulk_create(self.righe.values())
        if self.programma.pubblico:
            pubblica([self.programma.pk])


def svuota_promessa(programma: Programma) -> None:
    """Take away everything below a draft, before it is written again. Its evidence is gone already."""
    programma.indicatori.all().delete()
    for figli in (
        programma.progettualita,
        programma.attori,
        programma.canali,
        programma.atti_citati,
        programma.passaggi,
    ):
        figli.all().delete()


def trascrivi_promessa(
    scheda: Dati, programma: Programma, atti: Mapping[str, Atto], errori: list[Errore]
) -> Promessa:
    """Build the rows of ``programma`` (new, or a draft emptied before) from the document.

    ``programma.distretto`` is set; ``atti`` are the acts of the document by code. Notes in ``errori`` what
    the database does not admit and the classification codes it does not know. Organisations and districts
    that are not in the register are left out: whoever means to ``salva`` has written them before.
    """
    _trascrivi_dati(scheda, programma)
    controlla_campi(programma, "$", errori, {"anno": "dal"})
    promessa = Promessa(programma)
    _trascrivi_testata(scheda, promessa, atti, errori)
    promessa.passaggi = trascrivi_passaggi(scheda.get("passaggi", []), programma, atti, errori)
    for indice, dati in enumerate(scheda["obbligatorie"]):
        _trascrivi_riga(dati, promessa, None, indice, f"$.obbligatorie[{indice}]", errori)
    noti = _Noti(scheda["progettualita"], programma.distretto)
    for indice, dati in enumerate(scheda["progettualita"]):
        _trascrivi_progettualita(dati, promessa, noti, f"$.progettualita[{indice}]", errori)
    return promessa


def _trascrivi_dati(scheda: Dati, programma: Programma) -> None:
    dati = scheda.get("dati") or {}
    programma.dal = date.fromisoformat(scheda["dal"])
    programma.al = date.fromisoformat(scheda["al"])
    programma.anno = programma.dal.year
    programma.titolo = scheda.get("titolo", "")
    programma.richiede_contributo = scheda["richiede_contributo"]
    programma.riuso = scheda.get("riuso", "ammesso")
    programma.premessa = scheda.get("premessa", "")
    programma.anno_nascita = dati.get("anno_nascita")
    programma.approvazione_distretto = dati.get("approvazione", "")
    programma.sottoscrizione_accordo = dati.get("accordo", "")
    programma.testo_obbligatorie = scheda.get("testo_obbligatorie", "")
    programma.aderenti_al = date.fromisoformat(scheda["aderenti_al"]) if "aderenti_al" in scheda else None
    programma.fonte = scheda.get("fonte")


def _trascrivi_testata(
    scheda: Dati, promessa: Promessa, atti: Mapping[str, Atto], errori: list[Errore]
) -> None:
    programma = promessa.programma
    for indice, dati in enumerate(scheda.get("attori", [])):
        attore = Attore(programma=programma, ordine=indice, **dati)
        controlla_campi(attore, f"$.attori[{indice}]", errori)
        promessa.attori.append(attore)
    for indice, dati in enumerate(scheda.get("canali", [])):
        canale = Canale(programma=programma, ordine=indice, **dati)
        controlla_campi(canale, f"$.canali[{indice}]", errori)
        promessa.canali.append(canale)
    promessa.atti = [
        AttoCitato(programma=programma, atto=atti[dati["codice"]], ordine=indice)
        for indice, dati in enumerate(scheda.get("atti", []))
        if dati["codice"] in atti
    ]


class _Noti:
    """What the register and the schemes know of the codes the progettualità use."""

    def __init__(self, progettualita: Sequence[Dati], distretto: Distretto) -> None:
        referenti = [r for p in progettualita for r in p["referenti"]]
        organizzazioni = {r["organizzazione"] for r in referenti if r.get("organizzazione")}
        distretti = {r["distretto"] for r in referenti if r.get("distretto")}
        self.organizzazioni = {o.codice: o for o in Organizzazione.objects.filter(codice__in=organizzazioni)}
        self.distretti = {d.codice: d for d in Distretto.objects.filter(codice__in=distretti)}
        self.distretti.setdefault(distretto.codice, distretto)
        self.voci = voci_note(c for p in progettualita for c in p["classificazioni"])


Voci = Mapping[tuple[str, str], VoceClassificazione]
"""The entries of the schemes by scheme and code."""


def voci_note(classificazioni: Iterable[Dati]) -> Voci:
    """Those of ``classificazioni`` that exist."""
    codici = {classificazione["codice"] for classificazione in classificazioni}
    voci = VoceClassificazione.objects.filter(codice__in=codici).select_related("schema") if codici else ()
    return {(voce.schema.codice, voce.codice): voce for voce in voci}


def voci_di(
    classificazioni: Sequence[Dati], voci: Voci, percorso: str, errori: list[Errore]
) -> list[VoceClassificazione]:
    """The entries in order; a code that does not exist is noted and left out."""
    trovate = []
    for indice, dati in enumerate(classificazioni):
        voce = voci.get((dati["schema"], dati["codice"]))
        if voce is None:
            messaggio = f"il codice «{dati['codice']}» non esiste nello schema «{dati['schema']}»"
            errori.append(Errore(f"{percorso}.classificazioni[{indice}].codice", messaggio))
        else:
            trovate.append(voce)
    return trovate


def _trascrivi_progettualita(
    dati: Dati, promessa: Promessa, noti: _Noti, percorso: str, errori: list[Errore]
) -> None:
    semplici = ("numero", "tipo_azione", "ambito", "obiettivo_generale", "obiettivo_specifico", "titolo")
    altri = ("azioni", "altre_organizzazioni", "tempi", "indicatori_testo")
    progettualita = Progettualita(
        programma=promessa.programma,
        peso=dati.get("peso", "1"),
        **{chiave: dati[chiave] for chiave in (*semplici, *altri)},
    )
    controlla_campi(progettualita, percorso, errori)
    promessa.progettualita.append(progettualita)
    for indice, referente in enumerate(dati["referenti"]):
        promessa.referenti.append(
            _referente(referente, progettualita, indice, noti, f"{percorso}.referenti[{indice}]", errori)
        )
    promessa.classificazioni += [
        ClassificazioneProgettualita(progettualita=progettualita, voce=voce, ordine=indice)
        for indice, voce in enumerate(voci_di(dati["classificazioni"], noti.voci, percorso, errori))
    ]
    for indice, riga in enumerate(dati["indicatori"]):
        _trascrivi_riga(riga, promessa, progettualita, indice, f"{percorso}.indicatori[{indice}]", errori)


def _referente(
    dati: Dati, progettualita: Progettualita, ordine: int, noti: _Noti, percorso: str, errori: list[Errore]
) -> Referente:
    referente = Referente(
        progettualita=progettualita,
        ordine=ordine,
        testo=dati["testo"],
        organizzazione=noti.organizzazioni.get(dati.get("organizzazione") or ""),
        distretto=noti.distretti.get(dati.get("distretto") or ""),
    )
    controlla_campi(referente, percorso, errori)
    return referente


def _trascrivi_riga(
    dati: Dati,
    promessa: Promessa,
    progettualita: Progettualita | None,
    indice: int,
    percorso: str,
    errori: list[Errore],
) -> None:
    riga = Indicatore(
        programma=promessa.programma,
        progettualita=progettualita,
        ordine=indice + 1,
        sezione=dati.get("sezione", ""),
        testo=dati["testo"],
        testo_regola=dati["testo_regola"],
        testo_evidenze=dati.get("testo_evidenze", ""),
        regola=dati["regola"],
        peso=dati.get("peso", "1"),
        dal=date.fromisoformat(dati["dal"]) if dati.get("dal") else None,
        al=date.fromisoformat(dati["al"]) if dati.get("al") else None,
    )
    controlla_campi(riga, percorso, errori)
    promessa.righe[dati["codice"]] = riga

"""Writing the register: what is not there yet is added, what is there is never overwritten.

People keep the register; documents and base data only fill it. So each service adds the rows that are
missing, by code, and leaves the others as they are: whoever needs them equal compares afterwards.
Faults are noted in ``errori`` with the JSON path given by the caller; the transaction is the caller's.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from distretti.basi.italiano import dal_giorno
from distretti.basi.lettore import Errore
from distretti.models import (
    Adesione,
    AliasOrganizzazione,
    Atto,
    Autorita,
    Certificazione,
    Distretto,
    Marchio,
    Organizzazione,
)
from distretti.trascrizione import controlla_campi

Dati = Mapping[str, Any]


def registra_distretto(autorita: Autorita, dati: Dati, percorso: str, errori: list[Errore]) -> Distretto:
    """Add a district known by ``codice``, ``denominazione`` and ``tipo`` (and optionally the rest)."""
    distretto = Distretto(autorita=autorita, **dati)
    prima = len(errori)
    controlla_campi(distretto, percorso, errori)
    if not distretto.denominazione.strip():
        errori.append(Errore(f"{percorso}.denominazione", "un distretto ha sempre una denominazione"))
    if len(errori) == prima:
        distretto.save(force_insert=True)
    return distretto


def registra_organizzazioni(elenco: Sequence[Dati], percorso: str, errori: list[Errore]) -> list[str]:
    """Add the organisations not yet known, with their other names; give the codes of those added."""
    presenti = set(
        Organizzazione.objects.filter(codice__in=[dati["codice"] for dati in elenco]).values_list(
            "codice", flat=True
        )
    )
    nuove: list[tuple[Organizzazione, Sequence[str]]] = []
    prima = len(errori)
    for indice, dati in enumerate(elenco):
        if dati["codice"] not in presenti:
            nuove.append(_organizzazione(dati, f"{percorso}[{indice}]", errori))
    if len(errori) > prima:
        return []
    Organizzazione.objects.bulk_create([organizzazione for organizzazione, _ in nuove])
    AliasOrganizzazione.objects.bulk_create(
        AliasOrganizzazione(organizzazione=organizzazione, ordine=ordine, testo=testo)
        for organizzazione, alias in nuove
        for ordine, testo in enumerate(alias)
    )
    return [organizzazione.codice for organizzazione, _ in nuove]


def _organizzazione(dati: Dati, percorso: str, errori: list[Errore]) -> tuple[Organizzazione, Sequence[str]]:
    organizzazione = Organizzazione(
        codice=dati["codice"], denominazione=dati["denominazione"], natura=dati.get("natura") or ""
    )
    controlla_campi(organizzazione, percorso, errori)
    if not organizzazione.denominazione:
        errori.append(Errore(f"{percorso}.denominazione", "un'organizzazione ha sempre una denominazione"))
    visti: set[str] = set()
    for indice, testo in enumerate(dati["alias"]):
        altro_nome = AliasOrganizzazione(testo=testo)
        controlla_campi(altro_nome, f"{percorso}.alias[{indice}]", errori, {"testo": ""})
        if testo in visti:
            errori.append(Errore(f"{percorso}.alias[{indice}]", "questo altro nome è ripetuto"))
        visti.add(testo)
    return organizzazione, dati["alias"]


def registra_aderenti(
    distretto: Distretto, aderenti: Sequence[Dati], percorso: str, errori: list[Errore]
) -> None:
    """Write the members of a district that has none yet, in order, with the marks of those without any.

    Every organisation is already in the register; the marks are those of the district's authority.
    """
    organizzazioni = {
        o.codice: o for o in Organizzazione.objects.filter(codice__in=[a["organizzazione"] for a in aderenti])
    }
    marchi = {m.codice: m for m in Marchio.objects.filter(autorita=distretto.autorita_id)}
    prima = len(errori)
    adesioni: list[Adesione] = []
    for indice, dati in enumerate(aderenti):
        organizzazione = organizzazioni.get(dati["organizzazione"])
        if organizzazione is None:  # its own fault has been noted already
            continue
        adesione = Adesione(
            distretto=distretto,
            organizzazione=organizzazione,
            ordine=indice + 1,
            dal=date.fromisoformat(dati["dal"]),
            al=date.fromisoformat(dati["al"]) if dati["al"] else None,
        )
        _controlla_adesione(adesione, adesioni, f"{percorso}[{indice}]", errori)
        adesioni.append(adesione)
        _controlla_marchi(dati["marchi"], marchi, f"{percorso}[{indice}]", errori)
    if len(errori) > prima or len(adesioni) < len(aderenti):
        return
    Adesione.objects.bulk_create(adesioni)
    _registra_certificazioni(aderenti, organizzazioni, marchi)


def _controlla_adesione(
    adesione: Adesione, precedenti: Sequence[Adesione], percorso: str, errori: list[Errore]
) -> None:
    """An organisation is in a district once at a time, and does not leave before it comes."""
    if adesione.al is not None and adesione.al < adesione.dal:
        errori.append(Errore(f"{percorso}.al", "l'adesione non può finire prima di cominciare"))
    for altra in precedenti:
        if altra.organizzazione_id == adesione.organizzazione_id and _si_toccano(altra, adesione):
            quale = f"all'adesione della stessa organizzazione {dal_giorno(altra.dal)}"
            errori.append(Errore(percorso, f"si sovrappone {quale}"))


def _si_toccano(una: Adesione, altra: Adesione) -> bool:
    return (una.al is None or una.al >= altra.dal) and (altra.al is None or altra.al >= una.dal)


def _controlla_marchi(
    codici: Sequence[str], marchi: Mapping[str, Marchio], percorso: str, errori: list[Errore]
) -> None:
    errori += [
        Errore(f"{percorso}.marchi[{indice}]", f"il marchio «{codice}» non esiste")
        for indice, codice in enumerate(codici)
        if codice not in marchi
    ]


def _registra_certificazioni(
    aderenti: Sequence[Dati], organizzazioni: Mapping[str, Organizzazione], marchi: Mapping[str, Marchio]
) -> None:
    """Marks without number nor dates, for organisations that had none: the rest of the register stays."""
    note = set(
        Certificazione.objects.filter(organizzazione__in=list(organizzazioni.values())).values_list(
            "organizzazione__codice", flat=True
        )
    )
    coppie = dict.fromkeys(
        (dati["organizzazione"], marchio)
        for dati in aderenti
        if dati["organizzazione"] not in note
        for marchio in dati["marchi"]
    )
    Certificazione.objects.bulk_create(
        Certificazione(organizzazione=organizzazioni[organizzazione], marchio=marchi[marchio])
        for organizzazione, marchio in coppie
    )


def registra_atti(elenco: Sequence[Dati], percorso: str, errori: list[Errore]) -> dict[str, Atto]:
    """The acts by code: those not yet known are added, the others stay as the register has them."""
    atti = {a.codice: a for a in Atto.objects.filter(codice__in=[dati["codice"] for dati in elenco])}
    prima = len(errori)
    nuovi: list[Atto] = []
    for indice, dati in enumerate(elenco):
        if dati["codice"] in atti:
            continue
        campi = {chiave: dati.get(chiave) or "" for chiave in ("ente", "numero", "oggetto", "riferimento")}
        giorno = date.fromisoformat(dati["data"]) if dati.get("data") else None
        atto = Atto(codice=dati["codice"], tipo=dati["tipo"], data=giorno, **campi)
        controlla_campi(atto, f"{percorso}[{indice}]", errori)
        nuovi.append(atto)
    if len(errori) == prima:
        Atto.objects.bulk_create(nuovi)
        atti |= {atto.codice: atto for atto in nuovi}
    return atti

"""Writing the register: what is not there yet is added, what is there is never overwritten.

People keep the register; documents and base data only fill it. So each service adds the rows that are
missing, by code, and leaves the others as they are: whoever needs them equal compares afterwards.
Faults are noted in ``errori`` with the JSON path given by the caller; the transaction is the caller's.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from distretti.basi.lettore import Errore
from distretti.controlli import controlla_campi
from distretti.models import (
    Adesione,
    AliasOrganizzazione,
    Atto,
    Autorita,
    Certificazione,
    Distretto,
    Marchio,
    Organizzazione,
    TipoDistretto,
)

Dati = Mapping[str, Any]

DA_COMPLETARE = "Da completare: il registro lo conosce solo perché un programma lo cita."


def distretto_nuovo(autorita: Autorita | None, dati: Dati, percorso: str, errori: list[Errore]) -> Distretto:
    """A district not yet in the register, not written: known by ``codice``, ``denominazione``, ``tipo``."""
    distretto = Distretto(autorita=autorita, **dati)
    controlla_campi(distretto, percorso, errori)
    return distretto


def distretto_da_completare(
    autorita: Autorita | None, codice: str, testo: str, percorso: str, errori: list[Errore]
) -> Distretto:
    """A district known only because a programme names it: its printed name, the rest left to people."""
    nome = " ".join(testo.split()) or codice
    campi = {
        "codice": codice,
        "denominazione": nome,
        "tipo": TipoDistretto.TERRITORIALE,
        "note": DA_COMPLETARE,
    }
    distretto = Distretto(autorita=autorita, **campi)
    controlla_campi(distretto, percorso, errori, {"codice": "distretto", "denominazione": "testo"})
    return distretto


Nuova = tuple[Organizzazione, Sequence[str]]
"""An organisation not yet written, with its other names."""


def organizzazioni_nuove(elenco: Sequence[Dati], percorso: str, errori: list[Errore]) -> list[Nuova]:
    """Those the register does not know yet, not written, their faults noted."""
    codici = [dati["codice"] for dati in elenco]
    presenti = set(Organizzazione.objects.filter(codice__in=codici).values_list("codice", flat=True))
    return [
        _organizzazione(dati, f"{percorso}[{indice}]", errori)
        for indice, dati in enumerate(elenco)
        if dati["codice"] not in presenti
    ]


def registra_organizzazioni(elenco: Sequence[Dati], percorso: str, errori: list[Errore]) -> list[str]:
    """Add the organisations not yet known, with their other names; give the codes of those added."""
    prima = len(errori)
    nuove = organizzazioni_nuove(elenco, percorso, errori)
    if len(errori) > prima:
        return []
    Organizzazione.objects.bulk_create([organizzazione for organizzazione, _ in nuove])
    AliasOrganizzazione.objects.bulk_create(
        AliasOrganizzazione(organizzazione=organizzazione, ordine=ordine, testo=testo)
        for organizzazione, alias in nuove
        for ordine, testo in enumerate(alias)
    )
    return [organizzazione.codice for organizzazione, _ in nuove]


def _organizzazione(dati: Dati, percorso: str, errori: list[Errore]) -> Nuova:
    organizzazione = Organizzazione(
        codice=dati["codice"], denominazione=dati["denominazione"], natura=dati.get("natura") or ""
    )
    controlla_campi(organizzazione, percorso, errori)
    for indice, testo in enumerate(dati["alias"]):
        altro_nome = AliasOrganizzazione(testo=testo)
        controlla_campi(altro_nome, f"{percorso}.alias[{indice}]", errori, {"testo": ""})
    return organizzazione, dati["alias"]


def registra_aderenti(distretto: Distretto, aderenti: Sequence[Dati], nuove: Collection[str]) -> None:
    """Write the members of a district that has none yet, in order, and the marks of the ``nuove``: the
    organisations that the register did not know before.

    Every organisation and every mark (``controlla_marchi``) is already in the register.
    """
    codici = [dati["organizzazione"] for dati in aderenti]
    organizzazioni = {o.codice: o for o in Organizzazione.objects.filter(codice__in=codici)}
    marchi = {m.codice: m for m in Marchio.objects.filter(autorita=distretto.autorita_id)}
    Adesione.objects.bulk_create(
        Adesione(
            distretto=distretto,
            organizzazione=organizzazioni[dati["organizzazione"]],
            ordine=indice,
            dal=date.fromisoformat(dati["dal"]),
            al=date.fromisoformat(dati["al"]) if dati["al"] else None,
        )
        for indice, dati in enumerate(aderenti, start=1)
    )
    # Marks without number nor dates; those of an organisation already known stay as people keep them.
    coppie = dict.fromkeys(
        (dati["organizzazione"], marchio)
        for dati in aderenti
        if dati["organizzazione"] in nuove
        for marchio in dati["marchi"]
    )
    Certificazione.objects.bulk_create(
        Certificazione(organizzazione=organizzazioni[organizzazione], marchio=marchi[marchio])
        for organizzazione, marchio in coppie
    )


def controlla_marchi(
    autorita: Autorita | None, aderenti: Sequence[Dati], percorso: str, errori: list[Errore]
) -> None:
    """Note the marks ``autorita`` does not grant (nobody does, when the authority itself is not known)."""
    noti = Marchio.objects.all() if autorita is None else Marchio.objects.filter(autorita=autorita)
    codici = set(noti.values_list("codice", flat=True))
    errori += [
        Errore(f"{percorso}[{indice}].marchi[{posto}]", f"il marchio «{marchio}» non esiste")
        for indice, dati in enumerate(aderenti)
        for posto, marchio in enumerate(dati["marchi"])
        if marchio not in codici
    ]


def atti_di(elenco: Sequence[Dati], ambito: str, percorso: str, errori: list[Errore]) -> dict[str, Atto]:
    """The acts by the code the document gives them: of the register, or new and not yet written.

    Two districts may give one code to different acts. The one that comes second is kept under a code of
    its own, made with ``ambito``: the register's act stays as it is.
    """
    codici = [dati["codice"] for dati in elenco]
    noti = {a.codice: a for a in Atto.objects.filter(Q(codice__in=codici) | Q(codice__endswith=f".{ambito}"))}
    atti: dict[str, Atto] = {}
    for indice, dati in enumerate(elenco):
        atto = _atto(dati)
        if (noto := noti.get(atto.codice)) and not _stesso_atto(noto, atto):
            atto.codice = f"{atto.codice}.{ambito}"
            noto = noti.get(atto.codice)
        if noto is None:
            controlla_campi(atto, f"{percorso}[{indice}]", errori)
        elif not _stesso_atto(noto, atto):
            errori.append(
                Errore(f"{percorso}[{indice}].codice", "nel registro questo codice è di un atto diverso")
            )
        atti[dati["codice"]] = noto or atto
    return atti


def registra_atti(elenco: Sequence[Dati], ambito: str) -> dict[str, Atto]:
    """The acts by the code the document gives them: those not yet known are added."""
    atti = atti_di(elenco, ambito, "$", [])
    Atto.objects.bulk_create([atto for atto in atti.values() if atto.pk is None])
    return atti


_CAMPI_ATTO = ("ente", "numero", "oggetto", "riferimento")


def _atto(dati: Dati) -> Atto:
    return Atto(
        codice=dati["codice"],
        tipo=dati["tipo"],
        data=date.fromisoformat(dati["data"]) if dati.get("data") else None,
        **{chiave: dati.get(chiave) or "" for chiave in _CAMPI_ATTO},
    )


def _stesso_atto(uno: Atto, altro: Atto) -> bool:
    return all(getattr(uno, campo) == getattr(altro, campo) for campo in ("tipo", "data", *_CAMPI_ATTO))

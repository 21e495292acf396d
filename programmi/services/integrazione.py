"""What the Agenzia integrates while it examines: "dati, elenchi e informazioni in capo alla Provincia"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Autorita, DatoDichiarato, Distretto, Ruolo, Utente
from distretti.versioni import Istantanea, controlla_versione
from programmi.blocco import blocca, segna_autore
from programmi.models import Programma
from programmi.permissions import puo_integrare
from programmi.tabella import INTEGRAZIONE
from programmi.versioni import istantanea_dati

CAMPI_INTEGRAZIONE = {
    "aderenti_al": "Organizzazioni aderenti al",
    "approvazione_distretto": "Approvazione del distretto",
    "sottoscrizione_accordo": "Sottoscrizione dell'accordo",
    "testo_obbligatorie": "Testo delle azioni obbligatorie",
}
"""The fields in the charge of the Agenzia, with their labels: no text of the district is among them."""

_QUANDO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def istantanea_integrazione(programma: Programma) -> Istantanea:
    """What the Agenzia integrates, in the words of its page."""
    tutti = istantanea_dati(programma)
    return {etichetta: tutti[etichetta] for etichetta in CAMPI_INTEGRAZIONE.values()}


@transaction.atomic
def integra(
    *, programma: Programma, utente: Utente, dati: Mapping[str, Any], versione: str | None = None
) -> Programma:
    """Write the fields ``CAMPI_INTEGRAZIONE`` present in ``dati``; who does it does not approve it.

    Raises ``PermissionDenied``, ``StatoNonAmmesso``, ``ModificatoNelFrattempo`` or ``DatiNonValidi``.
    """
    attuale, ruolo = _comincia(programma, utente)
    prima = istantanea_integrazione(attuale)
    controlla_versione(prima, versione)
    for campo in CAMPI_INTEGRAZIONE:
        if campo in dati:
            setattr(attuale, campo, dati[campo])
    controlla(attuale)
    dopo = istantanea_integrazione(attuale)
    cambiati = [etichetta for etichetta in dopo if dopo[etichetta] != prima[etichetta]]
    if not cambiati:
        return attuale
    attuale.save(update_fields=[*CAMPI_INTEGRAZIONE])
    segna_autore(attuale, utente)
    annota(
        azione="programma.integrazione",
        oggetti=[attuale],
        utente=utente,
        ruolo=ruolo,
        prima={etichetta: prima[etichetta] for etichetta in cambiati},
        dopo={etichetta: dopo[etichetta] for etichetta in cambiati},
    )
    return attuale


@dataclass(frozen=True, slots=True)
class Cifra:
    """A figure as a source declares it: ``voce`` is what it counts, ``al`` a year, a month or a day."""

    voce: str
    valore: int
    al: str
    fonte: str
    almeno: bool = False


@transaction.atomic
def dichiara(
    *, programma: Programma, utente: Utente, di: Distretto | Autorita, cifra: Cifra
) -> DatoDichiarato:
    """Enter a figure of the district or of its authority, or correct the one of the same item and date.

    Raises ``PermissionDenied``, ``StatoNonAmmesso`` or ``DatiNonValidi`` on ``voce``, ``al``, ``fonte``.
    """
    attuale, ruolo = _comincia(programma, utente)
    if di not in (attuale.distretto, attuale.distretto.autorita):
        raise PermissionDenied
    _controlla_cifra(cifra)
    ambito = {"distretto": di} if isinstance(di, Distretto) else {"autorita": di}
    chiave = {**ambito, "voce": cifra.voce.strip(), "al": cifra.al.strip()}
    esistente = DatoDichiarato.objects.select_for_update(no_key=True).filter(**chiave).first()
    prima = {} if esistente is None else _in_parole(esistente)
    dato = esistente or DatoDichiarato(**chiave)
    dato.valore, dato.almeno, dato.fonte = cifra.valore, cifra.almeno, cifra.fonte.strip()
    controlla(dato)
    dato.save()
    segna_autore(attuale, utente)
    annota(
        azione="programma.integrazione",
        oggetti=[attuale, di],
        utente=utente,
        ruolo=ruolo,
        prima=prima,
        dopo=_in_parole(dato),
    )
    return dato


def _in_parole(dato: DatoDichiarato) -> dict[str, str]:
    valore = f"oltre {dato.valore}" if dato.almeno else str(dato.valore)
    return {"Voce": dato.voce, "Valore": valore, "Alla data": dato.al, "Fonte": dato.fonte}


def _controlla_cifra(cifra: Cifra) -> None:
    mancano = {
        campo: "Campo obbligatorio." for campo in ("voce", "fonte") if not str(getattr(cifra, campo)).strip()
    }
    quando = _QUANDO.fullmatch(cifra.al.strip())
    try:
        giorno = None if quando is None else date(int(quando[1]), int(quando[2] or 1), int(quando[3] or 1))
    except ValueError:
        giorno = None
    if giorno is None:
        mancano["al"] = "Scrivi un anno, un mese o un giorno che esiste: 2025, 2025-03, 2025-03-31."
    elif giorno > timezone.localdate():
        mancano["al"] = "La data non può essere nel futuro."
    if mancano:
        raise DatiNonValidi(mancano)


def _comincia(programma: Programma, utente: Utente) -> tuple[Programma, Ruolo]:
    attuale = blocca(programma)
    ruolo = puo_integrare(utente, attuale)
    if ruolo is None:
        raise PermissionDenied
    if not INTEGRAZIONE.ammessa_da(attuale):
        raise StatoNonAmmesso(INTEGRAZIONE.rifiuto(attuale))
    return attuale, ruolo

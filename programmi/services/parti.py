"""Writing the parts of a programme that are not its actions: data, premessa, actors, channels."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from distretti.basi.italiano import il_giorno
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi
from programmi.annotazioni import annota_scrittura
from programmi.blocco import blocca_per_scrivere
from programmi.models import Attore, Canale, Programma
from programmi.regola import leggi_regola
from programmi.versioni import (
    controlla_versione,
    istantanea_attori,
    istantanea_canali,
    istantanea_dati,
    istantanea_premessa,
)

CAMPI_DATI = (
    "titolo",
    "dal",
    "al",
    "richiede_contributo",
    "riuso",
    "anno_nascita",
    "approvazione_distretto",
    "sottoscrizione_accordo",
    "aderenti_al",
    "testo_obbligatorie",
)


@transaction.atomic
def salva_dati(*, programma: Programma, dati: Mapping[str, Any], versione: str | None = None) -> Programma:
    """Write the fields ``CAMPI_DATI`` present in ``dati``.

    Raises ``StatoNonAmmesso``, ``ModificatoNelFrattempo`` or ``DatiNonValidi``: the esercizio begins and
    ends in the year of the programme (or in the next, when it is biennial) and holds every day that a
    line or a rule names.
    """
    attuale = blocca_per_scrivere(programma)
    prima = istantanea_dati(attuale)
    controlla_versione(prima, versione)
    for campo in CAMPI_DATI:
        if campo in dati:
            setattr(attuale, campo, dati[campo])
    if attuale.dal.year != attuale.anno:
        raise DatiNonValidi({"dal": f"L'esercizio comincia nel {attuale.anno}."})
    if attuale.al.year != attuale.anno:
        raise DatiNonValidi({"al": f"L'esercizio finisce nel {attuale.anno}."})
    controlla(attuale)
    _controlla_giorni_delle_righe(attuale)
    attuale.save()
    annota_scrittura(attuale, "programma.dati", prima, istantanea_dati(attuale))
    return attuale


def _controlla_giorni_delle_righe(programma: Programma) -> None:
    """No line and no rule names a day outside the esercizio (contract, "Dates")."""
    for riga in programma.indicatori.in_ordine():
        giorni: list[date | None] = [riga.dal, riga.al]
        regola = None if riga.regola is None else leggi_regola(riga.regola, "$", [])
        if regola is not None:
            giorni.append(regola.entro)
        for giorno in giorni:
            if giorno is not None and not programma.dal <= giorno <= programma.al:
                raise DatiNonValidi(
                    {"al": f"La riga {riga.codice} cita {il_giorno(giorno)}, fuori dall'esercizio."}
                )


@transaction.atomic
def salva_premessa(*, programma: Programma, premessa: str, versione: str | None = None) -> Programma:
    """Write the premessa (restricted Markdown). Raises ``StatoNonAmmesso`` or ``ModificatoNelFrattempo``."""
    attuale = blocca_per_scrivere(programma)
    prima = istantanea_premessa(attuale)
    controlla_versione(prima, versione)
    attuale.premessa = premessa.replace("\r\n", "\n").strip()
    attuale.save(update_fields=["premessa"])
    annota_scrittura(attuale, "programma.premessa", prima, istantanea_premessa(attuale))
    return attuale


@transaction.atomic
def salva_attori(
    *, programma: Programma, attori: Sequence[Mapping[str, Any]], versione: str | None = None
) -> None:
    """Replace the actors, in this order. Raises as :func:`salva_premessa`, and ``DatiNonValidi``."""
    attuale = blocca_per_scrivere(programma)
    prima = istantanea_attori(attuale.attori.order_by("ordine"))
    controlla_versione(prima, versione)
    nuovi = [Attore(programma=attuale, ordine=numero, **dati) for numero, dati in enumerate(attori)]
    attuale.attori.all().delete()
    for attore in nuovi:
        controlla(attore)
        attore.save()
    annota_scrittura(attuale, "programma.attori", prima, istantanea_attori(nuovi))


@transaction.atomic
def salva_canali(
    *, programma: Programma, canali: Sequence[Mapping[str, Any]], versione: str | None = None
) -> None:
    """Replace the channels, in this order. Raises as :func:`salva_attori`."""
    attuale = blocca_per_scrivere(programma)
    prima = istantanea_canali(attuale.canali.order_by("ordine"))
    controlla_versione(prima, versione)
    nuovi = [Canale(programma=attuale, ordine=numero, **dati) for numero, dati in enumerate(canali)]
    attuale.canali.all().delete()
    for canale in nuovi:
        controlla(canale)
        canale.save()
    annota_scrittura(attuale, "programma.canali", prima, istantanea_canali(nuovi))

"""Writing the lines (indicatori), compulsory or of a progettualità, and their rules."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.db.models.deletion import Collector

from distretti.basi.italiano import al_giorno, dal_giorno
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from programmi.annotazioni import annota_scrittura
from programmi.blocco import blocca_per_scrivere
from programmi.models import Indicatore, Progettualita, Programma
from programmi.regola import Errore, leggi_regola, regola_json
from programmi.services.progettualita import Direzione, scambia
from programmi.versioni import Istantanea, controlla_versione, istantanea_regola, istantanea_riga


@dataclass(frozen=True, slots=True)
class DatiRiga:
    """The words of a line, as the act prints them; ``sezione`` only for compulsory lines.

    ``giorni``: the first and the last day on which it is in force, null where it has none of its own; None
    leaves them as they are. They are asked in a variazione: a line of an annual programme has none.
    """

    testo: str
    testo_regola: str = ""
    testo_evidenze: str = ""
    sezione: str = ""
    giorni: tuple[date | None, date | None] | None = None


class RegolaNonValida(DatiNonValidi):
    """The rule breaks the contract; ``errori`` say where (JSON path) and why."""

    def __init__(self, errori: list[Errore]) -> None:
        super().__init__({"regola": " ".join(str(errore) for errore in errori)})
        self.errori = list(errori)


@transaction.atomic
def crea_riga(*, programma: Programma, progettualita: Progettualita | None, dati: DatiRiga) -> Indicatore:
    """A new line without a rule, after the last of its progettualità (None: of the compulsory ones).

    Raises ``StatoNonAmmesso`` or ``DatiNonValidi`` (also for a progettualità of another programme).
    """
    attuale = blocca_per_scrivere(programma)
    if progettualita is not None:
        if progettualita.programma_id != attuale.pk:
            raise DatiNonValidi({"": "La progettualità è di un altro programma."})
        progettualita = attuale.progettualita.get(pk=progettualita.pk)  # it may have been deleted meanwhile
    riga = Indicatore(programma=attuale, progettualita=progettualita)
    riga.ordine = sorelle(riga).count() + 1
    return _scrivi(riga, dati, "riga.aggiunta", {})


@transaction.atomic
def salva_riga(*, riga: Indicatore, dati: DatiRiga, versione: str | None = None) -> Indicatore:
    """Write the words. Raises ``StatoNonAmmesso``, ``ModificatoNelFrattempo`` or ``DatiNonValidi``."""
    attuale = _blocca_riga(riga)
    prima = istantanea_riga(attuale)
    controlla_versione(prima, versione)
    return _scrivi(attuale, dati, "riga.modifica", prima)


@transaction.atomic
def salva_regola(
    *, riga: Indicatore, regola: dict[str, Any] | None, versione: str | None = None
) -> Indicatore:
    """Write the rule, given in the exchange format; None = the line is not scored.

    Raises ``StatoNonAmmesso`` (also when evidence was credited with a measure the new rule has not),
    ``ModificatoNelFrattempo`` or ``RegolaNonValida``.
    """
    attuale = _blocca_riga(riga)
    prima = istantanea_regola(attuale)
    controlla_versione(prima, versione)
    nuova = None if regola is None else regola_normale(regola, attuale.programma)
    if _misura_di(nuova) != _misura_di(attuale.regola) and in_uso(attuale):
        raise StatoNonAmmesso(
            "Ci sono evidenze imputate a questa riga: la forma della regola e le sue parti "
            "non si possono cambiare."
        )
    attuale.regola = nuova
    attuale.save(update_fields=["regola"])
    _annota(attuale, "riga.regola", prima, istantanea_regola(attuale))
    return attuale


def _annota(riga: Indicatore, azione: str, prima: Istantanea, dopo: Istantanea) -> None:
    annota_scrittura(riga.programma, azione, prima, dopo, parte=f"Riga {riga.codice}")


def in_uso(riga: Indicatore) -> bool:
    """Does anything that must not be lost stand on the line? (Whatever the upper floor protects.)"""
    try:
        Collector(using="default").collect([riga])
    except ProtectedError:
        return True
    return False


def _misura_di(regola: dict[str, Any] | None) -> tuple[str, tuple[str, ...]] | None:
    """What decides the measure of an evidence: the form, and the names of the parts."""
    if regola is None:
        return None
    return regola["tipo"], tuple(parte["nome"] for parte in regola.get("parti", ()))


def regola_normale(regola: dict[str, Any], programma: Programma) -> dict[str, Any]:
    """The rule checked against the contract and the esercizio, in normal form, or ``RegolaNonValida``."""
    errori: list[Errore] = []
    letta = leggi_regola(regola, "$", errori, dal=programma.dal, al=programma.al)
    if letta is None:
        raise RegolaNonValida(errori)
    return regola_json(letta)


@transaction.atomic
def elimina_riga(*, riga: Indicatore) -> None:
    """Delete the line; those that follow move up. Raises ``StatoNonAmmesso`` (also when it is in use)."""
    attuale = _blocca_riga(riga)
    if in_uso(attuale):
        raise StatoNonAmmesso("Ci sono evidenze imputate a questa riga: non si può eliminare.")
    rimaste = [altra.pk for altra in sorelle(attuale).order_by("ordine") if altra.pk != attuale.pk]
    prima, parte = istantanea_riga(attuale) | istantanea_regola(attuale), f"Riga {attuale.codice}"
    attuale.delete()
    _rinumera(rimaste)
    annota_scrittura(attuale.programma, "riga.eliminazione", prima, {}, parte=parte)


@transaction.atomic
def sposta_riga(*, riga: Indicatore, direzione: Direzione) -> None:
    """Exchange it with its neighbour; at either end nothing happens. Raises ``StatoNonAmmesso``."""
    attuale = _blocca_riga(riga)
    ordine = list(sorelle(attuale).order_by("ordine").values_list("pk", flat=True))
    prima = _in_ordine(attuale)
    _rinumera(scambia(ordine, attuale.pk, direzione))
    annota_scrittura(attuale.programma, "riga.spostamento", prima, _in_ordine(attuale))


def _in_ordine(riga: Indicatore) -> Istantanea:
    righe = sorelle(riga).select_related("progettualita").order_by("ordine")
    return {f"Riga {altra.codice}": altra.testo for altra in righe}


def sorelle(riga: Indicatore) -> QuerySet[Indicatore]:
    """The lines of the same progettualità, or the compulsory ones of the same programme."""
    return Indicatore.objects.filter(programma=riga.programma_id, progettualita=riga.progettualita_id)


def _blocca_riga(riga: Indicatore) -> Indicatore:
    programma = blocca_per_scrivere(riga.programma)
    attuale = Indicatore.objects.select_related("progettualita").get(pk=riga.pk, programma=programma)
    attuale.programma = programma
    return attuale


def _scrivi(riga: Indicatore, dati: DatiRiga, azione: str, prima: Istantanea) -> Indicatore:
    for campo in ("testo", "testo_regola", "testo_evidenze", "sezione"):
        setattr(riga, campo, getattr(dati, campo).replace("\r\n", "\n").strip())
    if riga.progettualita_id is None and not riga.sezione:
        raise DatiNonValidi({"sezione": "Indica la sezione dell'azione obbligatoria."})
    if dati.giorni is not None:
        riga.dal, riga.al = dati.giorni
        _controlla_giorni(riga)
    controlla(riga)
    riga.save()
    _annota(riga, azione, prima, istantanea_riga(riga))
    return riga


def _controlla_giorni(riga: Indicatore) -> None:
    """The days of a line lie inside the esercizio (contract, "Dates")."""
    programma = riga.programma
    for campo, giorno in (("dal", riga.dal), ("al", riga.al)):
        if giorno is not None and not programma.dal <= giorno <= programma.al:
            periodo = f"{dal_giorno(programma.dal)} {al_giorno(programma.al)}"
            raise DatiNonValidi({campo: f"Il giorno è fuori dall'esercizio, che va {periodo}."})
    if riga.dal is not None and riga.al is not None and riga.al < riga.dal:
        raise DatiNonValidi({"al": "L'ultimo giorno viene prima del primo."})


def _rinumera(ordine: list[int]) -> None:
    """From 1 without gaps; first out of the way, as each place is unique at every instant."""
    massimo = max(Indicatore.objects.filter(pk__in=ordine).values_list("ordine", flat=True), default=0)
    for provvisorio in (len(ordine) + massimo, 0):
        for posto, chiave in enumerate(ordine, start=1):
            Indicatore.objects.filter(pk=chiave).update(ordine=provvisorio + posto)

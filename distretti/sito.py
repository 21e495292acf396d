"""Whose site this is: the authority it belongs to, and what the legal pages still lack to name it."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from distretti.models import Autorita, Ruolo, Struttura
from distretti.permissions import Persona, incarichi_di


def autorita_del_sito() -> Autorita | None:
    """The authority that ``DISTRETTI_AUTORITA`` names; else the only one, or the only one with offices.

    The register also holds authorities of other regions, without offices: they are not asked for anything.
    """
    tutte = list(
        Autorita.objects.annotate(ha_uffici=Exists(Struttura.objects.filter(autorita=OuterRef("pk"))))
    )
    if settings.AUTORITA_DEL_SITO:
        return next((a for a in tutte if a.codice == settings.AUTORITA_DEL_SITO), None)
    if len(tutte) > 1:
        tutte = [a for a in tutte if a.ha_uffici]
    return tutte[0] if len(tutte) == 1 else None


def ente_del_sito() -> str:
    """The body whose name stands on every page; empty when it cannot be told."""
    autorita = autorita_del_sito()
    return "" if autorita is None else autorita.ente or autorita.denominazione


def uffici_da_scrivere(autorita: Autorita | None) -> QuerySet[Struttura]:
    """The offices whose mail is printed in the acts: who to write to when nothing else is said.

    Those of ``autorita``, whose site it is; all of them when it cannot be told.
    """
    uffici = Struttura.objects.exclude(mail="").select_related("autorita")
    return uffici if autorita is None else uffici.filter(autorita=autorita)


@dataclass(frozen=True, slots=True)
class Mancante:
    """Something a legal page has to say and this installation does not: the variable that says it."""

    variabile: str
    che_cosa: str


def da_completare(utente: Persona) -> list[Mancante]:
    """What an amministratore still has to set; nothing for anybody else, who cannot set it."""
    if not any(incarico.ruolo == Ruolo.AMMINISTRATORE for incarico in incarichi_di(utente)):
        return []
    voci = {
        "DISTRETTI_TITOLARE": (settings.TITOLARE, "il titolare del trattamento, con i suoi recapiti"),
        "DISTRETTI_DPO": (
            settings.RESPONSABILE_DATI,
            "il recapito del responsabile della protezione dei dati",
        ),
        "DISTRETTI_DICHIARAZIONE": (
            settings.DICHIARAZIONE_ACCESSIBILITA,
            "l'indirizzo della dichiarazione compilata sulla piattaforma di AgID",
        ),
        "DISTRETTI_SEGNALAZIONI": (settings.SEGNALAZIONI, "l'indirizzo a cui scrivere per una segnalazione"),
        "DISTRETTI_SORGENTI": (settings.SORGENTI, "l'indirizzo del codice sorgente di questa versione"),
    }
    return [Mancante(nome, che_cosa) for nome, (valore, che_cosa) in voci.items() if not valore]

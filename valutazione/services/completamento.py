"""The authority says what the act leaves to it: the hours offered, the percentage assigned and why."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from distretti.basi.italiano import numero, percentuale
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Utente
from distretti.versioni import controlla_versione
from programmi.blocco import blocca
from programmi.models import Indicatore
from programmi.regola import CENTO, leggi_numero
from valutazione.chiusura.controlli import controlla_completabile
from valutazione.models import Completamento
from valutazione.permissions import ostacolo_a, ruolo_per
from valutazione.scheda.completamenti import da_completare
from valutazione.tabella import COMPLETAMENTO


@dataclass(frozen=True)
class Detto:
    """What is said of a line, as exact numbers of the exchange format."""

    ore_previste: str = ""
    assegnata: str = ""
    motivazione: str = ""


def valori_detti(completamento: Completamento | None) -> dict[str, str]:
    """What a person reads of it, label by label; nothing while nothing was said."""
    if completamento is None:
        return {}
    errori: list[Any] = []
    if completamento.ore_previste:
        ore = leggi_numero(completamento.ore_previste, "", errori)
        return {"Ore previste": "" if ore is None else numero(ore)}
    assegnata = leggi_numero(completamento.assegnata, "", errori, zero=True)
    parole = "" if assegnata is None else percentuale(assegnata)
    return {"Percentuale assegnata": parole, "Motivazione": completamento.motivazione}


@transaction.atomic
def salva_completamento(
    *, riga: Indicatore, detto: Detto, utente: Utente, versione: str | None = None
) -> Completamento:
    """Say, or say again, what the rule of ``riga`` leaves to the authority.

    ``versione``: fingerprint of what the person had before them (``valori_detti``). Raises
    ``PermissionDenied``, ``StatoNonAmmesso`` (also for a rule that waits for nothing), ``DatiNonValidi`` on
    ``ore_previste``, ``assegnata``, ``motivazione``, ``ModificatoNelFrattempo``.
    """
    programma = blocca(riga.programma)
    ruolo = ruolo_per(COMPLETAMENTO, utente, programma)
    if ruolo is None:
        raise PermissionDenied(ostacolo_a(COMPLETAMENTO, utente, programma))
    controlla_completabile(programma)
    attuale = Indicatore.objects.select_related("progettualita").get(pk=riga.pk)
    chiave = da_completare(attuale.regola)
    if not chiave:
        raise StatoNonAmmesso(f"La riga {attuale.codice} non aspetta niente dall'autorità.")
    scritto = Completamento.objects.filter(indicatore=attuale).first()
    prima = valori_detti(scritto)
    if versione is not None:
        controlla_versione(prima, versione)
    _controlla(detto, chiave)
    scritto = scritto or Completamento(indicatore=attuale)
    scritto.ore_previste = detto.ore_previste if chiave == "ore_previste" else ""
    scritto.assegnata = detto.assegnata if chiave == "assegnata" else ""
    scritto.motivazione = detto.motivazione.strip() if chiave == "assegnata" else ""
    scritto.detto_da = utente
    controlla(scritto)
    scritto.save()
    annota(
        azione="riga.completamento",
        oggetti=[programma],
        utente=utente,
        ruolo=ruolo,
        prima=prima,
        dopo={"Riga": f"{attuale.codice} {attuale.testo}", **valori_detti(scritto)},
    )
    return scritto


def _controlla(detto: Detto, chiave: str) -> None:
    errori: list[Any] = []
    if chiave == "ore_previste":
        leggi_numero(detto.ore_previste, "", errori)
    else:
        leggi_numero(detto.assegnata, "", errori, zero=True, massimo=CENTO)
    if errori:
        raise DatiNonValidi({chiave: f"Il numero {errori[0].messaggio}."})
    if chiave == "assegnata" and not detto.motivazione.strip():
        raise DatiNonValidi({"motivazione": "Scrivi perché assegni questa percentuale."})

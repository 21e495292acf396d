"""The Agenzia verifies: accepts, accepts in part, rejects, each evidence for each line."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from distretti.errori import DatiNonValidi, ErroreDominio, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Utente
from distretti.permissions import ruolo_tra
from valutazione.letture import con_evidenza
from valutazione.models import Imputazione, StatoImputazione
from valutazione.permissions import puo_verificare
from valutazione.scheda.da_database import documento_di
from valutazione.scheda.errori import SchedaNonValida
from valutazione.scheda.lettura import leggi_scheda
from valutazione.services.blocco import blocca_evidenza
from valutazione.tabella import VERIFICANO
from valutazione.versioni import Nomi, controlla_versione_evidenza, misura_in_parole, nomi_di


class VerificaDiSe(ErroreDominio):
    """Nobody verifies what they recorded."""


@transaction.atomic
def verifica_imputazione(
    *,
    imputazione: Imputazione,
    stato: StatoImputazione,
    utente: Utente,
    misura_riconosciuta: dict[str, Any] | None = None,
    motivazione: str = "",
    versione: str | None = None,
) -> Imputazione:
    """Decide on one evidence for one line; ``misura_riconosciuta`` makes the acceptance partial.

    ``versione``: fingerprint of the evidence the verifier had before them (``valutazione.versioni``).
    Raises ModificatoNelFrattempo, DatiNonValidi (keys ``motivazione``, ``misura_riconosciuta.…``),
    StatoNonAmmesso on an evidence that is not registered or still planned, VerificaDiSe.
    """
    evidenza = blocca_evidenza(imputazione.evidenza)
    if not puo_verificare(utente, evidenza):
        raise VerificaDiSe("Chi ha registrato l'evidenza non può verificarla.")
    documento = documento_di(evidenza.programma)
    controlla_versione_evidenza(documento, evidenza.codice, versione)
    if not evidenza.registrata:
        raise StatoNonAmmesso("Si verificano solo le evidenze registrate.")
    if evidenza.pianificata:
        raise StatoNonAmmesso("L'evidenza è ancora pianificata: si verifica quando è avvenuta.")
    attuale = Imputazione.objects.select_related("indicatore__progettualita").get(pk=imputazione.pk)
    nomi = nomi_di(documento)
    prima = _in_parole(attuale, nomi)
    attuale.stato = stato
    attuale.misura_riconosciuta = misura_riconosciuta
    attuale.motivazione = motivazione.strip()
    in_attesa = stato == StatoImputazione.IN_ATTESA
    attuale.verificata_da = None if in_attesa else utente
    attuale.verificata_alle = None if in_attesa else timezone.now()
    if stato == StatoImputazione.RESPINTA and not attuale.motivazione:
        raise DatiNonValidi({"motivazione": "Per respingere un'evidenza occorre scrivere il motivo."})
    attuale.full_clean()
    attuale.save()
    _controlla(attuale, evidenza.codice)
    annota(
        azione="evidenza.verifica",
        oggetti=[evidenza, evidenza.programma],
        utente=utente,
        ruolo=ruolo_tra(utente, evidenza.programma.distretto, VERIFICANO),
        prima={f"Riga {attuale.indicatore.codice}": prima},
        dopo={
            "Evidenza": f"{evidenza} ({evidenza.codice})",
            f"Riga {attuale.indicatore.codice}": _in_parole(attuale, nomi),
        },
        motivo=attuale.motivazione,
    )
    return attuale


def _in_parole(imputazione: Imputazione, nomi: Nomi) -> str:
    """ "accolta", or in part: "accolta (2)"."""
    riconosciuta = misura_in_parole(imputazione.misura_riconosciuta, nomi)
    return f"{imputazione.get_stato_display()}{riconosciuta}"


def _controlla(imputazione: Imputazione, codice: str) -> None:
    """The document with the decision in it must hold: one reader for files, forms and decisions."""
    documento = documento_di(imputazione.evidenza.programma)
    voce = next(voce for voce in documento["evidenze"] if voce["codice"] == codice)
    _, indice = con_evidenza(documento, voce)
    codici = [altra["indicatore"] for altra in voce["imputazioni"]]
    prefisso = f"$.evidenze[{indice}].imputazioni[{codici.index(imputazione.indicatore.codice)}]."
    try:
        leggi_scheda(documento)
    except SchedaNonValida as errore:
        campi = {
            trovato.percorso.removeprefix(prefisso): trovato.messaggio
            for trovato in errore.errori
            if trovato.percorso.startswith(prefisso)
        }
        if campi:
            raise DatiNonValidi(campi) from errore

"""The Agenzia verifies: accepts, accepts in part, rejects, each evidence for each line; and undoes it."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from distretti.errori import DatiNonValidi, ErroreDominio, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Ruolo, Utente
from distretti.permissions import ruolo_tra
from programmi.models import Programma
from valutazione.chiusura.controlli import controlla_decidibile
from valutazione.chiusura.lettura import stato_di
from valutazione.decisioni import CAMPI, Decisione, Presa, istantanea, rimetti
from valutazione.models import Evidenza, Imputazione, MotivoVerifica, StatoChiusura, StatoImputazione
from valutazione.permissions import puo_decidere
from valutazione.scheda.da_database import documento_di
from valutazione.scheda.errori import SchedaNonValida
from valutazione.scheda.lettura import leggi_scheda
from valutazione.services.blocco import blocca_evidenza, blocca_programma
from valutazione.tabella import VERIFICANO
from valutazione.versioni import Nomi, controlla_versione_evidenza, misura_in_parole, nomi_di

VUOLE_IL_MOTIVO = "Scegli il motivo o scrivilo: chi ha registrato l'evidenza deve poterlo leggere."


class VerificaDiSe(ErroreDominio):
    """Nobody verifies what they recorded."""


class DecisioneInvariata(ErroreDominio):
    """What was about to be decided stands already: it is no new decision, and leaves no new reply."""

    def __init__(self) -> None:
        super().__init__("La decisione era già questa: nulla è cambiato.")


@transaction.atomic
def verifica_imputazione(
    *, imputazione: Imputazione, decisione: Decisione, utente: Utente, versione: str | None = None
) -> Presa:
    """Decide on one evidence for one line. Gives what it takes to undo it.

    ``versione``: fingerprint of the evidence the verifier had before them (``valutazione.versioni``).
    Raises ModificatoNelFrattempo, DatiNonValidi (keys ``motivazione``, ``misura_riconosciuta.…``),
    StatoNonAmmesso on an evidence that is not registered, still planned, or when the closing of the year
    does not allow it any more, VerificaDiSe, DecisioneInvariata.
    """
    evidenza = blocca_evidenza(imputazione.evidenza)
    attuale = rileggi(imputazione, evidenza)
    controlla_chi_decide(attuale, utente)
    controlla_si_decide(attuale)
    return decidi(attuale, decisione, utente, versione, "evidenza.verifica")


def rileggi(imputazione: Imputazione, evidenza: Evidenza) -> Imputazione:
    """The imputazione as it is now; ``evidenza`` is locked."""
    attuale = Imputazione.objects.select_related("indicatore__progettualita", "motivo").get(pk=imputazione.pk)
    attuale.evidenza = evidenza
    return attuale


def controlla_chi_decide(imputazione: Imputazione, utente: Utente) -> None:
    """Is there something to decide, and may ``utente``? Raises VerificaDiSe, StatoNonAmmesso."""
    if not puo_decidere(utente, imputazione):
        raise VerificaDiSe("Chi ha registrato l'evidenza, o ha replicato, non può verificarla.")
    if not imputazione.evidenza.registrata:
        raise StatoNonAmmesso("Si verificano solo le evidenze registrate.")
    if imputazione.evidenza.pianificata:
        raise StatoNonAmmesso("L'evidenza è ancora pianificata: si verifica quando è avvenuta.")


def controlla_si_decide(imputazione: Imputazione) -> None:
    """Does the closing allow a decision that answers no reply? Raises StatoNonAmmesso."""
    controlla_decidibile(imputazione)
    programma = imputazione.evidenza.programma
    if stato_di(programma) == StatoChiusura.VERIFICATA:
        raise StatoNonAmmesso("A questa decisione si è replicato: si cambia solo rispondendo alla replica.")


def decidi(
    imputazione: Imputazione, decisione: Decisione, utente: Utente, versione: str | None, azione: str
) -> Presa:
    """Write the decision on an imputazione whose evidence is locked, and note it: last of all.

    Raises DecisioneInvariata where it stands already.
    """
    evidenza = imputazione.evidenza
    documento = documento_di(evidenza.programma)
    controlla_versione_evidenza(documento, evidenza.codice, versione)
    controlla_motivo(decisione, evidenza.programma)
    if decisione.vale_gia(imputazione):
        raise DecisioneInvariata
    nomi, prima = nomi_di(documento), istantanea(imputazione)
    com_era = in_parole(imputazione, nomi)
    scrivi(imputazione, decisione, utente)
    imputazione.full_clean()
    imputazione.save(update_fields=CAMPI)
    controlla_documento([imputazione])
    annota_decisione(azione, imputazione, com_era, nomi, utente)
    return Presa(imputazione.pk, prima, istantanea(imputazione))


def controlla_motivo(decisione: Decisione, programma: Programma) -> None:
    """Who rejects or accepts in part says why, with a reason of the authority of the programme."""
    motivo = decisione.motivo
    if motivo is not None and motivo.autorita_id != programma.distretto.autorita_id:
        raise DatiNonValidi({"motivo": "Il motivo è di un'altra autorità."})
    contraria = decisione.stato == StatoImputazione.RESPINTA or decisione.misura
    if contraria and not decisione.motivazione:
        raise DatiNonValidi({"motivazione": VUOLE_IL_MOTIVO})


def scrivi(imputazione: Imputazione, decisione: Decisione, utente: Utente) -> None:
    """Put ``decisione`` on the row; nothing is saved."""
    in_attesa = decisione.stato == StatoImputazione.IN_ATTESA
    imputazione.stato = decisione.stato
    imputazione.misura_riconosciuta = decisione.misura
    imputazione.motivazione = decisione.motivazione
    imputazione.motivo = decisione.motivo
    imputazione.verificata_da = None if in_attesa else utente
    imputazione.verificata_alle = None if in_attesa else timezone.now()


def in_parole(imputazione: Imputazione, nomi: Nomi) -> str:
    """ "accolta", or in part: "accolta in parte (2)"."""
    riconosciuta = misura_in_parole(imputazione.misura_riconosciuta, nomi)
    return f"{imputazione.decisione_in_breve}{riconosciuta}"


def annota_decisione(
    azione: str, imputazione: Imputazione, com_era: str, nomi: Nomi, utente: Utente, motivo: str | None = None
) -> None:
    """Note it on the evidence and on its programme, with the reason it was given (or ``motivo``)."""
    evidenza, riga = imputazione.evidenza, f"Riga {imputazione.indicatore.codice}"
    annota(
        azione=azione,
        oggetti=[evidenza, evidenza.programma],
        utente=utente,
        ruolo=ruolo_di_chi_verifica(utente, evidenza.programma),
        prima={riga: com_era},
        dopo={"Evidenza": f"{evidenza} ({evidenza.codice})", riga: in_parole(imputazione, nomi)},
        motivo=imputazione.motivazione if motivo is None else motivo,
    )


def ruolo_di_chi_verifica(utente: Utente, programma: Programma) -> Ruolo | None:
    """The role in which ``utente`` decides."""
    return ruolo_tra(utente, programma.distretto, VERIFICANO)


def errori_del_documento(decise: Sequence[Imputazione]) -> dict[int, dict[str, str]]:
    """What the document with the decisions in it refuses of each of ``decise``, all of one programme.

    One reader for files, forms and decisions.
    """
    documento: dict[str, Any] = documento_di(decise[0].evidenza.programma)
    try:
        leggi_scheda(documento)
    except SchedaNonValida as errore:
        trovati = errore.errori
    else:
        return {}
    posti = {voce["codice"]: indice for indice, voce in enumerate(documento["evidenze"])}
    per_chiave: dict[int, dict[str, str]] = {}
    for imputazione in decise:
        indice = posti[imputazione.evidenza.codice]
        righe = [altra["indicatore"] for altra in documento["evidenze"][indice]["imputazioni"]]
        prefisso = f"$.evidenze[{indice}].imputazioni[{righe.index(imputazione.indicatore.codice)}]."
        campi = {
            trovato.percorso.removeprefix(prefisso): trovato.messaggio
            for trovato in trovati
            if trovato.percorso.startswith(prefisso)
        }
        if campi:
            per_chiave[imputazione.pk] = campi
    return per_chiave


def controlla_documento(decise: Sequence[Imputazione]) -> None:
    """Raises DatiNonValidi with what the document refuses of the first one it refuses."""
    for campi in errori_del_documento(decise).values():
        raise DatiNonValidi(campi)


@transaction.atomic
def annulla_decisioni(*, programma: Programma, prese: Sequence[Presa], utente: Utente) -> list[Imputazione]:
    """Put back, exactly, what stood before the decisions that ``utente`` has just taken: all or none.

    Raises StatoNonAmmesso when somebody changed one of them meanwhile, or the closing does not allow it any
    more; VerificaDiSe.
    """
    blocca_programma(programma)
    imputazioni = Imputazione.objects.per_decidere().filter(evidenza__programma=programma)
    trovate = {i.pk: i for i in imputazioni.filter(pk__in=[p.imputazione for p in prese])}
    rimesse = []
    for presa in prese:
        imputazione = trovate.get(presa.imputazione)
        sua = presa.dopo["verificata_da"] == utente.pk
        if imputazione is None or not sua or istantanea(imputazione) != presa.dopo:
            raise StatoNonAmmesso("Nel frattempo la decisione è cambiata: non si può più annullare.")
        controlla_chi_decide(imputazione, utente)
        controlla_si_decide(imputazione)
        rimesse.append((imputazione, in_parole(imputazione, {})))
        rimetti(imputazione, presa.prima)
        imputazione.save(update_fields=CAMPI)
    for imputazione, com_era in rimesse:
        annota_decisione("evidenza.verifica_annullata", imputazione, com_era, {}, utente, motivo="")
    return [imputazione for imputazione, _ in rimesse]


def motivi_di(programma: Programma) -> list[MotivoVerifica]:
    """The reasons that may be chosen for its decisions."""
    return list(MotivoVerifica.objects.in_uso().filter(autorita=programma.distretto.autorita_id))

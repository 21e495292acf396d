"""The reply of the manager to an unfavourable decision, the renouncing of it, and the Agenzia's answer."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from distretti.basi.italiano import il_giorno
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import Fatto, annota, annota_molti
from distretti.models import Ruolo, Utente
from programmi.avvisi import avvisa, nome_di, persone_con
from programmi.blocco import blocca
from programmi.models import GenereAvviso, Programma
from valutazione.chiusura.controlli import controlla_ammessa
from valutazione.chiusura.lettura import chiusura_di
from valutazione.decisioni import Decisione
from valutazione.models import Chiusura, EsitoReplica, Imputazione, ReplicaVerifica, StatoImputazione
from valutazione.parole import StatoChiusura
from valutazione.permissions import ruolo_di_replica, ruolo_per
from valutazione.scheda.da_database import documento_di
from valutazione.services.blocco import blocca_evidenza
from valutazione.services.verifica import (
    controlla_chi_decide,
    decidi,
    in_parole,
    rileggi,
    ruolo_di_chi_verifica,
)
from valutazione.tabella import REPLICA, VERIFICANO
from valutazione.versioni import Nomi, controlla_versione_evidenza, nomi_di

_RINUNCIA = "evidenza.rinuncia_alla_replica"


def contraria(imputazione: Imputazione) -> bool:
    """Was it rejected, or accepted only in part?"""
    return imputazione.stato == StatoImputazione.RESPINTA or imputazione.misura_riconosciuta is not None


def replica_del_giro(imputazione: Imputazione, giro: int) -> ReplicaVerifica | None:
    """The reply to its decision in the round ``giro``, or the renouncing of it."""
    return ReplicaVerifica.objects.filter(imputazione=imputazione, giro=giro).first()


def replica_da_decidere(imputazione: Imputazione) -> ReplicaVerifica | None:
    """The one that waits for the Agenzia, if there is one."""
    return ReplicaVerifica.objects.da_decidere().filter(imputazione=imputazione).first()


def perche_non_si_replica(imputazione: Imputazione, chiusura: Chiusura) -> str:
    """Why nobody may reply to the decision on ``imputazione``, within the days; "" if one may."""
    if not contraria(imputazione):
        return "È stata accolta per intero: non c'è niente a cui replicare."
    if Imputazione.objects.da_replicare().filter(pk=imputazione.pk).exists():
        return ""
    if replica_del_giro(imputazione, chiusura.giro) is not None:
        return "A questa decisione si è già replicato, o rinunciato a farlo."
    return "La decisione è di prima della riapertura: si poteva replicare allora."


def impedimento(chiusura: Chiusura, oggi: date) -> str:
    """Why nobody may reply today, whatever they reply to; "" if one may."""
    if chiusura.stato != StatoChiusura.VERIFICATA or chiusura.repliche_entro is None:
        return "Si replica quando la verifica è conclusa, e prima che il risultato sia definito."
    if oggi > chiusura.repliche_entro:
        return f"Si poteva replicare entro {il_giorno(chiusura.repliche_entro)}: il termine è passato."
    return ""


@transaction.atomic
def replica(
    *, imputazione: Imputazione, utente: Utente, testo: str = "", rinuncia: bool = False
) -> ReplicaVerifica:
    """Reply, once in this round, to a decision that is not wholly favourable; or renounce to do so.

    Raises ``PermissionDenied``, ``StatoNonAmmesso`` (out of the days, or when one replied already),
    ``DatiNonValidi`` on ``testo``.
    """
    evidenza = blocca_evidenza(imputazione.evidenza)
    programma = evidenza.programma
    ruolo = ruolo_per(REPLICA, utente, programma)
    if ruolo is None:
        raise PermissionDenied
    controlla_ammessa(REPLICA, programma)
    chiusura = chiusura_di(programma)
    if perche := impedimento(chiusura, timezone.localdate()):
        raise StatoNonAmmesso(perche)
    attuale = rileggi(imputazione, evidenza)
    if perche := perche_non_si_replica(attuale, chiusura):
        raise StatoNonAmmesso(perche)
    testo = testo.replace("\r\n", "\n").strip()
    if not rinuncia and not testo:
        raise DatiNonValidi({"testo": "Scrivi la replica, oppure rinuncia a replicare."})
    nuova = ReplicaVerifica(
        imputazione=attuale,
        giro=chiusura.giro,
        su_decisione=decisione_in_parole(attuale, nomi_di(documento_di(programma))),
        testo="" if rinuncia else testo,
        rinuncia=rinuncia,
        utente=utente,
        ruolo=ruolo,
    )
    controlla(nuova)
    nuova.save()
    _dopo_la_replica(nuova, utente, ruolo)
    return nuova


def _dopo_la_replica(nuova: ReplicaVerifica, utente: Utente, ruolo: Ruolo) -> None:
    """Tell the Agenzia, and note it."""
    imputazione = nuova.imputazione
    programma = imputazione.evidenza.programma
    if not nuova.rinuncia:
        avvisa(
            genere=GenereAvviso.RISPOSTA,
            programma=programma,
            a=persone_con(programma, VERIFICANO),
            testo=f"{nome_di(programma)}: c'è una replica alla verifica, sulla riga "
            f"{imputazione.indicatore.codice}.",
            chiave=f"replica-verifica/{nuova.pk}",
            autore=utente,
            percorso=indirizzo_repliche(programma),
        )
    azione = _RINUNCIA if nuova.rinuncia else "evidenza.replica"
    dopo = _su(imputazione) | ({} if nuova.rinuncia else {"Replica": nuova.testo})
    annota(azione=azione, oggetti=[imputazione.evidenza, programma], utente=utente, ruolo=ruolo, dopo=dopo)


@transaction.atomic
def rinuncia_a_tutte(*, programma: Programma, utente: Utente, giro: int | None) -> list[ReplicaVerifica]:
    """Renounce to reply to every decision still without a reply; none left, none written.

    ``giro``: the round of the verification that ``utente`` read. Raises ``PermissionDenied``,
    ``StatoNonAmmesso`` out of the days, or when the verification was concluded again meanwhile.
    """
    attuale = blocca(programma)
    ruolo = ruolo_per(REPLICA, utente, attuale)
    if ruolo is None:
        raise PermissionDenied
    controlla_ammessa(REPLICA, attuale)
    chiusura = chiusura_di(attuale)
    if perche := impedimento(chiusura, timezone.localdate()):
        raise StatoNonAmmesso(perche)
    if giro != chiusura.giro:
        raise StatoNonAmmesso("Nel frattempo le decisioni sono cambiate: rileggile prima di rinunciare.")
    rimaste = list(
        Imputazione.objects.da_replicare().filter(evidenza__programma=attuale).per_decidere().order_by("pk")
    )
    nomi = nomi_di(documento_di(attuale)) if rimaste else {}
    rinunce = ReplicaVerifica.objects.bulk_create(
        ReplicaVerifica(
            imputazione=imputazione,
            giro=giro,
            su_decisione=decisione_in_parole(imputazione, nomi),
            rinuncia=True,
            utente=utente,
            ruolo=ruolo,
        )
        for imputazione in rimaste
    )
    fatti = [Fatto([i.evidenza, attuale], dopo=_su(i)) for i in rimaste]
    annota_molti(azione=_RINUNCIA, fatti=fatti, utente=utente, ruolo=ruolo)
    return rinunce


@transaction.atomic
def rispondi(
    *,
    replica: ReplicaVerifica,
    utente: Utente,
    risposta: str,
    decisione: Decisione | None = None,
    versione: str | None = None,
) -> ReplicaVerifica:
    """Answer a reply: the decision stands, or becomes ``decisione``. The same verifier may answer.

    Raises ``VerificaDiSe``, ``StatoNonAmmesso`` when it was answered meanwhile or the closing went on,
    ``DatiNonValidi``, ``ModificatoNelFrattempo``, ``DecisioneInvariata`` (it stands: it did not become).
    """
    evidenza = blocca_evidenza(replica.imputazione.evidenza)
    imputazione = rileggi(replica.imputazione, evidenza)
    controlla_chi_decide(imputazione, utente)
    if chiusura_di(evidenza.programma).stato != StatoChiusura.VERIFICATA:
        raise StatoNonAmmesso("Alle repliche si risponde finché il risultato non è definito.")
    attuale = ReplicaVerifica.objects.select_related("utente").get(pk=replica.pk)
    attuale.imputazione = imputazione
    if not attuale.in_attesa:
        raise StatoNonAmmesso(f"Nel frattempo {attuale.decisa_da} ha già risposto a questa replica.")
    # Also to confirm one must have read the evidence as it is.
    controlla_versione_evidenza(documento_di(evidenza.programma), evidenza.codice, versione)
    risposta = risposta.replace("\r\n", "\n").strip()
    if not risposta:
        raise DatiNonValidi({"risposta": "Scrivi la risposta: chi ha replicato deve poterla leggere."})
    ruolo = ruolo_di_chi_verifica(utente, evidenza.programma)
    esito = EsitoReplica.CONFERMATA if decisione is None else EsitoReplica.CAMBIATA
    _scrivi_risposta(attuale, esito, risposta, utente, ruolo)
    _avvisa_della_risposta(attuale, utente)
    if decisione is not None:
        decidi(imputazione, decisione, utente, versione, "evidenza.verifica_dopo_replica")
    annota(
        azione="evidenza.risposta_alla_replica",
        oggetti=[evidenza, evidenza.programma],
        utente=utente,
        ruolo=ruolo,
        dopo=_su(imputazione) | {"Esito": attuale.get_esito_display(), "Risposta": attuale.risposta},
    )
    return attuale


def _scrivi_risposta(
    data: ReplicaVerifica, esito: EsitoReplica, risposta: str, utente: Utente, ruolo: Ruolo | None
) -> None:
    data.esito, data.risposta = esito, risposta
    data.decisa_da, data.decisa_ruolo, data.decisa_alle = utente, ruolo or "", timezone.now()
    controlla(data)
    data.save(update_fields=["esito", "risposta", "decisa_da", "decisa_ruolo", "decisa_alle"])


def _avvisa_della_risposta(data: ReplicaVerifica, utente: Utente) -> None:
    """Who replied, and who is manager today."""
    programma = data.imputazione.evidenza.programma
    avvisa(
        genere=GenereAvviso.RISPOSTA,
        programma=programma,
        a=[data.utente, *persone_con(programma, (Ruolo.MANAGER,))],
        testo=f"{nome_di(programma)}: l'Agenzia ha risposto alla replica sulla riga "
        f"{data.imputazione.indicatore.codice}.",
        chiave=f"risposta-replica/{data.pk}",
        autore=utente,
        percorso=indirizzo_repliche(programma),
    )


def decisione_in_parole(imputazione: Imputazione, nomi: Nomi) -> str:
    """ "respinta. Manca l'elenco dei presenti" """
    parole = in_parole(imputazione, nomi)
    return f"{parole}. {imputazione.motivazione}" if imputazione.motivazione else parole


def _su(imputazione: Imputazione) -> dict[str, str]:
    evidenza = imputazione.evidenza
    return {"Evidenza": f"{evidenza} ({evidenza.codice})", "Riga": imputazione.indicatore.codice}


def indirizzo_repliche(programma: Programma) -> str:
    return reverse("repliche", args=[programma.distretto.codice, programma.edizione])


def segue_le_repliche(utente: Utente, programma: Programma) -> bool:
    """May ``utente`` read the replies although no role of today reaches the programme: who was manager then,
    once the verification was concluded."""
    return chiusura_di(programma).giro > 0 and ruolo_di_replica(utente, programma) is not None

"""Taking a step of the closing: the lock, who asks, from which state, what it needs; then the step, the
state, what it freezes, the notices, the log.
"""

from dataclasses import replace
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from distretti.basi.italiano import data_estesa
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Atto, Ruolo, Utente
from distretti.services import DatiAtto
from distretti.services.atti import registra_atto_di
from programmi.blocco import blocca
from programmi.models import Programma
from programmi.procedura.frattempo import SuperatoNelFrattempo
from valutazione.autovalutazione.congelamento import congela
from valutazione.chiusura.avvisi import avvisa_chiusura
from valutazione.chiusura.condizioni import giorni_replica, mancanze
from valutazione.chiusura.lettura import passaggi_dopo
from valutazione.models import AzioneChiusura, Chiusura, PassaggioChiusura, StatoChiusura
from valutazione.permissions import ostacolo_a, ruolo_per
from valutazione.risultati import annuncia_pubblicazione, congela_risultato, risultato_da_pubblicare
from valutazione.tabella import (
    CONCLUSIONE_VERIFICA,
    DEFINIZIONE_RISULTATO,
    PER_CODICE,
    PUBBLICAZIONE_RISULTATO,
    TRASMISSIONE_AUTOVALUTAZIONE,
    Azione,
)


class ChiusuraIncompleta(StatoNonAmmesso):
    """The step lacks something yet; ``mancanze`` says one by one what."""

    def __init__(self, frasi: list[str]) -> None:
        super().__init__(" ".join(frasi))
        self.mancanze = frasi


def superato(passaggio: PassaggioChiusura) -> SuperatoNelFrattempo:
    """``passaggio`` was taken after the page was opened."""
    return SuperatoNelFrattempo(passaggio, f"L'anno {passaggio.chiusura.programma.anno}")


@transaction.atomic
def compi(
    azione: AzioneChiusura,
    *,
    programma: Programma,
    utente: Utente,
    nota: str = "",
    atto: Atto | None = None,
    nuovo_atto: DatiAtto | None = None,
    dopo: int | None = None,
) -> PassaggioChiusura:
    """Take a step today. ``dopo`` is the number of the last step the person had seen; ``atto`` (one already
    there) or ``nuovo_atto`` is the act of the publication, when there is one.

    Raises ``PermissionDenied``, ``SuperatoNelFrattempo``, ``StatoNonAmmesso`` (``ChiusuraIncompleta`` when
    the step lacks something) or ``DatiNonValidi`` on the fields ``nota``, ``nuovo_…``.
    """
    voce = PER_CODICE[azione.value]
    attuale, chiusura, ruolo = comincia(voce, programma, utente, dopo)
    oggi = timezone.localdate()
    if mancano := mancanze(azione, attuale, oggi):
        raise ChiusuraIncompleta(mancano)
    if voce.motivata and not nota.strip():
        raise DatiNonValidi({"nota": "Spiega perché."})
    if nuovo_atto is not None:
        ambito = attuale.distretto.autorita.codice
        oggetto = f"Pubblicazione del risultato dell'anno {attuale.anno}"
        atto = registra_atto_di(replace(nuovo_atto, ambito=ambito, oggetto=oggetto), "nuovo")
    nuovo = PassaggioChiusura(il=oggi, nota=nota.strip(), atto=atto)
    return concludi(voce, chiusura, nuovo, utente, ruolo)


def comincia(
    voce: Azione, programma: Programma, utente: Utente, dopo: int | None
) -> tuple[Programma, Chiusura, Ruolo]:
    """Lock the programme, then check who asks, that nobody came before them, and from which state."""
    attuale = blocca(programma)
    ruolo = ruolo_per(voce, utente, attuale)
    if ruolo is None:
        raise PermissionDenied(ostacolo_a(voce, utente, attuale))
    altro = (
        None if dopo is None else passaggi_dopo(attuale, dopo).select_related("chiusura__programma").last()
    )
    if altro is not None:
        raise superato(altro)
    chiusura = Chiusura.objects.filter(programma=attuale).first() or Chiusura(programma=attuale)
    stato = StatoChiusura(chiusura.stato)
    if not voce.ammessa_da(attuale, stato):
        raise StatoNonAmmesso(voce.rifiuto(attuale, stato))
    chiusura.programma = attuale
    return attuale, chiusura, ruolo


def concludi(
    voce: Azione, chiusura: Chiusura, passaggio: PassaggioChiusura, utente: Utente, ruolo: Ruolo
) -> PassaggioChiusura:
    """Write the step and the new state of the closing, whose programme is locked; freeze, tell, note."""
    assert voce.a is not None
    ultimo = chiusura.passaggi.order_by("ordine").last() if chiusura.pk else None
    passaggio.ordine = 1 if ultimo is None else ultimo.ordine + 1
    passaggio.azione = voce.codice
    passaggio.da_stato, passaggio.a_stato = chiusura.stato, voce.a
    passaggio.utente, passaggio.ruolo = utente, ruolo
    if voce is PUBBLICAZIONE_RISULTATO:
        passaggio.risultato = risultato_da_pubblicare(chiusura.programma)
    _porta_avanti(voce, chiusura, passaggio)
    passaggio.chiusura = chiusura
    controlla(passaggio)
    passaggio.save()
    avvisa_chiusura(passaggio)
    if voce is PUBBLICAZIONE_RISULTATO:
        annuncia_pubblicazione(chiusura.programma)
    _congela(voce, passaggio)
    _annota(passaggio)
    return passaggio


def _porta_avanti(voce: Azione, chiusura: Chiusura, passaggio: PassaggioChiusura) -> None:
    """``chiusura`` in the state to which ``passaggio`` leads; concluded, the days of the replies begin."""
    chiusura.stato, chiusura.stato_dal = passaggio.a_stato, passaggio.il
    if voce is CONCLUSIONE_VERIFICA:
        giorni = giorni_replica(chiusura.programma)
        assert giorni is not None  # asked by the conditions of the step
        chiusura.giro += 1
        chiusura.repliche_entro = passaggio.il + timedelta(days=giorni)
    controlla(chiusura)
    chiusura.save()


def _congela(voce: Azione, passaggio: PassaggioChiusura) -> None:
    """What the step writes once and for all. After it, nothing but the log."""
    programma, utente = passaggio.chiusura.programma, passaggio.utente
    if voce is TRASMISSIONE_AUTOVALUTAZIONE:
        congela(programma, passaggio, utente)
    elif voce is DEFINIZIONE_RISULTATO:
        congela_risultato(programma=programma, passaggio=passaggio, utente=utente, motivo=passaggio.nota)


def _annota(passaggio: PassaggioChiusura) -> None:
    chiusura = passaggio.chiusura
    # Only the step that sets the term says it: in the others it would seem to be new.
    entro = chiusura.repliche_entro if passaggio.azione == CONCLUSIONE_VERIFICA.codice else None
    dopo = {
        "Stato": passaggio.get_a_stato_display(),
        "Data": data_estesa(passaggio.il),
        "Atto": "" if passaggio.atto is None else str(passaggio.atto),
        "Repliche entro": "" if entro is None else data_estesa(entro),
    }
    annota(
        azione=f"chiusura.{passaggio.azione}",
        oggetti=[chiusura.programma],
        utente=passaggio.utente,
        ruolo=passaggio.ruolo,
        prima={"Stato": passaggio.get_da_stato_display()},
        dopo={etichetta: testo for etichetta, testo in dopo.items() if testo},
        motivo=passaggio.nota,
    )

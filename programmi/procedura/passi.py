"""Taking a step: the lock, who asks, from which state, what it needs; then the step, the state, the log.

Every service of the procedure begins with :func:`comincia` and ends with :func:`concludi`.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from distretti.basi.italiano import conta, data_estesa, del_giorno
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Ruolo, Utente
from programmi.avvisi import avvisa_passaggio
from programmi.blocco import blocca
from programmi.models import AzionePassaggio, Osservazione, Passaggio, Programma, StatoProgramma
from programmi.osservazioni import aperte
from programmi.permissions import ostacolo, puo
from programmi.procedura.frattempo import SuperatoNelFrattempo
from programmi.procedura.lettura import passaggi_dopo
from programmi.tabella import APPROVAZIONE, PER_CODICE, TRASMISSIONE, Azione
from programmi.variazione import applica, controlla_riapertura
from programmi.versioni_congelate import congela


@transaction.atomic
def compi(
    azione: AzionePassaggio,
    *,
    programma: Programma,
    utente: Utente,
    il: date | None = None,
    nota: str = "",
    protocollo_mittente: str = "",
    protocollo_ricevente: str = "",
    dopo: int | None = None,
) -> Passaggio:
    """Take a step that has no act of its own, on ``il`` (today).

    ``dopo`` is the number of the last step the person had seen. Raises ``PermissionDenied``,
    ``SuperatoNelFrattempo``, ``StatoNonAmmesso`` or ``DatiNonValidi`` on the fields ``il``, ``nota``,
    ``protocollo_ricevente``.
    """
    voce = PER_CODICE[azione.value]
    attuale, ruolo = comincia(voce, programma, utente, dopo)
    nuovo = Passaggio(
        il=il or timezone.localdate(),
        nota=nota.strip(),
        protocollo_mittente=protocollo_mittente.strip(),
        protocollo_ricevente=protocollo_ricevente.strip(),
    )
    controlla_giorno(attuale, nuovo.il)
    _controlla_condizioni(voce, attuale, nuovo)
    if azione is AzionePassaggio.RIAPERTURA:
        controlla_riapertura(attuale)
        attuale.trasmesso_il = None
    return concludi(voce, attuale, nuovo, utente, ruolo)


def _controlla_condizioni(voce: Azione, programma: Programma, nuovo: Passaggio) -> None:
    """What the table asks of the steps without an act."""
    if voce.codice is AzionePassaggio.PRESA_IN_CARICO and not nuovo.protocollo_ricevente:
        ultimo = programma.passaggi.filter(azione=AzionePassaggio.TRASMISSIONE).order_by("ordine").last()
        if ultimo is None or not ultimo.protocollo_ricevente:
            raise DatiNonValidi({"protocollo_ricevente": "Indica il numero di protocollo dell'Agenzia."})
    if voce.codice is AzionePassaggio.PROPOSTA:
        ancora = aperte(programma).count()
        if ancora:
            quante = conta(ancora, "osservazione aperta", "osservazioni aperte")
            raise StatoNonAmmesso(f"Il programma ha {quante}: si propone quando sono tutte chiuse.")
    if voce.codice is AzionePassaggio.RINVIO and not nuovo.nota:
        nuovo.nota = _punti(list(aperte(programma)))
    if voce.motivata and not nuovo.nota:
        testi = {AzionePassaggio.RINVIO.value: "Spiega che cosa va integrato o corretto."}
        raise DatiNonValidi({"nota": testi.get(voce.codice.value, "Spiega perché.")})


def _punti(osservazioni: list[Osservazione]) -> str:
    """What is to mend, when the osservazioni say it."""
    if not osservazioni:
        return ""
    numeri = ", ".join(str(osservazione.numero) for osservazione in osservazioni)
    quali = f"l'osservazione n. {numeri}" if len(osservazioni) == 1 else f"le osservazioni n. {numeri}"
    return f"Si veda{'' if len(osservazioni) == 1 else 'no'} {quali}."


def comincia(voce: Azione, programma: Programma, utente: Utente, dopo: int | None) -> tuple[Programma, Ruolo]:
    """Lock the programme, then check who asks, that nobody came before them, and from which state."""
    attuale = blocca(programma)
    ruolo = puo(voce, utente, attuale)
    if ruolo is None:
        raise PermissionDenied(ostacolo(voce, utente, attuale))
    altro = None if dopo is None else passaggi_dopo(attuale, dopo).select_related("utente").last()
    if altro is not None:
        raise SuperatoNelFrattempo(altro)
    if not voce.ammessa_da(attuale):
        raise StatoNonAmmesso(voce.rifiuto(attuale))
    return attuale, ruolo


def controlla_giorno(programma: Programma, giorno: date, campo: str = "il") -> None:
    """A step is neither in the future nor before the one that precedes it."""
    if giorno > timezone.localdate():
        raise DatiNonValidi({campo: "La data non può essere nel futuro."})
    ultimo = programma.passaggi.order_by("ordine").last()
    if ultimo is not None and giorno < ultimo.il:
        raise DatiNonValidi(
            {
                campo: f"La data non può essere precedente al passaggio {del_giorno(ultimo.il)} "
                f"({ultimo.get_azione_display()})."
            }
        )


def concludi(
    voce: Azione, programma: Programma, passaggio: Passaggio, utente: Utente, ruolo: Ruolo
) -> Passaggio:
    """Write the step and the new state of the programme, already locked; freeze, tell, note."""
    assert voce.a is not None
    ultimo = programma.passaggi.order_by("ordine").last()
    passaggio.programma = programma
    passaggio.ordine = 1 if ultimo is None else ultimo.ordine + 1
    passaggio.azione = voce.codice
    passaggio.da_stato = programma.stato
    passaggio.a_stato = voce.a
    passaggio.utente = utente
    passaggio.ruolo = ruolo
    programma.stato = voce.a
    programma.stato_dal = passaggio.il
    controlla(programma)
    programma.save(update_fields=["stato", "stato_dal", "trasmesso_il", "approvato_il"])
    controlla(passaggio)
    passaggio.save()
    avvisa_passaggio(passaggio)
    if voce.a is StatoProgramma.APPROVATO and programma.variazione:
        applica(variazione=programma, passaggio=passaggio)
    if voce in (TRASMISSIONE, APPROVAZIONE):
        congela(programma, passaggio, utente)
    _annota(passaggio)
    return passaggio


def _annota(passaggio: Passaggio) -> None:
    dopo = {
        "Stato": passaggio.get_a_stato_display(),
        "Data": data_estesa(passaggio.il),
        "Atto": "" if passaggio.atto is None else str(passaggio.atto),
        "Protocollo del mittente": passaggio.protocollo_mittente,
        "Protocollo dell'Agenzia": passaggio.protocollo_ricevente,
    }
    annota(
        azione=f"programma.{passaggio.azione}",
        oggetti=[passaggio.programma],
        utente=passaggio.utente,
        ruolo=passaggio.ruolo,
        prima={"Stato": passaggio.get_da_stato_display()},
        dopo={etichetta: testo for etichetta, testo in dopo.items() if testo},
        motivo=passaggio.nota,
    )

"""The procedure up to approval: one declared table of transitions, and the services that walk it.

| action       | from                            | to                     | who                            |
|--------------|---------------------------------|------------------------|--------------------------------|
| trasmissione | bozza or integrazioni richieste | trasmesso              | referente amministrativo       |
| rinvio       | trasmesso                       | integrazioni richieste | referente attività, dirigente  |
| approvazione | trasmesso                       | approvato              | referente attività, dirigente  |
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from distretti.basi.italiano import del_giorno
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Atto, Ruolo, Struttura, TipoAtto, Utente
from distretti.permissions import Persona
from distretti.services import DatiAtto, registra_atto
from programmi.blocco import blocca
from programmi.completezza import completezza
from programmi.errori import ProgrammaIncompleto
from programmi.models import AzionePassaggio, Passaggio, Programma, StatoProgramma
from programmi.permissions import puo_approvare, puo_rinviare, puo_trasmettere

_S = StatoProgramma


@dataclass(frozen=True, slots=True)
class Transizione:
    """A step of the table. ``verbo`` completes "non si può …"; ``puo`` gives the role in which one may."""

    azione: AzionePassaggio
    da: frozenset[StatoProgramma]
    a: StatoProgramma
    verbo: str
    puo: Callable[[Persona, Programma], Ruolo | None]

    def ammessa_da(self, programma: Programma) -> bool:
        """Does the state of ``programma`` allow it?"""
        return programma.stato in self.da


TRASMISSIONE = Transizione(
    AzionePassaggio.TRASMISSIONE,
    frozenset({_S.BOZZA, _S.INTEGRAZIONI_RICHIESTE}),
    _S.TRASMESSO,
    "trasmettere",
    puo_trasmettere,
)
RINVIO = Transizione(
    AzionePassaggio.RINVIO,
    frozenset({_S.TRASMESSO}),
    _S.INTEGRAZIONI_RICHIESTE,
    "rinviare al distretto",
    puo_rinviare,
)
APPROVAZIONE = Transizione(
    AzionePassaggio.APPROVAZIONE,
    frozenset({_S.TRASMESSO}),
    _S.APPROVATO,
    "approvare",
    puo_approvare,
)
TRANSIZIONI = (TRASMISSIONE, RINVIO, APPROVAZIONE)


def azioni_possibili(utente: Persona, programma: Programma) -> list[AzionePassaggio]:
    """The steps ``utente`` may take now: for the buttons of the pages."""
    return [t.azione for t in TRANSIZIONI if t.ammessa_da(programma) and t.puo(utente, programma)]


@transaction.atomic
def trasmetti(
    *,
    programma: Programma,
    utente: Utente,
    il: date,
    delibera: DatiAtto,
    protocollo_mittente: str = "",
    protocollo_ricevente: str = "",
) -> Passaggio:
    """Transmit the programme to the authority on ``il``, with the capofila's delibera on its *Schema*.

    At least one protocol number is needed. Raises ``PermissionDenied``, ``StatoNonAmmesso``,
    ``ProgrammaIncompleto`` (with the list of what is missing) or ``DatiNonValidi`` on the fields ``il``,
    ``protocollo_mittente``, ``delibera_numero``, ``delibera_data``, ``delibera_ente``, ``delibera_file``.
    """
    attuale, ruolo = _comincia(TRASMISSIONE, programma, utente)
    _controlla_giorno(attuale, il)
    if delibera.data > il:
        raise DatiNonValidi({"delibera_data": "La delibera non può essere successiva alla trasmissione."})
    if not (protocollo_mittente.strip() or protocollo_ricevente.strip()):
        raise DatiNonValidi({"protocollo_mittente": "Indica almeno un numero di protocollo."})
    mancanze = completezza(attuale).mancanze
    if mancanze:
        raise ProgrammaIncompleto(mancanze)
    atto = _registra(replace(delibera, ambito=attuale.distretto.codice), "delibera_")
    attuale.trasmesso_il = il
    nuovo = Passaggio(
        il=il,
        atto=atto,
        protocollo_mittente=protocollo_mittente.strip(),
        protocollo_ricevente=protocollo_ricevente.strip(),
    )
    return _concludi(TRASMISSIONE, attuale, nuovo, utente, ruolo)


@transaction.atomic
def rinvia(
    *, programma: Programma, utente: Utente, motivo: str, il: date | None = None, protocollo: str = ""
) -> Passaggio:
    """Send a transmitted programme back to the district: ``motivo`` says what is to mend.

    ``il`` is by default today. Raises ``PermissionDenied``, ``StatoNonAmmesso`` or ``DatiNonValidi`` on the
    fields ``motivo``, ``il``.
    """
    attuale, ruolo = _comincia(RINVIO, programma, utente)
    giorno = il or timezone.localdate()
    _controlla_giorno(attuale, giorno)
    if not motivo.strip():
        raise DatiNonValidi({"motivo": "Spiega che cosa va integrato o corretto."})
    nuovo = Passaggio(il=giorno, nota=motivo.strip(), protocollo_mittente=protocollo.strip())
    return _concludi(RINVIO, attuale, nuovo, utente, ruolo)


@transaction.atomic
def approva(
    *,
    programma: Programma,
    utente: Utente,
    struttura: Struttura,
    numero: str,
    data: date,
    file: "UploadedFile[bytes]",
    riferimento: str = "",
    oggetto: str = "",
) -> Passaggio:
    """Enter the determinazione of ``struttura`` that approves the programme, with its signed file.

    Number, date and reference come from the authority's register of acts. Raises ``PermissionDenied``,
    ``StatoNonAmmesso`` or ``DatiNonValidi`` on the fields ``struttura``,
    ``determinazione_numero``, ``determinazione_data``, ``determinazione_file``.
    """
    attuale, ruolo = _comincia(APPROVAZIONE, programma, utente)
    autorita = attuale.distretto.autorita
    if struttura.autorita_id != autorita.pk:
        raise DatiNonValidi({"struttura": f"La struttura non è di {autorita}."})
    _controlla_giorno(attuale, data, "determinazione_data")
    determinazione = DatiAtto(
        tipo=TipoAtto.DETERMINAZIONE,
        ente=" – ".join(
            nome for nome in (autorita.ente, autorita.denominazione, struttura.denominazione) if nome
        )[:200],
        numero=numero,
        data=data,
        oggetto=oggetto.strip() or f"Approvazione del Programma di lavoro per l'anno {attuale.anno}.",
        riferimento=riferimento.strip(),
        ambito=autorita.codice,
        file=file,
    )
    attuale.approvato_il = data
    nuovo = Passaggio(il=data, atto=_registra(determinazione, "determinazione_"))
    return _concludi(APPROVAZIONE, attuale, nuovo, utente, ruolo)


def _comincia(transizione: Transizione, programma: Programma, utente: Utente) -> tuple[Programma, Ruolo]:
    """Lock the programme, then check who asks and from which state."""
    attuale = blocca(programma)
    ruolo = transizione.puo(utente, attuale)
    if ruolo is None:
        raise PermissionDenied
    if not transizione.ammessa_da(attuale):
        raise StatoNonAmmesso(
            f"Il programma è nello stato «{attuale.get_stato_display()}»: non si può {transizione.verbo}."
        )
    return attuale, ruolo


def _controlla_giorno(programma: Programma, giorno: date, campo: str = "il") -> None:
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


def _registra(dati: DatiAtto, prefisso: str) -> Atto:
    """Keep the act; its errors are told on the fields of the step's form."""
    try:
        return registra_atto(replace(dati, ente=dati.ente.strip()))
    except DatiNonValidi as errore:
        raise DatiNonValidi(
            {f"{prefisso}{campo}" if campo else "": testo for campo, testo in errore.campi.items()}
        ) from errore


def _concludi(
    transizione: Transizione, programma: Programma, passaggio: Passaggio, utente: Utente, ruolo: Ruolo
) -> Passaggio:
    """Write the step and the new state of the programme, already locked."""
    ultimo = programma.passaggi.order_by("ordine").last()
    passaggio.programma = programma
    passaggio.ordine = 1 if ultimo is None else ultimo.ordine + 1
    passaggio.azione = transizione.azione
    passaggio.da_stato = programma.stato
    passaggio.a_stato = transizione.a
    passaggio.utente = utente
    passaggio.ruolo = ruolo
    programma.stato = transizione.a
    controlla(programma)
    programma.save(update_fields=["stato", "trasmesso_il", "approvato_il"])
    controlla(passaggio)
    passaggio.save()
    return passaggio

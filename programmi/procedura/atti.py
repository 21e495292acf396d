"""The steps that an act of the authority makes: the approval, and the refusal."""

from dataclasses import replace
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from distretti.errori import DatiNonValidi
from distretti.models import Atto, Struttura, TipoAtto, Utente
from distretti.services import DatiAtto, registra_atto
from programmi.models import Passaggio, Programma
from programmi.procedura.passi import comincia, concludi, controlla_giorno
from programmi.tabella import APPROVAZIONE, RESPINGIMENTO


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
    dopo: int | None = None,
) -> Passaggio:
    """Enter the determinazione of ``struttura`` that approves the programme, with its signed file.

    Number, date and reference come from the authority's register of acts. Of a variazione the content is
    applied to the programme of the year. Raises ``PermissionDenied``, ``SuperatoNelFrattempo``,
    ``StatoNonAmmesso`` or ``DatiNonValidi`` on the fields ``struttura``, ``determinazione_numero``,
    ``determinazione_data``, ``determinazione_file``.
    """
    attuale, ruolo = comincia(APPROVAZIONE, programma, utente, dopo)
    cosa = "della variazione del" if attuale.variazione else "del"
    determinazione = DatiAtto(
        tipo=TipoAtto.DETERMINAZIONE,
        ente=_ente(attuale, struttura),
        numero=numero,
        data=data,
        oggetto=oggetto.strip() or f"Approvazione {cosa} Programma di lavoro per l'anno {attuale.anno}.",
        riferimento=riferimento.strip(),
        ambito=attuale.distretto.autorita.codice,
        file=file,
    )
    controlla_giorno(attuale, data, "determinazione_data")
    attuale.approvato_il = data
    nuovo = Passaggio(il=data, atto=registra(determinazione, "determinazione_"))
    return concludi(APPROVAZIONE, attuale, nuovo, utente, ruolo)


@transaction.atomic
def respingi(
    *,
    programma: Programma,
    utente: Utente,
    struttura: Struttura,
    numero: str,
    data: date,
    file: "UploadedFile[bytes]",
    nota: str,
    riferimento: str = "",
    oggetto: str = "",
    dopo: int | None = None,
) -> Passaggio:
    """Enter the act of ``struttura`` that does not approve the programme, and why.

    Raises as :func:`approva`; ``DatiNonValidi`` also on ``nota``.
    """
    attuale, ruolo = comincia(RESPINGIMENTO, programma, utente, dopo)
    if not nota.strip():
        raise DatiNonValidi({"nota": "Spiega perché il programma non è approvato."})
    atto = DatiAtto(
        tipo=TipoAtto.DETERMINAZIONE,
        ente=_ente(attuale, struttura),
        numero=numero,
        data=data,
        oggetto=oggetto.strip()
        or f"Programma di lavoro per l'anno {attuale.anno}: provvedimento di non approvazione.",
        riferimento=riferimento.strip(),
        ambito=attuale.distretto.autorita.codice,
        file=file,
    )
    controlla_giorno(attuale, data, "determinazione_data")
    nuovo = Passaggio(il=data, atto=registra(atto, "determinazione_"), nota=nota.strip())
    return concludi(RESPINGIMENTO, attuale, nuovo, utente, ruolo)


def _ente(programma: Programma, struttura: Struttura) -> str:
    autorita = programma.distretto.autorita
    if struttura.autorita_id != autorita.pk:
        raise DatiNonValidi({"struttura": f"La struttura non è di {autorita}."})
    nomi = (autorita.ente, autorita.denominazione, struttura.denominazione)
    return " – ".join(nome for nome in nomi if nome)[:200]


def registra(dati: DatiAtto, prefisso: str) -> Atto:
    """Keep the act; its errors are told on the fields of the step's form."""
    try:
        return registra_atto(replace(dati, ente=dati.ente.strip()))
    except DatiNonValidi as errore:
        raise DatiNonValidi(
            {f"{prefisso}{campo}" if campo else "": testo for campo, testo in errore.campi.items()}
        ) from errore

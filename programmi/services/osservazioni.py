"""Writing an osservazione, replying to it, closing it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Ruolo, Utente
from programmi.avvisi import avvisa, nome_di, persone_con
from programmi.blocco import blocca
from programmi.models import GenereAvviso, Osservazione, Programma, Replica, StatoOsservazione
from programmi.oggetti import Oggetto, leggi_oggetto
from programmi.permissions import puo
from programmi.tabella import CHIUSURA, DEL_DISTRETTO, OSSERVAZIONE, REPLICA, Azione


class OsservazioneChiusa(StatoNonAmmesso):
    """Somebody closed it after the page was opened: what was typed is still the person's to keep."""

    def __init__(self, osservazione: Osservazione) -> None:
        super().__init__(
            f"Nel frattempo {osservazione.chiusa_da} ha chiuso l'osservazione {osservazione.numero}: nulla è "
            "stato scritto."
        )
        self.osservazione = osservazione


@transaction.atomic
def osserva(*, programma: Programma, utente: Utente, oggetto: str, testo: str) -> Osservazione:
    """Write an osservazione on ``oggetto`` (``programmi.oggetti``; "" is the whole programme).

    Raises ``PermissionDenied``, ``StatoNonAmmesso``, ``DatiNonValidi`` on the fields ``oggetto``, ``testo``.
    """
    attuale, ruolo = _comincia(OSSERVAZIONE, programma, utente)
    su, righe = _righe_di(attuale, oggetto)
    ultima = attuale.osservazioni.aggregate(ultima=Max("numero"))["ultima"] or 0
    nuova = Osservazione(
        programma=attuale,
        numero=ultima + 1,
        campo=su.campo,
        oggetto_scritto=su.codice,
        testo=_pulito(testo),
        utente=utente,
        ruolo=ruolo,
        **righe,
    )
    controlla(nuova)
    nuova.save()
    _annota("osservazione.scritta", nuova, utente, ruolo, dopo={"Osservazione": nuova.testo})
    return nuova


@transaction.atomic
def replica(*, osservazione: Osservazione, utente: Utente, testo: str) -> Replica:
    """Reply to an osservazione that is not closed; the replies before stay.

    Raises ``PermissionDenied``, ``StatoNonAmmesso`` (``OsservazioneChiusa``), ``DatiNonValidi`` on ``testo``.
    """
    attuale, ruolo = _comincia(REPLICA, osservazione.programma, utente)
    aperta = _ancora_aperta(osservazione)
    ultima = aperta.repliche.aggregate(ultima=Max("ordine"))["ultima"] or 0
    nuova = Replica(osservazione=aperta, ordine=ultima + 1, testo=_pulito(testo), utente=utente, ruolo=ruolo)
    controlla(nuova)
    nuova.save()
    aperta.stato = StatoOsservazione.REPLICATA
    aperta.save(update_fields=["stato"])
    avvisa(
        genere=GenereAvviso.RISPOSTA,
        programma=attuale,
        a=[aperta.utente, *persone_con(attuale, (Ruolo.REFERENTE_ATTIVITA,))],
        testo=f"{nome_di(attuale)}: il distretto replica all'osservazione {aperta.numero}.",
        chiave=f"replica/{nuova.pk}",
        autore=utente,
        percorso=_elenco(attuale),
    )
    _annota("osservazione.replica", aperta, utente, ruolo, dopo={"Replica": nuova.testo})
    return nuova


@transaction.atomic
def chiudi(*, osservazione: Osservazione, utente: Utente, nota: str = "") -> Osservazione:
    """Say that an osservazione is answered. What is still to mend is a new one.

    Raises ``PermissionDenied`` or ``StatoNonAmmesso`` (``OsservazioneChiusa``).
    """
    attuale, ruolo = _comincia(CHIUSURA, osservazione.programma, utente)
    aperta = _ancora_aperta(osservazione)
    prima = aperta.get_stato_display()
    aperta.stato = StatoOsservazione.CHIUSA
    aperta.chiusa_da, aperta.chiusa_ruolo = utente, ruolo
    aperta.chiusa_alle, aperta.chiusa_nota = timezone.now(), nota.replace("\r\n", "\n").strip()
    controlla(aperta)
    aperta.save()
    avvisa(
        genere=GenereAvviso.RISPOSTA,
        programma=attuale,
        a=persone_con(attuale, DEL_DISTRETTO),
        testo=f"{nome_di(attuale)}: l'osservazione {aperta.numero} è chiusa.",
        chiave=f"osservazione-chiusa/{aperta.pk}",
        autore=utente,
        percorso=_elenco(attuale),
    )
    _annota(
        "osservazione.chiusa",
        aperta,
        utente,
        ruolo,
        prima={"Stato": prima},
        dopo={"Stato": aperta.get_stato_display()},
        motivo=aperta.chiusa_nota,
    )
    return aperta


def _comincia(azione: Azione, programma: Programma, utente: Utente) -> tuple[Programma, Ruolo]:
    """Lock the programme, then check who asks and in which state."""
    attuale = blocca(programma)
    ruolo = puo(azione, utente, attuale)
    if ruolo is None:
        raise PermissionDenied
    if not azione.ammessa_da(attuale):
        raise StatoNonAmmesso(azione.rifiuto(attuale))
    return attuale, ruolo


def _ancora_aperta(osservazione: Osservazione) -> Osservazione:
    """As it is now, under the lock of its programme."""
    attuale = Osservazione.objects.select_related(
        "programma", "progettualita", "indicatore__progettualita", "utente", "chiusa_da"
    ).get(pk=osservazione.pk)
    if not attuale.aperta:
        raise OsservazioneChiusa(attuale)
    return attuale


def _righe_di(programma: Programma, codice: str) -> tuple[Oggetto, dict[str, Any]]:
    """The oggetto, and the row of the programme on which it stands."""
    try:
        oggetto = leggi_oggetto(codice)
    except ValueError as errore:
        raise DatiNonValidi({"oggetto": "Scegli una parte del programma."}) from errore
    if not oggetto.azione:
        return oggetto, {}
    progettualita = None
    if oggetto.progettualita is not None:
        progettualita = programma.progettualita.filter(numero=oggetto.progettualita).first()
    if oggetto.riga is None:
        riga: dict[str, Any] = {"progettualita": progettualita}
    else:
        righe = programma.indicatori.filter(ordine=oggetto.riga)
        numero = oggetto.progettualita
        trovate = righe.obbligatori() if numero is None else righe.filter(progettualita__numero=numero)
        riga = {"indicatore": trovate.first()}
    if None in riga.values():
        raise DatiNonValidi({"oggetto": f"{oggetto.etichetta} non c'è in questo programma."})
    return oggetto, riga


def _elenco(programma: Programma) -> str:
    return reverse("osservazioni", args=[programma.distretto.codice, programma.edizione])


def _pulito(testo: str) -> str:
    if not testo.strip():
        raise DatiNonValidi({"testo": "Scrivi il testo."})
    return testo.replace("\r\n", "\n").strip()


def _annota(azione: str, osservazione: Osservazione, utente: Utente, ruolo: Ruolo, **altro: Any) -> None:
    dopo = {"Numero": str(osservazione.numero), "Su": osservazione.etichetta, **altro.pop("dopo")}
    oggetti = [osservazione.programma]
    annota(azione=azione, oggetti=oggetti, utente=utente, ruolo=ruolo, dopo=dopo, **altro)

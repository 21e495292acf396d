"""The messages: what is unread of one person, gathered once the burst is over, at most once.

A message first *takes* its notices (``preso_alle``, committed), then leaves, then says so
(``spedito_alle``). Killed in between, it is never sent again: a notice lost by mail is still in the product,
where the same words twice would be noise. Only a refusal of the server, which tells that nothing left,
gives the notices back to be tried again.
"""

import smtplib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Max, Min
from django.urls import reverse
from django.utils import timezone

from distretti.models import Utente
from distretti.persone.posta import indirizzo_del_sito
from programmi.models import Avviso, PreferenzaAvvisi

RAFFICA_AL_PIU = timedelta(hours=1)
"""However long a burst goes on, the oldest notice waits no more than this."""

ORA_DEL_RIEPILOGO = 7
"""From this hour the message of the day leaves."""

TENTATIVI = 5
"""Refused so many times, a notice is no longer tried by mail."""

_RIFIUTI = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPHeloError,
    smtplib.SMTPNotSupportedError,
)
"""The server said no: nothing left. After anything else, nobody knows."""


@dataclass
class Spedizione:
    """How many messages left, were refused, or may have left."""

    spediti: int = 0
    rifiutati: int = 0
    incerti: int = 0
    guasti: list[str] = field(default_factory=list)


def spedisci(adesso: datetime) -> Spedizione:
    """Send to each person whose burst is over one message with all that they have not read.

    Raises ``OSError`` or ``SMTPException``, with nothing taken, when the mail server is not there.
    """
    esito = Spedizione()
    pronti = list(_pronti(adesso))
    if not pronti:
        return esito
    posta = get_connection()
    posta.open()
    try:
        for utente in pronti:
            _spedisci_a(utente, adesso, posta, esito)
    finally:
        posta.close()
    return esito


def _pronti(adesso: datetime) -> Iterator[Utente]:
    """Who has something to be told by mail, now."""
    da_spedire = Avviso.objects.da_spedire().filter(
        utente__is_active=True, utente__applicazione=False, tentativi__lt=TENTATIVI
    )
    raffiche = da_spedire.exclude(utente__email="").order_by("utente").values("utente")
    limiti = {
        riga["utente"]: (riga["primo"], riga["ultimo"])
        for riga in raffiche.annotate(primo=Min("creato_alle"), ultimo=Max("creato_alle"))
    }
    riassunti = PreferenzaAvvisi.objects.filter(pk__in=limiti, giornaliero=True)
    ultimi = dict(
        riassunti.annotate(ultimo=Max("utente__avvisi__preso_alle")).order_by().values_list("pk", "ultimo")
    )
    for utente in Utente.objects.filter(pk__in=limiti).order_by("pk"):
        primo, ultimo = limiti[utente.pk]
        if utente.pk in ultimi:
            pronto = _ora_del_riepilogo(adesso, ultimi[utente.pk])
        else:
            quiete = timedelta(minutes=settings.AVVISI_QUIETE)
            pronto = adesso - ultimo >= quiete or adesso - primo >= max(RAFFICA_AL_PIU, quiete)
        if pronto:
            yield utente


def _ora_del_riepilogo(adesso: datetime, ultimo: datetime | None) -> bool:
    """Is it time for the one message of today?"""
    qui = timezone.localtime(adesso)
    oggi_no = ultimo is None or timezone.localtime(ultimo).date() < qui.date()
    return oggi_no and qui.hour >= ORA_DEL_RIEPILOGO


def _spedisci_a(utente: Utente, adesso: datetime, posta: BaseEmailBackend, esito: Spedizione) -> None:
    """Take, send, say so."""
    messaggio = uuid4()
    leggibili = Avviso.objects.leggibili(utente).da_spedire().filter(tentativi__lt=TENTATIVI)
    chiavi = list(leggibili.order_by("pk").values_list("pk", flat=True))
    # The condition is looked at again while each row is written: what another process took stays its own.
    Avviso.objects.da_spedire().filter(pk__in=chiavi).update(messaggio=messaggio, preso_alle=adesso)
    presi = Avviso.objects.filter(messaggio=messaggio)
    avvisi = list(presi.order_by("creato_alle", "pk"))
    if not avvisi:
        return
    try:
        componi(utente, avvisi, posta).send()
    except _RIFIUTI as errore:
        presi.update(messaggio=None, preso_alle=None, tentativi=F("tentativi") + 1)
        esito.rifiutati += 1
        esito.guasti.append(f"utente {utente.pk}: {type(errore).__name__}")
    except (smtplib.SMTPException, OSError) as errore:
        esito.incerti += 1
        esito.guasti.append(f"utente {utente.pk}: {type(errore).__name__}")
        posta.close()
        posta.open()
    else:
        presi.update(spedito_alle=timezone.now())
        esito.spediti += 1


def componi(utente: Utente, avvisi: list[Avviso], posta: BaseEmailBackend | None = None) -> EmailMessage:
    """One message with all of ``avvisi``: plain text, with where each leads."""
    sito = indirizzo_del_sito()
    if len(avvisi) == 1:
        oggetto, inizio = avvisi[0].testo.removesuffix("."), "c'è una novità che ti riguarda"
    else:
        oggetto, inizio = (
            f"{len(avvisi)} novità da leggere",
            f"ci sono {len(avvisi)} novità che ti riguardano",
        )
    righe = ["Buongiorno,", "", f"nel sito dei Distretti famiglia {inizio}:", ""]
    for avviso in avvisi:
        righe += [f"- {avviso.testo}", f"  {sito}{avviso.percorso}", ""]
    righe += [
        f"Tutti gli avvisi: {sito}{reverse('avvisi')}",
        f"Per scegliere che cosa ricevere per posta: {sito}{reverse('avvisi-preferenze')}",
        "",
        "Questo messaggio è automatico: non serve rispondere.",
    ]
    return EmailMessage(
        subject=f"Distretti famiglia: {oggetto}",
        body="\n".join(righe) + "\n",
        to=[utente.email],
        connection=posta,
        headers={"Auto-Submitted": "auto-generated"},
    )

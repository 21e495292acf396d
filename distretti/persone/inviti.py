"""Invitations and lost passwords: a link by mail, good once, with which one chooses a password."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from distretti import tentativi
from distretti.basi import codice_fiscale as cf
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.incarichi import affida_a
from distretti.models import Autorita, Distretto, GenereInvito, Incarico, Invito, Ruolo, Utente
from distretti.models.token import impronta_di
from distretti.persone.permessi import puo_amministrare_account

ORE_DI_RECUPERO = 2
"""A lost password is asked for by who is there now; an invitation waits for the person to read it."""
LUNGHEZZA = 43
"""Of a secret: 256 random bits in base64."""


@dataclass(frozen=True, slots=True)
class Invitata:
    """The role, and the link to send with its secret; None when the person comes in already."""

    incarico: Incarico
    invito: Invito | None = None
    segreto: str | None = None


@transaction.atomic
def invita(
    *,
    nome: str,
    mail: str,
    codice_fiscale: str,
    ruolo: Ruolo,
    dove: Distretto | Autorita,
    dal: date,
    al: date | None,
    da: Utente,
) -> Invitata:
    """Give a role to a person, who is created when nobody has this mail or tax code, and make their link.

    Whether ``da`` may is checked before (``puo_amministrare_persone``). Raises ``DatiNonValidi`` on its own
    arguments.
    """
    utente = _persona(mail.strip().lower(), cf.normalizza(codice_fiscale), nome.strip(), da)
    incarico = affida_a(utente=utente, ruolo=ruolo, dove=dove, dal=dal, al=al, da=da)
    return (
        Invitata(incarico)
        if utente.has_usable_password()
        else Invitata(incarico, *manda(utente=utente, da=da))
    )


def _persona(mail: str, codice: str, nome: str, da: Utente) -> Utente:
    """Who has this mail or this tax code; else a new person, who cannot come in yet."""
    per_mail = Utente.objects.filter(email__iexact=mail).first()
    per_codice = Utente.objects.filter(codice_fiscale=codice).first() if codice else None
    if per_codice is not None and per_codice != per_mail:
        raise DatiNonValidi({"codice_fiscale": "Questo codice fiscale è di una persona con un'altra posta."})
    if per_mail is None:
        utente = Utente(username=mail, email=mail, nome_esteso=nome, codice_fiscale=codice)
        utente.set_unusable_password()
        controlla_persona(utente)
        utente.save()
        return utente
    if per_mail.applicazione or not per_mail.is_active:
        raise DatiNonValidi({"mail": "Questa persona è sospesa: prima va riattivata."})
    if codice and per_mail.codice_fiscale not in ("", codice):
        raise DatiNonValidi({"codice_fiscale": "Questa persona ha già un altro codice fiscale."})
    if codice and not per_mail.codice_fiscale:
        _scrivi_codice(per_mail, codice, da)
    return per_mail


def _scrivi_codice(utente: Utente, codice: str, da: Utente) -> None:
    """Who writes a tax code says who comes in with SPID: not of a person who works for others too."""
    if not puo_amministrare_account(da, utente):
        raise DatiNonValidi(
            {
                "codice_fiscale": "Questa persona ha incarichi anche presso altre autorità: lascia vuoto, il"
                " codice fiscale lo scrive chi amministra il suo accesso."
            }
        )
    utente.codice_fiscale = codice
    controlla_persona(utente)
    utente.save(update_fields=["codice_fiscale"])
    dopo = {"codice fiscale": codice}
    annota(
        azione="persona.dati_corretti", oggetti=[utente], utente=da, prima={"codice fiscale": ""}, dopo=dopo
    )


def controlla_persona(utente: Utente) -> None:
    """``controlla``, with the fields as the forms of the people call them. Raises ``DatiNonValidi``."""
    try:
        controlla(utente)
    except DatiNonValidi as errore:
        nomi = {"email": "mail", "username": "mail", "nome_esteso": "nome"}
        raise DatiNonValidi(
            {nomi.get(campo, campo): testo for campo, testo in errore.campi.items()}
        ) from errore


@transaction.atomic
def manda(
    *, utente: Utente, da: Utente | None, genere: GenereInvito = GenereInvito.INVITO
) -> tuple[Invito, str]:
    """A new link, with its secret: the ones of before are worth nothing. Raises ``StatoNonAmmesso``."""
    utente = Utente.objects.select_for_update(no_key=True).get(pk=utente.pk)
    if not utente.is_active or utente.applicazione:
        raise StatoNonAmmesso("Questa persona è sospesa: prima va riattivata.")
    if genere == GenereInvito.INVITO and utente.has_usable_password():
        raise StatoNonAmmesso("Questa persona ha già scelto la sua password.")
    adesso, segreto = timezone.now(), secrets.token_urlsafe(32)
    utente.inviti.aperti().update(revocato_alle=adesso)
    dura = (
        timedelta(days=settings.GIORNI_DI_INVITO)
        if genere == GenereInvito.INVITO
        else timedelta(hours=ORE_DI_RECUPERO)
    )
    invito = Invito(
        utente=utente,
        genere=genere,
        impronta=impronta_di(segreto),
        mandato_alle=adesso,
        mandato_da=da,
        scade_alle=adesso + dura,
    )
    controlla(invito)
    invito.save()
    annota(azione=f"persona.{genere}_mandato", oggetti=[utente], utente=da)
    return invito, segreto


@transaction.atomic
def revoca(*, utente: Utente, da: Utente) -> None:
    """The link that waits is worth nothing any more. Raises ``StatoNonAmmesso`` when there is none."""
    if not utente.inviti.aperti().update(revocato_alle=timezone.now()):
        raise StatoNonAmmesso("Non c'è nessun invito in attesa.")
    annota(azione="persona.invito_revocato", oggetti=[utente], utente=da)


def trova(segreto: str) -> Invito | None:
    """The link with this secret, whatever it is worth now; looked for by its hash."""
    if len(segreto) != LUNGHEZZA:
        return None
    return Invito.objects.select_related("utente").filter(impronta=impronta_di(segreto)).first()


@transaction.atomic
def scegli_password(*, invito: Invito, password: str) -> Utente:
    """The person has a password from now on, and the link is used. Sessions of before end.

    Raises ``StatoNonAmmesso`` when the link is no longer good, ``DatiNonValidi`` on ``password``.
    """
    utente = Utente.objects.select_for_update(no_key=True).get(pk=invito.utente_id)
    invito = Invito.objects.select_for_update(no_key=True).get(pk=invito.pk)
    if invito.stato != "valido" or not utente.is_active:
        raise StatoNonAmmesso("Il collegamento non vale più.")
    _cambia(utente, password)
    invito.usato_alle = timezone.now()
    invito.save(update_fields=["usato_alle"])
    tentativi.sblocca(utente.username)
    azione = "accettato" if invito.genere == GenereInvito.INVITO else "reimpostata"
    annota(
        azione=f"persona.{'invito' if azione == 'accettato' else 'password'}_{azione}",
        oggetti=[utente],
        utente=utente,
    )
    return utente


@transaction.atomic
def cambia_password(*, utente: Utente, password: str) -> Utente:
    """A new password; every other session of the person ends. Raises ``DatiNonValidi`` on ``password``."""
    utente = Utente.objects.select_for_update(no_key=True).get(pk=utente.pk)
    _cambia(utente, password)
    annota(azione="persona.password_cambiata", oggetti=[utente], utente=utente)
    return utente


def da_recuperare(mail_o_nome: str) -> Utente | None:
    """Who may be sent a link for a lost password: somebody active, with a mail.

    Who never chose one uses the invitation while it is good; one that was revoked is not got back alone.
    """
    cercato = mail_o_nome.strip()
    if not cercato:
        return None
    utenti = Utente.objects.filter(is_active=True, applicazione=False).exclude(email="")
    utente = utenti.filter(email__iexact=cercato).first() or utenti.filter(username=cercato).first()
    if utente is None or utente.has_usable_password():
        return utente
    ultimo = utente.inviti.first()
    if ultimo is None or ultimo.stato in ("scaduto", "usato"):
        return utente
    return utente if ultimo.stato == "valido" and ultimo.genere == GenereInvito.RECUPERO else None


def _cambia(utente: Utente, password: str) -> None:
    try:
        validate_password(password, utente)
    except ValidationError as errore:
        raise DatiNonValidi({"password": " ".join(errore.messages)}) from errore
    utente.set_password(password)
    utente.save(update_fields=["password"])

"""What an administrator does to an account: correct, unlock, suspend, give back, take its second factor away.

Whether they may is checked before (``puo_amministrare_persona``). Everything is noted, with its reason.
"""

from django.db import transaction
from django.utils import timezone

from distretti import tentativi
from distretti.basi import codice_fiscale as cf
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import TokenLettura, Utente
from distretti.persone import fattori
from distretti.persone.dati import cancellata
from distretti.persone.inviti import controlla_persona


@transaction.atomic
def correggi(*, utente: Utente, nome: str, mail: str, codice_fiscale: str, da: Utente) -> Utente:
    """Name, mail, tax code. Who signs in with the mail signs in with the new one.

    A link that was sent to another mail is worth nothing any more: who reads that one is somebody else.

    Raises ``DatiNonValidi`` on its own arguments, ``StatoNonAmmesso`` of oneself, and of who was
    erased.
    """
    _di_un_altro(utente, da)
    utente = _blocca(utente)
    _ancora_qualcuno(utente)
    prima = _dati(utente)
    if utente.email and utente.username == utente.email:
        utente.username = mail.strip().lower()
    utente.nome_esteso, utente.email = nome.strip(), mail.strip().lower()
    utente.codice_fiscale = cf.normalizza(codice_fiscale)
    controlla_persona(utente)
    dopo = _dati(utente)
    if prima != dopo:
        utente.save(update_fields=["username", "nome_esteso", "email", "codice_fiscale"])
        if prima["posta"] != dopo["posta"]:
            utente.inviti.aperti().update(revocato_alle=timezone.now())
        cambiati = [voce for voce in dopo if prima[voce] != dopo[voce]]
        annota(
            azione="persona.dati_corretti",
            oggetti=[utente],
            utente=da,
            prima={voce: prima[voce] for voce in cambiati},
            dopo={voce: dopo[voce] for voce in cambiati},
        )
    return utente


@transaction.atomic
def sospendi(*, utente: Utente, motivo: str, da: Utente) -> Utente:
    """From now on the person cannot come in: sessions, tokens and links end at once, and for good.

    Raises ``DatiNonValidi`` on ``motivo``, ``StatoNonAmmesso`` when suspended already, or of oneself.
    """
    if not motivo.strip():
        raise DatiNonValidi({"motivo": "Scrivi perché l'accesso si sospende."})
    if utente.pk == da.pk:
        raise StatoNonAmmesso("Nessuno sospende sé stesso: lo chiede a un altro amministratore.")
    utente = _blocca(utente)
    if not utente.is_active:
        raise StatoNonAmmesso("L'accesso di questa persona è già sospeso.")
    utente.is_active = False
    utente.sessioni_chiuse += 1
    utente.save(update_fields=["is_active", "sessioni_chiuse"])
    adesso = timezone.now()
    utente.inviti.aperti().update(revocato_alle=adesso)
    token = TokenLettura.objects.filter(incarico__utente=utente, revocato_alle__isnull=True)
    token.update(revocato_alle=adesso, revocato_da=da)
    annota(azione="persona.sospesa", oggetti=[utente], utente=da, motivo=motivo)
    return utente


@transaction.atomic
def riattiva(*, utente: Utente, da: Utente) -> Utente:
    """The person may come in again, with the roles that have not ended. Raises ``StatoNonAmmesso``."""
    utente = _blocca(utente)
    _ancora_qualcuno(utente)
    if utente.is_active:
        raise StatoNonAmmesso("L'accesso di questa persona non è sospeso.")
    utente.is_active = True
    utente.save(update_fields=["is_active"])
    annota(azione="persona.riattivata", oggetti=[utente], utente=da)
    return utente


@transaction.atomic
def sblocca(*, utente: Utente, da: Utente) -> None:
    """End the pause after too many failures. Raises ``StatoNonAmmesso`` when there is none."""
    fermi = tentativi.sblocca(utente.username)
    if not fermi:
        raise StatoNonAmmesso("Questa persona non è ferma per troppi tentativi.")
    annota(azione="persona.sbloccata", oggetti=[utente], utente=da)


@transaction.atomic
def togli_secondo_fattore(*, utente: Utente, motivo: str, da: Utente) -> None:
    """For who lost phone and recovery codes: they add another at the next sign-in. Sessions end.

    Raises ``DatiNonValidi`` on ``motivo``, ``StatoNonAmmesso`` of oneself, or when there is none.
    """
    _di_un_altro(utente, da)
    if not motivo.strip():
        raise DatiNonValidi({"motivo": "Scrivi come hai saputo che a chiederlo è proprio questa persona."})
    utente = _blocca(utente)
    nomi = fattori.togli_tutti(utente)
    if not nomi:
        raise StatoNonAmmesso("Questa persona non ha un secondo fattore.")
    utente.sessioni_chiuse += 1
    utente.save(update_fields=["sessioni_chiuse"])
    prima = {"secondo fattore": ", ".join(nomi)}
    annota(azione="persona.secondo_fattore_tolto", oggetti=[utente], utente=da, prima=prima, motivo=motivo)


@transaction.atomic
def esci_ovunque(*, utente: Utente) -> Utente:
    """Every session of the person ends, the one that asks too (its page keeps it if it wants)."""
    utente = _blocca(utente)
    utente.sessioni_chiuse += 1
    utente.save(update_fields=["sessioni_chiuse"])
    annota(azione="persona.sessioni_chiuse", oggetti=[utente], utente=utente)
    return utente


def _di_un_altro(utente: Utente, da: Utente) -> None:
    """A session left open must not be enough to make an account one's own."""
    if utente.pk == da.pk:
        raise StatoNonAmmesso("Nessuno lo fa sul proprio accesso: lo chiede a un altro amministratore.")


def _ancora_qualcuno(utente: Utente) -> None:
    """What a person did must not become what somebody else did."""
    if cancellata(utente):
        raise StatoNonAmmesso("I dati di questa persona sono stati cancellati: l'accesso non si riusa.")


def _blocca(utente: Utente) -> Utente:
    return Utente.objects.select_for_update(no_key=True).get(pk=utente.pk)


def _dati(utente: Utente) -> dict[str, str]:
    return {
        "nome": utente.nome_esteso,
        "posta": utente.email,
        "nome utente": utente.username,
        "codice fiscale": utente.codice_fiscale,
    }

"""Giving a person a role, ending it, and the account that goes with it."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from distretti.basi.italiano import al_giorno, dal_giorno, il_giorno
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import RUOLI_DI_DISTRETTO, Autorita, Distretto, Incarico, Ruolo, Utente


@transaction.atomic
def affida(
    *,
    nome_utente: str,
    ruolo: Ruolo,
    ambito: str,
    dal: date,
    al: date | None = None,
    nome_esteso: str = "",
    mail: str = "",
) -> tuple[Incarico, bool]:
    """Give ``ruolo`` over ``ambito``, the code of a district or of an authority; tell if the account is new.

    A new account has no password, so nobody can enter with it until one is set. Raises ``DatiNonValidi``,
    ``StatoNonAmmesso`` of who is suspended.
    """
    dove = _ambito_di_codice(ruolo, ambito)
    utente = Utente.objects.filter(username=nome_utente).first()
    nuovo = utente is None
    if utente is None:
        utente = Utente(username=nome_utente, nome_esteso=nome_esteso, email=mail.lower())
        utente.set_unusable_password()
        controlla(utente)
        utente.save()
    if utente.applicazione:
        raise DatiNonValidi({"nome_utente": "È un'applicazione: legge soltanto con un token."})
    return affida_a(utente=utente, ruolo=ruolo, dove=dove, dal=dal, al=al, da=None), nuovo


@transaction.atomic
def affida_a(
    *,
    utente: Utente,
    ruolo: Ruolo,
    dove: Distretto | Autorita,
    dal: date,
    al: date | None,
    da: Utente | None,
) -> Incarico:
    """Give ``utente`` a role from ``dal`` to ``al``. ``da``: who gives it, None for a command.

    Whether ``da`` may is checked before (``puo_amministrare_persone``). Raises ``DatiNonValidi``: also when
    the person already holds the same role, there, on one of those days, and ``StatoNonAmmesso`` when they
    cannot come in, or when they would give it to themselves: who administers would also approve.
    """
    if da is not None and da.pk == utente.pk:
        raise StatoNonAmmesso("Un incarico non si affida a sé stessi: lo affida un altro amministratore.")
    # Two at once do not give it twice.
    utente = Utente.objects.select_for_update(no_key=True).get(pk=utente.pk)
    if not utente.is_active:
        raise StatoNonAmmesso("Questa persona è sospesa: prima va riattivata.")
    ambito = {"distretto": dove} if isinstance(dove, Distretto) else {"autorita": dove}
    incarico = Incarico(utente=utente, ruolo=ruolo, dal=dal, al=al, **ambito)
    controlla(incarico)
    altri = Incarico.objects.filter(utente=utente, ruolo=ruolo, **ambito)
    altri = altri.filter(Q(al__isnull=True) | Q(al__gte=dal))
    altro = (altri if al is None else altri.filter(dal__lte=al)).order_by("dal").first()
    if altro is not None:
        fine = "" if altro.al is None else f" {al_giorno(altro.al)}"
        raise DatiNonValidi({"dal": f"Ha già questo incarico {dal_giorno(altro.dal)}{fine}."})
    incarico.save()
    annota(
        azione="persona.incarico_affidato",
        oggetti=[utente, dove],
        utente=da,
        dopo={"incarico": str(incarico), "periodo": periodo_di(incarico)},
    )
    return incarico


@transaction.atomic
def chiudi_incarico(*, incarico: Incarico, al: date, motivo: str, da: Utente) -> Incarico:
    """From the day after ``al`` the role gives nothing. ``motivo`` stays in the log.

    Whether ``da`` may is checked before. Raises ``DatiNonValidi`` on ``al`` and ``motivo``,
    ``StatoNonAmmesso`` when the role ends before that day already.
    """
    incarico = Incarico.objects.select_for_update(no_key=True, of=("self",)).get(pk=incarico.pk)
    if not motivo.strip():
        raise DatiNonValidi({"motivo": "Scrivi perché l'incarico finisce."})
    if incarico.al is not None and incarico.al <= al:
        raise StatoNonAmmesso(f"L'incarico finisce già {il_giorno(incarico.al)}.")
    prima = periodo_di(incarico)
    incarico.al = al
    controlla(incarico)
    incarico.save(update_fields=["al"])
    dove = incarico.distretto or incarico.autorita
    assert dove is not None
    annota(
        azione="persona.incarico_finito",
        oggetti=[incarico.utente, dove],
        utente=da,
        prima={"incarico": str(incarico), "periodo": prima},
        dopo={"incarico": str(incarico), "periodo": periodo_di(incarico)},
        motivo=motivo,
    )
    return incarico


def periodo_di(incarico: Incarico) -> str:
    """ "dal 1° gennaio 2025 al 31 marzo 2025", "dal 1° gennaio 2025"."""
    fine = "" if incarico.al is None else f" {al_giorno(incarico.al)}"
    return dal_giorno(incarico.dal) + fine


def _ambito_di_codice(ruolo: Ruolo, codice: str) -> Distretto | Autorita:
    trovato: Distretto | Autorita | None
    if ruolo in RUOLI_DI_DISTRETTO:
        trovato, specie = Distretto.objects.filter(codice=codice).first(), "un distretto"
    else:
        trovato, specie = Autorita.objects.filter(codice=codice).first(), "un'autorità"
    if trovato is None:
        raise DatiNonValidi({"ambito": f"«{codice}» non è il codice di {specie}: questo ruolo lo richiede."})
    return trovato

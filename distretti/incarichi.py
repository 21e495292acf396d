"""Giving a person a role, and the account that goes with it."""

from datetime import date

from django.db import transaction

from distretti.controlli import controlla
from distretti.errori import DatiNonValidi
from distretti.models import RUOLI_DI_DISTRETTO, Autorita, Distretto, Incarico, Ruolo, Utente


@transaction.atomic
def affida(
    *, nome_utente: str, ruolo: Ruolo, ambito: str, dal: date, al: date | None = None, nome_esteso: str = ""
) -> tuple[Incarico, bool]:
    """Give ``ruolo`` over ``ambito``, the code of a district or of an authority; tell if the account is new.

    A new account has no password, so nobody can enter with it until one is set. Raises ``DatiNonValidi``.
    """
    dove: dict[str, Distretto | Autorita | None] = (
        {"distretto": Distretto.objects.filter(codice=ambito).first()}
        if ruolo in RUOLI_DI_DISTRETTO
        else {"autorita": Autorita.objects.filter(codice=ambito).first()}
    )
    if None in dove.values():
        specie = "un distretto" if ruolo in RUOLI_DI_DISTRETTO else "un'autorità"
        raise DatiNonValidi({"ambito": f"«{ambito}» non è il codice di {specie}: questo ruolo lo richiede."})
    utente = Utente.objects.filter(username=nome_utente).first()
    nuovo = utente is None
    if utente is None:
        utente = Utente(username=nome_utente, nome_esteso=nome_esteso)
        utente.set_unusable_password()
        controlla(utente)
        utente.save()
    if utente.applicazione:
        raise DatiNonValidi({"nome_utente": "È un'applicazione: legge soltanto con un token."})
    incarico = Incarico(utente=utente, ruolo=ruolo, dal=dal, al=al, **dove)
    controlla(incarico)
    incarico.save()
    return incarico, nuovo

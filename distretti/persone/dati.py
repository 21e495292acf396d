"""The personal data of a person: what is kept, all of it, and how it goes away."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.incarichi import periodo_di
from distretti.models import Evento, Incarico, TokenLettura, Utente
from distretti.persone import fattori
from distretti.registro_eventi import cancella_dati

CANCELLATA = "Persona cancellata"


def cancellata(utente: Utente) -> bool:
    """Were the data of the person erased? Then the account is of nobody, and of nobody else ever again."""
    return utente.username == _nome_di_cancellata(utente)


def in_json(utente: Utente) -> str:
    """Everything that is about ``utente``, for who has the right to ask. No secret is in it."""
    documento = {
        "esportato_alle": _istante(timezone.now()),
        "persona": {
            "nome": utente.nome_esteso,
            "nome_utente": utente.username,
            "posta": utente.email,
            "codice_fiscale": utente.codice_fiscale,
            "creata_alle": _istante(utente.date_joined),
            "ultimo_accesso_alle": _istante(utente.last_login),
            "accesso_sospeso": not utente.is_active,
        },
        "incarichi": [
            {"incarico": str(incarico), "periodo": periodo_di(incarico)}
            for incarico in utente.incarichi.select_related("distretto", "autorita").order_by("dal", "pk")
        ],
        "secondi_fattori": [
            {"nome": fattore.nome, "aggiunto_alle": _istante(fattore.creato_alle)}
            for fattore in fattori.fattori_di(utente)
        ],
        "inviti": [
            {"genere": invito.genere, "mandato_alle": _istante(invito.mandato_alle), "stato": invito.stato}
            for invito in utente.inviti.order_by("mandato_alle", "pk")
        ],
        "token_di_lettura": [
            {"nome": token.nome, "creato_alle": _istante(token.creato_alle)}
            for token in TokenLettura.objects.filter(incarico__utente=utente).order_by("pk")
        ],
        "eventi": [_evento(evento) for evento in _eventi(utente)],
    }
    return json.dumps(documento, ensure_ascii=False, indent=2)


@transaction.atomic
def cancella(*, utente: Utente, motivo: str, da: Utente) -> None:
    """Replace name, mail, tax code and user name; erase what the log tells about the person.

    Rows that point to the person stay, and point to nobody anyone can name. Raises ``DatiNonValidi`` on
    ``motivo``, ``StatoNonAmmesso`` while a role has not ended, or of oneself.
    """
    if not motivo.strip():
        raise DatiNonValidi({"motivo": "Scrivi perché i dati si cancellano."})
    if utente.pk == da.pk:
        raise StatoNonAmmesso("Nessuno cancella i propri dati: lo chiede a un altro amministratore.")
    utente = Utente.objects.select_for_update(no_key=True).get(pk=utente.pk)
    in_corso = Incarico.objects.filter(Q(al__isnull=True) | Q(al__gte=timezone.localdate()), utente=utente)
    if in_corso.exists():
        raise StatoNonAmmesso("Ha ancora incarichi non finiti: prima chiudili, da domani si potrà.")
    _sostituisci(utente)
    adesso = timezone.now()
    utente.inviti.aperti().update(revocato_alle=adesso)
    token = TokenLettura.objects.filter(incarico__utente=utente, revocato_alle__isnull=True)
    token.update(revocato_alle=adesso, revocato_da=da)
    fattori.togli_tutti(utente)
    eventi = Evento.objects.che_riguardano(utente.riferimento_evento)
    for evento in list(eventi.filter(dati__cancellati_alle__isnull=True).order_by("numero")):
        cancella_dati(evento=evento, motivo=motivo, utente=da)
    annota(azione="persona.dati_cancellati", oggetti=[utente], utente=da, motivo=motivo)


def _sostituisci(utente: Utente) -> None:
    utente.username = _nome_di_cancellata(utente)
    utente.nome_esteso = CANCELLATA
    utente.first_name = utente.last_name = utente.email = utente.codice_fiscale = ""
    utente.last_login = None
    utente.is_active = False
    utente.sessioni_chiuse += 1
    utente.set_unusable_password()
    utente.save()


def _nome_di_cancellata(utente: Utente) -> str:
    return f"persona-cancellata-{utente.pk}"


def _eventi(utente: Utente) -> list[Evento]:
    suoi = Q(utente=utente) | Q(oggetti__riferimento=utente.riferimento_evento)
    return list(Evento.objects.filter(suoi).distinct().order_by("numero"))


def _evento(evento: Evento) -> dict[str, Any]:
    return {"numero": evento.numero, "alle": _istante(evento.alle), "azione": evento.azione}


def _istante(momento: datetime | None) -> str | None:
    return None if momento is None else timezone.localtime(momento).isoformat(timespec="seconds")

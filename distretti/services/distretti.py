"""The life of a district: beginning, constitution, names, lead body, end. Its code never changes."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from distretti.basi.italiano import dal_giorno, data_estesa
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.istantanee import istantanea_distretto
from distretti.models import (
    AnnotazioneDistretto,
    Atto,
    AttoAnnotato,
    Autorita,
    CampoAnnotato,
    Distretto,
    StatoDistretto,
    TipoDistretto,
    Utente,
)
from distretti.services.atti import DatiAtto, registra_atto_di
from distretti.services.blocco import blocca_distretto

Atti = Mapping[str, DatiAtto]
"""Acts to keep with an annotation, each by the prefix of its fields in the form."""

_APERTI = (StatoDistretto.IN_COSTITUZIONE, StatoDistretto.ATTIVO)


@transaction.atomic
def crea_distretto(
    *,
    autorita: Autorita,
    denominazione: str,
    tipo: TipoDistretto,
    il: date,
    capofila: str = "",
    codice: str = "",
    utente: Utente | None = None,
) -> Distretto:
    """A district *in costituzione* since ``il``. Without ``codice`` its address is made from the name.

    Raises ``DatiNonValidi``, also for a code that is taken.
    """
    _non_nel_futuro(il)
    denominazione = " ".join(denominazione.split())
    distretto = Distretto(
        autorita=autorita,
        codice=codice or slugify(denominazione)[:90].strip("-"),
        denominazione=denominazione,
        tipo=tipo,
        stato=StatoDistretto.IN_COSTITUZIONE,
        capofila=capofila.strip(),
    )
    controlla(distretto)
    distretto.save()
    AnnotazioneDistretto.objects.create(
        distretto=distretto, campo=CampoAnnotato.STATO, il=il, prima="", dopo=distretto.stato
    )
    dopo = {**istantanea_distretto(distretto), "Dal": data_estesa(il)}
    annota(azione="distretto.creazione", oggetti=[distretto], utente=utente, dopo=dopo)
    return distretto


@transaction.atomic
def costituisci(*, distretto: Distretto, il: date, atti: Atti, utente: Utente | None = None) -> Distretto:
    """*Attivo* from ``il``, the day on which the agreement was signed.

    Raises ``StatoNonAmmesso`` unless it is *in costituzione*, ``DatiNonValidi``.
    """
    distretto = blocca_distretto(distretto)
    if distretto.stato != StatoDistretto.IN_COSTITUZIONE:
        raise StatoNonAmmesso(f"Il distretto risulta già {distretto.get_stato_display()}.")
    prima = istantanea_distretto(distretto)
    if distretto.anno_nascita is None:
        distretto.anno_nascita = il.year
    citati = _cambia(distretto, CampoAnnotato.STATO, StatoDistretto.ATTIVO, il, atti)
    _racconta("distretto.costituzione", distretto, prima, il, citati, utente=utente)
    return distretto


@transaction.atomic
def rinomina(
    *,
    distretto: Distretto,
    denominazione: str,
    il: date,
    atti: Atti,
    motivo: str = "",
    utente: Utente | None = None,
) -> Distretto:
    """Called ``denominazione`` from ``il``; the old name stays with its days, and the address as it is.

    Raises ``DatiNonValidi``, also when that is its name already.
    """
    distretto = blocca_distretto(distretto)
    prima = istantanea_distretto(distretto)
    nome = " ".join(denominazione.split())
    citati = _cambia(distretto, CampoAnnotato.DENOMINAZIONE, nome, il, atti, motivo)
    _racconta("distretto.denominazione", distretto, prima, il, citati, motivo, utente)
    return distretto


@transaction.atomic
def cambia_capofila(
    *,
    distretto: Distretto,
    capofila: str,
    il: date,
    atti: Atti,
    motivo: str = "",
    utente: Utente | None = None,
) -> Distretto:
    """Led by ``capofila`` from ``il``. Raises ``DatiNonValidi``, also when that is its lead body already."""
    distretto = blocca_distretto(distretto)
    prima = istantanea_distretto(distretto)
    ente = " ".join(capofila.split())
    citati = _cambia(distretto, CampoAnnotato.CAPOFILA, ente, il, atti, motivo)
    _racconta("distretto.capofila", distretto, prima, il, citati, motivo, utente)
    return distretto


@transaction.atomic
def chiudi(
    *,
    distretto: Distretto,
    stato: StatoDistretto,
    il: date,
    atti: Atti,
    motivo: str,
    utente: Utente | None = None,
) -> Distretto:
    """*Revocato* or *cessato* from ``il``: the memberships in force end the day before, by the same act.

    Raises ``StatoNonAmmesso`` when it is no more already, ``DatiNonValidi``, also for memberships that
    begin on that day or later.
    """
    distretto = blocca_distretto(distretto)
    if distretto.stato not in _APERTI:
        raise StatoNonAmmesso(f"Il distretto risulta già {distretto.get_stato_display()}.")
    prima = istantanea_distretto(distretto)
    citati = _cambia(distretto, CampoAnnotato.STATO, stato, il, atti, motivo)
    finite = _finisci_adesioni(distretto, il, next(iter(citati), None), motivo)
    altro = {"Adesioni finite": str(finite)} if finite else {}
    _racconta("distretto.chiusura", distretto, prima, il, citati, motivo, utente, altro)
    return distretto


def _cambia(
    distretto: Distretto, campo: CampoAnnotato, dopo: str, il: date, atti: Atti, motivo: str = ""
) -> list[Atto]:
    """Write the field and the annotation that says since when; give the acts it stands on."""
    _non_nel_futuro(il)
    if not dopo:
        raise DatiNonValidi({campo: "Questo campo è obbligatorio."})
    ultima = distretto.annotazioni.filter(campo=campo).order_by("il", "pk").last()
    if ultima is not None and il < ultima.il:
        raise DatiNonValidi(
            {"il": f"Il registro dice già «{ultima.dopo_in_parole}» {dal_giorno(ultima.il)}."}
        )
    prima = getattr(distretto, campo)
    if prima == dopo:
        raise DatiNonValidi({campo: "È già quello del registro."})
    setattr(distretto, campo, dopo)
    controlla(distretto)
    distretto.save()
    annotazione = AnnotazioneDistretto(
        distretto=distretto, campo=campo, il=il, prima=prima, dopo=dopo, motivo=motivo.strip()
    )
    controlla(annotazione)
    annotazione.save()
    registrati = [registra_atto_di(dati, prefisso) for prefisso, dati in atti.items()]
    citati = [atto for atto in registrati if atto is not None]
    AttoAnnotato.objects.bulk_create(
        AttoAnnotato(annotazione=annotazione, atto=atto, ordine=ordine) for ordine, atto in enumerate(citati)
    )
    return citati


def _finisci_adesioni(distretto: Distretto, il: date, atto: Atto | None, motivo: str) -> int:
    aperte = distretto.adesioni.alla_data(il)
    tardive = distretto.adesioni.filter(dal__gte=il)
    if tardive.exists():
        raise DatiNonValidi({"il": "Da questo giorno in poi comincia qualche adesione: correggila prima."})
    return aperte.update(
        al=il - timedelta(days=1), atto_cancellazione=atto, motivo_cancellazione=motivo.strip()
    )


def _non_nel_futuro(il: date) -> None:
    if il > timezone.localdate():
        raise DatiNonValidi({"il": "Il giorno non può essere nel futuro."})


def _racconta(
    azione: str,
    distretto: Distretto,
    prima: Mapping[str, str],
    il: date,
    atti: list[Atto],
    motivo: str = "",
    utente: Utente | None = None,
    altro: Mapping[str, str] | None = None,
) -> None:
    dopo = {**istantanea_distretto(distretto), "Dal": data_estesa(il), **(altro or {})}
    if atti:
        dopo["Atti"] = "\n".join(f"{atto}, {atto.ente}" for atto in atti)
    annota(azione=azione, oggetti=[distretto], utente=utente, prima=prima, dopo=dopo, motivo=motivo)

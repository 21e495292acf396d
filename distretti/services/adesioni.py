"""Memberships: who enters a district, who leaves it."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from distretti.basi.italiano import al_giorno, dal_giorno, data_estesa, il_giorno
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Adesione, Atto, Distretto, Organizzazione, StatoDistretto, Utente
from distretti.services.atti import DatiAtto, registra_atto_di
from distretti.services.blocco import blocca_distretto

CHIUSI = (StatoDistretto.CESSATO, StatoDistretto.REVOCATO)
"""A district that is no more has no members to take in."""


@transaction.atomic
def registra_adesione(
    *,
    distretto: Distretto,
    organizzazione: Organizzazione,
    dal: date,
    al: date | None = None,
    atto: Atto | DatiAtto | None = None,
    utente: Utente | None = None,
) -> Adesione:
    """Enter in the register that ``organizzazione`` belongs to ``distretto`` from ``dal`` to ``al``.

    Whether the caller may is checked before (``puo_tenere_registro``). Raises ``DatiNonValidi`` for dates
    that make no sense and for a period that shares a day with another membership of the same organisation
    in the district: also when two enter it together, as the district's row is locked. Raises
    ``StatoNonAmmesso`` when the district is no more.
    """
    distretto = blocca_distretto(distretto)
    controlla_aperto(distretto)
    adesione = Adesione(
        distretto=distretto,
        organizzazione=organizzazione,
        dal=dal,
        al=al,
        ordine=_prossimo_posto(distretto),
    )
    controlla_periodo(adesione)
    adesione.atto = atto if isinstance(atto, Atto) else registra_atto_di(atto, "atto")
    controlla(adesione)
    adesione.save()
    if not organizzazione.adesioni.exclude(pk=adesione.pk).exists():
        organizzazione.certificazioni.update()  # in the public register from now on, with its marks
    annota(
        azione="adesione.registrazione",
        oggetti=[organizzazione, distretto],
        utente=utente,
        dopo=adesione_in_parole(adesione),
    )
    return adesione


def controlla_aperto(distretto: Distretto) -> None:
    """Raise ``StatoNonAmmesso`` when the district is no more."""
    if distretto.stato in CHIUSI:
        raise StatoNonAmmesso(f"Il distretto risulta {distretto.get_stato_display()}: non ha più aderenti.")


def controlla_periodo(adesione: Adesione) -> None:
    """Raise ``DatiNonValidi`` for days to come, and for a day that another membership already has."""
    if adesione.dal > timezone.localdate():
        raise DatiNonValidi({"dal": "L'adesione non può cominciare nel futuro."})
    altra = Adesione.objects.sovrapposte_a(adesione).order_by("dal").first()
    if altra is not None:
        raise DatiNonValidi({"dal": _messaggio_sovrapposta(altra)})


@transaction.atomic
def cancella_adesione(
    *,
    adesione: Adesione,
    al: date,
    motivo: str = "",
    atto: DatiAtto | None = None,
    utente: Utente | None = None,
) -> Adesione:
    """The organisation belongs to the district until ``al`` included; the membership stays in the history.

    Raises ``StatoNonAmmesso`` when somebody cancelled it meanwhile; ``DatiNonValidi`` for a day before its
    beginning or to come, and for a cancellation with neither an act nor a reason.
    """
    blocca_distretto(adesione.distretto)
    adesione = Adesione.objects.select_related("distretto", "organizzazione").get(pk=adesione.pk)
    if adesione.al is not None:
        raise StatoNonAmmesso(f"L'adesione risulta già finita {al_giorno(adesione.al)}.")
    if al > timezone.localdate():
        raise DatiNonValidi({"al": "L'ultimo giorno di adesione non può essere nel futuro."})
    if al < adesione.dal:
        raise DatiNonValidi({"al": f"L'adesione comincia {il_giorno(adesione.dal)}: non può finire prima."})
    if not motivo.strip() and atto is None:
        raise DatiNonValidi({"motivo": "Indica il motivo della cancellazione, o l'atto che la dispone."})
    prima = adesione_in_parole(adesione)
    adesione.al, adesione.motivo_cancellazione = al, motivo.strip()
    adesione.atto_cancellazione = registra_atto_di(atto, "atto")
    controlla(adesione)
    adesione.save()
    annota(
        azione="adesione.cancellazione",
        oggetti=[adesione.organizzazione, adesione.distretto],
        utente=utente,
        prima=prima,
        dopo=adesione_in_parole(adesione),
        motivo=motivo.strip(),
    )
    return adesione


def adesione_in_parole(adesione: Adesione) -> dict[str, str]:
    """What the history tells of a membership."""
    parole = {
        "Organizzazione": adesione.organizzazione.denominazione,
        "Distretto": adesione.distretto.denominazione,
        "Aderente dal": data_estesa(adesione.dal),
        "Fino al": data_estesa(adesione.al) if adesione.al else "tuttora aderente",
    }
    if adesione.atto is not None:
        parole["Atto"] = str(adesione.atto)
    if adesione.atto_cancellazione is not None:
        parole["Atto della cancellazione"] = str(adesione.atto_cancellazione)
    return parole


def _prossimo_posto(distretto: Distretto) -> int:
    ultimo = distretto.adesioni.aggregate(ultimo=Max("ordine"))["ultimo"]
    return (ultimo or 0) + 1


def _messaggio_sovrapposta(altra: Adesione) -> str:
    fine = "ed è tuttora aderente" if altra.al is None else al_giorno(altra.al)
    return (
        f"{altra.organizzazione} risulta già aderente {dal_giorno(altra.dal)} {fine}: "
        "due adesioni non possono sovrapporsi."
    )

"""Marks: granted, completed, renewed, revoked."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from distretti.basi.italiano import il_giorno
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.istantanee import istantanea_certificazione
from distretti.models import Certificazione, Marchio, Organizzazione, Utente
from distretti.services.atti import DatiAtto, registra_atto_di
from distretti.services.blocco import blocca_organizzazioni
from distretti.versioni import controlla_versione


@dataclass(frozen=True, slots=True)
class DatiCertificazione:
    """A mark as its register has it; what the source does not say is empty."""

    livello: str = ""
    numero: str = ""
    dal: date | None = None
    al: date | None = None


@transaction.atomic
def registra_certificazione(
    *,
    organizzazione: Organizzazione,
    marchio: Marchio,
    dati: DatiCertificazione,
    atto: DatiAtto | None = None,
    utente: Utente | None = None,
) -> Certificazione:
    """``organizzazione`` holds ``marchio``.

    Raises ``DatiNonValidi``: also when it already holds that mark on one of those days.
    """
    blocca_organizzazioni([organizzazione.pk])
    certificazione = Certificazione(organizzazione=organizzazione, marchio=marchio)
    _riempi(certificazione, dati, atto)
    certificazione.save()
    _racconta("certificazione.rilascio", certificazione, {}, utente)
    return certificazione


@transaction.atomic
def modifica_certificazione(
    *,
    certificazione: Certificazione,
    dati: DatiCertificazione,
    atto: DatiAtto | None = None,
    versione: str | None = None,
    utente: Utente | None = None,
) -> Certificazione:
    """Write what was missing or mistaken. Raises ``ModificatoNelFrattempo``, ``DatiNonValidi``."""
    certificazione = _bloccata(certificazione)
    prima = istantanea_certificazione(certificazione)
    controlla_versione(prima, versione)
    _riempi(certificazione, dati, atto)
    certificazione.save()
    if istantanea_certificazione(certificazione) != prima:
        _racconta("certificazione.modifica", certificazione, prima, utente)
    return certificazione


@transaction.atomic
def rinnova_certificazione(
    *,
    certificazione: Certificazione,
    dati: DatiCertificazione,
    atto: DatiAtto | None = None,
    utente: Utente | None = None,
) -> Certificazione:
    """A new one from ``dati.dal``; the old one ends the day before, if it did not end by itself.

    Raises ``StatoNonAmmesso`` for one that was revoked, ``DatiNonValidi``.
    """
    vecchia = _bloccata(certificazione)
    if vecchia.revocata_il is not None:
        raise StatoNonAmmesso(f"Il marchio risulta revocato {il_giorno(vecchia.revocata_il)}.")
    if dati.dal is None:
        raise DatiNonValidi({"dal": "Indica da quando vale il rinnovo."})
    if vecchia.dal is not None and dati.dal <= vecchia.dal:
        raise DatiNonValidi({"dal": "Il rinnovo comincia dopo il marchio che rinnova."})
    prima = istantanea_certificazione(vecchia)
    if vecchia.al is None or vecchia.al >= dati.dal:
        vecchia.al = dati.dal - timedelta(days=1)
        controlla(vecchia)
        vecchia.save()
    nuova = Certificazione(organizzazione=vecchia.organizzazione, marchio=vecchia.marchio)
    _riempi(nuova, dati, atto)
    nuova.save()
    _racconta("certificazione.rinnovo", nuova, prima, utente)
    return nuova


@transaction.atomic
def revoca_certificazione(
    *,
    certificazione: Certificazione,
    il: date,
    motivo: str = "",
    atto: DatiAtto | None = None,
    utente: Utente | None = None,
) -> Certificazione:
    """Not valid any more from ``il``. Raises ``StatoNonAmmesso`` when it was revoked, ``DatiNonValidi``."""
    certificazione = _bloccata(certificazione)
    if certificazione.revocata_il is not None:
        raise StatoNonAmmesso(f"Il marchio risulta già revocato {il_giorno(certificazione.revocata_il)}.")
    if il > timezone.localdate():
        raise DatiNonValidi({"il": "La revoca non può essere nel futuro."})
    if certificazione.dal is not None and il < certificazione.dal:
        raise DatiNonValidi({"il": "La revoca non può venire prima del rilascio."})
    if not motivo.strip() and atto is None:
        raise DatiNonValidi({"motivo": "Indica il motivo della revoca, o l'atto che la dispone."})
    prima = istantanea_certificazione(certificazione)
    certificazione.revocata_il, certificazione.motivo_revoca = il, motivo.strip()
    certificazione.atto_revoca = registra_atto_di(atto, "atto")
    controlla(certificazione)
    certificazione.save()
    _racconta("certificazione.revoca", certificazione, prima, utente, motivo)
    return certificazione


def _bloccata(certificazione: Certificazione) -> Certificazione:
    blocca_organizzazioni([certificazione.organizzazione_id])
    tutte = Certificazione.objects.select_related("organizzazione", "marchio", "atto")
    return tutte.get(pk=certificazione.pk)


def _riempi(certificazione: Certificazione, dati: DatiCertificazione, atto: DatiAtto | None) -> None:
    certificazione.livello, certificazione.numero = dati.livello.strip(), dati.numero.strip()
    certificazione.dal, certificazione.al = dati.dal, dati.al
    if dati.dal is not None and dati.dal > timezone.localdate():
        raise DatiNonValidi({"dal": "Un marchio non può cominciare nel futuro."})
    if _nello_stesso_giorno(certificazione):
        raise DatiNonValidi(
            {"dal": "L'organizzazione ha già questo marchio in questi giorni: rinnova o correggi quello."}
        )
    if atto is not None:
        certificazione.atto = registra_atto_di(atto, "atto")
    controlla(certificazione)


def _nello_stesso_giorno(certificazione: Certificazione) -> bool:
    """Is there another one of that mark, in force on one of its days? A date not known is no limit."""
    altre = Certificazione.objects.filter(
        organizzazione=certificazione.organizzazione, marchio=certificazione.marchio
    ).exclude(pk=certificazione.pk)
    if certificazione.dal is not None:
        altre = altre.filter(Q(al__isnull=True) | Q(al__gte=certificazione.dal)).filter(
            Q(revocata_il__isnull=True) | Q(revocata_il__gt=certificazione.dal)
        )
    if certificazione.al is not None:
        altre = altre.filter(Q(dal__isnull=True) | Q(dal__lte=certificazione.al))
    return altre.exists()


def _racconta(
    azione: str,
    certificazione: Certificazione,
    prima: object,
    utente: Utente | None,
    motivo: str = "",
) -> None:
    assert isinstance(prima, dict)
    annota(
        azione=azione,
        oggetti=[certificazione.organizzazione, certificazione.marchio],
        utente=utente,
        prima=prima,
        dopo=istantanea_certificazione(certificazione),
        motivo=motivo,
    )

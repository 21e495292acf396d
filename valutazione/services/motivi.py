"""The reasons of an authority for rejecting: added and ended, never changed nor deleted."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from distretti.basi.italiano import dal_giorno
from distretti.controlli import controlla
from distretti.errori import StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Autorita, Ruolo, Utente
from distretti.permissions import Persona, incarichi_di
from valutazione.models import MotivoVerifica

TENGONO = (Ruolo.REFERENTE_ATTIVITA, Ruolo.DIRIGENTE, Ruolo.SOSTITUTO, Ruolo.AMMINISTRATORE)


def puo_vedere_motivi(utente: Persona, autorita: Autorita) -> bool:
    """Who works for the authority."""
    return any(incarico.autorita_id == autorita.pk for incarico in incarichi_di(utente))


def puo_tenere_motivi(utente: Persona, autorita: Autorita) -> Ruolo | None:
    """The role in which ``utente`` keeps the reasons of ``autorita``."""
    ruoli = (Ruolo(i.ruolo) for i in incarichi_di(utente) if i.autorita_id == autorita.pk)
    return next((ruolo for ruolo in ruoli if ruolo in TENGONO), None)


@transaction.atomic
def aggiungi_motivo(*, autorita: Autorita, codice: str, testo: str, utente: Utente) -> MotivoVerifica:
    """A new reason. Raises ``PermissionDenied``, ``DatiNonValidi`` on ``codice``, ``testo``."""
    ruolo = _ruolo(utente, autorita)
    # Two at once do not make two of the same: the second meets the first.
    Autorita.objects.select_for_update(no_key=True).get(pk=autorita.pk)
    motivo = MotivoVerifica(autorita=autorita, codice=codice.strip(), testo=testo.strip().rstrip("."))
    controlla(motivo)
    motivo.save()
    annota(
        azione="motivo.aggiunta",
        oggetti=[autorita],
        utente=utente,
        ruolo=ruolo,
        dopo={"Codice": motivo.codice, "Testo": motivo.testo},
    )
    return motivo


@transaction.atomic
def cessa_motivo(*, motivo: MotivoVerifica, utente: Utente) -> MotivoVerifica:
    """From today it is chosen no more; the decisions that gave it keep it.

    Raises ``PermissionDenied``, ``StatoNonAmmesso`` when it had ended already.
    """
    ruolo = _ruolo(utente, motivo.autorita)
    attuale = (
        MotivoVerifica.objects.select_for_update(no_key=True, of=("self",))
        .select_related("autorita")
        .get(pk=motivo.pk)
    )
    if attuale.cessato_il is not None:
        raise StatoNonAmmesso("Questo motivo non si sceglie già più.")
    oggi: date = timezone.localdate()
    attuale.cessato_il = oggi
    controlla(attuale)
    attuale.save(update_fields=["cessato_il"])
    annota(
        azione="motivo.cessazione",
        oggetti=[attuale.autorita],
        utente=utente,
        ruolo=ruolo,
        prima={"Codice": attuale.codice, "Testo": attuale.testo},
        dopo={"non si sceglie più": dal_giorno(oggi)},
    )
    return attuale


def _ruolo(utente: Utente, autorita: Autorita) -> Ruolo:
    ruolo = puo_tenere_motivi(utente, autorita)
    if ruolo is None:
        raise PermissionDenied
    return ruolo

"""What is due of each programme and when, and the writes on the deadlines of an authority."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from distretti.basi.italiano import dal_giorno, il_giorno
from distretti.controlli import controlla
from distretti.errori import StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Autorita, Ruolo, Utente
from distretti.permissions import Persona, incarichi_di
from distretti.versioni import controlla_versione
from programmi.models import Programma, Scadenza

TENGONO = (Ruolo.REFERENTE_ATTIVITA, Ruolo.AMMINISTRATORE)
CAMPI = ("anno", "azione", "giorno", "stato", "giorni", "preavviso", "sollecito", "fonte")


@dataclass(frozen=True, slots=True)
class Termine:
    """A deadline of one programme: the last day, and how many days there are to it (negative: past)."""

    scadenza: Scadenza
    giorno: date
    mancano: int

    @property
    def passato(self) -> bool:
        return self.mancano < 0

    @property
    def testo(self) -> str:
        """ "trasmissione all'Agenzia: il termine scade il 30 aprile 2026, fra 12 giorni" """
        return f"{self.scadenza.cosa}: il termine {self._quando}"

    @property
    def _quando(self) -> str:
        giorni, il = self.mancano, il_giorno(self.giorno)
        if giorni < 0:
            return f"è scaduto ieri, {il}" if giorni == -1 else f"è scaduto da {-giorni} giorni, {il}"
        if giorni < 2:
            return f"scade {'domani' if giorni else 'oggi'}, {il}"
        return f"scade {il}, fra {giorni} giorni"

    @property
    def in_un_testo(self) -> str:
        """As a notice read on another day says it: with the day, not with how far it is."""
        scade = "è scaduto" if self.passato else "scade"
        return f"{self.scadenza.cosa}, il termine {scade} {il_giorno(self.giorno)}"

    @property
    def passo_del_promemoria(self) -> str:
        """Which reminder is due today: "prima", "dopo", or "" for none."""
        prima, dopo = self.scadenza.preavviso, self.scadenza.sollecito
        if prima is not None and 0 <= self.mancano <= prima:
            return "prima"
        return "dopo" if dopo is not None and -self.mancano >= dopo else ""


def termini_di(programma: Programma, scadenze: Iterable[Scadenza], oggi: date) -> list[Termine]:
    """The deadlines, among ``scadenze`` of its authority and year, that wait for it: the nearest first."""
    termini = []
    for scadenza in scadenze:
        giorno = scadenza.dovuta(
            stato=programma.stato, stato_dal=programma.stato_dal, variazione=programma.variazione
        )
        if giorno is not None:
            termini.append(Termine(scadenza, giorno, (giorno - oggi).days))
    return sorted(termini, key=lambda t: (t.giorno, t.scadenza.pk))


def scadenze_per(programmi: Iterable[Programma], oggi: date) -> dict[int, list[Termine]]:
    """What is due of each of ``programmi`` (by primary key), in one query."""
    programmi = list(programmi)
    anni: dict[int, set[int]] = defaultdict(set)
    for programma in programmi:
        anni[programma.distretto.autorita_id].add(programma.anno)
    condizione = Q(pk__in=[])
    for autorita, di_anni in anni.items():
        condizione |= Q(autorita=autorita, anno__in=di_anni)
    trovate: dict[tuple[int, int], list[Scadenza]] = defaultdict(list)
    for scadenza in Scadenza.objects.in_vigore(oggi).filter(condizione):
        trovate[scadenza.autorita_id, scadenza.anno].append(scadenza)
    return {p.pk: termini_di(p, trovate.get((p.distretto.autorita_id, p.anno), ()), oggi) for p in programmi}


def puo_vedere_scadenze(utente: Persona, autorita: Autorita) -> bool:
    """Who works for the authority; the districts see what is due of their own programmes."""
    return any(i.autorita_id == autorita.pk for i in incarichi_di(utente))


def puo_tenere_scadenze(utente: Persona, autorita: Autorita) -> Ruolo | None:
    """The role in which ``utente`` enters, changes and ends the deadlines of ``autorita``."""
    ruoli = (Ruolo(i.ruolo) for i in incarichi_di(utente) if i.autorita_id == autorita.pk)
    return next((ruolo for ruolo in ruoli if ruolo in TENGONO), None)


@transaction.atomic
def salva_scadenza(
    *,
    autorita: Autorita,
    utente: Utente,
    dati: Mapping[str, Any],
    scadenza: Scadenza | None = None,
    versione: str = "",
) -> Scadenza:
    """Enter a deadline of ``autorita`` (the values of :data:`CAMPI`), or change ``scadenza``.

    Raises ``PermissionDenied``, ``DatiNonValidi``, ``StatoNonAmmesso`` for one that holds no more,
    ``ModificatoNelFrattempo``.
    """
    ruolo = _ruolo(utente, autorita)
    # Two at once do not make two of the same: the second meets the first.
    Autorita.objects.select_for_update(no_key=True).get(pk=autorita.pk)
    attuale = Scadenza(autorita=autorita) if scadenza is None else _in_vigore(scadenza)
    prima = {} if scadenza is None else attuale.valori()
    if scadenza is not None:
        controlla_versione(prima, versione)
    for campo in CAMPI:
        setattr(attuale, campo, dati[campo])
    controlla(attuale)
    attuale.save()
    azione = "scadenza.modifica" if prima else "scadenza.aggiunta"
    annota(azione=azione, oggetti=[autorita], utente=utente, ruolo=ruolo, prima=prima, dopo=attuale.valori())
    return attuale


@transaction.atomic
def cessa_scadenza(*, scadenza: Scadenza, utente: Utente, dal: date, perche: str) -> Scadenza:
    """From ``dal`` the deadline holds no more, by the act or for the reason ``perche``.

    Raises ``PermissionDenied``, ``DatiNonValidi`` or, where it had ended already, ``StatoNonAmmesso``.
    """
    ruolo = _ruolo(utente, scadenza.autorita)
    attuale = _in_vigore(scadenza)
    attuale.cessata_il, attuale.cessata_perche = dal, perche.strip()
    controlla(attuale)
    attuale.save(update_fields=["cessata_il", "cessata_perche"])
    annota(
        azione="scadenza.cessazione",
        oggetti=[attuale.autorita],
        utente=utente,
        ruolo=ruolo,
        prima=attuale.valori(),
        dopo={"non vale più": dal_giorno(dal)},
        motivo=attuale.cessata_perche,
    )
    return attuale


def _ruolo(utente: Utente, autorita: Autorita) -> Ruolo:
    ruolo = puo_tenere_scadenze(utente, autorita)
    if ruolo is None:
        raise PermissionDenied
    return ruolo


def _in_vigore(scadenza: Scadenza) -> Scadenza:
    attuale = (
        Scadenza.objects.select_for_update(no_key=True, of=("self",))
        .select_related("autorita")
        .get(pk=scadenza.pk)
    )
    if attuale.cessata_il is not None:
        raise StatoNonAmmesso("Questa scadenza non vale più: non si può cambiare.")
    return attuale

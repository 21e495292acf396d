"""Saving the comments, each by itself: one that somebody else changed meanwhile does not stop the others."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction

from distretti.basi.canonico import sha256_di
from distretti.controlli import controlla
from distretti.errori import StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Utente
from distretti.versioni import versione_di
from programmi.blocco import blocca
from programmi.models import Indicatore, Progettualita, Programma
from valutazione.autovalutazione.azioni import commenti_di
from valutazione.chiusura.controlli import controlla_ammessa
from valutazione.models import CommentoAzione
from valutazione.permissions import ruolo_per
from valutazione.tabella import COMMENTO

AZIONI_CAMBIATE = (
    "Nel frattempo il programma è stato variato e le sue azioni sono cambiate: nulla è stato salvato. "
    "Apri di nuovo l'autovalutazione e riporta ogni commento alla sua azione."
)

Azione = Progettualita | Indicatore


@dataclass(frozen=True, slots=True)
class Scritto:
    """A comment as typed, and the fingerprint of the one it was typed over (``impronta_commento``)."""

    testo: str
    versione: str


@dataclass
class CommentiSalvati:
    """``salvati``: the actions whose comment changed. ``conflitti``: by action, the text that somebody else
    stored meanwhile; what was typed there was not written."""

    salvati: list[str] = field(default_factory=list)
    conflitti: dict[str, str] = field(default_factory=dict)


def impronta_commento(testo: str) -> str:
    """The fingerprint of a stored comment, which the form carries beside it."""
    return versione_di({"commento": testo})


def azioni_viste(programma: Programma) -> str:
    """The fingerprint of the actions of a programme: which one has which code."""
    return _impronta(_azioni(programma))


@transaction.atomic
def salva_commenti(
    *, programma: Programma, utente: Utente, scritti: Mapping[str, Scritto], viste: str | None = None
) -> CommentiSalvati:
    """Write the comments of ``scritti`` (by code of the action); an emptied one is taken away.

    ``viste``: the fingerprint of the actions the person had before them (``azioni_viste``). Raises
    ``PermissionDenied``, ``StatoNonAmmesso`` once the autovalutazione is transmitted or a variazione changed
    the actions, ``DatiNonValidi``. A code that is no action of the programme is not written.
    """
    attuale = blocca(programma)
    ruolo = ruolo_per(COMMENTO, utente, attuale)
    if ruolo is None:
        raise PermissionDenied
    controlla_ammessa(COMMENTO, attuale)
    prima, azioni = commenti_di(attuale), _azioni(attuale)
    if viste is not None and viste != _impronta(azioni):
        raise StatoNonAmmesso(AZIONI_CAMBIATE)
    esito = CommentiSalvati()
    for azione, scritto in scritti.items():
        vecchio, nuovo = prima.get(azione, ""), scritto.testo.strip()
        intatto = impronta_commento(nuovo) == scritto.versione
        if azione not in azioni or intatto or nuovo == vecchio:
            continue  # also the one that somebody else changed meanwhile, and that was not touched here
        if impronta_commento(vecchio) != scritto.versione:
            esito.conflitti[azione] = vecchio
            continue
        _scrivi(attuale, azioni[azione], nuovo, utente)
        esito.salvati.append(azione)
    if esito.salvati:
        dopo = {f"Commento a {azione}": scritti[azione].testo.strip() for azione in esito.salvati}
        annota(
            azione="chiusura.commento",
            oggetti=[attuale],
            utente=utente,
            ruolo=ruolo,
            prima={f"Commento a {azione}": prima[azione] for azione in esito.salvati if azione in prima},
            dopo={etichetta: testo for etichetta, testo in dopo.items() if testo},
        )
    return esito


def _azioni(programma: Programma) -> dict[str, Azione]:
    obbligatorie = Indicatore.objects.filter(programma=programma, progettualita__isnull=True)
    azioni: list[Azione] = [*obbligatorie, *programma.progettualita.all()]
    return {azione.codice: azione for azione in azioni}


def _impronta(azioni: Mapping[str, Azione]) -> str:
    return sha256_di(sorted([codice, azione.pk] for codice, azione in azioni.items()))[:20]


def _scrivi(programma: Programma, azione: Azione, testo: str, utente: Utente) -> None:
    di = {"indicatore" if isinstance(azione, Indicatore) else "progettualita": azione}
    commento = CommentoAzione.objects.filter(**di).first()
    if not testo:
        if commento is not None:
            commento.delete()
        return
    commento = commento or CommentoAzione(programma=programma, **di)
    commento.azione, commento.testo, commento.scritto_da = azione.codice, testo, utente
    controlla(commento)
    commento.save()

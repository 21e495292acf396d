"""Freezing the result of a year, when the authority defines it; a correction says what changed and why."""

from decimal import Decimal
from hashlib import sha256

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from distretti.basi.canonico import forma_canonica
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Utente
from programmi.blocco import blocca
from programmi.models import Programma
from valutazione.kernel import VERSIONE
from valutazione.models import Autovalutazione, PassaggioChiusura, Risultato
from valutazione.risultati.differenze import differenze
from valutazione.risultati.lettura import leggi
from valutazione.risultati.pacchetto import Pacchetto, pacchetto_di
from valutazione.scheda.da_database import documento_di

SENZA_MOTIVO = (
    "Il risultato ne corregge uno già definito: scrivi che cosa è cambiato e perché. Quando sarà pubblicato, "
    "lo leggeranno tutti."
)


def e_correzione(programma: Programma) -> bool:
    """Would a result defined now correct another?"""
    return Risultato.objects.filter(programma=programma).exists()


@transaction.atomic
def congela_risultato(
    *, programma: Programma, passaggio: PassaggioChiusura, utente: Utente, motivo: str = ""
) -> Risultato:
    """Freeze what the year is worth now, after ``passaggio`` (the definition of the result).

    To be called last in the transaction of the step: nothing but ``annota`` comes after. ``motivo`` is for
    everyone to read: required of a correction, not kept of the first result. Raises ``DatiNonValidi`` on
    ``nota`` when it is missing, ``SchedaNonValida``, ``ValoriDiversi``, and ``RisultatoAlterato`` when the
    result to correct is no longer what was frozen.
    """
    attuale = blocca(programma)
    precedente = Risultato.objects.filter(programma=attuale).order_by("-numero").first()
    if precedente is not None and not motivo.strip():
        raise DatiNonValidi({"nota": SENZA_MOTIVO})
    pacchetto = pacchetto_di(documento_di(attuale))
    risultato = _risultato(pacchetto)
    risultato.programma = attuale
    risultato.numero = (Risultato.objects.filter(programma=attuale).aggregate(n=Max("numero"))["n"] or 0) + 1
    if precedente is not None:
        risultato.motivo = motivo.strip()
        risultato.differenze = [d.json for d in differenze(leggi(precedente), pacchetto)]
    risultato.autovalutazione = Autovalutazione.objects.filter(programma=attuale).order_by("-numero").first()
    risultato.passaggio = passaggio
    risultato.congelato_da = utente
    controlla(risultato)
    risultato.save()
    _annota(risultato)
    return risultato


def _risultato(pacchetto: Pacchetto) -> Risultato:
    scheda, esito = forma_canonica(pacchetto.scheda), forma_canonica(pacchetto.esito)
    programma = pacchetto.esito["programma"]
    return Risultato(
        scheda=scheda.decode(),
        sha256_scheda=sha256(scheda).hexdigest(),
        esito=esito.decode(),
        sha256=sha256(esito).hexdigest(),
        versione_kernel=VERSIONE,
        dichiarato=_decimale(programma["dichiarato"]),
        riconosciuto=_decimale(programma["riconosciuto"]),
        congelato_alle=timezone.now(),
    )


def _decimale(valore: str | None) -> Decimal | None:
    return None if valore is None else Decimal(valore)


def _annota(risultato: Risultato) -> None:
    riconosciuto = "non valutato" if risultato.riconosciuto is None else f"{risultato.riconosciuto}%"
    annota(
        azione="risultato.definizione",
        oggetti=[risultato.programma, risultato],
        utente=risultato.congelato_da,
        ruolo=risultato.passaggio.ruolo,
        dopo={
            "Risultato": f"n. {risultato.numero}",
            "Riconosciuto": riconosciuto.replace(".", ","),
            "Impronta SHA-256 della scheda": risultato.sha256_scheda,
            "Impronta SHA-256 dell'esito": risultato.sha256,
        },
        motivo=risultato.motivo,
    )


def risultato_da_pubblicare(programma: Programma) -> Risultato:
    """The last result, which the step of the publication is about. Raises ``StatoNonAmmesso`` when there is
    none, or it is published already; ``RisultatoAlterato`` when it is no longer what was frozen."""
    ultimo = Risultato.objects.filter(programma=programma).order_by("-numero").first()
    if ultimo is None:
        raise StatoNonAmmesso(
            "Il programma non ha ancora un risultato definito: non c'è niente da pubblicare."
        )
    if PassaggioChiusura.objects.filter(risultato=ultimo).exists():
        raise StatoNonAmmesso(f"Il risultato n. {ultimo.numero} è già pubblicato.")
    leggi(ultimo)
    return ultimo


def annuncia_pubblicazione(programma: Programma) -> None:
    """Whoever follows the programme in the API sees that it changed: it has a (new) public result."""
    Programma.objects.filter(pk=programma.pk).update(modificato_alle=timezone.now())

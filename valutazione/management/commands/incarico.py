"""``manage.py incarico``: the role that lets a person work, given from the command line."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse
from django.utils import timezone

from distretti.basi.italiano import dal_giorno, data_estesa
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.incarichi import affida
from distretti.models import Ruolo, Utente
from distretti.persone.inviti import manda
from distretti.persone.posta import indirizzo_di
from valutazione.management.comando import Rifiuto

RUOLI = [ruolo.value for ruolo in Ruolo if ruolo is not Ruolo.LETTORE]


class Command(BaseCommand):
    help = (
        "Affida un incarico a una persona, e le crea l'utente se non c'è: a chi non ha ancora una password fa"
        " il collegamento con cui la sceglie. Senza un incarico chi entra non può fare niente."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("utente", help="il nome utente, per esempio nome.cognome")
        parser.add_argument("ruolo", choices=RUOLI)
        parser.add_argument("ambito", help="il codice del distretto o dell'autorità")
        parser.add_argument("--nome", default="", help="come si mostra una persona nuova")
        parser.add_argument("--mail", default="", help="la posta di una persona nuova")
        parser.add_argument("--dal", type=date.fromisoformat, help="primo giorno, AAAA-MM-GG; se manca, oggi")
        parser.add_argument("--al", type=date.fromisoformat, help="ultimo giorno; se manca, senza fine")

    def handle(self, *args: Any, **opzioni: Any) -> None:
        try:
            incarico, nuovo = affida(
                nome_utente=opzioni["utente"],
                ruolo=Ruolo(opzioni["ruolo"]),
                ambito=opzioni["ambito"],
                dal=opzioni["dal"] or timezone.localdate(),
                al=opzioni["al"],
                nome_esteso=opzioni["nome"],
                mail=opzioni["mail"],
            )
        except DatiNonValidi as errore:
            raise Rifiuto(*errore.campi.values()) from errore
        except StatoNonAmmesso as errore:
            raise Rifiuto(errore.messaggio) from errore
        self.stdout.write(f"{incarico.utente}: {incarico}, {dal_giorno(incarico.dal)}.")
        if nuovo or not incarico.utente.has_usable_password():
            self._collegamento(incarico.utente)

    def _collegamento(self, utente: Utente) -> None:
        """To be given to the person: who opens it first chooses the password."""
        invito, segreto = manda(utente=utente, da=None)
        dove = indirizzo_di(reverse("invito", args=[segreto]))
        scade = data_estesa(timezone.localdate(invito.scade_alle))
        self.stdout.write(
            "Non ha ancora una password. La sceglie da questo collegamento, che vale una volta sola e fino"
            f" al {scade}:\n{dove}"
        )
        if not settings.INDIRIZZO_DEL_SITO:
            self.stdout.write("(se il sito ha un altro indirizzo lo si scrive in DISTRETTI_INDIRIZZO)")

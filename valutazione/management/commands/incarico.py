"""``manage.py incarico``: the role that lets a person work, given from the command line."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from distretti.basi.italiano import dal_giorno
from distretti.errori import DatiNonValidi
from distretti.incarichi import affida
from distretti.models import Ruolo
from valutazione.management.comando import Rifiuto

RUOLI = [ruolo.value for ruolo in Ruolo if ruolo is not Ruolo.LETTORE]


class Command(BaseCommand):
    help = (
        "Affida un incarico a una persona, e le crea l'utente se non c'è: la password si dà poi con"
        " «changepassword». Senza un incarico chi entra non può fare niente."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("utente", help="il nome utente, per esempio nome.cognome")
        parser.add_argument("ruolo", choices=RUOLI)
        parser.add_argument("ambito", help="il codice del distretto o dell'autorità")
        parser.add_argument("--nome", default="", help="come si mostra una persona nuova")
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
            )
        except DatiNonValidi as errore:
            raise Rifiuto(*errore.campi.values()) from errore
        self.stdout.write(f"{incarico.utente}: {incarico}, {dal_giorno(incarico.dal)}.")
        if nuovo:
            self.stdout.write(
                f"L'utente è nuovo e non può entrare: «manage.py changepassword {opzioni['utente']}»."
            )

"""``manage.py avvisi``: write the reminders of today and send by mail what is not read yet."""

import smtplib
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from distretti.basi.italiano import conta
from programmi.posta_avvisi import spedisci
from programmi.promemoria import scrivi_promemoria


class Command(BaseCommand):
    help = (
        "Scrive i promemoria delle scadenze e degli incarichi, e manda a ciascuno un solo messaggio con ciò "
        "che non ha ancora letto. Si può ripetere quanto si vuole: nulla parte due volte."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        scrivi_promemoria(timezone.localdate())
        try:
            esito = spedisci(timezone.now())
        except (smtplib.SMTPException, OSError) as errore:
            raise CommandError(
                f"Il server di posta non risponde ({type(errore).__name__}): gli avvisi restano da spedire."
            ) from errore
        self.stdout.write(f"{conta(esito.spediti, 'messaggio spedito', 'messaggi spediti')}.")
        for guasto in esito.guasti:
            self.stderr.write(guasto)
        if esito.rifiutati or esito.incerti:
            raise CommandError(
                f"Messaggi rifiutati dal server, da ritentare: {esito.rifiutati}; "
                f"di esito incerto, che non si ripetono: {esito.incerti}."
            )

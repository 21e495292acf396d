"""Un'app di autenticazione, come quella del telefono, e una chiave di accesso fatta di solo codice."""

import time
from dataclasses import dataclass

from allauth.mfa.totp.internal import auth as totp

from distretti.models import Utente


@dataclass(frozen=True)
class App:
    """It holds the secret, and shows the code of now."""

    segreto: str

    def codice(self, *, dopo: int = 0) -> str:
        """The code of now, or of ``dopo`` half minutes later."""
        contatore = int(time.time()) // 30 + dopo
        return str(totp.format_hotp_value(totp.hotp_value(self.segreto, contatore)))


def con_app(utente: Utente) -> App:
    """The person has an app from now on."""
    app = App(totp.generate_totp_secret())
    totp.TOTP.activate(utente, app.segreto)
    return app

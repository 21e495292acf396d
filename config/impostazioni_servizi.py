"""What the site says to others: mail and logs. Read from the environment by ``settings``."""

from typing import Any

import environ

from config.ambiente import configurazione, intero, parti, rifiuta, scelta, testo
from distretti.basi.antivirus import Clamd

USA_ANTIVIRUS = "è unix:/percorso/del/socket oppure tcp://host:porta, dove risponde clamd"
USA_POSTA = "si usa smtp+tls://utente:password@host:587, smtp+ssl://…:465, smtp://host:25 o consolemail://"
LIVELLI = ("DEBUG", "INFO", "WARNING", "ERROR")
NOSTRI = ("config", "distretti", "programmi", "valutazione")


def posta(*, in_console: bool) -> dict[str, Any]:
    """Django's ``EMAIL_…`` settings; without ``EMAIL_URL`` nothing leaves this machine."""
    silenziosa = "consolemail://" if in_console else "dummymail://"
    indirizzo = testo("EMAIL_URL", silenziosa)
    schemi = ("smtp", "smtps", "smtp+tls", "smtp+ssl", "consolemail", "dummymail")
    divise = parti("EMAIL_URL", indirizzo, schemi, USA_POSTA)
    if divise.scheme.startswith("smtp") and not divise.hostname:
        raise rifiuta("EMAIL_URL", f"manca il nome del server: {USA_POSTA}.")
    valori = configurazione("EMAIL_URL", environ.Env.email_url_config, indirizzo)
    valori.pop("EMAIL_FILE_PATH", None)
    mittente = testo("DISTRETTI_MITTENTE", "distretti@localhost")
    if "@" not in mittente or "\n" in mittente:
        raise rifiuta("DISTRETTI_MITTENTE", f"«{mittente}» non è un indirizzo di posta.")
    return {
        **{nome: valore for nome, valore in valori.items() if valore is not None},
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": mittente,
        "SERVER_EMAIL": mittente,
    }


def registrazione(*, produzione: bool) -> dict[str, Any]:
    """``LOGGING``: everything on standard error, where systemd or the container picks it up.

    In production one JSON object a line, and a line for every request; elsewhere text, and faults only.
    """
    formato = scelta("DISTRETTI_LOG_FORMATO", ("testo", "json"), "json" if produzione else "testo")
    livello = scelta("DISTRETTI_LOG_LIVELLO", LIVELLI, "INFO" if produzione else "WARNING")
    formati: dict[str, Any] = {
        "testo": {"format": "{levelname} {name} [{richiesta}] {message}", "style": "{"},
        "json": {"()": "distretti.log.FormatoJSON"},
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"richiesta": {"()": "distretti.log.ConRichiesta"}},
        "formatters": {formato: formati[formato]},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": formato, "filters": ["richiesta"]}
        },
        # Other people's libraries tell their troubles, never their progress.
        "root": {"handlers": ["console"], "level": "ERROR" if livello == "ERROR" else "WARNING"},
        "loggers": {
            **{nome: {"level": livello} for nome in NOSTRI},
            # A refusal (403, 404, 422) is an answer, not a fault: only server errors deserve a traceback.
            "django.request": {"level": "ERROR"},
        },
    }


def antivirus() -> Clamd | None:
    """The ClamAV daemon that scans what is uploaded; None where no ``DISTRETTI_ANTIVIRUS`` is set."""
    indirizzo = testo("DISTRETTI_ANTIVIRUS", "")
    attesa = intero("DISTRETTI_ANTIVIRUS_ATTESA", 30, minimo=1, massimo=90)
    if not indirizzo:
        return None
    try:
        return Clamd.da_indirizzo(indirizzo, attesa=attesa)
    except ValueError as errore:
        raise rifiuta("DISTRETTI_ANTIVIRUS", f"«{indirizzo}» non va: {USA_ANTIVIRUS}.") from errore

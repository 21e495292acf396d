"""Settings, read once from the environment. A bare ``manage.py`` needs none (profile "sviluppo").

Profiles (``DISTRETTI_PROFILO``): ``sviluppo`` debug and SQLite; ``locale`` what ``script/server``
runs, one machine without HTTPS; ``produzione`` everything strict, no default secret.

Every variable is in the table of ``docs/esercizio.md``; ``config.ambiente`` reads them and refuses junk.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from config.ambiente import cartella, elenco, intero, pagina_web, rifiuta, scelta, testo
from config.impostazioni_dati import allegati, cache, cartella_allegati, database
from config.impostazioni_persone import allauth, gateway, indirizzo_del_sito, secondo_fattore
from config.impostazioni_servizi import antivirus, posta, registrazione
from distretti.basi.antivirus import Clamd
from distretti.parole import TipoAtto, TipoDistretto
from programmi.parole import AzionePassaggio, RuoloAttore, TipoCanale
from valutazione.parole import AzioneChiusura, StatoChiusura

BASE_DIR = Path(__file__).resolve().parent.parent

PROFILO = scelta("DISTRETTI_PROFILO", ("sviluppo", "locale", "produzione"), "sviluppo")
PRODUZIONE = PROFILO == "produzione"
DEBUG = PROFILO == "sviluppo"

SECRET_KEY = testo(
    "SECRET_KEY", "chiave-di-solo-sviluppo-mai-in-produzione-0123456789abcdef" if DEBUG else None
)
if len(SECRET_KEY) < 50 and not DEBUG:
    raise rifiuta("SECRET_KEY", "servono almeno 50 caratteri casuali.")
# Of before, while sessions, links and second factors written with them are still to be read.
SECRET_KEY_FALLBACKS: list[str] = testo("SECRET_KEY_FALLBACKS", "").split()
ALLOWED_HOSTS = elenco(
    "ALLOWED_HOSTS",
    None if PRODUZIONE else ["127.0.0.1", "localhost", "[::1]"],
    forma=r"\.?[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\]" if PRODUZIONE else r"[^\s/]+",
    che_cosa="il nome di un sito (senza https://, senza porta e senza asterischi)",
)
CSRF_TRUSTED_ORIGINS = elenco(
    "CSRF_TRUSTED_ORIGINS",
    [],
    forma=r"https?://[^\s/]+",
    che_cosa="un'origine, per esempio https://distretti.example.org",
)
# How many proxies of ours stand in front: see distretti.provenienza. In production there is always one.
DISTRETTI_PROXY: int = intero("DISTRETTI_PROXY", 1 if PRODUZIONE else 0, minimo=0, massimo=5)

VAR_DIR: Path = cartella("DISTRETTI_VAR", BASE_DIR / "var")

INSTALLED_APPS = [
    "distretti",
    "programmi",
    "valutazione",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "distretti.richieste.RichiestaMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "distretti.persona.PersonaMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "distretti.riservatezza.RiservatezzaMiddleware",
    "distretti.corpo.CorpoTroppoGrandeMiddleware",
    "distretti.corpo.CaratteriMiddleware",
    "distretti.tentativi.TentativiMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "distretti.sessione.durata.DurataMiddleware",
    "distretti.sessione.middleware.ModuliSospesiMiddleware",
    "distretti.sessione.middleware.AccessoRichiestoMiddleware",
    "distretti.persone.middleware.SecondoFattoreMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "valutazione.middleware.SchedaNonValidaMiddleware",
    "valutazione.middleware.VersioneAlterataMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "config.forms.RenderModuli"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "distretti.contesto.installazione",
                "programmi.contesto.aggiornamento",
                "programmi.contesto.avvisi",
            ],
        },
    }
]

DATABASES = {"default": database(VAR_DIR, con_riserva=not DEBUG)}
CACHES = {"default": cache()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "distretti.Utente"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"distretti.persone.password.{nome}"} for nome in ("Lunga", "Propria", "Rara", "NonSoloCifre")
]
LOGIN_URL = "accesso"
LOGIN_REDIRECT_URL = "scrivania"
LOGOUT_REDIRECT_URL = "inizio"

SEGNALAZIONI: str = testo("DISTRETTI_SEGNALAZIONI", "")
if SEGNALAZIONI and not SEGNALAZIONI.startswith(("mailto:", "https://", "/")):
    raise rifiuta("DISTRETTI_SEGNALAZIONI", "un indirizzo mailto:, https:// o di questo sito (/…).")
# Who runs this site, for the pages that the law asks for: what is missing, they say whom to ask.
AUTORITA_DEL_SITO: str = testo("DISTRETTI_AUTORITA", "")
TITOLARE: str = testo("DISTRETTI_TITOLARE", "")
RESPONSABILE_DATI: str = testo("DISTRETTI_DPO", "")
DICHIARAZIONE_ACCESSIBILITA: str = pagina_web("DISTRETTI_DICHIARAZIONE")
SORGENTI: str = pagina_web("DISTRETTI_SORGENTI")
globals().update(posta(in_console=not PRODUZIONE))
# Minutes without news after which what happened is told by mail, in one message (manage.py avvisi).
AVVISI_QUIETE: int = intero("DISTRETTI_AVVISI_QUIETE", 10, minimo=0, massimo=1440)
# Where the links of the mails lead, without a final slash; empty: where the page was asked for.
INDIRIZZO_DEL_SITO: str = indirizzo_del_sito(produzione=PRODUZIONE)
GIORNI_DI_INVITO: int = intero("DISTRETTI_GIORNI_INVITO", 7, minimo=1, massimo=60)
SECONDO_FATTORE_OBBLIGATORIO: bool = secondo_fattore(produzione=PRODUZIONE)
# However much one works, after so many seconds one signs in again (SESSION_COOKIE_AGE: how long idle).
SESSIONE_MASSIMA: int = intero("DISTRETTI_SESSIONE_ORE", 12, minimo=1, massimo=24) * 3600
GATEWAY: dict[str, str] | None = gateway(produzione=PRODUZIONE)
globals().update(allauth(GATEWAY, produzione=PRODUZIONE))

LANGUAGE_CODE = "it"
LANGUAGES = [("it", "Italiano")]
TIME_ZONE = "Europe/Rome"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT: Path = cartella("DISTRETTI_STATICI", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.statici.BootstrapItaliaFinder",
    "config.statici.SwaggerFinder",
]
MEDIA_ROOT: Path = cartella_allegati(VAR_DIR)  # never served by address: a view checks who asks
STORAGES: dict[str, dict[str, Any]] = {
    "default": allegati(VAR_DIR),
    "staticfiles": {
        "BACKEND": {
            "sviluppo": "django.contrib.staticfiles.storage.StaticFilesStorage",
            "locale": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
            "produzione": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        }[PROFILO],
        # Everyone's: in a container root collects them and another user serves them.
        "OPTIONS": {"file_permissions_mode": 0o644},
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000  # five hundred rows of a table of evidence
FILE_UPLOAD_PERMISSIONS = 0o640

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
SESSION_ENGINE = "distretti.sessione.archivio"
SESSION_SAVE_EVERY_REQUEST = True  # eight hours from the last request, not from the sign-in
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "distretti.sessione.gettone.modulo_rifiutato"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if PRODUZIONE:
    SECURE_SSL_REDIRECT = True
    if DISTRETTI_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Bootstrap Italia's CSS carries its icons as data: images (tecnica.md).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Requests a minute to the REST interface: for each address, and for each token or signed-in person.
DISTRETTI_API_LIMITE: int = intero("DISTRETTI_API_LIMITE", 300, minimo=1, massimo=999_999_999)
DISTRETTI_API_LIMITE_CREDENZIALI: int = intero(
    "DISTRETTI_API_LIMITE_CREDENZIALI", 1200, minimo=1, massimo=999_999_999
)
REST_FRAMEWORK: dict[str, Any] = {
    "URL_FORMAT_OVERRIDE": None,  # ?format=… is an unknown parameter like any other
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "valutazione.api.accesso.AutenticazioneToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "valutazione.api.errori.gestisci",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Distretti",
    "DESCRIPTION": "I programmi annuali dei Distretti famiglia: lettura dei dati pubblici.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "StatoDistretto": "distretti.models.StatoDistretto",
        "StatoProgramma": "programmi.models.StatoProgramma",
        "StatoChiusura": StatoChiusura.choices(),
        "AzioneDelPassaggio": AzionePassaggio.choices(),
        "AzioneDellaChiusura": AzioneChiusura.choices(),
        "TipoDistretto": TipoDistretto.choices(),
        "TipoAtto": TipoAtto.choices(),
        "TipoCanale": TipoCanale.choices(),
        "Ruolo": "distretti.models.Ruolo",
        "RuoloAttore": RuoloAttore.choices(),
    },
}

LOGGING = registrazione(produzione=PRODUZIONE)
SILENCED_SYSTEM_CHECKS: list[str] = []
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Uploads (issue 1 §5): one file at most, in bytes.
DIMENSIONE_MASSIMA_ALLEGATO = 20 * 1024 * 1024
# Who scans what is uploaded; None: nobody.
ANTIVIRUS: Clamd | None = antivirus()

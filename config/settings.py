"""Settings, read once from the environment. A bare ``manage.py`` needs none (profile "sviluppo").

Profiles (``DISTRETTI_PROFILO``): ``sviluppo`` debug and SQLite; ``locale`` what ``script/server``
runs, one machine without HTTPS; ``produzione`` everything strict, no default secret.
"""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from distretti.parole import TipoAtto, TipoDistretto
from programmi.parole import TipoCanale

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

PROFILO: str = env.str("DISTRETTI_PROFILO", default="sviluppo")
if PROFILO not in {"sviluppo", "locale", "produzione"}:
    raise ImproperlyConfigured(f"DISTRETTI_PROFILO: «{PROFILO}» non è sviluppo, locale o produzione.")
PRODUZIONE = PROFILO == "produzione"
DEBUG = PROFILO == "sviluppo"

if PROFILO == "sviluppo":
    SECRET_KEY = env.str("SECRET_KEY", default="chiave-di-solo-sviluppo-mai-in-produzione-0123456789abcdef")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
else:
    SECRET_KEY = env.str("SECRET_KEY")
    ALLOWED_HOSTS = (
        env.list("ALLOWED_HOSTS")
        if PRODUZIONE
        else env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
    )
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("SECRET_KEY: servono almeno 50 caratteri casuali.")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

VAR_DIR = Path(env.str("DISTRETTI_VAR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

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
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "distretti.riservatezza.RiservatezzaMiddleware",
    "distretti.corpo.CorpoTroppoGrandeMiddleware",
    "distretti.corpo.CaratteriMiddleware",
    "distretti.tentativi.TentativiMiddleware",
    "distretti.sessione.middleware.ModuliSospesiMiddleware",
    "distretti.sessione.middleware.AccessoRichiestoMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "valutazione.middleware.SchedaNonValidaMiddleware",
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
            ],
        },
    }
]

DATABASE_URL: str = env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'distretti.sqlite3'}")
if DATABASE_URL.partition(":")[0] not in ("sqlite", "postgres", "postgresql"):
    raise ImproperlyConfigured("DATABASE_URL non indica un database: si usa SQLite o PostgreSQL.")
_database: dict[str, Any] = env.db_url_config(DATABASE_URL)
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # WAL and immediate transactions: several writers wait for each other instead of failing.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    # A file, not memory: with a live server the in-memory database loses concurrent writes.
    _database["TEST"] = {"NAME": str(VAR_DIR / "prova.sqlite3")}
else:
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "distretti.Utente"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{nome}"}
    for nome in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "accesso"
LOGIN_REDIRECT_URL = "scrivania"
LOGOUT_REDIRECT_URL = "inizio"

SEGNALAZIONI: str = env.str("DISTRETTI_SEGNALAZIONI", default="")
if SEGNALAZIONI and not SEGNALAZIONI.startswith(("mailto:", "https://", "/")):
    raise ImproperlyConfigured(
        "DISTRETTI_SEGNALAZIONI: un indirizzo mailto:, https:// o di questo sito (/…)."
    )

LANGUAGE_CODE = "it"
LANGUAGES = [("it", "Italiano")]
TIME_ZONE = "Europe/Rome"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.statici.BootstrapItaliaFinder",
]
MEDIA_ROOT = VAR_DIR / "media"  # never served by address: files go out through a view that checks who asks
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
FILE_UPLOAD_PERMISSIONS = 0o640

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = True  # eight hours from the last request, not from the sign-in
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "distretti.sessione.gettone.modulo_rifiutato"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if PRODUZIONE:
    SECURE_SSL_REDIRECT = True
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

REST_FRAMEWORK: dict[str, Any] = {
    "URL_FORMAT_OVERRIDE": None,  # ?format=… is an unknown parameter like any other
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
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
        "TipoDistretto": TipoDistretto.choices(),
        "TipoAtto": TipoAtto.choices(),
        "TipoCanale": TipoCanale.choices(),
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A refusal (403, 404, 422) is an answer, not a fault: only server errors deserve a traceback.
    "loggers": {"django.request": {"level": "ERROR"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Uploads (issue 1 §5): one file at most, in bytes.
DIMENSIONE_MASSIMA_ALLEGATO = 20 * 1024 * 1024

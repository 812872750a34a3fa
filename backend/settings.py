"""Every setting of Mattone, in one file; importing it starts nothing and asks no server.

What an installation may change comes from the environment (variables.py): DATABASE_URL, REDIS_URL,
MATTONE_DATA, PORT, MATTONE_DEMO, SECRET_KEY, IDENTITY_KEYS, ALLOWED_HOSTS, EMAIL_HOST, STRIPE_*. Without
any of them the application is whole: embedded PostgreSQL, file-system transport, mails as files.
"""

import contextlib
import logging
import os
import secrets
from pathlib import Path

import dj_database_url
import django_stubs_ext
import sentry_sdk
from django.utils.translation import gettext_lazy as _

from backend import embedded, logs, variables

# Lets a class say what it holds, as in ModelAdmin[Model]; Django itself cannot at run time.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = embedded.data_folder()


def _secret_key() -> str:
    """The environment's key, else one kept in MATTONE_DATA, so that a restart logs nobody out."""
    if key := variables.value("SECRET_KEY"):
        return key
    file = DATA_DIR / "secret_key"
    with contextlib.suppress(OSError):
        embedded.make_data_folder()
        with contextlib.suppress(FileExistsError), open(file, "x", opener=_private) as new:
            new.write(secrets.token_urlsafe(50))
        if key := file.read_text():
            return key
    return secrets.token_urlsafe(
        50
    )  # a folder that we may not write: sessions end with the process


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


# --- The installation ------------------------------------------------------------------------------

# The demo's clock moves, its cast lets anyone in.
DEMO = variables.is_demo()
DEBUG = variables.flag("DEBUG")
PORT = int(variables.value("PORT") or 8000)
SECRET_KEY = _secret_key()
# What encrypts names of households, newest first; without it a file in MATTONE_DATA holds them.
IDENTITY_KEYS = variables.listed("IDENTITY_KEYS", "")
ALLOWED_HOSTS = variables.listed("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = variables.listed("CSRF_TRUSTED_ORIGINS", "")
# The address under which people reach the site, for links in mails and documents.
SITE_URL = variables.value("SITE_URL") or f"http://127.0.0.1:{PORT}"

ROOT_URLCONF = "backend.urls"
WSGI_APPLICATION = "backend.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "backend",
    "backend.core",
    "backend.accounts",
    "backend.webhooks",
    "backend.ledger",
    "backend.treasury",
    "investors",
    "campaigns",
    "properties",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "djmoney",
    "django_structlog",
]

MIDDLEWARE = [
    "backend.core.request_log.RequestLog",
    "backend.core.clock.OneClock",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "backend.core.context.shell",
            ],
            # No template needs to load these: translations, static files, the design system's tags.
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "backend.core.templatetags.mattone",
            ],
        },
    },
]

# --- The database: one's own, else the embedded one --------------------------------------------------

DATABASES = {
    "default": {
        **dj_database_url.parse(variables.value("DATABASE_URL") or embedded.url()),
        # Rules open their own transactions: a view that fails must still keep its audit row.
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Ours: whether a session keeps what it prepared. No pooler stands before the embedded one.
        "PREPARES": embedded.is_ours(),
    }
}

# --- People ------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
# Long rather than odd: twelve characters, unlike the name, not among those that others lost.
PASSWORDS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{PASSWORDS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{PASSWORDS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{PASSWORDS}.CommonPasswordValidator"},
    {"NAME": "backend.accounts.passwords.NotCommonAtHeart"},
]
# Half an hour after the last click, twelve hours after the login (backend.accounts.sessions).
SESSION_ENGINE = "backend.accounts.sessions"
SESSION_COOKIE_AGE = 30 * 60
SESSION_LIFE_SECONDS = 12 * 3600

# --- Language, time, money ---------------------------------------------------------------------------

LANGUAGE_CODE = "it"
LANGUAGES = [("it", _("Italian")), ("en", _("English"))]
USE_I18N = True
TIME_ZONE = "Europe/Rome"
USE_TZ = True
DEFAULT_CURRENCY = "EUR"
# The books are in euro; the others let a payment in a wrong currency be stored and told apart.
CURRENCIES = ("EUR", "USD", "GBP", "CHF")

# --- The API -----------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # The token first: its WWW-Authenticate header makes "not logged in" a 401, not a 403.
        "backend.accounts.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["backend.accounts.api.limits.CallLimit"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "backend.core.schema.Schema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "EXCEPTION_HANDLER": "backend.core.problems.problem_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "COERCE_DECIMAL_TO_STRING": True,
}
# Per token, person or network; 0 is without limit. A demo's story is told in a hurry by few people.
API_CALLS_PER_MINUTE = int(variables.value("API_CALLS_PER_MINUTE") or (0 if DEMO else 600))
# How often one network, or one person, may send a form that is open to all within a minute.
PUBLIC_FORMS_PER_MINUTE = int(variables.value("PUBLIC_FORMS_PER_MINUTE") or (0 if DEMO else 5))
SPECTACULAR_SETTINGS = {
    "TITLE": "Mattone",
    "DESCRIPTION": "Follows a crowdfunded euro from a pledge to a home. How to log in, repeat a "
    "request, read pages and problems: docs/api.md.",
    "VERSION": "1",
    "DEFAULT_GENERATOR_CLASS": "backend.core.schema.Generator",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "backend.core.examples.add",
    ],
    # Choices that stand in fields of one name, or under two names, get a name of their own.
    "ENUM_NAME_OVERRIDES": {
        "Acting": "investors.models.Representation.Kind",
        "QualificationKind": "investors.models.Qualification.Kind",
        "AcquisitionRoute": "properties.models.acquisition.Route",
        "BankAccountKind": "backend.treasury.models.BankAccount.Kind",
        "CadastralRegister": "properties.models.CadastralKey.Register",
        "HomeDocumentKind": "properties.models.HomeDocument.Kind",
        "EvictionState": "properties.models.EvictionCase.State",
        "HouseholdClosed": "properties.models.Household.Closed",
        "PaymentOrderState": "backend.treasury.models.PaymentOrder.State",
        "RepaymentPlanKind": "properties.models.RepaymentPlan.Kind",
        "SupportOutcomeCode": "properties.models.SupportOutcome.Code",
        "MilestoneKind": "properties.models.Milestone.Kind",
        "AidKind": "properties.models.Aid.Kind",
        "TraitKind": "properties.models.Trait.Kind",
        "TraitSaid": "properties.models.Trait.Said",
        "SaleState": "properties.models.Sale.State",
        "WorksStage": "properties.models.works.STAGE_CHOICES",
        "CampaignDocumentKind": "campaigns.models.CampaignDocument.Kind",
        "CampaignState": "campaigns.models.Campaign.State",
        "CertificateKind": "campaigns.models.Certificate.Kind",
        "ChangeOfHolderKind": "campaigns.models.ChangeOfHolder.Kind",
        "DeskActKind": "backend.treasury.models.DeskAct.Kind",
        "DeskActState": "backend.treasury.models.DeskAct.State",
        "DiscrepancyKind": "backend.treasury.models.Discrepancy.Kind",
        "HousingOutcomeCode": "properties.models.outcome.OutcomeCode",
        "InterestState": "campaigns.models.Interest.State",
        "InvestorKind": "investors.models.Investor.Kind",
        "Language": [("it", "it"), ("en", "en")],
        "PledgeState": "campaigns.models.Pledge.State",
        "RegulatorFileKind": "campaigns.models.RegulatorFile.Kind",
        "OutputCountedAs": "campaigns.models.OutputFigure.CountedAs",
        "OutputQuality": "campaigns.models.OutputFigure.Quality",
        "OutputShown": "campaigns.models.OutputFigure.Shown",
        "ProjectState": "campaigns.models.Project.State",
        "ProviderFindingKind": "campaigns.models.ProviderFinding.Kind",
        "WebhookDeliveryState": "backend.webhooks.models.STATES",
        "Purpose": "backend.ledger.models.Purpose",
        "ReportKind": "investors.models.InvestorReport.Kind",
        "SnapshotState": "properties.models.Snapshot.State",
        "SupportActionKind": "properties.models.SupportAction.Kind",
        "TenancyKind": "properties.models.Tenancy.Kind",
        "YearHeading": "properties.models.year.YearNote.Heading",
        "TransferOrderKind": "campaigns.models.TransferOrder.Kind",
    },
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    # The documentation page's scripts are shipped with us: no visitor's address goes to a CDN.
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# --- Work in the background: the broker only wakes, the rows in core.Job are the queue ----------------

REDIS_URL = variables.value("REDIS_URL")
BROKER_DIR = DATA_DIR / "broker"

# --- Files -------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
# COLLECTED_STATIC=1 (in the image): collectstatic has put them together, named by their content.
# Without it (demo, tests) they are served from where they stand.
HAS_COLLECTED_STATIC = variables.flag("COLLECTED_STATIC")
STATIC_ROOT = DATA_DIR / "static" if HAS_COLLECTED_STATIC else None
WHITENOISE_USE_FINDERS = not HAS_COLLECTED_STATIC
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HAS_COLLECTED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# How old the figures on public pages may be: 0 computes them each time (demo, tests, few pledges).
FIGURES_SECONDS = int(variables.value("FIGURES_SECONDS", "0"))

# --- Mail --------------------------------------------------------------------------------------------

MAILS_DIR = DATA_DIR / "mails"
EMAIL_HOST = variables.value("EMAIL_HOST")
EMAIL_PORT = int(variables.value("EMAIL_PORT") or 587)
EMAIL_HOST_USER = variables.value("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = variables.value("EMAIL_HOST_PASSWORD")
# By TLS from the first byte (465, RFC 8314) or from the first words on (587).
EMAIL_USE_SSL, EMAIL_USE_TLS = EMAIL_PORT == 465, EMAIL_PORT == 587
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = str(MAILS_DIR)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
DEFAULT_FROM_EMAIL = variables.value("DEFAULT_FROM_EMAIL", "Mattone <mattone@example.org>")

# --- Card payments: the gateway alone reads these -----------------------------------------------------

STRIPE_API_BASE = variables.value("STRIPE_API_BASE")
STRIPE_SECRET_KEY = variables.value("STRIPE_SECRET_KEY")
# Told to the payer's browser, which shows the provider's form with it.
STRIPE_PUBLISHABLE_KEY = variables.value("STRIPE_PUBLISHABLE_KEY")
# Ours, where the endpoint also hears of connected accounts; how long an answer may take.
STRIPE_ACCOUNT = variables.value("STRIPE_ACCOUNT")
STRIPE_TIMEOUT_SECONDS = float(variables.value("STRIPE_TIMEOUT_SECONDS", "20"))
STRIPE_WEBHOOK_SECRET = variables.value("STRIPE_WEBHOOK_SECRET")

# --- The demo's world: the bank's stand-in, told by `manage.py demo` ------------------------------------

DEMO_BANK_URL = variables.value("DEMO_BANK_URL")

# --- Webhooks --------------------------------------------------------------------------------------------

# Only a demo may send events to its own machine, where builders try things out.
WEBHOOKS_STAY_HERE = DEMO

# --- Security ----------------------------------------------------------------------------------------

# HTTPS=1 behind a proxy that ends TLS: cookies and redirects then insist on it.
HTTPS = variables.flag("HTTPS")
# How many proxies of ours stand in front: each adds whom it saw to X-Forwarded-For.
PROXIES = int(variables.value("PROXIES") or HTTPS)
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# No script of ours reads a cookie: forms carry their token, and the server answers in the language.
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Two copies on one machine share the host name, and cookies know no port.
# By TLS a browser keeps them for this host alone (the prefix is a promise it checks).
SESSION_COOKIE_NAME = "__Host-mattone_session" if HTTPS else f"mattone_session_{PORT}"
CSRF_COOKIE_NAME = "__Host-mattone_csrf" if HTTPS else f"mattone_csrf_{PORT}"
LANGUAGE_COOKIE_NAME = "__Host-mattone_language" if HTTPS else "django_language"
X_FRAME_OPTIONS = "DENY"
# The proxy, the container's own check and Prometheus ask by plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^ready/$", r"^metrics/$"]
# Nothing inline and nothing from elsewhere. A form may lead on to the provider's page, where one pays.
PAYMENT_PAGES = [STRIPE_API_BASE or "https://checkout.stripe.com", "https://payments.stripe.com"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *PAYMENT_PAGES],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- Log and watching ----------------------------------------------------------------------------------

LOGGING = logs.configuration(
    is_json=variables.value("LOG_FORMAT", "line") == "json",
    level=variables.value("LOG_LEVEL", "WARNING"),
)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
# Who a person is stands in the audit trail, not in the log.
DJANGO_STRUCTLOG_USER_ID_FIELD = ""
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
# What a visitor asks wrongly is not our fault, and robots ask a lot.
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
# Who asks for /metrics/ shows it as a bearer token; without one the address is not there.
METRICS_TOKEN = variables.value("METRICS_TOKEN")
SENTRY_DSN = variables.value("SENTRY_DSN")
if SENTRY_DSN:
    sentry_sdk.init(
        dsn=SENTRY_DSN,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=logs.before_sending,
    )

"""Countersign's settings, read from the environment (DESIGN.md, "Contracts"). A missing value stops the start."""

import os
from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

from procurement.demo.record import recorded_environment
from vendors.sealing.keyring import Keyring

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

MODE = env.str("COUNTERSIGN_MODE", default="production")
if MODE not in {"demo", "test", "production"}:
    raise ImproperlyConfigured(f"COUNTERSIGN_MODE is {MODE!r}; it must be demo, test or production.")
DEMO, TESTING, PRODUCTION = MODE == "demo", MODE == "test", MODE == "production"

REQUIRED_IN_PRODUCTION = ("SECRET_KEY", "BASE_URL", "EMAIL_URL", "DATABASE_URL", "VAULT_KEYS")
missing = [name for name in REQUIRED_IN_PRODUCTION if not env.str(name, default="")]
if PRODUCTION and missing:
    raise ImproperlyConfigured(
        f"Production needs {', '.join(missing)} in the environment. "
        "docs/architecture.md lists what each one holds; COUNTERSIGN_MODE=demo needs none of them."
    )

VAR = BASE_DIR / "var"
VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
if DEMO:
    # A command in a second terminal finds the demo that `make run` started.
    for _name, _value in recorded_environment(VAR).items():
        os.environ.setdefault(_name, _value)
EXAMPLE_SECRET_KEY = "demo-key-for-one-machine-never-for-production-0123456789"  # noqa: S105 - refused below
SECRET_KEY = env.str("SECRET_KEY", default=EXAMPLE_SECRET_KEY)
if PRODUCTION and (SECRET_KEY == EXAMPLE_SECRET_KEY or len(SECRET_KEY) < 50):
    raise ImproperlyConfigured("SECRET_KEY is the example key or shorter than 50 characters. Make a random one.")

DEBUG = False
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
_HOST = BASE_URL.split("//", 1)[-1].split("/")[0].split(":")[0]
ALLOWED_HOSTS = [_HOST] if PRODUCTION else ["127.0.0.1", "localhost", "testserver"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
HTTPS = BASE_URL.startswith("https://")
if PRODUCTION and not HTTPS and _HOST not in {"127.0.0.1", "localhost"}:
    raise ImproperlyConfigured(f"BASE_URL is {BASE_URL}. Passwords and reports need https:// on every other machine.")
# How many reverse proxies of ours stand in front and add to X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

# The organisation that runs this installation.
ORGANISATION_NAME = env.str("ORGANISATION_NAME", default="Northmoor Health" if not PRODUCTION else "Our organisation")
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Vienna" if not PRODUCTION else "UTC")
TESSERACT = env.bool("TESSERACT", default=False)  # read pages that are pictures with the program of that name
OUTBOUND_HOSTS = env.list("OUTBOUND_HOSTS", default=[])

INSTALLED_APPS = [
    "procurement.accounts",
    "vendors",
    "procurement",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "procurement.accounts.security_headers.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vendors.portal.session.PortalSession",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "procurement.accounts.two_doors.TwoDoors",
    "procurement.accounts.second_factor.SecondFactor",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "procurement.accounts.refusals.RefusalsAsPages",
]

ROOT_URLCONF = "procurement.urls"
WSGI_APPLICATION = "procurement.wsgi.application"
ASGI_APPLICATION = "procurement.asgi.application"

FORM_RENDERER = "vendors.templatetags.controls.ControlRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "procurement.accounts.context.house",
            ],
        },
    }
]

# SQLite is at home on one small machine: WAL and IMMEDIATE, so that writers wait instead of failing.
SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'countersign.sqlite3'}")}
# Kept between requests: opening one costs as much as a page, on SQLite too, where closing the last one empties the WAL.
DATABASES["default"]["CONN_MAX_AGE"] = 60
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Bytes of vendors: sealed from the first one (vendors/vault).
STORAGE_ROOT = Path(env.str("STORAGE_ROOT", default=str(VAR / ("files" if not TESTING else "test-files"))))
VAULT_KEYS = env.str("VAULT_KEYS", default="")
if VAULT_KEYS:
    try:
        Keyring.parse(VAULT_KEYS)
    except ValueError as _error:
        raise ImproperlyConfigured(f"VAULT_KEYS: {_error}") from None
MAX_UPLOAD_BYTES = 100 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["vendors.vault.upload_handlers.SealingUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FILES = 10
STORAGES = {
    "default": {"BACKEND": "vendors.vault.storage.LocalVaultStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "vault": {"BACKEND": "vendors.vault.storage.LocalVaultStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Sign-in: accounts.User for everybody; staff by allauth, contacts by the portal's door.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # the longest that any link lives; procurement/accounts/tokens.py shortens it
REQUIRE_SECOND_FACTOR = PRODUCTION

ACCOUNT_ADAPTER = "procurement.accounts.adapter.StaffAccounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "procurement.accounts.tokens.PasswordLinks"  # noqa: S105 - a path
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "procurement.accounts.sign_in_forms.SignInForm",
    "reset_password": "procurement.accounts.sign_in_forms.ForgottenPasswordForm",
    "reset_password_from_key": "procurement.accounts.sign_in_forms.ChooseNewPasswordForm",
    "change_password": "procurement.accounts.sign_in_forms.ChangePasswordForm",
    "set_password": "procurement.accounts.sign_in_forms.SetPasswordForm",
    "reauthenticate": "procurement.accounts.sign_in_forms.ProvePasswordForm",
}
MFA_ADAPTER = "procurement.accounts.adapter.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_FORMS = {
    "authenticate": "procurement.accounts.sign_in_forms.SecondFactorForm",
    "reauthenticate": "procurement.accounts.sign_in_forms.ProveSecondFactorForm",
    "activate_totp": "procurement.accounts.sign_in_forms.AddAuthenticatorAppForm",
    "add_webauthn": "procurement.accounts.sign_in_forms.AddPasskeyForm",
    "edit_webauthn": "procurement.accounts.sign_in_forms.RenamePasskeyForm",
}

# The API: the same services and access as the pages (docs/api.md).
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "procurement.accounts.api.TokenAuthentication",
        "procurement.accounts.api.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["procurement.accounts.api.WithinScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["vendors.rest.parsing.CarefulJSON"],
    "DEFAULT_SCHEMA_CLASS": "vendors.rest.schema.Described",
    "EXCEPTION_HANDLER": "vendors.rest.problems.handle",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Countersign",
    "DESCRIPTION": "Vendor security reviews: what is on file, what stands in the way, and whether data may be sent.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["procurement.accounts.api.WithinScope"],
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SORT_OPERATIONS": False,
    "ENUM_NAME_OVERRIDES": {
        "DataClass": "procurement.policy.labels.DATA_CLASSES",
        "ReportState": "vendors.reports.models.reports.ReportState",
        "ReviewState": "procurement.reviews.models.State",
        "Risk": "procurement.decisions.models.Risk",
        "AnswerState": "procurement.reviews.api.answer_row.STATES",
        "AssessmentState": "procurement.questionnaires.models.State",
        "QuestionKind": "procurement.questionnaires.models.Question.Kind",
        "FileKind": "procurement.questionnaires.models.Attachment.Kind",
        "ReportKind": "vendors.reports.labels.KINDS",
        "VersionState": "procurement.questionnaires.models.QuestionnaireVersion.State",
        "ImportState": "procurement.questionnaires.models.ImportJob.State",
        "SheetRole": "procurement.questionnaires.api.import_shapes.SHEET_ROLES",
        "ColumnRole": "procurement.questionnaires.api.import_shapes.COLUMN_ROLES",
        "RowKind": "procurement.questionnaires.api.import_shapes.ROW_KINDS",
        "AnsweredBy": "procurement.questionnaires.api.import_shapes.READ_KINDS",
        "ReminderState": "procurement.renewals.models.ReminderState",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "vendors.rest.schema.explain_problems",
    ],
}

# Sessions and cookies: a working day at most; over https bound to this host alone.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "countersign-session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "countersign-csrf"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
# Counts tries at the sign-in page for all web processes together. Tests start with an empty one each.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if TESTING
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cachedvalue",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]

# Mail: written as rows in the transaction, sent after (vendors/correspondence).
if TESTING and not env.str("EMAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
else:
    vars().update(env.email("EMAIL_URL", default="smtp://127.0.0.1:1025"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default=f"{ORGANISATION_NAME} security review <reviews@{_HOST}>")

# What may run in the confined child beside the jobs of `vendors.confinement`: files of strangers are read there.
CONFINED_JOBS = (
    "procurement.questionnaires.importing.jobs:read_questionnaire",
    "procurement.questionnaires.offline.jobs:read_answers",
)

# Celery: nudges only. Redis holds nothing that cannot be rebuilt.
CELERY_BROKER_URL = env.str("BROKER_URL", default="" if TESTING else "redis://127.0.0.1:6379/0")
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_throttle": 1,
    "max_retries": 0,  # a nudge gives up at once; the worker keeps trying by its own setting
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 30,
}
CELERY_TIMEZONE = "UTC"
# A worker that takes nothing for so long though tasks wait ends, to be started anew; 0: it never does.
WORKER_DEAF_AFTER_SECONDS = env.int("WORKER_DEAF_AFTER_SECONDS", default=120)
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "have-a-worker-write-the-heartbeat": {
        "task": "operations.beat_heart",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 240},
    },
    "queue-the-reminders-that-are-due": {
        "task": "renewals.send_due",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 840},
    },
    "send-the-campaigns-that-wait": {
        "task": "campaigns.send_rest",
        "schedule": crontab(minute="3-59/5"),
        "options": {"expires": 240},
    },
    "ask-what-no-report-answers-any-more": {
        "task": "reviews.weigh_reports",
        "schedule": crontab(hour="5", minute="10"),
        "options": {"expires": 7200},
    },
    "send-the-mail-that-is-due": {
        "task": "correspondence.deliver_due_mail",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "print-the-memos-that-have-no-pdf-yet": {
        "task": "decisions.make_missing_memo_pdfs",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 540},
    },
    "print-the-certificates-that-are-missing": {
        "task": "ndas.make_missing_certificates",
        "schedule": crontab(minute="5-59/10"),
        "options": {"expires": 540},
    },
    "read-the-reports-that-wait-or-that-new-rules-have-not-read": {
        "task": "reports.read_waiting_reports",
        "schedule": crontab(minute="2-59/10"),
        "options": {"expires": 540},
    },
    "compare-the-text-of-reports-that-were-read": {
        "task": "reports.compare_texts",
        "schedule": crontab(minute="2-59/5"),
        "options": {"expires": 240},
    },
    "forget-old-sign-in-codes": {"task": "portal.forget_old_codes", "schedule": crontab(hour="1", minute="10")},
    "let-go-of-page-pictures-nobody-looks-at": {
        "task": "vault.tidy_page_images",
        "schedule": crontab(hour="1", minute="30"),
    },
    "remove-sealed-files-that-no-row-knows": {
        "task": "vault.remove_orphans",
        "schedule": crontab(hour="1", minute="40"),
    },
}

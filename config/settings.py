"""The settings: one file, read from the environment (``.env.example`` names every variable).

Without any variable this is the embedded trial: SQLite, a broker made of files, everything under ``DATA_DIR``.
With ``DATABASE_URL`` it is production: PostgreSQL and Redis, and nothing that a trial may do.
"""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.env import BadEnvironment, envbool, envdatabase, envint, envlist, envsecret, envstr
from config.logs import logging_settings, use_structlog
from config.paths import data_folder, secret_key_of
from config.schedule import BEAT

BASE_DIR = Path(__file__).resolve().parent.parent

# Which house this is ------------------------------------------------------------------------------------------------
DATABASE_URL = envsecret("DATABASE_URL")
EMBEDDED = not DATABASE_URL
SECRET_KEY = envsecret("SECRET_KEY")
# A trial shows its passwords on the login page: only a house without database address and without own key may be one.
EMBEDDED_TRIAL = envbool("EMBEDDED_TRIAL", EMBEDDED and not SECRET_KEY)
DEBUG = envbool("DEBUG", False)

if EMBEDDED_TRIAL and not EMBEDDED:
    raise BadEnvironment(
        "EMBEDDED_TRIAL=1 不能与 DATABASE_URL 同时使用：试用口令是公开的。"
        " (EMBEDDED_TRIAL=1 and DATABASE_URL exclude each other: trial passwords are public.)"
    )
if not SECRET_KEY and not EMBEDDED_TRIAL:
    raise BadEnvironment(
        "正式运行必须设置 SECRET_KEY（或 SECRET_KEY_FILE），至少 50 个随机字符。"
        " (Production needs SECRET_KEY or SECRET_KEY_FILE, at least 50 random characters.)"
    )

# One password for all accounts of the demonstration: the login page shows it in the trial, elsewhere there is none.
TRIAL_PASSWORD = envstr("TRIAL_PASSWORD", "Duban#2026-shiyong") if EMBEDDED_TRIAL else ""

DATA_DIR = data_folder(envstr("DATA_DIR", str(BASE_DIR / "data")))
SECRET_KEY = SECRET_KEY or secret_key_of(DATA_DIR)
SECRET_KEY_FALLBACKS = envlist("SECRET_KEY_FALLBACKS")

# Rooms --------------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_filters",
    "django_structlog",
    "csp",
    "axes",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "workflow",
    "organization",
    "documents",
    "tasks",
    "supervision",
    "notifications",
    "seeds",
]

MIDDLEWARE = [
    "django_structlog.middlewares.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "organization.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "config.context.house",
            ],
            "libraries": {"ui": "config.ui"},
            "builtins": ["config.ui"],
        },
    }
]
FORM_RENDERER = "config.ui.FormRenderer"

# Database -----------------------------------------------------------------------------------------------------------
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-20000; "
    # Without recursive triggers INSERT OR REPLACE deletes an Event unseen by the trigger that forbids it.
    "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON"
)
# Several checkouts may share one server: each has a test database of its own.
TEST_DATABASE_NAME = envstr(
    "TEST_DATABASE_NAME", f"test_supervision_{hashlib.sha256(str(BASE_DIR).encode()).hexdigest()[:8]}"
)

if EMBEDDED:
    DATABASES = {
        "default": {
            "ENGINE": "config.sqlite",
            "NAME": DATA_DIR / "db.sqlite3",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
            # On file: races between threads mean something only with the locks of the real thing.
            "TEST": {"NAME": DATA_DIR / f"{TEST_DATABASE_NAME}.sqlite3"},
        }
    }
else:
    DATABASES = {
        "default": envdatabase(
            DATABASE_URL,
            statement_ms=envint("DATABASE_STATEMENT_TIMEOUT_MS", 30_000),
            lock_ms=envint("DATABASE_LOCK_TIMEOUT_MS", 5_000),
        )
        | {"TEST": {"NAME": TEST_DATABASE_NAME, "CHARSET": "UTF8", "TEMPLATE": "template0"}}
    }

# Broker, jobs, cache ------------------------------------------------------------------------------------------------
REDIS_URL = envsecret("REDIS_URL")
FILE_BROKER = REDIS_URL == "none" or (EMBEDDED and not REDIS_URL)
if not FILE_BROKER and not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
    raise BadEnvironment(
        "设置了 DATABASE_URL 就要同时设置 REDIS_URL，例如 redis://redis:6379/0；一台机器试用可写 none。"
        " (With DATABASE_URL, REDIS_URL is needed too, e.g. redis://redis:6379/0; `none` means files, on one machine.)"
    )

QUEUE_DIR = DATA_DIR / "queue"
if not FILE_BROKER:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        # Three times the longest job (CELERY_TASK_TIME_LIMIT): the shortest value on one Redis wins for everybody.
        "visibility_timeout": 5400,
        # A wake-up lost is found by the next tick; a page that waits for a dead broker is not.
        "socket_connect_timeout": 0.3,
        "socket_timeout": 0.3,
        "retry_on_timeout": False,
        "max_retries": 0,
    }
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "supervision",
            "OPTIONS": {"socket_connect_timeout": 0.3, "socket_timeout": 1},
        }
    }
else:
    CELERY_BROKER_URL = "filesystem://localhost//"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
        # Stored beside the queue: the move stays on one file system; clear_queue_leftovers empties it.
        "processed_folder": str(QUEUE_DIR / "processed"),
        "store_processed": True,
        "polling_interval": 0.2,  # seconds
    }
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(DATA_DIR / "cache"),
        }
    }
    for folder in ("messages", "control", "processed"):
        data_folder(str(QUEUE_DIR / folder))

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ALWAYS_EAGER = envbool("CELERY_EAGER", False)
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_SOFT_TIME_LIMIT = 1500
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 512_000  # KiB
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BEAT_SCHEDULE = BEAT
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_TIMEZONE = "Asia/Shanghai"
DJANGO_STRUCTLOG_CELERY_ENABLED = True

# Language and time --------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英语"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
OFFICE_OPENS = envstr("OFFICE_OPENS", "09:00")
OFFICE_CLOSES = envstr("OFFICE_CLOSES", "18:00")

# People and sessions ------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organization.User"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "organization.passwords.ThreeClassesValidator"},
]

SESSION_ENGINE = "organization.sessions"
SESSION_IDLE_SECONDS = envint("SESSION_IDLE_SECONDS", 30 * 60, least=60)
SESSION_ABSOLUTE_SECONDS = envint("SESSION_ABSOLUTE_SECONDS", 12 * 3600, least=60)
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_SAMESITE = "Lax"

# Five wrong passwords for one name from one place; a name alone must not be lockable from outside.
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=envint("LOGIN_COOLOFF_MINUTES", 15, least=1))
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False
AXES_IPWARE_PROXY_COUNT = envint("TRUSTED_PROXIES", 0, most=5)
AXES_IPWARE_META_PRECEDENCE_ORDER = (
    ("HTTP_X_FORWARDED_FOR", "REMOTE_ADDR") if AXES_IPWARE_PROXY_COUNT else ("REMOTE_ADDR",)
)

# The outer wall -----------------------------------------------------------------------------------------------------
ALLOWED_HOSTS = envlist("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if EMBEDDED else "")
CSRF_TRUSTED_ORIGINS = envlist("CSRF_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "config.refusals.csrf_failure"
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
if not EMBEDDED and not ALLOWED_HOSTS:
    raise BadEnvironment(
        "正式运行必须设置 ALLOWED_HOSTS，例如 duban.example.gov.cn。"
        " (Production needs ALLOWED_HOSTS, e.g. duban.example.gov.cn.)"
    )

HTTPS = envbool("HTTPS", not EMBEDDED)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if AXES_IPWARE_PROXY_COUNT else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_TEMP_DIR = data_folder(str(DATA_DIR / "tmp"))
FILE_UPLOAD_PERMISSIONS = 0o600
MEDIA_ROOT = data_folder(str(DATA_DIR / "files"))  # outside the web root: no MEDIA_URL, files leave through scope only

# Static files -------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(envstr("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [("build", BASE_DIR / "static" / "build")]  # the sources beside it are nobody's business
STATIC_FINDERS = envbool("STATIC_FINDERS", EMBEDDED)  # served from where they were built, without collectstatic
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = STATIC_FINDERS
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if STATIC_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# The REST door ------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "organization.authentication.SessionAuthentication",
        "organization.authentication.ClientAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated", "organization.permissions.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
        "rest_framework.parsers.FormParser",
    ],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.refusals.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "闭环督查",
    "DESCRIPTION": "政府督查闭环：任务分解、督促检查、情况通报、监督问责。",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # Each noun has states of its own: without a name they would be called by a hash.
    "ENUM_NAME_OVERRIDES": {
        f"{name}Enum": f"tasks.states.{name}"
        for name in (
            "AssignmentState",
            "BatchState",
            "BlockerState",
            "BreakdownState",
            "ClauseState",
            "DraftState",
            "Coverage",
            "Disposition",
            "DirectiveState",
            "ExtensionState",
            "ReportState",
            "SuspensionState",
            "TaskState",
            "Cause",
            "Cycle",
            "Light",
            "Part",
            "Source",
            "Unit",
            "Urgency",
        )
    }
    | {
        f"{name}Enum": f"supervision.states.inspecting.{name}"
        for name in ("PlanState", "InspectionState", "SchemeState", "MemberState", "InspectionKind", "MemberRole")
    }
    | {
        f"{name}Enum": f"supervision.states.correcting.{name}"
        for name in ("FindingState", "RectificationState", "ConclusionState", "ReviewState")
    }
    | {
        "VerificationEnum": "supervision.states.correcting.Result",
        "SheetResultEnum": "supervision.states.inspecting.Result",
        "LengthEnum": "supervision.inputs.correcting.LENGTHS",
    }
    | {"CheckEnum": "tasks.defaults.CHECKS.items", "RoleEnum": "organization.states.Role"}
    | {
        f"{name}Enum": f"supervision.states.answering.{name}"
        for name in (
            "AccountabilityState",
            "Adoption",
            "CaseKind",
            "CaseState",
            "ClueKind",
            "ClueReply",
            "ClueState",
            "CommendationState",
            "Direction",
            "Ground",
            "Holds",
            "Praise",
            "SealPart",
            "StatementState",
            "Subject",
        )
    }
    | {
        f"{name}Enum": f"supervision.states.informing.{name}"
        for name in ("NoticeState", "NoticeKind", "Colour", "BulletinState", "MentionState", "ReceiptState")
    }
    | {"NoticeGroundEnum": "supervision.states.informing.Ground"}
    | {"AttachedKindEnum": "supervision.attached.KINDS"},
    # No validator: the page would show the document to a server on the internet.
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "validatorUrl": None},
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated", "organization.permissions.HasScope"],
}

# Logs ---------------------------------------------------------------------------------------------------------------
use_structlog()
LOGGING = logging_settings(envstr("LOG_LEVEL", "INFO").upper())
SILENCED_SYSTEM_CHECKS: list[str] = []

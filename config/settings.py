"""The one settings file; everything that differs between machines comes from the environment.

README.md lists the variables. Without any of them this is a local system on SQLite in var/.
"""

import datetime as dt
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if (BASE_DIR / ".env").is_file():
    env.read_env(BASE_DIR / ".env")  # what the environment already says wins

DEBUG = env.bool("DEBUG", default=True)
HTTPS = env.bool("HTTPS", default=not DEBUG)
DATA_DIR = BASE_DIR / env.str("DATA_DIR", default="var")
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

LOCAL_SECRET_KEY = "chỉ dùng trên máy cá nhân, không dùng khi cài đặt thật"  # noqa: S105
SECRET_KEY = env.str("SECRET_KEY", default=LOCAL_SECRET_KEY if DEBUG else "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

if not DEBUG:
    if SECRET_KEY in ("", LOCAL_SECRET_KEY):
        raise ImproperlyConfigured(
            "Thiếu SECRET_KEY. Khi DEBUG=off phải đặt biến môi trường SECRET_KEY là một chuỗi "
            "bí mật, ngẫu nhiên, dài ít nhất 50 ký tự."
        )
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "Thiếu ALLOWED_HOSTS. Khi DEBUG=off phải đặt biến môi trường ALLOWED_HOSTS là tên miền "
            "của hệ thống, ví dụ ALLOWED_HOSTS=kehoach.example.vn."
        )

# --- The parts of the application ---------------------------------------------------------------

INSTALLED_APPS = [
    "config",  # system checks only
    "units",
    "plans",
    "reports",
    "units.apps.AdministrationConfig",  # Django admin with our own site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",  # wrong passwords are counted
    "django_htmx",  # htmx as a static file
    "django.forms",  # its templates, but those that config/form_fields.py writes
    "csp",
    "simple_history",
    "django_tasks",
    "config.long_work.QueueConfig",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.sessions.IdleTimeoutMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "units.middleware.AccountMiddleware",
    "units.middleware.KeepTypedTextMiddleware",  # before a log in is asked for
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "units.middleware.TodayMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",  # who changed a field
    "units.middleware.SentOnlyMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
                "plans.context.frame",
            ],
        },
    }
]

FORM_RENDERER = "config.form_fields.FieldRenderer"
CSRF_FAILURE_VIEW = "units.views.csrf_failure"

# Whether `load_demo` may fill a new database with accounts whose password anybody can read.
DEMONSTRATION = env.bool("DEMONSTRATION", default=DEBUG)

# --- Data ---------------------------------------------------------------------------------------

DATABASES = {
    "default": {
        "CONN_MAX_AGE": 60,  # a new connection for every request costs a third of the throughput
        **env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}"),
    }
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["NAME"] = BASE_DIR / DATABASES["default"]["NAME"]
    DATABASES["default"]["OPTIONS"] = {
        # A transaction takes the write lock when it begins, so that two writers wait for each other
        # (20 s at most) instead of failing when the second one first writes.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Evidence is private: no URL serves this folder, files are sent by a view that asks for rights.
MEDIA_ROOT = DATA_DIR / "evidence"
EVIDENCE_MAX_BYTES = env.int("EVIDENCE_MAX_MB", default=20) * 2**20
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20  # of one form without its files

# What work in the background made, until it is fetched; a day at most (units/orders.py).
MADE_ROOT = DATA_DIR / "made"

# Long work waits in the database for `manage.py db_worker`, which config/server.py starts.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- Language, time, forms of numbers and dates -------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- Who comes in -------------------------------------------------------------------------------

AUTH_USER_MODEL = "units.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # refuses a locked account before anybody asks further
    "rules.permissions.ObjectPermissionBackend",
    "units.backends.PersonBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# An account is locked for a while after so many wrong passwords in a row (domain.md 8.2); further
# tries do not prolong it. An administrator opens it at once by setting a new password.
AXES_FAILURE_LIMIT = env.int("LOGIN_FAILURES", default=10)
AXES_COOLOFF_TIME = dt.timedelta(minutes=env.int("LOGIN_LOCK_MINUTES", default=15))
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "units.views.account_locked"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "login"

# A session ends so long after its last request (config/sessions.py), and with the browser.
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_MINUTES", default=30) * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- What a browser may do with our pages -------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True

SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Entering the browsers' preload list is for the owner of the domain to decide.
# Wrong passwords count per account, wherever they come from: no address has to be told apart.
SILENCED_SYSTEM_CHECKS = ["security.W021", "axes.W006"]
if env.bool("BEHIND_PROXY", default=False):
    # Only when a proxy in front always sets this header: anyone else could send it too.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Mail and log -------------------------------------------------------------------------------

vars().update(
    env.email_url("EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25")
)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="kehoach@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Django's own handlers would write the same lines again.
    "loggers": {"django": {"handlers": [], "level": "INFO"}, "axes": {"level": "WARNING"}},
}

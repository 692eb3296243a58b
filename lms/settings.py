"""Landfall's settings: one file, every difference between machines is an environment variable (12-factor).

The variables are listed in docs/operators.md. Nothing here reads the network.
"""

import secrets
import sys
from contextlib import suppress
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
TESTING = "pytest" in sys.modules

# --- The machine -----------------------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG or TESTING else [])
CSRF_TRUSTED_ORIGINS = [SITE_URL]


def secret_key() -> str:
    """SECRET_KEY from the environment; while developing, one made once and kept in DATA_DIR."""
    if key := env.str("SECRET_KEY", default=""):
        return key
    if not (DEBUG or TESTING):
        raise ImproperlyConfigured("Set SECRET_KEY to a long random value that stays the same between restarts.")
    kept = DATA_DIR / "secret_key"
    if not kept.exists():
        fresh = DATA_DIR / f"secret_key.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # several processes may begin at once: the first one's is everybody's
            kept.hardlink_to(fresh)
        fresh.unlink()
    return kept.read_text()


SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
SECURE = SITE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_SSL_REDIRECT = False  # the proxy redirects; /healthz must answer plainly
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews in a frame of the same site

# --- Apps ------------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "lms",
    "certificates",
    "cohorts",
    "courses",
    "courses.readiness",
    "cms",
    "lms.notifications",
    "lms.events",
    "lms.accounts",
    "lms.core",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "lms.accounts.apps.PeopleAdminConfig",  # wagtail.users with our forms
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_q",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.public_cache.PublicCacheMiddleware",  # outermost: an anonymous page costs nothing below it
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "lms.core.csp.PolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "cms.masterclasses.refusals.RefusedPublishingMiddleware",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
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
                "cms.chrome.chrome",
            ],
            "builtins": ["lms.core.templatetags.landfall"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS += ["django.forms"]

# --- Database, cache, queue ------------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'landfall.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # docs/decisions/0003-sqlite-settings.md
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;",
    }
else:
    options = DATABASES["default"].setdefault("OPTIONS", {})
    options["options"] = "-c jit=off"
    options.setdefault("prepare_threshold", 5)  # for the plain SQL of lms.core.rows
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared between the web server's workers and the task cluster: Wagtail's site root paths and the cluster's heartbeat.
CACHES = {"default": env.cache("CACHE_URL", default=f"filecache://{DATA_DIR / 'cache'}")}

TASK_TIMEOUT = 300  # seconds one task may take
Q_CLUSTER = {
    "name": "landfall",
    "label": "Tasks",
    "orm": "default",  # docs/decisions/0002-queue-broker.md
    "workers": env.int("CLUSTER_WORKERS", default=2),
    "queue_limit": env.int("CLUSTER_WORKERS", default=2),
    "bulk": 1,
    "save_limit": -1,
    "max_attempts": 3,
    "ack_failures": True,
    "catch_up": False,
    "guard_cycle": 0.5,
    "poll": 0.5,
    "recycle": 500,
    "timeout": TASK_TIMEOUT,
    "retry": 4 * (TASK_TIMEOUT + 3),
}
TASKS = {"default": {"BACKEND": "lms.core.task_backend.DjangoQBackend"}}

# --- People ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
# A ModelBackend too: it answers for permissions.
AUTHENTICATION_BACKENDS = ["lms.accounts.backends.PersonBackend"]
SESSION_ENGINE = "lms.accounts.sessions"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "courses:home"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "lms.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "signup": "lms.accounts.forms.SignupForm",
    "login": "lms.accounts.allauth_forms.LoginForm",
    "reauthenticate": "lms.accounts.allauth_forms.ReauthenticateForm",
    "add_email": "lms.accounts.allauth_forms.AddEmailForm",
    "change_password": "lms.accounts.allauth_forms.ChangePasswordForm",
    "set_password": "lms.accounts.allauth_forms.SetPasswordForm",
    "reset_password": "lms.accounts.allauth_forms.ResetPasswordForm",
    "reset_password_from_key": "lms.accounts.allauth_forms.ResetPasswordKeyForm",
    "confirm_email_verification_code": "lms.accounts.allauth_forms.ConfirmEmailForm",
    "confirm_password_reset_code": "lms.accounts.allauth_forms.ConfirmResetForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
# No change of address while confirming: it would tell a new address from a taken one.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_RATE_LIMITS = {"events_check_in": "10/10m/user"}  # beside allauth's own: who guesses at a code on a screen
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)  # how many proxies add to X-Forwarded-For
# docs/decisions/0018-signing-in-and-own-data.md
MFA_ADAPTER = "lms.accounts.second_step.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Landfall"
MFA_TOTP_TOLERANCE = 1  # a code of half a minute ago or ahead, for clocks that differ; none twice
MFA_FORMS = {
    "authenticate": "lms.accounts.second_step.forms.AuthenticateForm",
    "reauthenticate": "lms.accounts.second_step.forms.ReauthenticateForm",
    "activate_totp": "lms.accounts.second_step.forms.ActivateAppForm",
    "add_webauthn": "lms.accounts.second_step.forms.AddPasskeyForm",
    "edit_webauthn": "lms.accounts.second_step.forms.NamePasskeyForm",
    "authenticate_webauthn": "lms.accounts.second_step.forms.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "lms.accounts.second_step.forms.ReauthenticatePasskeyForm",
    "login_webauthn": "lms.accounts.second_step.forms.SignInPasskeyForm",
}
WAGTAILADMIN_LOGIN_URL = "editors_sign_in"
WAGTAIL_FRONTEND_LOGIN_URL = "readers_sign_in"
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

# --- Mail ------------------------------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default=f"filemail:///{str(DATA_DIR / 'mail').lstrip('/')}")
vars().update(EMAIL_CONFIG)
if EMAIL_CONFIG["EMAIL_BACKEND"].endswith("filebased.EmailBackend"):
    EMAIL_FILE_PATH = "/" + str(EMAIL_CONFIG["EMAIL_FILE_PATH"]).lstrip("/")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Landfall <landfall@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Language and time -----------------------------------------------------------------------------------------------
USE_I18N = USE_TZ = True
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("nb", _("Norwegian Bokmål"))]
LOCALE_PATHS = [BASE_DIR / "lms" / "locale"]
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Europe/Oslo"
FORMAT_MODULE_PATH = ["lms.formats"]

# --- Files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "media/"
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"  # what learners upload: no server sends it, only a view that checks who asks
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=DEBUG or TESTING)  # otherwise the proxy does
if X_ACCEL_PREFIX := env.str("X_ACCEL_PREFIX", default=""):
    SENDFILE_BACKEND = "lms.core.accel"  # documents: we check, nginx sends
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING  # no list of all files is made beforehand
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024  # above what a lesson may have: its editor then refuses it in words
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's editor posts large forms

# --- Wagtail ---------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Landfall"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.library.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.Document"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "csv", "txt", "md", "mp3", "m4a", "mp4", "vtt", "zip"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.library.forms.DocumentForm"  # knows how large each kind of file may be
WAGTAILDOCS_SERVE_METHOD = "serve_view"

# --- Content Security Policy: nothing inline, nothing from elsewhere -------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF, "https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "object-src": [NONE],
    },
}

# --- Log -------------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django-q": {"level": "WARNING"}},  # it says five things about each task, every minute
}

DEMO_ALLOWED = DEBUG
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other subdomains are not ours to bind to TLS
    "security.W008",  # the proxy redirects; /healthz must answer plainly
    "security.W019",  # Wagtail shows previews in a frame of the same site
    "security.W021",  # the preload list is the domain owner's choice
]

"""Every setting of the web application, each from the environment; docs/run/settings.md lists them."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

import fairlead
from fairlead.web.environment import env, envbool, envint, envlist, envsecret

PACKAGE = Path(fairlead.__file__).parent
WEB = PACKAGE / "web"

# --- Where things are kept -------------------------------------------------------------------

DEMO = envbool("FAIRLEAD_DEMO", default=False)
DATA = Path(env("FAIRLEAD_DATA", "var/demo" if DEMO else "var")).resolve()
FAIRLEAD_DATA_DIR = DATA
BUNDLE = DATA / "bundle"
STATIC_ROOT = DATA / "static"


def _kept_key(variable: str, file: str) -> str:
    """Give the key from the environment, or the one made on the first start in the data folder."""
    given = envsecret(variable)
    if given:
        return given
    path = DATA / file
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    # Written beside its place and linked into it: no process ever reads half a key, and the first one wins.
    part = path.with_name(f"{file}.{os.getpid()}")
    part.touch(mode=0o600)  # never open to others, not even before a change of its mode
    part.write_text(secrets.token_urlsafe(64), encoding="ascii")
    try:
        path.hardlink_to(part)
    except FileExistsError:
        pass
    finally:
        part.unlink()
    return path.read_text(encoding="ascii").strip()


# Before anything is put into it: a folder made on the way to another one can be opened by everybody.
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
SECRET_KEY = _kept_key("FAIRLEAD_SECRET_KEY", "secret.key")
SECRET_KEY_FALLBACKS = [key for key in (envsecret("FAIRLEAD_OLD_SECRET_KEY"),) if key]
# Seals the record; the keys before it, newest first, prove what they sealed. None of them is in the database.
TRAIL_KEYS = [
    _kept_key("FAIRLEAD_TRAIL_KEY", "trail.key"),
    *(key.strip() for key in envsecret("FAIRLEAD_OLD_TRAIL_KEY").split(",") if key.strip()),
]
# Opens people's keys, and so what they keep here; the one before it opens them too while it is being changed.
VAULT_KEYS = [
    _kept_key("FAIRLEAD_VAULT_KEY", "vault.key"),
    *(key for key in (envsecret("FAIRLEAD_OLD_VAULT_KEY"),) if key),
]
if any(len(key) < 32 for key in VAULT_KEYS):
    raise ImproperlyConfigured(
        "FAIRLEAD_VAULT_KEY is too short to protect anybody. Write 32 characters or more, such as "
        "`openssl rand -base64 32` gives."
    )
BUNDLE.mkdir(parents=True, exist_ok=True)

# --- Where it is reached ---------------------------------------------------------------------

DEBUG = envbool("FAIRLEAD_DEBUG_PAGES", default=False)
URL = env("FAIRLEAD_URL", "http://127.0.0.1:8000").rstrip("/")
_url = urlsplit(URL)
if _url.scheme not in {"http", "https"} or not _url.hostname:
    raise ImproperlyConfigured(
        f"FAIRLEAD_URL is {URL!r}. Write an address such as https://fairlead.example.org."
    )
HTTPS = _url.scheme == "https"
# The machine itself is always a host: health probes knock there.
ALLOWED_HOSTS = [_url.hostname, *envlist("FAIRLEAD_HOSTS"), "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [URL] if HTTPS else []
PROXIES = envint("FAIRLEAD_PROXIES", 1 if HTTPS else 0)
if PROXIES and HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- The parts -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "fairlead.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "fairlead.web.headers.private_pages",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fairlead.web.vault.viewer.looks",
    "django.contrib.messages.middleware.MessageMiddleware",
    "fairlead.web.kept.keeps",
    "fairlead.web.people.sessions.limits",
    "fairlead.web.asked_in.remembers",
    "fairlead.web.access.step_up.Arriving",
    "allauth.account.middleware.AccountMiddleware",
    "fairlead.web.people.one_door.OneDoor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "fairlead.web.urls"
WSGI_APPLICATION = "fairlead.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fairlead.web.look.page",
                "fairlead.web.people.one_door.offered",
            ],
        },
    },
]

# --- The database ----------------------------------------------------------------------------


def _database() -> dict[str, Any]:
    """SQLite in the data folder, or PostgreSQL by an address or by its parts."""
    address = envsecret("FAIRLEAD_DATABASE")
    if not address and not env("FAIRLEAD_DATABASE_HOST"):
        return {
            # Three files: this one, vault.sqlite3 and keys.sqlite3; vault/files.py says what holds for each.
            "ENGINE": "fairlead.web.vault.sqlite",
            "NAME": DATA / "fairlead.sqlite3",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
        }
    parts = urlsplit(address)
    if address and parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "FAIRLEAD_DATABASE is not understood. Write postgresql://user:password@host:5432/name, "
            "or leave it out for SQLite.",
        )
    return {
        "ENGINE": "fairlead.web.vault.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or env("FAIRLEAD_DATABASE_NAME", "fairlead"),
        "USER": unquote(parts.username or "") or env("FAIRLEAD_DATABASE_USER", "fairlead"),
        "PASSWORD": unquote(parts.password or "") or envsecret("FAIRLEAD_DATABASE_PASSWORD"),
        "HOST": parts.hostname or env("FAIRLEAD_DATABASE_HOST"),
        "PORT": str(parts.port or env("FAIRLEAD_DATABASE_PORT", "5432")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database()}

# --- What is counted -------------------------------------------------------------------------

# How often a door was tried is counted in the database: all processes count together, and a limit of five
# tries is five however many web processes there are. The table is the model Attempt.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_attempt",
        "KEY_FUNCTION": "fairlead.web.people.attempts.sealed",
        # Far above what a limit needs: whoever fills the table must not push out what was counted.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
}

# --- Background work -------------------------------------------------------------------------

# One worker process beside the web process takes tasks from the database: no broker is needed, a
# reading shows its progress, and a task enqueued in a transaction that rolls back does not exist.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Who somebody is -------------------------------------------------------------------------

# An organization's own sign-in by OpenID Connect: switched on by the issuer's address.
OIDC_ISSUER = env("FAIRLEAD_OIDC_ISSUER").strip()
OIDC_CLIENT_ID = env("FAIRLEAD_OIDC_CLIENT_ID").strip()
OIDC_CLIENT_SECRET = envsecret("FAIRLEAD_OIDC_CLIENT_SECRET")
OIDC_NAME = env("FAIRLEAD_OIDC_NAME", "your organization")
OIDC_DOMAINS = [name.lower().removeprefix("@") for name in envlist("FAIRLEAD_OIDC_DOMAINS")]
OIDC_ONLY = envbool("FAIRLEAD_OIDC_ONLY", default=False)
OIDC_TRUST = envbool("FAIRLEAD_OIDC_TRUST", default=False)
OIDC_MFA = envbool("FAIRLEAD_OIDC_MFA", default=False)
if OIDC_ISSUER:
    _issuer = urlsplit(OIDC_ISSUER)
    _here = _issuer.hostname in {"127.0.0.1", "localhost", "::1"}
    if not (_issuer.scheme == "https" or (_issuer.scheme == "http" and _here)) or not _issuer.hostname:
        raise ImproperlyConfigured(
            f"FAIRLEAD_OIDC_ISSUER is {OIDC_ISSUER!r}. Write the https:// address that the provider calls "
            "issuer."
        )
    if not OIDC_CLIENT_ID:
        raise ImproperlyConfigured(
            "FAIRLEAD_OIDC_ISSUER is set without FAIRLEAD_OIDC_CLIENT_ID. Write the id that the provider "
            "gave to this installation."
        )
elif OIDC_ONLY:
    raise ImproperlyConfigured(
        "FAIRLEAD_OIDC_ONLY is set without FAIRLEAD_OIDC_ISSUER: nobody could sign in. Set the issuer too."
    )

AUTH_USER_MODEL = "web.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "landing"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

ACCOUNT_ADAPTER = "fairlead.web.people.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "fairlead.web.people.forms.SignupForm"
ACCOUNT_FORMS = {
    "login": "fairlead.web.people.account_forms.LoginForm",
    "signup": "fairlead.web.people.account_forms.SignupForm",
    "add_email": "fairlead.web.people.account_forms.AddEmailForm",
    "change_password": "fairlead.web.people.account_forms.ChangePasswordForm",
    "reset_password": "fairlead.web.people.account_forms.ResetPasswordForm",
    "reset_password_from_key": "fairlead.web.people.account_forms.ResetPasswordKeyForm",
    "reauthenticate": "fairlead.web.people.account_forms.ReauthenticateForm",
    "set_password": "fairlead.web.people.account_forms.SetPasswordForm",
}
SIGNUP = envbool("FAIRLEAD_SIGNUP", default=True)
# The pages of the library, and nothing that anybody wrote here, open without signing in.
PUBLIC_HANDBOOK = envbool("FAIRLEAD_PUBLIC_HANDBOOK", default=False)
ACCOUNT_SIGNUP_OPEN = SIGNUP and not OIDC_ONLY  # with a password; the provider is another door
# An installation that can send no mail asks nobody to wait for one.
ACCOUNT_EMAIL_VERIFICATION = env(
    "FAIRLEAD_EMAIL_VERIFICATION", "optional" if env("FAIRLEAD_MAIL_HOST") else "none"
)
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Fairlead: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _url.scheme
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True  # one address at a time; a new one counts once it is confirmed
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True  # the limits below end every session, whatever the browser keeps
ACCOUNT_RATE_LIMITS: dict[str, str] = {}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES

SOCIALACCOUNT_ADAPTER = "fairlead.web.people.linking.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False  # the provider's tokens open other doors; none is kept
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # who is joined to which account is decided in people/linking.py
SOCIALACCOUNT_REQUESTS_TIMEOUT = 8

MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "fairlead.web.people.accounts.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "fairlead.web.people.account_forms.ActivateTOTPForm",
    "add_webauthn": "fairlead.web.people.account_forms.AddPasskeyForm",
    "authenticate": "fairlead.web.people.account_forms.SecondFactorForm",
    "authenticate_webauthn": "fairlead.web.people.account_forms.PasskeyForm",
    "reauthenticate_webauthn": "fairlead.web.people.account_forms.PasskeyAgainForm",
    "login_webauthn": "fairlead.web.people.account_forms.LoginPasskeyForm",
    "edit_webauthn": "fairlead.web.people.account_forms.RenamePasskeyForm",
    "reauthenticate": "fairlead.web.people.account_forms.SecondFactorAgainForm",
}
MFA_TOTP_ISSUER = "Fairlead"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = ACCOUNT_EMAIL_VERIFICATION != "mandatory"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# Who keeps the people and who keeps the server are two different people; in a very small organization not.
SMALL = envbool("FAIRLEAD_SMALL", default=False)

# --- Sessions, cookies, headers --------------------------------------------------------------

SESSION_IDLE = envint("FAIRLEAD_SESSION_IDLE_MINUTES", 30) * 60
SESSION_ABSOLUTE = envint("FAIRLEAD_SESSION_HOURS", 12) * 3600
SESSION_COOKIE_AGE = SESSION_ABSOLUTE
SESSION_COOKIE_NAME = "fairlead_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "fairlead_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "fairlead.web.views.csrf_failure"
LANGUAGE_COOKIE_SECURE = HTTPS
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes knock behind the proxy, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],  # the QR code of a second factor is a data address
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
    },
}

# --- Size of what people send ----------------------------------------------------------------

UPLOAD_LIMIT = envint("FAIRLEAD_UPLOAD_MIB", 64) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# A calendar is held in memory and dropped, never spooled to a folder that anybody can read.
FILE_UPLOAD_HANDLERS = ["fairlead.web.uploads.InMemory"]

# --- Static files ----------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [("vendor", BUNDLE)]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "fairlead.web.finder.RenderFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Words and time --------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = env("FAIRLEAD_ZONE", "UTC")
USE_I18N = True
USE_TZ = True

# --- Mail ------------------------------------------------------------------------------------

EMAIL_HOST = env("FAIRLEAD_MAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = envint("FAIRLEAD_MAIL_PORT", 587)
EMAIL_HOST_USER = env("FAIRLEAD_MAIL_USER")
EMAIL_HOST_PASSWORD = envsecret("FAIRLEAD_MAIL_PASSWORD")
EMAIL_USE_TLS = envbool("FAIRLEAD_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("FAIRLEAD_MAIL_FROM", f"fairlead@{_url.hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- How long things are kept ----------------------------------------------------------------

KEEP_DAYS: dict[str, int | None] = {
    "readings": envint("FAIRLEAD_KEEP_READINGS_DAYS", 365),
    "own": None,
    "account": envint("FAIRLEAD_KEEP_ACCOUNT_DAYS", 90),
    "leavers": envint("FAIRLEAD_KEEP_LEAVERS_DAYS", 1460),
    "imports": envint("FAIRLEAD_KEEP_IMPORTS_DAYS", 30),
    "invitations": envint("FAIRLEAD_KEEP_INVITATIONS_DAYS", 30),
    "grants": envint("FAIRLEAD_KEEP_GRANTS_DAYS", 730),
    "shares": envint("FAIRLEAD_KEEP_SHARES_DAYS", 365),
    "surveys": envint("FAIRLEAD_KEEP_SURVEYS_DAYS", 1095),
    "promotions": envint("FAIRLEAD_KEEP_PROMOTIONS_DAYS", 1460),
    "handbook": envint("FAIRLEAD_KEEP_HANDBOOK_DAYS", 1095),
    "requests": envint("FAIRLEAD_KEEP_REQUESTS_DAYS", 1095),
    "record": envint("FAIRLEAD_KEEP_RECORD_DAYS", 730),
    "organization": None,
}
for _name, _days in KEEP_DAYS.items():
    if _days is not None and not 1 <= _days <= 3660:
        raise ImproperlyConfigured(
            f"FAIRLEAD_KEEP_{_name.upper()}_DAYS is {_days}. Write a number from 1 to 3660."
        )
# Who runs this, for the processing record and the works-council sheet.
ORGANIZATION = env("FAIRLEAD_ORGANIZATION")
PRIVACY_CONTACT = env("FAIRLEAD_PRIVACY_CONTACT")

# --- Log -------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"answers": {"()": "fairlead.web.feedback.quiet.Answers"}},
    "handlers": {
        "standard error": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": "line",
            "filters": ["answers"],
        }
    },
    "root": {"handlers": ["standard error"], "level": env("FAIRLEAD_LOG", "WARNING")},
}

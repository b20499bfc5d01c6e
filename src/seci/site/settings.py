"""Django settings. What an operator may set is in `instance`; the rest is the product's own choice."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from seci.kit.instance import Instance
from seci.site.secret import instance_secret

INSTANCE = Instance.from_environment()
HERE = Path(__file__).parent

SECI_EVIDENCE_DIR = INSTANCE.evidence
SECI_PUBLIC_URL = os.environ.get("SECI_PUBLIC_URL", "http://127.0.0.1:8000")

SECRET_KEY = instance_secret(INSTANCE.data)
DEBUG = False
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    urlsplit(SECI_PUBLIC_URL).hostname or "",
    *os.environ.get("SECI_HOSTS", "").split(),
]
CSRF_TRUSTED_ORIGINS = [SECI_PUBLIC_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "seci.jobs",
    "seci.accounts",
    "seci.partner",
    "seci.people",
    "seci.ledger",
    "seci.assets",
    "seci.cases",
    "seci.artifacts",
    "seci.library",
    "seci.search",
    "seci.sources.git",
    "seci.sources.documents",
    "seci.combination",
    "seci.combination.live",
    "seci.externalization",
    "seci.internalization",
    "seci.spiral",
    "seci.cycle",
    "seci.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "seci.site.middleware.Guard",
    "seci.site.middleware.Sentences",
]

ROOT_URLCONF = "seci.site.urls"
WSGI_APPLICATION = "seci.site.wsgi.application"
DATABASES = {"default": INSTANCE.django_database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "seci.site.context.house",
            ]
        },
    }
]

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
STATIC_ROOT = INSTANCE.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "seci.site.statics.Hashed"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "seci.accounts.adapter.ClosedDoor"

CSRF_FAILURE_VIEW = "seci.site.middleware.csrf_failed"
SESSION_COOKIE_HTTPONLY = True
# Behind a proxy that ends TLS, the server takes the scheme from X-Forwarded-Proto of the proxies in SECI_PROXIES.
HTTPS = SECI_PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Other names under the same domain, and the browsers' preload list, are not ours to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
    }
}

# A folder of documents that is dropped on the page of imports; more go into a zip.
DATA_UPLOAD_MAX_NUMBER_FILES = 5_000

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"keys": {"()": "seci.site.secret.KeysUnsaid"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["keys"]}},
    # Whoever calls by a foreign name is answered with a sentence; strangers do not fill the log with it.
    "loggers": {"django.security.DisallowedHost": {"handlers": [], "propagate": False}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

"""Log-in, cookies, content policy and upload limits.

Behind a TLS proxy that sets X-Forwarded-Proto, set `HTTPS=true`: cookies then travel
only over TLS. Without it the platform listens on loopback for one machine, where a
secure cookie would never come back.
"""

from __future__ import annotations

import datetime as dt

from csp.constants import NONCE, NONE, SELF

from config.settings.environment import read_flag, read_whole_number

_https = read_flag("HTTPS")

SESSION_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# Subdomains and browsers' preload lists are the operator's to decide, who owns the domain.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    },
}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "sesame.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESAME_ONE_TIME = True
SESAME_MAX_AGE = dt.timedelta(hours=1)

AXES_HANDLER = "core.login_limits.LoginLimits"
AXES_FAILURE_LIMIT = 8
# Room for a whole office behind one address, none for a list of names.
LOGIN_FAILURES_PER_ADDRESS = 60
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
# One guesser must not lock everybody behind the same address out, nor a member out everywhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/login.html"

UPLOAD_MAX_BYTES = read_whole_number("UPLOAD_MAX_BYTES", 4 * 1024**3, 1024**2, 1024**4)
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 200

"""Settings of the platform. What differs between installs comes from the environment (see `.env.example`).

Each outside service and each concern has a slice of its own beside this file; the names
imported here without being used are settings.
"""

from __future__ import annotations

import os

from config.settings.agentbot import (
    DOUYIN_API_URL,
    HAS_PUBLIC_URL,
    KUAISHOU_API_URL,
    META_GRAPH_URL,
    PUBLIC_URL,
    WECOM_API_URL,
)
from config.settings.broker import (
    CELERY_ACCEPT_CONTENT,
    CELERY_BEAT_SCHEDULE,
    CELERY_BROKER_CONNECTION_MAX_RETRIES,
    CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP,
    CELERY_BROKER_CONNECTION_TIMEOUT,
    CELERY_BROKER_TRANSPORT_OPTIONS,
    CELERY_BROKER_URL,
    CELERY_TASK_ACKS_LATE,
    CELERY_TASK_DEFAULT_QUEUE,
    CELERY_TASK_IGNORE_RESULT,
    CELERY_TASK_QUEUES,
    CELERY_TASK_REJECT_ON_WORKER_LOST,
    CELERY_TASK_ROUTES,
    CELERY_TASK_SERIALIZER,
    CELERY_TASK_TIME_LIMIT,
    CELERY_TIMEZONE,
    CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS,
    CELERY_WORKER_HIJACK_ROOT_LOGGER,
    CELERY_WORKER_MAX_TASKS_PER_CHILD,
    CELERY_WORKER_PREFETCH_MULTIPLIER,
    EMBEDS_BROKER,
)
from config.settings.database import DATABASES, EMBEDS_POSTGRES
from config.settings.environment import (
    ROOT,
    make_folder,
    read_flag,
    read_home,
    read_key,
    read_list,
    read_secret,
    read_whole_number,
)
from config.settings.heads import HEAD_MODEL_DIR
from config.settings.hearing import HEARING_MODEL_DIR, HEARING_SCRIPT
from config.settings.live import (
    LIVE_ARCHIVE,
    LIVE_CORE_HOUR_FEN,
    LIVE_GIGABYTE_FEN,
    LIVE_OFFERED_HIGHEST_FEN,
    LIVE_OFFERED_LOWEST_FEN,
    LIVE_ROOMS_PER_HOST,
    LIVE_STUN_URL,
    LIVE_TURN_PASSWORD,
    LIVE_TURN_URL,
    LIVE_TURN_USER,
)
from config.settings.llm import (
    EMBEDDINGS_BASE_URL,
    EMBEDDINGS_CLIENT,
    EMBEDDINGS_MODEL,
    LLM_API_KEY,
    LLM_BASE_URL,
    LLM_BOOKS_THREAD,
    LLM_CONCURRENCY,
    LLM_EXTRA_BODY,
    LLM_FALLBACK,
    LLM_INPUT_FEN,
    LLM_MODEL,
    LLM_OUTPUT_FEN,
    LLM_VENV,
    LLM_VISION,
)
from config.settings.media import FFMPEG_BINARY, LABEL_PRODUCER, SEGMENTS_LIMIT_BYTES, SIGNING_ROOT
from config.settings.models import (
    CLIP_BATCH,
    CLIP_BATCH_WAIT_MS,
    CLIP_CHECKPOINT,
    CLIP_ENGINE,
    CLIP_SIZE,
    CLIP_STEP_CACHE_PERCENT,
    CLIP_STEPS,
    EVALUATION_MODELS_DIR,
    MODEL_AGREEMENTS,
    MODEL_DEVICE,
    MODEL_MEMORY_BYTES,
    MODELS_DIR,
)
from config.settings.security import (
    AUTH_PASSWORD_VALIDATORS,
    AUTHENTICATION_BACKENDS,
    AXES_COOLOFF_TIME,
    AXES_FAILURE_LIMIT,
    AXES_HANDLER,
    AXES_LOCKOUT_PARAMETERS,
    AXES_LOCKOUT_TEMPLATE,
    AXES_RESET_ON_SUCCESS,
    CONTENT_SECURITY_POLICY,
    CSRF_COOKIE_SECURE,
    DATA_UPLOAD_MAX_MEMORY_SIZE,
    DATA_UPLOAD_MAX_NUMBER_FIELDS,
    DATA_UPLOAD_MAX_NUMBER_FILES,
    FILE_UPLOAD_MAX_MEMORY_SIZE,
    LOGIN_FAILURES_PER_ADDRESS,
    SECURE_CONTENT_TYPE_NOSNIFF,
    SECURE_HSTS_SECONDS,
    SECURE_PROXY_SSL_HEADER,
    SECURE_REDIRECT_EXEMPT,
    SECURE_REFERRER_POLICY,
    SECURE_SSL_REDIRECT,
    SESAME_MAX_AGE,
    SESAME_ONE_TIME,
    SESSION_COOKIE_HTTPONLY,
    SESSION_COOKIE_SECURE,
    SILENCED_SYSTEM_CHECKS,
    UPLOAD_MAX_BYTES,
    X_FRAME_OPTIONS,
)
from config.settings.storage import S3_ENDPOINT_URL, STORAGE_URL
from config.settings.voice import (
    VOICE_API,
    VOICE_API_KEY,
    VOICE_BASE_URL,
    VOICE_MODEL,
    VOICE_MODEL_DIR,
    VOICE_NAME,
    VOICE_SAMPLE_RATE,
)

BASE_DIR = ROOT
ADLOOM_HOME = read_home("ADLOOM_HOME")
PORT = read_whole_number("PORT", 8000, 1, 65535)
DEBUG = read_flag("DEBUG")
SECRET_KEY = read_secret("SECRET_KEY", ADLOOM_HOME)
PII_KEY = read_key("PII_KEY", ADLOOM_HOME)
ALLOWED_HOSTS = read_list("ALLOWED_HOSTS", ["127.0.0.1", "localhost"])
EMBEDDED_SERVICES = frozenset(
    {"workers", "conversations", "live_hosts"}
    | ({"postgres"} if EMBEDS_POSTGRES else set())
    | ({"broker"} if EMBEDS_BROKER else set())
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "csp",
    "axes",
    "core",
    "generation",
    "creative",
    "agentbot",
    "avatar",
    "dashboard",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.tenancy.middleware.TenancyMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "dashboard:login"
LOGIN_REDIRECT_URL = "dashboard:home"
LOGOUT_REDIRECT_URL = "dashboard:login"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "dashboard.navigation.frame",
            ],
        },
    },
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The folders of the apps are served as they are, so that a fresh clone needs no collectstatic.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = ADLOOM_HOME / "media"
# Footage is large and a machine's shared temporary folder often small.
FILE_UPLOAD_TEMP_DIR = make_folder(ADLOOM_HOME / "incoming")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}

"""Settings of the tests: a home of their own, nothing from the machine's environment.

A test that starts another program with these settings hands its own home down by
`ADLOOM_TEST_HOME`, so that both see one database. Workers of one run (`pytest -n 2`)
each have a home, and with it a database and a broker, of their own.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_OUTSIDE = (
    *("DATABASE_URL", "CELERY_BROKER_URL", "LLM_BASE_URL", "LLM_MODEL", "LLM_API_KEY", "LLM_EXTRA_BODY"),
    *(
        "EMBEDDINGS_BASE_URL",
        "EMBEDDINGS_MODEL",
        "VOICE_BASE_URL",
        "VOICE_MODEL_DIR",
        "STORAGE_URL",
        "S3_ENDPOINT_URL",
        "FFMPEG_BINARY",
        "PUBLIC_URL",
    ),
    *("VOICE_API", "VOICE_API_KEY", "VOICE_MODEL", "VOICE_NAME", "VOICE_SAMPLE_RATE"),
    *("HEAD_MODEL_DIR", "HEARING_MODEL_DIR", "HEARING_SCRIPT"),
    *("DOUYIN_API_URL", "KUAISHOU_API_URL", "META_GRAPH_URL", "WECOM_API_URL"),
    *("SECRET_KEY", "PII_KEY", "SIGNING_ROOT", "ALLOWED_HOSTS", "PORT", "DEBUG", "HTTPS"),
)
for _name in _OUTSIDE:
    # Set rather than removed: a `.env` of the developer fills in what is missing.
    os.environ[_name] = ""


def _remove(home: str, owner: int) -> None:
    """The run's home goes with the run; a forked child that ends leaves it alone."""
    if os.getpid() == owner:
        shutil.rmtree(home, ignore_errors=True)


_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if not os.environ.get("ADLOOM_TEST_HOME") or os.environ.get("ADLOOM_TEST_HOME_OF", "") != _worker:
    # A worker inherits the environment of the process that hands out the tests.
    os.environ["ADLOOM_TEST_HOME_OF"] = _worker
    os.environ["ADLOOM_TEST_HOME"] = tempfile.mkdtemp(prefix="adloom-test-")
    atexit.register(_remove, os.environ["ADLOOM_TEST_HOME"], os.getpid())
    # `nobody`, who runs PostgreSQL when the tests run as root, has to be able to pass through.
    os.chmod(os.environ["ADLOOM_TEST_HOME"], 0o711)
os.environ["ADLOOM_HOME"] = os.environ["ADLOOM_TEST_HOME"]
# Made once for all workers (tests/support/template.py), so it lies with whoever was there first.
os.environ.setdefault("ADLOOM_TEST_TEMPLATE", os.path.join(os.environ["ADLOOM_TEST_HOME"], "template"))
os.environ["ADLOOM_POSTGRES_OPTIONS"] = "fsync=off full_page_writes=off"

# The base settings read the environment as they are imported, so only now.
from config.settings.base import *  # noqa: E402, F403
from config.settings.base import ALLOWED_HOSTS as _HOSTS  # noqa: E402

ALLOWED_HOSTS = [*_HOSTS, "testserver"]
# The tests make hundreds of members; a slow hash protects none of them.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LLM_BOOKS_THREAD = False

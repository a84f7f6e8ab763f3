"""PostgreSQL: the operator's own by `DATABASE_URL`, else the embedded one on its private socket."""

from __future__ import annotations

from config.settings.environment import read_database, read_home
from core.processes.places import Places

_own = read_database("DATABASE_URL")
EMBEDS_POSTGRES = _own is None

DATABASES = {
    "default": _own
    or {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "adloom",
        "USER": "postgres",
        "HOST": str(Places(read_home("ADLOOM_HOME")).postgres_sockets),
    }
}
# Under ASGI a kept connection would belong to one of many threads; over a unix socket a new one takes 2 ms.
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

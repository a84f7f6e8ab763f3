"""Whether the services this platform stands on answer."""

from __future__ import annotations

from collections.abc import Callable

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection
from kombu.exceptions import OperationalError as BrokerAway

from core.processes.places import Places
from core.processes.readiness import conversations_answer, live_hosts_answer, workers_answer


def look_at_services(only: str = "") -> dict[str, str]:
    """Service → "ok" or one sentence of what is wrong.

    What runs on other machines (`run_part`) is asked there; this home answers for what it keeps itself.
    `only` names one service to ask beside the web: a proxy must not drop the web because the broker is away.
    """
    looks: dict[str, Callable[[], str]] = {"postgres": _postgres, "broker": _broker}
    kept: dict[str, Callable[[], str]] = {
        "workers": _workers,
        "conversations": _conversations,
        "live_hosts": _live_hosts,
    }
    places = Places(settings.ADLOOM_HOME)
    looks |= {name: look for name, look in kept.items() if places.kept_file(name).exists()}
    return {"web": "ok", **{name: look() for name, look in looks.items() if only in ("", name)}}


def _postgres() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError as error:
        return f"does not answer: {type(error).__name__}"
    return "ok"


def _broker() -> str:
    try:
        with current_app.connection_for_read() as link:
            link.ensure_connection(max_retries=0, timeout=3)
    except (OSError, BrokerAway, *current_app.connection_for_read().connection_errors) as error:
        return f"does not answer: {type(error).__name__}"
    return "ok"


def _workers() -> str:
    return "ok" if workers_answer(Places(settings.ADLOOM_HOME)) else "not all of them are ready"


def _conversations() -> str:
    return "ok" if conversations_answer(Places(settings.ADLOOM_HOME)) else "not all of them are ready"


def _live_hosts() -> str:
    return "ok" if live_hosts_answer(Places(settings.ADLOOM_HOME)) else "is not ready"

"""The secrets of a CRM behind a signed webhook: the newest, and older ones while they are replaced."""

from __future__ import annotations

import base64
import datetime as dt

from agentbot.models import CrmConnection
from agentbot.pii import unwrap_key, wrap_key
from core.webhooks.signing import new_secret, secret_bytes

MOST_OLD = 7
"""Every secret is one more signature on every request."""
REPLACED_DAYS = 7

Old = list[list[str | None]]
"""[[wrapped, in base64, until when in ISO 8601 or None]], the newest first."""


def add_secret(connection: CrmConnection) -> str:
    """Another secret, shown this once; those there are stay valid."""
    return _add(connection, _kept(connection))


def rotate_secret(connection: CrmConnection, now: dt.datetime) -> str:
    """A new secret, shown this once; those there are hold for a week more, so that nothing is lost meanwhile."""
    ends = (now + dt.timedelta(days=REPLACED_DAYS)).isoformat()
    valid = [each for each in _kept(connection) if _is_valid(each, now)]
    return _add(connection, [[wrapped, until or ends] for wrapped, until in valid])


def valid_keys(secret: bytes | memoryview | None, old: Old, now: dt.datetime) -> tuple[bytes, ...]:
    """The newest first: what is sent is signed with each of them, what comes in may be with any."""
    wrapped = [bytes(secret)] if secret else []
    wrapped += [base64.b64decode(each[0] or "") for each in old if _is_valid(each, now)]
    return tuple(unwrap_key(each) for each in wrapped)


def _add(connection: CrmConnection, old: Old) -> str:
    secret = new_secret()
    connection.old_secrets, connection.secret = old[:MOST_OLD], wrap_key(secret_bytes(secret))
    connection.save(update_fields=["secret", "old_secrets"])
    return secret


def _kept(connection: CrmConnection) -> Old:
    newest: Old = [[base64.b64encode(bytes(connection.secret)).decode(), None]] if connection.secret else []
    return newest + list(connection.old_secrets)


def _is_valid(each: list[str | None], now: dt.datetime) -> bool:
    return each[1] is None or dt.datetime.fromisoformat(each[1]) > now

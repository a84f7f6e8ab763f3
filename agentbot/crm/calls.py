"""JSON over HTTP to a CRM that has no kept client of its own: one request behind the guard, and what came of it."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpcore

from agentbot.crm.base import TIME_LIMIT_SECONDS, Account, Bucket, Capabilities, RefusedByCrm, unanswered
from core.webhooks.addresses import ForbiddenAddress, make_blocking_pool
from core.webhooks.posting import Answer

LARGEST_ANSWER_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True)
class Heard:
    """An answer. `told` is its JSON, None where it has none; names of `headers` in lower case."""

    status: int
    told: Any
    headers: Mapping[str, str]

    @property
    def is_yes(self) -> bool:
        return 200 <= self.status < 300


class Calls:
    """Requests to one account within its limits. Follows no redirects, knows no proxies; used by several threads."""

    def __init__(self, account: Account, capabilities: Capabilities) -> None:
        self._url = account.url.rstrip("/")
        self._bucket = Bucket(capabilities.rate, capabilities.burst)
        self._pool = make_blocking_pool(may_be_private=account.may_be_private)

    def ask(self, method: str, path: str, headers: Mapping[str, str], payload: Any = None) -> Heard:
        """The answer, whatever its status. Raises `RefusedByCrm` when there was none."""
        self._bucket.take()
        given = {"accept": "application/json", "user-agent": "Adloom-CRM/1", **headers}
        body = None if payload is None else json.dumps(payload, ensure_ascii=False).encode()
        if body is not None:
            given["content-type"] = "application/json"
        try:
            return self._exchange(method, self._url + path, given, body)
        except ForbiddenAddress as error:
            raise RefusedByCrm(Answer(0, failure=str(error))) from error
        except (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.UnsupportedProtocol) as error:
            raise RefusedByCrm(Answer(0, failure=f"cannot connect: {error}"[:200])) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
            raise unanswered(error) from error

    def _exchange(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Heard:
        limit = TIME_LIMIT_SECONDS
        limits = {"timeout": {"connect": limit, "read": limit, "write": limit, "pool": limit}}
        until = time.monotonic() + limit
        pairs = list(headers.items())
        with self._pool.stream(method, url, headers=pairs, content=body, extensions=limits) as response:
            pieces, size = [], 0
            for piece in response.iter_stream():
                pieces.append(piece)
                size += len(piece)
                if size > LARGEST_ANSWER_BYTES or time.monotonic() > until:
                    raise httpcore.ReadTimeout("the answer is too long or too slow")
            named = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            return Heard(response.status, _read(b"".join(pieces)), named)


def _read(body: bytes) -> Any:
    try:
        return json.loads(body) if body else None
    except ValueError:
        return None

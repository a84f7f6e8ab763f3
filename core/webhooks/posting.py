"""One signed POST or any other call, and what came of it."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpcore

from core.webhooks.addresses import ForbiddenAddress, make_pool
from core.webhooks.signing import signed_headers

TIME_LIMIT_SECONDS = 15.0
LONGEST_ANSWER_BYTES = 512 * 1024
LONGEST_WAIT_SECONDS = 24 * 3600.0
"""A Retry-After beyond a day is taken as a day."""


@dataclass(frozen=True)
class Answer:
    """`status` is 0 when no answer came; `may_have_arrived` when the request was written by then.

    `reference` is what the other side calls what it took, where it says so.
    """

    status: int
    retry_after_seconds: float | None = None
    failure: str = ""
    may_have_arrived: bool = False
    reference: str = ""


class Poster:
    """Holds the connections of one process; open it once, close it at the end."""

    def __init__(self) -> None:
        self._open = make_pool(may_be_private=True)
        self._guarded = make_pool(may_be_private=False)

    async def post(
        self, url: str, keys: Sequence[bytes], event_id: str, body: bytes, *, may_be_private: bool
    ) -> Answer:
        """Sign with every key and send; never raises for what the other side does."""
        headers = signed_headers(keys, event_id, int(time.time()), body)
        headers |= {"content-type": "application/json", "user-agent": "Adloom-Webhooks/1"}
        answer, _ = await self.call("POST", url, headers, body, may_be_private=may_be_private)
        return answer

    async def call(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, *, may_be_private: bool
    ) -> tuple[Answer, bytes]:
        """Any request, and what was read of the answer's body; never raises for what the other side does."""
        pool = self._open if may_be_private else self._guarded
        try:
            async with asyncio.timeout(TIME_LIMIT_SECONDS):
                return await _exchange(pool, method, url, headers, body)
        except TimeoutError:
            return Answer(0, failure="no answer within 15 s", may_have_arrived=True), b""
        except ForbiddenAddress as error:
            return Answer(0, failure=str(error)), b""
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            return Answer(0, failure=f"cannot connect: {error}"[:200]), b""
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
            return Answer(0, failure=type(error).__name__, may_have_arrived=True), b""

    async def close(self) -> None:
        await self._open.aclose()
        await self._guarded.aclose()


async def _exchange(
    pool: httpcore.AsyncConnectionPool, method: str, url: str, headers: Mapping[str, str], body: bytes
) -> tuple[Answer, bytes]:
    """Of the answer's body so much is read that the connection can be used again, and no more."""
    async with pool.stream(method, url, headers=list(headers.items()), content=body or None) as response:
        read = bytearray()
        async for piece in response.aiter_stream():
            read += piece
            if len(read) > LONGEST_ANSWER_BYTES:
                break
        failure = "" if 200 <= response.status < 300 else f"answered {response.status}"
        told = next((value for name, value in response.headers if name.lower() == b"retry-after"), b"")
        return Answer(response.status, wait_seconds(told.decode("latin-1")), failure), bytes(read)


def wait_seconds(retry_after: str) -> float | None:
    """Seconds from what a Retry-After header says: a number or an HTTP date; None where it says neither."""
    raw = retry_after.strip()
    if raw.isascii() and raw.isdigit():
        return min(float(raw), LONGEST_WAIT_SECONDS)
    try:
        until = parsedate_to_datetime(raw)
    except (TypeError, ValueError):
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=dt.UTC)
    return min(max(0.0, (aware - dt.datetime.now(dt.UTC)).total_seconds()), LONGEST_WAIT_SECONDS)

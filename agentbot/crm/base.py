"""What every CRM behind a client of its vendor has in common; those behind a signed webhook need none of it."""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from agentbot.pii import mask
from core.outbox.rhythm import Outcome, judge
from core.webhooks.posting import Answer, wait_seconds

TIME_LIMIT_SECONDS = 15.0
QUOTA_WAIT_SECONDS = 900.0
"""A day's quota ends at an hour the vendor does not tell; so long nothing is asked of it."""
TAKEN = Answer(200)
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d(?:[\s-]?\d){6,}")

RANKS = {"new": 0, "contacted": 1, "qualified": 2, "lost": 3, "invalid": 3, "won": 4}
"""A stage of the CRM counts when it is further on than ours: what a person did on our board is not undone by night."""


@dataclass(frozen=True)
class CrmEvent:
    """One version of a lead on its way; `delivery` is the same at every try."""

    delivery: str
    kind: str
    timestamp: str
    data: Mapping[str, Any]

    @property
    def key(self) -> str:
        """The lead's name at every CRM: aip_lead_<uuid>."""
        return str(self.data["external_key"])

    @property
    def is_erasure(self) -> bool:
        return self.kind == "lead.erased"

    def contact(self, kind: str) -> str:
        """The last contact of `kind` the visitor gave; "" where there is none."""
        return next((each["value"] for each in reversed(self.data.get("contacts", [])) if each["type"] == kind), "")

    def field(self, name: str) -> str:
        return str(self.data.get("fields", {}).get(name, ""))


@dataclass(frozen=True)
class Kept:
    """A lead as the CRM has it. `stage` is one of ours, "" where theirs says nothing to us."""

    version: int
    stage: str = ""


@dataclass(frozen=True)
class Account:
    """Where and how: `url` "" for the vendor's own address, `secret` what it takes to sign in."""

    url: str
    secret: Mapping[str, str]
    options: Mapping[str, Any]
    may_be_private: bool = True


@dataclass(frozen=True)
class Capabilities:
    """`batch` leads at once, `parallel` batches at a time, `rate` requests a second after a burst of `burst`.

    `polls` that it has to be asked what its people changed: nothing of it tells us.
    """

    batch: int
    parallel: int
    rate: float
    burst: int
    polls: bool = False


class RefusedByCrm(Exception):
    """A call that did not do what it should; `answer` as the outbox understands it, `codes` the vendor's own."""

    def __init__(self, answer: Answer, codes: frozenset[str] = frozenset()) -> None:
        super().__init__(answer.failure)
        self.answer, self.codes = answer, codes

    @property
    def is_about_the_lead(self) -> bool:
        """Not the connection's, nor the hour's, fault."""
        return judge(self.answer.status) is Outcome.QUARANTINE


class Connector(Protocol):
    """One CRM account. Called from threads; whatever it writes can be written again without a second record."""

    capabilities: Capabilities

    def deliver(self, events: Sequence[CrmEvent]) -> list[Answer]:
        """What came of each, in order. At most `capabilities.batch`, never two of one lead. Raises nothing."""
        ...

    def read_back(self, keys: Sequence[str]) -> dict[str, Kept]:
        """What the CRM has under these keys; missing where it has nothing. Raises `RefusedByCrm`."""
        ...

    def changed_since(self, since: dt.datetime) -> dict[str, Kept]:
        """By key, the leads somebody changed there since; asked only where `capabilities.polls`. Raises
        `RefusedByCrm`."""
        ...

    def prepare(self) -> dict[str, Any]:
        """Make or check the fields that leads are written to; gives options to keep. Raises `RefusedByCrm`."""
        ...


class Bucket:
    """So many calls a second, after a burst; `take` holds its thread until there is room."""

    def __init__(
        self,
        rate: float,
        burst: int,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rate, self._burst, self._clock, self._wait = rate, float(burst), clock, wait
        self._left, self._at = float(burst), clock()
        self._lock = threading.Lock()

    def take(self) -> None:
        with self._lock:
            now = self._clock()
            self._left = min(self._burst, self._left + (now - self._at) * self._rate) - 1.0
            self._at = now
            owed = -self._left / self._rate
        if owed > 0:
            self._wait(owed)


def read_event(delivery: str, body: str) -> CrmEvent:
    """The event of `agentbot.turns.events.event_body`."""
    event = json.loads(body)
    return CrmEvent(delivery, event["type"], event["timestamp"], event["data"])


def refused(
    status: int, failure: str, retry_after: str | None = None, codes: frozenset[str] = frozenset()
) -> RefusedByCrm:
    """An answer that was no yes. Vendors quote the value they dislike: numbers and addresses are masked, names of
    fields are not."""
    shown = _CONTACT.sub(lambda found: mask(found.group()), failure)
    return RefusedByCrm(Answer(status, wait_seconds(retry_after or ""), shown[:200]), codes)


def unanswered(error: Exception) -> RefusedByCrm:
    """No answer: what was asked may have been done, so it is asked again under the same key."""
    return RefusedByCrm(Answer(0, failure=f"no answer: {type(error).__name__}", may_have_arrived=True))


def details(event: CrmEvent) -> list[str]:
    """What a sales person wants to read about the lead, a line each; ends with the delivery's id."""
    data = event.data
    lines = [f"{each['type']}: {each['value']} ({each['status']})" for each in data.get("contacts", [])]
    lines += [f"{name}: {value}" for name, value in data.get("fields", {}).items() if value]
    lines += [f"source {name}: {value}" for name, value in (data.get("source") or {}).items() if value]
    lines += [f"consent ({each['purpose']}, {each['at']}): {each['words']}" for each in data.get("consents", [])]
    return [*lines, f"stage: {data.get('stage', '')}", f"Adloom {event.delivery}"]

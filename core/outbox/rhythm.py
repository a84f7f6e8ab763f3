"""What an answer means for something sent, and when to try again."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import Enum

RETRIED = frozenset({0, 408, 425, 429})
"""0 stands for no answer at all."""
PAUSE_SECONDS = 300.0
"""A connection that refuses our credentials is tried again this rarely until somebody mends it."""


class Outcome(Enum):
    """What becomes of an entry: `PAUSE` and `DISABLE` concern its whole connection, the entry stays."""

    SENT = "sent"
    RETRY = "retry"
    PAUSE = "pause"
    DISABLE = "disable"
    QUARANTINE = "quarantine"


@dataclass(frozen=True)
class Rhythm:
    """Pauses between tries: from `first_seconds` doubling, until `give_up_seconds` of age.

    They grow to `calm_seconds` while the other side takes some of what it is sent, and to
    `longest_seconds` while it takes nothing.
    """

    first_seconds: float
    calm_seconds: float
    longest_seconds: float
    give_up_seconds: float

    def pause_seconds(
        self, attempts: int, retry_after: float | None, chance: random.Random, *, is_outage: bool = False
    ) -> float:
        """The pause after the `attempts`-th try, up to a fifth shorter by chance; never before `retry_after`."""
        longest = self.longest_seconds if is_outage else self.calm_seconds
        grown = min(self.first_seconds * 2.0 ** min(attempts - 1, 20), longest)
        jittered = grown * (1.0 - 0.2 * chance.random())
        return jittered if retry_after is None else max(jittered, retry_after + 0.2 * chance.random())


CALLBACK = Rhythm(first_seconds=1.0, calm_seconds=8.0, longest_seconds=30.0, give_up_seconds=24 * 3600)
CRM = Rhythm(first_seconds=3.0, calm_seconds=15.0, longest_seconds=240.0, give_up_seconds=3 * 24 * 3600)


def judge(status: int) -> Outcome:
    """408, 425, 429, 5xx and silence are tried again; 401 and 403 pause, 410 disables, all else is refused for good."""
    if 200 <= status < 300:
        return Outcome.SENT
    if status in RETRIED or status >= 500:
        return Outcome.RETRY
    if status in (401, 403):
        return Outcome.PAUSE
    return Outcome.DISABLE if status == 410 else Outcome.QUARANTINE

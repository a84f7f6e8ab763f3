"""A batch refused for one of its leads, taken apart until what spoils it for the others stands alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from agentbot.crm.base import CrmEvent
from core.outbox.rhythm import Outcome, judge
from core.webhooks.posting import Answer

LONGEST_SECONDS = 20.0
"""An entry of the outbox counts as lost after a minute; a batch that has to be taken apart is done with well before."""
FAILING = (Outcome.RETRY, Outcome.PAUSE, Outcome.DISABLE)
TOO_LONG = Answer(0, failure="the batch took too long, the rest waits")


def write_in_halves(
    events: Sequence[CrmEvent], write: Callable[[Sequence[CrmEvent]], dict[str, Answer]], until: float
) -> dict[str, Answer]:
    """{delivery: answer}. Once the vendor fails or `until` (monotonic) is past, the rest waits for its next try."""
    half = len(events) // 2
    answers = write(events[:half])
    failed = next((each for each in answers.values() if judge(each.status) in FAILING), None)
    if failed is None and time.monotonic() > until:
        failed = TOO_LONG
    if failed is not None:
        return answers | {each.delivery: failed for each in events[half:]}
    return answers | write(events[half:])

"""Which shots a device makes next, and together. Pure: what waits and what time it is in, a batch out.

Shots of one bucket (same weights, same shapes) share a run. A bucket is due when it fills a
batch or its oldest shot has waited long enough. Among due buckets the one whose advertiser and
shapes have had the least of the device goes first (start-time fair queueing, Goyal et al.
1996): a flood of one kind delays another by a batch, not by the flood. Loading other weights
costs seconds, so a bucket on warm ones is ahead by that much, and an urgent shot is ahead of a
patient one by some; both are bounded, so nothing starves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Waiting:
    """One shot that is due. `pipeline` names the weights, `bucket` weights and shapes; `since` in seconds of the clock.

    The lower `priority`, the sooner.
    """

    key: str
    pipeline: str
    bucket: str
    advertiser: str
    priority: int
    since: float


@dataclass(frozen=True)
class Rules:
    """`wait_seconds` a lone shot waits for company; `switch_seconds` is what loading other weights costs.

    `priority_seconds` of the device are what one step of priority is worth.
    """

    largest_batch: int = 4
    wait_seconds: float = 0.5
    switch_seconds: float = 20.0
    priority_seconds: float = 12.0


@dataclass(frozen=True)
class Batch:
    """Shots of one bucket, in the order they were chosen."""

    pipeline: str
    bucket: str
    shots: tuple[Waiting, ...]


@dataclass(frozen=True)
class Shares:
    """How much of the device each advertiser and each bucket has had, in virtual seconds.

    The clocks stand at the least that any of those who wait has had; nobody saves up turns while away.
    """

    clock: float = 0.0
    bucket_clock: float = 0.0
    advertisers: Mapping[str, float] = field(default_factory=dict)
    buckets: Mapping[str, float] = field(default_factory=dict)

    def start_of(self, shot: Waiting) -> float:
        """The less, the sooner: what its advertiser has had, and what its bucket is ahead of the others."""
        return self.advertiser_start(shot.advertiser) + self.bucket_start(shot.bucket) - self.bucket_clock

    def advertiser_start(self, advertiser: str) -> float:
        return max(self.advertisers.get(advertiser, 0.0), self.clock)

    def bucket_start(self, bucket: str) -> float:
        return max(self.buckets.get(bucket, 0.0), self.bucket_clock)


def next_batch(
    waiting: Sequence[Waiting],
    now: float,
    rules: Rules,
    shares: Shares,
    warm: Collection[str] = (),
    limits: Mapping[str, int] | None = None,
) -> Batch | None:
    """The batch to make now; None while nothing is due. `limits` bounds buckets that would not fit the device."""
    due = [
        shots
        for bucket, shots in _by_bucket(waiting).items()
        if _due_at(shots, rules, _limit(bucket, rules, limits)) <= now
    ]
    if not due:
        return None
    shots = min(due, key=lambda each: _rank(each, rules, shares, warm))
    limit = _limit(shots[0].bucket, rules, limits)
    return Batch(shots[0].pipeline, shots[0].bucket, _fill(shots, limit, rules, shares))


def next_look_at(waiting: Sequence[Waiting], rules: Rules, limits: Mapping[str, int] | None = None) -> float | None:
    """When the first bucket is due; None where nothing waits."""
    return min(
        (_due_at(shots, rules, _limit(bucket, rules, limits)) for bucket, shots in _by_bucket(waiting).items()),
        default=None,
    )


def charge(shares: Shares, batch: Batch, seconds: float, waiting: Sequence[Waiting] = ()) -> Shares:
    """The shares after `batch` took the device for `seconds` while `waiting` (with it or not) waited.

    The clocks move to the least any of them has had, so that whoever waits loses nothing by it.
    """
    part = seconds / len(batch.shots)
    present = (*waiting, *batch.shots)
    clock = min(shares.advertiser_start(shot.advertiser) for shot in present)
    bucket_clock = min(shares.bucket_start(shot.bucket) for shot in present)
    advertisers = dict(shares.advertisers)
    for shot in batch.shots:
        advertisers[shot.advertiser] = max(advertisers.get(shot.advertiser, 0.0), shares.clock) + part
    buckets = {**shares.buckets, batch.bucket: shares.bucket_start(batch.bucket) + seconds}
    return Shares(clock, bucket_clock, _ahead(advertisers, clock), _ahead(buckets, bucket_clock))


def _ahead(starts: Mapping[str, float], clock: float) -> dict[str, float]:
    return {name: at for name, at in starts.items() if at > clock}


def _by_bucket(waiting: Sequence[Waiting]) -> dict[str, list[Waiting]]:
    found: dict[str, list[Waiting]] = {}
    for shot in waiting:
        found.setdefault(shot.bucket, []).append(shot)
    return found


def _limit(bucket: str, rules: Rules, limits: Mapping[str, int] | None) -> int:
    return max(1, min(rules.largest_batch, (limits or {}).get(bucket, rules.largest_batch)))


def _due_at(shots: Sequence[Waiting], rules: Rules, limit: int) -> float:
    if len(shots) >= limit:
        return min(shot.since for shot in shots)
    return min(shot.since for shot in shots) + rules.wait_seconds


def _rank(shots: Sequence[Waiting], rules: Rules, shares: Shares, warm: Collection[str]) -> tuple[float, float]:
    """Virtual seconds, then age: the smallest goes first."""
    detour = 0.0 if shots[0].pipeline in warm else rules.switch_seconds
    fair = min(shares.start_of(shot) + shot.priority * rules.priority_seconds for shot in shots)
    return (fair + detour, min(shot.since for shot in shots))


def _fill(shots: Sequence[Waiting], limit: int, rules: Rules, shares: Shares) -> tuple[Waiting, ...]:
    """An advertiser at a time, whoever has had least of the device first, each one's most urgent and oldest first."""
    left, chosen = list(shots), list[Waiting]()
    while left and len(chosen) < limit:
        best = min(left, key=lambda shot: _place(shot, rules, shares))
        left.remove(best)
        chosen.append(best)
        shares = charge(shares, Batch(best.pipeline, best.bucket, (best,)), 1.0, left)
    return tuple(chosen)


def _place(shot: Waiting, rules: Rules, shares: Shares) -> tuple[float, float]:
    return (shares.advertiser_start(shot.advertiser) + shot.priority * rules.priority_seconds, shot.since)

"""An estimate of an account's similarity, by the formula platforms publish. Pure.

Account similarity = (1 - N/M) x 100 %: M creatives that went out in the last 7 days, N of them original against what
the same advertiser delivered in the 180 days before (s < 0.5 against each). Kuaishou throttles accounts from 30 %. How
a platform compares pictures itself is not public, so every figure here is an estimate.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from creative.bulk.contracts import ACCOUNT_LIMIT, STRICT_LIMIT, Stretch
from creative.bulk.similarity import Fingerprint, is_card, look_of, picture_share, weighted

COUNTED = dt.timedelta(days=7)
COMPARED = dt.timedelta(days=180)

BUCKET_FRAMES = 32
"""Source frames are looked up in stretches of this length; equal frames always lie in the same one."""

_SLACK = 1e-9


@dataclass(frozen=True)
class AccountEstimate:
    """`similarity` (0..1) of `made` creatives of 7 days, `original` of them so; an estimate, no platform's word."""

    similarity: float
    made: int
    original: int
    is_estimate: Literal[True] = True


class AccountHistory:
    """What went out for one advertiser. Add ads in the order they go out: an ad is held against those added before it.

    An ad is found in an index by look and by source, so asking costs well under a millisecond per 10,000 ads, and
    about a kilobyte is kept for each.
    """

    def __init__(self, limit: float = STRICT_LIMIT) -> None:
        self._limit = limit
        self._ads: list[Fingerprint] = []
        self._seconds = array("d")
        self._wholes = array("I")
        self._is_original = bytearray()
        self._looks = _Index()
        self._frames = _Index()

    def add(self, fingerprint: Fingerprint, at: dt.datetime) -> bool:
        """Counts an ad that goes out `at` (aware); whether it is original."""
        is_original = self.is_original(fingerprint, at)
        number = len(self._ads)
        self._looks.add(number, _look_marks(fingerprint))
        self._frames.add(number, _frame_marks(fingerprint))
        self._ads.append(fingerprint)
        self._seconds.append(at.timestamp())
        self._wholes.append(_whole(fingerprint))
        self._is_original.append(is_original)
        return is_original

    def is_original(self, fingerprint: Fingerprint, at: dt.datetime) -> bool:
        """Whether no ad added so far that went out in the 180 days before `at` is alike."""
        if not self._ads:
            return True
        seconds = np.frombuffer(self._seconds)
        is_compared = (seconds >= (at - COMPARED).timestamp()) & (seconds <= at.timestamp())
        wholes = np.frombuffer(self._wholes, dtype=np.uint32)
        whole = _whole(fingerprint)
        looks = self._looks.shares(_look_marks(fingerprint), whole, wholes)
        if bool((is_compared & (looks >= self._limit - _SLACK)).any()):
            return False
        frames = self._frames.shares(_frame_marks(fingerprint), whole, wholes)
        near = np.flatnonzero(is_compared & (frames >= self._limit - _SLACK))
        return all(picture_share(fingerprint, self._ads[each]) < self._limit for each in near.tolist())

    def estimate(self, now: dt.datetime) -> AccountEstimate:
        """The estimate for the 7 days up to `now`; 0 where nothing went out."""
        seconds = np.frombuffer(self._seconds)
        is_counted = (seconds > (now - COUNTED).timestamp()) & (seconds <= now.timestamp())
        made = int(is_counted.sum())
        original = int(np.frombuffer(self._is_original, dtype=np.uint8)[is_counted].sum())
        return AccountEstimate((made - original) / made if made else 0.0, made, original)

    def room_for(self, now: dt.datetime, originals: int = 0, limit: float = ACCOUNT_LIMIT) -> int:
        """How many more look-alike ads may go out, beside so many original ones, with the estimate under `limit`."""
        return room_beside(self.estimate(now), originals, limit)


def room_beside(counted: AccountEstimate, originals: int, limit: float = ACCOUNT_LIMIT) -> int:
    """How many look-alike ads may go out beside what was counted and so many original ones, under `limit`."""
    made, alike = counted.made + originals, counted.made - counted.original
    room = (limit * made - alike) / (1 - limit)
    return max(0, int(np.ceil(room - _SLACK)) - 1)


class _Index:
    """Ads by mark, with the weighted frames each shows of it."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[array[int], array[int]]] = {}
        self._count = 0

    def add(self, number: int, marks: dict[str, int]) -> None:
        for mark, weight in marks.items():
            numbers, weights = self._entries.setdefault(mark, (array("I"), array("I")))
            numbers.append(number)
            weights.append(weight)
        self._count = number + 1

    def shares(self, marks: dict[str, int], whole: int, wholes: NDArray[np.uint32]) -> NDArray[np.float64]:
        """The larger of both directions' shares of weighted frames with a mark in common, by ad."""
        forth = np.zeros(self._count)
        back = np.zeros(self._count)
        for mark, weight in marks.items():
            if mark in self._entries:
                numbers, weights = (np.frombuffer(each, dtype=np.uint32) for each in self._entries[mark])
                forth[numbers] += weight
                back[numbers] += weights
        return np.asarray(np.maximum(forth / max(1, whole), back / np.maximum(1, wholes)))


def _whole(fingerprint: Fingerprint) -> int:
    return sum(weighted(start, stretch.frames) for start, stretch in fingerprint)


def _look_marks(fingerprint: Fingerprint) -> dict[str, int]:
    return _summed((look_of(stretch), weighted(start, stretch.frames)) for start, stretch in fingerprint)


def _frame_marks(fingerprint: Fingerprint) -> dict[str, int]:
    return _summed(mark for start, stretch in fingerprint for mark in _buckets(start, stretch))


def _buckets(start: int, stretch: Stretch) -> Iterator[tuple[str, int]]:
    if is_card(stretch):
        yield stretch.source, weighted(start, stretch.frames)
        return
    first, end = stretch.first_frame, stretch.first_frame + stretch.frames
    while first < end:
        after = min(end, (first // BUCKET_FRAMES + 1) * BUCKET_FRAMES)
        at = start + first - stretch.first_frame
        yield f"{stretch.source}:{first // BUCKET_FRAMES}", weighted(at, after - first)
        first = after


def _summed(marks: Iterable[tuple[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for mark, weight in marks:
        if mark:
            total[mark] = total.get(mark, 0) + weight
    return total

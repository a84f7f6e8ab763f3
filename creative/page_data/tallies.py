"""How many ads of a batch are ready, held or still to come, counted by the database: a batch may have 100,000.

A version that another took the place of does not count. Those are few, so they are
looked up and taken off, which costs less than asking of every ad whether it is the newest.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Avg, Count, Q, QuerySet

from creative.models import Ad
from generation.contracts import FPS

HELD = (Ad.State.HELD, Ad.State.FAILED)
OPEN = (Ad.State.PLANNED, Ad.State.RENDERING)


@dataclass(frozen=True)
class Tally:
    """Ads of a batch by what became of them; `seconds` is their mean length."""

    ready: int = 0
    held: int = 0
    open: int = 0
    seconds: float = 0.0

    @property
    def all(self) -> int:
        return self.ready + self.held + self.open

    @property
    def over(self) -> int:
        """Ads of which it is known what became of them."""
        return self.ready + self.held


def tallies(batch_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Tally]:
    """The tally of each batch; one without ads has none of anything."""
    counts: Counter[tuple[uuid.UUID, str]] = Counter()
    frames: dict[uuid.UUID, float] = {}
    rows = Ad.objects.filter(batch__in=batch_ids).values("batch_id", "state")
    for row in rows.annotate(many=Count("pk"), frames=Avg("frames")).order_by():
        counts[row["batch_id"], row["state"]] += row["many"]
        frames[row["batch_id"]] = max(frames.get(row["batch_id"], 0.0), row["frames"])
    counts.subtract(Counter(replaced_ads(Q(batch__in=batch_ids)).values_list("batch_id", "state")))
    return {number: _tally(number, counts, frames.get(number, 0.0)) for number in batch_ids}


def _tally(batch_id: uuid.UUID, counts: Counter[tuple[uuid.UUID, str]], frames: float) -> Tally:
    def of(states: Iterable[str]) -> int:
        return sum(counts[batch_id, state] for state in states)

    return Tally(of([Ad.State.READY]), of(HELD), of(OPEN), frames / FPS)


def replaced_ads(where: Q) -> QuerySet[Ad]:
    """Versions that a later one took the place of."""
    later = Ad.objects.filter(where, version__gt=1)
    newest: dict[tuple[uuid.UUID, int], int] = {}
    for batch_id, position, version in later.values_list("batch_id", "position", "version"):
        newest[batch_id, position] = max(version, newest.get((batch_id, position), 0))
    found = Q(pk__in=[])
    for (batch_id, position), version in newest.items():
        found |= Q(batch=batch_id, position=position, version__lt=version)
    return Ad.objects.filter(found)


def newest_of(ads: Iterable[Ad]) -> list[Ad]:
    """Those of `ads` that no later version has taken the place of, in the order they came."""
    listed = list(ads)
    places = {(ad.batch_id, ad.position) for ad in listed}
    rows = Ad.objects.filter(
        batch__in={batch for batch, _ in places}, position__in={position for _, position in places}, version__gt=1
    )
    newest: dict[tuple[uuid.UUID, int], int] = {}
    for batch_id, position, version in rows.values_list("batch_id", "position", "version"):
        newest[batch_id, position] = max(version, newest.get((batch_id, position), 0))
    return [ad for ad in listed if ad.version >= newest.get((ad.batch_id, ad.position), 0)]

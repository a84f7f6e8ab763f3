"""Which shots look alike: the same picture again, re-encoded, cropped, mirrored, or a moment later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from generation.understanding.likeness import NEAR_PHASH, mirrored_phash
from generation.understanding.near_index import NearIndex

ShotHashes = tuple[str, str, Sequence[str]]
"""shot_id, and `phash` and `pdq` as `ShotFacts` has them ("" and nothing where unknown)."""
_Alike = Mapping[int, set[int]]


def look_groups(shots: Sequence[ShotHashes]) -> dict[str, str]:
    """shot_id → the shot_id that stands for its group; a shot like no other stands for itself.

    Every member looks like the one that stands for the group, which is the one with the
    most look-alikes not yet in a group (of equals the earliest): shots that are only joined
    through a chain of others stay apart. The same shots in the same order give the same groups.
    """
    alike = _alike(shots)
    stands_for = {shot_id: shot_id for shot_id, _, _ in shots}
    left = set(alike)
    while left:
        place = max(left, key=lambda one: (len(alike[one] & left), -one))
        for member in {place} | (alike[place] & left):
            stands_for[shots[member][0]] = shots[place][0]
            left.discard(member)
    return stands_for


def _alike(shots: Sequence[ShotHashes]) -> _Alike:
    """By place in `shots`, the places of those that look alike; none for a shot like no other."""
    alike: dict[int, set[int]] = defaultdict(set)
    for one, other in (*_by_prints(shots), *_by_phash(shots)):
        alike[one].add(other)
        alike[other].add(one)
    return alike


def _by_prints(shots: Sequence[ShotHashes]) -> list[tuple[int, int]]:
    """Pairs where half the frames of the one with fewer are found in the other: parts of a pan share but a border."""
    prints = [pdq for _, _, pdq in shots]
    frames = [(place, look) for place, pdq in enumerate(prints) for look in pdq]
    index = NearIndex((str(number), [look]) for number, (_, look) in enumerate(frames))
    shared: dict[tuple[int, int], set[int]] = defaultdict(set)
    for number, (place, look) in enumerate(frames):
        for near in index.query([look]):
            other = frames[int(near.item)][0]
            if other != place:
                shared[place, other].add(number)
    return [
        (one, other)
        for (one, other), found in shared.items()
        if len(prints[one]) <= len(prints[other]) and 2 * len(found) >= len(prints[one])
    ]


def _by_phash(shots: Sequence[ShotHashes]) -> list[tuple[int, int]]:
    """Pairs of which one at least has no print: their pHashes decide."""
    hashes = {place: int(phash, 16) for place, (_, phash, _) in enumerate(shots) if phash}
    bare = [place for place in hashes if not shots[place][2]]
    return [
        (one, other)
        for one in bare
        for other, phash in hashes.items()
        if other != one and _bits_apart(hashes[one], phash) <= NEAR_PHASH
    ]


def _bits_apart(one: int, other: int) -> int:
    return min((one ^ other).bit_count(), (mirrored_phash(one) ^ other).bit_count())

"""Which clips belong to which slot of a bulk plan. Pure, and the same whatever number of ads is asked for.

A clip belongs to one slot: two ads then share a slot's picture only where both take the same choice, and no ad can
show a clip twice. How many clips a slot gets follows from how much of the similarity it carries.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from creative.contracts import Role

FILL_ORDER: tuple[Role, ...] = ("hook", "selling_point", "proof", "pain", "offer", "cta")
"""Which slots get a clip first where there are not enough for all."""

MOST_GROUPS = 64
"""More choices than this in one slot would carry more ads than anybody orders."""

TILT = 12.0
"""How much a slot counts for its share of an ad; fitted to what a search finds with 3 to 20 choices a slot."""


@dataclass(frozen=True)
class SlotWish:
    """What a slot asks for: `scores` of clips by shot id, `shots` clips for each choice, `weight` in the similarity.

    `given` choices need no clip (the end card); `most` clips are more than it has use for. Clips
    stand in `scores` in an order that the material alone decides.
    """

    role: Role
    weight: int
    shots: int
    scores: Mapping[str, float]
    given: int = 0
    most: int = MOST_GROUPS


def cost_of(weight: int, total: int, alike: float) -> float:
    """What a slot adds to how alike two ads of random choices are, where `alike` of its pairs of choices are.

    The logarithm of E[exp(TILT × share)], the term of one slot in Chernoff's bound.
    """
    return math.log1p(alike * math.expm1(TILT * weight / total))


def deal_clips(wishes: Sequence[SlotWish], looks: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Shot ids by slot, the best for it first; of clips that look alike one comes before any second one.

    Clips of one look go to one slot as long as others are left for the rest.
    """
    clips = list(dict.fromkeys(shot_id for wish in wishes for shot_id in wish.scores))
    rooms = _quotas(wishes, len(clips))
    preferred = [sorted(clips, key=lambda shot_id: -_advantage(wishes, at, shot_id)) for at in range(len(wishes))]
    owned: list[list[str]] = [[] for _ in wishes]
    owner: dict[str, int] = {}
    left = set(clips)
    for at in _turns(wishes, rooms):
        free = [shot_id for shot_id in preferred[at] if shot_id in left]
        own = (shot_id for shot_id in free if owner.get(looks.get(shot_id, shot_id), at) == at)
        best = next(own, free[0])
        left.discard(best)
        owned[at].append(best)
        owner.setdefault(looks.get(best, best), at)
    return [_in_order(wish, each, looks) for wish, each in zip(wishes, owned, strict=True)]


def _advantage(wishes: Sequence[SlotWish], at: int, shot_id: str) -> float:
    """A clip goes where it is worth most against what it is worth elsewhere."""
    elsewhere = max((wish.scores.get(shot_id, 0.0) for n, wish in enumerate(wishes) if n != at), default=0.0)
    return 2 * wishes[at].scores.get(shot_id, 0.0) - elsewhere


def _turns(wishes: Sequence[SlotWish], rooms: Sequence[int]) -> list[int]:
    """Slots in the order they pick a clip: each one first, then whichever has the least of its share."""
    first = [at for at in _fill_order(wishes) if rooms[at]]
    rest = [
        (taken / rooms[at], FILL_ORDER.index(wish.role), at)
        for at, wish in enumerate(wishes)
        for taken in range(1, rooms[at])
    ]
    return first + [at for _, _, at in sorted(rest)]


def _fill_order(wishes: Sequence[SlotWish]) -> list[int]:
    """Slots in the order they get their first clip; one that has a card by design comes last."""
    return sorted(range(len(wishes)), key=lambda at: (wishes[at].given, FILL_ORDER.index(wishes[at].role), at))


def _quotas(wishes: Sequence[SlotWish], clips: int) -> list[int]:
    """How many clips each slot gets: first enough for a choice, then where one more choice lowers the likeness most."""
    rooms = [0] * len(wishes)
    for at in _fill_order(wishes):
        if clips and not wishes[at].given:
            rooms[at], clips = 1, clips - 1
    for at in _fill_order(wishes):
        more = min(clips, max(0, wishes[at].shots - rooms[at])) if not wishes[at].given else 0
        rooms[at], clips = rooms[at] + more, clips - more
    total = sum(wish.weight for wish in wishes)
    while clips:
        open_slots = [at for at, wish in enumerate(wishes) if rooms[at] < wish.most]
        if not open_slots:
            break
        best = max(open_slots, key=lambda at: (_gain(wishes[at], rooms[at], total), -at))
        more = min(clips, wishes[best].shots)
        rooms[best], clips = rooms[best] + more, clips - more
    return rooms


def _gain(wish: SlotWish, clips: int, total: int) -> float:
    """How much one more choice helps, for each clip it takes."""
    now = max(1.0, wish.given + clips / wish.shots)
    return (cost_of(wish.weight, total, 1 / now) - cost_of(wish.weight, total, 1 / (now + 1))) / wish.shots


def _in_order(wish: SlotWish, clips: Sequence[str], looks: Mapping[str, str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    rank: dict[str, int] = {}
    best_first = sorted(clips, key=lambda shot_id: -wish.scores.get(shot_id, 0.0))
    for shot_id in best_first:
        look = looks.get(shot_id, shot_id)
        rank[shot_id] = seen[look]
        seen[look] += 1
    return tuple(sorted(best_first, key=lambda shot_id: rank[shot_id]))

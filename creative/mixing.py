"""Which shots make which ad: the planner of a batch. Pure and seeded.

An ad never shows a clip twice. Over a batch the least used of the well-fitting clips
goes first, so that six ads look like six ads; a slot whose clips ran out gets a card.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from creative.contracts import Candidate, CardPlan, ClipOption, PlannedShot, SlotNeed

NEAR_BEST = 0.22
"""Candidates this close to the best count as fitting equally well; use decides among them."""

MIN_SHOT_FRAMES = 30
LONG_SHOT_FRAMES = 96
"""Past 3.2 s one picture tires the eye, so a longer slot is cut into more shots."""

MIN_SHOT_PART = 18
"""A stretch shorter than this is left out rather than shown as a glitch."""

MIN_CARD_FRAMES = 42
"""1.4 s: the least a card needs to come in, be read and go."""

EDGE_FRAMES = 2
"""Frames kept away from a cut: the first and last of a shot often still hold the other one."""

_FILL_ORDER = ("hook", "selling_point", "proof", "pain", "offer", "cta")


@dataclass
class Usage:
    """How often each shot was taken so far, and how often to open an ad."""

    shots: Counter[str] = field(default_factory=Counter)
    hooks: Counter[str] = field(default_factory=Counter)
    starts: dict[str, set[int]] = field(default_factory=dict)


def shots_in_slot(frames: int, pace: float) -> int:
    """How many shots a slot is cut into: the reference's pace within what the eye can take."""
    wanted = round(frames / 30 * pace) if pace > 0 else 1
    fewest = -(-frames // LONG_SHOT_FRAMES)
    most = max(1, frames // MIN_SHOT_FRAMES)
    return max(1, min(most, max(fewest, min(wanted, 3))))


def plan_shots(
    needs: Sequence[SlotNeed],
    ranked: Mapping[int, Sequence[Candidate]],
    options: Mapping[str, ClipOption],
    cards: Mapping[int, CardPlan],
    always_card: frozenset[int],
    usage: Usage,
    rng: random.Random,
) -> dict[int, tuple[PlannedShot, ...]]:
    """The shots of one ad by slot position; `usage` is counted up.

    `cards` says what to draw where no clip is left, `always_card` which slots are cards by
    design (the end card). Each slot first gets one shot in order of weight, then long slots
    get more while clips last.
    """
    taken: set[str] = set()
    looks: set[str] = set()
    chosen: dict[int, list[str]] = {need.position: [] for need in needs}
    order = sorted(needs, key=lambda need: (_FILL_ORDER.index(need.role), need.position))
    open_slots = [need for need in order if need.position not in always_card]
    for wants_more in (_is_empty, _is_short, _is_slow, _is_slow):
        for need in open_slots:
            if not wants_more(need, [options[one] for one in chosen[need.position]]):
                continue
            shot_id = _take(need, ranked[need.position], options, taken, looks, usage, rng)
            if shot_id:
                chosen[need.position].append(shot_id)
    return {need.position: _fill(need, chosen[need.position], options, ranked, cards, usage, rng) for need in needs}


def _is_empty(need: SlotNeed, shots: Sequence[ClipOption]) -> bool:
    return not shots


def _is_short(need: SlotNeed, shots: Sequence[ClipOption]) -> bool:
    """The slot's clips cannot fill it."""
    return bool(shots) and sum(usable_frames(shot) for shot in shots) < need.frames


def _is_slow(need: SlotNeed, shots: Sequence[ClipOption]) -> bool:
    """The slot's clips fill it, but each would stay too long on screen."""
    return bool(shots) and len(shots) < shots_in_slot(need.frames, need.pace)


def _take(
    need: SlotNeed,
    ranked: Sequence[Candidate],
    options: Mapping[str, ClipOption],
    taken: set[str],
    looks: set[str],
    usage: Usage,
    rng: random.Random,
) -> str:
    free = [one for one in ranked if one.shot_id not in taken and options[one.shot_id].phash not in looks]
    if not free:
        return ""
    near = [one for one in free if one.score >= free[0].score - NEAR_BEST]
    count = usage.hooks if need.role == "hook" else usage.shots

    files = [options[shot_id].material_id for shot_id in taken]

    def order(one: Candidate) -> tuple[int, int, int, float]:
        again = files.count(options[one.shot_id].material_id)
        return again, count[one.shot_id], usage.shots[one.shot_id], -(one.score + rng.random() * 0.03)

    best = min(near, key=order).shot_id
    taken.add(best)
    if options[best].phash:
        looks.add(options[best].phash)
    usage.shots[best] += 1
    if need.role == "hook":
        usage.hooks[best] += 1
    return best


def _fill(
    need: SlotNeed,
    shot_ids: Sequence[str],
    options: Mapping[str, ClipOption],
    ranked: Mapping[int, Sequence[Candidate]],
    cards: Mapping[int, CardPlan],
    usage: Usage,
    rng: random.Random,
) -> tuple[PlannedShot, ...]:
    card = cards[need.position]
    lengths = split_frames(need.frames, [usable_frames(options[one]) for one in shot_ids])
    by_id = {one.shot_id: one for one in ranked.get(need.position, ())}
    shots = [
        PlannedShot(
            source=options[shot_id].name,
            frames=frames,
            source_start_frame=_start_frame(options[shot_id], frames, usage, rng),
            shot_id=shot_id,
            score=by_id[shot_id].score,
            why=by_id[shot_id].why,
        )
        for shot_id, frames in zip(shot_ids, lengths, strict=False)
        if frames > 0
    ]
    missing = need.frames - sum(shot.frames for shot in shots)
    if missing:
        shots.append(PlannedShot(source=f"card:{card.card}", frames=missing, card=card))
    return tuple(shots)


def usable_frames(option: ClipOption) -> int:
    """Frames of a shot that may be shown; a picture lasts as long as it is needed."""
    if option.is_picture:
        return 10_000
    return max(option.frames - 2 * EDGE_FRAMES, min(option.frames, MIN_SHOT_FRAMES // 2))


def split_frames(frames: int, usable: Sequence[int]) -> list[int]:
    """Deal `frames` out over shots that can give `usable` frames each, as evenly as they allow.

    What no shot can give becomes a card of at least `MIN_CARD_FRAMES`, taken from the longest
    shot where needed: a card that flashes up cannot be read.
    """
    shares = [0] * len(usable)
    left = frames
    for done, index in enumerate(sorted(range(len(usable)), key=lambda i: usable[i])):
        fair = -(-left // (len(usable) - done)) if done < len(usable) - 1 else left
        shares[index] = min(usable[index], fair)
        left -= shares[index]
    while 0 < left < MIN_CARD_FRAMES and any(shares):
        widest = max(range(len(shares)), key=lambda i: shares[i])
        give = min(shares[widest], MIN_CARD_FRAMES - left)
        shares[widest] -= give if shares[widest] - give >= MIN_SHOT_PART else shares[widest]
        left = frames - sum(shares)
    return shares


def _start_frame(option: ClipOption, frames: int, usage: Usage, rng: random.Random) -> int:
    if option.is_picture:
        return 0
    first = option.start_frame + (EDGE_FRAMES if option.frames >= frames + 2 * EDGE_FRAMES else 0)
    slack = max(0, option.end_frame - EDGE_FRAMES - frames - first)
    used = usage.starts.setdefault(option.shot_id, set())
    tries = [first + rng.randint(0, slack) for _ in range(4)]
    start = max(tries, key=lambda frame: min((abs(frame - other) for other in used), default=0))
    used.add(start)
    return start

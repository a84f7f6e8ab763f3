"""The choices of one slot: its clips put together to shots, each with a window of its own. Pure.

First come choices that have no clip in common: with a search among look-alikes, nothing else carries more ads. Then
come spares (the same clips in other company, in other windows, under other lines, other slots' clips) for a batch that
asks for more ads than are distinct.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from creative.bulk.contracts import BulkLine, Choice, Stretch
from creative.bulk.dealing import MOST_GROUPS
from creative.contracts import Candidate, ClipOption, PlannedShot, Role
from creative.mixing import EDGE_FRAMES, MIN_SHOT_FRAMES, shots_in_slot, split_frames, usable_frames

LONGEST_SHOT = 128
"""Bulk lets a picture stand up to 4.3 s: every shot more in a slot takes a clip from another ad."""

PLENTY = 40
"""A slot that owns clips for so many choices at the reference's pace is cut at that pace."""

MOST_SHOTS = 6
MOST_SPARES = 24
"""Of each kind."""

MOST_BORROWED = 12
CARD_WORTH = 0.5
GAP_WORTH = 0.1


@dataclass(frozen=True)
class SlotDraft:
    """A slot before it has choices. `ranked` are its candidates by shot id, one mapping a line."""

    role: Role
    frames: int
    pace: float
    lines: tuple[BulkLine, ...]
    ranked: tuple[Mapping[str, Candidate], ...]
    has_end_card: bool = False

    @property
    def paced_shots(self) -> int:
        """How many shots the reference's pace would cut the slot into."""
        return shots_in_slot(self.frames, self.pace)

    @cached_property
    def scores(self) -> dict[str, float]:
        """The best score of each clip under any line."""
        best: dict[str, float] = {}
        for ranked in self.ranked:
            for shot_id, candidate in ranked.items():
                best[shot_id] = max(best.get(shot_id, 0.0), candidate.score)
        return best


@dataclass(frozen=True)
class Footage:
    """The material as a plan needs it: shots, the hash of each one's file, the look of each, by shot id."""

    options: Mapping[str, ClipOption]
    sources: Mapping[str, str]
    looks: Mapping[str, str]

    def look(self, shot_id: str) -> str:
        """A shot that stands in no group looks like itself alone."""
        return self.looks.get(shot_id) or shot_id


@dataclass
class Windows:
    """Which frames of each clip were taken, so that the next choice shows others."""

    taken: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def take(self, option: ClipOption, frames: int) -> int:
        """First frame of the next window of a shot: one that meets none before it, where its length allows."""
        if option.is_picture:
            return 0
        used = self.taken.setdefault(option.shot_id, [])
        start = min(
            _starts(option, frames), key=lambda each: (_met(each, frames, used), _off_centre(option, each, frames))
        )
        used.append((start, start + frames))
        return start

    def has_room(self, option: ClipOption, frames: int) -> bool:
        """Whether there is a window left that meets none before it."""
        used = self.taken.get(option.shot_id, [])
        return not option.is_picture and any(not _met(start, frames, used) for start in _starts(option, frames))


def _starts(option: ClipOption, frames: int) -> list[int]:
    """Windows of equal length that fit side by side, about the middle of the shot."""
    edge = EDGE_FRAMES if option.frames >= frames + 2 * EDGE_FRAMES else 0
    length = option.frames - 2 * edge
    count = max(1, length // frames)
    first = option.start_frame + edge + max(0, length - count * frames) // 2
    return [first + number * frames for number in range(count)]


def _met(start: int, frames: int, used: Sequence[tuple[int, int]]) -> int:
    return sum(max(0, min(start + frames, end) - max(start, begin)) for begin, end in used)


def _off_centre(option: ClipOption, start: int, frames: int) -> int:
    return abs(2 * start + frames - option.start_frame - option.end_frame)


def least_shots(frames: int, options: Sequence[ClipOption]) -> int:
    """How many shots a choice of `frames` needs at least, of clips as long as most of these are."""
    lengths = sorted(usable_frames(option) for option in options)
    usual = lengths[len(lengths) // 2] if lengths else LONGEST_SHOT
    return min(MOST_SHOTS, max(1, -(-frames // LONGEST_SHOT), -(-frames // usual)))


def _home_lines(draft: SlotDraft, clips: Sequence[str]) -> dict[str, int]:
    """The line of each clip, in the order choices are made: lines take the clips that fit them best in turn."""
    left, home = list(clips), {}
    while left:
        for number, ranked in enumerate(draft.ranked[: len(left)]):
            near = left[: max(1, len(draft.lines))]
            best = max(near, key=lambda shot_id: ranked[shot_id].score if shot_id in ranked else 0.0)
            left.remove(best)
            home[best] = number
    return home


def _groups(clips: Sequence[str], frames: int, least: int, footage: Footage) -> Iterator[tuple[str, ...]]:
    """Clips that fill a slot together: least used first, no two together twice while others are left."""
    used: Counter[str] = Counter()
    together: Counter[frozenset[str]] = Counter()
    seen: set[frozenset[str]] = set()
    while clips:
        group = _group(clips, frames, least, footage, used, together)
        if frozenset(group) in seen:
            return
        seen.add(frozenset(group))
        used.update(group)
        together.update(frozenset((one, other)) for one in group for other in group if one != other)
        yield group


def _group(
    clips: Sequence[str],
    frames: int,
    least: int,
    footage: Footage,
    used: Counter[str],
    together: Counter[frozenset[str]],
) -> tuple[str, ...]:
    group: list[str] = []
    while len(group) < MOST_SHOTS and (len(group) < least or _filled(group, footage) < frames):
        looks = {footage.look(shot_id) for shot_id in group}
        free = [shot_id for shot_id in clips if footage.look(shot_id) not in looks]
        if not free:
            break
        group.append(min(free, key=lambda new: (sum(together[frozenset((new, each))] for each in group), used[new])))
    return tuple(group)


def _filled(group: Sequence[str], footage: Footage) -> int:
    return sum(usable_frames(footage.options[shot_id]) for shot_id in group)


def _apart(groups: Iterator[tuple[str, ...]], most: int) -> list[tuple[str, ...]]:
    """The groups up to the first that takes a clip again."""
    apart: list[tuple[str, ...]] = []
    taken: set[str] = set()
    for group in groups:
        if len(apart) >= most or taken & set(group):
            break
        apart.append(group)
        taken.update(group)
    return apart


class SlotFiller:
    """Makes the choices of one slot from the clips it owns; `others` are those of other slots, best for it first."""

    def __init__(
        self, draft: SlotDraft, clips: Sequence[str], others: Sequence[str], footage: Footage, windows: Windows
    ) -> None:
        self.draft, self.footage, self.windows, self.others = draft, footage, windows, others
        self.home = _home_lines(draft, clips)
        paced = draft.paced_shots
        shortest = least_shots(draft.frames, [footage.options[shot_id] for shot_id in clips])
        self.least = paced if len(clips) >= PLENTY * paced else shortest
        self.groups = _apart(_groups(list(self.home), draft.frames, self.least, footage), MOST_GROUPS)

    def choices(self) -> list[Choice]:
        """Choices without a clip in common. An end card by design stands second; a slot without clips is a card."""
        made = [self._choice(group) for group in self.groups]
        if self.draft.has_end_card or not made:
            made.insert(1, self._card())
        return made

    def spares(self) -> Iterator[Choice]:
        """More choices, each kind a little poorer than the one before."""
        for kind in (self._mingled, self._moved, self._spoken_otherwise, self._borrowed, self._drawn):
            yield from islice(kind(), MOST_SPARES)

    def _mingled(self) -> Iterator[Choice]:
        """Groups that share clips with the first ones, of one shot more where those are single."""
        shots = max(2, self.least)
        if len(self.home) < shots or self.draft.frames < shots * MIN_SHOT_FRAMES:
            return
        for group in _groups(list(self.home), self.draft.frames, shots, self.footage):
            if group not in self.groups:
                yield self._choice(group)

    def _moved(self) -> Iterator[Choice]:
        for group in self.groups:
            each = self.draft.frames // max(1, len(group))
            while all(self.windows.has_room(self.footage.options[shot_id], each) for shot_id in group):
                yield self._choice(group)

    def _spoken_otherwise(self) -> Iterator[Choice]:
        for step in range(1, len(self.draft.lines)):
            if not self.groups:
                yield self._card(step)
            for group in self.groups:
                yield self._choice(group, (self.home[group[0]] + step) % len(self.draft.lines))

    def _borrowed(self) -> Iterator[Choice]:
        for group in _apart(_groups(self.others, self.draft.frames, self.least, self.footage), MOST_BORROWED):
            yield self._choice(group)

    def _drawn(self) -> Iterator[Choice]:
        if self.groups and not self.draft.has_end_card:
            yield self._card()

    def _choice(self, group: Sequence[str], line: int | None = None) -> Choice:
        """`group` over the slot's frames, under the line of its first clip; what it cannot fill is a card."""
        number = self.home.get(group[0], 0) if line is None else line
        options = [self.footage.options[shot_id] for shot_id in group]
        lengths = split_frames(self.draft.frames, [usable_frames(option) for option in options])
        shots = [self._shot(option, frames, number) for option, frames in zip(options, lengths, strict=True) if frames]
        missing = self.draft.frames - sum(shot.frames for shot in shots)
        return self._made(number, [*shots, *self._card_shots(number, missing)])

    def _card(self, line: int = 0) -> Choice:
        """The slot's card alone."""
        choice = self._made(line, self._card_shots(line, self.draft.frames))
        return replace(choice, worth=CARD_WORTH if self.draft.has_end_card else GAP_WORTH)

    def _shot(self, option: ClipOption, frames: int, line: int) -> PlannedShot:
        ranked = self.draft.ranked[line].get(option.shot_id)
        start = self.windows.take(option, frames)
        score, why = (ranked.score, ranked.why) if ranked else (0.0, ())
        return PlannedShot(option.name, frames, start, option.shot_id, None, score, why)

    def _card_shots(self, line: int, frames: int) -> list[PlannedShot]:
        card = self.draft.lines[line].card
        return [PlannedShot(f"card:{card.card}", frames, card=card)] if frames and card else []

    def _made(self, line: int, shots: Sequence[PlannedShot]) -> Choice:
        stretches = tuple(self._stretch(shot) for shot in shots)
        worth = sum(shot.frames * (shot.score if shot.shot_id else GAP_WORTH) for shot in shots) / self.draft.frames
        uses = [self.footage.options[shot.shot_id].times_used for shot in shots if shot.shot_id]
        freshness = 1 / (1 + max(uses, default=0))
        return Choice(line, tuple(shots), stretches, round(min(1.0, worth), 4), round(freshness, 4))

    def _stretch(self, shot: PlannedShot) -> Stretch:
        if not shot.shot_id:
            return Stretch(shot.source, 0, shot.frames, "")
        source, look = self.footage.sources[shot.shot_id], self.footage.look(shot.shot_id)
        return Stretch(source, shot.source_start_frame, shot.frames, look)

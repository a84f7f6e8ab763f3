"""Similarity as tables: what every picture of a slot plan shares with every other, in weighted frames.

Choices of a slot that show the same stretches (other lines over them) are one picture, a column of the tables.
What an ad shares with another is a sum over their columns. The sum is exact where no shot stands in two slots of
one ad, and else an upper bound: frames shown twice are counted twice.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from creative.bulk.contracts import Choice, SlotPlan, Stretch
from creative.bulk.similarity import is_card, look_of, span_of, weighted

WORTH_SHARE = 0.6
"""How much of a choice's value is its worth; the rest is freshness."""

Columns = NDArray[np.int64]


@dataclass(frozen=True)
class PictureTable:
    """The pictures of a slot plan as columns 0..D-1, in order of slots.

    layers[l, c, d]: weighted frames by which an ad that shows column c is alike to one that shows d; the layers are
    the measures (frames, looks) in both directions, less those that another one always covers.
    clashes[c, d]: both show the same shot, so no ad has both. looks_alike[c, d]: both show the same look.
    """

    slots: tuple[Columns, ...]
    choices: tuple[tuple[int, ...], ...]
    layers: NDArray[np.uint16]
    clashes: NDArray[np.bool_]
    looks_alike: NDArray[np.bool_]
    values: NDArray[np.float64]
    weights: tuple[int, ...]

    @property
    def total(self) -> int:
        """Weighted frames of an ad."""
        return sum(self.weights)

    def reaching(self, limit: float) -> int:
        """The fewest weighted frames in common that make two ads reach `limit`."""
        return max(1, math.ceil(limit * self.total - 1e-9))

    @cached_property
    def slot_of(self) -> tuple[int, ...]:
        return tuple(slot for slot, columns in enumerate(self.slots) for _ in columns)

    @cached_property
    def column_of(self) -> dict[tuple[int, int], int]:
        """Column by slot and choice."""
        return {
            (self.slot_of[column], choice): column for column, choices in enumerate(self.choices) for choice in choices
        }

    def columns_of(self, choices: Sequence[int]) -> Columns:
        """The columns an ad of these choices shows."""
        return np.array([self.column_of[slot, choice] for slot, choice in enumerate(choices)], dtype=np.int64)

    @cached_property
    def burdens(self) -> NDArray[np.float64]:
        """How many whole columns each column shares its frames with, itself counted: what it takes from other ads."""
        weights = np.array(self.weights)[list(self.slot_of)]
        return np.asarray(self.layers.max(axis=0).sum(axis=1, dtype=np.int64) / weights)

    @cached_property
    def kinship(self) -> Columns:
        """Number of the group of columns that share anything, one with the next, by column."""
        return groups_of(np.asarray(self.layers.any(axis=0)))


def picture_table(plan: SlotPlan) -> PictureTable:
    """The tables of a slot plan; D columns cost D² numbers of two bytes for each layer."""
    pictures = [_pictures(slot.choices) for slot in plan.slots]
    flat = [stretches for slot in pictures for stretches in slot]
    starts = [plan.start_of(number) for number, slot in enumerate(pictures) for _ in slot]
    ends = np.cumsum([len(slot) for slot in pictures])
    choices = [plan.slots[number].choices for number, slot in enumerate(pictures) for _ in slot]
    members = [tuple(numbers) for slot in pictures for numbers in slot.values()]
    frames = _frame_marks(flat, starts)
    looks = _look_marks(flat, starts)
    return PictureTable(
        slots=tuple(np.arange(end - len(slot), end) for end, slot in zip(ends, pictures, strict=True)),
        choices=tuple(members),
        layers=_layers(frames, looks, flat),
        clashes=_meet(_shot_marks(flat, [pool[numbers[0]] for pool, numbers in zip(choices, members, strict=True)])),
        looks_alike=_meet(_marks([{one.look: 1 for one in each if one.look and not is_card(one)} for each in flat])),
        values=np.array([_value([pool[n] for n in numbers]) for pool, numbers in zip(choices, members, strict=True)]),
        weights=tuple(weighted(plan.start_of(number), slot.frames) for number, slot in enumerate(plan.slots)),
    )


def _pictures(choices: Sequence[Choice]) -> dict[tuple[Stretch, ...], list[int]]:
    """Choices by what they show, in order."""
    found: dict[tuple[Stretch, ...], list[int]] = {}
    for number, choice in enumerate(choices):
        found.setdefault(choice.stretches, []).append(number)
    return found


def _value(choices: Sequence[Choice]) -> float:
    return max(WORTH_SHARE * each.worth + (1 - WORTH_SHARE) * each.freshness for each in choices)


Marks = dict[Hashable, int]
"""Weighted frames of one picture by what can be met again: a run of source frames, or a look."""


def _frame_marks(pictures: Sequence[Sequence[Stretch]], starts: Sequence[int]) -> NDArray[np.float32]:
    """Weighted frames by column and run: sources are cut into runs wherever any stretch begins or ends."""
    borders: dict[str, set[int]] = {}
    for stretch in (one for each in pictures for one in each):
        borders.setdefault(stretch.source, set()).update(span_of(stretch))
    runs = {source: sorted(each) for source, each in borders.items()}
    rows: list[Marks] = []
    for stretches, at in zip(pictures, starts, strict=True):
        row: Marks = {}
        for stretch in stretches:
            for run, weight in _runs_of(stretch, at, runs[stretch.source]):
                row[stretch.source, run] = row.get((stretch.source, run), 0) + weight
            at += stretch.frames
        rows.append(row)
    return _marks(rows)


def _runs_of(stretch: Stretch, start: int, borders: Sequence[int]) -> list[tuple[int, int]]:
    """The runs a stretch covers, by their first frame, with their weighted frames."""
    if is_card(stretch):
        return [(0, weighted(start, stretch.frames))]
    first, end = span_of(stretch)
    cuts = borders[borders.index(first) : borders.index(end) + 1]
    return [(cut, weighted(start + cut - first, after - cut)) for cut, after in pairwise(cuts)]


def _look_marks(pictures: Sequence[Sequence[Stretch]], starts: Sequence[int]) -> NDArray[np.float32]:
    rows: list[Marks] = []
    for stretches, at in zip(pictures, starts, strict=True):
        row: Marks = {}
        for stretch in stretches:
            if look := look_of(stretch):
                row[look] = row.get(look, 0) + weighted(at, stretch.frames)
            at += stretch.frames
        rows.append(row)
    return _marks(rows)


def _shot_marks(pictures: Sequence[Sequence[Stretch]], choices: Sequence[Choice]) -> NDArray[np.float32]:
    """What must not come twice in one ad: a run of footage, or a shot by its id. Cards may."""
    footage = [[one for one in each if not is_card(one)] for each in pictures]
    runs = _frame_marks(footage, [0] * len(footage))
    shots = _marks([{shot.shot_id: 1 for shot in each.shots if shot.shot_id} for each in choices])
    return np.hstack([runs, shots])


def _marks(rows: Sequence[Marks]) -> NDArray[np.float32]:
    numbers: dict[Hashable, int] = {}
    for row in rows:
        for mark in row:
            numbers.setdefault(mark, len(numbers))
    matrix = np.zeros((len(rows), len(numbers)), dtype=np.float32)
    for row_number, row in enumerate(rows):
        for mark, weight in row.items():
            matrix[row_number, numbers[mark]] = weight
    return matrix


def _meet(marks: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which two columns have a mark in common; a column always meets itself."""
    has = (marks > 0).astype(np.float32)
    return (has @ has.T > 0) | np.eye(len(marks), dtype=bool)


def _layers(
    frames: NDArray[np.float32], looks: NDArray[np.float32], pictures: Sequence[Sequence[Stretch]]
) -> NDArray[np.uint16]:
    """Shared weighted frames per measure and direction; a measure or direction that tells nothing new is left out."""
    measures = [frames, looks] if looks.size else [frames]
    if _looks_cover_frames(frames, pictures):
        measures = [looks]
    layers: list[NDArray[np.uint16]] = []
    for marks in measures:
        shared = np.rint(marks @ (marks > 0).astype(np.float32).T).astype(np.uint16)
        layers += [shared] if np.array_equal(shared, shared.T) else [shared, shared.T]
    return np.stack(layers)


def _looks_cover_frames(frames: NDArray[np.float32], pictures: Sequence[Sequence[Stretch]]) -> bool:
    """Whether equal frames always count as equal looks too: every source run that is met twice has one look."""
    looks: dict[str, list[tuple[int, int, str]]] = {}
    for stretch in (one for each in pictures for one in each):
        looks.setdefault(stretch.source, []).append((*span_of(stretch), look_of(stretch)))
    for spans in looks.values():
        spans.sort()
        end, look = -1, ""
        for first, last, name in dict.fromkeys(spans):
            if not name or (first < end and name != look):
                return False
            end, look = (last, name) if last > end else (end, look)
    return True


def groups_of(related: NDArray[np.bool_]) -> Columns:
    """Numbers of the connected groups of a symmetric relation."""
    related = related | related.T
    numbers = np.full(len(related), -1, dtype=np.int64)
    for column in range(len(related)):
        if numbers[column] < 0:
            reached = np.zeros(len(related), dtype=bool)
            edge = np.arange(len(related)) == column
            while edge.any():
                reached |= edge
                edge = related[edge].any(axis=0) & ~reached
            numbers[reached] = numbers.max() + 1
    return numbers


def fewest_of_a_conflict(table: PictureTable, reach: int) -> float:
    """How many ads there can be at most: any set of slots heavy enough to make two ads alike must differ in all.

    The Singleton bound for slots of unequal weight: the smallest product of pool sizes over sets of slots that weigh
    `reach` together. Pictures that share anything count as one. With no such set there is no bound.
    """
    least = np.full(reach + 1, np.inf)
    least[0] = 1.0
    for columns, weight in zip(table.slots, table.weights, strict=True):
        with_slot = np.full_like(least, np.inf)
        places = np.minimum(np.arange(reach + 1) + weight, reach)
        np.minimum.at(with_slot, places, least * len(set(table.kinship[columns].tolist())))
        least = np.minimum(least, with_slot)
    return float(least[reach])

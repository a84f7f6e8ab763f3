"""From pictures to mixes: which line is spoken over a picture and which tune is under the ad."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from creative.bulk.contracts import Mix, SlotPlan
from creative.bulk.tables import WORTH_SHARE, Columns, PictureTable


def word_ads(
    plan: SlotPlan,
    table: PictureTable,
    rows: Sequence[Columns],
    taken: Sequence[Mix],
    count: int,
    rng: np.random.Generator,
) -> tuple[Mix, ...]:
    """A mix for each row of columns; more than there are rows, and they come again in other words, then other tunes.

    Once every line and tune was used with every row, ads come again as they are.
    """
    wording = _Wording(plan, table, rng)
    mixes = [wording.mix(row) for row in rows]
    if len(mixes) < count and rows:
        mixes += _variations(plan, table, rows, mixes, {*taken, *mixes}, count - len(mixes))
    while 0 < len(mixes) < count:
        mixes += mixes[: count - len(mixes)]
    return tuple(mixes)


class _Wording:
    """Takes lines by use and value, tunes by use with the same opening and in all."""

    def __init__(self, plan: SlotPlan, table: PictureTable, rng: np.random.Generator) -> None:
        self._plan = plan
        self._table = table
        self._choice_use: Counter[tuple[int, int]] = Counter()
        self._tune_use: Counter[int] = Counter()
        self._tune_use_by_opening: Counter[tuple[int, int]] = Counter()
        self._tunes = rng.permutation(len(plan.tunes)).tolist()

    def mix(self, row: Columns) -> Mix:
        columns = row.tolist()
        return Mix(tuple(self._choice(slot, column) for slot, column in enumerate(columns)), self._tune(columns[0]))

    def _choice(self, slot: int, column: int) -> int:
        choices = self._table.choices[column]
        best = choices[0] if len(choices) == 1 else min(choices, key=lambda choice: self._cost(slot, choice))
        self._choice_use[slot, best] += 1
        return best

    def _cost(self, slot: int, choice: int) -> float:
        each = self._plan.slots[slot].choices[choice]
        value = WORTH_SHARE * each.worth + (1 - WORTH_SHARE) * each.freshness
        return (self._choice_use[slot, choice] + 1) / (0.25 + value)

    def _tune(self, opening: int) -> int:
        if not self._tunes:
            return -1
        best = min(self._tunes, key=lambda tune: (self._tune_use_by_opening[opening, tune], self._tune_use[tune]))
        self._tune_use[best] += 1
        self._tune_use_by_opening[opening, best] += 1
        return int(best)


def _variations(
    plan: SlotPlan,
    table: PictureTable,
    rows: Sequence[Columns],
    mixes: Sequence[Mix],
    known: set[Mix],
    count: int,
) -> list[Mix]:
    """The same pictures in other words first, then under other tunes; row by row in turn."""
    found: list[Mix] = []
    turns = [_others(table, row, mix, max(1, len(plan.tunes))) for row, mix in zip(rows, mixes, strict=True)]
    while turns:
        going = []
        for turn in turns:
            mix = next((each for each in turn if each not in known), None)
            if mix is None:
                continue
            known.add(mix)
            found.append(mix)
            if len(found) == count:
                return found
            going.append(turn)
        turns = going
    return found


def _others(table: PictureTable, row: Columns, mix: Mix, tunes: int) -> Iterator[Mix]:
    """Every mix with the pictures of `row`: lines change before the tune does."""
    pools = []
    for column, choice in zip(row.tolist(), mix.choices, strict=True):
        choices = table.choices[column]
        place = choices.index(choice)
        pools.append(choices[place:] + choices[:place])
    for step in range(tunes):
        tune = (mix.tune + step) % tunes if mix.tune >= 0 else -1
        for chosen in product(*pools):
            yield Mix(chosen, tune)

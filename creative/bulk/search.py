"""Which ads a batch makes: mixes of a slot plan that differ, pair by pair. Pure and seeded.

Codes give the bulk of the ads at once (`seeds`), a depth-first search adds what still fits (`completion`). Good,
fresh pictures are tried before poor ones, looks are not repeated in an ad while other ads can be had, and every
choice and tune is used about as often as the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creative.bulk.completion import Completion
from creative.bulk.contracts import STRICT_LIMIT, Found, Mix, Policy, SlotPlan
from creative.bulk.ledger import ROOM_BYTES, Ledger
from creative.bulk.seeds import stream
from creative.bulk.similarity import STRUCTURE_WEIGHT
from creative.bulk.spread import spread
from creative.bulk.tables import Columns, PictureTable, fewest_of_a_conflict, groups_of, picture_table
from creative.bulk.wording import word_ads
from creative.bulk.worst import worst_pair

POOR = 0.6
"""A picture worth less than this part of its slot's best is used only when the others do not carry the count."""

PATIENCE = 4
"""Failures in a row after which an opening is taken to be used up."""

POLISH_ROUNDS, POLISH_ADS = 60, 8_000
"""So often a result that falls short is taken apart a little and filled up again; less often the more ads it has."""

CALM_LIMITS = (STRUCTURE_WEIGHT, 0.45)
"""Lower limits that are kept where the material is rich enough; no pair of one slot plan is under the first."""

_CHUNK_TRIED, _CHUNK_RATE = 64, 0.05

Flags = NDArray[np.bool_]


def search(
    plan: SlotPlan,
    count: int,
    policy: Policy,
    seed: int,
    taken: Sequence[Mix] = (),
    limit: float = STRICT_LIMIT,
) -> Found:
    """Up to `count` ads, the same for equal arguments.

    strict: no two reach `limit`. hook: no two that open alike do. off: `count` ads whatever they look like, repeats
    last. `taken` are mixes given out before: none comes again (under off, while there are others), and the search
    keeps away from them while it can.
    """
    table = picture_table(plan)
    rng = np.random.default_rng(seed)
    if count <= 0 or not all(len(columns) for columns in table.slots):
        return Found((), None, count > 0)
    before = [table.columns_of(mix.choices) for mix in taken]
    finder = _Finder(table, policy, count, before, rng)
    finder.fill(limit, 0 if policy == "off" else POLISH_ROUNDS)
    if policy == "off":
        finder.rows += spread(table, count - len(finder.rows), finder.known, rng)
        finder.rows = finder.rows or spread(table, count, set(), rng)
    mixes = word_ads(plan, table, finder.rows, taken, count if policy == "off" else len(finder.rows), rng)
    under = table.reaching(limit) if policy == "strict" else None
    return Found(mixes, worst_pair(plan, table, mixes, under), len(mixes) < count)


def count_distinct(plan: SlotPlan, most: int, seed: int, is_thorough: bool = True) -> int:
    """How many strict ads a search finds, at most `most`; a little fewer, far sooner, when it need not be thorough."""
    table = picture_table(plan)
    if not all(len(columns) for columns in table.slots):
        return 0
    finder = _Finder(table, "strict", most, [], np.random.default_rng(seed))
    finder.fill(STRICT_LIMIT, POLISH_ROUNDS if is_thorough else 0, PATIENCE if is_thorough else PATIENCE // 2)
    return len(finder.rows)


@dataclass(frozen=True)
class _Phase:
    """Which columns may be used, and which two never in one ad."""

    allowed: Flags
    forbidden: Flags


class _Finder:
    """One search: the ads found so far and what each rule still allows."""

    def __init__(
        self, table: PictureTable, policy: Policy, count: int, before: Sequence[Columns], rng: np.random.Generator
    ) -> None:
        self.rows: list[Columns] = []
        self.known = {row.tobytes() for row in before}
        self._table = table
        self._count = count
        self._before = before
        self._rng = rng
        self._use = np.zeros(len(table.choices))
        self._opening = _openings(table) if policy == "hook" else np.zeros(len(table.choices), dtype=np.int64)
        self._ledgers: list[Ledger] = []

    def fill(self, limit: float, polish_rounds: int, patience: int = PATIENCE) -> None:
        """Apart from the ads of earlier batches too, then, if they leave too little room, only from each other."""
        for beside in [self._before, []] if self._before else [[]]:
            self._open_books([*beside, *self.rows])
            for reach in self._reaches(limit):
                for phase in self._phases():
                    self._run(phase, reach, patience)
        self._polish(phase, reach, polish_rounds)

    def _open_books(self, rows: Sequence[Columns]) -> None:
        kinds = int(self._opening.max()) + 1
        self._ledgers = [Ledger(self._table, ROOM_BYTES // kinds) for _ in range(kinds)]
        if rows:
            block = np.stack(rows)
            kinds_of = self._opening[block[:, 0]]
            for kind in np.unique(kinds_of).tolist():
                self._ledgers[kind].extend(block[kinds_of == kind])

    def _reaches(self, limit: float) -> list[int]:
        """Weighted frames no pair may share: of the lowest calm limit that could carry the count, then of the limit."""
        last = self._table.reaching(limit)
        calm = [int(each * self._table.total) + 1 for each in CALM_LIMITS]
        rich = [each for each in calm if each < last and self._could_carry(each)]
        return [*rich[:1], last]

    def _could_carry(self, reach: int) -> bool:
        return fewest_of_a_conflict(self._table, reach) >= 1.5 * self._count

    def _phases(self) -> Iterator[_Phase]:
        """From the strictest taste to anything that is allowed; later ones only add."""
        tried: list[_Phase] = []
        for forbidden in (self._table.clashes | self._table.looks_alike, self._table.clashes):
            for allowed in self._tiers():
                if all((each.allowed != allowed).any() or (each.forbidden != forbidden).any() for each in tried):
                    tried.append(_Phase(allowed, forbidden))
                    yield tried[-1]

    def _tiers(self) -> list[Flags]:
        """Columns by preference: those drawn for an earlier batch, those that fit well, all."""
        everything = np.ones(len(self._table.choices), dtype=bool)
        fitting = everything.copy()
        for columns in self._table.slots:
            values = self._table.values[columns]
            fitting[columns] = values >= POOR * values.max()
        drawn = np.zeros_like(everything)
        for row in self._before:
            drawn[row] = True
        return [drawn, fitting, everything] if self._before else [fitting, everything]

    def _run(self, phase: _Phase, reach: int, patience: int) -> None:
        if all(phase.allowed[columns].any() for columns in self._table.slots):
            self._seed(phase, reach)
            self._complete(phase, reach, patience)

    def _seed(self, phase: _Phase, reach: int) -> None:
        left = self._count - len(self.rows)
        if left <= 0:
            return
        for block in stream(self._table, phase.allowed, reach, left, self._rng):
            accepted = 0
            for tried, row in enumerate(block, start=1):
                accepted += self._accept(row, phase, reach)
                if len(self.rows) >= self._count:
                    return
                if tried >= _CHUNK_TRIED and accepted < _CHUNK_RATE * tried:
                    break

    def _accept(self, row: Columns, phase: _Phase, reach: int) -> bool:
        ledger = self._ledgers[self._opening[row[0]]]
        pairs = phase.forbidden[np.ix_(row, row)]
        if int(pairs.sum()) > len(row) or row.tobytes() in self.known:
            return False
        if ledger.count and int(ledger.overlaps(row).max()) >= reach:
            return False
        self._add(row)
        return True

    def _add(self, row: Columns) -> None:
        self._ledgers[self._opening[row[0]]].add(row)
        self.rows.append(row)
        self.known.add(row.tobytes())
        self._use[row] += 1 / (0.5 + self._table.values[row])

    def _polish(self, phase: _Phase, reach: int, rounds: int) -> None:
        """Takes a few ads out and fills up again, keeping what is no worse: finds a tenth more in small material."""
        for _ in range(min(rounds, POLISH_ADS // max(1, len(self.rows)))):
            if not 1 < len(self.rows) < min(self._count, self._most(reach)):
                return
            before = self.rows, self._use.copy(), set(self.known), self._ledgers
            out = self._rng.permutation(len(self.rows))[: max(2, len(self.rows) // 20)]
            for place in sorted(out.tolist(), reverse=True):
                self._take_out(place)
            self._open_books(self.rows)
            self._complete(phase, reach, patience=1)
            if len(self.rows) < len(before[0]):
                self.rows, self._use, self.known, self._ledgers = before

    def _most(self, reach: int) -> float:
        """No strict search finds more than this; known only where nothing is shared in part."""
        is_plain = len(set(self._table.kinship.tolist())) == len(self._table.choices)
        return fewest_of_a_conflict(self._table, reach) if is_plain and len(self._ledgers) == 1 else float("inf")

    def _take_out(self, place: int) -> None:
        row = self.rows[place]
        self.rows = [*self.rows[:place], *self.rows[place + 1 :]]
        self.known.discard(row.tobytes())
        self._use[row] -= 1 / (0.5 + self._table.values[row])

    def _complete(self, phase: _Phase, reach: int, patience: int) -> None:
        """Openings in turn, the least used first, until each has failed too often or the count is reached."""
        completion = Completion(self._table, reach, phase.forbidden, self._rng)
        openings = self._table.slots[0]
        failures = dict.fromkeys(openings[phase.allowed[openings]].tolist(), 0)
        while failures and len(self.rows) < self._count:
            opening = min(failures, key=lambda column: self._use[column] + 2 * failures[column])
            ledger = self._ledgers[self._opening[opening]]
            row = completion.build(ledger, opening, phase.allowed, self._use) if ledger.keeps_shared else None
            if row is not None and row.tobytes() not in self.known:
                self._add(row)
                failures[opening] = 0
                continue
            failures[opening] += 1
            if failures[opening] >= patience:
                del failures[opening]


def _openings(table: PictureTable) -> Columns:
    """Number of the group of first-slot pictures that are alike by half or more, by column (others 0)."""
    first = table.slots[0]
    shared = table.layers.max(axis=0)[np.ix_(first, first)]
    alike = np.maximum(shared, shared.T) * 2 >= table.weights[0]
    numbers = np.zeros(len(table.choices), dtype=np.int64)
    numbers[first] = groups_of(alike)
    return numbers

"""The two ads of a batch that are most alike."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from creative.bulk.contracts import Mix, Pair, SlotPlan
from creative.bulk.similarity import STRUCTURE_WEIGHT, similarity
from creative.bulk.tables import Columns, PictureTable

ALL_PAIRS = 4000
"""Batches up to this size are compared pair by pair; in larger ones only ads that agree in most slots are."""

LOOKED_AT = 16
"""So many pairs that the tables put first are compared exactly."""

MOST_SLOTS = 12
"""Agreement is looked for in so many slots, the heaviest: there are two to the power of them sets."""

_PAIRS = 4096

Candidate = tuple[int, int, int]
"""Shared weighted frames (or more), and the places of two ads."""


def worst_pair(plan: SlotPlan, table: PictureTable, mixes: Sequence[Mix], under: int | None = None) -> Pair | None:
    """The most similar pair, None for fewer than two ads. Places are ascending.

    Above `ALL_PAIRS` ads it is the worst of those that agree in whole slots; shots that stand in different slots of
    two ads may be overlooked. `under`: weighted frames no pair is known to share, for sets that need no look.
    """
    if len(mixes) < 2:
        return None
    rows = np.array([table.columns_of(mix.choices) for mix in mixes])
    found = _all_pairs(table, rows) if len(rows) <= ALL_PAIRS else _agreeing(table, rows, under or table.total + 1)
    near = heapq.nlargest(LOOKED_AT, found)
    return max(
        (Pair(similarity(plan, mixes[first], mixes[second]), first, second) for _, first, second in near),
        key=lambda pair: pair.similarity,
    )


def _all_pairs(table: PictureTable, rows: Columns) -> Iterator[Candidate]:
    """For each ad the one after it that shares most with it."""
    for first in range(len(rows) - 1):
        shared = table.layers[:, rows[first], :].sum(axis=1, dtype=np.int64)
        overlaps = shared[:, rows[first + 1 :]].sum(axis=2).max(axis=0)
        second = int(overlaps.argmax())
        yield int(overlaps[second]), first, first + 1 + second
        if int(overlaps[second]) >= table.total:
            return


def _agreeing(table: PictureTable, rows: Columns, under: int) -> Iterator[Candidate]:
    """Pairs that agree in a set of slots, heaviest sets first, until lighter sets cannot hold a worse pair."""
    kin = table.kinship[rows].astype(np.uint64)
    salts = np.asarray(np.random.default_rng(0).integers(1, 2**63, rows.shape[1]), dtype=np.uint64)
    best = int(STRUCTURE_WEIGHT * table.total)
    yield 0, 0, 1
    for weight, slots in _slot_sets(table):
        if weight <= best:
            return
        if weight >= under:
            continue
        keys = (kin[:, slots] * salts[list(slots)]).sum(axis=1)
        order = np.argsort(keys, kind="stable")
        places = np.flatnonzero(keys[order][1:] == keys[order][:-1])[:_PAIRS]
        if len(places):
            one, other = order[places], order[places + 1]
            overlaps = _overlaps(table, rows[one], rows[other])
            worst = int(overlaps.argmax())
            best = max(best, int(overlaps[worst]))
            yield int(overlaps[worst]), int(min(one[worst], other[worst])), int(max(one[worst], other[worst]))


def _slot_sets(table: PictureTable) -> list[tuple[int, tuple[int, ...]]]:
    slots = sorted(range(len(table.weights)), key=lambda slot: -table.weights[slot])[:MOST_SLOTS]
    sets = [chosen for size in range(1, len(slots) + 1) for chosen in combinations(slots, size)]
    return sorted(((sum(table.weights[slot] for slot in chosen), chosen) for chosen in sets), reverse=True)


def _overlaps(table: PictureTable, one: Columns, other: Columns) -> Columns:
    pairs = table.layers[:, one[:, :, None], other[:, None, :]]
    return pairs.sum(axis=(2, 3), dtype=np.int64).max(axis=0)

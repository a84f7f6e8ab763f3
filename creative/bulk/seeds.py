"""Candidates from codes: ads that agree in so few slots that nearly all of them may stand side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creative.bulk.codes import digits, field_sizes, words
from creative.bulk.tables import Columns, PictureTable

MOST_WORDS = 1 << 20
"""Words looked at in one stream at most; a larger code is drawn from, not listed."""

BLOCK = 1 << 14


@dataclass(frozen=True)
class Code:
    """q symbols, words fixed by `places` coefficients; about `ads` of the words fall inside the pools."""

    q: int
    places: int
    ads: float


def best_code(sizes: list[int], places: int, count: int) -> Code | None:
    """The code for pools of these sizes: the smallest that uses all choices and carries `count`, else the largest."""
    codes = [
        Code(q, places, q**places * float(np.prod([min(1.0, size / q) for size in sizes])))
        for q in field_sizes(max(max(sizes) + 8, len(sizes)))
        if q + 1 >= len(sizes)
    ]
    enough = [code for code in codes if code.q >= max(sizes) and code.ads >= 1.05 * count]
    return min(enough, key=lambda code: code.q) if enough else max(codes, key=lambda code: code.ads, default=None)


def places_allowed(table: PictureTable, reach: int) -> int:
    """How many coefficients words may have: any fewer equal slots must stay under `reach`."""
    weights = sorted(table.weights, reverse=True)
    places = 0
    while places < len(weights) and sum(weights[:places]) < reach:
        places += 1
    return places


def alphabets(table: PictureTable, allowed: NDArray[np.bool_], rng: np.random.Generator) -> list[list[Columns]]:
    """The symbols of each slot: groups of kindred columns, each group dealt to one slot only.

    A group that could stand in several slots goes to the one with the fewest so far, so that codes, which know
    only equal places, never meet the same shot in two.
    """
    homes: dict[int, list[int]] = {}
    for slot, columns in enumerate(table.slots):
        for kin in set(table.kinship[columns[allowed[columns]]].tolist()):
            homes.setdefault(kin, []).append(slot)
    symbols: list[list[Columns]] = [[] for _ in table.slots]
    kins = rng.permutation(sorted(homes)).tolist()
    for kin in sorted(kins, key=lambda each: len(homes[each])):
        slot = min(homes[kin], key=lambda each: len(symbols[each]))
        columns = table.slots[slot]
        members = columns[allowed[columns] & (table.kinship[columns] == kin)]
        symbols[slot].append(members[table.burdens[members] <= table.burdens[members].min() + 0.01])
    return symbols


def stream(
    table: PictureTable, allowed: NDArray[np.bool_], reach: int, count: int, rng: np.random.Generator
) -> Iterator[Columns]:
    """Blocks of candidate ads (rows of columns) in an order that keeps the first ones the most different.

    Words with fewer coefficients come first: they agree in fewer slots. After the code proper come shifted copies of
    it, which pay where one pool is larger than the field.
    """
    symbols = alphabets(table, allowed, rng)
    places = places_allowed(table, reach)
    sizes = [len(each) for each in symbols]
    code = best_code(sizes, places, count) if places and min(sizes) else None
    if code is None or code.ads < 2:
        return
    groups = [max(1, min(size // code.q, code.q)) for size in sizes]
    maps = [_mapping(size, code.q, group, rng) for size, group in zip(sizes, groups, strict=True)]
    shuffle = rng.permutation(code.q)
    for shift in range(max(groups)):
        for numbers in _numbers(code, rng):
            coefficients = shuffle[digits(numbers, code.q, places)]
            shifts = np.full((len(numbers), 1), shift)
            rows = words(code.q, len(sizes), np.hstack([coefficients, shifts]) if shift else coefficients)
            picked = np.stack([maps[slot][shift % groups[slot]][rows[:, slot]] for slot in range(len(sizes))], axis=1)
            yield _columns(picked[(picked >= 0).all(axis=1)], symbols, rng)


def _mapping(size: int, q: int, groups: int, rng: np.random.Generator) -> Columns:
    """Symbol number by group and field element, -1 where the pool has none."""
    order = np.concatenate([rng.permutation(size), np.full(q, -1)])[: groups * q]
    return np.stack([rng.permutation(row) for row in order.reshape(groups, q)])


def _numbers(code: Code, rng: np.random.Generator) -> Iterator[Columns]:
    """Word numbers in order, or drawn once the code is too large to list."""
    whole = code.q**code.places
    if whole <= MOST_WORDS:
        for first in range(0, whole, BLOCK):
            yield np.arange(first, min(first + BLOCK, whole))
        return
    for _ in range(MOST_WORDS // BLOCK):
        yield rng.integers(0, whole, BLOCK)


def _columns(picked: Columns, symbols: list[list[Columns]], rng: np.random.Generator) -> Columns:
    """Symbols to columns: any column of the group, in turn by chance."""
    result = np.empty_like(picked)
    for slot, groups in enumerate(symbols):
        counts = np.array([len(group) for group in groups])
        padded = np.zeros((len(groups), counts.max()), dtype=np.int64)
        for number, group in enumerate(groups):
            padded[number, : len(group)] = group
        member = (rng.random(len(picked)) * counts[picked[:, slot]]).astype(np.int64)
        result[:, slot] = padded[picked[:, slot], member]
    return result

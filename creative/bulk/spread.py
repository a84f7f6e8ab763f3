"""Ads for a count that the material does not carry distinctly: different pictures as long as there are any."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from creative.bulk.tables import Columns, PictureTable

LISTED = 1 << 20
"""A plan with no more combinations than this is listed; a larger one is drawn from."""

BLOCK = 1 << 13
DRY_BLOCKS = 24
"""Blocks in a row that bring nothing new before drawing ends."""


def spread(table: PictureTable, count: int, known: set[bytes], rng: np.random.Generator) -> list[Columns]:
    """Up to `count` more rows of columns, none twice or in `known`, every picture about as often as the next.

    A look comes twice in an ad only when all others are used up, a shot only when no ad could be had otherwise.
    """
    found: list[Columns] = []
    seen = set(known)
    free = np.zeros_like(table.clashes)
    for forbidden in (table.clashes | table.looks_alike, table.clashes, free):
        if len(found) >= count or (forbidden is free and seen):
            break
        found += _draw(table, count - len(found), forbidden, seen, rng)
    return found


def _draw(
    table: PictureTable, count: int, forbidden: NDArray[np.bool_], seen: set[bytes], rng: np.random.Generator
) -> list[Columns]:
    found: list[Columns] = []
    dry = 0
    for block in _blocks(table, rng):
        before = len(found)
        for row in block[_is_allowed(block, forbidden)]:
            if row.tobytes() not in seen:
                seen.add(row.tobytes())
                found.append(row)
                if len(found) >= count:
                    return found
        dry = dry + 1 if len(found) == before else 0
        if dry >= DRY_BLOCKS:
            break
    return found


def _blocks(table: PictureTable, rng: np.random.Generator) -> Iterator[Columns]:
    sizes = [len(columns) for columns in table.slots]
    if math.prod(sizes) <= LISTED:
        numbers = rng.permutation(math.prod(sizes))
        for first in range(0, len(numbers), BLOCK):
            places = np.unravel_index(numbers[first : first + BLOCK], sizes)
            yield np.stack([columns[place] for columns, place in zip(table.slots, places, strict=True)], axis=1)
        return
    while True:
        yield np.stack([_in_turn(columns, rng) for columns in table.slots], axis=1)


def _in_turn(columns: Columns, rng: np.random.Generator) -> Columns:
    """A block of columns in which each comes as often as the next, in random order."""
    rounds = -(-BLOCK // len(columns))
    return rng.permuted(np.tile(columns, (rounds, 1)), axis=1).ravel()[:BLOCK]


def _is_allowed(block: Columns, forbidden: NDArray[np.bool_]) -> NDArray[np.bool_]:
    allowed = np.ones(len(block), dtype=bool)
    for first in range(block.shape[1]):
        for second in range(first):
            allowed &= ~forbidden[block[:, first], block[:, second]]
    return allowed

"""Finds the pictures that are the same as a given one among a hundred thousand, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.understanding.likeness import HASHES, NEAR, NEAR_COARSE, Words, mirrored, score, words_of

_LOADED_AT_ONCE = 2_000
# Rows looked at together: their words and what is worked out of them stay in the core's own cache.
_BLOCK = 65_536


@dataclass(frozen=True)
class Near:
    """An item that shows the same picture. `apart` is 0 for the very same, up to `likeness.NEAR`."""

    item: str
    apart: int
    is_mirrored: bool


@dataclass(frozen=True)
class _Hashes:
    """Hashes by row: coarse words (n,), all words (n, 4), and the number of the item each belongs to (n,)."""

    coarse: Words
    words: Words
    owners: NDArray[np.int32]


class NearIndex:
    """Items are names with the prints of their pictures (`likeness.print_of`); a shot may have several.

    Every hash is compared: the coarse words of all rows first, which is one pass over eight
    bytes a row, then whole hashes of the few rows left. About 620 bytes a print.
    """

    def __init__(self, items: Iterable[tuple[str, Sequence[str]]] = ()) -> None:
        self._names: list[str] = []
        self._parts: list[tuple[Words, NDArray[np.int32]]] = []
        self._whole = self._crops = _no_hashes()
        self.add(items)

    def __len__(self) -> int:
        return len(self._names)

    def add(self, items: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Take in (name, prints); an item whose pictures are all too plain for a print ("") is never found."""
        prints: list[str] = []
        owners: list[int] = []
        for name, its_prints in items:
            kept = [one for one in its_prints if one]
            prints += kept
            owners += [len(self._names)] * len(kept)
            self._names.append(name)
            if len(prints) >= _LOADED_AT_ONCE:
                self._keep(prints, owners)
                prints, owners = [], []
        if prints:
            self._keep(prints, owners)

    def query(self, prints: Sequence[str]) -> list[Near]:
        """Items that show a picture of `prints`, edited or mirrored, the nearest first."""
        self._settle()
        best: dict[int, tuple[int, bool]] = {}
        for words in words_of([one for one in prints if one]):
            for is_mirrored, turned in ((False, words), (True, mirrored(words))):
                self._search(turned, is_mirrored, best)
        found = [Near(self._names[owner], apart, turned) for owner, (apart, turned) in best.items()]
        return sorted(found, key=lambda near: (near.apart, near.item))

    def _search(self, words: Words, is_mirrored: bool, best: dict[int, tuple[int, bool]]) -> None:
        """The whole against wholes and crops, then each crop against wholes: either may be the copy."""
        for hashes, asked in ((self._whole, words), (self._crops, words[:1])):
            for owner, apart in _near(hashes, asked):
                if owner not in best or apart < best[owner][0]:
                    best[owner] = (apart, is_mirrored)

    def _keep(self, prints: list[str], owners: list[int]) -> None:
        self._parts.append((words_of(prints), np.asarray(owners, dtype=np.int32)))

    def _settle(self) -> None:
        """Join what was added since the last query to the rows."""
        if not self._parts:
            return
        words = np.concatenate([part for part, _ in self._parts])
        owners = np.concatenate([part for _, part in self._parts])
        self._parts = []
        self._whole = _joined(self._whole, words[:, 0], owners)
        self._crops = _joined(self._crops, words[:, 1:].reshape(-1, 4), np.repeat(owners, HASHES - 1))


def _no_hashes() -> _Hashes:
    return _Hashes(np.zeros(0, np.uint64), np.zeros((0, 4), np.uint64), np.zeros(0, np.int32))


def _joined(before: _Hashes, words: Words, owners: NDArray[np.int32]) -> _Hashes:
    whole = np.concatenate([before.words, words])
    return _Hashes(np.ascontiguousarray(whole[:, 0]), whole, np.concatenate([before.owners, owners]))


def _near(hashes: _Hashes, asked: Words) -> Iterable[tuple[int, int]]:
    """(owner, score) of every row that is near one of `asked` (k, 4)."""
    for start in range(0, len(hashes.coarse), _BLOCK):
        coarse = hashes.coarse[start : start + _BLOCK]
        for one in asked:
            rows = np.flatnonzero(np.bitwise_count(coarse ^ one[0]) <= NEAR_COARSE) + start
            if not len(rows):
                continue
            scores = score(one, hashes.words[rows])
            for place in np.flatnonzero(scores <= NEAR):
                yield int(hashes.owners[rows[place]]), int(scores[place])

"""jieba's half a million words and beginnings of words in a tenth of a dict's memory.

Every process that cuts Chinese text holds the table for as long as it lives: 55 MB as the
dict the library makes, 6 MB as hashes in order with their counts beside them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from typing import overload

import numpy as np


class Frequencies:
    """Counts by word, as much of a dict as jieba uses; words put in later lie in a dict of their own.

    A word is known by its 64-bit hash: that any of 500,000 shares one with a text that is
    none of them happens once in some 10^13 questions, and would cost one odd cut.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        hashes = np.fromiter(map(_number, counts), np.int64, len(counts))
        order = np.argsort(hashes)
        self._hashes = array("q", hashes[order].tobytes())
        self._counts = array("l", np.fromiter(counts.values(), np.int64, len(counts))[order].tobytes())
        self._added: dict[str, int] = {}

    @overload
    def get(self, word: str) -> int | None: ...
    @overload
    def get(self, word: str, otherwise: int) -> int: ...
    def get(self, word: str, otherwise: int | None = None) -> int | None:
        if word in self._added:
            return self._added[word]
        wanted = _number(word)
        at = bisect_left(self._hashes, wanted)
        is_there = at < len(self._hashes) and self._hashes[at] == wanted
        return self._counts[at] if is_there else otherwise

    def __contains__(self, word: str) -> bool:
        return self.get(word) is not None

    def __getitem__(self, word: str) -> int:
        found = self.get(word)
        if found is None:
            raise KeyError(word)
        return found

    def __setitem__(self, word: str, count: int) -> None:
        self._added[word] = count


def _number(word: str) -> int:
    """Its hash with a Chinese space behind: Python hashes the bytes it keeps a text in, and two Latin letters by
    themselves are kept as one Chinese character is."""
    return hash(word + "\u3000")

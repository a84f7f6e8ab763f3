"""One shape for text and for the digits in it: full width, Chinese numerals, o for 0 and l for 1.

Every view has the length of the folded text, so that a place in one is the same place in all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.claims.flat import FlatText, fold

_NUMERALS = str.maketrans("零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "01234567891123456789")
_LETTERS = str.maketrans("oil", "011")
_ZH = "零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_LATIN = re.compile(r"[a-z]+")
_ONE_OF_A_WORD = re.compile(
    r"(?<=[第周期拜唯统专单万不])一|一(?=[会下个点直起定次些样般共切天早位种家年条边致旦半样块并律时向路])"
)
_HAS_HIDDEN = re.compile(rf"[{_ZH}]|[oil]")
_GROUP = re.compile(r"\+?\d+")
_GAP = re.compile(r"[ \t\-.·‐–—_/()\[\]~*]{1,3}|\s{1,4}")


@dataclass(frozen=True)
class Group:
    """Digits that stand together, at `start`..`end` of the folded text; a leading + belongs to them."""

    digits: str
    start: int
    end: int


def fold_message(text: str) -> FlatText:
    """Folded text; for plain ASCII by a shorter way to the same."""
    if text.isascii():
        return FlatText(text, text.lower(), tuple(range(len(text))))
    return fold(text)


def open_view(text: str) -> str | None:
    """Folded `text` with numerals and look-alike letters as digits; None where there are none."""
    if not _HAS_HIDDEN.search(text):
        return None
    kept = _ONE_OF_A_WORD.sub("\u3000", text)
    view = kept.translate(_NUMERALS)
    return _LATIN.sub(lambda match: _as_digits(view, match), view)


def _as_digits(view: str, match: re.Match[str]) -> str:
    """Letters that look like digits are digits where a digit stands right beside them."""
    word = match.group()
    if word.strip("oil"):
        return word
    before, after = view[match.start() - 1 : match.start()], view[match.end() : match.end() + 1]
    return word.translate(_LETTERS) if before.isdigit() or after.isdigit() else word


def runs(view: str) -> Iterator[tuple[Group, ...]]:
    """Groups of digits that only light separators part: what a person reads as one number, or several in a row."""
    run: list[Group] = []
    for match in _GROUP.finditer(view):
        group = Group(match.group(), match.start(), match.end())
        is_apart = run and (group.digits[0] == "+" or not _is_light(view, run, group))
        if is_apart:
            yield tuple(run)
            run = []
        run.append(group)
    if run:
        yield tuple(run)


def _is_light(view: str, run: list[Group], group: Group) -> bool:
    """Whether what parts `group` from the run is no more than a breath; a comma is within 139,0013,9000 only."""
    before = run[-1]
    if _GAP.fullmatch(view, before.end, group.start):
        return True
    if view[before.end : group.start].strip() not in (",", "、") or len(group.digits) != 4:
        return False
    begins = before.digits if len(run) == 1 else run[-2].digits
    return len(begins) == 3 and begins[0] == "1" and len(before.digits) in (3, 4)

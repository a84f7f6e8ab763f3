"""How long words take to say, and how a reference's slots become budgets for a new script."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from core.contracts import Language
from creative.contracts import Role, SlotBudget, Structure
from generation.contracts import FPS, GRID_FRAMES

ZH_SYLLABLES_A_SECOND = 4.6
EN_SYLLABLES_A_SECOND = 4.1
"""About 2.7 words a second, at 1.5 syllables a word."""

GRID_SECONDS = GRID_FRAMES / FPS
PAUSE_SECONDS = 10 / FPS
"""A slot is its voice plus this much breath round it, rounded up to the grid (see creative.storyboard)."""

_SHORT_PAUSE, _LONG_PAUSE = 0.155, 0.28
_MIN_CELLS: dict[Role, int] = {"hook": 5, "pain": 5, "selling_point": 5, "proof": 5, "offer": 6, "cta": 5}
_OVER = 1.07
"""An ad may run this much over its length so that six slots of 80 frames keep their place in 15 seconds."""
_MAX_CELLS = 11
_MAX_HOOK_CELLS = 8
"""A hook longer than about four seconds no longer is one."""
_EVENING = 0.8
"""Proportions are evened out a little: a short ad cannot afford one slot of six seconds beside five of two."""

_NEEDED: tuple[Role, ...] = ("hook", "cta", "selling_point", "offer", "proof", "pain")
_FILLERS: tuple[Role, ...] = ("selling_point", "proof", "selling_point", "pain")


def estimate_seconds(text: str, language: Language) -> float:
    """Spoken length of `text` in seconds, before any voice is made: numbers and prices are read out."""
    return _estimate(text, language)


@lru_cache(maxsize=65536)
def _estimate(text: str, language: Language) -> float:
    body = text.strip().rstrip("。.!！?？，,")
    pauses = len(re.findall(r"[，、；：,;:—]+(?=\D)", body)) * _SHORT_PAUSE
    pauses += len(re.findall(r"[。！？!?…]+|\.(?=\s)", body)) * _LONG_PAUSE
    rate = ZH_SYLLABLES_A_SECOND if language == "zh-CN" else EN_SYLLABLES_A_SECOND
    return round(count_syllables(body, language) / rate + pauses, 3)


_PIECE = re.compile(r"[¥￥$€£]?\d[\d,]*(?:\.\d+)?%?|[A-Za-z]+(?:['’][A-Za-z]+)?|[\u3400-\u9fff]")


@lru_cache(maxsize=65536)
def count_syllables(text: str, language: Language) -> float:
    """Syllables of `text` as spoken in `language`; Latin words inside Chinese count at the same pace."""
    total = 0.0
    for piece in _PIECE.findall(text):
        if piece[-1].isdigit() or piece[-1] == "%" or piece[0] in "¥￥$€£":
            total += _number_syllables(piece, language)
        elif piece[0].isascii():
            total += word_syllables(piece) if language == "en" else word_syllables(piece) * 1.1
        else:
            total += 1.0
    return total


_SILENT_END = re.compile(r"(?:(?<=[^lsxzcghaeiouy])es|(?<=[^aeioutdl])ed|(?<=[aeiouy]l)ed|(?<=[^laeiou])e)$")
"""Endings that are written but not said: makes, baked, rolled; but not places, recycled."""


@lru_cache(maxsize=8192)
def word_syllables(word: str) -> int:
    """Syllables of an English word by its vowels; an all-capital abbreviation is spelled out."""
    if word.isupper() and 2 <= len(word) <= 4:
        return len(word)
    letters = re.sub(r"[^a-z]", "", word.lower())
    if len(letters) > 3:
        letters = _SILENT_END.sub("", letters)
    return max(1, len(re.findall(r"[aeiouy]+", letters)))


def _number_syllables(piece: str, language: Language) -> float:
    digits = re.sub(r"[^\d.]", "", piece)
    whole, _, fraction = digits.partition(".")
    sign = 1 if piece[0] in "¥￥" else 2 if piece[0] in "$€£" else 0
    percent = 3 if piece.endswith("%") else 0
    if language == "zh-CN":
        return _zh_integer_syllables(whole) + (1 + len(fraction) if fraction else 0) + min(sign, 1) + percent
    return (
        _en_integer_syllables(whole)
        + (_en_integer_syllables(fraction) + (0 if sign else 1) if fraction else sign)
        + percent
    )


def _zh_integer_syllables(whole: str) -> int:
    """二百八十 for 280, 一万二 counted as 一万两千: places that are not zero take two syllables, the last one."""
    trimmed = whole.lstrip("0") or "0"
    if len(trimmed) == 2 and trimmed[0] == "1":
        return 1 + (trimmed[1] != "0")
    places = sum(2 for digit in trimmed[:-1] if digit != "0") + (trimmed[-1] != "0" or len(trimmed) == 1)
    return places + (1 if re.search(r"0[1-9]", trimmed) else 0)


_TENS = {2: 2, 3: 2, 4: 2, 5: 2, 6: 2, 7: 3, 8: 2, 9: 2}
_ONES = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)


def _en_integer_syllables(whole: str) -> int:
    value = int(whole or 0)
    if value < 20:
        return _ONES[value]
    if value < 100:
        return _TENS[value // 10] + (_ONES[value % 10] if value % 10 else 0)
    if value < 1000:
        return _ONES[value // 100] + 2 + (_en_integer_syllables(str(value % 100)) if value % 100 else 0)
    thousands = _en_integer_syllables(str(value // 1000)) + 2
    return thousands + (_en_integer_syllables(str(value % 1000)) if value % 1000 else 0)


def slot_seconds(voice_seconds: float) -> float:
    """The slot a line of this spoken length takes: with its breath, rounded up to the 16-frame grid."""
    return math.ceil(round((voice_seconds + PAUSE_SECONDS) / GRID_SECONDS, 6)) * GRID_SECONDS


@dataclass(frozen=True)
class _Slot:
    role: Role
    seconds: float
    intent: str


def slots_wanted(target_seconds: float) -> tuple[int, int]:
    """(fewest, most) slots an ad of this length reads well with."""
    for upper, wanted in (
        (11, (3, 3)),
        (13.5, (3, 4)),
        (14.5, (5, 5)),
        (16.5, (5, 6)),
        (19, (5, 6)),
        (22, (6, 6)),
        (27, (6, 7)),
        (36, (8, 8)),
    ):
        if target_seconds <= upper:
            return wanted
    most = min(16, math.ceil(target_seconds / 4.0))
    return most - 2, most


def budgets_for(structure: Structure, target_seconds: float, language: Language) -> tuple[SlotBudget, ...]:
    """The reference's slots scaled to `target_seconds`: same order and proportions, each long enough to say something.

    The slots' lengths on the 16-frame grid add up to the target within half a cell, or to
    at most 7 % more where each slot of the reference needs its least, so the finished ad
    stays within 10 % of it even when lines come out a little short or long.
    """
    slots = _fit_count([_Slot(s.role, max(s.seconds, 0.1), s.intent) for s in structure.slots], target_seconds)
    cells = _share_cells(slots, _cells_for(slots, target_seconds))
    return tuple(_budget(slot, count) for slot, count in zip(slots, cells, strict=True))


def _cells_for(slots: list[_Slot], target_seconds: float) -> int:
    """Cells of the whole ad: as near the target as the grid allows, a little over where the slots would starve."""
    starving = sum(_MIN_CELLS[slot.role] for slot in slots)
    most = math.floor(target_seconds * _OVER / GRID_SECONDS + 1e-6)
    return max(round(target_seconds / GRID_SECONDS), min(starving, most))


def _budget(slot: _Slot, cells: int) -> SlotBudget:
    voice_end = cells * GRID_SECONDS - PAUSE_SECONDS
    seconds = round(voice_end - 0.22, 3)
    longest, shortest = round(voice_end + 0.44, 3), round(max(0.9, voice_end - GRID_SECONDS - 0.4), 3)
    return SlotBudget(slot.role, seconds, shortest, longest, slot.intent)


def _fit_count(slots: list[_Slot], target_seconds: float) -> list[_Slot]:
    fewest, most = slots_wanted(target_seconds)
    slots = slots or [_Slot("hook", 3, ""), _Slot("selling_point", 3, ""), _Slot("offer", 3, ""), _Slot("cta", 3, "")]
    while len(slots) > most:
        slots = _merge_one(slots)
    while len(slots) < fewest:
        slots = _split_one(slots)
    return slots


def _merge_one(slots: list[_Slot]) -> list[_Slot]:
    """Join two neighbours of one role, else drop the slot whose role an ad needs least."""
    for place in range(len(slots) - 1):
        if slots[place].role == slots[place + 1].role:
            joined = _Slot(slots[place].role, slots[place].seconds + slots[place + 1].seconds, slots[place].intent)
            return [*slots[:place], joined, *slots[place + 2 :]]
    roles = [slot.role for slot in slots]
    repeated = [place for place, role in enumerate(roles) if roles.count(role) > 1]
    candidates = repeated or list(range(len(slots)))
    drop = max(candidates, key=lambda place: (_NEEDED.index(roles[place]), -slots[place].seconds))
    return [slot for place, slot in enumerate(slots) if place != drop]


def _split_one(slots: list[_Slot]) -> list[_Slot]:
    """One more body slot: the longest of the body in two, or a selling point before the end."""
    body = [place for place, slot in enumerate(slots) if slot.role in ("selling_point", "proof", "pain")]
    if not body:
        last = len(slots) - 1 if slots[-1].role == "cta" else len(slots)
        place = max(1, last - 1) if last > 1 and slots[last - 1].role == "offer" else max(1, last)
        return [*slots[:place], _Slot("selling_point", 3.0, ""), *slots[place:]]
    longest = max(body, key=lambda place: slots[place].seconds)
    slot = slots[longest]
    present = {each.role for each in slots}
    other = "proof" if slot.role == "selling_point" and "proof" not in present else slot.role
    other = "selling_point" if slot.role == "pain" else other
    halves = [_Slot(slot.role, slot.seconds / 2, slot.intent), _Slot(other, slot.seconds / 2, slot.intent)]
    return [*slots[:longest], *halves, *slots[longest + 1 :]]


def _share_cells(slots: list[_Slot], total: int) -> list[int]:
    """Grid cells per slot, in proportion to its seconds, between its role's least and the most one line can hold."""
    least = [_MIN_CELLS[slot.role] for slot in slots]
    longest = max(_MAX_CELLS, math.ceil(total / len(slots)) + 1)
    most = [_MAX_HOOK_CELLS if slot.role == "hook" else longest for slot in slots]
    while sum(least) > total and max(least) > 3:
        least[least.index(max(least))] -= 1
    weights = [slot.seconds**_EVENING for slot in slots]
    ideal = [weight / sum(weights) * total for weight in weights]
    cells = [min(high, max(low, round(want))) for low, high, want in zip(least, most, ideal, strict=True)]
    while sum(cells) != total:
        step = 1 if sum(cells) < total else -1
        free = [i for i in range(len(cells)) if (cells[i] < most[i] if step > 0 else cells[i] > least[i])]
        if not free:
            break
        place = max(free, key=lambda i: step * (ideal[i] - cells[i]))
        cells[place] += step
    return cells

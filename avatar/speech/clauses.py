"""Where a sentence may be cut and taken up again: clauses of a breath's length. Pure.

A cut never falls inside a number, a price, a decimal, an abbreviation or a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.contracts import Language
from core.phrases import break_penalty, pieces, reading_weight

WEIGHT_A_SECOND = 4.4
"""Reading weight spoken in a second: 4.6 Chinese characters, 2.7 English words (espeak's pace and marks)."""
_DIGIT_WEIGHT, _ENGLISH_DIGIT_WEIGHT = 0.8, 1.4
"""What a digit weighs beyond its reading weight."""
SHORTEST_SECONDS, LONGEST_SECONDS = 0.6, 4.0
_SENTENCE_MARKS = "。！？!?…；;\n"
_CLAUSE_MARKS = _SENTENCE_MARKS + "，、,：:."
_CLOSING_MARKS = "”’」』）)》】\"'"
_ABBREVIATION = re.compile(
    r"(?:\b(?:[ap]\.m|e\.g|i\.e|etc|vs|approx|incl|no|mr|mrs|ms|dr|st|inc|ltd|co|u\.s|[a-z]))\.$", re.IGNORECASE
)


@dataclass(frozen=True)
class Stretch:
    """Characters [start, end) of a text. `text` is what stands there, marks and blanks included."""

    text: str
    start: int
    end: int


def split_sentences(text: str) -> tuple[str, ...]:
    """`text` cut after each sentence, end marks kept; line ends part sentences too."""
    found = (stretch.text.strip() for stretch in _cut_at_marks(text, _SENTENCE_MARKS + "."))
    return tuple(sentence for sentence in found if any(character.isalnum() for character in sentence))


def split_clauses(text: str, language: Language) -> tuple[Stretch, ...]:
    """Clauses that tile `text`, each about 0.6 to 4 seconds long where the words allow.

    Commas and stronger marks part clauses; one too short for a breath of its own joins its
    neighbour, one too long is parted between words, as near its middle as reads well.
    """
    del language  # marks of both languages part in either: Chinese hosts name English brands
    parts = _merge_short([*_cut_at_marks(text, _CLAUSE_MARKS)])
    return tuple(half for part in parts for half in _halve_long(part))


def seconds_of(text: str) -> float:
    """About how long `text` takes to say; a digit takes longer to say than to read (39 is 三十九, thirty-nine)."""
    digits = sum(character.isdigit() for character in text)
    spoken = _DIGIT_WEIGHT if any("\u4e00" <= character <= "\u9fff" for character in text) else _ENGLISH_DIGIT_WEIGHT
    return (reading_weight(text) + digits * spoken) / WEIGHT_A_SECOND


def _cut_at_marks(text: str, marks: str) -> Iterator[Stretch]:
    start = 0
    for at, character in enumerate(text):
        if character not in marks or not _ends_something(text, at):
            continue
        end = at + 1
        while end < len(text) and (text[end] in marks or text[end] in _CLOSING_MARKS or text[end].isspace()):
            end += 1
        if end > start and at >= start:
            yield Stretch(text[start:end], start, end)
            start = end
    if start < len(text):
        yield Stretch(text[start:], start, len(text))


def _ends_something(text: str, at: int) -> bool:
    """Whether the mark at `at` closes a clause: not the one in 39.9, 1,000, 20:30, e.g. or example.com."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in ",.:" and before.isdigit() and after.isdigit():
        return False
    if mark != ".":
        return mark not in "’'"
    if after and not after.isspace() and after not in _CLOSING_MARKS and after not in _SENTENCE_MARKS + ".":
        return False
    return not (_ABBREVIATION.search(text[: at + 1]) and text[at + 1 :].strip())


def _merge_short(parts: list[Stretch]) -> list[Stretch]:
    """Each part too short to stand alone joins the one after it, the last the one before."""
    merged: list[Stretch] = []
    for part in parts:
        if merged and seconds_of(merged[-1].text) < SHORTEST_SECONDS:
            merged[-1] = _joined(merged[-1], part)
        else:
            merged.append(part)
    if len(merged) > 1 and seconds_of(merged[-1].text) < SHORTEST_SECONDS:
        merged[-2:] = [_joined(merged[-2], merged[-1])]
    return merged


def _joined(one: Stretch, other: Stretch) -> Stretch:
    return Stretch(one.text + other.text, one.start, other.end)


def _halve_long(part: Stretch) -> list[Stretch]:
    if seconds_of(part.text) <= LONGEST_SECONDS:
        return [part]
    words = pieces(part.text)
    places = _possible_cuts(words)
    if not places:
        return [part]
    best = min(places, key=lambda place: _badness(words, place))
    middle = part.start + len("".join(words[:best]))
    halves = (Stretch(part.text[: middle - part.start], part.start, middle), None)
    rest = Stretch(part.text[middle - part.start :], middle, part.end)
    return [*_halve_long(halves[0]), *_halve_long(rest)]


def _possible_cuts(words: Sequence[str]) -> list[int]:
    """Places between words that leave both sides long enough; never one that parts a number from what it counts."""
    cuts = []
    for place in range(1, len(words)):
        left, right = "".join(words[:place]), "".join(words[place:])
        if min(seconds_of(left), seconds_of(right)) >= SHORTEST_SECONDS and not _parts_amount(left, right):
            cuts.append(place)
    return cuts


_FUNCTION_WORD = re.compile(
    r"(?:^|\s)(?:a|an|the|of|to|in|on|at|for|and|or|with|from|by|is|are|your|our|its|this|that|just|only)$",
    re.IGNORECASE,
)
_JOINS_ON = re.compile(
    r"^(?:and|or|but|so|because|that|which|who|when|where|while|with|from|for|in|on|at|to|if|as)\b", re.IGNORECASE
)


def _parts_amount(left: str, right: str) -> bool:
    return left.rstrip()[-1:].isdigit() or right.lstrip()[:1] in "%％℃°"


def _badness(words: Sequence[str], place: int) -> float:
    left, right = "".join(words[:place]), "".join(words[place:])
    off_centre = abs(seconds_of(left) - seconds_of(right)) / seconds_of(left + right)
    dangling = 0.6 if _FUNCTION_WORD.search(left.rstrip()) else 0.0
    welcome = -0.2 if _JOINS_ON.search(right.lstrip()) else 0.0
    blank = 0.0 if words[place - 1][-1:].isspace() or not words[place][:1].isascii() else 1.0
    return off_centre + 4 * break_penalty(words[place - 1], words[place]) + dangling + welcome + blank * 0.5

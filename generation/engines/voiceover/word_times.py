"""When each word or Chinese character is heard, from espeak-ng's word and phoneme events.

English gives one WORD event a word. Mandarin gives one per lexical unit, often a single
character but sometimes several (只要): its characters are parted at the syllables, which
the phoneme events show. All times in milliseconds from the start of the audio.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

Span = tuple[int, int, float, float]

_PAUSE = re.compile(r"^_|^\(")
# Vowel letters of espeak-ng's Mandarin mnemonics; every syllable has exactly one such phoneme.
_MANDARIN_VOWEL = re.compile(r"^[',%=]*[aAeEiIoOuUyY@V0-9]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SPOKEN = re.compile(r"[^\W_]")

WordEvent = tuple[int, float]
PhonemeEvent = tuple[str, int, float]


def spans_of(text: str, words: Sequence[WordEvent], phonemes: Sequence[PhonemeEvent], total_ms: float) -> list[Span]:
    """(first character, end, start ms, end ms) of every word or character spoken, in order."""
    units = _units(text, words, total_ms)
    spans: list[Span] = []
    for start, end, begin_ms, next_ms in units:
        heard = _without_lead([(name, ms) for name, _, ms in phonemes if begin_ms <= ms < next_ms])
        begin_ms = heard[0][1] if heard else begin_ms
        spans.extend(_parted(text, (start, end, begin_ms, _end_of_sound(heard, next_ms)), heard))
    return spans


def _units(text: str, words: Sequence[WordEvent], total_ms: float) -> list[Span]:
    """Word events as spans: events at or inside the same word are one, blanks are cut away."""
    firsts = [
        event
        for index, event in enumerate(words)
        if index == 0 or (event[0] > words[index - 1][0] and not _is_inside_a_word(text, event[0]))
    ]
    edges = [*firsts, (len(text), total_ms)]
    return [
        (start, start + len(text[start:end].rstrip(" \t\n,.;:!?，。；：！？、…")), begin, finish)
        for (start, begin), (end, finish) in pairwise(edges)
        if _SPOKEN.search(text[start:end])
    ]


def _is_inside_a_word(text: str, at: int) -> bool:
    """39 gives an event for thirty and one for nine: letters and digits that touch are one word."""
    return 0 < at < len(text) and all(text[place].isascii() and text[place].isalnum() for place in (at - 1, at))


def _without_lead(heard: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """The pause before a clause's first word and a change of language carry that word's number: not part of it."""
    first = next((index for index, (name, _) in enumerate(heard) if not _PAUSE.match(name)), 0)
    return heard[first:]


def _end_of_sound(heard: Sequence[tuple[str, float]], next_ms: float) -> float:
    """Where the unit's last sound gives way to a pause; `next_ms` when none follows.

    A closing mark (`_|`) directly before the next unit is no pause worth the name.
    """
    for (name, ms), following in zip(heard, [*heard[1:], None], strict=True):
        if name.startswith("_") and name != "_|":
            return ms
        if name == "_|" and following is None and next_ms - ms > 120:
            return ms
    return next_ms


def _parted(text: str, unit: Span, heard: Sequence[tuple[str, float]]) -> list[Span]:
    start, end, begin_ms, end_ms = unit
    characters = [index for index in range(start, end) if _HAN.match(text[index])]
    if len(characters) < 2:
        return [unit]
    edges = _syllable_starts(heard, len(characters))
    if not edges:
        step = (end_ms - begin_ms) / len(characters)
        edges = [begin_ms + step * index for index in range(len(characters))]
    times = [*edges, end_ms]
    return [(index, index + 1, a, b) for index, (a, b) in zip(characters, pairwise(times), strict=True)]


def _syllable_starts(heard: Sequence[tuple[str, float]], count: int) -> list[float]:
    """Start of each of `count` syllables, or nothing when the phonemes show another number."""
    sounds = [(name, ms) for name, ms in heard if not _PAUSE.match(name)]
    vowels = [index for index, (name, _) in enumerate(sounds) if _MANDARIN_VOWEL.match(name)]
    if len(vowels) != count:
        return []
    starts = [sounds[0][1]]
    for previous, vowel in pairwise(vowels):
        onset = vowel - 1 if vowel - previous > 1 else vowel
        starts.append(sounds[onset][1])
    return starts

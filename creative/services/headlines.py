"""Headlines that somebody orders: held against law, facts, fonts and the room a picture has for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from core.errors import InputError
from creative.contracts import BriefData
from creative.rewriting.check import check_line
from creative.services.looks import parse_canvas, safe_area_of
from generation import api as generation

MOST_HEADLINES = 20
"""Each is rendered over every opening of a batch: more would cost more than the batch they vary."""


@dataclass(frozen=True)
class HeadlineHint:
    """A headline as it was typed, and everything that keeps it from being shown, in English sentences."""

    text: str
    problems: tuple[str, ...]


def headline_lines(text: str) -> tuple[str, ...]:
    """One headline a line, each once; empty lines say nothing."""
    return tuple(dict.fromkeys(line for raw in text.splitlines() if (line := " ".join(raw.split()))))


def headline_hints(brief: BriefData, headlines: Sequence[str], canvas: str) -> tuple[HeadlineHint, ...]:
    """Each headline with what is wrong with it: words, numbers without a fact, glyphs, length."""
    return tuple(HeadlineHint(text, _problems(brief, text, canvas)) for text in headlines)


def checked_headlines(brief: BriefData, headlines: Sequence[str], canvas: str) -> tuple[str, ...]:
    """The headlines, if all may be shown. Raises InputError naming the first that may not."""
    if len(headlines) > MOST_HEADLINES:
        raise InputError("headlines", f"are {len(headlines)}; a batch takes at most {MOST_HEADLINES}", "headlines")
    for hint in headline_hints(brief, headlines, canvas):
        if hint.problems:
            raise InputError(f"headline “{hint.text}”", hint.problems[0], "headlines")
    return tuple(headlines)


def _problems(brief: BriefData, text: str, canvas: str) -> tuple[str, ...]:
    line = check_line(text, "hook", brief, None, timezone.localdate())
    found = [finding.reason for finding in line.findings if finding.blocks]
    size = parse_canvas(canvas)
    try:
        generation.require_headline(text, size, safe_area_of(size, brief.platform))
    except InputError as error:
        found.append(error.reason)
    return tuple(dict.fromkeys(found))

"""Whether a room may say it: advertising law, the platform's words, numbers and claims against the product's facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.claims import bind_text, check_text
from core.contracts import Fact, Finding, Language, Platform

LONGEST_LINE = 200


@dataclass(frozen=True)
class LineProblem:
    """One reason why a line may not be said. `line` counts from 1, as people count; `rule` as on findings."""

    line: int
    word: str
    reason: str
    rule: str

    def sentence(self) -> str:
        """In one line, for a person."""
        return f'"{self.word}": {self.reason}' if self.word else self.reason


def check_line(
    text: str, facts: Sequence[Fact], language: Language, platform: Platform, today: dt.date, line: int = 1
) -> tuple[LineProblem, ...]:
    """What stops this sentence, in the order it stands there; nothing when it may be said."""
    if not any(character.isalnum() for character in text):
        return (LineProblem(line, "", "the line says nothing; write a sentence or take it out", "empty-line"),)
    if len(text) > LONGEST_LINE:
        reason = f"is {len(text)} characters long; split it, a line has at most {LONGEST_LINE}"
        return (LineProblem(line, "", reason, "too-long"),)
    _, unbound = bind_text(text, facts, language, today)
    findings = sorted((*unbound, *check_text(text, language, platform)), key=lambda each: each.span.start)
    return tuple(_problem(line, finding) for finding in findings if finding.blocks)


def check_lines(
    lines: Sequence[str], facts: Sequence[Fact], language: Language, platform: Platform, today: dt.date
) -> tuple[LineProblem, ...]:
    """What stops these lines, line by line."""
    return tuple(
        problem
        for number, text in enumerate(lines, 1)
        for problem in check_line(text, facts, language, platform, today, number)
    )


def bound_facts(text: str, facts: Sequence[Fact], language: Language, today: dt.date) -> tuple[str, ...]:
    """The ids of the facts whose words or numbers `text` says."""
    spans, _ = bind_text(text, facts, language, today)
    return tuple(dict.fromkeys(fact_id for fact_id, _, _ in spans))


def _problem(line: int, finding: Finding) -> LineProblem:
    way_out = "" if finding.rule.startswith("unbound") else "; say it without this word"
    return LineProblem(line, finding.text, finding.reason.rstrip(".") + way_out, finding.rule)

"""Whether a room may say it: advertising law, the platform's words, numbers and claims against the product's facts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.claims import bind_text, check_text
from core.contracts import Fact, Finding, Language, Platform

LONGEST_LINE = 200


_ZH_COUNT = r"[一二两三四五六七八九十\d]{1,2}"
_EN_COUNT = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)"
_COUNTED_SPEECH: dict[Language, re.Pattern[str]] = {
    "zh-CN": re.compile(
        rf"第{_ZH_COUNT}(?:句话?|点|步|条|段|样|个(?:理由|原因|问题|特点|细节|分句))"
        rf"|(?:^|(?<=[，。！？；：,.!?;:\s]))第{_ZH_COUNT}(?=[，、：,:])"
        rf"|{_ZH_COUNT}\s?(?:个(?:理由|原因|问题|特点|细节|分句|重点)|句话?|件事|点(?=[，。！：,.!:]|$))"
        rf"|{_ZH_COUNT}\s?[位个](?:朋友|家人|观众|宝宝|人(?=都|也|在|问))"
        r"|[五四]?[，、]?[四]?[，、]?三[，、]?二[，、]?一"
    ),
    "en": re.compile(
        rf"\b{_EN_COUNT} (?:(?:good|quick|more|simple|other) )?"
        r"(?:reasons?|things?|points?|questions?|clauses?|sentences?|lines?|steps?|words?|details?)\b"
        rf"|\b(?:line|sentence|part|point|step|reason|question) (?:number )?{_EN_COUNT}\b"
        rf"|\bnumber {_EN_COUNT}(?=[,:])"
        rf"|\b{_EN_COUNT} of you\b",
        re.IGNORECASE,
    ),
}
"""Numbers that count what is being said or who asks, not anything about the product: they need no fact."""


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
    told = [match.span() for match in _COUNTED_SPEECH[language].finditer(text)]
    return tuple(_problem(line, each) for each in findings if each.blocks and not _lies_in(each, told))


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


def _lies_in(finding: Finding, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= finding.span.start and finding.span.end <= end for start, end in stretches)


def _problem(line: int, finding: Finding) -> LineProblem:
    way_out = "" if finding.rule.startswith("unbound") else "; say it without this word"
    return LineProblem(line, finding.text, finding.reason.rstrip(".") + way_out, finding.rule)

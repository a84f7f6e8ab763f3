"""One rule of law or platform: what it catches, what it lets pass, and where it is from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.claims.evasions import Unmasked
from core.contracts import Finding


@dataclass(frozen=True)
class TextRule:
    """`pattern` is looked for in unmasked text; a hit that lies inside a match of `exempt` passes."""

    id: str
    pattern: re.Pattern[str]
    exempt: tuple[re.Pattern[str], ...]
    reason: str
    source: str
    read_on: str
    blocks: bool = True


def rule(
    rule_id: str,
    pattern: str,
    reason: str,
    source: str,
    read_on: str,
    exempt: str | Iterable[str] = (),
    blocks: bool = True,
) -> TextRule:
    """A TextRule from plain patterns; `exempt` is one pattern or several."""
    passes = (exempt,) if isinstance(exempt, str) else tuple(exempt)
    compiled = tuple(re.compile(each) for each in passes)
    return TextRule(rule_id, re.compile(pattern), compiled, reason, source, read_on, blocks)


def apply_rules(rules: Iterable[TextRule], text: Unmasked) -> tuple[Finding, ...]:
    """Findings of all rules; of hits that overlap under one rule the first stands."""
    return tuple(finding for each in rules for finding in _hits(each, text))


def _hits(each: TextRule, text: Unmasked) -> Iterator[Finding]:
    covered: list[tuple[int, int]] | None = None
    for match in each.pattern.finditer(text.text):
        if covered is None:
            covered = [found.span() for pattern in each.exempt for found in pattern.finditer(text.text)]
        if match.end() == match.start() or any(start <= match.start() and match.end() <= end for start, end in covered):
            continue
        span = text.span(match.start(), match.end())
        written = text.original[span.start : span.end]
        yield Finding(each.id, span, written, each.blocks, each.reason.format(word=written), each.source)

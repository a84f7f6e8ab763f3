"""Judging a line or a whole script, whoever wrote it: the phrasebook, a language model, a person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from core.claims.facts import bind
from core.claims.texts import check_text
from core.clock import system_clock
from core.contracts import Finding, Span
from creative.contracts import BriefData, Role, ScriptDraft, ScriptLine, SlotBudget
from creative.rewriting.footage_words import suggest_words
from creative.rewriting.lengths import estimate_seconds

LONGEST_LINE = 200


def check_line(
    text: str, role: Role, brief: BriefData, budget: SlotBudget | None = None, today: dt.date | None = None
) -> ScriptLine:
    """`text` as a checked line: the facts it uses and where, its spoken length, and findings.

    Findings block for numbers and claims without a fact, forbidden words and an empty
    line; a line too long or short for its slot only warns, since the voice fixes the slot.
    """
    text = re.sub(r"\s+", " ", text).strip()
    facts = brief.all_facts()
    binding = bind(text, facts, brief.language, today or system_clock.now().date())
    seconds = estimate_seconds(text, brief.language)
    findings = (
        *binding.findings,
        *check_text(text, brief.language, brief.platform),
        *_length_findings(text, seconds, budget),
    )
    words = suggest_words(text, role, brief)
    return ScriptLine(role, text, binding.fact_ids, seconds, binding.spans, findings, words)


def _length_findings(text: str, seconds: float, budget: SlotBudget | None) -> list[Finding]:
    whole = Span(0, len(text))
    if not re.search(r"\w", text):
        return [Finding("empty-line", whole, text, True, "the line says nothing")]
    if len(text) > LONGEST_LINE:
        return [Finding("too-long", whole, text, True, f"{len(text)} characters; a line has at most {LONGEST_LINE}")]
    if budget and seconds > budget.max_seconds:
        reason = f"takes about {seconds:.1f} s to say; this slot has room for {budget.max_seconds:.1f} s"
        return [Finding("too-long", whole, text, False, reason)]
    if budget and seconds < budget.min_seconds:
        reason = f"takes about {seconds:.1f} s to say; this slot wants at least {budget.min_seconds:.1f} s"
        return [Finding("too-short", whole, text, False, reason)]
    return []


def check_script(script: ScriptDraft) -> tuple[Finding, ...]:
    """What is wrong with the script as a whole: a line said twice, words taken from the reference."""
    findings = [*_repeated(script.lines)]
    if script.originality.longest_run >= 8:
        reason = f"{script.originality.longest_run} units in a row are the reference's own words"
        findings.append(Finding("copied-words", Span(0, 0), "", True, reason))
    for brand in script.originality.brands:
        findings.append(Finding("copied-brand", Span(0, 0), brand, True, f"{brand!r} is a brand of the reference"))
    return tuple(findings)


def _repeated(lines: Sequence[ScriptLine]) -> list[Finding]:
    seen: set[str] = set()
    findings: list[Finding] = []
    for line in lines:
        bare = re.sub(r"\W+", "", line.text).lower()
        if bare in seen:
            findings.append(
                Finding("repeated-line", Span(0, len(line.text)), line.text, True, "the ad says this line twice")
            )
        seen.add(bare)
    return findings

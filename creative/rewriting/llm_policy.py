"""Judging a language model's script: each line against its slot and facts, the whole against the reference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from creative.contracts import BriefData, ScriptLine, SlotBudget
from creative.rewriting.check import check_line
from creative.rewriting.llm_answer import WrittenLine
from creative.rewriting.originality import measure, units

COPIED_RUN = 8
"""Units in a row (characters or words) from which on a line counts as the reference's own."""

NEAR_HOOK = 0.6


@dataclass(frozen=True)
class Task:
    """All that a script is written for and judged against."""

    brief: BriefData
    budgets: tuple[SlotBudget, ...]
    style: str
    seed: int
    reference_text: str = ""
    reference_brands: tuple[str, ...] = ()
    avoid_hooks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """A line with what is wrong with it, in words the model can act on. `blocks`: it may not go out."""

    line: ScriptLine
    problems: tuple[str, ...]
    blocks: bool


def judge(task: Task, lines: Sequence[WrittenLine], today: dt.date) -> tuple[Judged, ...]:
    """Every line of a script, in order."""
    judged: list[Judged] = []
    for written, budget in zip(lines, task.budgets, strict=True):
        judged.append(_judge_line(task, written, budget, [each.line.text for each in judged], today))
    return tuple(judged)


def _judge_line(task: Task, written: WrittenLine, budget: SlotBudget, before: Sequence[str], today: dt.date) -> Judged:
    line = check_line(written.text, budget.role, task.brief, budget, today)
    line = replace(line, words=tuple(dict.fromkeys((*written.words, *line.words)))[:8])
    copied = _copied(task, line)
    problems = [f"{finding.reason} ({finding.text!r})" for finding in line.findings] + copied
    if _bare(line.text) in {_bare(text) for text in before}:
        copied.append("says what an earlier line says")
        problems.append(copied[-1])
    return Judged(line, tuple(problems), line.blocks or bool(copied))


def _copied(task: Task, line: ScriptLine) -> list[str]:
    """Words or brands of the reference, or a hook that is taken."""
    found = []
    compared = measure([line.text], task.reference_text, task.brief.language, task.reference_brands)
    if compared.longest_run >= COPIED_RUN:
        found.append("takes a whole run of words from another ad")
    if compared.brands:
        found.append(f"names another brand ({', '.join(compared.brands)})")
    if line.role == "hook" and any(_near(line.text, hook, task) for hook in task.avoid_hooks):
        found.append("is a hook that is taken already")
    return found


def _near(one: str, other: str, task: Task) -> bool:
    """Whether two hooks share more than half of their words."""
    first, second = set(units(one, task.brief.language)), set(units(other, task.brief.language))
    return bool(first and second) and len(first & second) / len(first | second) >= NEAR_HOOK


def _bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())

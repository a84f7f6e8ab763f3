"""Writing scripts and changing their lines, with undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from django.db import transaction

from core.clock import Clock, system_clock
from core.contracts import dump
from core.llm.accounting import booked_on
from core.llm.base import Priority
from creative.contracts import Role, ScriptDraft, ScriptLine, SlotBudget
from creative.models import Brief, Reference, Script
from creative.models import ScriptLine as LineRow
from creative.references.api import reference_structure
from creative.rewriting.check import check_line
from creative.rewriting.lengths import budgets_for
from creative.rewriting.originality import measure
from creative.rewriting.writer import write
from creative.selectors import brief_data, line_budget

HISTORY_KEPT = 20

SCRIPT_VERSIONS = 6
"""Ads of one order take at most this many scripts in turn, each with a hook of its own."""


def write_version(
    brief: Brief,
    reference: Reference,
    style: str,
    seed: int,
    avoid_hooks: Sequence[str] = (),
    priority: Priority = Priority.SCRIPT,
) -> Script:
    """Write one version on the structure of `reference` and book it."""
    data = brief_data(brief)
    structure = reference_structure(reference)
    budgets = budgets_for(structure, data.length_seconds, data.language)
    with booked_on(brief.advertiser_id):
        draft = write(
            data,
            budgets,
            style=style,
            seed=seed,
            reference_text=reference.script,
            reference_brands=tuple(reference.brands),
            avoid_hooks=tuple(avoid_hooks),
            priority=priority,
        )
    return book_draft(brief, reference, draft, budgets)


@transaction.atomic
def book_draft(brief: Brief, reference: Reference | None, draft: ScriptDraft, budgets: Sequence[SlotBudget]) -> Script:
    """Book a written script; the first of a brief is the chosen one."""
    others = Script.objects.filter(brief=brief)
    script = Script.objects.create(
        advertiser_id=brief.advertiser_id,
        brief=brief,
        reference=reference,
        style=draft.style,
        engine=draft.engine,
        seed=draft.seed,
        version=others.filter(style=draft.style).count() + 1,
        originality=dump(draft.originality),
        degraded=list(draft.degraded),
        raw_output="\n".join(filter(None, (draft.fallback_reason, draft.raw_output))),
        is_chosen=not others.filter(is_chosen=True).exists(),
    )
    LineRow.objects.bulk_create(
        _fill(LineRow(script=script, position=position, budget=dump(budget)), line)
        for position, (line, budget) in enumerate(zip(draft.lines, budgets, strict=True))
    )
    return script


def _fill(row: LineRow, line: ScriptLine) -> LineRow:
    row.role, row.text = line.role, line.text
    row.fact_ids = list(line.fact_ids)
    row.spans = [list(span) for span in line.spans]
    row.findings = [dump(finding) for finding in line.findings]
    row.words = list(line.words)
    row.estimated_seconds = line.estimated_seconds
    return row


@transaction.atomic
def edit_line(row: LineRow, text: str, clock: Clock = system_clock) -> LineRow:
    """Put `text` in a line's place, checked again; the old text can be had back."""
    row = (
        LineRow.objects.select_for_update(of=("self",))
        .select_related("script__brief", "script__reference")
        .get(pk=row.pk)
    )
    if text.strip() != row.text:
        row.history = [*row.history, row.text][-HISTORY_KEPT:]
    return _check_again(row, text.strip(), clock)


@transaction.atomic
def undo_line(row: LineRow, clock: Clock = system_clock) -> LineRow:
    """Put back what the line said before; nothing happens where there is nothing to undo."""
    row = (
        LineRow.objects.select_for_update(of=("self",))
        .select_related("script__brief", "script__reference")
        .get(pk=row.pk)
    )
    if not row.history:
        return row
    *row.history, text = row.history
    return _check_again(row, text, clock)


def _check_again(row: LineRow, text: str, clock: Clock) -> LineRow:
    script = row.script
    data = brief_data(script.brief)
    line = check_line(text, cast(Role, row.role), data, line_budget(row.budget), clock.now().date())
    _fill(row, line).save()
    reference = script.reference
    if reference:
        texts = [each.text for each in script.lines.all()]
        own_words = [fact.text for fact in data.all_facts()]
        script.originality = dump(measure(texts, reference.script, data.language, tuple(reference.brands), own_words))
    script.save()
    return row


@transaction.atomic
def choose_script(script: Script) -> Script:
    """Make this version the one ads are made from."""
    Script.objects.filter(brief=script.brief_id, is_chosen=True).update(is_chosen=False)
    script.is_chosen = True
    script.save(update_fields=["is_chosen"])
    return script


def hooks_of(scripts: Iterable[Script]) -> tuple[str, ...]:
    """The opening lines already taken."""
    return tuple(line.text for script in scripts for line in script.lines.all() if line.role == "hook")

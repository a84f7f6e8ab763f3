"""Further openings for a script somebody approved: another hook each, the rest word for word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from core.llm.accounting import booked_on
from creative.contracts import Role, ScriptDraft, ScriptLine
from creative.models import Script
from creative.rewriting.originality import measure
from creative.rewriting.writer import write
from creative.selectors import brief_data, line_budget, script_lines
from creative.services.releasing import release_of
from creative.services.scripts import SCRIPT_VERSIONS, book_draft, hooks_of

SEED = 7000
TRIES = 3
"""A hook that may not go out, or is one of those already taken, is written again this often."""


def with_own_hooks(scripts: Sequence[Script], ads: int) -> list[Script]:
    """The scripts and as many more as make a hook for each of `ads` ads, `SCRIPT_VERSIONS` at most.

    What was written for an earlier order is taken first. A writer that finds no further
    hook leaves fewer.
    """
    found = list(scripts)
    for number in range(len(found), min(ads, SCRIPT_VERSIONS)):
        base = scripts[number % len(scripts)]
        fresh = _standing(base, found) or _written(base, found, number)
        if fresh is None:
            break
        found.append(fresh)
    return found


def _standing(base: Script, taken: Sequence[Script]) -> Script | None:
    """A version that differs from `base` in its hook alone, and opens as none of `taken` does."""
    hooks, ids = set(hooks_of(taken)), {script.pk for script in taken}
    others = Script.objects.filter(brief=base.brief_id, reference=base.reference_id).exclude(pk__in=ids)
    for other in others.prefetch_related("lines"):
        opens_anew = bool(hooks_of([other])) and not hooks & set(hooks_of([other]))
        if opens_anew and _rest(other) == _rest(base) and not release_of(other, _said(script_lines(other))):
            return other
    return None


def _rest(script: Script) -> list[tuple[str, str]]:
    return [(line.role, line.text if line.role != "hook" else "") for line in script.lines.all()]


def _said(lines: Sequence[ScriptLine]) -> list[tuple[Role, str]]:
    return [(line.role, line.text) for line in lines]


def _written(base: Script, taken: Sequence[Script], number: int) -> Script | None:
    """`base` with a hook nobody has, booked as a version of its own; None where the writer has none left."""
    reference, data = base.reference, brief_data(base.brief)
    hooks = hooks_of(taken)
    budgets = [line_budget(row.budget) for row in base.lines.all()]
    for attempt in range(TRIES):
        with booked_on(base.advertiser_id):
            draft = write(
                data,
                budgets,
                style=base.style,
                seed=SEED + 31 * attempt + number,
                reference_text=reference.script if reference else "",
                reference_brands=tuple(reference.brands) if reference else (),
                avoid_hooks=hooks,
            )
        lines = _with_hook_of(script_lines(base), draft)
        fresh = [line.text for line in lines if line.role == "hook"]
        if fresh and not set(fresh) & set(hooks) and not release_of(base, _said(lines)):
            return book_draft(base.brief, reference, _as_draft(base, draft, lines), budgets)
    return None


def _with_hook_of(lines: Sequence[ScriptLine], draft: ScriptDraft) -> tuple[ScriptLine, ...]:
    return tuple(new if old.role == "hook" else old for old, new in zip(lines, draft.lines, strict=True))


def _as_draft(base: Script, draft: ScriptDraft, lines: tuple[ScriptLine, ...]) -> ScriptDraft:
    """The draft with the lines that stay, and what stood in for a better writer of either."""
    originality = draft.originality
    if base.reference:
        data = brief_data(base.brief)
        own_words = [fact.text for fact in data.all_facts()]
        brands = tuple(base.reference.brands)
        said = [line.text for line in lines]
        originality = measure(said, base.reference.script, data.language, brands, own_words)
    degraded = tuple(dict.fromkeys((*cast(list[str], base.degraded), *draft.degraded)))
    return replace(draft, lines=lines, originality=originality, degraded=degraded)

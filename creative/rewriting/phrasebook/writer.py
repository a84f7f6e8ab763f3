"""The phrasebook writes a script: a hook of its own, a line per slot, every line checked."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection, Sequence
from dataclasses import replace

from core.clock import system_clock
from creative.contracts import BriefData, Originality, ScriptDraft, ScriptLine, SlotBudget
from creative.rewriting.check import check_line
from creative.rewriting.lengths import GRID_SECONDS, slot_seconds
from creative.rewriting.originality import measure
from creative.rewriting.phrasebook.fitting import Book, Option, Room
from creative.rewriting.phrasebook.hooks import fitting_hooks
from creative.rewriting.phrasebook.library import category_phrases, general_phrases
from creative.rewriting.phrasebook.phrases import STYLES, Style
from creative.rewriting.phrasebook.product import view_product
from creative.rewriting.phrasebook.roles import Roles
from creative.rewriting.phrasebook.stories import stories_for

ENGINE = "phrasebook"
DEGRADED = ("script:phrasebook",)
_ATTEMPTS = 4
_OVER = 1.08
"""Lines may make the ad this much longer than the brief says; what is checked is 10 %."""
_NO_BUDGETS = "a script needs at least one slot"


def write_script(
    brief: BriefData,
    budgets: Sequence[SlotBudget],
    style: str,
    seed: int,
    reference_text: str = "",
    avoid_hooks: Collection[str] = (),
    reference_brands: Sequence[str] = (),
    today: dt.date | None = None,
) -> ScriptDraft:
    """A checked script for these slots; the same arguments give the same script.

    `style` is one of STYLES (anything else reads as "plain"). Scripts of one brief with
    seeds next to each other share no hook, and none of `avoid_hooks` is used. Lines hold
    nothing that the brief does not; a script that comes too near the reference is
    written again.
    """
    if not budgets:
        raise ValueError(_NO_BUDGETS)
    chosen: Style = style if style in STYLES else "plain"
    day = today or system_clock.now().date()
    drafts = (_write(brief, budgets, chosen, seed, attempt, avoid_hooks, day) for attempt in range(_ATTEMPTS))
    best: ScriptDraft | None = None
    for lines in drafts:
        found = _originality(lines, brief, reference_text, reference_brands)
        draft = ScriptDraft(lines, chosen, ENGINE, seed, found, DEGRADED)
        if not draft.blocks:
            return draft
        best = best or draft
    assert best is not None
    return best


def write_variants(
    brief: BriefData, budgets: Sequence[SlotBudget], count: int, seed: int, reference_text: str = ""
) -> tuple[ScriptDraft, ...]:
    """`count` scripts in turning styles; no two share a hook as long as the book has hooks left."""
    drafts: list[ScriptDraft] = []
    hooks: set[str] = set()
    for place in range(count):
        style = STYLES[(seed + place) % len(STYLES)]
        draft = write_script(brief, budgets, style, seed + place, reference_text, hooks)
        hooks.update(line.text for line in draft.lines if line.role == "hook")
        drafts.append(draft)
    return tuple(drafts)


def _originality(
    lines: tuple[ScriptLine, ...], brief: BriefData, reference_text: str, brands: Sequence[str]
) -> Originality:
    if not reference_text and not brands:
        return Originality(0.0, 0)
    own = [fact.text.strip() for fact in brief.all_facts()]
    return measure([line.text for line in lines], reference_text, brief.language, brands, own)


def _write(
    brief: BriefData,
    budgets: Sequence[SlotBudget],
    style: Style,
    seed: int,
    attempt: int,
    avoid: Collection[str],
    day: dt.date,
) -> tuple[ScriptLine, ...]:
    general = general_phrases(brief.language)
    category = category_phrases(brief.language, brief.product.category_key)
    product = view_product(brief, category, day)
    book = Book(product, style, random.Random(f"{seed}|{attempt}|{style}|{brief.product.name}"))
    stories = stories_for(product, general, category)
    roles = Roles(book, general, category, stories, seed + attempt)
    taken = set(avoid)
    hooks = [option for option in fitting_hooks(brief, book, general, stories, budgets[0]) if option.text not in taken]
    lines: list[ScriptLine] = []
    carry = 0.0
    slots = sum(slot_seconds(budget.seconds) for budget in budgets)
    slack = max(0.0, (_OVER * brief.length_seconds - slots) // GRID_SECONDS * GRID_SECONDS)
    for budget in budgets:
        room = Room(budget, carry, slack)
        option = _open(hooks, seed, attempt, len(lines)) if budget.role == "hook" else None
        if option is not None:
            roles.open(option)
        option = option or roles.say(budget.role if budget.role != "hook" else "pain", room)
        if option is None:
            option = Option(product.fields.get("name", brief.product.name), 1.0)
        if any(option.text == line.text for line in lines):
            option = roles.say("selling_point", room) or option
        line = check_line(option.text, budget.role, brief, budget, day)
        lines.append(replace(line, text=line.text))
        carry = room.spend(line.estimated_seconds)
    return tuple(lines)


def _open(hooks: list[Option], seed: int, attempt: int, place: int) -> Option | None:
    """The hook this seed has a right to; further attempts and further hook slots take later ones."""
    if not hooks:
        return None
    return hooks[(seed + (attempt + place) * (len(hooks) // 3)) % len(hooks)]

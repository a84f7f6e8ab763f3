"""How many distinct ads the material carries, and what to film for more. Pure.

Up to `SEARCHED` ads the figure is what a search to exhaustion finds; above, the size of the code it would begin with,
which the search reaches or passes.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from creative.bulk.contracts import STRICT_LIMIT, Advice, Capacity, Choice, SlotPlan, Stretch
from creative.bulk.search import count_distinct
from creative.bulk.seeds import alphabets, best_code, places_allowed
from creative.bulk.similarity import is_card
from creative.bulk.tables import fewest_of_a_conflict, picture_table
from creative.contracts import Role

SEARCHED = 6000
"""Ads that are really searched for; more than one brief needs, in a CPU second."""

MOST_TOLD = 1_000_000
"""More than anybody orders; nothing above it is told."""

TRIED_IN_FULL = 800
"""Up to so many ads a few more shots are tried for every role, above only for the `ROLES_TRIED` that promise most."""

ROLES_TRIED = 2

STEPS = (5, 10)
"""Shots that are thought of as filmed in addition; the second step only for the role where the first helps most."""

MOST_ADVICE = 3
WORTH_SAYING = 1.15
"""Advice that brings less than this many times the ads is not given."""

_SEED = 0


def capacity(plan: SlotPlan) -> Capacity:
    """Distinct ads (strict) the pools carry, of how many clips, with advice: the most ads for each new shot first."""
    ads = distinct_ads(plan)
    return Capacity(ads, _clips(plan), tuple(_advice(plan, ads)) if ads else ())


def distinct_ads(plan: SlotPlan, is_thorough: bool = True) -> int:
    """How many ads of which no two reach the strict limit; a few less, far sooner, if it need not be thorough."""
    if not all(slot.choices for slot in plan.slots):
        return 0
    by_code = min(_ads_by_code(plan), MOST_TOLD)
    if by_code >= 2 * SEARCHED:
        return by_code
    found = count_distinct(plan, SEARCHED, _SEED, is_thorough)
    return found if found < SEARCHED else max(found, by_code)


def _ads_by_code(plan: SlotPlan) -> int:
    """Words of the best code, with the copies a larger pool allows, within the bound."""
    table = picture_table(plan)
    reach = table.reaching(STRICT_LIMIT)
    symbols = alphabets(table, np.ones(len(table.choices), dtype=bool), np.random.default_rng(_SEED))
    sizes = [len(each) for each in symbols]
    code = best_code(sizes, places_allowed(table, reach), SEARCHED**2)
    copies = max(1, min(max(sizes) // code.q, code.q)) if code else 1
    return int(min(copies * code.ads, fewest_of_a_conflict(table, reach))) if code else 0


def _clips(plan: SlotPlan) -> int:
    """Shots in the pools; by source and look where they have no id."""
    choices = [choice for slot in plan.slots for choice in slot.choices]
    ids = {shot.shot_id for choice in choices for shot in choice.shots if shot.shot_id}
    footage = {(one.source, one.look) for choice in choices for one in choice.stretches if not is_card(one)}
    return len(ids) or len(footage)


def _advice(plan: SlotPlan, ads: int) -> list[Advice]:
    """What a few more shots for one role would bring; each is thought of as long enough for its slot."""
    roles = _roles_to_try(plan, ads)
    tried = [Advice(role, STEPS[0], _ads_with_more(plan, role, STEPS[0])) for role in roles]
    best = max(tried, key=lambda advice: advice.ads).role
    if ads <= TRIED_IN_FULL:
        tried.append(Advice(best, STEPS[1], _ads_with_more(plan, best, STEPS[1])))
    worth_saying = [each for each in tried if each.ads >= WORTH_SAYING * ads]
    return sorted(worth_saying, key=lambda each: -(each.ads - ads) / each.more)[:MOST_ADVICE]


def _roles_to_try(plan: SlotPlan, ads: int) -> list[Role]:
    """All roles where a search is quick, else those that raise the bound most."""
    roles = list(dict.fromkeys(slot.role for slot in plan.slots))
    if ads <= TRIED_IN_FULL:
        return roles
    return sorted(roles, key=lambda role: -_bound(with_more(plan, role, STEPS[1])))[:ROLES_TRIED]


def _ads_with_more(plan: SlotPlan, role: Role, more: int) -> int:
    return distinct_ads(with_more(plan, role, more), is_thorough=False)


def _bound(plan: SlotPlan) -> float:
    table = picture_table(plan)
    return fewest_of_a_conflict(table, table.reaching(STRICT_LIMIT))


def with_more(plan: SlotPlan, role: Role, more: int) -> SlotPlan:
    """The plan as it were with `more` new shots of a role, dealt to its slots in turn."""
    places = [at for at, slot in enumerate(plan.slots) if slot.role == role]
    slots = list(plan.slots)
    for number in range(more):
        at = places[number % len(places)]
        stretch = Stretch(f"new:{role}:{number}", 0, slots[at].frames, f"new:{role}:{number}")
        slots[at] = replace(slots[at], choices=(*slots[at].choices, Choice(0, (), (stretch,))))
    return replace(plan, slots=tuple(slots))

"""Ordering a bulk batch from a brief's scripts, and what the material would carry before it is ordered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from core.errors import InputError
from creative.bulk.capacity import capacity
from creative.bulk.contracts import Capacity, Policy
from creative.contracts import Role, Transition
from creative.models import Batch, Brief, Pick, Script
from creative.selectors import shot_sources, usable_shots
from creative.services import batches
from creative.services.bulk.job import SCRIPT_VERSIONS, script_versions
from creative.services.bulk.preparing import MOST_WANTED, plan_builder
from creative.services.looks import parse_canvas
from creative.services.releasing import release_of
from creative.services.scripts import hooks_of

MOST_ADS = MOST_WANTED
CANVAS = "1080x1920"


def order_bulk(
    brief: Brief,
    scripts: Sequence[Script],
    count: int,
    canvas: str,
    policy: Policy,
    budget_minor: int | None = None,
    transition: Transition = "cut",
) -> Batch:
    """Order `count` ads that share segments. `budget_minor` is the most they may cost to make, in fen.

    Body and call come from the first script; hook lines from all, and from more that are
    written for it. InputError without a script.
    """
    pick = Pick.objects.filter(brief=brief).first()
    seed = Batch.objects.filter(brief=brief, is_draft=False).count() + 1
    order = batches.Order(
        count=count, seed=seed, canvas=canvas, policy=policy, budget_minor=budget_minor, transition=transition
    )
    return batches.start_batch(brief, hook_scripts(brief, scripts), order, pick)


def hook_scripts(brief: Brief, scripts: Sequence[Script]) -> list[Script]:
    """The chosen scripts and further ones with other hooks, as many as a batch takes; none that may not go out."""
    if not scripts:
        raise InputError("script", "choose at least one version", "no-script")
    found = list(scripts)
    reference = found[0].reference
    more = script_versions(brief, reference) if reference and len(found) < SCRIPT_VERSIONS else []
    for script in more:
        is_new = script not in found and not set(hooks_of([script])) <= set(hooks_of(found))
        if is_new and not _is_blocked(script):
            found.append(script)
    return found[: max(SCRIPT_VERSIONS, len(scripts))]


def _is_blocked(script: Script) -> bool:
    return bool(release_of(script, [(cast(Role, line.role), line.text) for line in script.lines.all()]))


def carried_by_material(brief: Brief, scripts: Sequence[Script], canvas: str = CANVAS) -> Capacity:
    """How many distinct ads the advertiser's material carries for this brief; takes a second or two.

    Speaks lines that nobody heard yet. InputError where nothing can be made at all.
    """
    versions = [str(script.pk) for script in hook_scripts(brief, scripts)]
    wished = Batch(advertiser=brief.advertiser, brief=brief, script_ids=versions, requested=MOST_WANTED, canvas=canvas)
    shots = usable_shots(brief.advertiser)
    build = plan_builder(wished, shots, shot_sources(shots, parse_canvas(canvas)))
    return capacity(build(wanted=MOST_WANTED))

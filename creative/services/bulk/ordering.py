"""Ordering a bulk batch from a brief's scripts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from core.errors import InputError
from creative.bulk.contracts import Policy
from creative.contracts import Role, Transition
from creative.models import Batch, Brief, Pick, Script
from creative.selectors import brief_data
from creative.services import batches
from creative.services.bulk.job import SCRIPT_VERSIONS, script_versions
from creative.services.bulk.preparing import MOST_WANTED
from creative.services.headlines import checked_headlines
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
    headlines: Sequence[str] = (),
) -> Batch:
    """Order `count` ads that share segments. `budget_minor` is the most they may cost to make, in fen.

    Body and call come from the first script; hook lines from all, and from more that are
    written for it; `headlines` are dealt over the ads. InputError without a script, or for a
    headline that may not be shown.
    """
    pick = Pick.objects.filter(brief=brief).first()
    order = batches.Order(
        count=count,
        seed=next_seed(brief),
        canvas=canvas,
        policy=policy,
        budget_minor=budget_minor,
        transition=transition,
        headlines=checked_headlines(brief_data(brief), headlines, canvas),
    )
    return batches.start_batch(brief, hook_scripts(brief, scripts), order, pick)


def next_seed(brief: Brief) -> int:
    """The seed of the brief's next batch."""
    return Batch.objects.filter(brief=brief, is_draft=False).count() + 1


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

"""What an order would come to, before it is sent: what the footage carries, the fades, how alike the account gets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from core.models import Advertiser
from creative.bulk.account import COUNTED, AccountEstimate, room_beside
from creative.bulk.capacity import capacity
from creative.bulk.contracts import Capacity, Found, Policy, SlotPlan
from creative.bulk.pairs import most_pairs, share_fading
from creative.bulk.similarity import fingerprint
from creative.contracts import Transition
from creative.models import Batch, Brief, Script
from creative.selectors import brief_data, seen_key, shot_sources, usable_shots
from creative.services.bulk.accounts import delivered_ads, history_of
from creative.services.bulk.ordering import CANVAS, hook_scripts, next_seed
from creative.services.bulk.preparing import MOST_WANTED, mixes_of, plan_builder, plan_key
from creative.services.looks import look_of, parse_canvas
from generation.contracts import PAIR_FRAMES

COMPARED_ADS = 2000
"""So many of the newest ads that went out are looked at: the dialog is waited for."""

SAMPLE_ADS = 200
"""So many ads of the order are mixed and held against what went out; the rest is reckoned from them."""


@dataclass(frozen=True)
class AccountOutlook:
    """How alike everything of the account is, in shares of 1: `before` the order and `after` it has gone out.

    `made` went out in the last 7 days; `left_out` of the order stay out, or the account would
    pass its limit. An estimate throughout.
    """

    before: float
    after: float
    made: int
    left_out: int


@dataclass(frozen=True)
class Outlook:
    """What the material carries of an order, in how many fading ads (0..1) over how many pairs, and the account."""

    carries: Capacity
    share_fading: float
    pairs: int
    pair_share: float
    account: AccountOutlook


def outlook(
    brief: Brief,
    scripts: Sequence[Script],
    count: int,
    canvas: str = CANVAS,
    policy: Policy = "strict",
    transition: Transition = "cut",
) -> Outlook:
    """Looks at the material, the earlier batches and what went out; takes a second or two.

    Speaks lines that nobody heard yet. InputError where nothing can be made at all.
    """
    wished = Batch(
        advertiser=brief.advertiser,
        brief=brief,
        script_ids=[str(script.pk) for script in hook_scripts(brief, scripts)],
        requested=min(count, SAMPLE_ADS),
        canvas=canvas,
        policy=policy,
        transition=transition,
        seed=next_seed(brief),
        is_bulk=True,
    )
    shots = usable_shots(brief.advertiser)
    build = plan_builder(wished, shots, shot_sources(shots, parse_canvas(canvas)))
    carries, plan = capacity(build(wanted=MOST_WANTED)), build(wanted=count)
    key = plan_key(plan, look_of(wished, brief_data(brief)), is_draft=False, seen=seen_key(shots))
    found = mixes_of(wished, plan, key)
    made = count if policy == "off" else min(count, max(carries.ads, len(found.mixes)))
    pairs = min(most_pairs(plan), made)
    return Outlook(
        carries=carries,
        share_fading=share_fading(plan, found.mixes),
        pairs=pairs,
        pair_share=pair_share(plan, pairs),
        account=account_outlook(brief.advertiser, plan, found, policy, made, timezone.now()),
    )


def pair_share(plan: SlotPlan, pairs: int) -> float:
    """The frames of so many pairs beside those of all choices of the plan."""
    return 2 * PAIR_FRAMES * pairs / sum(slot.frames * len(slot.choices) for slot in plan.slots)


def account_outlook(
    advertiser: Advertiser, plan: SlotPlan, found: Found, policy: Policy, made: int, now: dt.datetime
) -> AccountOutlook:
    """The account once `made` ads like those of `found` have gone out, and how many of them may not."""
    history = history_of(advertiser, now, COMPARED_ADS)
    before = _counted(advertiser, history.estimate(now), now)
    originals = sum(history.add(fingerprint(plan, mix), now) for mix in found.mixes)
    original = round(made * originals / len(found.mixes)) if found.mixes else 0
    alike = made - original if found.mixes else 0
    kept = alike if policy == "off" else min(alike, room_beside(before, original))
    everything = before.made + original + kept
    after = (everything - before.original - original) / everything if everything else 0.0
    return AccountOutlook(before.similarity, after, before.made, alike - kept)


def _counted(advertiser: Advertiser, seen: AccountEstimate, now: dt.datetime) -> AccountEstimate:
    """The share that was seen among the newest ads, over all of the last 7 days."""
    made = delivered_ads(advertiser, now, COUNTED).count()
    return replace(seen, made=made, original=round(made * (1 - seen.similarity)))

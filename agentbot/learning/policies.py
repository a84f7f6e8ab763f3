"""Candidates judged once a day, the one in force, and going back from it."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.db.models import QuerySet

from agentbot.arbiter.bandit import LinearPolicy, policy_from
from agentbot.arbiter.evaluation import LEAST_EFFECTIVE
from agentbot.arbiter.promotion import Logged, Verdict, judge_candidate
from agentbot.learning.decisions import logged_rows
from agentbot.learning.rewards import note_rewards
from agentbot.models import PolicyVersion
from core.models import Advertiser

logger = logging.getLogger(__name__)
LEARNT_EVERY_HOURS = 23
LEAST_DECISIONS = 200
"""Fewer teach nothing and are not even judged."""
PAUSE_DAYS = 7
"""After somebody went back from a policy, so long nothing new comes into force by itself."""
PROMOTED = "better on conversations it did not learn from"
TOO_FEW = "too few decisions"
NOT_BETTER = "not clearly better"
WENT_BACK = "gone back from lately"


def learn_all(now: dt.datetime) -> list[PolicyVersion]:
    """A candidate and its verdict for every vertical with enough decisions."""
    verticals = Advertiser.objects.order_by("vertical").values_list("vertical", flat=True).distinct()
    made = [learn(vertical, now) for vertical in verticals]
    return [each for each in made if each is not None]


def learn_daily(now: dt.datetime) -> list[PolicyVersion]:
    """Rewards noted and `learn_all`, once a day however often it is called."""
    lately = PolicyVersion.objects.filter(judged_at__gt=now - dt.timedelta(hours=LEARNT_EVERY_HOURS))
    if lately.exists():
        return []
    note_rewards(now)
    return learn_all(now)


@transaction.atomic
def learn(vertical: str, now: dt.datetime) -> PolicyVersion | None:
    """The candidate with its verdict, in force from now on if promoted; None where there is too little to judge."""
    rows = logged_rows(vertical, now)
    name = f"{vertical or 'general'}-{now:%Y%m%d-%H%M%S}"
    if len(rows) < LEAST_DECISIONS or PolicyVersion.objects.filter(name=name).exists():
        return None
    verdict = judge_candidate(rows, name, incumbent=_incumbent(vertical))
    reason = _reason(verdict, vertical, now)
    logger.info("policy %s: %s (%s decisions)", name, reason, len(rows))
    return _stored(vertical, rows, verdict, reason, now)


def in_force(vertical: str) -> PolicyVersion | None:
    """None when rules decide."""
    return _standing(vertical).first()


@transaction.atomic
def go_back(vertical: str, now: dt.datetime, *, to_rules: bool = False) -> list[PolicyVersion]:
    """Withdraw the policy in force, or with `to_rules` all; the one before it stands again within seconds."""
    rows = _standing(vertical).select_for_update()
    withdrawn = list(rows if to_rules else rows[:1])
    PolicyVersion.objects.filter(pk__in=[each.pk for each in withdrawn]).update(withdrawn_at=now)
    return withdrawn


def _standing(vertical: str) -> QuerySet[PolicyVersion]:
    return PolicyVersion.objects.filter(vertical=vertical, is_promoted=True, withdrawn_at=None).order_by("-id")


def _incumbent(vertical: str) -> LinearPolicy | None:
    standing = in_force(vertical)
    return policy_from(standing.policy) if standing else None


def _reason(verdict: Verdict, vertical: str, now: dt.datetime) -> str:
    if verdict.estimate.effective < LEAST_EFFECTIVE:
        return TOO_FEW
    if not verdict.is_promoted:
        return NOT_BETTER
    since = now - dt.timedelta(days=PAUSE_DAYS)
    lately = PolicyVersion.objects.filter(vertical=vertical, withdrawn_at__gt=since)
    return WENT_BACK if lately.exists() else PROMOTED


def _stored(vertical: str, rows: list[Logged], verdict: Verdict, reason: str, now: dt.datetime) -> PolicyVersion:
    return PolicyVersion.objects.create(
        vertical=vertical,
        name=verdict.policy.name,
        policy=verdict.policy.as_json(),
        is_promoted=reason == PROMOTED,
        reason=reason,
        decisions=len(rows),
        value=verdict.estimate.value,
        lower=verdict.estimate.lower,
        effective=verdict.estimate.effective,
        current=verdict.current,
        judged_at=now,
    )

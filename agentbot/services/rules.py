"""How an advertiser wants its conversations hosted, set by a member or the operator."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from agentbot.following.plans import MOST_STEPS, Step, check_step
from agentbot.models import HostingRules
from core.errors import InputError
from core.models import Advertiser
from core.profiles import WHOLE_UNITS

MOST_MINUTES = 24 * 60
MOST_COST = 2**31 - 1
COSTS = ("message_cost_minor", "person_cost_minor", "model_cost_minor")
CURRENCIES = ("CNY", "USD", "EUR", "GBP", "HKD", "JPY", "SGD", "TWD")


def rules_of(advertiser: Advertiser) -> HostingRules:
    """The advertiser's own, else the defaults, not yet kept."""
    return HostingRules.objects.for_advertiser(advertiser).first() or HostingRules(advertiser=advertiser)


def change_rules(advertiser: Advertiser, **given: Any) -> HostingRules:
    """What is not named, or None, stays as it is. Raises `InputError`; then nothing has changed.

    `handoff_minutes`, `when_nobody`, `follows_up`, `steps` (empty for the usual plan), `currency` and the costs.
    """
    rules = rules_of(advertiser)
    named = {name: value for name, value in given.items() if value is not None}
    if "steps" in named:
        rules.follow_up_steps = _plan(named.pop("steps"))
    for name, value in named.items():
        setattr(rules, name, value)
    _check(rules)
    rules.save()
    return rules


def to_minor(written: str, currency: str, thing: str) -> int:
    """An amount as people write it in minor units; empty is 0. Raises `InputError`."""
    text = written.strip().replace(",", "").replace("，", "")
    try:
        amount = Decimal(text or "0").scaleb(0 if currency in WHOLE_UNITS else 2)
    except InvalidOperation as error:
        raise InputError(thing, f"{written!r} is no amount", "bad_amount") from error
    if not amount.is_finite() or amount != amount.to_integral_value() or not 0 <= amount <= MOST_COST:
        raise InputError(thing, f"{written!r} is no amount", "bad_amount")
    return int(amount)


def from_minor(minor: int, currency: str) -> str:
    """As `to_minor` reads it; "" for 0."""
    places = 0 if currency in WHOLE_UNITS else 2
    return f"{Decimal(minor).scaleb(-places):.{places}f}" if minor else ""


def _plan(steps: Sequence[Step]) -> list[dict[str, Any]]:
    if len(steps) > MOST_STEPS:
        raise InputError("steps", f"are more than {MOST_STEPS}", "wrong_count")
    return [
        {"after_hours": step.after_hours, "text": check_step(step), "until_contact": bool(step.until_contact)}
        for step in steps
    ]


def _check(rules: HostingRules) -> None:
    if not 1 <= rules.handoff_minutes <= MOST_MINUTES:
        raise InputError("handoff_minutes", f"must be 1 to {MOST_MINUTES}", "bad_minutes")
    if rules.when_nobody not in HostingRules.WhenNobody.values:
        raise InputError("when_nobody", f"{rules.when_nobody!r} is neither return nor remind", "unknown_mode")
    if rules.currency not in CURRENCIES:
        raise InputError("currency", f"{rules.currency!r} is none of {', '.join(CURRENCIES)}", "unknown_currency")
    for name in COSTS:
        if not 0 <= getattr(rules, name) <= MOST_COST:
            raise InputError(name, "is no amount", "bad_amount")

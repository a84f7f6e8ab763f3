"""The hosting rules as their form shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from agentbot.following.plans import MOST_STEPS
from agentbot.following.starting import AFTER_ASK, usual_steps
from agentbot.models import HostingRules
from agentbot.services.rules import CURRENCIES, from_minor, rules_of
from core.models import Advertiser


@dataclass(frozen=True)
class StepShown:
    """One row of the plan; an empty one is there to be filled."""

    number: int
    hours: str
    text: str
    until_contact: bool


@dataclass(frozen=True)
class RulesPage:
    """`usual` is what visitors hear where no steps are set; `costs` (name, amount) as they were typed."""

    row: HostingRules
    steps: tuple[StepShown, ...]
    usual: tuple[StepShown, ...]
    costs: dict[str, str]
    currencies: tuple[str, ...]


def rules_page(advertiser: Advertiser) -> RulesPage:
    row = rules_of(advertiser)
    own = [_shown(at, each) for at, each in enumerate(row.follow_up_steps, start=1)]
    empty = [StepShown(at, "", "", True) for at in range(len(own) + 1, MOST_STEPS + 1)]
    usual = usual_steps(AFTER_ASK, advertiser.vertical, "zh-CN" if advertiser.language == "zh-CN" else "en")
    return RulesPage(
        row=row,
        steps=(*own, *empty),
        usual=tuple(
            StepShown(at, f"{each.after_hours:g}", each.text, each.until_contact)
            for at, each in enumerate(usual, start=1)
        ),
        costs={
            "message": from_minor(row.message_cost_minor, row.currency),
            "person": from_minor(row.person_cost_minor, row.currency),
            "model": from_minor(row.model_cost_minor, row.currency),
        },
        currencies=CURRENCIES,
    )


def _shown(at: int, step: dict[str, Any]) -> StepShown:
    return StepShown(at, f"{step['after_hours']:g}", step["text"], bool(step.get("until_contact", True)))

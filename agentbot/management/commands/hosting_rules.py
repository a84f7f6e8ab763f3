"""`hosting_rules --advertiser SLUG`: when nobody is free, what silent visitors hear, and what things cost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from agentbot.following.plans import LONGEST_TEXT, MOST_STEPS, Step
from agentbot.following.starting import own_steps
from agentbot.models import HostingRules
from agentbot.services.rules import COSTS, CURRENCIES, change_rules, rules_of, to_minor
from core.commands import AdloomCommand
from core.errors import InputError
from core.models import Advertiser


class Command(AdloomCommand):
    help = "Show or set how an advertiser's conversations are hosted; what is not named stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--advertiser", required=True, metavar="SLUG")
        parser.add_argument("--handoff-minutes", type=int, help="how long a visitor waits for a person")
        parser.add_argument("--when-nobody", choices=HostingRules.WhenNobody.values, help="then: return or remind")
        parser.add_argument("--follow-ups", choices=("on", "off"))
        parser.add_argument(
            "--plan",
            type=Path,
            metavar="FILE",
            help=f'JSON, to {MOST_STEPS} of {{"after_hours", "text"}} (to {LONGEST_TEXT} characters); [] for the usual',
        )
        parser.add_argument("--message-cost", metavar="AMOUNT", help="of a thousand messages sent")
        parser.add_argument("--person-cost", metavar="AMOUNT", help="of an hour of a person's time")
        parser.add_argument("--model-cost", metavar="AMOUNT", help="of a million tokens of a language model")
        parser.add_argument("--currency", choices=CURRENCIES)
        parser.add_argument("--json", action="store_true", help="one line of JSON")

    def work(self, **options: Any) -> None:
        advertiser = Advertiser.objects.filter(slug=options["advertiser"]).first()
        if advertiser is None:
            raise InputError("advertiser", f"there is no advertiser {options['advertiser']!r}", "unknown_advertiser")
        follow_ups = options["follow_ups"]
        currency = options["currency"] or rules_of(advertiser).currency
        rules = change_rules(
            advertiser,
            handoff_minutes=options["handoff_minutes"],
            when_nobody=options["when_nobody"],
            follows_up=None if follow_ups is None else follow_ups == "on",
            steps=None if options["plan"] is None else read_plan(options["plan"]),
            currency=options["currency"],
            **{
                f"{name}_minor": _cost(options[name], currency, name)
                for name in ("message_cost", "person_cost", "model_cost")
            },
        )
        self._show(rules, as_json=options["json"])

    def _show(self, rules: HostingRules, *, as_json: bool) -> None:
        names = ("handoff_minutes", "when_nobody", "follows_up", "follow_up_steps", "currency", *COSTS)
        shown = {name: getattr(rules, name) for name in names}
        lines = [f"{name}: {value}" for name, value in shown.items()]
        self.stdout.write(json.dumps(shown, ensure_ascii=False) if as_json else "\n".join(lines))


def _cost(written: str | None, currency: str, name: str) -> int | None:
    return None if written is None else to_minor(written, currency, f"--{name.replace('_', '-')}")


def read_plan(path: Path) -> tuple[Step, ...]:
    """The steps in the file; `InputError` says what is odd."""
    try:
        return own_steps(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError("--plan", f"{path} cannot be read ({error.strerror})", "unreadable") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            "--plan", 'must be a JSON list of {"after_hours": number, "text": words}', "bad_plan"
        ) from error

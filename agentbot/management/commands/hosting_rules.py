"""`hosting_rules --advertiser SLUG`: when nobody is free, and what is said to visitors who fell silent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from agentbot.following.plans import LONGEST_TEXT, MOST_STEPS, check_step
from agentbot.following.starting import own_steps
from agentbot.models import HostingRules
from core.commands import AdloomCommand
from core.errors import InputError
from core.models import Advertiser

MOST_MINUTES = 24 * 60


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
        parser.add_argument("--json", action="store_true", help="one line of JSON")

    def work(self, **options: Any) -> None:
        advertiser = Advertiser.objects.filter(slug=options["advertiser"]).first()
        if advertiser is None:
            raise InputError("advertiser", f"there is no advertiser {options['advertiser']!r}", "unknown_advertiser")
        rules = HostingRules.objects.filter(advertiser=advertiser).first() or HostingRules(advertiser=advertiser)
        if options["handoff_minutes"] is not None:
            if not 1 <= options["handoff_minutes"] <= MOST_MINUTES:
                raise InputError("--handoff-minutes", f"must be 1 to {MOST_MINUTES}", "bad_minutes")
            rules.handoff_minutes = options["handoff_minutes"]
        rules.when_nobody = options["when_nobody"] or rules.when_nobody
        rules.follows_up = rules.follows_up if options["follow_ups"] is None else options["follow_ups"] == "on"
        if options["plan"] is not None:
            rules.follow_up_steps = read_plan(options["plan"])
        rules.save()
        self._show(rules, as_json=options["json"])

    def _show(self, rules: HostingRules, *, as_json: bool) -> None:
        names = ("handoff_minutes", "when_nobody", "follows_up", "follow_up_steps")
        shown = {name: getattr(rules, name) for name in names}
        lines = [f"{name}: {value}" for name, value in shown.items()]
        self.stdout.write(json.dumps(shown, ensure_ascii=False) if as_json else "\n".join(lines))


def read_plan(path: Path) -> list[dict[str, Any]]:
    """The steps in the file, checked; `InputError` says what is odd."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        steps = own_steps(found)
    except OSError as error:
        raise InputError("--plan", f"{path} cannot be read ({error.strerror})", "unreadable") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            "--plan", 'must be a JSON list of {"after_hours": number, "text": words}', "bad_plan"
        ) from error
    if len(steps) > MOST_STEPS:
        raise InputError("--plan", f"has more than {MOST_STEPS} steps", "wrong_count")
    return [
        {"after_hours": step.after_hours, "text": check_step(step), "until_contact": bool(step.until_contact)}
        for step in steps
    ]

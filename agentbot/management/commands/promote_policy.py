"""`promote_policy`: judge candidates now, show what is in force, or go back from it."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from agentbot.learning.policies import go_back, in_force, learn_all
from agentbot.learning.rewards import note_rewards
from agentbot.models import PolicyVersion
from core.commands import AdloomCommand
from core.errors import InputError

SHOWN = 10


class Command(AdloomCommand):
    help = "Learn when to ask from what came of it, or go back: --rollback takes the policy in force away at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--vertical", default=None, help="one vertical alone; for --rollback it is needed")
        parser.add_argument("--rollback", action="store_true", help="the one before it stands again")
        parser.add_argument("--to-rules", action="store_true", help="with --rollback: rules decide again")
        parser.add_argument("--list", action="store_true", help="only show the newest verdicts")
        parser.add_argument("--json", action="store_true", help="one line of JSON")

    def work(self, **options: Any) -> None:
        now = timezone.now()
        vertical = options["vertical"]
        if options["rollback"]:
            if vertical is None:
                raise InputError("--vertical", "is missing: a policy is one vertical's", "missing")
            found = go_back(vertical, now, to_rules=options["to_rules"])
        elif options["list"]:
            rows = PolicyVersion.objects.order_by("-id")
            found = list((rows if vertical is None else rows.filter(vertical=vertical))[:SHOWN])
        else:
            note_rewards(now)
            found = [each for each in learn_all(now) if vertical in (None, each.vertical)]
        self._show(found, as_json=options["json"])

    def _show(self, found: list[PolicyVersion], *, as_json: bool) -> None:
        shown = [_shown(each) for each in found]
        if as_json:
            self.stdout.write(json.dumps({"policies": shown}, ensure_ascii=False))
            return
        for each in shown:
            self.stdout.write(", ".join(f"{key} {value}" for key, value in each.items()))
        if not shown:
            self.stdout.write("nothing to tell: too few decisions yet, or no policy in force")


def _shown(version: PolicyVersion) -> dict[str, Any]:
    standing = in_force(version.vertical)
    return {
        "name": version.name,
        "vertical": version.vertical,
        "promoted": version.is_promoted,
        "reason": version.reason,
        "decisions": version.decisions,
        "value": round(version.value, 4),
        "lower": round(version.lower, 4),
        "effective": round(version.effective),
        "current": round(version.current, 4),
        "in_force": standing.name if standing else "rules",
    }

"""`check_engines`: what can make pictures, clips, voices and words here, and what would mend the rest."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from generation.availability import check_engines, plain_states


class Command(BaseCommand):
    help = "Which engines are available, on which device, what is missing, and the command that mends it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="{engine: {available, device, missing, mend}}")

    def handle(self, *args: Any, **options: Any) -> None:
        states = check_engines()
        if options["json"]:
            self.stdout.write(json.dumps(plain_states(states), ensure_ascii=False, indent=1))
            return
        width = max(map(len, states))
        for name, state in states.items():
            mark = "yes" if state.available else "no "
            self.stdout.write(
                f"{name:<{width}}  {mark}  {state.device:<4}  {state.note or '; '.join(state.missing)}".rstrip()
            )
            for mend in state.mend:
                self.stdout.write(f"{'':<{width}}       mend: {mend}")

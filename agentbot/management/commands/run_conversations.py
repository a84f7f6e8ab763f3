"""`run_conversations`: answers visitors and delivers leads until Ctrl-C or SIGTERM. `serve` runs it by itself."""

from __future__ import annotations

import asyncio
import os
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from agentbot.running import ROLES, run_conversations
from core.commands import OK, AdloomCommand
from core.processes.places import Places
from core.processes.readiness import mark_ready


class Command(AdloomCommand):
    help = "Host conversations: answer what is due, send what is due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kept", action="store_true", help="the keeper has prepared the services already")
        parser.add_argument("--role", choices=ROLES, default="all", help="one half alone, for two processes")

    def with_services(self, options: dict[str, Any]) -> int:
        """A child of the keeper must not be a user of what the keeper keeps: it would never end."""
        return (self.work(**options) or OK) if options["kept"] else super().with_services(options)

    def work(self, **options: Any) -> int | None:
        places = Places(settings.ADLOOM_HOME)
        child = os.environ.get("ADLOOM_CHILD", "")
        asyncio.run(run_conversations(options["role"], lambda: mark_ready(places, child) if child else None))
        return None

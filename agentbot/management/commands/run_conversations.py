"""`run_conversations`: answers visitors and delivers leads until Ctrl-C or SIGTERM. `serve` runs it by itself."""

from __future__ import annotations

import asyncio
import os
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from agentbot.running import ROLES, run_conversations
from core.commands import AdloomCommand
from core.processes.places import Places
from core.processes.readiness import mark_ready


class Command(AdloomCommand):
    help = "Host conversations: answer what is due, send what is due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", choices=ROLES, default="all", help="one half alone, for two processes")

    def work(self, **options: Any) -> None:
        places = Places(settings.ADLOOM_HOME)
        child = os.environ.get("ADLOOM_CHILD", "")
        asyncio.run(run_conversations(options["role"], lambda: mark_ready(places, child) if child else None))

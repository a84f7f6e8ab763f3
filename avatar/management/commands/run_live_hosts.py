"""`run_live_hosts`: puts rooms on air that are wanted there, until Ctrl-C or SIGTERM. `serve` runs it by itself."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from avatar.hosting.running import host_name, run_host
from core.commands import OK, AdloomCommand
from core.processes.places import Places
from core.processes.readiness import mark_ready


class Command(AdloomCommand):
    help = "Host live rooms: claim what is wanted on air, run it, keep its books. Any number of these share the rooms."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kept", action="store_true", help="the keeper has prepared the services already")
        parser.add_argument(
            "--name", default="", help="of this host, in the books; the machine's and process's otherwise"
        )
        parser.add_argument("--rooms", type=int, default=None, help="at most so many at once (LIVE_ROOMS_PER_HOST)")

    def with_services(self, options: dict[str, Any]) -> int:
        """A child of the keeper must not be a user of what the keeper keeps: it would never end."""
        return (self.work(**options) or OK) if options["kept"] else super().with_services(options)

    def work(self, **options: Any) -> int | None:
        places = Places(settings.ADLOOM_HOME)
        child = os.environ.get("ADLOOM_CHILD", "")
        rooms = settings.LIVE_ROOMS_PER_HOST if options["rooms"] is None else options["rooms"]
        run_host(options["name"] or host_name(), places, rooms, lambda: mark_ready(places, child) if child else None)
        return None

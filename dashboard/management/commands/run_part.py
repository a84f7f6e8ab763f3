"""`run_part`: one part of the platform in this process, for containers and units; `serve` runs all of them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from core.commands import OK, AdloomCommand
from core.errors import InputError, ServiceDown
from core.processes.database import prepare_database
from core.processes.parts import part_names, part_spec
from core.processes.places import Places
from core.processes.web import HOST
from core.storage import prepare_bucket

NEEDED = ("DATABASE_URL", "CELERY_BROKER_URL", "SECRET_KEY", "PII_KEY")
START_SECONDS = 60.0
LOOK_SECONDS = 0.5


class Command(AdloomCommand):
    help = "Run one part of the platform over the database, broker and bucket that the environment names."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("part", help=", ".join(part_names()))
        parser.add_argument("--host", default=HOST, help="address the web listens on (127.0.0.1)")
        parser.add_argument("--processes", type=int, default=0, help="tasks a worker does at a time")

    def with_services(self, options: dict[str, Any]) -> int:
        """The parts of one install lie on several machines, so nothing they share may be made up by one of them."""
        missing = [name for name in NEEDED if not os.environ.get(name, "").strip()]
        if missing:
            raise InputError(", ".join(missing), "must be set, and alike for every part; one machine runs `serve`")
        return self.work(**options) or OK

    def work(self, **options: Any) -> int | None:
        places = Places(settings.ADLOOM_HOME)
        spec = part_spec(
            places, options["part"], host=options["host"], port=settings.PORT, processes=options["processes"]
        )
        places.prepare()
        for each in (prepare_database, prepare_bucket):
            _patiently(each)
        spec.prepare()
        os.chdir(spec.folder or ".")
        # From here on this process is the part: whoever started it talks to it, and hears it, without a go-between.
        os.execve(spec.command[0], spec.command, {**os.environ, **spec.environment})


def _patiently(prepare: Callable[[], None]) -> None:
    """Containers start in any order. Raises `ServiceDown` when what is needed does not come up within a minute."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return prepare()
        except ServiceDown:
            if time.monotonic() > deadline:
                raise
        time.sleep(LOOK_SECONDS)

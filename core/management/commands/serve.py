"""`serve`: the whole platform under one supervisor, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from sesame.utils import get_query_string

from core.commands import AdloomCommand
from core.errors import ServiceDown
from core.processes.children import Child, stop_all
from core.processes.places import Places
from core.processes.web import HOST, note_port, refuse_taken_port, web_answers, web_spec
from core.services import ensure_sample_member

START_SECONDS = 120.0
LOOK_SECONDS = 0.25


class Command(AdloomCommand):
    help = "Run the platform: web, workers by queue, scheduler, conversations, live rooms, embedded services."
    services = ("postgres", "broker", "workers", "conversations", "live_hosts")

    def work(self, **options: Any) -> None:
        member, password = ensure_sample_member()
        refuse_taken_port(settings.PORT)
        web = Child(web_spec(Places(settings.ADLOOM_HOME), settings.PORT))
        try:
            self._wait_until_up(web)
            note_port(Places(settings.ADLOOM_HOME), settings.PORT)
            self._welcome(member.user, password)
            self._keep_up(web)
        except KeyboardInterrupt:
            self.stdout.write("stopping")
        finally:
            stop_all([web])

    def _wait_until_up(self, web: Child) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not web_answers(settings.PORT):
            web.look_after()
            if web.failures > 2 or time.monotonic() > deadline:
                raise ServiceDown("web", f"{web.last_error or 'does not answer'}, see {web.spec.log}")
            time.sleep(LOOK_SECONDS)

    def _keep_up(self, web: Child) -> None:
        """The keeper looks after the other services; this loop after the web process."""
        while True:
            failures = web.failures
            web.look_after()
            if web.failures > failures:
                self.stderr.write(f"web {web.last_error}; starting it again, see {web.spec.log}")
            time.sleep(LOOK_SECONDS)

    def _welcome(self, user: AbstractBaseUser, password: str) -> None:
        address = f"http://{HOST}:{settings.PORT}"
        link = f"{address}{reverse('login-link')}{get_query_string(user)}"
        self.stdout.write(f"Adloom is up: {address}")
        self.stdout.write(f"  log in as {user.get_username()} with {password}")
        self.stdout.write(f"  or open this link once, within the hour: {link}")
        self.stdout.write("  stop with Ctrl-C")
        self.stdout.flush()

"""The base of every command: services up, errors as one line, exit codes as promised."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import Any, ClassVar

from django.core.management.base import BaseCommand

from core.errors import InputError, ServiceDown
from core.processes.database import prepare_database
from core.processes.use import embedded_services

BAD_INPUT = 2
SERVICE_DOWN = 4


class AdloomCommand(BaseCommand):
    """Subclasses write `work`; `services` names the embedded services that have to be up for it.

    Exit codes: 2 when what a person gave us is wrong (stderr: `thing: reason`), 4 when a
    service did not start. SIGTERM ends a command the way Ctrl-C does, so that it leaves
    its services in order.
    """

    services: ClassVar[tuple[str, ...]] = ("postgres",)
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _end)
        try:
            with embedded_services(*self.services):
                prepare_database()
                self.work(**options)
        except InputError as error:
            self._leave(str(error), BAD_INPUT)
        except ServiceDown as error:
            self._leave(str(error), SERVICE_DOWN)

    def work(self, **options: Any) -> None:
        raise NotImplementedError

    def _leave(self, line: str, code: int) -> None:
        self.stderr.write(line, self.style.ERROR)
        sys.exit(code)


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)

"""The base of every command: services up, errors as one line, exit codes as promised."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, ClassVar

from django.core.management.base import BaseCommand

from core.errors import AdloomError, InputError, ServiceDown
from core.processes.database import prepared_services

OK = 0
BAD_INPUT = 2
SOME_MISSING = 3
SERVICE_DOWN = 4
INTERRUPTED = 130


def guarded(work: Callable[[], int]) -> int:
    """`work`'s exit code; what goes wrong becomes a line on stderr and the code promised for it.

    2 when what a person gave us is wrong (`thing: reason`, a line for each), 4 when a
    service did not start, 3 for work that could not be done. SIGTERM ends a command the
    way Ctrl-C does, so that it leaves its services in order.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    try:
        return work()
    except KeyboardInterrupt:
        return INTERRUPTED
    except InputError as error:
        return _leave(error, BAD_INPUT)
    except ServiceDown as error:
        return _leave(error, SERVICE_DOWN)
    except AdloomError as error:
        return _leave(error, SOME_MISSING)


class AdloomCommand(BaseCommand):
    """Subclasses write `work`; `services` names the embedded services that have to be up for it."""

    services: ClassVar[tuple[str, ...]] = ("postgres",)
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        code = guarded(lambda: self.with_services(options))
        if code:
            sys.exit(code)

    def with_services(self, options: dict[str, Any]) -> int:
        """Start what is needed, bring the database up to date, work."""
        with prepared_services(*self.services):
            return self.work(**options) or OK

    def work(self, **options: Any) -> int | None:
        """The command's own part; gives the exit code, None for 0."""
        raise NotImplementedError


def _leave(error: AdloomError, code: int) -> int:
    print(error, file=sys.stderr)
    return code


def _end(number: int, frame: FrameType | None) -> None:
    """Once: whoever is impatient must not break the orderly end that has begun."""
    for again in (signal.SIGTERM, signal.SIGINT):
        signal.signal(again, signal.SIG_IGN)
    raise KeyboardInterrupt

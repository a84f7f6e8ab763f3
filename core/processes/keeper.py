"""The keeper: one detached process per home that runs the embedded services while anybody uses them.

Users announce themselves by shared locks (`Places.users_lock`), which the kernel frees
even when a user is killed. The keeper looks at those locks: a service somebody uses is
started, and started anew when it dies; a service nobody uses is stopped, under the
exclusive lock, so that a newcomer waits and then finds a clean slate. With nothing
left to keep, the keeper ends. Run as `python -m core.processes.keeper HOME`.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from core.processes.broker import broker_spec
from core.processes.children import Child, ChildSpec, stop_all
from core.processes.conversations import conversation_specs
from core.processes.live_hosts import live_host_specs
from core.processes.locks import Busy, hold, is_free
from core.processes.places import Places
from core.processes.postgres import postgres_spec
from core.processes.workers import scheduler_spec, worker_specs

TICK_SECONDS = 0.1
TOLERATED_FAILURES = 2
"""Failed starts in a row before those who wait are told."""

logger = logging.getLogger("adloom.keeper")

SERVICES: tuple[tuple[str, Callable[[Places], list[ChildSpec]]], ...] = (
    ("postgres", lambda places: [postgres_spec(places)]),
    ("broker", lambda places: [broker_spec(places)]),
    ("workers", lambda places: [*worker_specs(places), scheduler_spec(places)]),
    ("conversations", conversation_specs),
    ("live_hosts", live_host_specs),
)
"""In the order of starting; stopped in reverse."""


class Keeper:
    """Keeps the services of one home; `tick` is one look at everything."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.running: dict[str, list[Child]] = {}
        self.asked_to_end = False

    def run(self) -> None:
        """Until nobody uses anything, or until asked to end."""
        for service, _ in SERVICES:
            self.places.kept_file(service).unlink(missing_ok=True)
        while not self.asked_to_end:
            self.tick()
            if not self.running:
                return
            time.sleep(TICK_SECONDS)
        for service, _ in reversed(SERVICES):
            self._stop(service)

    def tick(self) -> None:
        for service, _ in reversed(SERVICES):
            if service in self.running:
                self._stop_if_unused(service)
        for service, specs in SERVICES:
            if service not in self.running and not is_free(self.places.users_lock(service)):
                self._begin(service, specs)
        for service, children in self.running.items():
            self._look_after(service, children)

    def _begin(self, service: str, specs: Callable[[Places], list[ChildSpec]]) -> None:
        self.places.failure_file(service).unlink(missing_ok=True)
        try:
            self.running[service] = [Child(spec) for spec in specs(self.places)]
            self.places.kept_file(service).touch()
        except Exception as error:
            logger.exception("%s cannot be started", service)
            self.places.failure_file(service).write_text(str(error))

    def _look_after(self, service: str, children: list[Child]) -> None:
        for child in children:
            failures = child.failures
            if child.look_after():
                self._note_pid(child)
                logger.info("started %s as %s", child.spec.name, child.pid)
            if child.failures > failures:
                logger.warning("%s %s", child.spec.name, child.last_error)
            if child.failures > max(failures, TOLERATED_FAILURES):
                reason = f"{child.spec.name} {child.last_error}, see {child.spec.log}"
                self.places.failure_file(service).write_text(reason)

    def _note_pid(self, child: Child) -> None:
        """Whole at any moment: whoever looks for the new process must not read half a number."""
        path = self.places.pid_file(child.spec.name)
        fresh = path.with_name(f".{path.name}")
        fresh.write_text(str(child.pid))
        fresh.replace(path)

    def _stop_if_unused(self, service: str) -> None:
        try:
            with hold(self.places.users_lock(service), exclusive=True, wait=False):
                self._stop(service)
        except Busy:
            return

    def _stop(self, service: str) -> None:
        children = self.running.pop(service, [])
        stop_all(children)
        for child in children:
            self.places.pid_file(child.spec.name).unlink(missing_ok=True)
            self.places.ready_file(child.spec.name).unlink(missing_ok=True)
            logger.info("stopped %s", child.spec.name)
        self.places.failure_file(service).unlink(missing_ok=True)
        self.places.kept_file(service).unlink(missing_ok=True)


def main(home: Path) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    places = Places(home)
    places.prepare()
    keeper = Keeper(places)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: setattr(keeper, "asked_to_end", True))
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with hold(places.keeper_lock, exclusive=True, wait=False) as lock:
            lock.truncate(0)
            print(os.getpid(), file=lock, flush=True)
            keeper.run()
            places.remove_sockets()
    except Busy:
        logger.info("another keeper is at work")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Places beside a server: few at a time, the urgent first, and some that bulk work never takes."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from core.llm.aborting import Abort
from core.llm.admission import Admission
from core.llm.base import CallAborted, LanguageModelBusy, Priority

LONG = 30.0


class Callers:
    """Threads that take a place, say so, and leave when told to."""

    def __init__(self, admission: Admission) -> None:
        self.admission = admission
        self.order: list[str] = []
        self._leave: dict[str, threading.Event] = {}
        self._threads: list[threading.Thread] = []
        self._changed = threading.Condition()

    def come(self, name: str, priority: Priority) -> None:
        self._leave[name] = threading.Event()
        waiting = len(self.admission._waiting) + self.admission._taken
        thread = threading.Thread(target=self._ask, args=(name, priority))
        thread.start()
        self._threads.append(thread)
        self._until(lambda: len(self.admission._waiting) + self.admission._taken > waiting)

    def leave(self, name: str) -> None:
        self._leave[name].set()

    def inside(self, count: int) -> list[str]:
        """Who came in, in order, once `count` have."""
        self._until(lambda: len(self.order) >= count)
        return list(self.order)

    def end(self) -> None:
        for event in self._leave.values():
            event.set()
        for thread in self._threads:
            thread.join(LONG)

    def _ask(self, name: str, priority: Priority) -> None:
        with self.admission.place(priority, LONG):
            with self._changed:
                self.order.append(name)
                self._changed.notify_all()
            self._leave[name].wait(LONG)

    def _until(self, holds: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(holds, 0.01) or self._poll(holds)

    def _poll(self, holds: Callable[[], bool]) -> bool:
        return any(self._changed.wait_for(holds, 0.005) for _ in range(2000))


def test_of_those_who_wait_the_urgent_goes_first() -> None:
    callers = Callers(Admission(1))
    for name, priority in (
        ("first", Priority.BULK),
        ("bulk", Priority.BULK),
        ("script", Priority.SCRIPT),
        ("turn", Priority.TURN),
        ("live", Priority.LIVE),
    ):
        callers.come(name, priority)
    for number, name in enumerate(("first", "live", "turn", "script", "bulk"), 2):
        callers.leave(name)
        callers.inside(min(number, 5))
    callers.end()

    assert callers.order == ["first", "live", "turn", "script", "bulk"]


def test_bulk_work_leaves_a_place_for_whoever_is_on_air() -> None:
    callers = Callers(Admission(3))
    for name in ("one", "two", "three"):
        callers.come(name, Priority.BULK)
    assert callers.inside(2) == ["one", "two"]

    callers.come("live", Priority.LIVE)

    assert callers.inside(3) == ["one", "two", "live"]
    callers.end()
    assert callers.order[-1] == "three"


def test_whoever_waits_too_long_is_told_that_all_places_are_taken() -> None:
    admission = Admission(1)
    with (
        admission.place(Priority.BULK, LONG),
        pytest.raises(LanguageModelBusy, match="all 1 places"),
        admission.place(Priority.LIVE, 0.01),
    ):
        pass

    with admission.place(Priority.LIVE, 0.01):
        assert admission._taken == 1


def test_a_question_that_waits_can_be_broken_off() -> None:
    admission, abort = Admission(1), Abort()
    with admission.place(Priority.LIVE, LONG):
        threading.Timer(0.02, abort.abort).start()
        with pytest.raises(CallAborted), admission.place(Priority.LIVE, LONG, abort):
            pass

    assert (admission._taken, admission._waiting) == (0, [])

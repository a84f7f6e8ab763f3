"""Where work waits for its turn."""

from __future__ import annotations

import itertools
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

logger = logging.getLogger(__name__)
Work = Callable[[], None]


class Lane(Protocol):
    """Carries out pieces of work, the lower `rank` first, in order among equals."""

    def add(self, work: Work, rank: int = 0) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Lanes:
    """`voicing` for script and asides, `answering` for what is ready at once, `asking` for the model."""

    voicing: Lane
    answering: Lane
    asking: Lane


class AtOnce:
    """Does it where it is told to: the order of messages is then the order of everything."""

    def add(self, work: Work, rank: int = 0) -> None:
        done(work)

    def close(self) -> None:
        return None


class ThreadLane:
    """One thread. Closing lets the piece at hand finish and forgets the rest."""

    def __init__(self, name: str) -> None:
        self._queue: queue.PriorityQueue[tuple[int, int, Work | None]] = queue.PriorityQueue()
        self._count = itertools.count()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def add(self, work: Work, rank: int = 0) -> None:
        self._queue.put((rank, next(self._count), work))

    def close(self) -> None:
        self._queue.put((-1, next(self._count), None))
        self._thread.join(timeout=10.0)

    def _run(self) -> None:
        while True:
            _, _, work = self._queue.get()
            if work is None:
                return
            done(work)


def done(work: Work) -> None:
    """Do `work`; a mistake of ours in one piece must not end the broadcast, so it is logged and left behind."""
    try:
        work()
    except OSError as error:
        # The engine is gone; the process ends with its wire.
        logger.warning("left undone: %s", error)
    except Exception:
        logger.exception("left undone")

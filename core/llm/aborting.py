"""Breaking off a call that nobody waits for any more: the server stops generating as soon as the connection is gone."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from core.llm.base import CallAborted

logger = logging.getLogger(__name__)


class Abort:
    """Given to one call; `abort` may be called from any thread, before, during or after it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._break: Callable[[], None] | None = None
        self.is_set = False

    def abort(self) -> None:
        with self._lock:
            self.is_set = True
            if self._break is not None:
                self._break()

    def watching(self, response: Any) -> AbstractContextManager[None]:
        """Ties the connection of a streamed `response` to this abort; CallAborted where it was broken off."""
        return self.interrupting(lambda: _shut(response))

    @contextmanager
    def interrupting(self, wake: Callable[[], None]) -> Iterator[None]:
        """`wake` ends whatever the block waits for; CallAborted where that happened. One block at a time."""
        with self._lock:
            self._break = wake
        try:
            self._check()
            yield
            self._check()
        except Exception as error:
            if self.is_set and not isinstance(error, CallAborted):
                raise CallAborted("broken off") from error
            raise
        finally:
            with self._lock:
                self._break = None

    def _check(self) -> None:
        if self.is_set:
            raise CallAborted("broken off")


def _shut(response: Any) -> None:
    """Closing a socket wakes nobody who reads from it; shutting it down does."""
    try:
        response.extensions["network_stream"].get_extra_info("socket").shutdown(socket.SHUT_RDWR)
    except (OSError, AttributeError, KeyError) as error:
        logger.info("a call could not be broken off: %s", type(error).__name__)

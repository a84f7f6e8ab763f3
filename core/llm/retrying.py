"""When to ask again, how long to wait before, and when to stop asking for a while."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from core.clock import Clock, system_clock
from core.errors import RetryableError
from core.llm.base import LanguageModelBusy, LanguageModelDown

Result = TypeVar("Result")


@dataclass(frozen=True)
class RetryRule:
    """Up to `attempts` tries; waits of `first_wait` × 2^n seconds, at most `longest_wait`, each
    shortened by chance to between half and all of it, so that many askers do not come back at once."""

    attempts: int = 3
    first_wait: float = 0.5
    longest_wait: float = 20.0

    def wait(self, failures: int, asked: float, chance: float) -> float:
        """Seconds before the next try; what the server asked for counts where it is longer."""
        own = min(self.longest_wait, self.first_wait * 2 ** (failures - 1)) * (0.5 + 0.5 * chance)
        return max(own, min(asked, self.longest_wait))


@dataclass
class Breaker:
    """Stops asking a server that failed `limit` times in a row, for `rest_seconds`; then lets one try through."""

    limit: int = 5
    rest_seconds: float = 30.0
    clock: Clock = system_clock
    _failures: int = 0
    _opened_at: float = 0.0
    _is_trying: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def admit(self) -> None:
        """Raises LanguageModelDown while the breaker is open."""
        with self._lock:
            if self._failures < self.limit:
                return
            rested = self.clock.now().timestamp() - self._opened_at >= self.rest_seconds
            if not rested or self._is_trying:
                raise LanguageModelDown(
                    f"left alone for {self.rest_seconds:.0f} s after {self._failures} failures in a row"
                )
            self._is_trying = True

    def succeeded(self) -> None:
        with self._lock:
            self._failures, self._is_trying = 0, False

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._is_trying = False
            if self._failures >= self.limit:
                self._opened_at = self.clock.now().timestamp()


@dataclass
class Retrier:
    """Carries out a call under a rule and a breaker; `sleep` and `chance` are the tests' to hold."""

    rule: RetryRule = RetryRule()
    breaker: Breaker = field(default_factory=Breaker)
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random

    def run(self, call: Callable[[], Result]) -> Result:
        """The result of `call`; the last RetryableError when every try failed, a TerminalError at once."""
        failures = 0
        while True:
            self.breaker.admit()
            try:
                result = call()
            except RetryableError as error:
                self.breaker.failed()
                failures += 1
                if failures >= self.rule.attempts:
                    raise
                asked = error.retry_after if isinstance(error, LanguageModelBusy) else 0.0
                self.sleep(self.rule.wait(failures, asked, self.chance()))
            except BaseException:
                # The server answered; that it said no is no sign that it is down.
                self.breaker.succeeded()
                raise
            else:
                self.breaker.succeeded()
                return result

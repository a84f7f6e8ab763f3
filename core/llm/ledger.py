"""What was asked of language models and what it took: counts only, never a word of a prompt."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from core.llm.base import Usage

logger = logging.getLogger("adloom.llm")


@dataclass(frozen=True)
class CallRecord:
    """One question with all its tries. `outcome` is a finish reason or an error code; `prompt` the prompt with its
    version, `advertiser` the id of whoever it was asked for, both "" where unsaid."""

    model: str
    outcome: str
    usage: Usage
    seconds: float
    prompt: str = ""
    advertiser: str = ""
    is_failure: bool = False


@dataclass(frozen=True)
class Tally:
    """A process's counts at one moment."""

    calls: int
    failures: int
    prompt_tokens: int
    completion_tokens: int


Listener = Callable[[CallRecord], None]


@dataclass
class Ledger:
    """Sums of one process since its start, a log line a call, and whoever else wants to know."""

    calls: int = 0
    failures: int = 0
    usage: Usage = field(default_factory=Usage)
    seconds: float = 0.0
    listeners: list[Listener] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def tally(self) -> Tally:
        with self._lock:
            return Tally(self.calls, self.failures, self.usage.prompt_tokens, self.usage.completion_tokens)

    def book(self, record: CallRecord) -> None:
        with self._lock:
            self.calls += 1
            self.failures += record.is_failure
            self.usage = self.usage + record.usage
            self.seconds += record.seconds
        logger.info(
            "model=%s prompt=%s outcome=%s prompt_tokens=%d completion_tokens=%d seconds=%.2f",
            record.model,
            record.prompt or "-",
            record.outcome,
            record.usage.prompt_tokens,
            record.usage.completion_tokens,
            record.seconds,
        )
        for listen in self.listeners:
            listen(record)


ledger = Ledger()
"""The process's own."""

"""What was asked of language models and what it took: counts only, never a word of a prompt."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field

from core.llm.base import Usage

logger = logging.getLogger("adloom.llm")


@dataclass(frozen=True)
class CallRecord:
    """One question with all its tries. `outcome` is a finish reason or an error code."""

    model: str
    outcome: str
    usage: Usage
    seconds: float


@dataclass
class Ledger:
    """Sums of one process since its start, and a log line a call."""

    calls: int = 0
    failures: int = 0
    usage: Usage = field(default_factory=Usage)
    seconds: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def book(self, record: CallRecord, is_failure: bool = False) -> None:
        with self._lock:
            self.calls += 1
            self.failures += is_failure
            self.usage = self.usage + record.usage
            self.seconds += record.seconds
        logger.info(
            "model=%s outcome=%s prompt_tokens=%d completion_tokens=%d seconds=%.2f",
            record.model,
            record.outcome,
            record.usage.prompt_tokens,
            record.usage.completion_tokens,
            record.seconds,
        )


ledger = Ledger()
"""The process's own."""

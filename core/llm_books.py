"""The books of language models: what was asked is added up in memory and written down every few seconds.

A question on air must not wait for a database, so the ledger's records only add to a sum here; a thread of its own
writes the sums. Commands, tasks and tests write at once with `flush`.
"""

from __future__ import annotations

import atexit
import datetime as dt
import logging
import os
import re
import threading
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.db.models import Sum

from core.clock import Clock, system_clock
from core.llm.ledger import CallRecord, Tally, ledger
from core.models import Advertiser, LanguageModelUse
from core.processes.database import LAST_WORK

WRITE_SECONDS = 3.0
MICROS = 1_000_000
_VERSION = re.compile(r"-\d+$")
_UNNAMED = "other"
logger = logging.getLogger("adloom.llm")

_ADD = """
insert into core_languagemodeluse (advertiser_id, day, purpose, prompt, model, calls, failures, prompt_tokens,
  completion_tokens, milliseconds, cost_micros)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
on conflict on constraint llm_use_once_a_day do update set
  calls = core_languagemodeluse.calls + excluded.calls,
  failures = core_languagemodeluse.failures + excluded.failures,
  prompt_tokens = core_languagemodeluse.prompt_tokens + excluded.prompt_tokens,
  completion_tokens = core_languagemodeluse.completion_tokens + excluded.completion_tokens,
  milliseconds = core_languagemodeluse.milliseconds + excluded.milliseconds,
  cost_micros = core_languagemodeluse.cost_micros + excluded.cost_micros
"""


@dataclass(frozen=True)
class Key:
    """What is added up together. `advertiser` is an id or a slug as the asker knew it."""

    advertiser: str
    day: dt.date
    prompt: str
    model: str


@dataclass
class Sums:
    """Counts since the last writing."""

    calls: int = 0
    failures: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    milliseconds: int = 0
    cost_micros: int = 0

    def add(self, other: Sums) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def cost_micros(prompt_tokens: int, completion_tokens: int) -> int:
    """Millionths of a fen at today's prices: fen for a million tokens are micros for one."""
    return int(prompt_tokens * settings.LLM_INPUT_FEN + completion_tokens * settings.LLM_OUTPUT_FEN)


class Books:
    """What this process still has to write down. Any thread may `note`; one at a time writes."""

    def __init__(self, clock: Clock = system_clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._open: dict[Key, Sums] = {}
        self._writer = 0

    def note(self, record: CallRecord) -> None:
        """Add one call; the writer is started with the first one of a process (threads do not survive a fork)."""
        tokens = record.usage.prompt_tokens, record.usage.completion_tokens
        milliseconds = round(record.seconds * 1000)
        sums = Sums(1, int(record.is_failure), *tokens, milliseconds, cost_micros(*tokens))
        key = Key(record.advertiser, self._clock.now().date(), record.prompt or _UNNAMED, record.model[:120])
        with self._lock:
            self._open.setdefault(key, Sums()).add(sums)
            starts = self._writer != os.getpid() and settings.LLM_BOOKS_THREAD
            if starts:
                self._writer = os.getpid()
        if starts:
            threading.Thread(target=self._write_on, name="llm-books", daemon=True).start()
            atexit.register(self.flush)

    def flush(self) -> int:
        """Write what is open; rows written. What cannot be written now stays for the next time."""
        with self._writing:
            with self._lock:
                taken, self._open = self._open, {}
            if not taken:
                return 0
            try:
                self._write(taken)
            except Error as error:
                logger.warning("the books of the language model wait: %s", type(error).__name__)
                with self._lock:
                    for key, sums in taken.items():
                        self._open.setdefault(key, Sums()).add(sums)
                return 0
            return len(taken)

    def _write(self, taken: dict[Key, Sums]) -> None:
        owners = _owners({key.advertiser for key in taken})
        rows = [
            (
                *(owners.get(key.advertiser), key.day, _VERSION.sub("", key.prompt)[:40], key.prompt[:40], key.model),
                *vars(sums).values(),
            )
            for key, sums in taken.items()
        ]
        with connection.cursor() as cursor:
            # In one order everywhere, so that two processes never wait for each other.
            cursor.executemany(_ADD, sorted(rows, key=str))

    def _write_on(self) -> None:
        """One connection, kept only while something is written: a quiet process holds none. Without a database it
        asks less and less often."""
        pause, seconds = threading.Event(), WRITE_SECONDS
        while not pause.wait(seconds):
            waited_for = bool(self._open)
            written = self.flush()
            connection.close()
            seconds = min(60.0, seconds * 2) if waited_for and not written else WRITE_SECONDS


def _owners(names: set[str]) -> dict[str, uuid.UUID]:
    """The ids of those advertisers that are known; a room from a file may belong to nobody."""
    found: dict[str, uuid.UUID] = {}
    for name in filter(None, names):
        try:
            known = Advertiser.objects.filter(pk=uuid.UUID(name))
        except ValueError:
            known = Advertiser.objects.filter(slug=name)
        key = known.values_list("pk", flat=True).first()
        if key is not None:
            found[name] = key
    return found


books = Books()
"""The process's own."""


def keep_books() -> None:
    """From now on every call of this process is booked."""
    if books.note not in ledger.listeners:
        ledger.listeners.append(books.note)
        LAST_WORK.append(books.flush)


def spent_since(before: Tally) -> dict[str, Any]:
    """What this process asked since `before`, for a report: counts, and yuan at the settings' prices."""
    now = ledger.tally()
    tokens = now.prompt_tokens - before.prompt_tokens, now.completion_tokens - before.completion_tokens
    return {
        "calls": now.calls - before.calls,
        "failures": now.failures - before.failures,
        "prompt_tokens": tokens[0],
        "completion_tokens": tokens[1],
        "yuan": round(cost_micros(*tokens) / MICROS / 100, 6),
    }


@dataclass(frozen=True)
class Use:
    """Sums of one purpose. `cost_fen` in fen, 0.0 where no price is set."""

    purpose: str
    calls: int
    failures: int
    tokens: int
    cost_fen: float


def use_of(advertiser: Advertiser, days: int = 30, clock: Clock = system_clock) -> list[Use]:
    """What `advertiser` used in the last `days`, the most tokens first."""
    since = clock.now().date() - dt.timedelta(days=days)
    rows = LanguageModelUse.objects.for_advertiser(advertiser).filter(day__gt=since).values("purpose")
    names = ("calls", "failures", "prompt_tokens", "completion_tokens", "cost_micros")
    summed = rows.annotate(**{f"all_{name}": Sum(name) for name in names})
    found = [
        Use(purpose, calls, failures, read + written, cost / MICROS)
        for purpose, calls, failures, read, written, cost in summed.values_list(
            "purpose", *(f"all_{name}" for name in names)
        )
    ]
    return sorted(found, key=lambda each: -each.tokens)

"""Row B11: distinctness of a thousand ads from the bench pool, and whether capacity is told right. No media."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.run import Figure, Row
from creative.bulk.account import AccountHistory
from creative.bulk.capacity import Capacity, capacity
from creative.bulk.contracts import ACCOUNT_LIMIT, STRICT_LIMIT, Choice, Mix, SlotPlan, SlotPool, Stretch, Tune
from creative.bulk.search import search
from creative.bulk.similarity import STRUCTURE_WEIGHT, fingerprint, picture_share
from creative.bulk.tables import fewest_of_a_conflict, picture_table
from creative.contracts import ROLES

SIZES = (20, 20, 20, 20, 20, 10)
FRAMES = (144, 160, 160, 160, 128, 144)
TUNES = 4
ADS = 1000
CAPACITY_ERROR = 0.20
NOW = dt.datetime(2026, 1, 8, tzinfo=dt.UTC)


def bench_plan(scale: float = 1.0) -> SlotPlan:
    """The pool of the targets: every clip different, one shot to a slot."""
    slots = tuple(
        SlotPool(ROLES[at], frames, (), tuple(_choice(at, number, frames) for number in range(round(size * scale))))
        for at, (size, frames) in enumerate(zip(SIZES, FRAMES, strict=True))
    )
    return SlotPlan(slots, tuple(Tune(f"{n}.wav", str(n), f"tune {n}") for n in range(TUNES)), "zh")


def _choice(slot: int, number: int, frames: int) -> Choice:
    return Choice(0, (), (Stretch(f"clip-{slot}-{number}", 0, frames, f"look-{slot}-{number}"),))


def measure_b11(small: bool, folder: Path) -> Figure:
    """Worst pair of all pairs by the exact reference, account similarity, and capacity against a search."""
    plan = bench_plan(0.3 if small else 1.0)
    wanted = 40 if small else ADS
    found, search_seconds = _timed(lambda: search(plan, wanted, "strict", seed=1))
    second, second_seconds = _timed(lambda: search(plan, wanted, "strict", seed=2, taken=found.mixes))
    told, capacity_seconds = _timed(lambda: capacity(plan))
    to_exhaustion, exhaustion_seconds = _timed(lambda: search(plan, 10**6, "strict", seed=9))
    table = picture_table(plan)
    error = told.ads / len(to_exhaustion.mixes) - 1
    worst = worst_of_all(plan, found.mixes)
    account = _account_similarity(plan, (*found.mixes, *second.mixes))
    behind = {
        "ads": len(found.mixes),
        "account_similarity": account,
        "worst_pair_as_told": found.worst_pair.similarity if found.worst_pair else None,
        "second_batch": len(second.mixes),
        "repeated_in_second": len({mix.choices for mix in found.mixes} & {mix.choices for mix in second.mixes}),
        "capacity": told.ads,
        "found_to_exhaustion": len(to_exhaustion.mixes),
        "no_search_finds_more_than": int(fewest_of_a_conflict(table, table.reaching(STRICT_LIMIT))),
        "capacity_error": round(error, 3),
        "advice": _in_words(told),
        "search_cpu_seconds": search_seconds,
        "second_cpu_seconds": second_seconds,
        "capacity_cpu_seconds": capacity_seconds,
        "exhaustion_cpu_seconds": exhaustion_seconds,
    }
    reached = worst < STRICT_LIMIT and account < ACCOUNT_LIMIT and abs(error) <= CAPACITY_ERROR
    return Figure(worst, "worst pair", reached and len(found.mixes) == wanted, behind)


def worst_of_all(plan: SlotPlan, mixes: tuple[Mix, ...]) -> float:
    """The highest s of all pairs, each compared by the reference."""
    ads = [fingerprint(plan, mix) for mix in mixes]
    return max(STRUCTURE_WEIGHT, max(picture_share(one, other) for n, one in enumerate(ads) for other in ads[:n]))


def _account_similarity(plan: SlotPlan, mixes: tuple[Mix, ...]) -> float:
    """As if both batches went out on one day."""
    history = AccountHistory()
    for mix in mixes:
        history.add(fingerprint(plan, mix), NOW)
    return history.estimate(NOW).similarity


def _in_words(told: Capacity) -> str:
    advice = "; ".join(f"{each.more} more {each.role} shots would make it {each.ads}" for each in told.advice)
    return f"{told.clips} clips carry {told.ads} distinct ads; {advice}"


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    before = time.process_time()
    return work(), round(time.process_time() - before, 2)


ROWS = [
    Row(
        "B11",
        "distinctness of 1,000 ads from the bench pool",
        "nobody controls it",
        "worst pair < 0.5; account < 10 %; capacity ± 20 %",
        measure_b11,
    )
]

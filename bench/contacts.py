"""Row C4: contact extraction on a thousand labelled messages, right or wrong, and what a message costs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from agentbot.contacts import find_contacts
from bench.contact_cases import Case, fresh_cases, held_out_cases, tuned_cases
from bench.run import Figure, Row

RECALL = 0.98
PRECISION = 0.995
MICROSECONDS = 200
ROUNDS = 5


@dataclass(frozen=True)
class Tally:
    """How a set of cases was read; `wrong` are the messages that were not."""

    recall: float
    precision: float
    wrong: tuple[str, ...]


def tally(cases: Sequence[Case]) -> Tally:
    """Recall and precision over (type, value, status) of all contacts."""
    right = asked = given = 0
    wrong: list[str] = []
    for case in cases:
        got = frozenset((each.type, each.value, each.status) for each in find_contacts(case.text))
        right += len(got & case.contacts)
        asked += len(case.contacts)
        given += len(got)
        if got != case.contacts:
            wrong.append(case.text)
    return Tally(right / max(1, asked), right / max(1, given), tuple(wrong))


def microseconds(cases: Sequence[Case]) -> float:
    """CPU per message, mean over all, the best of some rounds: the machine has others at work."""
    return min(_round(cases) for _ in range(ROUNDS))


def _round(cases: Sequence[Case]) -> float:
    began = time.process_time()
    for case in cases:
        find_contacts(case.text)
    return (time.process_time() - began) / len(cases) * 1e6


def measure_c4(small: bool, folder: Path) -> Figure:
    """All three sets together; each for itself lies behind the figure."""
    sets = {"tuned": tuned_cases(), "held_out": held_out_cases(), "fresh": fresh_cases()}
    sets = {name: cases[:40] if small else cases for name, cases in sets.items()}
    everything = [case for cases in sets.values() for case in cases]
    told, cost = tally(everything), microseconds(everything)
    behind = {
        "cases": len(everything),
        "precision": told.precision,
        "microseconds": round(cost, 1),
        "wrong": told.wrong,
    }
    each = {name: {"recall": tally(cases).recall, "precision": tally(cases).precision} for name, cases in sets.items()}
    reached = told.recall >= RECALL and told.precision >= PRECISION and cost <= MICROSECONDS
    return Figure(told.recall, "recall", reached, behind | each)


ROWS = [
    Row(
        "C4",
        "contact extraction, 1,000 cases",
        "phonenumbers misses whole classes",
        "recall ≥ 98 %, precision ≥ 99.5 %, ≤ 200 µs",
        measure_c4,
    )
]

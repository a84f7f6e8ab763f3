"""The merged text goes through the guards; what cannot be mended is said in words that promise nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from agentbot import guards
from agentbot.contracts import Knowledge
from agentbot.merging import Line


def guarded(
    lines: Sequence[Line], knowledge: Knowledge, sources: Sequence[str], today: dt.date, known_contacts: Sequence[str],
    deferral: str,
) -> tuple[list[Line], tuple[str, ...]]:
    """`lines` fit to be sent, and what was found. A line that stays unfit becomes `deferral` once, then goes."""
    kept: list[Line] = []
    findings: list[str] = []
    is_deferred = False
    for line in lines:
        found = guards.check(line.text, knowledge, tuple(sources), today, tuple(known_contacts))
        if not found:
            kept.append(line)
            continue
        findings += found
        if not is_deferred and not line.asks_contact:
            kept.append(Line(deferral, line.author))
            is_deferred = True
    return kept, tuple(findings)

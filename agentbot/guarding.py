"""Holds everything a turn is about to say against the guards; what cannot stand is mended or left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agentbot import guards
from agentbot.contracts import Knowledge
from agentbot.language import join
from agentbot.merging import Line


@dataclass(frozen=True)
class Grounds:
    """What a turn's words may rest on."""

    knowledge: Knowledge
    sources: tuple[str, ...]
    today: dt.date
    contacts: tuple[str, ...] = ()
    visitor_texts: tuple[str, ...] = ()
    has_follow_up: bool = False
    by_model: bool = False

    def findings(self, text: str) -> tuple[str, ...]:
        """What the guards hold against `text`."""
        return guards.check(
            text, self.knowledge, self.sources, self.today, self.contacts,
            visitor_texts=self.visitor_texts, has_follow_up=self.has_follow_up, by_model=self.by_model,
        )  # fmt: skip

    def mended(self, text: str) -> str:
        return guards.mend(
            text, self.knowledge, self.sources, self.today, self.contacts,
            visitor_texts=self.visitor_texts, has_follow_up=self.has_follow_up, by_model=self.by_model,
        )  # fmt: skip


def guarded(lines: Sequence[Line], grounds: Grounds) -> tuple[list[Line], tuple[str, ...]]:
    """`lines` fit to be sent, and what was found in them.

    Looked at as a whole first, since a figure may belong to a line before it; only where something
    is found is each line held up alone. An ask that does not stand is left out, never half said.
    """
    findings = grounds.findings(join([line.text for line in lines if line.text]))
    if not findings:
        return list(lines), ()
    kept: list[Line] = []
    said: set[str] = set()
    for line in lines:
        text = line.text if not grounds.findings(line.text) else "" if line.asks_contact else grounds.mended(line.text)
        if text and text not in said:
            kept.append(replace(line, text=text))
            said.add(text)
    empty = {guards.nothing_left("zh-CN"), guards.nothing_left("en")}
    full = [line for line in kept if line.text not in empty]
    return (full if any(not line.asks_contact for line in full) else kept), findings

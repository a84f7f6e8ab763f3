"""The guards over a whole text, and mending what they find."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from agentbot.contracts import Knowledge
from agentbot.guards.backing import Backing, backing, finding_for, names_text, quoted_text
from agentbot.guards.figures import figures
from agentbot.guards.grounding import is_ungrounded
from agentbot.guards.reach import ask_findings, is_ask, whose
from agentbot.guards.words import word_findings
from agentbot.language import join, sentences
from agentbot.pre_pass.shapes import plain
from core.claims.flat import fold
from core.contracts import Language

_OF_FIGURES = ("unbound-number", "stale-price", "wrong-item", "unbacked")
_DEFERRAL: dict[Language, str] = {
    "zh-CN": "具体价格和时间以门店报价为准。",
    "en": "For exact figures, the shop's quote applies.",
}
_NOTHING_LEFT: dict[Language, str] = {
    "zh-CN": "这一点以门店确认为准。",
    "en": "The shop can confirm that for you.",
}


@dataclass(frozen=True)
class _Ground:
    """What the sentences of one text are held against."""

    known: Backing
    knowledge: Knowledge
    language: Language
    contacts: tuple[str, ...]
    has_follow_up: bool
    by_model: bool


def check(
    text: str,
    knowledge: Knowledge,
    sources: Sequence[str],
    today: dt.date,
    known_contacts: Sequence[str] = (),
    *,
    visitor_texts: Sequence[str] = (),
    has_follow_up: bool = False,
    by_model: bool = False,
    canary: str = "",
) -> tuple[str, ...]:
    """What is wrong with a text about to be sent, as `rule: words`; empty where all is well.

    `sources` are the ids of articles and prices the text quotes; `known_contacts` the person's own values;
    `visitor_texts` what the visitor said, so that their budget may be said back; `has_follow_up` whether one is
    planned (or a person was called), so that "a colleague will call" is true; `by_model` whether a model
    wrote it freely, so that each sentence has to stand in approved words; `canary` words of the system's
    that may never appear.
    """
    ground = _ground(text, knowledge, sources, today, known_contacts, visitor_texts, has_follow_up, by_model)
    pieces = sentences(text)
    found = [finding for at in range(len(pieces)) for finding in _of_sentence(pieces, at, ground)]
    if canary and canary.lower() in text.lower():
        found.append("system-text: canary")
    return tuple(dict.fromkeys(found))


def mend(
    text: str,
    knowledge: Knowledge,
    sources: Sequence[str],
    today: dt.date,
    known_contacts: Sequence[str] = (),
    *,
    visitor_texts: Sequence[str] = (),
    has_follow_up: bool = False,
    by_model: bool = False,
    canary: str = "",
) -> str:
    """`text` without the sentences that `check` finds fault with; the first with a figure becomes a deferral.

    Never empty; what comes back passes `check`.
    """
    ground = _ground(text, knowledge, sources, today, known_contacts, visitor_texts, has_follow_up, by_model)
    pieces = sentences(text)
    kept: list[str] = []
    line = deferral(ground.language)
    for at, piece in enumerate(pieces):
        findings = list(_of_sentence(pieces, at, ground))
        if canary and canary.lower() in piece.lower():
            continue
        if not findings:
            kept.append(piece)
        elif any(finding.startswith(_OF_FIGURES) for finding in findings) and line not in kept:
            kept.append(line)
    mended = join(kept) or _NOTHING_LEFT[ground.language]
    if mended == text:
        return text
    again = check(
        mended, knowledge, sources, today, known_contacts,
        visitor_texts=visitor_texts, has_follow_up=has_follow_up, by_model=by_model, canary=canary,
    )  # fmt: skip
    return line if again else mended


def deferral(language: Language) -> str:
    """What is said instead of a figure nobody approved."""
    return _DEFERRAL[language]


def nothing_left(language: Language) -> str:
    """What is said where no sentence of a line could stand."""
    return _NOTHING_LEFT[language]


def _ground(
    text: str, knowledge: Knowledge, sources: Sequence[str], today: dt.date, contacts: Sequence[str],
    said: Sequence[str], has_follow_up: bool, by_model: bool,
) -> _Ground:  # fmt: skip
    language: Language = "zh-CN" if re.search(r"[\u3400-\u9fff]", text) else "en"
    return _Ground(
        backing(knowledge, sources, today, said), knowledge, language, tuple(contacts), has_follow_up, by_model
    )


def _of_sentence(pieces: Sequence[str], at: int, ground: _Ground) -> list[str]:
    sentence = pieces[at]
    flat = fold(sentence).text
    found, taken = whose(flat, names_text(ground.knowledge), ground.contacts)
    context = " ".join(pieces[:at])
    for figure in figures(flat, ground.language):
        if all(figure.end <= start or figure.start >= end for start, end in taken):
            finding = finding_for(figure, flat, context, ground.known)
            found += [finding] if finding else []
    found += word_findings(
        sentence, ground.knowledge.vertical, ground.language, ground.has_follow_up, quoted_text(ground.known)
    )
    if (
        ground.by_model
        and not found
        and is_ungrounded(sentence, _approved(ground.known), ground.knowledge.vertical, ground.language)
    ):
        found.append("ungrounded")
    beside = [piece for piece in (*pieces[max(0, at - 1) : at], *pieces[at + 1 : at + 2]) if not is_ask(plain(piece))]
    found += ask_findings(sentence, " ".join([sentence, *beside]))
    return found


def _approved(known: Backing) -> list[str]:
    return [quoted_text(known), known.said]

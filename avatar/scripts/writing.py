"""A room's script from its product's facts: what a host says in a lap, in several ways of saying it."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from avatar.contracts import ScriptLine
from avatar.scripts.checking import check_line
from avatar.scripts.frames import FRAMES, ORDER
from avatar.scripts.marks import as_line, parse_marks
from core.claims import valid_facts
from core.clock import system_clock
from core.contracts import Fact
from core.llm.base import LanguageModel
from core.llm.gateway import language_model
from creative.api import short_name, write_script
from creative.contracts import ROLES, BriefData, Role, ScriptDraft, SlotBudget

LAPS = 4
Told = Callable[[], None]
"""Hears that one more lap is written; may be called from several threads."""
_STYLES = ("warm", "plain", "expert", "story")
_SECONDS: dict[Role, tuple[float, float, float]] = {
    "hook": (3.2, 1.5, 5.0),
    "pain": (4.0, 2.0, 6.5),
    "selling_point": (4.8, 2.5, 8.0),
    "proof": (4.8, 2.5, 8.0),
    "offer": (5.0, 2.5, 8.0),
    "cta": (4.2, 2.0, 7.0),
}
"""Role → (wanted, least, most) seconds of a sentence: a host takes more time than an ad."""
_END_MARK = re.compile(r"[。！？!?.…]$")


@dataclass(frozen=True)
class Script:
    """Laps of one script, line for line about the same thing; every line checked, none twice in a lap.

    `engine` is "phrasebook" or "llm:<model>"; `fallback_reason` says why the phrasebook stood in. `roles` are the names
    (of ORDER) of a lap's lines, () where nobody named them.
    """

    laps: tuple[tuple[ScriptLine, ...], ...]
    engine: str
    degraded: tuple[str, ...] = ()
    fallback_reason: str = ""
    roles: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[ScriptLine, ...]:
        return self.laps[0]


def generate_script(
    brief: BriefData,
    persona: str,
    seed: int,
    laps: int = LAPS,
    today: dt.date | None = None,
    suggests: bool = True,
    model: LanguageModel | None = None,
    uses_model: bool = True,
    told: Told = lambda: None,
) -> Script:
    """A script of at most 15 sentences a lap from the brief's facts, by the language model where one is configured.

    `persona` is the host's name as it says it; `model` writes instead of the configured one. The same
    arguments (and the same day) give the same phrasebook script. Lines that advertising law or
    missing facts forbid are left out; without `suggests` only the marks of the frames stand in the lines. Without
    `uses_model` the phrasebook writes at once; `told` hears of every lap that is written.
    """
    day = today or system_clock.now().date()
    written = written_laps(brief, persona, seed, max(laps, 1), day, model, uses_model, told)
    first = written.laps[0]
    places = [place for place in range(len(ORDER)) if first[place]]
    made = tuple(
        tuple(
            as_line(number, lap[place] or first[place], brief.language, suggests=suggests)
            for number, place in enumerate(places)
        )
        for lap in written.laps
    )
    roles = tuple(ORDER[place] for place in places)
    return Script(made, written.engine, written.degraded, written.fallback_reason, roles)


@dataclass(frozen=True)
class WrittenLaps:
    """For each lap a written line for each place of ORDER, "" where nothing may be said there."""

    laps: tuple[tuple[str, ...], ...]
    engine: str
    degraded: tuple[str, ...]
    fallback_reason: str


def written_laps(
    brief: BriefData,
    persona: str,
    seed: int,
    laps: int,
    day: dt.date,
    model: LanguageModel | None = None,
    uses_model: bool = True,
    told: Told = lambda: None,
) -> WrittenLaps:
    """Every line a host may say of the brief's product, by place; the first step of `generate_script`."""
    writer = (model or language_model(brief.advertiser)) if uses_model else None
    drafts = _drafts(brief, seed, laps, writer, told)
    written = tuple(tuple(_lap(brief, persona, seed, lap, draft, day)) for lap, draft in enumerate(drafts))
    degraded = tuple(dict.fromkeys(each for draft in drafts for each in draft.degraded))
    reason = next((draft.fallback_reason for draft in drafts if draft.fallback_reason), "")
    return WrittenLaps(written, drafts[0].engine, degraded, reason)


def _drafts(brief: BriefData, seed: int, laps: int, model: LanguageModel | None, told: Told) -> list[ScriptDraft]:
    """A draft a lap. A model writes them side by side: nobody waits for four in turn before going on air."""
    if model is None:
        return [_draft(brief, seed, None, told, lap) for lap in range(laps)]
    with ThreadPoolExecutor(max_workers=laps) as pool:
        return list(pool.map(partial(_draft, brief, seed, model, told), range(laps)))


def _draft(brief: BriefData, seed: int, model: LanguageModel | None, told: Told, lap: int) -> ScriptDraft:
    roles = [role for role in ORDER if role in ROLES]
    budgets = [SlotBudget(role, *_SECONDS[role]) for role in roles]
    style, own_seed = _STYLES[lap % len(_STYLES)], seed * 101 + lap * 7
    draft = write_script(brief, budgets, style=style, seed=own_seed, model=model, uses_model=model is not None)
    told()
    return draft


def _lap(brief: BriefData, persona: str, seed: int, lap: int, draft: ScriptDraft, day: dt.date) -> list[str]:
    """A written line for each place of ORDER; "" where nothing may be said there."""
    said: set[str] = set()
    by_role = {role: iter([line.text for line in draft.lines if line.role == role]) for role in ROLES}
    fields = _fields(brief, persona, lap, day)
    lines: list[str] = []
    for place, name in enumerate(ORDER):
        options: Iterator[str] = by_role[name] if name in by_role else _framed(name, brief, fields, seed + place, lap)
        line = next((each for each in options if _may_say(each, said, brief, day)), "")
        said.add(_bare(line))
        lines.append(_closed(line, brief.language) if line else "")
    return lines


def _framed(name: str, brief: BriefData, fields: dict[str, str], seed: int, lap: int) -> Iterator[str]:
    """The frames of this name, beginning with the one this lap has a right to."""
    frames = list(FRAMES[brief.language][name])
    random.Random(f"{name}|{seed}").shuffle(frames)
    for number in range(len(frames)):
        frame = frames[(lap + number) % len(frames)]
        wanted = re.findall(r"\{(persona|name|one|two|call)\}", frame)
        if all(fields.get(field) for field in wanted):
            yield re.sub(r"\{(persona|name|one|two|call)\}", lambda match: fields[match[1]], frame)


def _fields(brief: BriefData, persona: str, lap: int, day: dt.date) -> dict[str, str]:
    product = brief.product
    facts = _sayable(brief, day)
    turned = facts[lap * 2 % len(facts) :] + facts[: lap * 2 % len(facts)] if facts else []
    one, two = (*turned[:2], "", "")[:2] if len(turned) > 1 else ("", "")
    name = short_name(product.name, brief.language) or product.name
    return {"persona": persona, "name": name, "one": one, "two": two, "call": product.cta.rstrip("。.!！")}


def _sayable(brief: BriefData, day: dt.date) -> list[str]:
    """Short facts as worded, those that may be said."""
    texts = [_trim(fact) for fact in valid_facts(brief.product.facts, day)]
    longest = 18 if brief.language == "zh-CN" else 60
    return [text for text in texts if text and len(text) <= longest and not _problems(text, brief, day)]


def _trim(fact: Fact) -> str:
    return fact.text.strip().rstrip("。.!！,，;；").strip()


def _may_say(written: str, said: set[str], brief: BriefData, day: dt.date) -> bool:
    text = parse_marks(written).text
    return _bare(written) not in said and not _problems(text, brief, day)


def _problems(text: str, brief: BriefData, day: dt.date) -> Sequence[object]:
    return check_line(text, brief.all_facts(), brief.language, brief.platform, day)


def _bare(written: str) -> str:
    return re.sub(r"\{[^{}]*\}|\W", "", written).lower()


def _closed(line: str, language: str) -> str:
    """The line with a mark at its end, which the voice needs to fall."""
    line = line.rstrip("，,、；; ")
    if _END_MARK.search(line):
        return line
    return line + ("。" if language == "zh-CN" else ".")

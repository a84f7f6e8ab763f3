"""A human host's script for this product: what may be said stays as it was said, the rest is written anew."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from avatar.contracts import ScriptLine
from avatar.scripts.checking import LineProblem, bound_facts, check_line
from avatar.scripts.frames import ORDER
from avatar.scripts.marks import as_line, parse_marks
from avatar.scripts.writing import LAPS, Script, written_laps
from core.clock import system_clock
from core.contracts import Language
from core.llm.base import LanguageModel
from creative.contracts import BriefData

_ROLES: dict[Language, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "zh-CN": (
        ("cta", re.compile(r"链接|下单|点进|购物车|小黄车|去拍")),
        ("offer", re.compile(r"价|[¥￥]|\d元|优惠|半价|券|立减|只要|便宜")),
        ("opening", re.compile(r"欢迎|大家好|哈喽")),
        ("proof", re.compile(r"检测|报告|认证|标签|产地|专利|证书|第一|最")),
        ("pain", re.compile(r"[？?]")),
    ),
    "en": (
        ("cta", re.compile(r"\b(?:link|cart|tap|order|click)\b", re.IGNORECASE)),
        ("offer", re.compile(r"[$€£]|\b(?:price|offer|discount|coupon|half price|deal)\b", re.IGNORECASE)),
        ("opening", re.compile(r"\b(?:welcome|hello|hi everyone)\b", re.IGNORECASE)),
        ("proof", re.compile(r"\b(?:tested|report|certified|label|award|best)\b", re.IGNORECASE)),
        ("pain", re.compile(r"\?")),
    ),
}
_SAYS_AI = re.compile(r"人工智能|数字人|\bAI\b|artificial intelligence", re.IGNORECASE)
_OTHERWISE = ("selling_point", "proof", "pain", "recap")


@dataclass(frozen=True)
class Adapted:
    """`script` in several laps; `replaced` says line by line (from 1, as it was handed in) why it was not kept."""

    script: Script
    replaced: tuple[LineProblem, ...]


def adapt_script(
    lines: Sequence[str],
    brief: BriefData,
    persona: str,
    seed: int,
    today: dt.date | None = None,
    suggests: bool = True,
    model: LanguageModel | None = None,
) -> Adapted:
    """The host's `lines` (marks as written) with every one that may not be said replaced by one of its kind.

    A script that never says it is an AI, names no price or points at no link gets those lines too.
    The laps differ in the lines that were written anew. InputError for a mark that is none.
    """
    day = today or system_clock.now().date()
    written = written_laps(brief, persona, seed, LAPS, day, model)
    facts = brief.all_facts()
    texts = [parse_marks(line, f"line {number}").text for number, line in enumerate(lines, 1)]
    problems = [
        check_line(text, facts, brief.language, brief.platform, day, number) for number, text in enumerate(texts, 1)
    ]
    kept = [text for text, found in zip(texts, problems, strict=True) if not found]
    repeats = _repeats(kept, written.laps[0], brief, day)
    plan = _Plan(written.laps[0], repeats, brief.language)
    for line, text, found in zip(lines, texts, problems, strict=True):
        plan.replace(text) if found else plan.keep(line, text)
    plan.complete()
    laps = tuple(_lap(plan.items, lap, written.laps[0], brief.language, suggests) for lap in written.laps)
    used_new = any(isinstance(item, int) for item in plan.items)
    distinct = laps if used_new else laps[:1]
    script = Script(distinct, written.engine, written.degraded if used_new else ())
    return Adapted(script, tuple(each for found in problems for each in found))


def _repeats(kept: Sequence[str], written: Sequence[str], brief: BriefData, day: dt.date) -> list[int]:
    """How many facts of the kept lines each written one would say once more."""

    def facts_of(text: str) -> set[str]:
        return set(bound_facts(parse_marks(text).text, brief.all_facts(), brief.language, day))

    said = {fact for text in kept for fact in facts_of(text)}
    return [len(said & facts_of(line)) for line in written]


class _Plan:
    """What is said in order: a line as handed in, or a place of ORDER to be filled by the writer."""

    def __init__(self, written: Sequence[str], repeats: Sequence[int], language: Language) -> None:
        self.items: list[str | int] = []
        self.language = language
        free = [place for place in range(len(ORDER)) if written[place]]
        self._free = sorted(free, key=lambda place: repeats[place])
        self._roles: set[str] = set()
        self._says_ai = False

    def keep(self, line: str, text: str) -> None:
        self.items.append(line)
        self._roles.add(self._role(text))
        self._says_ai = self._says_ai or (len(self.items) <= 2 and _SAYS_AI.search(text) is not None)

    def replace(self, text: str) -> None:
        role = self._role(text)
        self._put(len(self.items), role, *_OTHERWISE)

    def complete(self) -> None:
        """The lines that no live room goes without."""
        if not self._says_ai:
            self._put(0, "opening")
        for role in ("offer", "cta"):
            if role not in self._roles:
                self._put(len(self.items), role)

    def _put(self, at: int, *names: str) -> None:
        place = next((place for name in names for place in self._free if ORDER[place] == name), None)
        if place is not None:
            self._free.remove(place)
            self.items.insert(at, place)
            self._roles.add(ORDER[place])
            self._says_ai = self._says_ai or ORDER[place] == "opening"

    def _role(self, text: str) -> str:
        return next((role for role, pattern in _ROLES[self.language] if pattern.search(text)), "selling_point")


def _lap(
    items: Sequence[str | int], lap: Sequence[str], first: Sequence[str], language: Language, suggests: bool
) -> tuple[ScriptLine, ...]:
    texts = [item if isinstance(item, str) else lap[item] or first[item] for item in items]
    return tuple(as_line(number, text, language, suggests=suggests) for number, text in enumerate(texts))

"""Writing a script with a language model: ask, read strictly, judge, have single lines repaired.

The model never sees the reference's words, only what each of its slots sets out to do: it
cannot copy what it was not shown, and nobody's subtitles can give it orders.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.claims.facts import valid_facts
from core.clock import Clock, system_clock
from core.errors import TerminalError
from core.llm.base import Completion, LanguageModel, Message, Priority
from core.llm.prompts import fenced
from core.llm.strict_json import NotStrictJson
from creative.contracts import BriefData, ScriptDraft, SlotBudget
from creative.prompts import prompt
from creative.references.intents import sentence
from creative.rewriting.lengths import EN_SYLLABLES_A_SECOND, ZH_SYLLABLES_A_SECOND
from creative.rewriting.llm_answer import WrittenLine, read_script, script_schema
from creative.rewriting.llm_policy import Judged, Task, judge
from creative.rewriting.originality import measure

WHOLE_TRIES = 3
REPAIR_ROUNDS = 2
WHOLE_PROMPT, REPAIR_PROMPT = "script-1", "script-repair-1"
_STYLES = {
    "plain": "plain and direct",
    "expert": "someone who knows the trade",
    "warm": "warm and unhurried",
    "fast": "fast, very short sentences",
    "story": "told as a small story",
}
_MAX_RAW = 20_000


class ScriptFailure(TerminalError):
    """The language model gave no script that may be used; `raw` is what it said."""

    code = "script_failed"

    def __init__(self, reason: str, raw: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.raw = raw[-_MAX_RAW:]


@dataclass
class _Talk:
    """One conversation with the model: what was said so far and every raw answer."""

    model: LanguageModel
    task: Task
    facts: tuple[str, ...]
    messages: list[Message]
    priority: Priority
    answers: list[str] = field(default_factory=list)

    def ask(self, prompt_name: str, budgets: Sequence[SlotBudget], tries: int) -> tuple[WrittenLine, ...]:
        """Lines for `budgets`; ScriptFailure when `tries` answers were not of the form asked for."""
        longest = [_longest(budget, self.task.brief) for budget in budgets]
        room = 200 + sum(3 * most + 160 for most in longest)
        reason = ""
        for number in range(tries):
            completion = self._complete(prompt_name, longest, room, number)
            reason = _why_unusable(completion)
            if not reason:
                try:
                    return read_script(completion.text, longest, self.facts)
                except NotStrictJson as error:
                    reason = f"the answer is not of the form asked for: {error}"
            elif completion.finish_reason == "length":
                room *= 2
        raise ScriptFailure(reason, self.raw)

    def _complete(self, prompt_name: str, longest: Sequence[int], room: int, number: int) -> Completion:
        completion = self.model.complete(
            self.messages,
            schema=script_schema(longest, self.facts),
            priority=self.priority,
            max_tokens=min(room, 8000),
            temperature=0.8,
            seed=(self.task.seed * 31 + number + 7 * len(self.answers)) % 2**31,
            prompt=prompt_name,
        )
        self.answers.append(completion.text)
        return completion

    @property
    def raw(self) -> str:
        return "\n---\n".join(self.answers)


def write_script(
    brief: BriefData,
    budgets: Sequence[SlotBudget],
    style: str,
    seed: int,
    reference_text: str = "",
    *,
    model: LanguageModel,
    reference_brands: Sequence[str] = (),
    avoid_hooks: Sequence[str] = (),
    clock: Clock = system_clock,
    priority: Priority = Priority.SCRIPT,
) -> ScriptDraft:
    """A checked script by `model`, one line a budget.

    Raises ScriptFailure when the model gives nothing that may go out, and core.llm's errors
    when it cannot be asked.
    """
    task = Task(brief, tuple(budgets), style, seed, reference_text, tuple(reference_brands), tuple(avoid_hooks))
    today = clock.now().date()
    facts = tuple(fact.id for fact in valid_facts(brief.all_facts(), today))
    talk = _Talk(model, task, facts, [Message("user", _request(task, today))], priority)
    judged = judge(task, talk.ask(WHOLE_PROMPT, task.budgets, WHOLE_TRIES), today)
    for _ in range(REPAIR_ROUNDS):
        if not any(each.problems for each in judged):
            break
        judged = _repair(talk, judged, today)
    blocked = [each for each in judged if each.blocks]
    if blocked:
        raise ScriptFailure(f"{blocked[0].line.role}: {'; '.join(blocked[0].problems)}", talk.raw)
    return _draft(task, judged, model)


def _draft(task: Task, judged: Sequence[Judged], model: LanguageModel) -> ScriptDraft:
    lines = tuple(each.line for each in judged)
    texts = [line.text for line in lines]
    originality = measure(texts, task.reference_text, task.brief.language, task.reference_brands)
    return ScriptDraft(lines, task.style, f"llm:{model.name}", task.seed, originality)


def _repair(talk: _Talk, judged: Sequence[Judged], today: dt.date) -> tuple[Judged, ...]:
    """The lines with problems written anew. A repair that is no better is dropped; one that
    cannot be read leaves the script as it was, and counts as the round."""
    wrong = [place for place, each in enumerate(judged) if each.problems]
    budgets = [talk.task.budgets[place] for place in wrong]
    said = fenced([_problem(place, judged[place], talk.task) for place in wrong])
    request = prompt(REPAIR_PROMPT, problems=said, count=len(wrong))
    start = talk.messages
    talk.messages = [*start, Message("assistant", _as_said(judged)), Message("user", request)]
    try:
        written = talk.ask(REPAIR_PROMPT, budgets, tries=1)
    except ScriptFailure:
        return tuple(judged)
    finally:
        talk.messages = start
    lines = [WrittenLine(each.line.text, each.line.fact_ids, each.line.words[:5]) for each in judged]
    for place, line in zip(wrong, written, strict=True):
        lines[place] = line
    anew = judge(talk.task, lines, today)
    return tuple(new if _is_better(new, old) else old for new, old in zip(anew, judged, strict=True))


def _is_better(new: Judged, old: Judged) -> bool:
    return (new.blocks, len(new.problems)) <= (old.blocks, len(old.problems))


def _as_said(judged: Sequence[Judged]) -> str:
    return fenced([each.line.text for each in judged])


def _problem(place: int, judged: Judged, task: Task) -> dict[str, object]:
    return {
        **_slot(place, task.budgets[place], task.brief),
        "your_line": judged.line.text,
        "wrong": list(judged.problems),
    }


def _why_unusable(completion: Completion) -> str:
    reasons = {"length": "the answer was cut off", "refusal": "the model declined to write"}
    return reasons.get(completion.finish_reason, "")


def _request(task: Task, today: dt.date) -> str:
    brief = task.brief
    is_chinese = brief.language == "zh-CN"
    facts = valid_facts(brief.all_facts(), today)
    told = {
        "product": brief.product.name,
        "category": brief.product.category,
        "audience": brief.product.audience,
        "tone": brief.tone,
        "need": brief.need,
        "facts": [{"id": fact.id, "text": fact.text} for fact in facts],
        "taken_hooks": list(task.avoid_hooks),
    }
    return prompt(
        WHOLE_PROMPT,
        language_name="Mandarin Chinese (simplified characters)" if is_chinese else "English",
        unit="Chinese characters" if is_chinese else "words",
        brief=fenced(told),
        slots=fenced([_slot(place, budget, brief) for place, budget in enumerate(task.budgets)]),
        style=_STYLES.get(task.style, "plain and direct"),
    )


def _slot(place: int, budget: SlotBudget, brief: BriefData) -> dict[str, object]:
    rate = ZH_SYLLABLES_A_SECOND if brief.language == "zh-CN" else EN_SYLLABLES_A_SECOND / 1.5
    return {
        "slot": place + 1,
        "role": budget.role,
        "does": sentence(budget.intent),
        "min": max(2, math.ceil(budget.min_seconds * rate)),
        "max": max(3, math.floor(budget.max_seconds * rate)),
    }


def _longest(budget: SlotBudget, brief: BriefData) -> int:
    """Characters the schema allows: well above the budget, so that it only stops runaways."""
    return math.ceil(budget.max_seconds * (8 if brief.language == "zh-CN" else 24)) + 12

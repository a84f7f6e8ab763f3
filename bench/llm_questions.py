"""What the product asks a language model for scripts, caught on its way out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.test.utils import override_settings

from core.llm.base import Completion, LanguageModelDown, Message
from creative.brief import parse_brief
from creative.contracts import SlotBudget
from creative.rewriting.writer import STYLES, write

_BUDGETS = (
    SlotBudget("hook", 2.4, 1.4, 3.4),
    SlotBudget("selling_point", 2.8, 1.6, 4.2),
    SlotBudget("cta", 2.2, 1.2, 3.2),
)
BRIEF = "demo/brief.yaml"


class _Catch:
    """A model that keeps the first question and is down."""

    name = "catch"

    def __init__(self) -> None:
        self.questions: list[dict[str, Any]] = []

    def complete(self, messages: Sequence[Message], **named: Any) -> Completion:
        self.questions.append({"messages": tuple(messages), **named})
        raise LanguageModelDown("only listening")


def script_questions(count: int) -> list[dict[str, Any]]:
    """Arguments of `complete` for the first question of `count` scripts, no two with the same seed."""
    brief, catch = parse_brief((settings.BASE_DIR / BRIEF).read_bytes()), _Catch()
    with override_settings(LLM_FALLBACK=False):
        for seed in range(count):
            try:
                write(brief, _BUDGETS, style=STYLES[seed % len(STYLES)], seed=seed, model=catch)
            except LanguageModelDown:
                continue
    return catch.questions

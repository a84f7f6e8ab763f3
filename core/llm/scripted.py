"""A language model that says what it was told to: the stand-in that ships with the product."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from core.llm.base import Completion, LanguageModelDown, Message, Priority, Schema, Usage

Answer = str | Completion | Exception | Callable[[Sequence[Message]], str]


@dataclass
class ScriptedModel:
    """Gives `answers` in order: texts, whole completions, errors to raise, or functions of the prompt.

    `repeats` answers the last one for ever; otherwise running out raises LanguageModelDown.
    `asked` keeps every prompt.
    """

    answers: list[Answer]
    name: str = "scripted"
    repeats: bool = False
    asked: list[tuple[Message, ...]] = field(default_factory=list)

    def __init__(self, answers: Iterable[Answer], name: str = "scripted", repeats: bool = False) -> None:
        self.answers = list(answers)
        self.name = name
        self.repeats = repeats
        self.asked = []

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Schema | None = None,
        max_tokens: int = 1024,
        temperature: float = 0.7,
        seed: int | None = None,
        priority: Priority = Priority.SCRIPT,
        timeout: float = 60.0,
        prompt: str = "",
    ) -> Completion:
        self.asked.append(tuple(messages))
        answer = self._next()
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Completion):
            return answer
        text = answer if isinstance(answer, str) else answer(messages)
        return Completion(text, "stop", Usage(), self.name)

    def _next(self) -> Answer:
        if not self.answers:
            raise LanguageModelDown("the script has no more answers")
        return self.answers[0] if self.repeats and len(self.answers) == 1 else self.answers.pop(0)

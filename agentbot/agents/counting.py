"""A language model that counts the tokens of one turn."""

from __future__ import annotations

from typing import Any

from core.llm.base import Completion, LanguageModel


class CountedModel:
    """Asks `model`. What answers after the turn's own deadline is not counted."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._counts: list[int] = []

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def tokens(self) -> int:
        """Read and written so far, as the server counted them."""
        return sum(self._counts)

    def complete(self, *values: Any, **named: Any) -> Completion:
        completion = self._model.complete(*values, **named)
        self._counts.append(completion.usage.prompt_tokens + completion.usage.completion_tokens)
        return completion

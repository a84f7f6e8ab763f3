"""What a server answers, whole or in pieces, as a completion."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Any

from core.llm.base import Completion, LanguageModelBroken, Usage


@dataclass
class Gathering:
    """The pieces of a streamed answer of the model `asked`, put together."""

    asked: str
    texts: list[str] = field(default_factory=list)
    reason: str = ""
    model: str = ""
    usage: Usage = field(default_factory=Usage)

    def add(self, chunk: Any) -> str:
        """The text of one chunk, "" for one without."""
        self.model = str(getattr(chunk, "model", "") or self.model)
        if chunk.usage:
            self.usage = _tokens(chunk.usage)
        for choice in chunk.choices[:1]:
            refusal = getattr(choice.delta, "refusal", None)
            self.texts.append(choice.delta.content or refusal or "")
            self.reason = "refusal" if refusal else choice.finish_reason or self.reason
            return self.texts[-1]
        return ""

    def completion(self, text: str) -> Completion:
        """The whole of it, with `text` as its words; LanguageModelBroken where no reason for the end came."""
        if not self.reason:
            raise LanguageModelBroken("broke off inside its answer")
        reason = "refusal" if self.reason == "content_filter" else self.reason
        return Completion(text, reason, self.usage, self.model or self.asked)


class Answering:
    """An answer that is on its way: iterate for its words as they come. `completion` is there after the last.

    Leaving early (`close`, or an abort from another thread) ends the generating on the server.
    """

    def __init__(self, pieces: Generator[str, None, Completion]) -> None:
        self._pieces = pieces
        self.completion: Completion | None = None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            return next(self._pieces)
        except StopIteration as end:
            self.completion = end.value or self.completion
            raise

    def close(self) -> None:
        self._pieces.close()


def whole(answer: Any, asked: str) -> Completion:
    """The first choice; an answer without one is a broken server's."""
    choice = answer.choices[0]
    refusal = getattr(choice.message, "refusal", None)
    text = choice.message.content
    if not refusal and not isinstance(text, str):
        raise LanguageModelBroken("answered without text")
    reason = "refusal" if refusal or choice.finish_reason == "content_filter" else choice.finish_reason or "stop"
    usage = _tokens(answer.usage) if answer.usage else Usage()
    return Completion(refusal or text or "", reason, usage, str(getattr(answer, "model", "") or asked))


def _tokens(usage: Any) -> Usage:
    return Usage(usage.prompt_tokens or 0, usage.completion_tokens or 0)

"""What a language model is to the platform: a question in, a completion out, errors by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Literal, Protocol

from core.errors import RetryableError, TerminalError

Schema = Mapping[str, Any]
"""A JSON Schema the answer has to hold to."""


@dataclass(frozen=True)
class Message:
    """One turn of a prompt; `pictures` are JPEG, PNG or WebP files as bytes, for models that can look
    (`core.llm.capabilities`)."""

    role: Literal["system", "user", "assistant"]
    text: str
    pictures: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Usage:
    """Tokens as the server counted them; zeros where it does not say."""

    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.prompt_tokens + other.prompt_tokens, self.completion_tokens + other.completion_tokens)


@dataclass(frozen=True)
class Completion:
    """An answer. `finish_reason` "stop" means whole, "length" cut off, "refusal" declined."""

    text: str
    finish_reason: str
    usage: Usage
    model: str


class Priority(IntEnum):
    """Who goes first, here among those who wait and on a server that knows priorities (vLLM: the lower, the sooner).

    LIVE answers on air, TURN a visitor in a conversation, SCRIPT somebody who waits at a page; nobody waits for BULK.
    """

    LIVE = 0
    TURN = 2
    SCRIPT = 5
    BULK = 10


class LanguageModel(Protocol):
    """`name` is what records call it. `complete` raises LanguageModelError kinds only; `prompt` names the prompt
    with its version ("script-1"), for the books."""

    @property
    def name(self) -> str: ...

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
    ) -> Completion: ...


class LanguageModelDown(RetryableError):
    """The language model server cannot be reached or broke off the connection."""

    code = "llm_down"


class LanguageModelSlow(RetryableError):
    """The language model server did not answer in time."""

    code = "llm_slow"


class LanguageModelBusy(RetryableError):
    """The language model server asks to come back later; `retry_after` in seconds, 0 if unsaid."""

    code = "llm_busy"

    def __init__(self, reason: str, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class LanguageModelBroken(RetryableError):
    """The language model server failed inside (5xx) or answered with something that is no completion."""

    code = "llm_broken"


class LanguageModelDenied(TerminalError):
    """The language model server does not accept our key, or does not know the model."""

    code = "llm_denied"


class PromptTooLong(TerminalError):
    """The prompt and the room for the answer exceed what the model can hold."""

    code = "llm_prompt_too_long"


class RequestRefused(TerminalError):
    """The language model server says the request itself is wrong."""

    code = "llm_request_refused"


class CallAborted(TerminalError):
    """We broke the call off ourselves: nobody waits for its answer any more."""

    code = "llm_aborted"


LanguageModelError = (
    LanguageModelDown,
    LanguageModelSlow,
    LanguageModelBusy,
    LanguageModelBroken,
    LanguageModelDenied,
    PromptTooLong,
    RequestRefused,
    CallAborted,
)
"""Everything `complete` may raise, for an except clause."""

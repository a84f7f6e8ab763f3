"""A language model behind the OpenAI API (vLLM and anything that speaks like it)."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.errors import AdloomError
from core.llm.aborting import Abort
from core.llm.base import Completion, LanguageModelBroken, Message, Priority, Schema, Usage
from core.llm.http import client_for, errors_by_kind, timeout_of
from core.llm.ledger import CallRecord, Ledger
from core.llm.ledger import ledger as process_ledger
from core.llm.retrying import Retrier


@dataclass
class OpenAiModel:
    """Asks one model of one server. Safe to share between threads."""

    base_url: str
    model: str
    api_key: str = ""
    retrier: Retrier = field(default_factory=Retrier)
    ledger: Ledger = field(default_factory=lambda: process_ledger)
    sends_priority: bool = True
    """vLLM reads `priority`; set False for servers that refuse unknown fields."""
    abort: Abort | None = None
    """Breaks the calls of this copy off; the answer is streamed then, so that there is something to break."""

    @property
    def name(self) -> str:
        return self.model

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Schema | None = None,
        max_tokens: int = 1024,
        temperature: float = 0.7,
        seed: int | None = None,
        priority: Priority = Priority.PAGE,
        timeout: float = 60.0,
    ) -> Completion:
        """Ask, with retries where asking again can help. `timeout` seconds are for each try."""
        request: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": message.role, "content": _content(message)} for message in messages],
            "max_tokens": max_tokens,
            "temperature": temperature,
        }
        if seed is not None:
            request["seed"] = seed
        if schema is not None:
            request["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "answer", "schema": dict(schema), "strict": True},
            }
        if self.sends_priority:
            request["extra_body"] = {"priority": int(priority)}
        return self._booked(request, timeout)

    def _booked(self, request: dict[str, Any], timeout: float) -> Completion:
        began = time.monotonic()
        try:
            completion = self.retrier.run(lambda: self._ask_once(request, timeout))
        except AdloomError as error:
            self.ledger.book(CallRecord(self.model, error.code, Usage(), time.monotonic() - began), is_failure=True)
            raise
        took = time.monotonic() - began
        self.ledger.book(CallRecord(self.model, completion.finish_reason, completion.usage, took))
        return completion

    def _ask_once(self, request: dict[str, Any], timeout: float) -> Completion:
        with errors_by_kind():
            client = client_for(self.base_url, self.api_key)
            if self.abort is not None:
                return self._ask_streamed(client, request, timeout, self.abort)
            answer = client.chat.completions.create(**request, timeout=timeout_of(timeout))
            return _completion(answer, self.model)

    def _ask_streamed(self, client: Any, request: dict[str, Any], timeout: float, abort: Abort) -> Completion:
        streamed = {**request, "stream": True, "stream_options": {"include_usage": True}}
        answering = client.chat.completions.create(**streamed, timeout=timeout_of(timeout))
        with answering as stream, abort.watching(stream.response):
            return _gathered(stream, self.model)


def _content(message: Message) -> str | list[dict[str, Any]]:
    """Plain text, or the pictures as data URLs before it: nothing is fetched by the server."""
    if not message.pictures:
        return message.text
    kinds = ["png" if picture.startswith(b"\x89PNG") else "jpeg" for picture in message.pictures]
    coded = [base64.b64encode(picture).decode("ascii") for picture in message.pictures]
    urls = [f"data:image/{kind};base64,{text}" for kind, text in zip(kinds, coded, strict=True)]
    shown = [{"type": "image_url", "image_url": {"url": url}} for url in urls]
    return [*shown, {"type": "text", "text": message.text}]


def _gathered(stream: Iterable[Any], asked: str) -> Completion:
    """The pieces of a streamed answer as one."""
    texts: list[str] = []
    reason, model, usage = "", asked, Usage()
    for chunk in stream:
        model = str(getattr(chunk, "model", "") or model)
        if chunk.usage:
            usage = Usage(chunk.usage.prompt_tokens or 0, chunk.usage.completion_tokens or 0)
        for choice in chunk.choices[:1]:
            refusal = getattr(choice.delta, "refusal", None)
            texts.append(choice.delta.content or refusal or "")
            reason = "refusal" if refusal else choice.finish_reason or reason
    if not reason:
        raise LanguageModelBroken("broke off inside its answer")
    return Completion("".join(texts), "refusal" if reason == "content_filter" else reason, usage, model)


def _completion(answer: Any, asked: str) -> Completion:
    """The first choice; an answer without one is a broken server's."""
    choice = answer.choices[0]
    refusal = getattr(choice.message, "refusal", None)
    text = choice.message.content
    if not refusal and not isinstance(text, str):
        raise LanguageModelBroken("answered without text")
    usage = answer.usage
    tokens = Usage(usage.prompt_tokens or 0, usage.completion_tokens or 0) if usage else Usage()
    reason = "refusal" if refusal or choice.finish_reason == "content_filter" else choice.finish_reason or "stop"
    return Completion(refusal or text or "", reason, tokens, str(getattr(answer, "model", "") or asked))

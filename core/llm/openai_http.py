"""A language model behind the OpenAI API (vLLM and anything that speaks like it)."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from core.errors import AdloomError, RetryableError
from core.llm.aborting import Abort
from core.llm.accounting import current_advertiser
from core.llm.admission import Admission
from core.llm.answers import Answering, Gathering, whole
from core.llm.base import Completion, Message, Priority, Schema, Usage
from core.llm.http import client_for, errors_by_kind, timeout_of
from core.llm.ledger import CallRecord, Ledger
from core.llm.ledger import ledger as process_ledger
from core.llm.masking import Masking
from core.llm.requests import body_of
from core.llm.retrying import Retrier

CONCURRENCY = 32
LEFT = "left"
"""Outcome of an answer whose reader went away."""


@dataclass
class _Booked:
    """What the ledger will say of a question."""

    outcome: str = LEFT
    usage: Usage = field(default_factory=Usage)


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
    admission: Admission = field(default_factory=lambda: Admission(CONCURRENCY))
    advertiser: str = ""
    """Whom the calls of this copy are booked on; unsaid, whoever `booked_on` names."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """Fields of this server's own that go with every question, such as vLLM's `chat_template_kwargs`."""

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
        priority: Priority = Priority.SCRIPT,
        timeout: float = 60.0,
        prompt: str = "",
    ) -> Completion:
        """Ask, with retries where asking again can help. `timeout` seconds are for each try."""
        masking, request = self._request(messages, schema, max_tokens, temperature, seed, priority)
        with self._booked(prompt) as books, self.admission.place(priority, timeout, self.abort):
            completion = self.retrier.run(lambda: self._ask_once(request, timeout, books))
            books.outcome, books.usage = completion.finish_reason, completion.usage
        return replace(completion, text=masking.restore(completion.text))

    def stream(
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
    ) -> Answering:
        """Ask, and get the words as they come. Asked again only as long as nothing has come; `timeout` is for all."""
        masking, request = self._request(messages, schema, max_tokens, temperature, seed, priority)
        return Answering(self._streaming(request, masking, priority, timeout, prompt))

    def _request(
        self,
        messages: Sequence[Message],
        schema: Schema | None,
        max_tokens: int,
        temperature: float,
        seed: int | None,
        priority: Priority,
    ) -> tuple[Masking, dict[str, Any]]:
        masking = Masking([message.text for message in messages])
        request = body_of(
            self.model,
            messages,
            masking,
            schema=schema,
            max_tokens=max_tokens,
            temperature=temperature,
            seed=seed,
            priority=priority if self.sends_priority else None,
            extra=self.extra,
        )
        return masking, request

    @contextmanager
    def _booked(self, prompt: str) -> Iterator[_Booked]:
        """One line in the ledger for the block, whatever becomes of it."""
        books, began, failure = _Booked(), time.monotonic(), ""
        try:
            yield books
        except AdloomError as error:
            failure = error.code
            raise
        finally:
            took, advertiser = time.monotonic() - began, self.advertiser or current_advertiser()
            outcome = failure or books.outcome
            is_failure = outcome in (failure, LEFT)
            self.ledger.book(CallRecord(self.model, outcome, books.usage, took, prompt, advertiser, is_failure))

    def _ask_once(self, request: dict[str, Any], timeout: float, books: _Booked) -> Completion:
        with errors_by_kind():
            if self.abort is None:
                client = client_for(self.base_url, self.api_key)
                return whole(client.chat.completions.create(**request, timeout=timeout_of(timeout)), self.model)
            with self._open(request, timeout) as stream, self.abort.watching(stream.response):
                gathering = Gathering(self.model)
                for chunk in stream:
                    gathering.add(chunk)
                    books.usage = gathering.usage
                return gathering.completion("".join(gathering.texts))

    def _open(self, request: dict[str, Any], timeout: float) -> Any:
        """A stream whose server counts as it goes: what was broken off has its tokens too."""
        options = {"include_usage": True} | ({"continuous_usage_stats": True} if self.sends_priority else {})
        client = client_for(self.base_url, self.api_key)
        return client.chat.completions.create(
            **request, stream=True, stream_options=options, timeout=timeout_of(timeout)
        )

    def _streaming(
        self, request: dict[str, Any], masking: Masking, priority: Priority, timeout: float, prompt: str
    ) -> Generator[str, None, Completion]:
        abort, gathering, said = self.abort or Abort(), Gathering(self.model), list[str]()
        with self._booked(prompt) as books, self.admission.place(priority, timeout, self.abort):
            opened = self.retrier.run(lambda: self._opened(request, timeout))
            try:
                with errors_by_kind(), opened as stream, abort.watching(stream.response):
                    for chunk in stream:
                        said.append(masking.restore_piece(gathering.add(chunk)))
                        # What is left early or broken off was generated all the same.
                        books.usage = gathering.usage
                        if said[-1]:
                            yield said[-1]
                said.append(masking.rest())
                if said[-1]:
                    yield said[-1]
                completion = gathering.completion("".join(said))
                books.outcome = completion.finish_reason
                return completion
            except RetryableError:
                self.retrier.breaker.failed()
                raise

    def _opened(self, request: dict[str, Any], timeout: float) -> Any:
        with errors_by_kind():
            return self._open(request, timeout)

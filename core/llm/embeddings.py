"""Embeddings from a server that speaks the OpenAI API."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from core.llm.accounting import current_advertiser
from core.llm.base import LanguageModelBroken, PromptTooLong, Usage
from core.llm.gateway import retrier_for
from core.llm.http import client_for, errors_by_kind, timeout_of
from core.llm.ledger import CallRecord, ledger
from core.llm.retrying import Retrier

BATCH = 64
MAX_CHARACTERS = 8_000
LEAST_CHARACTERS = 64


@dataclass
class EmbeddingsClient:
    """Asks one embeddings model of one server."""

    base_url: str
    model: str
    api_key: str = ""
    retrier: Retrier = field(default_factory=Retrier)
    timeout: float = 20.0

    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text, in order, as long as the model makes them."""
        found: list[list[float]] = []
        for start in range(0, len(texts), BATCH):
            batch = [text[:MAX_CHARACTERS] or " " for text in texts[start : start + BATCH]]
            found.extend(self._asked(batch))
        return found

    def _asked(self, batch: list[str]) -> list[list[float]]:
        """A text longer than the model holds counts by its beginning, half as long as often as it takes."""
        try:
            return self.retrier.run(lambda: self._ask_once(batch))
        except PromptTooLong:
            if len(batch) > 1:
                middle = len(batch) // 2
                return self._asked(batch[:middle]) + self._asked(batch[middle:])
            if len(batch[0]) <= LEAST_CHARACTERS:
                raise
            return self._asked([batch[0][: len(batch[0]) // 2]])

    def _ask_once(self, batch: list[str]) -> list[list[float]]:
        began = time.monotonic()
        with errors_by_kind():
            client = client_for(self.base_url, self.api_key)
            answer = client.embeddings.create(
                model=self.model, input=batch, encoding_format="float", timeout=timeout_of(self.timeout)
            )
            found = _in_order(answer.data, len(batch))
        usage = Usage((answer.usage.prompt_tokens or 0) if answer.usage else 0)
        took = time.monotonic() - began
        ledger.book(CallRecord(self.model, "stop", usage, took, "embedding-1", current_advertiser()))
        return found


def _in_order(rows: Sequence[Any], count: int) -> list[list[float]]:
    ordered = sorted(rows, key=lambda row: row.index)
    if [row.index for row in ordered] != list(range(count)) or len({len(row.embedding) for row in ordered}) != 1:
        raise LanguageModelBroken("embeddings do not match the texts")
    return [[float(number) for number in row.embedding] for row in ordered]


def configured_client() -> EmbeddingsClient | None:
    """The client of this install, or None where no endpoint is configured."""
    url = settings.EMBEDDINGS_BASE_URL
    return EmbeddingsClient(url, settings.EMBEDDINGS_MODEL, _key_for(url), retrier_for(url)) if url else None


def _key_for(url: str) -> str:
    """The language model's key, for its own server only: another one must never learn it."""
    same = urlsplit(url)[:2] == urlsplit(settings.LLM_BASE_URL)[:2]
    return settings.LLM_API_KEY if same else ""

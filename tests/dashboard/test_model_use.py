"""What the account page says of language models."""

from __future__ import annotations

import pytest
from django.utils import translation

from core.llm.base import Usage
from core.llm.ledger import CallRecord
from core.llm_books import Books
from core.models import Advertiser
from dashboard.model_use import UseLine, use_lines

pytestmark = pytest.mark.django_db


def test_purposes_of_one_name_stand_together_with_what_they_cost(settings: object) -> None:
    settings.LLM_INPUT_FEN = settings.LLM_OUTPUT_FEN = 100_000  # type: ignore[attr-defined]
    owner = Advertiser.objects.create(slug="tea", name="Tea")
    books = Books()
    for prompt, tokens, failed in (
        ("script-1", 9000, False),
        ("script-repair-1", 1000, True),
        ("expert-1", 40, False),
        ("new-1", 5, False),
    ):
        books.note(CallRecord("qwen", "stop", Usage(tokens), 1.0, prompt, "tea", failed))
    books.flush()

    with translation.override("en"):
        assert use_lines(owner) == [
            UseLine("Scripts", "2 questions · 10,000 tokens · 1 without an answer", "¥10.00"),
            UseLine("Conversations", "1 question · 40 tokens", "¥0.04"),
            UseLine("Others", "1 question · 5 tokens", "¥0.01"),
        ]


def test_an_account_that_asked_nothing_has_no_line() -> None:
    assert use_lines(Advertiser.objects.create(slug="tea", name="Tea")) == []

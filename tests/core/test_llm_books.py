"""The books of language models: sums a day, an advertiser, a prompt and a model, with what they cost."""

from __future__ import annotations

import datetime as dt

import pytest

from core.clock import ManualClock
from core.llm.base import Usage
from core.llm.ledger import CallRecord
from core.llm_books import Books, Use, cost_micros, use_of
from core.models import Advertiser, LanguageModelUse

pytestmark = pytest.mark.django_db


def call(
    prompt: str = "script-1", advertiser: str = "", tokens: tuple[int, int] = (1000, 200), failed: bool = False
) -> CallRecord:
    return CallRecord("qwen", "llm_down" if failed else "stop", Usage(*tokens), 1.5, prompt, advertiser, failed)


def rows() -> list[tuple[str, int, int, int, int]]:
    return list(
        LanguageModelUse.objects.order_by("prompt").values_list(
            "prompt", "calls", "failures", "prompt_tokens", "milliseconds"
        )
    )


def test_calls_of_one_day_and_prompt_become_one_row(settings: object) -> None:
    owner = Advertiser.objects.create(slug="tea", name="Tea")
    books = Books()
    for record in (call(advertiser="tea"), call(advertiser=str(owner.pk)), call("structure-1", advertiser="tea")):
        books.note(record)

    assert books.flush() == 3
    books.note(call(advertiser="tea", failed=True))
    books.flush()

    assert rows() == [("script-1", 3, 1, 3000, 4500), ("structure-1", 1, 0, 1000, 1500)]
    assert set(LanguageModelUse.objects.values_list("advertiser", "purpose")) == {
        (owner.pk, "script"),
        (owner.pk, "structure"),
    }


def test_what_nobody_known_asked_is_booked_all_the_same() -> None:
    books = Books()
    books.note(call(advertiser="a room from a file"))
    books.note(call(""))
    books.flush()

    assert {row.advertiser_id for row in LanguageModelUse.objects.all()} == {None}
    assert [name for name, *_ in rows()] == ["other", "script-1"]


def test_a_new_version_of_a_prompt_has_a_row_of_its_own_under_the_same_purpose() -> None:
    books = Books()
    books.note(call("script-1"))
    books.note(call("script-2"))
    books.flush()

    assert set(LanguageModelUse.objects.values_list("prompt", "purpose")) == {
        ("script-1", "script"),
        ("script-2", "script"),
    }


def test_a_million_tokens_cost_what_the_settings_say(settings: object) -> None:
    settings.LLM_INPUT_FEN, settings.LLM_OUTPUT_FEN = 200, 800  # type: ignore[attr-defined]

    assert cost_micros(1_000_000, 0) == 200_000_000
    assert cost_micros(500, 25) == 500 * 200 + 25 * 800


def test_the_last_thirty_days_are_told_by_purpose(settings: object) -> None:
    settings.LLM_INPUT_FEN, settings.LLM_OUTPUT_FEN = 200, 800  # type: ignore[attr-defined]
    owner, other = (Advertiser.objects.create(slug=slug, name=slug) for slug in ("tea", "cup"))
    clock = ManualClock()
    books = Books(clock)
    books.note(call("answer-1", "tea"))
    clock.advance(dt.timedelta(days=40).total_seconds())
    books.note(call("script-1", "tea", (1000, 500)))
    books.note(call("script-repair-1", "tea", (400, 0), failed=True))
    books.note(call("script-1", "cup"))
    books.flush()

    assert use_of(owner, clock=clock) == [Use("script", 1, 0, 1500, 0.6), Use("script-repair", 1, 1, 400, 0.08)]
    assert [each.purpose for each in use_of(other, clock=clock)] == ["script"]

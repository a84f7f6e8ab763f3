"""The language model gateway against a real HTTP server, faults included."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import override_settings

from core.clock import ManualClock
from core.errors import RetryableError, TerminalError
from core.llm.aborting import Abort
from core.llm.base import (
    CallAborted,
    LanguageModelBroken,
    LanguageModelBusy,
    LanguageModelDenied,
    LanguageModelDown,
    LanguageModelSlow,
    Message,
    Priority,
    PromptTooLong,
    RequestRefused,
    Usage,
)
from core.llm.embeddings import EmbeddingsClient, configured_client
from core.llm.gateway import configured, language_model, live_model
from core.llm.ledger import Ledger
from core.llm.openai_http import OpenAiModel
from core.llm.retrying import Breaker, Retrier, RetryRule
from tests.support.openai_server import Fault, OpenAiServer

HELLO = [Message("user", "hello")]


class Sleeps(list[float]):
    """Keeps the waits instead of waiting."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def model_of(server: OpenAiServer, sleeps: Sleeps | None = None, attempts: int = 3, **more: object) -> OpenAiModel:
    retrier = Retrier(RetryRule(attempts=attempts), Breaker(), sleeps if sleeps is not None else Sleeps(), lambda: 1.0)
    return OpenAiModel(server.base_url, server.model, retrier=retrier, ledger=Ledger(), **more)  # type: ignore[arg-type]


def test_an_answer_comes_with_its_tokens_and_reason() -> None:
    with OpenAiServer(answers=["good day"]) as server:
        completion = model_of(server).complete(HELLO)

    assert (completion.text, completion.finish_reason, completion.model) == ("good day", "stop", "loopback-1")
    assert completion.usage == Usage(11, 7)


def test_the_request_carries_schema_seed_priority_and_key() -> None:
    with OpenAiServer(answers=["{}"]) as server:
        model_of(server, api_key="s3cret").complete(
            HELLO, schema={"type": "object"}, max_tokens=99, temperature=0.1, seed=7, priority=Priority.BULK
        )

    (request,) = server.requests
    assert request["messages"] == [{"role": "user", "content": "hello"}]
    assert (request["max_tokens"], request["temperature"], request["seed"], request["priority"]) == (99, 0.1, 7, 10)
    assert request["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert request["response_format"]["json_schema"]["strict"] is True
    assert server.headers[0]["authorization"] == "Bearer s3cret"


def test_what_a_server_wants_beside_the_question_goes_with_each_and_the_priority_stays_ours() -> None:
    extra = {"chat_template_kwargs": {"enable_thinking": False}, "priority": 99}
    with OpenAiServer(default="good day") as server:
        model = model_of(server, extra=extra)
        model.complete(HELLO, priority=Priority.TURN)
        list(model.stream(HELLO))
        list(replace(model, sends_priority=False, extra={"min_p": 0.1}).stream(HELLO))

    assert [request.get("chat_template_kwargs") for request in server.requests] == [{"enable_thinking": False}] * 2 + [
        None
    ]
    assert [request.get("priority") for request in server.requests] == [2, 5, None]
    assert server.requests[2]["min_p"] == 0.1


def test_a_cut_off_answer_says_so() -> None:
    with OpenAiServer(answers=[Fault.TRUNCATED]) as server:
        assert model_of(server).complete(HELLO).finish_reason == "length"


def test_a_refusal_is_no_error_but_a_finish_reason() -> None:
    with OpenAiServer(answers=[Fault.REFUSAL]) as server:
        completion = model_of(server).complete(HELLO)

    assert (completion.finish_reason, completion.text) == ("refusal", "I can't help with that.")


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.SERVER_ERROR, LanguageModelBroken),
        (Fault.NOT_JSON, LanguageModelBroken),
        (Fault.EMPTY, LanguageModelBroken),
        (Fault.NO_TEXT, LanguageModelBroken),
        (Fault.BUSY, LanguageModelBusy),
        (Fault.DISCONNECT, LanguageModelDown),
        (Fault.DISCONNECT_INSIDE, LanguageModelDown),
    ],
)
def test_what_may_pass_is_asked_again_three_times_and_then_raised(fault: Fault, kind: type[RetryableError]) -> None:
    with OpenAiServer(default=fault) as server:
        with pytest.raises(kind):
            model_of(server).complete(HELLO)

        assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.DENIED, LanguageModelDenied),
        (Fault.TOO_LONG, PromptTooLong),
        (Fault.BAD_REQUEST, RequestRefused),
        (Fault.REDIRECT, RequestRefused),
    ],
)
def test_what_cannot_pass_is_asked_once(fault: Fault, kind: type[TerminalError]) -> None:
    with OpenAiServer(default=fault) as server:
        with pytest.raises(kind):
            model_of(server).complete(HELLO)

        assert len(server.requests) == 1


@pytest.mark.parametrize("fault", [Fault.HANG, Fault.SLOW])
def test_a_server_that_hangs_or_drips_is_given_up_at_the_deadline(fault: Fault) -> None:
    with OpenAiServer(default=fault) as server, pytest.raises(LanguageModelSlow):
        model_of(server, attempts=1).complete(HELLO, timeout=0.3)


def test_a_body_without_an_end_is_not_read_to_the_end() -> None:
    with OpenAiServer(default=Fault.ENDLESS) as server, pytest.raises(RetryableError):
        model_of(server, attempts=1).complete(HELLO, timeout=20)


def test_nobody_listening_is_down() -> None:
    with OpenAiServer() as server:
        url = server.base_url
    with pytest.raises(LanguageModelDown):
        OpenAiModel(url, "m", retrier=Retrier(RetryRule(attempts=1), Breaker())).complete(HELLO)


def test_the_second_try_succeeds_after_a_wait() -> None:
    sleeps = Sleeps()
    with OpenAiServer(answers=[Fault.SERVER_ERROR, Fault.DISCONNECT, "there"]) as server:
        assert model_of(server, sleeps).complete(HELLO).text == "there"

    assert sleeps == [0.5, 1.0]


def test_retry_after_is_kept_to() -> None:
    sleeps = Sleeps()
    with OpenAiServer(answers=[Fault.BUSY, "there"]) as server:
        model_of(server, sleeps).complete(HELLO)

    assert sleeps == [7.0]


@pytest.mark.parametrize(
    ("failures", "asked", "chance", "wait"), [(1, 0, 1, 0.5), (3, 0, 0, 1.0), (9, 0, 1, 20), (1, 3600, 1, 20)]
)
def test_waits_double_shorten_by_chance_and_have_an_end(
    failures: int, asked: float, chance: float, wait: float
) -> None:
    assert RetryRule().wait(failures, asked, chance) == wait


def _fail() -> None:
    raise LanguageModelDown("no")


def test_the_breaker_opens_after_five_failures_and_lets_one_through_after_a_rest() -> None:
    clock, calls = ManualClock(), []
    breaker = Breaker(clock=clock)
    retrier = Retrier(RetryRule(attempts=1), breaker, Sleeps(), lambda: 1.0)

    def call(outcome: Callable[[], None]) -> None:
        calls.append(1)
        outcome()

    for _ in range(5):
        with pytest.raises(LanguageModelDown):
            retrier.run(lambda: call(_fail))
    with pytest.raises(LanguageModelDown, match="left alone"):
        retrier.run(lambda: call(lambda: None))
    assert len(calls) == 5
    clock.advance(30)
    retrier.run(lambda: call(lambda: None))
    retrier.run(lambda: call(lambda: None))
    assert len(calls) == 7


def test_a_terminal_answer_shows_that_the_server_is_up() -> None:
    breaker = Breaker(limit=2)
    retrier = Retrier(RetryRule(attempts=1), breaker, Sleeps(), lambda: 1.0)

    def deny() -> None:
        raise LanguageModelDenied("no")

    for outcome, kind in ((_fail, LanguageModelDown), (deny, LanguageModelDenied), (_fail, LanguageModelDown)):
        with pytest.raises(kind):
            retrier.run(outcome)
    assert retrier.run(lambda: "still asked") == "still asked"


def test_the_ledger_counts_tokens_and_failures() -> None:
    ledger = Ledger()
    with OpenAiServer(answers=["one", Fault.DENIED]) as server:
        model = OpenAiModel(server.base_url, "m", ledger=ledger)
        model.complete(HELLO)
        with pytest.raises(LanguageModelDenied):
            model.complete(HELLO)

    assert (ledger.calls, ledger.failures, ledger.usage) == (2, 1, Usage(11, 7))


def test_without_settings_there_is_no_language_model() -> None:
    assert not configured()
    assert language_model() is None
    assert configured_client() is None


@override_settings(LLM_BASE_URL="http://127.0.0.1:1/v1", LLM_MODEL="qwen", LLM_API_KEY="k")
def test_settings_name_the_model() -> None:
    assert configured()
    model = language_model()
    assert model is not None
    assert model.name == "qwen"


@override_settings(LLM_BASE_URL="http://127.0.0.1:1/v1", LLM_MODEL="qwen", LLM_EXTRA_BODY={"min_p": 0.1})
def test_a_setting_says_what_goes_with_every_question() -> None:
    model = language_model()

    assert isinstance(model, OpenAiModel)
    assert model.extra == {"min_p": 0.1}


@override_settings(LLM_BASE_URL="http://a.example/v1", LLM_API_KEY="k", EMBEDDINGS_MODEL="e")
def test_the_key_goes_to_its_own_server_only() -> None:
    with override_settings(EMBEDDINGS_BASE_URL="http://b.example/v1"):
        other = configured_client()
    with override_settings(EMBEDDINGS_BASE_URL="http://a.example/other/v1"):
        same = configured_client()

    assert other is not None
    assert same is not None
    assert (other.api_key, same.api_key) == ("", "k")


def test_embeddings_come_in_the_order_of_the_texts_whatever_the_servers() -> None:
    with OpenAiServer(embedding_size=1024) as server:
        vectors = EmbeddingsClient(server.base_url, "e").vectors(["咖啡"] + ["shoes"] * 70)

    assert len(vectors) == 71
    assert {len(vector) for vector in vectors} == {1024}
    assert vectors[0] != vectors[1] == vectors[70]
    assert [len(request["input"]) for request in server.requests] == [64, 7]


def test_a_text_too_long_for_the_model_is_halved_until_it_fits_and_its_neighbours_are_not() -> None:
    with OpenAiServer(answers=[Fault.TOO_LONG] * 3) as server:
        vectors = EmbeddingsClient(server.base_url, "e").vectors(["a" * 400, "shoes"])
        alone = EmbeddingsClient(server.base_url, "e").vectors(["a" * 100, "shoes"])

    assert [[len(text) for text in request["input"]] for request in server.requests[:5]] == [
        [400, 5], [400], [200], [100], [5]
    ]  # fmt: skip
    assert vectors == alone


def test_a_model_that_finds_everything_too_long_is_not_asked_for_ever() -> None:
    with OpenAiServer(default=Fault.TOO_LONG) as server:
        with pytest.raises(PromptTooLong):
            EmbeddingsClient(server.base_url, "e").vectors(["a" * 400])

        assert [len(request["input"][0]) for request in server.requests] == [400, 200, 100, 50]


def test_embeddings_share_the_errors_of_completions() -> None:
    with OpenAiServer(default=Fault.SERVER_ERROR) as server, pytest.raises(LanguageModelBroken):
        EmbeddingsClient(server.base_url, "e", retrier=Retrier(RetryRule(attempts=2), Breaker(), Sleeps())).vectors(
            ["a"]
        )


def test_an_answer_that_may_be_broken_off_is_streamed_and_whole() -> None:
    with OpenAiServer(answers=["good day to you"]) as server:
        completion = live_model(model_of(server), Abort()).complete(HELLO)

    assert (completion.text, completion.finish_reason) == ("good day to you", "stop")
    assert server.requests[0]["stream"] is True


def test_a_call_nobody_waits_for_is_broken_off_at_once() -> None:
    abort = Abort()

    def think(request: dict[str, object]) -> str:
        return "word " * 200_000

    with OpenAiServer(default=think) as server:
        threading.Timer(0.3, abort.abort).start()
        began = time.monotonic()
        with pytest.raises(CallAborted):
            live_model(model_of(server), abort).complete(HELLO, timeout=30.0)

    assert time.monotonic() - began < 5.0
    assert len(server.requests) == 1


def test_a_call_that_was_broken_off_before_it_began_is_not_read() -> None:
    abort = Abort()
    abort.abort()
    with OpenAiServer(answers=["good day"]) as server, pytest.raises(CallAborted):
        live_model(model_of(server), abort).complete(HELLO)


def test_a_live_answer_is_asked_for_once_and_a_stream_that_breaks_off_is_no_answer() -> None:
    with OpenAiServer(default=Fault.SERVER_ERROR) as server, pytest.raises(LanguageModelBroken):
        live_model(model_of(server), Abort()).complete(HELLO)

    assert len(server.requests) == 1

"""Answers as they come, pictures beside words, what a model can do, and what leaves for it."""

from __future__ import annotations

import base64

import pytest
from django.test import override_settings

from core.llm.base import LanguageModelBusy, LanguageModelDown, Message, Priority, RequestRefused
from core.llm.capabilities import Capabilities, capabilities, forget, one_dot
from core.llm.ledger import Ledger
from core.llm.openai_http import OpenAiModel
from core.llm.requests import MOST_PICTURE_BYTES
from core.llm.retrying import Breaker, Retrier, RetryRule
from core.llm.scripted import ScriptedModel
from tests.support.openai_server import Fault, OpenAiServer, Request

HELLO = [Message("user", "hello")]


def model_of(server: OpenAiServer) -> OpenAiModel:
    retrier = Retrier(RetryRule(attempts=3), Breaker(), lambda seconds: None, lambda: 1.0)
    return OpenAiModel(server.base_url, server.model, retrier=retrier, ledger=Ledger())


def test_the_pieces_make_the_answer_and_the_answer_is_booked_once() -> None:
    with OpenAiServer(answers=["good day to you"]) as server:
        model = model_of(server)
        answering = model.stream(HELLO, priority=Priority.LIVE, prompt="hello-1")
        pieces = list(answering)

    assert pieces == ["good d", "ay to ", "you"]
    assert answering.completion is not None
    assert (answering.completion.text, answering.completion.finish_reason) == ("good day to you", "stop")
    assert (model.ledger.calls, model.ledger.failures) == (1, 0)
    assert server.requests[0]["priority"] == 0


def test_a_server_that_is_busy_is_asked_again_before_the_first_word() -> None:
    with OpenAiServer(answers=[Fault.BUSY, "well"]) as server:
        assert list(model_of(server).stream(HELLO)) == ["well"]
        assert len(server.requests) == 2


def test_a_stream_that_cannot_begin_raises_by_kind() -> None:
    with OpenAiServer(default=Fault.BUSY) as server, pytest.raises(LanguageModelBusy):
        list(model_of(server).stream(HELLO))


def test_a_stream_that_breaks_inside_is_not_begun_anew() -> None:
    with OpenAiServer(default=Fault.DISCONNECT_INSIDE) as server:
        model = model_of(server)
        with pytest.raises(LanguageModelDown):
            list(model.stream(HELLO))

        assert len(server.requests) == 1
        assert (model.ledger.calls, model.ledger.failures) == (1, 1)


def test_leaving_a_stream_is_booked_as_left() -> None:
    with OpenAiServer(answers=["a long answer that nobody reads to its end"]) as server:
        model = model_of(server)
        answering = model.stream(HELLO)
        assert next(answering) == "a long"
        assert model.ledger.calls == 0
        answering.close()

    assert (model.ledger.calls, model.ledger.failures) == (1, 1)
    assert answering.completion is None


def test_numbers_stay_here_and_come_back_in_pieces_too() -> None:
    def echo(request: Request) -> str:
        return str(request["messages"][0]["content"])

    text = "ring 13800138000 now"
    with OpenAiServer(default=echo) as server:
        model = model_of(server)
        whole = model.complete([Message("user", text)]).text
        pieces = "".join(model.stream([Message("user", text)]))

    assert [request["messages"][0]["content"] for request in server.requests] == ["ring [phone-1] now"] * 2
    assert (whole, pieces) == (text, text)


def test_a_picture_travels_inside_its_own_address() -> None:
    with OpenAiServer(answers=["a dot"]) as server:
        model_of(server).complete([Message("user", "what is this?", (one_dot(),))])

    picture, words = server.requests[0]["messages"][0]["content"]
    kind, _, data = picture["image_url"]["url"].partition(";base64,")
    assert (picture["type"], kind, base64.b64decode(data)) == ("image_url", "data:image/png", one_dot())
    assert words == {"type": "text", "text": "what is this?"}


@pytest.mark.parametrize(
    ("pictures", "reason"),
    [
        ((b"GIF89a....",), "no PNG, JPEG or WebP"),
        ((one_dot() + b"\0" * MOST_PICTURE_BYTES,), "at most 5000000"),
        ((one_dot(),) * 9, "9 pictures at once"),
    ],
)
def test_pictures_no_model_takes_are_refused_before_anything_is_sent(pictures: tuple[bytes, ...], reason: str) -> None:
    with OpenAiServer() as server:
        with pytest.raises(RequestRefused, match=reason):
            model_of(server).complete([Message("user", "?", pictures)])

        assert server.requests == []


@pytest.mark.parametrize(("answer", "takes"), [("white", True), (Fault.BAD_REQUEST, False)])
def test_whether_it_takes_pictures_is_asked_once(answer: str | Fault, takes: bool) -> None:
    forget()
    with OpenAiServer(answers=[answer]) as server:
        model = model_of(server)

        assert capabilities(model) == capabilities(model) == Capabilities(images=takes)
        assert len(server.requests) == 1


@override_settings(LLM_VISION="yes")
def test_a_setting_saves_the_question() -> None:
    forget()
    with OpenAiServer() as server:
        assert capabilities(model_of(server)) == Capabilities(images=True)
        assert server.requests == []


def test_a_server_that_is_down_is_asked_again_the_next_time() -> None:
    forget()
    with OpenAiServer(answers=[Fault.DISCONNECT] * 3, default="white") as server:
        model = model_of(server)

        assert [capabilities(model).images, capabilities(model).images] == [False, True]


def test_a_scripted_model_sees_nothing() -> None:
    assert capabilities(ScriptedModel(["{}"])) == Capabilities()

"""A turn with a language model behind the OpenAI API, right and wrong answers alike."""

from __future__ import annotations

import json

import pytest

from agentbot.contracts import QUOTED
from core.llm.ledger import Ledger
from core.llm.openai_http import OpenAiModel
from core.llm.retrying import Retrier, RetryRule
from tests.agentbot.talking import Talk, text_of
from tests.support.openai_server import Fault, OpenAiServer

ASK = "方便留个手机号吗?由销售顾问打给您,把分期说清楚。"


def answer(request, quote="预审不留查询记录", text="征信有过逾期可以先做预审,不留查询记录。", sources=("credit",)):
    if "how ready" in request["messages"][0]["content"]:
        asks = dict.fromkeys(("answer_then_ask", "ask_then_answer", "value_for_contact", "soft_choice"), ASK)
        fields = [
            {"name": "model", "value": "X3", "message": "m0-0"},
            {"name": "model", "value": "X9", "message": "m0-0"},
        ]
        return json.dumps({"readiness": 0.8, "asks": asks, "fields": fields})
    segment = {"text": text, "concern": "credit", "sources": list(sources), "quote": quote, "is_sensitive": True}
    return json.dumps({"segments": [segment], "empathy": "征信有顾虑很正常。", "question_back": ""})


def talk_with(default):
    with OpenAiServer(default=default) as server:
        model = OpenAiModel(server.base_url, server.model, "", Retrier(RetryRule(attempts=1)), Ledger())
        return Talk(model=model).say("想买X3,但征信有逾期,我电话是13900001234"), server


def test_a_backed_answer_is_said_and_nothing_is_called_degraded():
    result, server = talk_with(answer)

    assert result.degraded == ()
    assert "征信有过逾期可以先做预审" in text_of(result)
    assert result.lead.fields == {"model": {"value": "X3", "message": "m0-0"}}
    assert len(server.requests) == 2


@pytest.mark.parametrize(("text", "reason"), [("转人工", "asked"), ("我流了很多血,快救命", "emergency")])
def test_whoever_calls_for_a_person_does_not_wait_for_a_model(text, reason):
    with OpenAiServer(default=answer) as server:
        model = OpenAiModel(server.base_url, server.model, "", Retrier(RetryRule(attempts=1)), Ledger())
        result = Talk(model=model).say(text)

    assert (result.handoff_reason, [part.author for part in result.parts]) == (reason, ["notice"])
    assert (server.requests, result.degraded) == ([], ())


def test_the_tokens_of_both_agents_are_counted():
    result, server = talk_with(answer)

    assert (len(server.requests), result.tokens) == (2, 36)


def test_no_number_of_a_visitor_reaches_the_model():
    _, server = talk_with(answer)

    assert "13900001234" not in json.dumps(server.requests, ensure_ascii=False)
    assert "<PHONE>" in server.requests[0]["messages"][0]["content"].replace("\\u003c", "<").replace("\\u003e", ">")


@pytest.mark.parametrize(
    "wrong",
    [
        Fault.NONSENSE,
        Fault.WRONG_SHAPE,
        Fault.TRUNCATED,
        Fault.SERVER_ERROR,
        Fault.DISCONNECT,
        lambda request: answer(request, quote="包过"),
        lambda request: answer(request, sources=("made up",)),
    ],
    ids=["nonsense", "shape", "cut off", "down", "gone", "no such quote", "no such source"],
)
def test_an_unusable_answer_is_stood_in_for_by_quotes_and_says_so(wrong):
    result, _ = talk_with(wrong)

    assert result.degraded == (QUOTED,)
    assert "预审不留查询记录" in text_of(result)


def test_a_figure_the_model_made_up_does_not_get_out():
    result, _ = talk_with(lambda request: answer(request, text="首付只要 999 元,月供 88 元。"))

    assert "999" not in text_of(result)
    assert result.guard_findings

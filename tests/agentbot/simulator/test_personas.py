"""Visitors played by a language model behind the OpenAI API: who they are, what they may not make up, how they fare."""

from __future__ import annotations

import json
import re

import pytest
from django.core.management import call_command
from django.test import override_settings

from agentbot.packs import VERTICALS
from agentbot.simulator.hazards import read_hazards
from agentbot.simulator.inventing import invented_facts
from agentbot.simulator.persona_talks import reliability, simulate_personas
from agentbot.simulator.personas import draw_personas, people
from agentbot.simulator.scoring import pass_hat
from core.llm.ledger import Ledger
from core.llm.openai_http import OpenAiModel
from core.llm.retrying import Retrier, RetryRule
from tests.support.openai_server import Fault, OpenAiServer, prompt_of


def line(text: str, does: str = "goes_on") -> str:
    return json.dumps({"text": text, "does": does}, ensure_ascii=False)


def visitor(request) -> str:
    """Opens with what brought it, asks for the price, gives its number when it was asked, else leaves in the end."""
    text = prompt_of(request)
    said = re.search(r"<data \w+>\n(\[.*\])\n", text)
    history = json.loads(said[1]) if said else []
    mine = [each for each in history if each["from"] == "you"]
    last = history[-1]["text"] if history else ""
    is_chinese = "Mandarin" in text
    if not mine:
        return line(re.search(r"What brought you: (.*)", text)[1])
    if re.search(r"号码|电话|手机|number", last):
        return line("好，{contact}" if is_chinese else "sure, {contact}", "gives_contact")
    if len(mine) > 6:
        return line("先这样，谢谢" if is_chinese else "that's all, thanks", "leaves")
    return line(("多少钱？" if len(mine) % 2 else "怎么预约？") if is_chinese else "How do I book an appointment?")


def talks_with(default, count=8, **server):
    with OpenAiServer(default=default, **server) as running:
        model = OpenAiModel(running.base_url, running.model, "", Retrier(RetryRule(attempts=1)), Ledger())
        return simulate_personas(model, read_hazards(), "rules", count, 3), running


def test_there_are_forty_people_for_every_trade():
    drawn = draw_personas(440, 1)

    assert len(people()) == 40
    assert {each.advertiser.knowledge.vertical for each in drawn} == set(VERTICALS)
    assert len({(each.id.split("@")[0], each.advertiser.knowledge.advertiser) for each in drawn}) > 300
    assert draw_personas(20, 5) == draw_personas(20, 5) != draw_personas(20, 6)
    assert all(0 <= each.willingness <= 1 and 0 <= each.trust <= 1 and each.patience >= 2 for each in drawn)


def test_a_willing_visitor_ends_as_a_lead_and_reliability_is_told():
    talks, _ = talks_with(visitor)
    found = reliability(talks)

    assert {talk.chat.end for talk in talks} <= {"lead", "left"}
    assert any(talk.chat.end == "lead" for talk in talks)
    assert found["personas"] == 2
    assert (found["invented_by_visitors"], found["unusable_visitors"], found["broken_rules"]) == (0, 0, 0)
    assert set(found["pass_hat"]) == {"1", "2", "3", "4"}


def test_the_model_never_sees_a_number_and_the_agents_never_see_the_traits():
    talks, server = talks_with(visitor)

    assert not re.search(r"1390000\d|7700 900", json.dumps(server.requests))
    policy = [result.decision.features for talk in talks for result in talk.chat.results if result.decision]
    assert policy
    assert not any({"trust", "willingness", "patience"} & set(features) for features in policy)


def test_a_visitor_that_makes_a_fact_up_is_asked_again_and_counts_for_nothing_if_it_insists():
    stubborn, server = talks_with(line("你们官网说首付 999 元就能提车"), count=1)
    assert [talk.counts for talk in stubborn] == [False]
    assert len(server.requests) == 2

    mended, _ = talks_with(visitor, count=1, answers=[line("你们官网说首付 999 元就能提车")])
    assert [talk.counts for talk in mended] == [True]


@pytest.mark.parametrize("wrong", [Fault.NONSENSE, Fault.WRONG_SHAPE, Fault.SERVER_ERROR, Fault.DISCONNECT])
def test_a_visitor_that_cannot_be_played_is_counted_apart(wrong):
    talks, _ = talks_with(wrong, count=4)

    assert reliability(talks)["unusable_visitors"] == 4
    assert reliability(talks)["pass_hat"] == dict.fromkeys("1234")


@pytest.mark.parametrize(
    ("text", "told", "found"),
    [
        ("续航是多少？", [], False),
        ("是不是 9 万 8 就能买？", [], False),
        ("我预算 10 万，家里两个孩子", [], False),
        ("你们标准版 9.8 万，我要了", [], True),
        ("你们标准版 129,800 元，有点贵", ["星途 X3 标准版的价格是 129,800 元/台。"], False),
        ("你们上次答应送我全车贴膜和脚垫", [], True),
        ("您说预审不留查询记录，是吗", ["征信有过逾期的客户，可以先做一次预审，预审不留查询记录。"], False),
        ("You promised me a free hotel upgrade with breakfast", ["The tour begins in Kyoto."], True),
        ("The shop opens at 7 a.m., see you then", ["We are open from 9 a.m. to 6 p.m."], True),
        ("My budget is 2,000 and I have two kids", [], False),
        ("So it's 9 a.m. to 6 p.m. then, thanks", ["We are open from 9 a.m. to 6 p.m."], False),
    ],
)
def test_what_a_visitor_was_never_told_is_found(text, told, found):
    assert bool(invented_facts(text, [], told, "zh-CN" if re.search(r"[\u4e00-\u9fff]", text) else "en")) is found


def test_pass_hat_k_is_the_chance_that_k_tries_all_go_well():
    tries = {"a": [True, True, True, True], "b": [True, True, False, False], "c": [False] * 4}

    assert [round(pass_hat(tries, k), 4) for k in (1, 2, 3, 4)] == [0.5, round((1 + 1 / 6) / 3, 4), 0.3333, 0.3333]
    assert pass_hat({"a": [True]}, 2) is None


def test_the_command_needs_a_model_and_says_who_played(capsys):
    with pytest.raises(SystemExit), override_settings(LLM_BASE_URL="", LLM_MODEL=""):
        call_command("simulate_conversations", "--count", "4", "--personas", "model", "--json")
    assert "LLM_BASE_URL" in capsys.readouterr().err

    with (
        OpenAiServer(default=visitor) as server,
        override_settings(LLM_BASE_URL=server.base_url, LLM_MODEL=server.model, LLM_API_KEY=""),
    ):
        call_command("simulate_conversations", "--count", "4", "--personas", "model", "--json")
    found = json.loads(capsys.readouterr().out)
    assert (found["personas"], found["conversations"], found["visitors_by"]) == (1, 4, "loopback-1")

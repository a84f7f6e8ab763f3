"""Questions about what a video shows, answered in public from what a member approved of it."""

from __future__ import annotations

import datetime as dt
import json
import time
import uuid

import pytest
from django.test import override_settings
from django.utils import timezone

from agentbot.comments import answering, watching
from agentbot.comments.replying import plan_comment
from agentbot.contracts import Article, Knowledge, Said
from agentbot.knowledge.videos import asks_what_is_seen
from agentbot.models import PublicComment
from core.contracts import dump
from generation import api as generation
from generation.contracts import ShotDescription, VideoDescription, VideoPart, VideoReply
from generation.models import Description, PostedVideo
from tests.agentbot.comments.test_settling import channel, comment, hear, replies, settle_all
from tests.support.openai_server import Fault, OpenAiServer

__all__ = ["channel"]
NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
SHOP = Knowledge("tea", "Tea", "zh-CN", "car", (Article("d1", "片子", "女生背着绿色的包。"),))
BAG = "b" * 64


@pytest.mark.parametrize(
    ("question", "is_of_the_picture"),
    [
        ("what colour is the bag at 0:12?", True),
        ("里面那个杯子是什么牌子", True),
        ("第12秒背景里的是哪款车", True),
        ("周末几点开门", False),
        ("how long does shipping take?", False),
    ],
)
def test_what_is_asked_of_the_picture(question, is_of_the_picture):
    assert asks_what_is_seen(question) is is_of_the_picture


def planned(reply, text="视频里她背的包是什么颜色"):
    return plan_comment(Said("m1", "visitor", text, NOW), "t1", SHOP, NOW, reply)


def test_the_answer_says_at_which_second_it_is_seen():
    plan = planned(VideoReply("女生背着绿色的包", (12.4,), ("d1",)))

    assert plan.text == "女生背着绿色的包（视频 0:12 处）。更多细节，欢迎私信我们。（AI 助手回复）"
    assert plan.degraded == ()
    assert planned(VideoReply("女生背着绿色的包", (62.0,), ("d1",), ("answer:by-words",))).degraded == (
        "answer:quoted",
    )


@pytest.mark.parametrize("text", ["这个包只要 199 元", "加我微信看包", "这是世界上最好的包"])
def test_what_may_not_stand_in_public_is_not_said_of_a_video_either(text):
    assert text not in planned(VideoReply(text, (12.4,), ("d1",))).text


def book(advertiser, post="7412"):
    shots = (ShotDescription(0, 60, "街上下着雨"), ShotDescription(60, 150, "女生背着绿色的包"))
    found = dump(VideoDescription(BAG, "zh-CN", "雨天", "雨天", "", shots))
    Description.objects.create(
        advertiser=advertiser,
        sha256=BAG,
        title="雨天",
        found=found,
        text="女生背着绿色的包。",
        approved_at=timezone.now(),
    )
    generation.note_post(advertiser, post, uuid.uuid4(), [VideoPart(BAG, 0, 150)])


@pytest.mark.django_db(transaction=True)
def test_a_comment_under_a_booked_post_is_answered_from_its_video(channel):
    book(channel.account.advertiser)

    hear(channel, comment(channel, "c1", "视频里女生背的包是绿色的吗", source={"video": "7412"}))
    settle_all()

    assert PublicComment.objects.get().source == {"video": "7412"}
    (reply,) = replies()
    assert reply["data"]["text"].startswith("女生背着绿色的包（视频 0:02 处）。")
    assert reply["data"]["degraded"] == ["answer:quoted"]


@pytest.mark.django_db(transaction=True)
def test_a_language_model_answers_from_the_captions_and_may_add_nothing_to_them(channel):
    book(channel.account.advertiser)
    told = [
        {"known": True, "answer": "女生背的包是绿色的", "shots": [2]},
        {"known": True, "answer": "女生背的是香奈儿限量款，全网最低价", "shots": [2]},
    ]
    answers = [json.dumps(each, ensure_ascii=False) for each in told]

    with OpenAiServer(answers=answers) as server, override_settings(LLM_BASE_URL=server.base_url, LLM_MODEL="m"):
        for number, thread in enumerate(("t1", "t2")):
            asked = comment(channel, f"c{number}", "视频里女生背的包是什么颜色", thread, source={"video": "7412"})
            hear(channel, asked)
            settle_all()

    first, second = (reply["data"] for reply in replies())
    assert first["text"].startswith("女生背的包是绿色的（视频 0:02 处）。")
    assert first["degraded"] == []
    assert "香奈儿" not in second["text"]
    assert "最低" not in second["text"]


@pytest.mark.django_db(transaction=True)
def test_where_the_video_is_not_known_the_comment_is_answered_as_ever_and_the_post_is_asked_for(channel):
    hear(channel, comment(channel, "c1", "视频里女生背的包是绿色的吗", source={"video": "7412"}))
    settle_all()

    (reply,) = replies()
    assert "绿色" not in reply["data"]["text"]
    assert "私信" in reply["data"]["text"]
    assert list(PostedVideo.objects.values_list("post", "made_from")) == [("7412", None)]


ASKED = "视频里女生背的包是什么颜色"
TOLD = json.dumps({"known": True, "answer": "女生背的包是绿色的", "shots": [2]}, ensure_ascii=False)


@pytest.mark.django_db(transaction=True)
def test_a_model_that_hangs_is_left_for_a_caption_and_keeps_nobody_else_from_an_answer(channel, monkeypatch):
    book(channel.account.advertiser)
    monkeypatch.setattr(watching, "ANSWER_SECONDS", 1.5)
    monkeypatch.setattr(answering, "ASKED_AT_ONCE", 2)
    asked = [
        comment(channel, f"c{number}", "视频里女生背的包是绿色的吗", f"t{number}", source={"video": "7412"})
        for number in range(4)
    ]
    hear(channel, *asked)

    server = OpenAiServer(answers=[Fault.HANG, Fault.HANG], default=TOLD)
    with server, override_settings(LLM_BASE_URL=server.base_url, LLM_MODEL="m"):
        settle_all()

    texts = sorted((reply["data"]["text"].split("（")[0], reply["data"]["degraded"]) for reply in replies())
    assert texts == [
        ("女生背的包是绿色的", []),
        ("女生背的包是绿色的", []),
        ("女生背着绿色的包", ["answer:quoted"]),
        ("女生背着绿色的包", ["answer:quoted"]),
    ]
    assert len(server.requests) == 4


@pytest.mark.django_db(transaction=True)
def test_the_one_reply_of_a_thread_is_the_earlier_comments_however_long_its_video_takes(channel):
    def slowly(request) -> str:
        time.sleep(0.3)
        return TOLD

    book(channel.account.advertiser)
    hear(channel, comment(channel, "c1", ASKED, source={"video": "7412"}))
    hear(channel, comment(channel, "c2", "多少钱", visitor="v2", source={"video": "7412"}))

    server = OpenAiServer(default=slowly)
    with server, override_settings(LLM_BASE_URL=server.base_url, LLM_MODEL="m"):
        settle_all()

    (reply,) = replies()
    assert reply["data"]["visitor"] == "v1"
    assert reply["data"]["text"].startswith("女生背的包是绿色的（视频 0:02 处）。")
    assert list(PublicComment.objects.order_by("created_at").values_list("state", flat=True)) == ["answered", "left"]

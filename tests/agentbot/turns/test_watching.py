"""Somebody who came from a video asks what is seen in it."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from agentbot.channels.opening import open_channel
from agentbot.contracts import Article, Knowledge
from agentbot.knowledge.videos import with_video
from agentbot.models import Conversation
from core.contracts import dump
from generation import api as generation
from generation.contracts import ShotDescription, ShownVideo, VideoDescription, VideoPart
from generation.models import Description
from tests.agentbot.stage import Stage, a_seller, on_stage, with_books

BAG = "b" * 64
SHOTS = (ShotDescription(0, 60, "街上下着雨"), ShotDescription(60, 150, "女生背着绿色的包"), ShotDescription(150, 180))
RAIN = VideoDescription(BAG, "zh-CN", "雨天", "雨天", "", SHOTS)


def test_the_video_in_front_of_a_visitor_is_known_first_with_its_moments():
    knowledge = Knowledge(
        "tea", "Tea", "zh-CN", "car", (Article("a", "门店", "很近。"), Article("d", "雨天", "旧。")), version="1"
    )

    known = with_video(knowledge, ShownVideo(RAIN, ("d",)))

    assert known.articles == (
        Article("video:d", "雨天", "街上下着雨（视频 0:00 处）。女生背着绿色的包（视频 0:02 处）。"),
        Article("a", "门店", "很近。"),
    )
    assert known.version.startswith("1+")


@pytest.mark.django_db(transaction=True)
def test_a_chat_on_the_page_of_a_video_is_answered_from_it():
    account = open_channel(a_seller(), "webhook", callback_url="http://127.0.0.1:9/cb", may_be_private=True).account
    advertiser = account.advertiser
    Description.objects.create(
        advertiser=advertiser,
        sha256=BAG,
        title="雨天",
        found=dump(RAIN),
        text="女生背着绿色的包。",
        approved_at=timezone.now(),
    )
    generation.note_post(advertiser, "rain-ad", uuid.uuid4(), [VideoPart(BAG, 0, 150)])

    async def ask(stage: Stage) -> None:
        await stage.hear("v1", "视频里女生背的包是什么颜色")
        await with_books(lambda: Conversation.objects.update(source={"ad": "rain-ad"}))
        await stage.pass_(12)

    said = [part.text for part in on_stage(account, ask).sent]

    assert any("女生背着绿色的包（视频 0:02 处）" in text for text in said), said

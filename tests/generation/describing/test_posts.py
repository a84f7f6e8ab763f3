"""Posts and the videos they show."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from core.contracts import dump
from core.errors import InputError
from core.models import Advertiser
from generation import api as generation
from generation.contracts import ShotDescription, VideoDescription, VideoPart
from generation.describing.posts import shots_of_parts
from generation.models import Description

pytestmark = pytest.mark.django_db
AD = uuid.UUID(int=7)
CUP, BAG = "c" * 64, "b" * 64


@pytest.fixture
def advertiser():
    return Advertiser.objects.create(slug="night", name="澄夜")


def describe(advertiser, sha256, *shots, is_approved=True):
    found = VideoDescription(sha256, "zh-CN", "片子", "片子", "", tuple(ShotDescription(*shot) for shot in shots))
    return Description.objects.create(
        advertiser=advertiser, sha256=sha256, found=dump(found), approved_at=timezone.now() if is_approved else None
    )


@pytest.mark.parametrize(
    ("written", "post"),
    [
        (" 7412345678901234567 ", "7412345678901234567"),
        ("https://www.douyin.com/video/7412345678901234567?x=1", "7412345678901234567"),
        ("https://www.douyin.com/user/abc?modal_id=7412", "7412"),
        ("https://www.facebook.com/shop/posts/88/", "88"),
        ("https://shop.example/cups/?from=1", "shop.example/cups"),
    ],
)
def test_a_post_is_known_by_its_number_or_its_address(written, post):
    assert generation.post_of(written) == post


@pytest.mark.parametrize(
    "written", ["", "two words", "x" * 201, "https://v.douyin.com/iabc/", "74\x0012", "https://x.example/a\x00"]
)
def test_what_names_no_post_is_refused(written):
    with pytest.raises(InputError):
        generation.post_of(written)


def test_the_shots_of_an_ad_lie_at_its_own_seconds():
    file = VideoDescription(
        CUP, "zh-CN", "", "", "", (ShotDescription(0, 60, "倒奶"), ShotDescription(60, 150, "喝咖啡"))
    )

    shots = shots_of_parts([VideoPart(CUP, 90, 150, 30), VideoPart("d" * 64, 150, 200)], {CUP: file})

    assert [(shot.start_frame, shot.end_frame, shot.caption) for shot in shots] == [
        (90, 120, "倒奶"),
        (120, 150, "喝咖啡"),
    ]


def test_a_picture_is_seen_as_long_as_it_is_shown():
    file = VideoDescription(CUP, "zh-CN", "", "", "", (ShotDescription(0, 0, "红杯子"),))

    assert shots_of_parts([VideoPart(CUP, 48, 96)], {CUP: file}) == (ShotDescription(48, 96, "红杯子"),)


def test_an_ad_of_two_files_is_answered_from_both_at_the_second_in_the_ad(advertiser):
    describe(advertiser, CUP, (0, 90, "一只手把牛奶倒进白色杯子"))
    bag = describe(advertiser, BAG, (0, 60, "女生背着绿色的包"), (60, 120, "街上下雨"))
    generation.note_post(advertiser, "7412", AD, [VideoPart(CUP, 0, 90), VideoPart(BAG, 90, 180)])

    video = generation.shown_under(advertiser.id, ["7412"])
    reply = generation.answer_about_video(video, "包是绿色的吗", None, "zh-CN")

    assert (reply.text, reply.seconds, reply.degraded) == ("女生背着绿色的包", (3.0,), ("answer:by-words",))
    assert str(bag.id) in reply.sources


def test_a_question_of_a_second_is_answered_from_what_is_on_then(advertiser):
    describe(advertiser, BAG, (0, 60, "女生背着绿色的包"), (300, 400, "女生背着红色的包"))
    generation.note_post(advertiser, "7412", AD, [VideoPart(BAG, 0, 400)])
    video = generation.shown_under(advertiser.id, ["7412"])

    reply = generation.answer_about_video(video, "0:12 女生背着什么颜色的包", None, "zh-CN")

    assert (reply.text, reply.seconds) == ("女生背着红色的包", (10.0,))
    assert generation.answer_about_video(video, "1:30 女生背着什么颜色的包", None, "zh-CN") is None


def test_only_what_is_approved_is_told_and_only_to_the_advertisers_own_visitors(advertiser):
    describe(advertiser, CUP, (0, 90, "白色杯子"), is_approved=False)
    generation.note_post(advertiser, "7412", AD, [VideoPart(CUP, 0, 90)])
    other = Advertiser.objects.create(slug="other", name="Other")

    assert generation.shown_under(advertiser.id, ["7412"]) is None
    Description.objects.update(approved_at=timezone.now())
    assert generation.shown_under(advertiser.id, ["7412"]) is not None
    assert generation.shown_under(other.id, ["7412"]) is None
    assert generation.shown_under(advertiser.id, ["999", ""]) is None


def test_a_post_that_viewers_ask_about_waits_for_its_video(advertiser):
    assert generation.shown_under(advertiser.id, ["@9Vw"]) is None
    assert generation.shown_under(advertiser.id, ["@9Vw"]) is None
    assert [row.post for row in generation.unknown_posts(advertiser)] == ["@9Vw"]

    describe(advertiser, CUP, (0, 90, "白色杯子"))
    generation.note_post(advertiser, "@9Vw", AD, [VideoPart(CUP, 0, 90)])

    assert generation.unknown_posts(advertiser) == []
    assert generation.shown_under(advertiser.id, ["@9Vw"]) is not None


def test_a_post_is_found_with_its_pages_number_before_it(advertiser):
    describe(advertiser, CUP, (0, 90, "白色杯子"))
    generation.note_post(advertiser, "88", AD, [VideoPart(CUP, 0, 90)])

    assert generation.shown_under(advertiser.id, ["1001_88"]) is not None


def test_pages_that_differ_by_their_query_show_videos_of_their_own(advertiser):
    describe(advertiser, CUP, (0, 90, "白色杯子"))
    describe(advertiser, BAG, (0, 90, "绿色的包"))
    page = "https://shop.example/item"
    generation.note_post(advertiser, generation.post_of(f"{page}?id=1"), AD, [VideoPart(CUP, 0, 90)])

    def seen(address):
        video = generation.shown_under(advertiser.id, [address])
        return video and video.description.shots[0].caption

    assert [seen(page), seen(f"{page}?utm_source=x&id=1"), seen(f"{page}?id=2")] == ["白色杯子", "白色杯子", None]
    generation.note_post(advertiser, generation.post_of(f"{page}?id=2"), uuid.UUID(int=8), [VideoPart(BAG, 0, 90)])
    assert [seen(page), seen(f"{page}?id=1"), seen(f"{page}?id=2")] == [None, "白色杯子", "绿色的包"]


def test_only_a_number_is_taken_from_behind_an_underscore(advertiser):
    describe(advertiser, CUP, (0, 90, "白色杯子"))
    generation.note_post(advertiser, "cups", AD, [VideoPart(CUP, 0, 90)])

    assert generation.shown_under(advertiser.id, ["blue_cups"]) is None


def test_of_posts_nobody_named_the_oldest_go_and_new_ones_are_still_noted(advertiser, monkeypatch):
    monkeypatch.setattr("generation.describing.posts.MOST_KEPT_UNKNOWN", 3)
    generation.note_post(advertiser, "booked", AD, [VideoPart(CUP, 0, 90)])

    for number in range(5):
        generation.shown_under(advertiser.id, [f"p{number}"])

    assert [row.post for row in generation.unknown_posts(advertiser)] == ["p4", "p3", "p2"]
    assert [row.post for row in generation.posts_of(advertiser, AD)] == ["booked"]


def test_a_post_shows_one_video(advertiser):
    first = generation.note_post(advertiser, "7412", AD, [VideoPart(CUP, 0, 90)])

    assert generation.note_post(advertiser, "7412", AD, [VideoPart(CUP, 0, 90)]) == first
    with pytest.raises(InputError) as refused:
        generation.note_post(advertiser, "7412", uuid.UUID(int=8), [VideoPart(BAG, 0, 90)])
    assert refused.value.code == "post_taken"
    generation.forget_post(advertiser, AD, first.pk)
    assert generation.posts_of(advertiser, AD) == []
